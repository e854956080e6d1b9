//! Events: what happened to tickets, recorded with it and told to whoever may know.

pub mod actions;
pub mod hub;
pub mod queries;
mod stream;
pub mod watch;

pub use actions::{record, see, tell};

use crate::{
    answer::Found,
    app::App,
    caller::Caller,
    error::Error,
    extract::{Id, Query},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contract::{id::TicketId, page::Paging};
use http::{HeaderMap, header};

/// *Events By Ticket Id*, oldest first.
pub async fn of_ticket(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Query(paging): Query<Paging>,
) -> Result<Found, Error> {
    app.db.glance(move |db| Ok(Found::of(actions::of_ticket(db, &caller, id, &paging)?))).await
}

/// *Live Events*: server-sent events, going on after `Last-Event-ID`.
pub async fn live(State(app): State<App>, caller: Caller, headers: HeaderMap) -> Result<Response, Error> {
    let last = headers.get("last-event-id").map(|value| value.to_str().ok()?.parse::<i64>().ok());
    let last = match last {
        Some(Some(seq)) => Some(seq),
        Some(None) => return Err(Error::invalid("Last-Event-ID", "Send the id of an event, a number.")),
        None => None,
    };
    if let Some(remote) = app.gateway.clone() {
        return Ok(unhurried(watch::open(app, remote, caller, last.is_some())));
    }
    Ok(unhurried(stream::open(app, caller, last).await?))
}

/// A feed that nothing on the way may hold back or keep.
fn unhurried(feed: impl IntoResponse) -> Response {
    ([(header::CACHE_CONTROL, "no-store"), (header::HeaderName::from_static("x-accel-buffering"), "no")], feed)
        .into_response()
}
