//! Texts of canned replies: operations 47, 48, 49, 53, and counting their uses.

pub mod actions;
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
    id::ReplyMessageId,
    reply_message::{NewReplyMessage, ReplyMessageEdit, ReplyMessageFilter},
};

type Answered = Result<Answer, Error>;

/// 47, *Reply Messages*.
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(filter): Query<ReplyMessageFilter>,
) -> Result<Found, Error> {
    app.db.read(move |db| Ok(Found::of(actions::list(db, &caller, &filter)?))).await
}

/// 48, *Replay Messages*: another text.
pub async fn edit(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ReplyMessageId>,
    Once { body: edit, intent }: Once<ReplyMessageEdit>,
) -> Answered {
    intent.once(&app, caller, move |tx, _| Answer::ok(&actions::edit(tx, id, edit)?)).await
}

/// 49, *Replay Messages*: a new one.
pub async fn add(State(app): State<App>, caller: Caller, Once { body, intent }: Once<NewReplyMessage>) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::created(&actions::add(tx, caller, body)?)).await
}

/// 53, *Reply Messages by id*.
pub async fn one(State(app): State<App>, caller: Caller, Id(id): Id<ReplyMessageId>) -> Result<Found, Error> {
    app.db.read(move |db| Ok(Found::of(actions::find(db, &caller, id)?))).await
}

/// *Use Reply Message*: it was inserted once more.
pub async fn insert(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ReplyMessageId>,
    Press(intent): Press,
) -> Answered {
    let inserted = intent.once(&app, caller, move |tx, caller| {
        actions::count_use(tx, caller, id)?;
        Ok(Answer::nothing())
    });
    inserted.await
}
