//! Replies between the customer and staff.

use crate::world::{World, reply};
use contract::{Code, event::What, page::Paging, reply::NewReply, ticket::Status};

#[tokio::test]
async fn a_customers_reply_takes_the_ticket_back_to_work() {
    let world = World::new().await;
    let ticket = world.assigned().await;
    let id = ticket.ticket_id;
    for rest in [Status::Waiting, Status::Completed] {
        world.assignee.client.assignee_reply(id, &NewReply { status: Some(rest), ..reply("Done?") }).await.unwrap();
        assert_eq!(world.customer.client.ticket(id).await.unwrap().status, rest);
        world.customer.client.customer_reply(id, &reply("Not yet.")).await.unwrap();
        assert_eq!(world.customer.client.ticket(id).await.unwrap().status, Status::InProgress);
    }
}

#[tokio::test]
async fn without_an_assignee_a_customers_reply_reopens() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    world.admin.client.admin_reply(id, &reply("Which payment?")).await.unwrap();
    world.admin.client.admin_status(id, Status::Waiting).await.unwrap();
    world.customer.client.customer_reply(id, &reply("The first.")).await.unwrap();
    assert_eq!(world.customer.client.ticket(id).await.unwrap().status, Status::Open);
}

#[tokio::test]
async fn a_word_of_thanks_leaves_a_ticket_done_and_a_reply_does_not() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let (mira, sam) = (&world.customer.client, &world.assignee.client);
    let thanks = NewReply { status: Some(Status::Completed), ..reply("Thank you!") };
    assert!(mira.customer_reply(id, &thanks).await.unwrap_err().about("status").is_some(), "it is not done");
    sam.assignee_reply(id, &NewReply { status: Some(Status::Completed), ..reply("Done.") }).await.unwrap();
    mira.customer_reply(id, &thanks).await.unwrap();
    assert_eq!(mira.ticket(id).await.unwrap().status, Status::Completed);
    let urgent = NewReply { status: Some(Status::Waiting), ..reply("Wait") };
    assert!(mira.customer_reply(id, &urgent).await.unwrap_err().about("status").is_some(), "that is for staff");
    mira.customer_reply(id, &reply("It is not.")).await.unwrap();
    assert_eq!(mira.ticket(id).await.unwrap().status, Status::InProgress);
}

#[tokio::test]
async fn an_illegal_status_with_a_reply_sends_nothing() {
    let world = World::new().await;
    let ticket = world.assigned().await;
    let id = ticket.ticket_id;
    world
        .assignee
        .client
        .assignee_reply(id, &NewReply { status: Some(Status::Completed), ..reply("Done.") })
        .await
        .unwrap();
    let illegal = NewReply { status: Some(Status::Waiting), ..reply("Wait.") };
    assert_eq!(world.assignee.client.assignee_reply(id, &illegal).await.unwrap_err().code, Code::IllegalMove);
    let replies = world.customer.client.replies(id, &Paging::default()).await.unwrap();
    assert_eq!(replies.items.len(), 1);
    let theirs = NewReply { status: Some(Status::InProgress), ..reply("Please go on") };
    assert!(world.customer.client.customer_reply(id, &theirs).await.unwrap_err().about("status").is_some());
}

#[tokio::test]
async fn nobody_replies_to_a_closed_ticket() {
    let world = World::new().await;
    let id = world.closed().await.ticket_id;
    assert_eq!(
        world.customer.client.customer_reply(id, &reply("One more thing")).await.unwrap_err().code,
        Code::TicketClosed
    );
    assert_eq!(world.assignee.client.assignee_reply(id, &reply("Yes?")).await.unwrap_err().code, Code::TicketClosed);
    assert_eq!(world.admin.client.admin_reply(id, &reply("Yes?")).await.unwrap_err().code, Code::TicketClosed);
}

#[tokio::test]
async fn a_reply_is_refused_when_somebody_was_faster_and_says_who_did_what() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let seen = world.assignee.client.events_of(id, &Paging::default()).await.unwrap().items.last().unwrap().seq;
    let based = |body: &str| NewReply { based_on: Some(seen), ..reply(body) };
    world.admin.client.admin_note(id, &crate::world::note("Internal talk moves nothing.")).await.unwrap();
    world.assignee.client.assignee_reply(id, &based("First")).await.unwrap();
    world.assignee.client.assignee_reply(id, &based("My own replies do not stop me")).await.unwrap();
    world.customer.client.customer_reply(id, &reply("Wait, there is more")).await.unwrap();
    let refused = world.assignee.client.assignee_reply(id, &based("Too late")).await.unwrap_err();
    assert_eq!(refused.code, Code::ConversationMoved);
    assert!(refused.detail.contains("Mira Okafor replied"), "{refused}");
    assert_eq!(world.customer.client.replies(id, &Paging::default()).await.unwrap().items.len(), 3);
    world.assignee.client.assignee_reply(id, &reply("Sent anyway")).await.unwrap();
}

#[tokio::test]
async fn a_refusal_names_the_reply_rather_than_the_status_that_it_moved_the_ticket_to() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let waiting = NewReply { status: Some(Status::Waiting), ..reply("Which card?") };
    world.assignee.client.assignee_reply(id, &waiting).await.unwrap();
    let seen = world.assignee.client.events_of(id, &Paging::default()).await.unwrap().items.last().unwrap().seq;
    world.customer.client.customer_reply(id, &reply("The blue one")).await.unwrap();
    let events = world.assignee.client.events_of(id, &Paging::default()).await.unwrap().items;
    assert!(matches!(events.last().unwrap().what, What::StatusChanged { .. }), "the status moves last");
    let late = NewReply { based_on: Some(seen), ..reply("I found it") };
    let refused = world.assignee.client.assignee_reply(id, &late).await.unwrap_err();
    assert!(refused.detail.contains("Meanwhile Mira Okafor replied"), "{refused}");
}

#[tokio::test]
async fn a_refusal_says_of_who_claimed_the_ticket_that_they_took_it() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let seen = world.customer.client.events_of(id, &Paging::default()).await.unwrap().items.last().unwrap().seq;
    world.assignee.client.claim(id).await.unwrap();
    let late = NewReply { based_on: Some(seen), ..reply("Hello?") };
    let refused = world.customer.client.customer_reply(id, &late).await.unwrap_err();
    assert!(refused.detail.contains("Meanwhile Sam Reed took the ticket"), "{refused}");
}

#[tokio::test]
async fn replies_are_listed_oldest_first_in_pages() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    for n in 0..5 {
        world.customer.client.customer_reply(id, &reply(&format!("Reply {n}"))).await.unwrap();
    }
    let mut bodies = Vec::new();
    let mut cursor = None;
    loop {
        let page = world.customer.client.replies(id, &Paging { page_size: Some(2), cursor }).await.unwrap();
        bodies.extend(page.items.into_iter().map(|reply| reply.body));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(bodies, ["Reply 0", "Reply 1", "Reply 2", "Reply 3", "Reply 4"]);
}

#[tokio::test]
async fn a_reply_is_unread_for_the_others_until_they_look() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.assignee.client.ticket(id).await.unwrap();
    world.assignee.client.assignee_reply(id, &reply("Hello")).await.unwrap();
    let unread =
        async |who: &crate::world::Member| who.client.tickets(&Default::default()).await.unwrap().items[0].unread;
    assert!(!unread(&world.assignee).await, "one's own reply is no news");
    assert!(unread(&world.customer).await);
    assert!(unread(&world.customer).await, "a list marks nothing");
    assert!(!world.customer.client.ticket(id).await.unwrap().unread);
    assert!(!unread(&world.customer).await);
}

#[tokio::test]
async fn a_reply_is_found_by_its_id_by_whoever_sees_the_ticket() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let reply = world.assignee.client.assignee_reply(id, &reply("Hello")).await.unwrap();
    let read = world.customer.client.reply(reply.reply_id).await.unwrap();
    assert_eq!((read.body.as_str(), read.author.email), ("Hello", None));
    assert_eq!(world.other.client.reply(reply.reply_id).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn files_are_attached_once_and_only_by_who_uploaded_them() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let file = world.customer.client.upload_all(vec![("note.txt".to_owned(), "text".into())]).await.unwrap().remove(0);
    let with = |body: &str| NewReply { file_ids: vec![file.file_id], ..reply(body) };
    let theirs = world.assignee.client.assignee_reply(id, &with("Look")).await.unwrap_err();
    assert!(theirs.about("fileIds").is_some(), "{theirs}");
    let sent = world.customer.client.customer_reply(id, &with("Look")).await.unwrap();
    assert_eq!(sent.files.len(), 1);
    assert_eq!(world.assignee.client.reply(sent.reply_id).await.unwrap().files[0].name, "note.txt");
    let again = world.customer.client.customer_reply(id, &with("Look again")).await.unwrap_err();
    assert!(again.about("fileIds").is_some(), "{again}");
    let twice = NewReply { file_ids: vec![file.file_id; 11], ..reply("Look") };
    assert!(world.customer.client.customer_reply(id, &twice).await.unwrap_err().about("fileIds").is_some());
}
