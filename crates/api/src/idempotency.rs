//! Repeating a write safely: with an `Idempotency-Key`, the first answer is kept for 24 hours in the same transaction as
//! the effect, so that there is exactly one effect even when the answer was lost or the process killed.

mod queries;

use crate::{answer::Answer, app::App, caller::Caller, clock::Timestamp, db::Tx, error::Error, extract};
use axum::extract::{FromRequest, Request};
use contract::Code;
use http::{header, request::Parts};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

const HEADER: &str = "idempotency-key";
const KEY_MAX: usize = 200;
const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// The body of a write, with what tells a repetition from another request.
pub struct Once<T> {
    pub body: T,
    pub intent: Intent,
}

/// A write without a body.
pub struct Press(pub Intent);

/// Whether, and as what, a request may be a repetition.
pub struct Intent {
    key: Option<String>,
    hash: [u8; 32],
}

impl Intent {
    /// That of a request whose body was read as it came: what was in it is said by `content`.
    ///
    /// # Errors
    /// A key that cannot be one.
    pub fn of(parts: &Parts, content: &[u8]) -> Result<Self, Error> {
        Ok(Self { key: key(parts)?, hash: hash(parts, content) })
    }

    /// Runs `work` in a transaction and keeps its answer; or answers what the first such request was answered.
    /// Only successes are kept.
    ///
    /// # Errors
    /// What `work` answers, or `IDEMPOTENCY_KEY_REUSED` when the key came with another request.
    pub async fn once<F>(self, app: &App, caller: Caller, work: F) -> Result<Answer, Error>
    where
        F: FnOnce(&mut Tx<'_>, &Caller) -> Result<Answer, Error> + Send + 'static,
    {
        app.db
            .write(move |tx| {
                let Some(key) = &self.key else { return work(tx, &caller) };
                let oldest = oldest(tx.now());
                if let Some((hash, answer)) = queries::find(tx, caller.id(), key, oldest)? {
                    return if hash == self.hash { Ok(answer) } else { Err(reused()) };
                }
                let answer = work(tx, &caller)?;
                queries::keep(tx, caller.id(), key, &self.hash, &answer, tx.now())?;
                Ok(answer)
            })
            .await
    }
}

/// Removes the answers that were kept long enough.
///
/// # Errors
/// When the database fails.
pub async fn forget(app: &App) -> Result<(), Error> {
    app.db.write(|tx| Ok(queries::forget_before(tx, oldest(tx.now()))?)).await
}

fn oldest(now: Timestamp) -> Timestamp {
    now.plus_seconds(-KEPT_SECONDS)
}

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Once<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let (parts, body) = request.into_parts();
        // A key that cannot be one is refused before the body is read.
        key(&parts)?;
        let bytes = extract::read(&parts.headers, body).await?;
        let body = extract::parse(&bytes)?;
        Ok(Self { body, intent: Intent::of(&parts, &bytes)? })
    }
}

impl<S: Sync> FromRequest<S> for Press {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let (parts, _) = request.into_parts();
        Ok(Self(Intent::of(&parts, &[])?))
    }
}

fn key(parts: &Parts) -> Result<Option<String>, Error> {
    let Some(value) = parts.headers.get(HEADER) else { return Ok(None) };
    let fits = (1..=KEY_MAX).contains(&value.len()) && value.as_bytes().iter().all(u8::is_ascii_graphic);
    match value.to_str() {
        Ok(key) if fits => Ok(Some(key.to_owned())),
        _ => Err(Error::invalid("Idempotency-Key", format!("Use 1 to {KEY_MAX} visible ASCII characters."))),
    }
}

fn hash(parts: &Parts, body: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(parts.method.as_str());
    hash.update([0]);
    hash.update(parts.uri.path());
    hash.update([0]);
    hash.update(parts.uri.query().unwrap_or_default());
    hash.update([0]);
    hash.update(parts.headers.get(header::IF_MATCH).map_or(&[][..], |version| version.as_bytes()));
    hash.update([0]);
    hash.update(body);
    hash.finalize().into()
}

fn reused() -> Error {
    Error::new(
        Code::IdempotencyKeyReused,
        "Something else was sent with this idempotency key, and has arrived. Look at that first; then send this with a new key.",
    )
}
