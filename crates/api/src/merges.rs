//! Merges: several tickets of one customer told as one, and told apart again. See [`contract::merge`].

pub mod actions;
pub mod queries;

use crate::{
    answer::{Answer, Found},
    app::App,
    caller::Caller,
    error::Error,
    extract::Id,
    idempotency::{Once, Press},
};
use axum::extract::State;
use contract::{
    id::{MergeId, TicketId},
    merge::NewMerge,
};

/// *Merge Tickets* into the one that the path names.
pub async fn merge(
    State(app): State<App>,
    caller: Caller,
    Id(target): Id<TicketId>,
    Once { body, intent }: Once<NewMerge>,
) -> Result<Answer, Error> {
    intent.once(&app, caller, move |tx, caller| Answer::created(&actions::merge(tx, caller, target, body)?)).await
}

/// *Merges By Ticket Id*: those that make up its conversation, oldest first.
pub async fn list(State(app): State<App>, caller: Caller, Id(ticket): Id<TicketId>) -> Result<Found, Error> {
    app.db.glance_at_one_moment(move |db| Ok(Found::of(actions::list(db, &caller, ticket)?))).await
}

/// *Undo Merge*.
pub async fn undo(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<MergeId>,
    Press(intent): Press,
) -> Result<Answer, Error> {
    let done = move |tx: &mut crate::db::Tx<'_>, caller: &Caller| {
        actions::undo(tx, caller, id)?;
        Ok(Answer::nothing())
    };
    intent.once(&app, caller, done).await
}
