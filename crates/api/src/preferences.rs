//! What people of staff have chosen for themselves.

pub mod queries;

use crate::{answer::Found, app::App, caller::Caller, error::Error, extract::Json};
use axum::extract::State;
use contract::preference::Preferences;

/// *Set Preferences*: the caller's own, as a whole.
pub async fn put(State(app): State<App>, caller: Caller, Json(preferences): Json<Preferences>) -> Result<Found, Error> {
    let preferences = preferences.checked()?;
    app.db
        .write(move |tx| {
            queries::put(tx, caller.id(), &preferences)?;
            Ok(Found::of(preferences))
        })
        .await
}
