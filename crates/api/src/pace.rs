//! How fast a customer writes: people file a ticket, attach some files, reply; whatever does so without end fills the disk,
//! holds up everybody else who writes, and rings at the desk.

use crate::{
    caller::Caller,
    error::Error,
    sessions::throttle::{Limiter, judge},
};
use contract::{
    Role,
    endpoints::{Method, Operation},
    id::PersonId,
};
use governor::{Quota, RateLimiter};
use std::{num::NonZeroU32, sync::Arc};

/// People who are remembered before those of long ago are forgotten.
const REMEMBERED: usize = 10_000;

/// Whether it is counted. To open a ticket is to have seen it, and is not.
fn is_writing(operation: Operation) -> bool {
    operation.endpoint().method != Method::Get && operation != Operation::TicketById
}

/// The writes of each customer. Staff are trusted with the desk.
#[derive(Clone)]
pub struct Pace(Option<Arc<Limiter<PersonId>>>);

impl Pace {
    /// So many writes at once, and as many more in each minute; 0 for any number.
    pub fn new(writes: u32) -> Self {
        Self(NonZeroU32::new(writes).map(|writes| Arc::new(RateLimiter::keyed(Quota::per_minute(writes)))))
    }

    /// Counts a request.
    ///
    /// # Errors
    /// When a customer wrote too much, with how long to wait.
    pub fn check(&self, caller: &Caller, operation: Operation) -> Result<(), Error> {
        let Some(writes) = &self.0 else { return Ok(()) };
        if caller.role() != Role::Customer || !is_writing(operation) {
            return Ok(());
        }
        if writes.len() > REMEMBERED {
            writes.retain_recent();
        }
        judge(writes, &caller.id())
    }
}
