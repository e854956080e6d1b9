//! An answer that never leaves this process: the value itself, which need not be written as JSON and read again.
//!
//! Whoever answers puts it beside an empty body. Asked from this process, the client takes it; for everybody else the
//! service writes it.

use crate::call::Told;
use serde::Serialize;
use std::{any::Any, sync::Arc};

/// The value of an answer.
#[derive(Clone)]
pub struct Handed(Arc<dyn Value>);

/// Stands beside a request that was made in this process: its answer may be [`Handed`] over.
#[derive(Clone, Copy)]
pub struct InProcess;

trait Value: Any + Send + Sync {
    fn json(&self) -> serde_json::Result<Vec<u8>>;
}

impl<T: Serialize + Any + Send + Sync> Value for T {
    fn json(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(self)
    }
}

impl Handed {
    /// What is answered.
    pub fn new<T: Serialize + Send + Sync + 'static>(value: T) -> Self {
        Self(Arc::new(value))
    }

    /// The value; what is asked for as another type is read from its JSON.
    ///
    /// # Errors
    /// When its JSON cannot be read as that type.
    pub(crate) fn take<T: Told>(self) -> serde_json::Result<T> {
        let value: Arc<dyn Any + Send + Sync> = self.0.clone();
        match value.downcast::<T>() {
            Ok(value) => {
                drop(self);
                Ok(Arc::unwrap_or_clone(value))
            }
            Err(_) => serde_json::from_slice(&self.written()?),
        }
    }

    /// The value as it goes over a wire.
    ///
    /// # Errors
    /// Never for the contract's types.
    pub fn written(&self) -> serde_json::Result<Vec<u8>> {
        self.0.json()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    #[test]
    fn what_is_handed_over_is_taken_as_it_is_or_read_as_what_is_asked_for() {
        let value = || Handed::new(vec![1_u8, 2]);
        assert_eq!(value().take::<Vec<u8>>().unwrap(), [1, 2]);
        assert_eq!(value().take::<Json>().unwrap(), json!([1, 2]));
        assert!(value().take::<String>().is_err());
        let kept = value();
        assert_eq!(kept.clone().take::<Vec<u8>>().unwrap(), [1, 2], "somebody else may hold it too");
        assert_eq!(kept.written().unwrap(), b"[1,2]");
    }
}
