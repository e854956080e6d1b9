//! Two at once: two claims, two closes, two edits. Exactly one wins, and the others are told.

use crate::world::{World, reply};
use contract::{
    Code,
    page::Paging,
    reply::NewReply,
    ticket::{CustomerClose, TicketEdit},
};
use std::collections::HashMap;

fn tally(codes: impl IntoIterator<Item = Option<Code>>) -> HashMap<Option<Code>, usize> {
    let mut tally = HashMap::new();
    for code in codes {
        *tally.entry(code).or_default() += 1;
    }
    tally
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_claims_at_once_one_wins() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let claims: Vec<_> = (0..20)
        .map(|n| {
            let client = if n % 2 == 0 { world.assignee.client.clone() } else { world.other_assignee.client.clone() };
            tokio::spawn(async move { client.claim(id).await.err().map(|problem| problem.code) })
        })
        .collect();
    let mut codes = Vec::new();
    for claim in claims {
        codes.push(claim.await.unwrap());
    }
    let tally = tally(codes);
    assert_eq!((tally[&None], tally[&Some(Code::AlreadyAssigned)], tally[&Some(Code::NotFound)]), (1, 9, 10));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_closes_at_once_one_wins() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let closes: Vec<_> = (0..10)
        .map(|_| {
            let client = world.customer.client.clone();
            tokio::spawn(
                async move { client.customer_close(id, &CustomerClose::default()).await.err().map(|p| p.code) },
            )
        })
        .collect();
    let mut codes = Vec::new();
    for close in closes {
        codes.push(close.await.unwrap());
    }
    assert_eq!(tally(codes), HashMap::from([(None, 1), (Some(Code::TicketClosed), 9)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_edits_of_one_version_one_wins() {
    let world = World::new().await;
    let ticket = world.ticket().await;
    let edits: Vec<_> = (0..10)
        .map(|n| {
            let client = world.customer.client.clone();
            let edit = TicketEdit { subject: Some(format!("Edit {n}")), ..TicketEdit::default() };
            tokio::spawn(async move {
                client.update_ticket(ticket.ticket_id, ticket.version, &edit).await.err().map(|p| p.code)
            })
        })
        .collect();
    let mut codes = Vec::new();
    for edit in edits {
        codes.push(edit.await.unwrap());
    }
    assert_eq!(tally(codes), HashMap::from([(None, 1), (Some(Code::Stale), 9)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_agents_do_not_answer_at_once() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let seen = world.assignee.client.events_of(id, &Paging::default()).await.unwrap().items.last().unwrap().seq;
    let based = move |body: &str| NewReply { based_on: Some(seen), ..reply(body) };
    let (one, other) = (world.assignee.client.clone(), world.admin.client.clone());
    let (one, other) = tokio::join!(
        tokio::spawn(async move { one.assignee_reply(id, &based("Mine")).await.err().map(|p| p.code) }),
        tokio::spawn(async move { other.admin_reply(id, &based("Mine")).await.err().map(|p| p.code) }),
    );
    let tally = tally([one.unwrap(), other.unwrap()]);
    assert_eq!(tally, HashMap::from([(None, 1), (Some(Code::ConversationMoved), 1)]));
}
