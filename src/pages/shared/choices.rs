//! The values of an enumeration, as fields offer them.

use contract::choice::Choice;

/// As (value, label).
pub fn options(choices: Vec<Choice>) -> Vec<(String, String)> {
    choices.into_iter().map(|choice| (choice.value, choice.label)).collect()
}
