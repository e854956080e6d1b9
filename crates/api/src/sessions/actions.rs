//! What can happen to sessions.

use super::{queries, service, token};
use crate::{
    app::App,
    caller::Caller,
    clock::Timestamp,
    db::{Connection, Tx},
    error::Error,
    events::hub::Signal,
    people, preferences,
};
use contract::{
    Code,
    id::{PersonId, SessionId},
    person::Person,
    session::{ClientAddress, Credentials, PasswordChange, Session, Token, Viewer, check_password},
};

/// A session's use is noted at most this often.
const TOUCH_SECONDS: i64 = 300;

/// *Sign In*: a session and its token. An unknown address and a wrong password are answered alike, after the same work.
///
/// # Errors
/// `WRONG_CREDENTIALS`; too many tries.
pub async fn sign_in(
    app: &App,
    credentials: Credentials,
    from: Option<ClientAddress>,
    user_agent: String,
) -> Result<Token, Error> {
    let Credentials { email, password } = credentials;
    let email = email.trim().to_lowercase();
    app.throttle.check(&email, from)?;
    let address = email.clone();
    let found = app.db.read(move |db| Ok(people::queries::credentials(db, &address)?)).await?;
    let right = app.passwords.verify(password, found.as_ref().map(|(_, hash)| hash.clone())).await?;
    let (person, hash) = found.filter(|_| right).ok_or_else(wrong_credentials)?;
    app.throttle.succeeded(&email);
    let seconds = app.config.session_seconds;
    app.db
        .write(move |tx| {
            queries::delete_expired(tx, tx.now())?;
            // While the password was checked the account may have been disabled, or been given another one.
            if !is_still(tx, &email, person, &hash)? {
                return Err(wrong_credentials());
            }
            begin(tx, person, &user_agent, seconds)
        })
        .await
}

/// Begins a session of this person.
///
/// # Errors
/// When the database fails.
pub fn begin(tx: &Tx<'_>, person: PersonId, user_agent: &str, seconds: i64) -> Result<Token, Error> {
    let access_token = token::new();
    let (id, now) = (SessionId(tx.new_id()), tx.now());
    queries::insert(tx, id, person, &token::hash(&access_token), user_agent, now, now.plus_seconds(seconds))?;
    Ok(Token { access_token, token_type: "Bearer".to_owned(), expires_in: seconds })
}

/// The caller whose token this is. A session in use lives on.
///
/// # Errors
/// When the token is not that of a live session.
pub async fn authenticate(app: &App, token: &str) -> Result<Caller, Error> {
    let hash = token::hash(token);
    let now = app.clock.now();
    let found = app.db.glance(move |db| Ok(queries::by_token(db, &hash, now)?)).await?;
    let found = found.ok_or_else(Error::unauthenticated)?;
    if found.last_seen_at.plus_seconds(TOUCH_SECONDS) <= now {
        let (id, seconds) = (found.caller.session_id, app.config.session_seconds);
        let touched = app.db.write(move |tx| Ok(queries::touch(tx, id, now, now.plus_seconds(seconds))?)).await;
        // Who only reads can go on when nothing can be written.
        touched.unwrap_or_else(|error| tracing::warn!(%error, "a session's use could not be noted"));
    }
    Ok(found.caller)
}

/// Whether the caller may still ask: their session is good; or, when a service asks for them, their account is.
///
/// # Errors
/// When the database fails.
pub fn is_live(db: &Connection, caller: &Caller, now: Timestamp) -> Result<bool, Error> {
    Ok(if caller.session_id == service::NO_SESSION {
        people::queries::active(db, caller.id())?.is_some()
    } else {
        queries::is_live(db, caller.session_id, now)?
    })
}

/// Who the caller is, in full.
///
/// # Errors
/// When the database fails.
pub async fn viewer(app: &App, caller: Caller) -> Result<Viewer, Error> {
    let id = caller.id();
    let (organization, preferences) =
        app.db.glance(move |db| Ok((queries::organization(db, id)?, preferences::queries::of(db, id)?))).await?;
    let person = Person { email: Some(caller.email.clone()), ..caller.person() };
    Ok(Viewer {
        session_id: caller.session_id,
        person,
        organization,
        demo: app.config.demo,
        remote: app.gateway.is_some(),
        preferences,
    })
}

/// *Sessions*: the caller's, newest first.
///
/// # Errors
/// When the database fails.
pub fn list(db: &Connection, caller: &Caller, now: Timestamp) -> Result<Vec<Session>, Error> {
    Ok(queries::of_person(db, caller.id(), caller.session_id, now)?)
}

/// *Sign Out* and *Revoke Session*: the session ends, and its live feeds with it.
///
/// # Errors
/// 404 when it is not one of the caller's.
pub fn end(tx: &mut Tx<'_>, caller: &Caller, id: SessionId) -> Result<(), Error> {
    if !queries::delete(tx, id, caller.id())? {
        return Err(Error::not_found());
    }
    tx.signal(Signal::SessionEnded(id));
    Ok(())
}

/// Ends every session of a person, but perhaps one.
///
/// # Errors
/// When the database fails.
pub fn end_all(tx: &mut Tx<'_>, person: PersonId, but: Option<SessionId>) -> Result<(), Error> {
    queries::delete_all(tx, person, but)?;
    tx.signal(Signal::SessionsEnded { person, but });
    Ok(())
}

/// *Change Password*: every other session of the caller ends.
///
/// # Errors
/// The fields at fault; too many tries.
pub async fn change_password(app: &App, caller: Caller, change: PasswordChange) -> Result<(), Error> {
    let PasswordChange { current_password, new_password } = change;
    check_password("newPassword", &new_password, &caller.email)?;
    app.throttle.check(&caller.email, None)?;
    let email = caller.email.clone();
    let found = app.db.read(move |db| Ok(people::queries::credentials(db, &email)?)).await?;
    let right = app.passwords.verify(current_password, found.as_ref().map(|(_, hash)| hash.clone())).await?;
    let (_, current) = found.filter(|_| right).ok_or_else(not_current)?;
    app.throttle.succeeded(&caller.email);
    let hash = app.passwords.hash(new_password).await?;
    app.db
        .write(move |tx| {
            if !is_still(tx, &caller.email, caller.id(), &current)? {
                return Err(not_current());
            }
            people::queries::set_password(tx, caller.id(), &hash)?;
            end_all(tx, caller.id(), Some(caller.session_id))
        })
        .await
}

/// Whether this is the account's password still, whose hash was checked.
fn is_still(db: &Connection, email: &str, person: PersonId, hash: &str) -> Result<bool, Error> {
    let now = people::queries::credentials(db, email)?;
    Ok(now.is_some_and(|(id, now)| id == person && now == hash))
}

fn not_current() -> Error {
    Error::invalid("currentPassword", "That is not your current password.")
}

fn wrong_credentials() -> Error {
    Error::new(Code::WrongCredentials, "This e-mail address and this password do not belong together.")
}
