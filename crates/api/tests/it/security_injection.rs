//! SQL, search syntax and headers in everything that people can type.

use crate::world::{World, new_ticket, reply};
use contract::{
    page::Paging,
    person::PeopleFilter,
    ticket::{NewTicket, TicketFilter},
};

const HOSTILE: &[&str] = &[
    "'; DROP TABLE tickets; --",
    "\" OR 1=1 --",
    "%' UNION SELECT password_hash FROM people --",
    "x\" NEAR(a b) AND internal : *",
    "{public internal} : secret",
    "^\"*",
    "\\",
    "<script>alert(1)</script>",
    "=HYPERLINK(\"http://x\")",
    "Robert'); DELETE FROM events; --",
];

#[tokio::test]
async fn hostile_text_is_kept_as_text_and_finds_only_text() {
    let world = World::new().await;
    for text in HOSTILE {
        let new = NewTicket { description: (*text).to_owned(), ..new_ticket(text) };
        let ticket = world.customer.client.create_ticket(&new).await.unwrap();
        assert_eq!(ticket.subject, *text);
        world.customer.client.customer_reply(ticket.ticket_id, &reply(text)).await.unwrap();
        let replies = world.customer.client.replies(ticket.ticket_id, &Paging::default()).await.unwrap();
        assert_eq!(replies.items[0].body, *text);
    }
    for text in HOSTILE {
        let q = Some((*text).to_owned());
        let theirs =
            world.other.client.tickets(&TicketFilter { q: q.clone(), ..TicketFilter::default() }).await.unwrap();
        assert_eq!(theirs.items, [], "{text}");
        let people = world.other.client.people(&PeopleFilter { q, ..PeopleFilter::default() }).await.unwrap();
        assert_eq!(people.items, [], "{text}");
    }
    assert_eq!(world.customer.client.tickets(&TicketFilter::default()).await.unwrap().items.len(), HOSTILE.len());
}

#[tokio::test]
async fn hostile_values_of_filters_are_refused_or_find_nothing() {
    let world = World::new().await;
    world.ticket().await;
    for name in ["status", "sort", "assigneeId", "customerId", "cursor", "pageSize", "q", "escalated"] {
        for value in ["1%20OR%201=1", "%27;--", "updated_at%20DESC", "%00"] {
            let answer =
                world.ask(&world.other, "GET", &format!("/finsupport/1.0.0/tickets?{name}={value}"), None).await;
            match answer.status.as_u16() {
                200 => assert_eq!(answer.json()["items"], serde_json::json!([]), "{name}={value}"),
                400 | 422 => {}
                status => panic!("{name}={value}: {status} {}", answer.body),
            }
        }
    }
}
