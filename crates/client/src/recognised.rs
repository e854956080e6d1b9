//! Whom a client speaks for, found once for the calls of one request of theirs.

use std::{
    any::Any,
    sync::{Arc, OnceLock},
};

/// Who was found behind a token. A page of the desk asks some twenty times for one person; whether their session still lives is
/// looked up at the first of these. Stands beside requests made in this process, where nobody else can put it.
#[derive(Clone, Default)]
pub struct Recognised(Arc<OnceLock<Box<dyn Any + Send + Sync>>>);

impl Recognised {
    /// Who was found before, if anybody.
    pub fn who<T: Clone + 'static>(&self) -> Option<T> {
        self.0.get().and_then(|who| who.downcast_ref::<T>()).cloned()
    }

    /// Keeps who was found. The first stays.
    pub fn keep<T: Send + Sync + 'static>(&self, who: T) {
        _ = self.0.set(Box::new(who));
    }
}
