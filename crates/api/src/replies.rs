//! Replies: operations 12, 15, 17, 33, 35.

pub mod actions;
pub mod queries;

use crate::{
    answer::{Answer, Found},
    app::App,
    caller::Caller,
    error::Error,
    extract::{Id, Query},
    idempotency::Once,
};
use axum::extract::State;
use contract::{
    id::{ReplyId, TicketId},
    page::Paging,
    policy::Action,
    reply::NewReply,
};

type Answered = Result<Answer, Error>;

/// 12, *Customer Reply On Ticket*.
pub async fn customer(State(app): State<App>, caller: Caller, Id(id): Id<TicketId>, post: Once<NewReply>) -> Answered {
    reply(app, caller, id, post, Action::CustomerReply).await
}

/// 15, *Assignee Reply On Ticket*.
pub async fn assignee(State(app): State<App>, caller: Caller, Id(id): Id<TicketId>, post: Once<NewReply>) -> Answered {
    reply(app, caller, id, post, Action::AssigneeReply).await
}

/// 17, *Admin Reply On Ticket*.
pub async fn admin(State(app): State<App>, caller: Caller, Id(id): Id<TicketId>, post: Once<NewReply>) -> Answered {
    reply(app, caller, id, post, Action::AdminReply).await
}

async fn reply(
    app: App,
    caller: Caller,
    ticket: TicketId,
    Once { body, intent }: Once<NewReply>,
    action: Action,
) -> Answered {
    intent
        .once(&app, caller, move |tx, caller| Answer::created(&actions::reply(tx, caller, ticket, body, action)?))
        .await
}

/// 33, *List Of Replies By Ticket Id*, oldest first.
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Query(paging): Query<Paging>,
) -> Result<Found, Error> {
    app.db.glance(move |db| Ok(Found::of(actions::list(db, &caller, id, &paging)?))).await
}

/// 35, *Reply By Reply Id*.
pub async fn one(State(app): State<App>, caller: Caller, Id(id): Id<ReplyId>) -> Result<Found, Error> {
    app.db.glance(move |db| Ok(Found::of(actions::one(db, &caller, id)?))).await
}
