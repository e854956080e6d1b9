//! Enumerations: each value has its word on the wire and its label for people. The enum operations answer
//! `[{value, label}]` from these tables.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One value of an enumeration, as the enum operations answer it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// An enumeration of the contract.
pub trait Choices: Sized + Copy + 'static {
    /// Every value, in the order people expect.
    const ALL: &'static [Self];
    /// As it stands on the wire and in the database.
    fn as_str(self) -> &'static str;
    /// For people.
    fn label(self) -> &'static str;
    /// The value that this word stands for.
    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.as_str() == text)
    }
    /// All of them, for an enum operation.
    fn choices() -> Vec<Choice> {
        Self::ALL.iter().map(|v| Choice { value: v.as_str().to_owned(), label: v.label().to_owned() }).collect()
    }
}

/// Declares an enumeration once: variant, word on the wire, label.
#[macro_export]
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident $text:tt $label:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),* }

        impl $crate::choice::Choices for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),*];
            fn as_str(self) -> &'static str { match self { $(Self::$variant => $text),* } }
            fn label(self) -> &'static str { match self { $(Self::$variant => $label),* } }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str($crate::choice::Choices::as_str(*self)) }
        }
    };
}
