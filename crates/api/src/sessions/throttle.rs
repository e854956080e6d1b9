//! Slows down whoever guesses passwords: so many tries for one e-mail address, and from one network address, then one
//! more every while. Tries for an e-mail address are counted by network address first, so that nobody else's keep its owner
//! out, and then from everywhere, so that guessing from many places helps little.

use crate::error::Error;
use contract::session::ClientAddress;
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::keyed::DefaultKeyedStateStore,
};
use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    num::NonZeroU32,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Addresses of people that are remembered before those of long ago are forgotten.
const REMEMBERED: usize = 10_000;

/// Whose password is guessed: the e-mail address, kept as a hash of a fixed size, and how often it signed in.
type Account = (u64, u64);

/// Counts by these keys.
pub type Limiter<K> = RateLimiter<K, DefaultKeyedStateStore<K>, DefaultClock>;

/// Tries counted by e-mail address and by network address.
#[derive(Clone)]
pub struct Throttle {
    by_email_and_address: Arc<Limiter<(Account, Option<IpAddr>)>>,
    by_email: Arc<Limiter<Account>>,
    by_address: Arc<Limiter<IpAddr>>,
    /// Makes the hashes of e-mail addresses, as nobody can foresee.
    hasher: RandomState,
    /// How often each address signed in. Counted with it, so that a success starts a new count: whoever knows the
    /// password is never slowed down by having used it.
    successes: Arc<Mutex<HashMap<u64, u64>>>,
}

impl Default for Throttle {
    /// Ten tries for an e-mail address from one network address, then one every 30 seconds; a hundred from everywhere, then one
    /// every 5 seconds. A hundred tries from one network address for whomever, then one a second.
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            successes: Arc::default(),
            by_email_and_address: Arc::new(RateLimiter::keyed(quota(Duration::from_secs(30), 10))),
            by_email: Arc::new(RateLimiter::keyed(quota(Duration::from_secs(5), 100))),
            by_address: Arc::new(RateLimiter::keyed(quota(Duration::from_secs(1), 100))),
        }
    }
}

impl Throttle {
    /// Counts one try.
    ///
    /// # Errors
    /// When there were too many, with how long to wait.
    pub fn check(&self, email: &str, address: Option<ClientAddress>) -> Result<(), Error> {
        let ip = address.map(|ClientAddress(ip)| ip);
        if let Some(ip) = ip {
            judge(&self.by_address, &ip)?;
        }
        let email = self.hasher.hash_one(email);
        let account = (email, self.successes().get(&email).copied().unwrap_or_default());
        judge(&self.by_email_and_address, &(account, ip))?;
        judge(&self.by_email, &account)?;
        if self.by_email_and_address.len().max(self.by_address.len()) > REMEMBERED {
            self.by_email_and_address.retain_recent();
            self.by_email.retain_recent();
            self.by_address.retain_recent();
        }
        Ok(())
    }

    /// Starts a new count for an address whose password was right.
    pub fn succeeded(&self, email: &str) {
        *self.successes().entry(self.hasher.hash_one(email)).or_default() += 1;
    }

    fn successes(&self) -> MutexGuard<'_, HashMap<u64, u64>> {
        self.successes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts one more.
///
/// # Errors
/// When there were too many, with how long to wait.
pub fn judge<K: std::hash::Hash + Eq + Clone>(limiter: &Limiter<K>, key: &K) -> Result<(), Error> {
    limiter.check_key(key).map_err(|wait| {
        let wait = wait.wait_time_from(DefaultClock::default().now());
        Error::too_many(wait.as_secs() + 1)
    })
}

fn quota(period: Duration, burst: u32) -> Quota {
    let burst = NonZeroU32::new(burst).expect("a burst of at least one");
    Quota::with_period(period).expect("a period above zero").allow_burst(burst)
}
