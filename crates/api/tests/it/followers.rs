//! Followers.

use crate::world::{World, missing, reply};
use contract::{
    Code,
    id::PersonId,
    page::Paging,
    ticket::{NewEscalation, Status, TicketFilter},
};

/// How many followers do not stand where their ticket does in every order of lists.
pub const MISPLACED: &str = "
    SELECT count(*) FROM followers w JOIN tickets t ON t.id = w.ticket_id
    WHERE (w.number, w.status, w.urgency, w.created_at, w.updated_at)
          IS NOT (t.number, t.status, t.urgency, t.created_at, t.updated_at)";

#[tokio::test]
async fn a_colleague_follows_replies_and_leaves() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    assert_eq!(world.colleague.client.ticket(id).await.unwrap_err().code, Code::NotFound);
    let added = world.customer.client.add_follower(id, world.colleague.id).await.unwrap();
    assert_eq!((added.id, added.email), (world.colleague.id, None));
    assert!(world.colleague.client.ticket(id).await.unwrap().following);
    world.colleague.client.customer_reply(id, &reply("Me too")).await.unwrap();
    let followed = world.colleague.client.tickets_by_follower(world.colleague.id, &Default::default()).await.unwrap();
    assert_eq!(followed.items.len(), 1);
    assert_eq!(
        world.customer.client.add_follower(id, world.colleague.id).await.unwrap_err().code,
        Code::AlreadyFollowing
    );
    world.colleague.client.remove_follower(id, world.colleague.id).await.unwrap();
    assert_eq!(world.colleague.client.ticket(id).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn whom_a_customer_may_not_add_is_told_alike_whether_they_exist_or_not() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let mut details = Vec::new();
    for person in [world.other.id, world.assignee.id, world.customer.id, PersonId(missing().0)] {
        let refused = world.customer.client.add_follower(id, person).await.unwrap_err();
        assert!(refused.about("followerId").is_some(), "{refused}");
        details.push(refused.detail);
    }
    details.dedup();
    assert_eq!(details.len(), 1, "{details:?}");
}

#[tokio::test]
async fn that_staff_follow_is_nothing_a_customer_learns() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.assignee.client.add_follower(id, world.other_assignee.id).await.unwrap();
    assert!(world.other_assignee.client.ticket(id).await.unwrap().following);
    assert_eq!(world.customer.client.followers(id, &Paging::default()).await.unwrap().items, []);
    assert_eq!(world.assignee.client.followers(id, &Paging::default()).await.unwrap().items.len(), 1);
    let hidden = world.customer.client.remove_follower(id, world.other_assignee.id).await.unwrap_err();
    let absent = world.customer.client.remove_follower(id, world.other.id).await.unwrap_err();
    assert_eq!((hidden.code, &hidden.detail), (Code::NotFound, &absent.detail));
    let events = world.customer.client.events_of(id, &Paging::default()).await.unwrap();
    assert!(!serde_json::to_string(&events).unwrap().contains("FOLLOWER"));
}

#[tokio::test]
async fn a_follower_may_not_remove_another() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let third = world.member("Ife Okafor", "ife@okafor.example", contract::Role::Customer, Some("okafor travel")).await;
    world.customer.client.add_follower(id, world.colleague.id).await.unwrap();
    world.customer.client.add_follower(id, third.id).await.unwrap();
    assert_eq!(third.client.remove_follower(id, world.colleague.id).await.unwrap_err().code, Code::Forbidden);
    world.customer.client.remove_follower(id, third.id).await.unwrap();
    let left = world.customer.client.followers(id, &Paging::default()).await.unwrap().items;
    assert_eq!(left.iter().map(|person| person.id).collect::<Vec<_>>(), [world.colleague.id]);
}

#[tokio::test]
async fn what_somebody_follows_is_in_its_place_after_every_change() {
    let world = World::new().await;
    let mut followed = Vec::new();
    for _ in 0..3 {
        let id = world.assigned().await.ticket_id;
        world.customer.client.add_follower(id, world.colleague.id).await.unwrap();
        followed.push(id);
        world.clock.advance(60);
    }
    world.assignee.client.assignee_status(followed[1], Status::InProgress).await.unwrap();
    world.clock.advance(60);
    world.customer.client.customer_reply(followed[0], &reply("And?")).await.unwrap();
    let escalation = NewEscalation { reason: "Waiting too long".to_owned(), tried: None, impact: None };
    world.customer.client.escalate(followed[1], &escalation).await.unwrap();
    let misplaced = |db: &api::db::Connection| Ok(db.query_row(MISPLACED, [], |row| row.get::<_, i64>(0))?);
    assert_eq!(world.app.db.read(misplaced).await.unwrap(), 0);
    let listed = async |filter: &TicketFilter| {
        let page = world.colleague.client.tickets_by_follower(world.colleague.id, filter).await.unwrap();
        page.items.iter().map(|ticket| ticket.ticket_id).collect::<Vec<_>>()
    };
    assert_eq!(listed(&TicketFilter::default()).await.len(), 3);
    assert_eq!(listed(&TicketFilter::default()).await[2], followed[2], "it was touched longest ago");
    let in_progress = TicketFilter { status: vec![Status::InProgress], ..TicketFilter::default() };
    assert!(listed(&in_progress).await.contains(&followed[1]));
}
