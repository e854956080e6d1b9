//! For whoever watches the process: is it alive, can it answer.

use crate::{app::App, db::Connection, error::Error};
use axum::extract::State;

/// The process runs.
pub async fn alive() -> &'static str {
    "ok"
}

/// The database answers.
pub async fn ready(State(app): State<App>) -> Result<&'static str, Error> {
    app.db.read(|db: &Connection| Ok(crate::db::ping(db)?)).await?;
    Ok("ok")
}
