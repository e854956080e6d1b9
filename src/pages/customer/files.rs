//! Being written.

use leptos::prelude::*;

/// Being written.
#[component]
pub fn Files() -> impl IntoView {
    view! { <main id="content"></main> }
}
