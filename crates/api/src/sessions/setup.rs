//! The first admin, made by whoever holds the one-time link that the start of a fresh service printed.

use super::{actions::begin, queries, token};
use crate::{
    app::App,
    error::Error,
    people::{
        actions::{NewPerson, checked, insert},
        queries::has_admin,
    },
};
use contract::{
    Role,
    session::{ClientAddress, Setup, Token},
};

/// A new one-time token, which replaces an earlier one; `None` when there is an admin already.
///
/// # Errors
/// When the database fails.
pub async fn token(app: &App) -> Result<Option<String>, Error> {
    let token = token::new();
    let hash = token::hash(&token);
    app.db
        .write(move |tx| {
            if has_admin(tx)? {
                queries::forget_setup(tx)?;
                return Ok(None);
            }
            queries::keep_setup(tx, &hash)?;
            Ok(Some(token))
        })
        .await
}

/// *Set Up*: makes the admin and signs them in.
///
/// # Errors
/// 404 once there is an admin; the fields at fault; too many tries.
pub async fn set_up(app: &App, setup: Setup, from: Option<ClientAddress>, user_agent: String) -> Result<Token, Error> {
    if app.db.read(|db| Ok(has_admin(db)?)).await? {
        return Err(Error::not_found());
    }
    app.throttle.check("(setup)", from)?;
    let Setup { token, name, email, password } = setup;
    let (hash, seconds) = (token::hash(&token), app.config.session_seconds);
    let new = checked(NewPerson { name, email, role: Role::Admin, organization: None, id: None }, &password)?;
    let password_hash = app.passwords.hash(password).await?;
    app.db
        .write(move |tx| {
            if has_admin(tx)? {
                return Err(Error::not_found());
            }
            if !queries::is_setup(tx, &hash)? {
                return Err(Error::invalid(
                    "token",
                    "This link is not good any more. Restart Finsupport to get a new one.",
                ));
            }
            let admin = insert(tx, &new, &password_hash)?;
            queries::forget_setup(tx)?;
            begin(tx, admin, &user_agent, seconds)
        })
        .await
}
