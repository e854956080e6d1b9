//! A draft: what a member of staff is writing on a ticket, kept until it is sent. It is its author's alone. What saving
//! does to the draft that is there is decided here, so that no text is lost unseen.

use crate::{FieldError, id::TicketId, text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text that stood longer than this, in seconds, is kept as an earlier version when it is replaced.
pub const SETTLED_AFTER: i64 = 60;
/// How many earlier versions of a draft are kept; the oldest goes first.
pub const VERSIONS_MAX: i64 = 20;
/// How long earlier versions are kept, in seconds: 30 days.
pub const VERSIONS_KEPT: i64 = 30 * 24 * 60 * 60;

crate::choices! {
    /// What a draft is to become. The draft of a note never becomes a reply.
    DraftKind {
        Reply "REPLY" "Reply",
        Note "NOTE" "Note",
    }
}

/// What somebody is writing on a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    pub ticket_id: TicketId,
    /// The ticket's number.
    pub number: i64,
    /// The ticket's subject, in the list of all one's drafts, while the author sees the ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    pub kind: DraftKind,
    /// As it was typed. Empty when it was sent or discarded and earlier versions are left.
    pub text: String,
    /// Grows with every change; 0 when nothing was ever saved.
    pub version: i64,
    pub saved_at: String,
    /// How many earlier versions are kept.
    pub earlier: i64,
}

/// An earlier text of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DraftVersion {
    pub version: i64,
    pub text: String,
    /// When it was typed.
    pub saved_at: String,
}

/// *Save Draft*.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DraftEdit {
    /// Empty to discard what is there.
    pub text: String,
    /// The version that the author had before them. When another is there, both texts are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<i64>,
    /// How many seconds ago this was typed; just now when not said. Of two texts that do not know of each other the newer
    /// becomes the draft and the other an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed_ago: Option<i64>,
    /// Whether the text that this replaces becomes an earlier version in any case, as when one is restored.
    #[serde(default)]
    pub keeps_earlier: bool,
}

/// What became of a draft that was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedDraft {
    /// The draft as it is now: the text that was sent, unless a newer one was there.
    pub draft: Draft,
    /// The other of two texts that did not know of each other, now an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<DraftVersion>,
}

impl DraftEdit {
    /// The same with its text judged, which is kept as it was typed; one that shows nothing is empty.
    ///
    /// # Errors
    /// Every field at fault.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        let length = self.text.chars().count();
        if length > text::BODY_MAX {
            let most = text::BODY_MAX;
            faults.push(FieldError::new("text", format!("Shorten this to {most} characters: it has {length}.")));
        }
        if self.typed_ago.is_some_and(|ago| !(0..=VERSIONS_KEPT).contains(&ago)) {
            faults.push(FieldError::new("typedAgo", "Say how many seconds ago, 30 days at most."));
        }
        crate::ticket::none_left(faults)?;
        let text = if text::is_blank(&self.text) { String::new() } else { self.text };
        Ok(Self { text, ..self })
    }
}

/// The text that is there when another is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Present<'a> {
    pub text: &'a str,
    pub version: i64,
    /// How many seconds ago it was saved.
    pub age: i64,
}

/// What saving a text does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// Nothing: there is no difference, or nothing to discard.
    Nothing,
    /// The text replaces the one that is there.
    Replaces,
    /// The same, and the one that is there becomes an earlier version.
    Keeps,
    /// The same, and the author has not seen the one that is there.
    KeepsUnseen,
    /// The one that is there is newer and unseen: the text itself becomes an earlier version.
    StandsBack,
}

/// What saving this does to the text that is there.
pub fn saving(present: Present<'_>, edit: &DraftEdit) -> Saving {
    if edit.text == present.text {
        return Saving::Nothing;
    }
    if present.text.is_empty() {
        return Saving::Replaces;
    }
    let seen = edit.based_on == Some(present.version);
    if edit.text.is_empty() {
        // Who discards a text that they have not seen does not mean that one.
        return if seen { Saving::Keeps } else { Saving::Nothing };
    }
    // A text that goes on from the one that is there loses nothing of it: most often its author's own last save, whose
    // answer got lost.
    if !seen && !edit.text.starts_with(present.text) {
        let older = edit.typed_ago.is_some_and(|ago| ago > present.age);
        return if older { Saving::StandsBack } else { Saving::KeepsUnseen };
    }
    let shrinks = edit.text.chars().count() * 2 < present.text.chars().count();
    if edit.keeps_earlier || present.age > SETTLED_AFTER || shrinks { Saving::Keeps } else { Saving::Replaces }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(text: &str, based_on: Option<i64>, typed_ago: Option<i64>) -> DraftEdit {
        DraftEdit { text: text.to_owned(), based_on, typed_ago, keeps_earlier: false }
    }

    #[test]
    fn what_saving_does_is_exactly_this_table() {
        use Saving::*;
        let there = |text, age| Present { text, version: 7, age };
        let (seen, unseen) = (Some(7), Some(6));
        let table = [
            ("the same text", there("Hello", 0), edit("Hello", unseen, None), Nothing),
            ("nothing there", there("", 999), edit("Hello", None, None), Replaces),
            ("typing on", there("Hello", 2), edit("Hello there", seen, None), Replaces),
            ("typing on at the limit", there("Hello", 60), edit("Hello there", seen, None), Replaces),
            ("typing on after a pause", there("Hello", 61), edit("Hello there", seen, None), Keeps),
            ("half of it dropped", there("12345678", 2), edit("1234", seen, None), Replaces),
            ("more than half dropped", there("12345678", 2), edit("123", seen, None), Keeps),
            ("discarded", there("Hello", 2), edit("", seen, None), Keeps),
            ("discarded unseen", there("Hello", 2), edit("", unseen, None), Nothing),
            ("another window", there("Hello", 2), edit("Bye", unseen, None), KeepsUnseen),
            ("no version said", there("Hello", 2), edit("Bye", None, None), KeepsUnseen),
            ("typed later elsewhere", there("Hello", 50), edit("Bye", unseen, Some(10)), KeepsUnseen),
            ("typed earlier elsewhere", there("Hello", 50), edit("Bye", unseen, Some(51)), StandsBack),
            (
                "goes on from a save whose answer got lost",
                there("Hello", 2),
                edit("Hello there", unseen, None),
                Replaces,
            ),
            ("goes on after a pause", there("Hello", 61), edit("Hello there", None, None), Keeps),
        ];
        for (case, present, edit, expected) in table {
            assert_eq!(saving(present, &edit), expected, "{case}");
        }
        let restored = DraftEdit { keeps_earlier: true, ..edit("Hallo", seen, None) };
        assert_eq!(saving(there("Hello", 2), &restored), Keeps);
    }

    #[test]
    fn a_text_is_kept_as_it_was_typed_unless_it_shows_nothing() {
        let text = |raw: &str| edit(raw, None, None).checked().map(|edit| edit.text);
        assert_eq!(text("  two \r\n").unwrap(), "  two \r\n");
        assert_eq!(text(" \n\u{200B}").unwrap(), "");
        let refused = text(&"x".repeat(text::BODY_MAX + 1)).unwrap_err();
        assert_eq!(refused[0].field, "text");
        assert_eq!(edit("x", None, Some(-1)).checked().unwrap_err()[0].field, "typedAgo");
    }
}
