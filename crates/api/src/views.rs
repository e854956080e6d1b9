//! Views, with how many tickets each has: operations 91–94.

pub mod actions;
pub mod counts;
pub mod queries;

use crate::{
    answer::{Answer, Found},
    app::App,
    caller::Caller,
    error::Error,
    extract::Id,
    idempotency::Once,
};
use axum::extract::State;
use contract::{
    id::ViewId,
    view::{NewView, ViewEdit},
};
use http::StatusCode;

type Answered = Result<Answer, Error>;

/// 91, *Views*: what is counted in them is of one moment.
pub async fn list(State(app): State<App>, caller: Caller) -> Result<Found, Error> {
    let now = app.clock.now();
    app.db.glance_at_one_moment(move |db| Ok(Found::of(actions::list(db, &caller, now)?))).await
}

/// 92, *Save View*.
pub async fn add(State(app): State<App>, caller: Caller, Once { body, intent }: Once<NewView>) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::created(&actions::add(tx, caller, body)?)).await
}

/// 93, *Change View*.
pub async fn edit(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ViewId>,
    Once { body, intent }: Once<ViewEdit>,
) -> Answered {
    intent.once(&app, caller, move |tx, caller| Answer::ok(&actions::edit(tx, caller, id, body)?)).await
}

/// 94, *Delete View*.
pub async fn remove(State(app): State<App>, caller: Caller, Id(id): Id<ViewId>) -> Result<StatusCode, Error> {
    app.db.write(move |tx| actions::remove(tx, &caller, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
