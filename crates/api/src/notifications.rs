//! Notifications of staff: operations 95–97. No path leads to anybody else's, and for a customer there is no such thing.

pub mod actions;
mod queries;

use crate::{
    answer::{Answer, Found},
    app::App,
    caller::Caller,
    error::Error,
    extract::{Id, Query},
    idempotency::Press,
};
use axum::extract::State;
use contract::{id::NotificationId, page::Paging};

type Answered = Result<Answer, Error>;

/// 95, *Notifications*: the caller's, newest first. The list and its count are of one moment.
pub async fn list(State(app): State<App>, caller: Caller, Query(paging): Query<Paging>) -> Result<Found, Error> {
    app.db.glance_at_one_moment(move |db| Ok(Found::of(actions::list(db, &caller, &paging)?))).await
}

/// 96, *See All Notifications*.
pub async fn see_all(State(app): State<App>, caller: Caller, Press(intent): Press) -> Answered {
    intent
        .once(&app, caller, move |tx, caller| {
            actions::see_all(tx, caller)?;
            Ok(Answer::nothing())
        })
        .await
}

/// 97, *See Notification*.
pub async fn see(State(app): State<App>, caller: Caller, Id(id): Id<NotificationId>, Press(intent): Press) -> Answered {
    intent
        .once(&app, caller, move |tx, caller| {
            actions::see(tx, caller, id)?;
            Ok(Answer::nothing())
        })
        .await
}

/// Forgets those that were kept long enough.
///
/// # Errors
/// When the database fails.
pub async fn forget(app: &App) -> Result<(), Error> {
    app.db.write(|tx| actions::forget(tx)).await
}
