//! HOW WE ASK: one typed client of the Finsupport API, over two transports.
//!
//! [`Transport`] is the seam of the whole product: the same requests go to this process's own router or to a remote
//! gateway, and nobody above can tell which. Each operation is one method of a few lines, in the file of its noun.
//!
//! Every refusal, whether the service said it or the service could not be reached, is a [`Problem`].

mod call;
pub mod gateway;
mod handed;
mod transport;

mod drafts;
mod enums;
mod events;
mod files;
mod followers;
mod merges;
mod notes;
mod notifications;
mod outbox;
mod people;
mod preferences;
mod presence;
mod replies;
mod reply_messages;
mod reply_titles;
mod reports;
mod search;
mod sessions;
mod splits;
mod tickets;
mod views;

pub use call::{Answer, Call, Told};
pub use handed::{Handed, InProcess};
pub use transport::Transport;

use axum::Router;
use contract::{Problem, endpoints::Operation, id::PersonId, session::ClientAddress};
use std::fmt;

/// The client: whom to ask, and in whose name.
#[derive(Clone)]
pub struct Client {
    pub(crate) transport: Transport,
    pub(crate) token: Option<String>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) user_agent: Option<String>,
    pub(crate) address: Option<ClientAddress>,
    pub(crate) acting: Option<PersonId>,
}

/// What every operation answers.
pub type Result<T> = std::result::Result<T, Problem>;

impl Client {
    /// A client of the service in this process. No socket is involved.
    pub fn embedded(router: Router) -> Self {
        Self::over(Transport::Embedded(router))
    }

    /// A client over this transport, in nobody's name yet.
    pub const fn over(transport: Transport) -> Self {
        Self { transport, token: None, idempotency_key: None, user_agent: None, address: None, acting: None }
    }

    /// The same client in the name of this token's holder.
    #[must_use]
    pub fn with_token(&self, token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..self.clone() }
    }

    /// The same client for one more try of the same POST: the service answers a repeated key with the first result.
    #[must_use]
    pub fn with_idempotency_key(&self, key: impl Into<String>) -> Self {
        Self { idempotency_key: Some(key.into()), ..self.clone() }
    }

    /// The same client, passing on what the person's browser called itself.
    #[must_use]
    pub fn with_user_agent(&self, name: impl Into<String>) -> Self {
        Self { user_agent: Some(name.into()), ..self.clone() }
    }

    /// The same client, passing on where the person's request came from. Reaches the embedded service only.
    #[must_use]
    pub fn with_address(&self, address: ClientAddress) -> Self {
        Self { address: Some(address), ..self.clone() }
    }

    /// The same client in this person's name, at a gateway where the site has signed in for itself.
    #[must_use]
    pub fn acting_for(&self, person: PersonId) -> Self {
        Self { acting: Some(person), ..self.clone() }
    }

    /// Starts a call of this operation, its placeholders filled in order.
    pub fn call(&self, operation: Operation, ids: &[&(dyn fmt::Display + Sync)]) -> Call<'_> {
        Call::new(self, operation, ids)
    }
}
