//! Taking back what one did.

use crate::world::{World, reply};
use client::{Client, Result};
use contract::{
    Code,
    event::{Deed, What},
    id::TicketId,
    page::Paging,
    ticket::{AdminClose, NewTicket, Priority, Status, Ticket, TicketEdit},
};

async fn undone(client: &Client, id: TicketId) -> Deed {
    let events = client.events_of(id, &Paging { page_size: Some(200), ..Paging::default() }).await.unwrap().items;
    match &events.last().unwrap().what {
        What::Undone { deed, .. } => *deed,
        other => panic!("the last event is {other:?}"),
    }
}

/// A ticket without what every change moves on.
fn apart_from_time(ticket: &Ticket) -> Ticket {
    Ticket { version: 0, updated_at: String::new(), unread: false, ..ticket.clone() }
}

async fn refused(undo: impl Future<Output = Result<Ticket>>) -> Code {
    undo.await.unwrap_err().code
}

#[tokio::test]
async fn every_deed_is_taken_back_to_what_was_before() {
    let world = World::new().await;
    let admin = &world.admin.client;
    let edit = TicketEdit { priority: Some(Priority::Urgent), ..TicketEdit::default() };
    let close = AdminClose { reason: "Settled by phone".to_owned() };
    for deed in [Deed::Assignment, Deed::Status, Deed::Closing, Deed::Edit, Deed::StaffFollower, Deed::FollowerAdded] {
        let id = world.assigned().await.ticket_id;
        let before = admin.ticket(id).await.unwrap();
        let followers = admin.followers(id, &Paging::default()).await.unwrap().items;
        match deed {
            Deed::Assignment => drop(admin.assign(id, world.other_assignee.id).await.unwrap()),
            Deed::Status => drop(admin.admin_status(id, Status::InProgress).await.unwrap()),
            Deed::Closing => drop(admin.admin_close(id, &close).await.unwrap()),
            Deed::Edit => drop(admin.update_ticket(id, before.version, &edit).await.unwrap()),
            Deed::StaffFollower => drop(admin.add_follower(id, world.other_assignee.id).await.unwrap()),
            _ => drop(admin.add_follower(id, world.colleague.id).await.unwrap()),
        }
        let after = admin.undo(id).await.unwrap();
        assert_eq!(apart_from_time(&after), apart_from_time(&before), "{deed:?}");
        assert_eq!(admin.followers(id, &Paging::default()).await.unwrap().items, followers, "{deed:?}");
        assert_eq!(undone(admin, id).await, deed);
    }
}

#[tokio::test]
async fn deeds_are_taken_back_one_after_the_other() {
    let world = World::new().await;
    let (id, admin) = (world.ticket().await.ticket_id, &world.admin.client);
    admin.assign(id, world.assignee.id).await.unwrap();
    admin.assign(id, world.other_assignee.id).await.unwrap();
    assert_eq!(admin.undo(id).await.unwrap().assignee.unwrap().id, world.assignee.id);
    assert_eq!(admin.undo(id).await.unwrap().assignee, None);
    assert_eq!(refused(admin.undo(id)).await, Code::NothingToUndo);
}

#[tokio::test]
async fn a_claim_is_taken_back_and_the_ticket_is_everybodys_again() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    world.assignee.client.claim(id).await.unwrap();
    world.assignee.client.undo(id).await.unwrap();
    assert!(world.other_assignee.client.claim(id).await.is_ok());
}

#[tokio::test]
async fn what_somebody_changed_since_is_not_taken_back() {
    let world = World::new().await;
    let (id, admin) = (world.assigned().await.ticket_id, &world.admin.client);
    admin.admin_status(id, Status::InProgress).await.unwrap();
    world.assignee.client.assignee_status(id, Status::Waiting).await.unwrap();
    let refusal = admin.undo(id).await.unwrap_err();
    assert_eq!(refusal.code, Code::NothingToUndo);
    assert!(refusal.detail.contains("Somebody changed this since"), "{refusal}");
    assert_eq!(admin.ticket(id).await.unwrap().status, Status::Waiting);
}

#[tokio::test]
async fn a_closed_ticket_that_was_followed_up_stays_closed() {
    let world = World::new().await;
    let (id, admin) = (world.ticket().await.ticket_id, &world.admin.client);
    admin.admin_close(id, &AdminClose { reason: "Settled".to_owned() }).await.unwrap();
    let next = NewTicket { follow_up_of: Some(id), ..crate::world::new_ticket("Still open") };
    world.customer.client.create_ticket(&next).await.unwrap();
    assert_eq!(refused(admin.undo(id)).await, Code::NothingToUndo);
}

#[tokio::test]
async fn nobody_takes_back_what_others_did_or_what_was_said_or_long_ago() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    assert_eq!(refused(world.assignee.client.undo(id)).await, Code::NothingToUndo, "the admin assigned it");
    world.assignee.client.assignee_reply(id, &reply("sent")).await.unwrap();
    assert_eq!(refused(world.customer.client.undo(id)).await, Code::Forbidden);
    assert_eq!(refused(world.other_assignee.client.undo(id)).await, Code::NotFound);
    world.clock.advance(16 * 60);
    assert_eq!(refused(world.admin.client.undo(id)).await, Code::NothingToUndo, "a quarter of an hour has passed");
}

#[tokio::test]
async fn whoever_stopped_following_may_think_again() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let other = &world.other_assignee;
    world.admin.client.add_follower(id, other.id).await.unwrap();
    other.client.remove_follower(id, other.id).await.unwrap();
    assert_eq!(other.client.ticket(id).await.unwrap_err().code, Code::NotFound);
    assert!(other.client.undo(id).await.unwrap().following);
}

#[tokio::test]
async fn whoever_has_to_give_a_ticket_up_hears_of_it() {
    use crate::feed::Feed;
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.admin.client.assign(id, world.other_assignee.id).await.unwrap();
    let mut feed = Feed::open(&world.other_assignee, None).await;
    world.admin.client.undo(id).await.unwrap();
    assert!(matches!(feed.event().await.what, What::Undone { deed: Deed::Assignment, .. }));
    assert!(world.other_assignee.client.ticket(id).await.is_err());
}

#[tokio::test]
async fn a_ticket_is_looked_at_without_being_read_and_made_unread_again() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let agent = &world.assignee.client;
    assert!(agent.look_at(id).await.unwrap().unread);
    assert!(agent.look_at(id).await.unwrap().unread, "looking is not reading");
    assert!(!agent.ticket(id).await.unwrap().unread);
    agent.mark_unread(id).await.unwrap();
    assert!(agent.look_at(id).await.unwrap().unread);
    assert!(!world.admin.client.ticket(id).await.unwrap().unread, "each has marks of their own");
}
