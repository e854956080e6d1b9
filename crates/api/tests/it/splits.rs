//! A reply that becomes a ticket of its own.

use crate::world::{Member, World, note, reply};
use contract::{
    Code,
    event::What,
    id::TicketId,
    page::Paging,
    reply::NewReply,
    split::NewSplit,
    ticket::{Category, Priority},
};

fn split(subject: &str) -> NewSplit {
    NewSplit { subject: subject.to_owned(), category: None, priority: None }
}

async fn events(who: &Member, ticket: TicketId) -> Vec<What> {
    let page = who.client.events_of(ticket, &Paging::default()).await.unwrap();
    page.items.into_iter().map(|event| event.what).collect()
}

#[tokio::test]
async fn a_reply_becomes_a_ticket_with_its_files_and_stays_where_it_is() {
    let world = World::new().await;
    let from = world.assigned().await;
    let mine = &world.customer.client;
    let file = mine.upload_all(vec![("card.txt".to_owned(), "declined".into())]).await.unwrap().remove(0);
    let with = NewReply { file_ids: vec![file.file_id], ..reply("By the way, my card is declined.") };
    let said = mine.customer_reply(from.ticket_id, &with).await.unwrap();
    let new = NewSplit { category: Some(Category::Card), priority: Some(Priority::High), ..split("  Card declined ") };
    let ticket = world.assignee.client.split(said.reply_id, &new).await.unwrap();

    assert_eq!((ticket.subject.as_str(), ticket.description.as_str()), ("Card declined", said.body.as_str()));
    assert_eq!((ticket.category, ticket.priority), (Category::Card, Priority::High));
    assert_eq!(ticket.customer.id, world.customer.id);
    assert_eq!(ticket.assignee.as_ref().map(|assignee| assignee.id), Some(world.assignee.id));
    assert_eq!(ticket.organization_id, from.organization_id);
    let files = mine.files_of_ticket(ticket.ticket_id, &Paging::default()).await.unwrap().items;
    assert_eq!((files.len(), files[0].sha256.as_str(), files[0].name.as_str()), (1, file.sha256.as_str(), "card.txt"));
    for id in [files[0].file_id, file.file_id] {
        let path = format!("/finsupport/1.0.0/files/{id}/content");
        assert_eq!(world.ask(&world.customer, "GET", &path, None).await.body, "declined");
        assert_eq!(world.ask(&world.other, "GET", &path, None).await.code(), Code::NotFound);
    }
    assert_eq!(mine.my_files(&Default::default()).await.unwrap().items.len(), 1, "an upload is listed once");

    let stays = mine.replies(from.ticket_id, &Paging::default()).await.unwrap().items.remove(0);
    assert_eq!((stays.body, stays.files), (said.body, vec![mine.file(file.file_id).await.unwrap()]));
    let there = What::Split { reply_id: said.reply_id, ticket: ticket.link() };
    assert!(events(&world.customer, from.ticket_id).await.contains(&there));
    let here = events(&world.customer, ticket.ticket_id).await;
    let author = world.customer.client.viewer().await.unwrap().person;
    let origin = |what: &What| matches!(what, What::SplitFrom { ticket, author: by, .. } if *ticket == from.link() && by.id == author.id && by.email.is_none());
    assert!(here.iter().any(origin), "{here:?}");
}

#[tokio::test]
async fn a_ticket_split_off_is_nobodys_when_the_account_of_who_works_it_is_disabled() {
    let world = World::new().await;
    let from = world.assigned().await.ticket_id;
    let said = world.customer.client.customer_reply(from, &reply("By the way")).await.unwrap();
    api::people::actions::disable(&world.app, &world.assignee.email).await.unwrap();
    let ticket = world.admin.client.split(said.reply_id, &split("Card declined")).await.unwrap();
    assert_eq!(ticket.assignee, None);
}

#[tokio::test]
async fn a_copy_of_a_file_outlives_a_restart_and_can_be_copied_again() {
    let world = World::new().await;
    let from = world.assigned().await;
    let mine = &world.customer.client;
    let file = mine.upload_all(vec![("a.txt".to_owned(), "text".into())]).await.unwrap().remove(0);
    let with = NewReply { file_ids: vec![file.file_id], ..reply("With a file") };
    let said = mine.customer_reply(from.ticket_id, &with).await.unwrap();
    let copies = [
        world.admin.client.split(said.reply_id, &split("One")).await.unwrap(),
        world.admin.client.split(said.reply_id, &split("Two")).await.unwrap(),
    ];
    world.clock.advance(3 * 24 * 60 * 60);
    api::files::sweep(&world.app).await.unwrap();
    api::files::recover(&world.app).await.unwrap();
    for ticket in copies {
        let copy = mine.files_of_ticket(ticket.ticket_id, &Paging::default()).await.unwrap().items.remove(0);
        let path = format!("/finsupport/1.0.0/files/{}/content", copy.file_id);
        assert_eq!(world.ask(&world.customer, "GET", &path, None).await.body, "text");
    }
}

#[tokio::test]
async fn who_works_a_ticket_splits_it_and_nobody_else() {
    let world = World::new().await;
    let from = world.assigned().await;
    let said = world.customer.client.customer_reply(from.ticket_id, &reply("Something else")).await.unwrap().reply_id;
    let refused =
        async |who: &Member, subject: &str| who.client.split(said, &split(subject)).await.err().map(|p| p.code);
    assert_eq!(refused(&world.customer, "Mine").await, Some(Code::Forbidden));
    assert_eq!(refused(&world.other_assignee, "Mine").await, Some(Code::NotFound));
    world.admin.client.add_follower(from.ticket_id, world.other_assignee.id).await.unwrap();
    assert_eq!(refused(&world.other_assignee, "Mine").await, Some(Code::Forbidden));
    assert_eq!(refused(&world.assignee, " ").await, Some(Code::InvalidFields));
    let once = world.assignee.client.with_idempotency_key("once");
    let first = once.split(said, &split("Once")).await.unwrap();
    assert_eq!(once.split(said, &split("Once")).await.unwrap().number, first.number);
}

#[tokio::test]
async fn a_reply_of_a_merged_ticket_is_split_off_where_it_is_read() {
    let world = World::new().await;
    let (target, source) = (world.assigned().await, world.assigned().await);
    let said = world.customer.client.customer_reply(source.ticket_id, &reply("Something else")).await.unwrap();
    world.assignee.client.assignee_note(source.ticket_id, &note("Between us")).await.unwrap();
    world.assignee.client.merge(target.ticket_id, &[source.ticket_id]).await.unwrap();
    let ticket = world.assignee.client.split(said.reply_id, &split("Something else")).await.unwrap();
    let there = What::Split { reply_id: said.reply_id, ticket: ticket.link() };
    let on_target = world.customer.client.events_of(target.ticket_id, &Paging::default()).await.unwrap().items;
    let mark = on_target.iter().find(|event| event.what == there).unwrap();
    assert_eq!(mark.ticket_id, target.ticket_id);
}
