//! Notes: operations 16, 18, 34, 36. For a customer there is no such thing.

pub mod actions;
mod mentions;
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
    id::{NoteId, TicketId},
    note::NewNote,
    page::Paging,
    policy::Action,
};

type Answered = Result<Answer, Error>;

/// 16, *Assignee Add Note*.
pub async fn assignee(State(app): State<App>, caller: Caller, Id(id): Id<TicketId>, post: Once<NewNote>) -> Answered {
    add(app, caller, id, post, Action::AssigneeNote).await
}

/// 18, *Admin Add Note*.
pub async fn admin(State(app): State<App>, caller: Caller, Id(id): Id<TicketId>, post: Once<NewNote>) -> Answered {
    add(app, caller, id, post, Action::AdminNote).await
}

async fn add(
    app: App,
    caller: Caller,
    ticket: TicketId,
    Once { body, intent }: Once<NewNote>,
    action: Action,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::created(&actions::add(tx, caller, ticket, body, action)?)).await
}

/// 34, *List Of Notes By Ticket Id*, oldest first.
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Query(paging): Query<Paging>,
) -> Result<Found, Error> {
    app.db.glance(move |db| Ok(Found::of(actions::list(db, &caller, id, &paging)?))).await
}

/// 36, *Note By Note Id*.
pub async fn one(State(app): State<App>, caller: Caller, Id(id): Id<NoteId>) -> Result<Found, Error> {
    app.db.glance(move |db| Ok(Found::of(actions::one(db, &caller, id)?))).await
}
