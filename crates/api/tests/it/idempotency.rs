//! Repeating a write safely.

use crate::world::{World, new_ticket, reply};
use contract::{
    Code,
    event::Deed,
    page::Paging,
    ticket::{NewEscalation, Status, TicketEdit},
};

#[tokio::test]
async fn the_same_key_and_request_answer_the_first_result_again() {
    let world = World::new().await;
    let client = world.customer.client.with_idempotency_key("one-try");
    let first = client.create_ticket(&new_ticket("Once")).await.unwrap();
    let again = client.create_ticket(&new_ticket("Once")).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(world.customer.client.tickets(&Default::default()).await.unwrap().items.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_clicks_at_once_send_one_reply() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let clicks: Vec<_> = (0..20)
        .map(|_| {
            let client = world.customer.client.with_idempotency_key("double-click");
            tokio::spawn(async move { client.customer_reply(id, &reply("Hello")).await.unwrap().reply_id })
        })
        .collect();
    let mut ids = Vec::new();
    for click in clicks {
        ids.push(click.await.unwrap());
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(world.customer.client.replies(id, &Paging::default()).await.unwrap().items.len(), 1);
}

#[tokio::test]
async fn a_key_used_for_another_request_is_refused() {
    let world = World::new().await;
    let client = world.customer.client.with_idempotency_key("k1");
    let ticket = client.create_ticket(&new_ticket("Once")).await.unwrap();
    let other_body = client.create_ticket(&new_ticket("Twice")).await.unwrap_err();
    assert_eq!(other_body.code, Code::IdempotencyKeyReused);
    let other_path = client.customer_reply(ticket.ticket_id, &reply("x")).await.unwrap_err();
    assert_eq!(other_path.code, Code::IdempotencyKeyReused);
}

#[tokio::test]
async fn a_key_used_to_undo_something_else_is_refused() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.assignee.client.assignee_status(id, Status::InProgress).await.unwrap();
    world.admin.client.assign(id, world.other_assignee.id).await.unwrap();
    let keyed = world.admin.client.with_idempotency_key("k1");
    keyed.undo(id, Some(Deed::Assignment)).await.unwrap();
    assert_eq!(keyed.undo(id, Some(Deed::Status)).await.unwrap_err().code, Code::IdempotencyKeyReused);
}

#[tokio::test]
async fn keys_are_each_persons_own_and_kept_for_a_day() {
    let world = World::new().await;
    let mine = world.customer.client.with_idempotency_key("k1");
    let first = mine.create_ticket(&new_ticket("Once")).await.unwrap();
    let theirs = world.other.client.with_idempotency_key("k1").create_ticket(&new_ticket("Once")).await.unwrap();
    assert_ne!(first.ticket_id, theirs.ticket_id);
    world.clock.advance(24 * 60 * 60 - 1);
    assert_eq!(mine.create_ticket(&new_ticket("Once")).await.unwrap().ticket_id, first.ticket_id);
    world.clock.advance(1);
    assert_ne!(mine.create_ticket(&new_ticket("Once")).await.unwrap().ticket_id, first.ticket_id);
}

#[tokio::test]
async fn answers_that_were_kept_long_enough_are_removed_and_no_others() {
    let world = World::new().await;
    let kept = || async {
        let count = |db: &rusqlite::Connection| db.query_row("SELECT count(*) FROM idempotency", [], |row| row.get(0));
        world.app.db.read(move |db| Ok(count(db)?)).await.unwrap()
    };
    let file = |key| {
        let client = world.customer.client.with_idempotency_key(key);
        async move { client.create_ticket(&new_ticket("Once")).await.unwrap() }
    };
    let _ = (file("k1").await, file("k2").await);
    world.clock.advance(24 * 60 * 60);
    let young = file("k3").await;
    api::idempotency::forget(&world.app).await.unwrap();
    let left: i64 = kept().await;
    assert_eq!(left, 1);
    assert_eq!(file("k3").await, young);
    world.clock.advance(24 * 60 * 60);
    api::idempotency::forget(&world.app).await.unwrap();
    assert_eq!(kept().await, 0);
}

#[tokio::test]
async fn a_refusal_is_not_kept() {
    let world = World::new().await;
    let id = world.ticket().await.ticket_id;
    let client = world.admin.client.with_idempotency_key("assign-once");
    assert!(client.assign(id, world.colleague.id).await.is_err());
    client.assign(id, world.assignee.id).await.unwrap();
}

#[tokio::test]
async fn a_key_is_visible_ascii_of_sane_length() {
    let world = World::new().await;
    for bad in ["", "with space", &"x".repeat(201)] {
        let refused =
            world.customer.client.with_idempotency_key(bad).create_ticket(&new_ticket("x")).await.unwrap_err();
        assert_eq!(refused.code, Code::InvalidFields, "{bad:?}");
    }
}

#[tokio::test]
async fn a_repeated_change_happens_once_too() {
    let world = World::new().await;
    let ticket = world.assigned().await;
    let again = world.assignee.client.with_idempotency_key("not-twice");
    let escalation = NewEscalation { reason: "It is payday.".to_owned(), tried: None, impact: None };
    for _ in 0..2 {
        assert_eq!(again.escalate(ticket.ticket_id, &escalation).await.unwrap().escalation.unwrap().level, 1);
    }
    let version = again.ticket(ticket.ticket_id).await.unwrap().version;
    let edit = TicketEdit { subject: Some("Edited once".to_owned()), ..TicketEdit::default() };
    let edits = world.assignee.client.with_idempotency_key("edit");
    let first = edits.update_ticket(ticket.ticket_id, version, &edit).await.unwrap();
    assert_eq!(edits.update_ticket(ticket.ticket_id, version, &edit).await.unwrap(), first, "its version is not stale");
}
