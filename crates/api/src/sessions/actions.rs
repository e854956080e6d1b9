//! What can happen to sessions.

use super::{queries, token};
use crate::{app::App, caller::Caller, error::Error};
use contract::{
    person::Person,
    session::Viewer,
};

/// A session's use is noted at most this often.
const TOUCH_SECONDS: i64 = 300;

/// The caller whose token this is. A session in use lives on.
///
/// # Errors
/// When the token is not that of a live session.
pub async fn authenticate(app: &App, token: &str) -> Result<Caller, Error> {
    let hash = token::hash(token);
    let now = app.clock.now();
    let found = app.db.read(move |db| Ok(queries::by_token(db, &hash, now)?)).await?;
    let found = found.ok_or_else(Error::unauthenticated)?;
    if found.last_seen_at.plus_seconds(TOUCH_SECONDS) <= now {
        let (id, seconds) = (found.caller.session_id, app.config.session_seconds);
        app.db.write(move |tx| Ok(queries::touch(tx, id, now, now.plus_seconds(seconds))?)).await?;
    }
    Ok(found.caller)
}

/// Who the caller is, in full.
///
/// # Errors
/// When the database fails.
pub async fn viewer(app: &App, caller: Caller) -> Result<Viewer, Error> {
    let id = caller.id();
    let organization = app.db.read(move |db| Ok(queries::organization(db, id)?)).await?;
    let person = Person { email: Some(caller.email.clone()), ..caller.person() };
    Ok(Viewer { session_id: caller.session_id, person, organization, demo: app.config.demo })
}
