//! Nobody who is signed in keeps the others from their work, whatever they send.

use crate::world::{World, new_ticket, reply};
use api::config::Config;
use axum::body::Body;
use contract::{
    Code,
    person::PeopleFilter,
    search::SearchFilter,
    text::QUERY_MAX,
    ticket::{Ticket, TicketFilter},
};
use http::{Request, StatusCode};

#[tokio::test]
async fn security_exhaustion_words_to_look_for_are_no_longer_than_somebody_types() {
    let world = World::new().await;
    let client = &world.assignee.client;
    for (words, fits) in [("a-".repeat(QUERY_MAX / 2), true), ("l".repeat(QUERY_MAX + 1), false)] {
        let tickets = TicketFilter { q: Some(words.clone()), ..TicketFilter::default() };
        let people = PeopleFilter { q: Some(words.clone()), ..PeopleFilter::default() };
        let refused = [
            client.search(&SearchFilter { q: words, limit: None }).await.err(),
            client.tickets(&tickets).await.err(),
            client.people(&people).await.err(),
        ];
        for refused in refused {
            let about = refused.as_ref().and_then(|problem| problem.about("q"));
            assert_eq!(about, (!fits).then_some("Shorten this to 200 characters."), "{refused:?}");
        }
    }
}

#[tokio::test]
async fn security_exhaustion_a_customer_writes_so_much_in_a_minute() {
    let world = World::with(Config { customer_writes: 3, ..Config::default() }).await;
    let (client, id) = (&world.customer.client, world.ticket().await.ticket_id);
    for _ in 0..2 {
        client.customer_reply(id, &reply("Hello")).await.unwrap();
    }
    let refused = client.create_ticket(&new_ticket("One more")).await.unwrap_err();
    assert_eq!(refused.code, Code::TooManyRequests);
    assert!(refused.retry_after.is_some_and(|seconds| (1..=21).contains(&seconds)), "{refused:?}");
    assert_eq!(client.ticket(id).await.unwrap().ticket_id, id, "whoever wrote too much still reads");
    world.other.client.create_ticket(&new_ticket("Of somebody else")).await.unwrap();
    for _ in 0..5 {
        world.admin.client.admin_reply(id, &reply("Staff write as much as they like")).await.unwrap();
    }
}

#[tokio::test]
async fn who_only_reads_goes_on_when_nothing_can_be_written_and_readiness_tells_of_it() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let ready = || async { world.raw(Request::get("/readyz").body(Body::empty()).unwrap()).await.status };
    assert_eq!(ready().await, StatusCode::OK);
    let broken = |then: &'static str| {
        const UNCOMMITTABLE: &str = "PRAGMA defer_foreign_keys = ON;
            UPDATE tickets SET customer_id = '00000000-0000-0000-0000-000000000000';";
        world.app.db.write(move |tx| Ok(tx.execute_batch(&format!("{UNCOMMITTABLE} {then}"))?))
    };
    assert!(broken("").await.is_err());
    assert_eq!(ready().await, StatusCode::OK, "what is over is not told");
    // And from then on every write, as on a full disk.
    assert!(broken("PRAGMA query_only = ON").await.is_err());
    // The use of the session would be noted by now.
    world.clock.advance(3_600);
    let read: Ticket = world.customer.client.ticket(id).await.unwrap();
    assert_eq!(read.ticket_id, id);
    assert_eq!(ready().await, StatusCode::SERVICE_UNAVAILABLE);
}
