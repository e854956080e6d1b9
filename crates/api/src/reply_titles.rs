//! Titles of canned replies: operations 46, 50, 51, 52.

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
    id::ReplyTitleId,
    reply_title::{NewReplyTitle, ReplyTitleFilter, ReplyTitleStatusUpdate},
};

type Answered = Result<Answer, Error>;

/// 46, *Reply Title Status*.
pub async fn status(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ReplyTitleId>,
    Once { body: to, intent }: Once<ReplyTitleStatusUpdate>,
) -> Answered {
    intent.once(&app, caller, move |tx, _| Answer::ok(&actions::set_status(tx, id, to.status)?)).await
}

/// 50, *Replay Title*: the titles.
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(filter): Query<ReplyTitleFilter>,
) -> Result<Found, Error> {
    app.db.read(move |db| Ok(Found::of(actions::list(db, &caller, &filter)?))).await
}

/// 51, *Replay Title*: a new one.
pub async fn add(State(app): State<App>, caller: Caller, Once { body, intent }: Once<NewReplyTitle>) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::created(&actions::add(tx, caller, body)?)).await
}

/// 52, *Reply Title By Id*.
pub async fn one(State(app): State<App>, caller: Caller, Id(id): Id<ReplyTitleId>) -> Result<Found, Error> {
    app.db.read(move |db| Ok(Found::of(actions::find(db, &caller, id)?))).await
}
