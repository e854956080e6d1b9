//! Followers: operations 20, 37, and removing one.

pub mod actions;
pub mod queries;

use crate::{
    answer::{Answer, Found},
    app::App,
    caller::Caller,
    error::Error,
    extract::{Id, Ids, Query},
    idempotency::Once,
};
use axum::extract::State;
use contract::{
    follower::NewFollower,
    id::{PersonId, TicketId},
    page::Paging,
};
use http::StatusCode;

/// 20, *Add Follower To The Ticket*.
pub async fn add(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Once { body, intent }: Once<NewFollower>,
) -> Result<Answer, Error> {
    intent.once(&app, caller, move |tx, caller| Answer::created(&actions::add(tx, caller, id, body)?)).await
}

/// 37, *List Of Follower By Ticket Id*.
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Query(paging): Query<Paging>,
) -> Result<Found, Error> {
    app.db.glance(move |db| Ok(Found::of(actions::list(db, &caller, id, &paging)?))).await
}

/// *Remove Follower*.
pub async fn remove(
    State(app): State<App>,
    caller: Caller,
    Ids(ticket, follower): Ids<TicketId, PersonId>,
) -> Result<StatusCode, Error> {
    app.db.write(move |tx| actions::remove(tx, &caller, ticket, follower)).await?;
    Ok(StatusCode::NO_CONTENT)
}
