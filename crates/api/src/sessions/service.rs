//! Sites that sign in for themselves: OAuth 2.0 client credentials (RFC 6749 section 4.4). A service token opens nothing
//! alone; each request names the person in whose name it asks, and gets what that person gets.

use super::token;
use crate::{app::App, caller::Caller, clock::Timestamp, error::Error, people};
use base64::{Engine, prelude::BASE64_STANDARD};
use contract::{
    Code,
    id::{PersonId, SessionId},
    session::{ClientAddress, Token},
};
use http::{HeaderMap, header};
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// Names the person in whose name a service asks.
pub const ACTING_USER: &str = "actinguser";
/// The session of a person in whose name a service asks.
pub const NO_SESSION: SessionId = SessionId(uuid::Uuid::nil());
/// Most tokens that are good at the same time; the one that ends first gives way.
const TOKENS_MAX: usize = 64;

/// A site that may sign in for itself.
#[derive(Clone)]
pub struct ServiceClient {
    pub id: String,
    pub secret: String,
    /// How long its tokens are good.
    pub token_seconds: i64,
}

impl fmt::Debug for ServiceClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceClient({})", self.id)
    }
}

/// The tokens that services hold. They end with the process: a service signs in again when one is refused.
#[derive(Clone)]
pub struct Services {
    client: Option<ServiceClient>,
    /// By hash, when each ends.
    tokens: Arc<Mutex<HashMap<[u8; 32], Timestamp>>>,
}

impl Services {
    /// With this client, if any.
    pub fn new(client: Option<ServiceClient>) -> Self {
        Self { client, tokens: Arc::default() }
    }

    /// Whether any service may sign in here, and speak for people.
    pub const fn are_let_in(&self) -> bool {
        self.client.is_some()
    }

    /// Whether this is a token that a service holds now.
    pub fn knows(&self, token: &str, now: Timestamp) -> bool {
        self.client.is_some() && {
            let tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
            tokens.get(&token::hash(token)).is_some_and(|ends| now < *ends)
        }
    }

    fn keep(&self, token: &str, now: Timestamp, ends: Timestamp) {
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.retain(|_, ends| now < *ends);
        if tokens.len() >= TOKENS_MAX
            && let Some(first) = tokens.iter().min_by_key(|(_, ends)| **ends).map(|(hash, _)| *hash)
        {
            tokens.remove(&first);
        }
        tokens.insert(token::hash(token), ends);
    }
}

/// *Service Token*.
///
/// # Errors
/// `WRONG_CREDENTIALS`, alike for an unknown client and a wrong secret; another kind of grant; too many tries.
pub fn sign_in(app: &App, headers: &HeaderMap, form: &str, from: Option<ClientAddress>) -> Result<Token, Error> {
    let fields: HashMap<String, String> = serde_html_form::from_str(form).unwrap_or_default();
    if fields.get("grant_type").map(String::as_str) != Some("client_credentials") {
        return Err(Error::invalid("grant_type", "Send client_credentials: it is the only grant there is."));
    }
    let (id, secret) = basic(headers).ok_or_else(wrong)?;
    let throttled = format!("service {id}");
    app.throttle.check(&throttled, from)?;
    let client = app.services.client.as_ref().ok_or_else(wrong)?;
    // Hashes are compared, so that the time says nothing about the secret.
    let right = token::hash(&format!("{id}\n{secret}")) == token::hash(&format!("{}\n{}", client.id, client.secret));
    if !right {
        return Err(wrong());
    }
    app.throttle.succeeded(&throttled);
    let (access_token, now) = (token::new(), app.clock.now());
    app.services.keep(&access_token, now, now.plus_seconds(client.token_seconds));
    Ok(Token { access_token, token_type: "Bearer".to_owned(), expires_in: client.token_seconds })
}

/// Whoever the request names.
///
/// # Errors
/// When it names nobody who has an account.
pub async fn in_the_name_of(app: &App, headers: &HeaderMap) -> Result<Caller, Error> {
    let named = headers.get(ACTING_USER).and_then(|id| id.to_str().ok()).and_then(|id| id.parse::<PersonId>().ok());
    let unknown = || {
        Error::new(
            Code::Forbidden,
            "This account is not in use where the tickets are kept. Whoever looks after it there can help. (Programs name an active person, by their id in actingUser.)",
        )
    };
    let id = named.ok_or_else(unknown)?;
    let found = app.db.read(move |db| match people::queries::active(db, id)? {
        Some(_) => Ok(people::queries::caller(db, id, NO_SESSION)?),
        None => Ok(None),
    });
    found.await?.ok_or_else(unknown)
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let decoded = String::from_utf8(BASE64_STANDARD.decode(value.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

fn wrong() -> Error {
    Error::new(Code::WrongCredentials, "This client and this secret do not belong together.")
}
