//! Reading what may change at any time: one reading at a time, and what happens during one is read once after it, however
//! much it was.

use leptos::{prelude::*, task::spawn_local};
use std::future::Future;

/// Whether something is being read, and whether it is to be read again. Whoever wants it read may be gone when an answer comes.
#[derive(Clone, Copy)]
pub struct Reading {
    busy: StoredValue<bool>,
    due: StoredValue<bool>,
}

/// Nothing is being read yet.
pub fn use_reading() -> Reading {
    Reading { busy: StoredValue::new(false), due: StoredValue::new(false) }
}

impl Reading {
    /// Reads now, or once more after the reading that is under way.
    pub fn again<F: Future<Output = ()> + 'static>(self, read: impl Fn() -> F + 'static) {
        self.due.set_value(true);
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        spawn_local(async move {
            while self.due.try_get_value() == Some(true) {
                self.due.set_value(false);
                read().await;
            }
            self.busy.try_set_value(false);
        });
    }
}
