//! Searching tickets as one types: operation 98. Lists are searched by `db/search.rs`; both look into the same index, and
//! both ask [`actions::corrected`] what was meant when nothing is found.

pub mod actions;
mod expression;
pub mod files;
mod places;
mod queries;
mod spelling;

use crate::{answer::Found, app::App, caller::Caller, error::Error, extract::Query};
use axum::extract::State;
use contract::search::SearchFilter;

/// 98, *Search*: all that is answered is of one moment.
pub async fn search(
    State(app): State<App>,
    caller: Caller,
    Query(filter): Query<SearchFilter>,
) -> Result<Found, Error> {
    app.db.snapshot(move |db| Ok(Found::of(actions::search(db, &caller, &filter)?))).await
}
