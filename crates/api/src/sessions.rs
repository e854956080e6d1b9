//! Signing in and out, and who is signed in.

pub mod actions;
pub mod password;
mod queries;
pub mod throttle;
mod token;

use crate::{answer::Answer, app::App, caller::Caller, error::Error};
use axum::extract::State;

/// *Session*: who is signed in.
pub async fn session(State(app): State<App>, caller: Caller) -> Result<Answer, Error> {
    Answer::ok(&actions::viewer(&app, caller).await?)
}
