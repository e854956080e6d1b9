//! What a person of staff has chosen for themselves at the desk.

use crate::FieldError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Most commands that can have keys of their own.
const KEYS_MAX: usize = 200;
/// The longest name of a command, and the longest sequence of keys, in characters.
const LENGTH_MAX: usize = 40;

/// `PUT /preferences`, and part of the viewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Preferences {
    /// Whether single keys are commands at all. Keys held with Ctrl or Cmd always are.
    #[serde(default = "yes")]
    pub single_keys: bool,
    /// Keys chosen for commands, by the command's name; the empty text for none.
    #[serde(default)]
    pub keys: BTreeMap<String, String>,
}

const fn yes() -> bool {
    true
}

impl Default for Preferences {
    fn default() -> Self {
        Self { single_keys: true, keys: BTreeMap::new() }
    }
}

impl Preferences {
    /// The preferences, when they are of a size that a person would choose.
    ///
    /// # Errors
    /// The field at fault.
    pub fn checked(self) -> Result<Self, FieldError> {
        if self.keys.len() > KEYS_MAX {
            return Err(FieldError::new("keys", format!("Choose keys for at most {KEYS_MAX} commands.")));
        }
        let long = |text: &str| text.chars().count() > LENGTH_MAX || text.chars().any(char::is_control);
        match self.keys.iter().find(|(command, keys)| long(command) || long(keys)) {
            Some(_) => Err(FieldError::new("keys", format!("Use at most {LENGTH_MAX} visible characters for each."))),
            None => Ok(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_are_of_a_humane_size() {
        let with = |command: &str, keys: &str| Preferences {
            keys: BTreeMap::from([(command.to_owned(), keys.to_owned())]),
            ..Preferences::default()
        };
        assert!(with("reply", "g r").checked().is_ok());
        assert!(with("reply", "").checked().is_ok(), "no key at all");
        assert!(with(&"x".repeat(41), "r").checked().is_err());
        assert!(with("reply", "\u{0}").checked().is_err());
        let many = (0..201).map(|n| (n.to_string(), "r".to_owned())).collect();
        assert!(Preferences { keys: many, ..Preferences::default() }.checked().is_err());
    }

    #[test]
    fn nothing_chosen_is_the_default() {
        assert_eq!(serde_json::from_str::<Preferences>("{}").unwrap(), Preferences::default());
    }
}
