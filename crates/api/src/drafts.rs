//! Drafts of staff: reading, saving and discarding one's own, and what was written before. No path leads to anybody
//! else's. Saving is no event: it stirs neither the ticket nor anybody's unread mark.

pub mod actions;
pub mod queries;

use crate::{
    answer::{Answer, Found},
    app::App,
    caller::Caller,
    error::Error,
    extract::{Id, Ids, Query},
    idempotency::{Once, Press},
};
use axum::extract::State;
use contract::{
    choice::Choices,
    draft::{DraftEdit, DraftKind},
    id::TicketId,
    page::Paging,
};

type Answered = Result<Answer, Error>;

/// *Drafts*: all of the caller's.
pub async fn mine(State(app): State<App>, caller: Caller, Query(paging): Query<Paging>) -> Result<Found, Error> {
    app.db.read(move |db| Ok(Found::of(actions::mine(db, &caller, &paging)?))).await
}

/// *Drafts By Ticket Id*.
pub async fn of_ticket(State(app): State<App>, caller: Caller, Id(ticket): Id<TicketId>) -> Result<Found, Error> {
    app.db.glance(move |db| Ok(Found::of(actions::of_ticket(db, &caller, ticket)?))).await
}

/// *Save Draft*.
pub async fn save(
    State(app): State<App>,
    caller: Caller,
    Ids(ticket, kind): Ids<TicketId, String>,
    Once { body, intent }: Once<DraftEdit>,
) -> Answered {
    let kind = known(&kind)?;
    intent.once(&app, caller, move |tx, caller| Answer::ok(&actions::save(tx, caller, ticket, kind, body)?)).await
}

/// *Discard Draft*.
pub async fn discard(
    State(app): State<App>,
    caller: Caller,
    Ids(ticket, kind): Ids<TicketId, String>,
    Press(intent): Press,
) -> Answered {
    let kind = known(&kind)?;
    intent
        .once(&app, caller, move |tx, caller| {
            actions::discard(tx, caller, ticket, kind)?;
            Ok(Answer::nothing())
        })
        .await
}

/// *Draft Versions*.
pub async fn versions(
    State(app): State<App>,
    caller: Caller,
    Ids(ticket, kind): Ids<TicketId, String>,
    Query(paging): Query<Paging>,
) -> Result<Found, Error> {
    let kind = known(&kind)?;
    app.db.read(move |db| Ok(Found::of(actions::versions(db, &caller, ticket, kind, &paging)?))).await
}

/// Forgets the versions that were kept long enough, and drafts of which nothing else is left.
///
/// # Errors
/// When the database fails.
pub async fn forget(app: &App) -> Result<(), Error> {
    app.db.write(|tx| actions::forget(tx)).await
}

fn known(kind: &str) -> Result<DraftKind, Error> {
    DraftKind::parse(kind).ok_or_else(Error::not_found)
}
