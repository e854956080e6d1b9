//! What happened: a ticket's history and the live feed.

use crate::{
    feed::{Feed, Heard},
    world::{World, note, reply},
};
use axum::body::Body;
use contract::{Code, event::What, page::Paging};

#[tokio::test]
async fn a_live_feed_tells_what_its_caller_may_see_and_nothing_else() {
    let world = World::new().await;
    let mut customer = Feed::open(&world.customer, None).await;
    let mut other = Feed::open(&world.other, None).await;
    let mut assignee = Feed::open(&world.assignee, None).await;
    let id = world.ticket().await.ticket_id;
    world.assignee.client.claim(id).await.unwrap();
    world.assignee.client.assignee_note(id, &note("internal")).await.unwrap();
    world.assignee.client.assignee_reply(id, &reply("hello")).await.unwrap();
    let theirs = world.other.client.create_ticket(&crate::world::new_ticket("Mine")).await.unwrap();

    let mut heard = Vec::new();
    for _ in 0..4 {
        heard.push(customer.event().await);
    }
    assert!(matches!(heard[0].what, What::Created { .. }), "{heard:?}");
    assert!(matches!(heard[1].what, What::Assigned { .. }), "{heard:?}");
    assert!(matches!(heard[2].what, What::Replied { .. }), "the note is passed over: {heard:?}");
    assert!(matches!(heard[3].what, What::StatusChanged { .. }), "{heard:?}");
    assert!(heard.iter().all(|event| event.actor.email.is_none()));

    assert_eq!(other.event().await.ticket_id, theirs.ticket_id, "the first thing they hear is their own");
    let kinds: Vec<_> = [assignee.event().await, assignee.event().await, assignee.event().await].map(|e| e.what).into();
    assert!(matches!(kinds[2], What::Noted { .. }), "{kinds:?}");
}

#[tokio::test]
async fn a_feed_that_comes_back_hears_what_it_missed() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let seen = world.customer.client.events_of(id, &Paging::default()).await.unwrap().items[0].seq;
    world.customer.client.customer_reply(id, &reply("while you were away")).await.unwrap();
    let mut feed = Feed::open(&world.customer, Some(seen)).await;
    assert!(matches!(feed.event().await.what, What::Replied { .. }));
}

#[tokio::test]
async fn a_feed_from_another_life_starts_afresh() {
    let world = World::new().await;
    let mut feed = Feed::open(&world.customer, Some(1_000_000)).await;
    let first = feed.next().await;
    assert!(matches!(&first, Heard::Named(name, _) if name == "reset"), "{first:?}");
}

#[tokio::test]
async fn a_feed_ends_at_once_with_its_session() {
    let world = World::new().await;
    let mut out = Feed::open(&world.customer, None).await;
    let mut disabled = Feed::open(&world.other, None).await;
    assert!(matches!(out.next().await, Heard::Named(..)));
    assert!(matches!(disabled.next().await, Heard::Named(..)));
    world.customer.client.sign_out().await.unwrap();
    assert!(matches!(out.next().await, Heard::Over));
    api::people::actions::disable(&world.app, &world.other.email).await.unwrap();
    assert!(matches!(disabled.next().await, Heard::Over));
}

#[tokio::test]
async fn whoever_loses_sight_hears_of_that_and_nothing_after() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let mut feed = Feed::open(&world.assignee, None).await;
    world.admin.client.assign(id, world.other_assignee.id).await.unwrap();
    world.other_assignee.client.assignee_reply(id, &reply("mine now")).await.unwrap();
    let next = world.ticket().await;
    assert!(matches!(feed.event().await.what, What::Assigned { .. }));
    assert_eq!(feed.event().await.ticket_id, next.ticket_id, "nothing of the lost ticket");
}

#[tokio::test]
async fn a_malformed_last_event_id_is_refused() {
    let world = World::new().await;
    let request = http::Request::get("/desk/1.0.0/events")
        .header("authorization", format!("Bearer {}", world.customer.token))
        .header("last-event-id", "yesterday");
    let refused = world.raw(request.body(Body::empty()).unwrap()).await;
    assert_eq!(refused.code(), Code::InvalidFields);
}
