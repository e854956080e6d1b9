//! Passwords: argon2id, away from the async threads, few at a time so that many sign-ins cannot take the machine.

use crate::error::Error;
use std::sync::{Arc, LazyLock};
use tokio::sync::Semaphore;

/// Hashes computed at the same time. Each takes about 19 MB and tens of milliseconds.
const AT_ONCE: usize = 2;

/// Of no account: verified against when there is no such person, so that the answer takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| password_auth::generate_hash(rand::random::<[u8; 32]>()));

/// Hashes and verifies passwords.
#[derive(Clone)]
pub struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Passwords {
    /// The hash to keep for this password.
    ///
    /// # Errors
    /// Only when the hashing task dies.
    pub async fn hash(&self, password: String) -> Result<String, Error> {
        self.blocking(move || password_auth::generate_hash(password)).await
    }

    /// Whether `password` is the one that `hash` was made of; the same work is done when there is no hash.
    ///
    /// # Errors
    /// Only when the hashing task dies.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Error> {
        self.blocking(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.clone());
            password_auth::verify_password(password, &hash).is_ok() && known
        })
        .await
    }

    async fn blocking<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let _place = self.0.acquire().await.expect("the places are never closed");
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)
    }
}
