//! Operations 10, 11, 28, 40–45, and the bytes.

use crate::{
    doors::{Doors, code},
    process::new_ticket,
};
use axum::{body::Body, http::Request};
use bytes::Bytes;
use contract::{Code, file::OwnerKind, note::NewNote, page::Paging, reply::NewReply, ticket::NewTicket};

/// One pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0,
    0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x89, 0x99, 0x3d, 0x1d, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

pub async fn come_in_go_out_and_are_counted(doors: &Doors) {
    let Doors { customer, other, assignee, admin, .. } = doors;
    let file = customer.client.upload("line.txt", text("a line of a log\n")).await.unwrap();
    assert_eq!((file.name.as_str(), file.media_type.as_str(), file.size), ("line.txt", "text/plain", 16));
    let pictures = customer
        .client
        .upload_all(vec![("a.png".to_owned(), PNG.into()), ("b.txt".to_owned(), "text".into())])
        .await
        .unwrap();
    assert_eq!(pictures.len(), 2);
    assert_eq!(code(customer.client.upload("empty.txt", text("")).await), Code::InvalidFields);
    let disguised = vec![("a.png".to_owned(), Bytes::from_static(b"<script>alert(1)</script>"))];
    assert_eq!(code(customer.client.upload_all(disguised.clone()).await), Code::UnsupportedMediaType);
    assert_eq!(
        code(customer.client.upload("a.png", text("<script>alert(1)</script>")).await),
        Code::UnsupportedMediaType
    );
    assert_eq!(
        code(customer.client.upload_all(vec![("empty.txt".to_owned(), Bytes::new())]).await),
        Code::InvalidFields
    );
    let once = customer.client.with_idempotency_key("upload");
    let first = once.upload("once.txt", text("once")).await.unwrap();
    assert_eq!(once.upload("once.txt", text("once")).await.unwrap().file_id, first.file_id);
    assert_eq!(code(once.upload("once.txt", text("twice")).await), Code::IdempotencyKeyReused);
    let both = customer.client.with_idempotency_key("batch");
    both.upload_all(vec![("once.txt".to_owned(), "once".into())]).await.unwrap();
    let other_batch = vec![("once.txt".to_owned(), "twice".into())];
    assert_eq!(code(both.upload_all(other_batch).await), Code::IdempotencyKeyReused);
    let large = "x".repeat(25_000_001);
    assert_eq!(code(customer.client.upload("large.txt", text(&large)).await), Code::TooLarge);
    assert_eq!(code(customer.client.upload_all(vec![("large.txt".to_owned(), large.into())]).await), Code::TooLarge);
    for (path, field) in [("files", "file"), ("files/batch", "files")] {
        let cut = Request::post(format!("/finsupport/1.0.0/{path}"))
            .header("authorization", format!("Bearer {}", customer.token))
            .header("content-type", "multipart/form-data; boundary=x")
            .body(Body::from(format!(
                "--x\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"a\"\r\n\r\ncut"
            )))
            .unwrap();
        assert_eq!(doors.refused(cut).await, Code::Malformed);
    }

    let ticket = NewTicket { file_ids: vec![file.file_id], ..new_ticket("With a file") };
    let ticket = customer.client.create_ticket(&ticket).await.unwrap().ticket_id;
    admin.client.assign(ticket, assignee.id).await.unwrap();
    let reply = NewReply { body: "See this.".to_owned(), file_ids: vec![pictures[0].file_id], ..NewReply::default() };
    let reply = customer.client.customer_reply(ticket, &reply).await.unwrap().reply_id;
    let secret = assignee.client.upload("secret.txt", text("for staff")).await.unwrap();
    let note = NewNote { body: "See that.".to_owned(), file_ids: vec![secret.file_id] };
    let note = assignee.client.assignee_note(ticket, &note).await.unwrap().note_id;

    let known = customer.client.file(file.file_id).await.unwrap();
    assert_eq!((known.owner.kind, known.owner.id), (OwnerKind::Ticket, Some(ticket.0)));
    assert_eq!(code(other.client.file(file.file_id).await), Code::NotFound);
    assert_eq!(code(customer.client.file(secret.file_id).await), Code::NotFound);
    let answer = customer.client.file_content(file.file_id, &[]).await.unwrap();
    assert!(answer.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    assert_eq!(body, "a line of a log\n");
    let painted = customer.client.file_thumbnail(pictures[0].file_id, &[]).await.unwrap();
    assert!(painted.headers()["content-type"].to_str().unwrap().starts_with("image/"));

    let paging = Paging::default();
    let names = |page: contract::page::Page<contract::file::File>| {
        let mut names: Vec<String> = page.items.into_iter().map(|file| file.name).collect();
        names.sort();
        names
    };
    assert_eq!(names(customer.client.files_of_ticket(ticket, &paging).await.unwrap()), ["a.png", "line.txt"]);
    assert_eq!(
        names(assignee.client.files_of_ticket(ticket, &paging).await.unwrap()),
        ["a.png", "line.txt", "secret.txt"]
    );
    assert_eq!(names(customer.client.files_of_reply(reply, &paging).await.unwrap()), ["a.png"]);
    assert_eq!(names(assignee.client.files_of_note(note, &paging).await.unwrap()), ["secret.txt"]);
    assert_eq!(code(customer.client.files_of_note(note, &paging).await), Code::NotFound);
    assert!(names(customer.client.my_files(&Default::default()).await.unwrap()).contains(&"line.txt".to_owned()));
    let all = names(admin.client.all_files(&Default::default()).await.unwrap());
    assert!(all.contains(&"secret.txt".to_owned()));
    let counted = customer.client.file_aggregate().await.unwrap();
    assert!(counted.files >= 3 && counted.groups.iter().all(|group| group.owner_kind != OwnerKind::Note));
}

fn text(text: &str) -> impl futures::Stream<Item = Result<Bytes, std::io::Error>> + use<> {
    futures::stream::iter([Ok(Bytes::copy_from_slice(text.as_bytes()))])
}
