//! A text in which something was found.

use contract::search::Marked;
use leptos::prelude::*;

/// The text, with what matches marked.
#[component]
pub fn MarkedText(marked: Marked) -> impl IntoView {
    let part = |(text, matches): (String, bool)| {
        if matches { view! { <mark class="found">{text}</mark> }.into_any() } else { text.into_any() }
    };
    marked.parts().into_iter().map(part).collect_view()
}
