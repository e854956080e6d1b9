//! A reply title: what a group of canned replies is called. Its texts are [`crate::reply_message::ReplyMessage`]s.

use crate::{FieldError, id::ReplyTitleId, page::Paging, text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::choices! {
    /// Whether assignees are offered a title and its messages.
    ReplyTitleStatus {
        Active "ACTIVE" "Active",
        /// Kept for admins, offered to nobody.
        Inactive "INACTIVE" "Inactive",
    }
}

/// A title of canned replies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplyTitle {
    pub reply_title_id: ReplyTitleId,
    pub title: String,
    pub status: ReplyTitleStatus,
    /// How many messages it has.
    pub messages: i64,
}

/// *Replay Title*, to add one. It begins active.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewReplyTitle {
    pub title: String,
}

impl NewReplyTitle {
    /// The same with its title normalised.
    ///
    /// # Errors
    /// When the title does not pass.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        text::line("title", &self.title, text::REPLY_TITLE_MAX).map(|title| Self { title }).map_err(|e| vec![e])
    }
}

/// *Reply Title Status*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyTitleStatusUpdate {
    pub status: ReplyTitleStatus,
}

/// Which titles are wanted, by title. An assignee finds active ones, whatever they ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReplyTitleFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ReplyTitleStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl ReplyTitleFilter {
    pub fn paging(&self) -> Paging {
        Paging { page_size: self.page_size, cursor: self.cursor.clone() }
    }
}

/// What two titles must not have in common: the title in lower case. Titles are listed in the order of this.
pub fn folded(title: &str) -> String {
    title.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_visible_line() {
        let checked = |title: &str| NewReplyTitle { title: title.to_owned() }.checked().map(|new| new.title);
        assert_eq!(checked("  Refund\u{200B} on its way "), Ok("Refund on its way".to_owned()));
        for refused in ["", " \u{200B}", "two\nlines", &"x".repeat(text::REPLY_TITLE_MAX + 1)] {
            assert_eq!(checked(refused).unwrap_err()[0].field, "title", "{refused:?}");
        }
    }

    #[test]
    fn titles_differ_by_more_than_case() {
        assert_eq!(folded("Überweisung FEHLT"), folded("überweisung fehlt"));
        assert_ne!(folded("Refund"), folded("Refunds"));
    }
}
