//! Signing in and out, who is signed in, one's sessions and password, and the first admin.

pub mod actions;
pub mod password;
mod queries;
pub mod service;
pub mod setup;
pub mod throttle;
mod token;

use crate::{
    answer::{Answer, Found},
    app::App,
    caller::Caller,
    error::Error,
    extract::{Id, Json},
};
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Response},
};
use contract::{
    id::SessionId,
    session::{ClientAddress, Credentials, PasswordChange, Setup, Token},
};
use http::{HeaderMap, StatusCode, header};

const USER_AGENT_MAX: usize = 200;

/// *Sign In*.
pub async fn sign_in(
    State(app): State<App>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    Json(credentials): Json<Credentials>,
) -> Result<Response, Error> {
    let address = address.map(|Extension(address)| address);
    told(&actions::sign_in(&app, credentials, address, user_agent(&headers)).await?)
}

/// *Set Up*: the first admin.
pub async fn set_up(
    State(app): State<App>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    Json(setup): Json<Setup>,
) -> Result<Response, Error> {
    let address = address.map(|Extension(address)| address);
    told(&setup::set_up(&app, setup, address, user_agent(&headers)).await?)
}

/// *Service Token*: a site signs in for itself.
pub async fn service_token(
    State(app): State<App>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    body: String,
) -> Result<Response, Error> {
    let address = address.map(|Extension(address)| address);
    told(&service::sign_in(&app, &headers, &body, address)?)
}

/// *Session*: who is signed in.
pub async fn session(State(app): State<App>, caller: Caller) -> Result<Found, Error> {
    Ok(Found::of(actions::viewer(&app, caller).await?))
}

/// *Sign Out*.
pub async fn sign_out(State(app): State<App>, caller: Caller) -> Result<StatusCode, Error> {
    let id = caller.session_id;
    app.db.write(move |tx| actions::end(tx, &caller, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// *Sessions* of the caller.
pub async fn list(State(app): State<App>, caller: Caller) -> Result<Found, Error> {
    let now = app.clock.now();
    app.db.read(move |db| Ok(Found::of(actions::list(db, &caller, now)?))).await
}

/// *Revoke Session*: one of the caller's own.
pub async fn revoke(State(app): State<App>, caller: Caller, Id(id): Id<SessionId>) -> Result<StatusCode, Error> {
    app.db.write(move |tx| actions::end(tx, &caller, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// *Change Password*.
pub async fn change_password(
    State(app): State<App>,
    caller: Caller,
    Json(change): Json<PasswordChange>,
) -> Result<StatusCode, Error> {
    actions::change_password(&app, caller, change).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// RFC 6749 section 5.1: nobody on the way keeps a token.
fn told(token: &Token) -> Result<Response, Error> {
    Ok(([(header::CACHE_CONTROL, "no-store")], Answer::ok(token)?).into_response())
}

/// The browser or program, as it names itself.
fn user_agent(headers: &HeaderMap) -> String {
    let named = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    named.chars().take(USER_AGENT_MAX).collect()
}
