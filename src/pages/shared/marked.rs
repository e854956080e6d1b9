//! A text in which something was found.

use contract::search::Marked;
use maud::{Markup, html};

/// The text, with what matches marked.
pub fn marked_text(marked: &Marked) -> Markup {
    html! {
        @for (text, matches) in marked.parts() {
            @if matches { mark.found { (text) } } @else { (text) }
        }
    }
}
