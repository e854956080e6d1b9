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

impl Language {
    /// How somebody says that an old trouble is back: in front of the subject, and as a sentence.
    pub const fn again(self) -> (&'static str, &'static str) {
        match self {
            Self::En => ("Again", "I am afraid it happened again."),
            Self::Tr => ("Yine", "Ne yazık ki aynı sorun yine oldu."),
            Self::Ar => ("مرة أخرى", "للأسف حدث الأمر نفسه مرة أخرى."),
            Self::Zh => ("再次", "同样的问题又出现了。"),
            Self::Pl => ("Ponownie", "Niestety stało się to znowu."),
            Self::Es => ("Otra vez", "Por desgracia ha vuelto a pasar."),
            Self::De => ("Erneut", "Leider ist es wieder passiert."),
        }
    }
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
