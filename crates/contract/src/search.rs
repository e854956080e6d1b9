//! Searching: what is asked, and the hits with the place where each was found. Which texts somebody's words are looked for
//! in is a matter of their role; which words are alike, and what of a text is shown with them, is decided in [`words`].

pub mod words;

use crate::ticket::Ticket;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many hits are answered when it is not said.
pub const HITS: u32 = 20;
/// The most hits that can be asked for.
pub const HITS_MAX: u32 = 50;

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SearchFilter {
    /// Words, of which each has to occur somewhere in a ticket, and be it as the beginning of one. The first twelve count;
    /// of none, nothing is found.
    #[serde(default)]
    pub q: String,
    /// 1 to 50 hits; 20 when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

crate::choices! {
    /// Where a ticket's words were found. The first that holds all of them counts, or most.
    FoundIn {
        Number "NUMBER" "Number",
        Subject "SUBJECT" "Subject",
        /// The name of who the ticket is of; for staff, their e-mail address too.
        Customer "CUSTOMER" "Customer",
        /// The name of a file.
        File "FILE" "File",
        Description "DESCRIPTION" "Description",
        Reply "REPLY" "Reply",
        /// For staff.
        Note "NOTE" "Note",
    }
}

/// A part of a text, in characters (Unicode code points): from `start` up to before `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    pub start: usize,
    pub end: usize,
}

/// A text with the places that match.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Marked {
    pub text: String,
    pub marks: Vec<Mark>,
}

impl Marked {
    /// The text in parts, each with whether it matches.
    pub fn parts(&self) -> Vec<(String, bool)> {
        let chars: Vec<char> = self.text.chars().collect();
        let mut parts = Vec::new();
        let mut at = 0;
        for mark in &self.marks {
            let (start, end) = (mark.start.clamp(at, chars.len()), mark.end.clamp(at, chars.len()));
            parts.push((chars[at..start].iter().collect(), false));
            parts.push((chars[start..end.max(start)].iter().collect(), true));
            at = end.max(start);
        }
        parts.push((chars[at..].iter().collect(), false));
        parts.retain(|(text, _): &(String, bool)| !text.is_empty());
        parts
    }
}

/// A ticket that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// As in lists: its description is cut.
    pub ticket: Ticket,
    pub found_in: FoundIn,
    /// What of the ticket's subject matches.
    pub subject: Vec<Mark>,
    /// At most 160 characters of where the words were found; absent when that is the number or the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snippet: Option<Marked>,
}

/// The hits, best first: a number that was named, then all words in the subject, then in subject, customer and file names,
/// then anywhere; among equals the open before the closed, and the newer before the older.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    pub hits: Vec<Hit>,
    /// What was looked for instead, when nothing had the words as they were typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_to: Option<String>,
    /// Whether there may be others. Of words that occur in very many texts, only the newest of those were looked at.
    pub more: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_text_comes_apart_at_its_marks() {
        let marked = |marks: &[(usize, usize)]| Marked {
            text: "Łódź refund".to_owned(),
            marks: marks.iter().map(|(start, end)| Mark { start: *start, end: *end }).collect(),
        };
        let part = |text: &str, marked| (text.to_owned(), marked);
        assert_eq!(marked(&[]).parts(), [part("Łódź refund", false)]);
        assert_eq!(marked(&[(0, 2), (5, 11)]).parts(), [part("Łó", true), part("dź ", false), part("refund", true)]);
        assert_eq!(marked(&[(9, 4), (8, 99)]).parts().len(), 2, "marks that make no sense break nothing");
    }
}
