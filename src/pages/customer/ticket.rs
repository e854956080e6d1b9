//! Being written.

use leptos::prelude::*;

/// Being written.
#[component]
pub fn TicketPage() -> impl IntoView {
    view! { <main id="content"></main> }
}
