//! Being written.

use leptos::prelude::*;

/// Being written.
#[component]
pub fn NewTicket() -> impl IntoView {
    view! { <main id="content"></main> }
}
