//! The outbox: operations 85–90. Replies of staff that wait to be sent. For a customer there is no such thing.
//!
//! [`actions`] put messages in and take them back; [`delivery`] sends them when their time has come.

pub mod actions;
pub mod delivery;
pub mod queries;

use crate::{
    answer::{Answer, Found},
    app::App,
    caller::Caller,
    error::Error,
    extract::{Id, Query},
    idempotency::{Once, Press},
};
use axum::extract::State;
use contract::{
    id::{OutboxMessageId, TicketId},
    outbox::{NewOutboxMessage, OutboxSend, OutboxTime},
    page::Paging,
};

type Answered = Result<Answer, Error>;

/// 85, *Put In Outbox*.
pub async fn put(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Once { body, intent }: Once<NewOutboxMessage>,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::created(&actions::put(tx, caller, id, body)?)).await
}

/// 86, *Outbox By Ticket Id*, oldest first.
pub async fn of_ticket(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Query(paging): Query<Paging>,
) -> Result<Found, Error> {
    let now = app.clock.now();
    app.db.glance(move |db| Ok(Found::of(actions::of_ticket(db, &caller, id, now, &paging)?))).await
}

/// 87, *My Outbox*, oldest first.
pub async fn mine(State(app): State<App>, caller: Caller, Query(paging): Query<Paging>) -> Result<Found, Error> {
    let now = app.clock.now();
    app.db.read(move |db| Ok(Found::of(actions::mine(db, &caller, now, &paging)?))).await
}

/// 88, *Change Outbox Time*.
pub async fn reschedule(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<OutboxMessageId>,
    Once { body, intent }: Once<OutboxTime>,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::ok(&actions::reschedule(tx, caller, id, &body)?)).await
}

/// 89, *Send From Outbox*.
pub async fn send(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<OutboxMessageId>,
    Once { body, intent }: Once<OutboxSend>,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::ok(&actions::send_now(tx, caller, id, body)?)).await
}

/// 90, *Take Back From Outbox*.
pub async fn take_back(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<OutboxMessageId>,
    Press(intent): Press,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::ok(&actions::take_back(tx, caller, id)?)).await
}
