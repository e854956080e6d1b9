//! A reply message: one text of a canned reply, below a [`crate::reply_title::ReplyTitle`].
//!
//! It may hold placeholders, such as `{customer.name}`. [`fill`] puts what they stand for in their place when the text
//! is inserted; a text with a placeholder that nobody knows is never kept, so none is ever sent.

use crate::{
    FieldError,
    id::{ReplyMessageId, ReplyTitleId},
    page::Paging,
    text,
    ticket::reference,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What `{assignee.name}` stands for while nobody is assigned.
pub const NOBODY: &str = "our support team";

/// The longest thing between braces that is taken for a placeholder, in characters.
const PLACEHOLDER_MAX: usize = 40;

crate::choices! {
    /// What a message may leave open; the word on the wire is what stands between the braces.
    Placeholder {
        CustomerName "customer.name" "The customer's name",
        /// As people write it: `FS-1042`.
        TicketNumber "ticket.number" "The ticket's number",
        AssigneeName "assignee.name" "The assignee's name",
    }
}

/// A text to answer with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplyMessage {
    pub reply_message_id: ReplyMessageId,
    pub reply_title_id: ReplyTitleId,
    /// Markdown, with placeholders.
    pub message: String,
    /// How often it was inserted.
    pub uses: i64,
}

/// *Replay Messages*, to add one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewReplyMessage {
    pub reply_title_id: ReplyTitleId,
    pub message: String,
}

impl NewReplyMessage {
    /// The same with its message normalised.
    ///
    /// # Errors
    /// When the message does not pass.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        checked(&self.message).map(|message| Self { message, ..self })
    }
}

/// *Replay Messages*, to change the text of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReplyMessageEdit {
    pub message: String,
}

impl ReplyMessageEdit {
    /// The same with its message normalised.
    ///
    /// # Errors
    /// When the message does not pass.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        checked(&self.message).map(|message| Self { message })
    }
}

/// Which messages are wanted, by title. An assignee finds those of active titles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReplyMessageFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_title_id: Option<ReplyTitleId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl ReplyMessageFilter {
    pub fn paging(&self) -> Paging {
        Paging { page_size: self.page_size, cursor: self.cursor.clone() }
    }
}

/// What the placeholders of a message stand for on one ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filling<'a> {
    pub customer: &'a str,
    pub number: i64,
    /// [`NOBODY`] when there is none.
    pub assignee: Option<&'a str>,
}

/// The message with every known placeholder filled. What is put in is not looked at again: a customer who calls
/// themselves `{ticket.number}` stays that.
pub fn fill(message: &str, with: Filling<'_>) -> String {
    let mut filled = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(found) = next(rest) {
        filled.push_str(&rest[..found.start]);
        match found.placeholder() {
            Some(Placeholder::CustomerName) => filled.push_str(with.customer),
            Some(Placeholder::TicketNumber) => filled.push_str(&reference(with.number)),
            Some(Placeholder::AssigneeName) => filled.push_str(with.assignee.unwrap_or(NOBODY)),
            None => filled.push_str(&rest[found.start..found.end]),
        }
        rest = &rest[found.end..];
    }
    filled + rest
}

/// What stands between braces in a text and looks like a placeholder, known or not, without the braces: what a text
/// that goes out must have none of.
pub fn placeholders(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some(found) = next(rest) {
        names.push(found.name);
        rest = &rest[found.end..];
    }
    names
}

/// A pair of braces with a name between them, and where they stand.
struct Found<'t> {
    start: usize,
    end: usize,
    name: &'t str,
}

impl Found<'_> {
    fn placeholder(&self) -> Option<Placeholder> {
        crate::choice::Choices::parse(self.name)
    }
}

/// The first pair of braces that looks like a placeholder, be it mistyped or with a mark that nobody sees. Code, such
/// as `{"amount": 5}` or `{}`, does not.
fn next(text: &str) -> Option<Found<'_>> {
    text.match_indices('{').find_map(|(start, _)| {
        let inside = &text[start + 1..];
        let name = &inside[..inside.find(['{', '}']).filter(|end| inside[*end..].starts_with('}'))?];
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | ' ') || text::is_joiner(c);
        let looks = (1..=PLACEHOLDER_MAX).contains(&name.chars().count()) && name.chars().all(fits);
        (looks && !text::is_blank(name)).then_some(Found { start, end: start + name.len() + 2, name })
    })
}

fn checked(message: &str) -> Result<String, Vec<FieldError>> {
    let message = text::block("message", message, text::BODY_MAX).map_err(|e| vec![e])?;
    let unknown = |name: &&str| <Placeholder as crate::choice::Choices>::parse(name).is_none();
    match placeholders(&message).into_iter().find(unknown) {
        Some(name) => Err(vec![FieldError::new("message", format!("Nobody knows {{{name}}}. Use {}.", known()))]),
        None => Ok(message),
    }
}

fn known() -> String {
    use crate::choice::Choices;
    let [first @ .., last] = Placeholder::ALL else { return String::new() };
    let first: Vec<_> = first.iter().map(|p| format!("{{{p}}}")).collect();
    format!("{} or {{{last}}}", first.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIRA: Filling<'_> = Filling { customer: "Mira", number: 1042, assignee: Some("Sam") };

    #[test]
    fn placeholders_are_filled_once_and_all_of_them() {
        let nobody = Filling { assignee: None, ..MIRA };
        let sly = Filling { customer: "{ticket.number}", assignee: Some("{customer.name}{assignee.name}"), ..MIRA };
        let half = Filling { customer: "{ticket", ..MIRA };
        let table = [
            ("Dear {customer.name},", MIRA, "Dear Mira,"),
            ("{customer.name}{customer.name}", MIRA, "MiraMira"),
            ("{ticket.number}: {assignee.name}", MIRA, "FS-1042: Sam"),
            ("Yours, {assignee.name}", nobody, "Yours, our support team"),
            ("{customer.name} {assignee.name}", sly, "{ticket.number} {customer.name}{assignee.name}"),
            ("{customer.name}.number}", half, "{ticket.number}"),
            ("{{customer.name}}", MIRA, "{Mira}"),
            ("{customer.name", MIRA, "{customer.name"),
            ("{ {customer.name}", MIRA, "{ Mira"),
            ("{unknown} {\"amount\": 5} {}", MIRA, "{unknown} {\"amount\": 5} {}"),
            ("سلام {customer.name} 👋", MIRA, "سلام Mira 👋"),
            ("", MIRA, ""),
        ];
        for (message, with, expected) in table {
            assert_eq!(fill(message, with), expected, "{message}");
        }
    }

    #[test]
    fn a_known_placeholder_never_survives_filling() {
        use crate::choice::Choices;
        let all: String = Placeholder::ALL.iter().map(|p| format!("{{{p}}}\n")).collect();
        for assignee in [None, Some("Sam")] {
            assert_eq!(placeholders(&fill(&all, Filling { assignee, ..MIRA })), [""; 0]);
        }
    }

    #[test]
    fn a_placeholder_that_nobody_knows_is_refused_with_those_that_are_known() {
        let said = |message: &str| ReplyMessageEdit { message: message.to_owned() }.checked();
        for known in [
            "Hello",
            "{customer.name}",
            "{\"a\": 1}",
            "{}",
            "{ }",
            "a { b",
            "{a\nb}",
            &format!("{{{}}}", "x".repeat(41)),
        ] {
            assert!(said(known).is_ok(), "{known}");
        }
        for unknown in [
            "{name}",
            "{Customer.Name}",
            "{customer name}",
            "{customer.email}",
            "{customer.name} {x}",
            "{customer.name\u{200E}}",
        ] {
            let fault = said(unknown).unwrap_err().remove(0);
            assert_eq!(fault.field, "message", "{unknown}");
            assert!(fault.message.ends_with("Use {customer.name}, {ticket.number} or {assignee.name}."), "{fault:?}");
        }
        assert!(said("{cust\u{200B}omer.name}").is_ok(), "normalised before it is judged");
        assert!(said(&"x".repeat(text::BODY_MAX + 1)).is_err());
    }
}
