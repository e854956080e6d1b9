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
    // One text, for a queue has them in every row.
    let bars = match level {
        ..=1 => {
            r#"<i class="bar bar-1"></i><i class="bar bar-2 bar-off"></i><i class="bar bar-3 bar-off"></i><i class="bar bar-4 bar-off"></i>"#
        }
        2 => {
            r#"<i class="bar bar-1"></i><i class="bar bar-2"></i><i class="bar bar-3 bar-off"></i><i class="bar bar-4 bar-off"></i>"#
        }
        3 => {
            r#"<i class="bar bar-1"></i><i class="bar bar-2"></i><i class="bar bar-3"></i><i class="bar bar-4 bar-off"></i>"#
        }
        4.. => {
            r#"<i class="bar bar-1"></i><i class="bar bar-2"></i><i class="bar bar-3"></i><i class="bar bar-4"></i>"#
        }
    };
    let class = if level >= 4 { "bars text-error" } else { "bars text-base-content/70" };
    view! { <span class=class title=label.clone() role="img" aria-label=label inner_html=bars></span> }
}
