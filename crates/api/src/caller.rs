//! Who is asking: the bearer token of a request becomes a [`Caller`].

use crate::{app::App, error::Error, sessions};
use axum::{extract::FromRequestParts, http::request::Parts};
use contract::{
    Actor, Role,
    id::{PersonId, SessionId},
    person::Person,
};
use http::header;

/// The signed-in person behind a request.
#[derive(Clone, Debug)]
pub struct Caller {
    pub actor: Actor,
    pub name: String,
    pub email: String,
    pub session_id: SessionId,
}

impl Caller {
    /// The person's id.
    pub const fn id(&self) -> PersonId {
        self.actor.id
    }

    /// The person's role.
    pub const fn role(&self) -> Role {
        self.actor.role
    }

    /// Whether internal text may be shown.
    pub const fn is_staff(&self) -> bool {
        self.actor.role.is_staff()
    }

    /// As others may see them: without e-mail.
    pub fn person(&self) -> Person {
        Person { id: self.id(), name: self.name.clone(), role: self.role(), email: None }
    }

    /// The caller of a request with these headers.
    ///
    /// # Errors
    /// When there is no token, or none that is good now.
    pub async fn of(app: &App, headers: &http::HeaderMap) -> Result<Self, Error> {
        let token = bearer(headers).ok_or_else(Error::unauthenticated)?.to_owned();
        if app.services.knows(&token, app.clock.now()) {
            return sessions::service::in_the_name_of(app, headers).await;
        }
        sessions::actions::authenticate(app, &token).await
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Error;

    /// Put there by the route's access check; a public route has none.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Error::unauthenticated)
    }
}

fn bearer(headers: &http::HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token.trim())
}
