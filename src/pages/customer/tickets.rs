//! Being written.

use leptos::prelude::*;

/// Being written.
#[component]
pub fn Tickets() -> impl IntoView {
    view! { <main id="content"></main> }
}
