//! Slows down whoever guesses passwords: so many tries for one e-mail address, and from one network address, then one
//! more every while.

use crate::error::Error;
use contract::session::ClientAddress;
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::keyed::DefaultKeyedStateStore,
};
use std::{
    collections::HashMap,
    net::IpAddr,
    num::NonZeroU32,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

type Limiter<K> = RateLimiter<K, DefaultKeyedStateStore<K>, DefaultClock>;

/// Tries counted by e-mail address and by network address.
#[derive(Clone)]
pub struct Throttle {
    by_email: Arc<Limiter<(String, u64)>>,
    by_address: Arc<Limiter<IpAddr>>,
    /// How often each address signed in. Counted with it, so that a success starts a new count: whoever knows the
    /// password is never slowed down by having used it.
    successes: Arc<Mutex<HashMap<String, u64>>>,
}

impl Default for Throttle {
    /// Ten tries for an e-mail address, then one every 30 seconds; a hundred from one network address, then one a second.
    fn default() -> Self {
        Self {
            successes: Arc::default(),
            by_email: Arc::new(RateLimiter::keyed(quota(Duration::from_secs(30), 10))),
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
        if let Some(ClientAddress(ip)) = address {
            judge(&self.by_address, &ip)?;
        }
        let successes = self.successes().get(email).copied().unwrap_or_default();
        judge(&self.by_email, &(email.to_owned(), successes))?;
        if self.by_email.len() > 10_000 {
            self.by_email.retain_recent();
            self.by_address.retain_recent();
        }
        Ok(())
    }

    /// Starts a new count for an address whose password was right.
    pub fn succeeded(&self, email: &str) {
        *self.successes().entry(email.to_owned()).or_default() += 1;
    }

    fn successes(&self) -> MutexGuard<'_, HashMap<String, u64>> {
        self.successes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn judge<K: std::hash::Hash + Eq + Clone>(limiter: &Limiter<K>, key: &K) -> Result<(), Error> {
    limiter.check_key(key).map_err(|wait| {
        let wait = wait.wait_time_from(DefaultClock::default().now());
        Error::too_many(wait.as_secs() + 1)
    })
}

fn quota(period: Duration, burst: u32) -> Quota {
    let burst = NonZeroU32::new(burst).expect("a burst of at least one");
    Quota::with_period(period).expect("a period above zero").allow_burst(burst)
}
