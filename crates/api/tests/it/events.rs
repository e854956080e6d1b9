//! What happened: a ticket's history and the live feed.

use crate::world::{Member, World, note, reply};
use axum::body::{Body, BodyDataStream};
use contract::{
    Code,
    event::{Event, What},
    page::Paging,
};
use futures::StreamExt;
use std::time::Duration;

/// The lines of a live feed.
struct Feed {
    bytes: BodyDataStream,
    text: String,
}

/// One block of a live feed.
#[derive(Debug)]
enum Heard {
    Named(String),
    Event(Box<Event>),
    Over,
}

impl Feed {
    async fn open(who: &Member, last: Option<i64>) -> Self {
        let body: Body = who.client.live_events(last).await.unwrap().into_body();
        Self { bytes: body.into_data_stream(), text: String::new() }
    }

    /// The next block that is not a heartbeat; ten seconds at most.
    async fn next(&mut self) -> Heard {
        tokio::time::timeout(Duration::from_secs(10), self.block()).await.expect("something is heard")
    }

    async fn block(&mut self) -> Heard {
        loop {
            while let Some((block, rest)) = self.text.split_once("\n\n") {
                let block = block.to_owned();
                self.text = rest.to_owned();
                let line = |name: &str| block.lines().find_map(|l| l.strip_prefix(name)).map(|l| l.trim().to_owned());
                if let Some(name) = line("event:") {
                    return Heard::Named(name);
                }
                if let Some(data) = line("data:") {
                    let event: Event = serde_json::from_str(&data).unwrap();
                    assert_eq!(line("id:").unwrap(), event.seq.to_string());
                    return Heard::Event(Box::new(event));
                }
            }
            match self.bytes.next().await {
                Some(Ok(bytes)) => self.text.push_str(std::str::from_utf8(&bytes).unwrap()),
                Some(Err(_)) | None => return Heard::Over,
            }
        }
    }

    async fn event(&mut self) -> Event {
        loop {
            match self.next().await {
                Heard::Event(event) => return *event,
                Heard::Named(name) if name == "ready" => {}
                other => panic!("an event was expected: {other:?}"),
            }
        }
    }
}

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
    assert!(matches!(&first, Heard::Named(name) if name == "reset"), "{first:?}");
}

#[tokio::test]
async fn a_feed_ends_at_once_with_its_session() {
    let world = World::new().await;
    let mut out = Feed::open(&world.customer, None).await;
    let mut disabled = Feed::open(&world.other, None).await;
    assert!(matches!(out.next().await, Heard::Named(_)));
    assert!(matches!(disabled.next().await, Heard::Named(_)));
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
