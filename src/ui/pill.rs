//! A state as a dot and a word, never by colour alone.

use leptos::prelude::*;

/// `<Pill tone="waiting" text="Waiting" />`; tones are classes of the style sheet.
#[component]
pub fn Pill(tone: &'static str, #[prop(into)] text: String) -> impl IntoView {
    view! { <span class=format!("pill pill-{tone}")>{text}</span> }
}

/// A level from 1 to 4 as bars, with its word for those who do not see them.
#[component]
pub fn Bars(level: u8, #[prop(into)] label: String) -> impl IntoView {
    let bars = (1..=4_u8).map(|bar| view! { <i class=format!("bar bar-{bar}") class:bar-off=(bar > level)></i> });
    let class = if level >= 4 { "bars text-error" } else { "bars text-base-content/70" };
    view! { <span class=class title=label.clone() role="img" aria-label=label>{bars.collect_view()}</span> }
}
