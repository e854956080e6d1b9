//! Dangerous attachments, by the classes that real helpdesks were broken by.

use crate::{
    files::{body_of, crc32, on_disk, once, part, png, send},
    world::{World, new_ticket, note, reply},
};
use api::{
    config::Config,
    files::upload::{Form, take_in},
};
use axum::body::Body;
use bytes::Bytes;
use contract::{Code, file::FileFilter, note::NewNote, reply::NewReply, ticket::NewTicket};
use futures::{StreamExt, stream};
use http::{Request, StatusCode, header};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// Refused as a type that is not accepted, told at the field, with nothing left behind.
async fn is_refused(world: &World, name: &str, content: impl Into<Bytes>) {
    let before = on_disk(world);
    let refused = world.customer.client.upload(name, once(content)).await.unwrap_err();
    assert_eq!(refused.code, Code::UnsupportedMediaType, "{name}");
    assert!(refused.about("file").is_some_and(|why| why.contains("Send a JPEG")), "{name}: {refused}");
    assert_eq!(on_disk(world), before, "{name}");
}

#[tokio::test]
async fn an_svg_is_refused_under_any_name() {
    let world = World::new().await;
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    for name in ["a.svg", "a.png", "a.txt", "a.svgz", "a", "a.svg.png", "a.SVG "] {
        is_refused(&world, name, svg).await;
    }
}

#[tokio::test]
async fn a_web_page_is_refused_under_any_name() {
    let world = World::new().await;
    for content in [
        "<!doctype html><script>alert(1)</script>",
        "\u{FEFF} \n<HTML>",
        "<!-- x --><script>1</script>",
        "<?xml version=\"1.0\"?><html/>",
    ] {
        for name in ["a.html", "a.txt", "a.pdf", "a.jpg", "index"] {
            is_refused(&world, name, content).await;
        }
    }
}

#[tokio::test]
async fn the_senders_media_type_is_never_believed() {
    let world = World::new().await;
    let typed = |kind: &str, name: &str, content: &str| {
        let head =
            format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {kind}");
        format!("--b\r\n{head}\r\n\r\n{content}\r\n--b--\r\n")
    };
    for kind in ["image/svg+xml; x", "image/svg+xml", "text/html", "image/png", "text/html;charset=\"", "nonsense"] {
        let svg = send(&world, "/files", typed(kind, "a.png", "<svg onload=alert(1)>")).await;
        assert!(svg.status.is_client_error(), "{kind}: {}", svg.status);
        let text = send(&world, "/files", typed(kind, "a.txt", "only words")).await;
        if text.status.is_success() {
            let id = text.json()["fileId"].as_str().unwrap().parse().unwrap();
            let content = world.customer.client.file_content(id, &[]).await.unwrap();
            assert_eq!(content.headers()[header::CONTENT_TYPE], "text/plain; charset=utf-8", "{kind}");
        }
    }
}

#[tokio::test]
async fn content_that_contradicts_its_name_is_refused() {
    let world = World::new().await;
    is_refused(&world, "invoice.pdf", png(2, 2)).await;
    is_refused(&world, "photo.png", "%PDF-1.7 ").await;
    is_refused(&world, "photo.jpg", "just text").await;
    is_refused(&world, "run.exe", "just text").await;
    is_refused(&world, "run.js", "alert(1)").await;
    is_refused(&world, "movie.txt", "\0\0\0\u{18}ftypmp42\0\0\0\0").await;
    is_refused(&world, "program.zip", "MZ\u{0}\u{1}").await;
}

#[tokio::test]
async fn a_picture_that_hides_a_page_is_refused() {
    let world = World::new().await;
    is_refused(&world, "a.gif", "GIF89a/*<script>alert(1)</script>*/=1").await;
}

#[tokio::test]
async fn names_are_cleaned_of_everything_that_deceives() {
    let world = World::new().await;
    let table = [
        (".htaccess", "htaccess"),
        (".ht\u{200B}access", "htaccess"),
        ("../../../etc/cron.d/evil.txt", "evil.txt"),
        ("..\\..\\windows\\evil.txt", "evil.txt"),
        ("/etc/passwd.txt", "passwd.txt"),
        ("a\u{202E}txt.log", "atxt.log"),
        ("in\u{200B}voice.txt", "invoice.txt"),
        ("<img src=x onerror=alert(1)>.txt", "img src=x onerror=alert(1).txt"),
        ("a\"; filename=\"b.txt", "a; filename=b.txt"),
        ("%0D%0ASet-Cookie: a=b.txt", "Set-Cookie a=b.txt"),
    ];
    for (given, kept) in table {
        let file = world.customer.client.upload(given, once("words")).await.unwrap();
        assert_eq!(file.name, kept, "{given:?}");
        let content = world.customer.client.file_content(file.file_id, &[]).await.unwrap();
        let disposition = content.headers()[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert_eq!(disposition.matches('"').count(), 2, "{disposition}");
        assert!(!content.headers().contains_key(header::SET_COOKIE));
    }
}

#[tokio::test]
async fn stored_names_carry_nothing_of_the_sender() {
    let world = World::new().await;
    world.customer.client.upload("my-secret-name.txt", once("words")).await.unwrap();
    let mut found = 0;
    for shard in std::fs::read_dir(world.folder.path().join("files")).unwrap() {
        for file in std::fs::read_dir(shard.unwrap().path()).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            assert!(name.len() == 40 && name.chars().all(|c| c.is_ascii_hexdigit()), "{name}");
            found += 1;
        }
    }
    assert_eq!(found, 1);
}

#[tokio::test]
async fn another_persons_file_cannot_be_attached() {
    let world = World::new().await;
    let theirs = world.other.client.upload("theirs.txt", once("words")).await.unwrap().file_id;
    let missing = contract::id::FileId(uuid::Uuid::max());
    let ticket = world.assigned().await.ticket_id;
    for id in [theirs, missing] {
        let new = NewReply { file_ids: vec![id], ..reply("Look.") };
        let refused = world.customer.client.customer_reply(ticket, &new).await.unwrap_err();
        assert!(refused.about("fileIds").is_some());
        let new = NewTicket { file_ids: vec![id], ..new_ticket("Look") };
        assert!(world.customer.client.create_ticket(&new).await.unwrap_err().about("fileIds").is_some());
    }
    assert_eq!(world.admin.client.tickets(&Default::default()).await.unwrap().items.len(), 1);
}

#[tokio::test]
async fn a_file_of_another_ticket_or_note_cannot_be_attached_again() {
    let world = World::new().await;
    let ticket = world.assigned().await.ticket_id;
    let file = world.assignee.client.upload("internal.txt", once("words")).await.unwrap().file_id;
    let new = NewNote { file_ids: vec![file], ..note("For us.") };
    world.assignee.client.assignee_note(ticket, &new).await.unwrap();
    let new = NewReply { file_ids: vec![file], ..reply("For them.") };
    let refused = world.assignee.client.assignee_reply(ticket, &new).await.unwrap_err();
    assert!(refused.about("fileIds").is_some());
    assert_eq!(world.customer.client.file(file).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn an_empty_file_is_refused_at_the_field() {
    let world = World::new().await;
    let refused = world.customer.client.upload("empty.txt", once("")).await.unwrap_err();
    assert_eq!((refused.code, refused.status), (Code::InvalidFields, 422));
    assert_eq!(refused.about("file"), Some("empty.txt is empty: it has no bytes."));
    let nothing_chosen = send(&world, "/files", part("file", "", "") + "--b--\r\n").await.problem();
    assert_eq!(nothing_chosen.about("file"), Some("Choose a file."));
    let no_part = send(&world, "/files/batch", "--b--\r\n").await.problem();
    assert_eq!(no_part.about("files"), Some("Choose a file."));
    assert_eq!(on_disk(&world), 0);
}

#[tokio::test]
async fn an_unknown_field_is_refused_by_its_name() {
    let world = World::new().await;
    let body = part("file", "a.txt", "words") + &part("ownerId", "x", "1") + "--b--\r\n";
    let refused = send(&world, "/files", body).await.problem();
    assert!(refused.about("ownerId").is_some(), "{refused}");
    assert_eq!(on_disk(&world), 0);
}

#[tokio::test]
async fn a_broken_multipart_is_malformed_and_leaves_nothing() {
    let world = World::new().await;
    let whole = part("file", "a.txt", "words");
    for body in
        ["", "not multipart at all", &whole, &whole[..whole.len() - 4], "--b\r\nno header\r\n\r\n", "--b\r\n\r\n"]
    {
        let refused = send(&world, "/files", body.to_owned()).await;
        assert!([400, 422].contains(&refused.status.as_u16()), "{body:?}: {}", refused.status);
        assert!([Code::Malformed, Code::InvalidFields].contains(&refused.code()), "{body:?}");
    }
    assert_eq!(send(&world, "/files", whole[..whole.len() - 4].to_owned()).await.code(), Code::Malformed);
    let json = world.ask(&world.customer, "POST", "/finsupport/1.0.0/files", Some("{}")).await;
    assert_eq!(json.code(), Code::UnsupportedMediaType);
    assert_eq!(on_disk(&world), 0);
}

#[tokio::test]
async fn a_sender_who_breaks_off_leaves_nothing_behind() {
    let world = World::new().await;
    let parts: Vec<io::Result<Bytes>> = vec![
        Ok(part("file", "a.txt", "half").into_bytes()[..74].to_vec().into()),
        Err(io::Error::from(io::ErrorKind::ConnectionReset)),
    ];
    let refused = send(&world, "/files", Body::from_stream(stream::iter(parts))).await;
    assert_eq!(refused.code(), Code::Malformed);
    assert_eq!(on_disk(&world), 0);
    assert!(world.customer.client.my_files(&FileFilter::default()).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_long_before_its_end() {
    let world = World::with(Config { file_size_max: 1_000_000, ..Config::default() }).await;
    let sent = Arc::new(AtomicU64::new(0));
    let counter = sent.clone();
    let endless = stream::repeat_with(move || {
        counter.fetch_add(65_536, Ordering::SeqCst);
        Ok::<_, io::Error>(Bytes::from(vec![b'x'; 65_536]))
    });
    let refused = world.customer.client.upload("endless.txt", endless).await.unwrap_err();
    assert_eq!((refused.code, refused.about("file")), (Code::TooLarge, Some("A file may have at most 1 MB.")));
    assert!(sent.load(Ordering::SeqCst) < 100_000_000, "it read on for ever");
    assert_eq!(on_disk(&world), 0);
}

#[tokio::test]
async fn an_announced_size_over_the_limit_is_refused_without_reading() {
    let world = World::new().await;
    let polled = Arc::new(AtomicU64::new(0));
    let counter = polled.clone();
    let body = stream::repeat_with(move || counter.fetch_add(1, Ordering::SeqCst))
        .map(|_| Ok::<_, io::Error>(Bytes::from_static(b"x")));
    let request = Request::post("/finsupport/1.0.0/files")
        .header(header::AUTHORIZATION, format!("Bearer {}", world.customer.token))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .header(header::CONTENT_LENGTH, "10000000000")
        .body(Body::from_stream(body))
        .unwrap();
    let refused = world.raw(request).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(refused.problem().detail.contains("25 MB"));
    assert_eq!(polled.load(Ordering::SeqCst), 0);
}

/// A PNG whose header promises 60,000 × 60,000 pixels.
fn bomb() -> Vec<u8> {
    let mut bytes = png(8, 8);
    bytes[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    bytes[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    let sum = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

#[tokio::test]
async fn an_image_bomb_is_kept_as_a_file_but_never_unpacked() {
    assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    let world = World::new().await;
    let file = world.customer.client.upload("bomb.png", once(bomb())).await.unwrap();
    assert!(!file.thumbnail);
    let damaged = world.customer.client.upload("damaged.png", once(png(64, 64)[..60].to_vec())).await.unwrap();
    assert!(!damaged.thumbnail);
    let whole = world.customer.client.upload("whole.png", once(png(64, 64))).await.unwrap();
    assert!(whole.thumbnail);
    let bytes = body_of(world.customer.client.file_content(file.file_id, &[]).await.unwrap()).await;
    assert_eq!(bytes, bomb());
}

#[tokio::test]
async fn nobody_uploads_without_signing_in() {
    let world = World::new().await;
    let refused = world.nobody().upload("a.txt", once("words")).await.unwrap_err();
    assert_eq!(refused.code, Code::Unauthenticated);
    assert_eq!(on_disk(&world), 0);
}

#[tokio::test]
async fn whoever_sends_too_much_over_a_real_connection_hears_why() {
    let world = World::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { axum::serve(listener, world.router).await });
    let mut connection = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /finsupport/1.0.0/files HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\
         Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 30000000\r\n\r\n",
        world.customer.token
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(&vec![b'x'; 30_000_000]).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    server.abort();
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("A file may have at most 25 MB."), "{answer}");
}

#[tokio::test]
async fn a_sender_who_falls_silent_is_not_waited_for() {
    let world = World::new().await;
    let half: io::Result<Bytes> = Ok(part("file", "a.txt", "half").into_bytes().into());
    let body = Body::from_stream(stream::iter([half]).chain(stream::pending()));
    let kind = header::HeaderValue::from_static("multipart/form-data; boundary=b");
    let headers = header::HeaderMap::from_iter([(header::CONTENT_TYPE, kind)]);
    let form = Form { patience: Duration::from_millis(10), ..Form::new(&world.app, "file", 1) };
    let refused = take_in(&world.app, form, &headers, body).await.map(drop).unwrap_err();
    assert_eq!(refused.problem().code, Code::TimedOut);
    assert_eq!(on_disk(&world), 0);
}
