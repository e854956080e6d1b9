//! A state as a dot and a word, never by colour alone.

use super::written::{Written, written};
use leptos::prelude::*;
use maud::{Markup, html};

/// Tones are classes of the style sheet.
pub fn pill(tone: &str, text: &str) -> Markup {
    html! { span.pill.{ "pill-" (tone) } { (text) } }
}

/// `<Pill tone="waiting" text="Waiting" />`
#[component(transparent)]
pub fn Pill(tone: &'static str, #[prop(into)] text: String) -> Written {
    written(pill(tone, &text))
}

/// A level from 1 to 4 as bars, with its word for those who do not see them.
pub fn bars(level: u8, label: &str) -> Markup {
    let color = if level >= 4 { "text-error" } else { "text-base-content/70" };
    html! {
        span.bars.(color) title=(label) role="img" aria-label=(label) {
            @for bar in 1..=4 { i.bar.{ "bar-" (bar) }.bar-off[bar > level] {} }
        }
    }
}
