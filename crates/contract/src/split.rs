//! A split: a reply that speaks of something else becomes a ticket of its own. The reply stays where it is.

use crate::{
    FieldError, text,
    ticket::{Category, Priority},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Characters of a reply that make the subject of the ticket split off from it.
const SUBJECT_FROM: usize = 80;

/// *Split Reply*: the ticket that the reply becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewSplit {
    pub subject: String,
    /// That of the ticket it comes from, when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// That of the ticket it comes from, when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
}

impl NewSplit {
    /// The same with its subject normalised.
    ///
    /// # Errors
    /// When the subject does not pass.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let subject = text::line("subject", &self.subject, text::SUBJECT_MAX).map_err(|fault| vec![fault])?;
        Ok(Self { subject, ..self })
    }
}

/// A subject for a ticket of this text: the first words of its first line, cut between words.
pub fn first_words(body: &str) -> String {
    let line = body.lines().map(str::trim).find(|line| line.chars().any(char::is_alphanumeric)).unwrap_or_default();
    let line = line.trim_start_matches(['#', '>', '-', '*', ' ']);
    if line.chars().count() <= SUBJECT_FROM {
        return line.to_owned();
    }
    let cut: String = line.chars().take(SUBJECT_FROM).collect();
    let whole = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_words_make_the_subject() {
        let table = [
            ("My card was declined too.", "My card was declined too."),
            ("\n\n> ---\n## Something else\nMore.", "Something else"),
            ("", ""),
            ("***", ""),
        ];
        for (body, subject) in table {
            assert_eq!(first_words(body), subject, "{body:?}");
        }
        let long = first_words(&"word ".repeat(40));
        assert!(long.ends_with("word…") && long.chars().count() <= SUBJECT_FROM + 1, "{long}");
        assert_eq!(first_words(&"界".repeat(100)).chars().count(), SUBJECT_FROM + 1);
    }
}
