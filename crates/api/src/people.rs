//! People: looking them up, and keeping their accounts.

pub mod actions;
pub mod queries;

use crate::{
    answer::Found,
    app::App,
    caller::Caller,
    db::Connection,
    error::Error,
    extract::{Id, Query},
};
use axum::extract::State;
use contract::{id::PersonId, person::PeopleFilter};

/// *People*: staff look up anyone, a customer their colleagues.
pub async fn list(State(app): State<App>, caller: Caller, Query(filter): Query<PeopleFilter>) -> Result<Found, Error> {
    // Who looks for a name may read many people for it.
    let by_name = filter.q.is_some();
    let work = move |db: &Connection| Ok(Found::of(actions::list(db, &caller, &filter)?));
    if by_name { app.db.read(work).await } else { app.db.glance(work).await }
}

/// *Person By Id*.
pub async fn one(State(app): State<App>, caller: Caller, Id(id): Id<PersonId>) -> Result<Found, Error> {
    app.db.glance(move |db| Ok(Found::of(actions::one(db, &caller, id)?))).await
}
