//! Which files are listed, and counted, for whom.

use crate::world::{Member, World, new_ticket, note, reply};
use contract::{
    Code,
    file::{File, FileAggregate, FileFilter, FileGroup, OwnerKind},
    id::{FileId, NoteId, ReplyId, TicketId},
    note::NewNote,
    page::{Page, Paging},
    reply::NewReply,
    ticket::NewTicket,
};

/// Uploads a moment after what was uploaded before.
async fn upload(world: &World, who: &Member, name: &str, content: &'static str) -> FileId {
    world.clock.advance(1);
    who.client.upload_all(vec![(name.to_owned(), content.into())]).await.unwrap().remove(0).file_id
}

fn names(page: Page<File>) -> Vec<String> {
    page.items.into_iter().map(|file| file.name).collect()
}

/// A ticket of the customer's, worked by the assignee, with a file of its own, two on a reply and one on a note; a
/// file on a ticket of somebody else's that nobody works; and a loose one of the customer's.
struct Scene {
    world: World,
    ticket: TicketId,
    reply: ReplyId,
    note: NoteId,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let file = upload(&world, &world.customer, "ticket.txt", "1234").await;
    let new = NewTicket { file_ids: vec![file], ..new_ticket("With files") };
    let ticket = world.customer.client.create_ticket(&new).await.unwrap().ticket_id;
    world.admin.client.assign(ticket, world.assignee.id).await.unwrap();
    let files = vec![
        upload(&world, &world.assignee, "one.txt", "1").await,
        upload(&world, &world.assignee, "page.pdf", "%PDF-1.4\n").await,
    ];
    let new = NewReply { file_ids: files, ..reply("Here.") };
    let reply = world.assignee.client.assignee_reply(ticket, &new).await.unwrap().reply_id;
    let file = upload(&world, &world.assignee, "CANARY.txt", "internal").await;
    let new = NewNote { file_ids: vec![file], ..note("Internal.") };
    let note = world.assignee.client.assignee_note(ticket, &new).await.unwrap().note_id;
    let file = upload(&world, &world.other, "others.txt", "12").await;
    let new = NewTicket { file_ids: vec![file], ..new_ticket("Another's") };
    world.other.client.create_ticket(&new).await.unwrap();
    upload(&world, &world.customer, "loose.txt", "123").await;
    Scene { world, ticket, reply, note }
}

fn group(owner_kind: OwnerKind, media_type: &str, files: i64, bytes: i64) -> FileGroup {
    FileGroup { owner_kind, media_type: media_type.to_owned(), files, bytes }
}

#[tokio::test]
async fn everyone_has_counted_what_they_see() {
    let Scene { world, ticket, .. } = scene().await;
    let of = async |who: &Member| who.client.file_aggregate().await.unwrap();
    let own = group(OwnerKind::Ticket, "text/plain", 1, 4);
    let pdf = group(OwnerKind::Reply, "application/pdf", 1, 9);
    let text = group(OwnerKind::Reply, "text/plain", 1, 1);
    let notes = group(OwnerKind::Note, "text/plain", 1, 8);
    let both = group(OwnerKind::Ticket, "text/plain", 2, 6);
    let loose = group(OwnerKind::Nothing, "text/plain", 1, 3);
    let all = |files, bytes, groups: &[&FileGroup]| FileAggregate {
        files,
        bytes,
        groups: groups.iter().map(|group| (*group).clone()).collect(),
    };
    assert_eq!(of(&world.admin).await, all(5, 24, &[&both, &pdf, &text, &notes]), "another's loose file is not seen");
    assert_eq!(of(&world.assignee).await, all(5, 24, &[&both, &pdf, &text, &notes]), "theirs, and nobody's");
    let others = group(OwnerKind::Ticket, "text/plain", 1, 2);
    assert_eq!(of(&world.other_assignee).await, all(1, 2, &[&others]), "nobody's only");
    assert_eq!(of(&world.customer).await, all(4, 17, &[&own, &pdf, &text, &loose]), "no note's");
    assert_eq!(of(&world.colleague).await, FileAggregate::default());
    for follower in [&world.colleague, &world.other_assignee] {
        world.admin.client.add_follower(ticket, follower.id).await.unwrap();
    }
    assert_eq!(of(&world.colleague).await, all(3, 14, &[&own, &pdf, &text]), "a follower sees no note's either");
    assert_eq!(of(&world.other_assignee).await, all(5, 24, &[&both, &pdf, &text, &notes]));
    assert_eq!(world.nobody().file_aggregate().await.unwrap_err().code, Code::Unauthenticated);
}

#[tokio::test]
async fn what_is_counted_is_what_can_be_opened() {
    let Scene { world, .. } = scene().await;
    let listed = world.admin.client.all_files(&FileFilter::default()).await.unwrap().items;
    for who in [&world.customer, &world.colleague, &world.other, &world.assignee, &world.other_assignee, &world.admin] {
        let mut opened = 0;
        for file in &listed {
            opened += i64::from(who.client.file(file.file_id).await.is_ok());
        }
        let loose = who.client.my_files(&FileFilter::default()).await.unwrap().items;
        opened += loose.iter().filter(|file| file.owner.kind == OwnerKind::Nothing).count() as i64;
        assert_eq!(who.client.file_aggregate().await.unwrap().files, opened, "{}", who.email);
    }
}

#[tokio::test]
async fn the_files_of_a_reply_are_listed_to_who_sees_its_ticket() {
    let Scene { world, reply, .. } = scene().await;
    for who in [&world.customer, &world.assignee, &world.admin] {
        let page = who.client.files_of_reply(reply, &Paging::default()).await.unwrap();
        assert_eq!(names(page), ["one.txt", "page.pdf"], "{}", who.email);
    }
    for who in [&world.colleague, &world.other, &world.other_assignee] {
        let refused = who.client.files_of_reply(reply, &Paging::default()).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound, "{}", who.email);
    }
    let one = Paging { page_size: Some(1), cursor: None };
    let first = world.customer.client.files_of_reply(reply, &one).await.unwrap();
    let next = Paging { cursor: first.next_cursor.clone(), ..one };
    assert_eq!(names(first), ["one.txt"]);
    let second = world.customer.client.files_of_reply(reply, &next).await.unwrap();
    assert_eq!((second.next_cursor.clone(), names(second)), (None, vec!["page.pdf".to_owned()]));
    let bad = Paging { page_size: None, cursor: Some("nonsense".to_owned()) };
    assert_eq!(world.customer.client.files_of_reply(reply, &bad).await.unwrap_err().code, Code::MalformedCursor);
    let bad = Paging { page_size: Some(0), cursor: None };
    assert!(world.customer.client.files_of_reply(reply, &bad).await.unwrap_err().about("pageSize").is_some());
}

#[tokio::test]
async fn the_files_of_a_note_are_listed_to_staff_who_see_its_ticket() {
    let Scene { world, note, .. } = scene().await;
    for who in [&world.assignee, &world.admin] {
        let page = who.client.files_of_note(note, &Paging::default()).await.unwrap();
        assert_eq!(names(page), ["CANARY.txt"], "{}", who.email);
    }
    let missing = NoteId(crate::world::missing().0);
    for who in [&world.customer, &world.colleague, &world.other, &world.other_assignee] {
        let hidden = who.client.files_of_note(note, &Paging::default()).await.unwrap_err();
        let none = who.client.files_of_note(missing, &Paging::default()).await.unwrap_err();
        assert_eq!((hidden.code, hidden.detail), (none.code, none.detail), "{}", who.email);
        assert_eq!(none.code, Code::NotFound);
    }
    let bad = Paging { page_size: None, cursor: Some("nonsense".to_owned()) };
    assert_eq!(world.admin.client.files_of_note(note, &bad).await.unwrap_err().code, Code::MalformedCursor);
}

#[tokio::test]
async fn admins_list_every_attached_file_newest_first_in_pages() {
    let Scene { world, .. } = scene().await;
    let expected = ["others.txt", "CANARY.txt", "page.pdf", "one.txt", "ticket.txt"];
    assert_eq!(names(world.admin.client.all_files(&FileFilter::default()).await.unwrap()), expected);
    upload(&world, &world.admin, "own loose.txt", "1").await;
    let mut filter = FileFilter { page_size: Some(4), cursor: None };
    let first = world.admin.client.all_files(&filter).await.unwrap();
    filter.cursor = first.next_cursor.clone();
    assert_eq!(names(first), ["own loose.txt", "others.txt", "CANARY.txt", "page.pdf"]);
    let second = world.admin.client.all_files(&filter).await.unwrap();
    assert_eq!(
        (second.next_cursor.clone(), names(second)),
        (None, vec!["one.txt".to_owned(), "ticket.txt".to_owned()])
    );
    for who in [&world.customer, &world.assignee] {
        assert_eq!(who.client.all_files(&FileFilter::default()).await.unwrap_err().code, Code::Forbidden);
    }
    let bad = FileFilter { page_size: Some(201), cursor: None };
    assert!(world.admin.client.all_files(&bad).await.unwrap_err().about("pageSize").is_some());
    let other = FileFilter { page_size: Some(1), cursor: None };
    let cursor = world.assignee.client.my_files(&other).await.unwrap().next_cursor;
    let bad = FileFilter { page_size: None, cursor };
    assert_eq!(world.admin.client.all_files(&bad).await.unwrap_err().code, Code::MalformedCursor);
}
