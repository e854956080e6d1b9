//! Taking back what one did.

use crate::world::{World, reply};
use client::{Client, Result};
use contract::{
    Code,
    event::{Deed, What},
    id::TicketId,
    page::Paging,
    report::ReportFilter,
    ticket::{AdminClose, NewEscalation, NewTicket, Priority, Status, Ticket, TicketEdit},
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

async fn escalate(client: &Client, id: TicketId) {
    let escalation = NewEscalation { reason: "It cannot wait".to_owned(), ..NewEscalation::default() };
    client.escalate(id, &escalation).await.unwrap();
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
        let after = admin.undo(id, None).await.unwrap();
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
    assert_eq!(admin.undo(id, None).await.unwrap().assignee.unwrap().id, world.assignee.id);
    assert_eq!(admin.undo(id, None).await.unwrap().assignee, None);
    assert_eq!(refused(admin.undo(id, None)).await, Code::NothingToUndo);
}

#[tokio::test]
async fn a_claim_is_taken_back_and_the_ticket_is_everybodys_again() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    world.assignee.client.claim(id).await.unwrap();
    world.assignee.client.undo(id, None).await.unwrap();
    assert!(world.other_assignee.client.claim(id).await.is_ok());
}

#[tokio::test]
async fn what_somebody_changed_since_is_not_taken_back() {
    let world = World::new().await;
    let (id, admin) = (world.assigned().await.ticket_id, &world.admin.client);
    admin.admin_status(id, Status::InProgress).await.unwrap();
    world.assignee.client.assignee_status(id, Status::Waiting).await.unwrap();
    let refusal = admin.undo(id, None).await.unwrap_err();
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
    assert_eq!(refused(admin.undo(id, None)).await, Code::NothingToUndo);
}

#[tokio::test]
async fn nobody_takes_back_what_others_did_or_what_was_said_or_long_ago() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    assert_eq!(refused(world.assignee.client.undo(id, None)).await, Code::NothingToUndo, "the admin assigned it");
    world.assignee.client.assignee_reply(id, &reply("sent")).await.unwrap();
    assert_eq!(refused(world.customer.client.undo(id, None)).await, Code::Forbidden);
    assert_eq!(refused(world.other_assignee.client.undo(id, None)).await, Code::NotFound);
    world.clock.advance(16 * 60);
    assert_eq!(
        refused(world.admin.client.undo(id, None)).await,
        Code::NothingToUndo,
        "a quarter of an hour has passed"
    );
}

#[tokio::test]
async fn whoever_stopped_following_may_think_again() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let other = &world.other_assignee;
    world.admin.client.add_follower(id, other.id).await.unwrap();
    other.client.remove_follower(id, other.id).await.unwrap();
    assert_eq!(other.client.ticket(id).await.unwrap_err().code, Code::NotFound);
    assert!(other.client.undo(id, None).await.unwrap().following);
}

#[tokio::test]
async fn security_access_that_was_taken_away_since_is_not_undone() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let (admin, other) = (&world.admin.client, &world.other_assignee);
    admin.add_follower(id, other.id).await.unwrap();
    other.client.remove_follower(id, other.id).await.unwrap();
    admin.add_follower(id, other.id).await.unwrap();
    admin.remove_follower(id, other.id).await.unwrap();
    assert_eq!(refused(other.client.undo(id, None)).await, Code::NotFound);
    assert_eq!(refused(other.client.undo(id, Some(Deed::StaffFollower))).await, Code::NotFound);
}

#[tokio::test]
async fn security_access_nobody_undoes_what_they_may_not_do_any_more() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let (admin, agent) = (&world.admin.client, &world.assignee.client);
    agent.assignee_status(id, Status::InProgress).await.unwrap();
    agent.assignee_status(id, Status::Completed).await.unwrap();
    admin.assign(id, world.other_assignee.id).await.unwrap();
    admin.add_follower(id, world.assignee.id).await.unwrap();
    assert_eq!(refused(agent.undo(id, Some(Deed::Status))).await, Code::Forbidden);
    assert_eq!(admin.ticket(id).await.unwrap().status, Status::Completed);
}

#[tokio::test]
async fn of_a_closed_ticket_only_the_closing_is_undone() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let admin = &world.admin.client;
    admin.assign(id, world.assignee.id).await.unwrap();
    admin.admin_close(id, &AdminClose { reason: "Settled".to_owned() }).await.unwrap();
    assert_eq!(refused(admin.undo(id, Some(Deed::Assignment))).await, Code::TicketClosed);
    admin.undo(id, None).await.unwrap();
    assert_eq!(admin.undo(id, Some(Deed::Assignment)).await.unwrap().assignee, None);
}

/// The desk offers to undo a claim; what was done meanwhile, by whatever way, is not what is meant.
#[tokio::test]
async fn the_deed_that_is_meant_is_undone_and_not_another() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let agent = &world.assignee.client;
    agent.claim(id).await.unwrap();
    agent.assignee_status(id, Status::InProgress).await.unwrap();
    escalate(agent, id).await;
    let after = agent.undo(id, Some(Deed::Assignment)).await.unwrap();
    assert_eq!((after.assignee, after.status, after.priority), (None, Status::InProgress, Priority::High));
}

#[tokio::test]
async fn an_escalated_ticket_stays_urgent() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let agent = &world.assignee.client;
    let version = agent.ticket(id).await.unwrap().version;
    let edit = TicketEdit { priority: Some(Priority::High), ..TicketEdit::default() };
    agent.update_ticket(id, version, &edit).await.unwrap();
    escalate(agent, id).await;
    assert_eq!(refused(agent.undo(id, Some(Deed::Edit))).await, Code::NothingToUndo);
}

#[tokio::test]
async fn an_assignment_that_was_made_anew_since_is_not_undone() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let (admin, agent) = (&world.admin.client, &world.assignee.client);
    agent.claim(id).await.unwrap();
    admin.assign(id, world.other_assignee.id).await.unwrap();
    admin.assign(id, world.assignee.id).await.unwrap();
    assert_eq!(refused(agent.undo(id, None)).await, Code::NothingToUndo);
    assert_eq!(agent.ticket(id).await.unwrap().assignee.unwrap().id, world.assignee.id);
}

#[tokio::test]
async fn a_ticket_is_not_given_back_to_whose_account_is_disabled() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let admin = &world.admin.client;
    admin.assign(id, world.other_assignee.id).await.unwrap();
    admin.assign(id, world.assignee.id).await.unwrap();
    api::people::actions::disable(&world.app, &world.other_assignee.email).await.unwrap();
    assert_eq!(refused(admin.undo(id, None)).await, Code::NothingToUndo);
}

#[tokio::test]
async fn who_follows_by_a_merge_does_so_still_when_following_by_hand_is_undone() {
    let world = World::new().await;
    let (admin, other) = (&world.admin.client, &world.other_assignee);
    let (target, source) = (world.assigned().await.ticket_id, world.ticket().await.ticket_id);
    admin.assign(source, other.id).await.unwrap();
    admin.merge(target, &[source]).await.unwrap();
    admin.add_follower(target, other.id).await.unwrap();
    admin.undo(target, None).await.unwrap();
    assert!(other.client.ticket(target).await.is_ok(), "what they work was merged into it");
    assert!(other.client.ticket(source).await.is_ok());
}

/// A report tells how long tickets took; a slip of the hand ten days later is no part of that.
#[tokio::test]
async fn what_was_resolved_stays_resolved_since_then() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let admin = &world.admin.client;
    world.clock.advance(60);
    admin.admin_status(id, Status::InProgress).await.unwrap();
    admin.admin_status(id, Status::Completed).await.unwrap();
    world.clock.advance(10 * 24 * 60 * 60);
    admin.admin_status(id, Status::InProgress).await.unwrap();
    admin.undo(id, None).await.unwrap();
    let report = admin.report(&ReportFilter::default()).await.unwrap();
    let row = report.rows.iter().find(|row| row.ticket_id == id).unwrap();
    assert_eq!(row.resolution_seconds, Some(60));
}

#[tokio::test]
async fn whoever_has_to_give_a_ticket_up_hears_of_it() {
    use crate::feed::Feed;
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.admin.client.assign(id, world.other_assignee.id).await.unwrap();
    let mut feed = Feed::open(&world.other_assignee, None).await;
    world.admin.client.undo(id, None).await.unwrap();
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
