//! What a demo ticket is made of: one story, told with slots.

use contract::ticket::{Category, Priority};

/// A concern from its filing to its end. Which part of it has happened yet depends on the ticket.
pub struct Story {
    pub category: Category,
    pub priority: Priority,
    pub language: Language,
    pub subjects: &'static [&'static str],
    /// What the customer writes first, in two ways.
    pub openings: &'static [&'static str],
    /// What the assignee wants to know.
    pub question: &'static str,
    pub answer: &'static str,
    /// What the assignee writes for colleagues only.
    pub note: &'static str,
    /// How it was solved.
    pub finding: &'static str,
    pub thanks: &'static str,
    /// What the customer's answer carries.
    pub attachment: Option<Attachment>,
}

/// The languages of the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    En,
    Tr,
    Ar,
    Zh,
    Pl,
    Es,
    De,
}

/// The kinds of files that demo customers send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attachment {
    Screenshot,
    Photo,
    Invoice,
    Statement,
    Log,
}
