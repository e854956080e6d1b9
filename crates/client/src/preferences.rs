//! What the caller has chosen for themselves; it is read with the viewer.

use crate::{Client, Result};
use contract::{endpoints::Operation as Op, preference::Preferences};

impl Client {
    /// Replaces the caller's preferences.
    pub async fn set_preferences(&self, preferences: &Preferences) -> Result<Preferences> {
        self.call(Op::PutPreferences, &[]).json(preferences).await
    }
}
