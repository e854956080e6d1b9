//! Content that is built from new elements each time it is rendered.

use super::settled::Settled;
use leptos::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// How often anything was built.
static BUILT: AtomicU64 = AtomicU64::new(0);

/// `<Afresh><Page thread=thread.clone() /></Afresh>`. Without it, a page that gives way to another of its kind leaves its
/// elements to it, and with them what was typed into its fields.
#[component]
pub fn Afresh(children: ChildrenFn) -> impl IntoView {
    Settled::new(move || {
        let this = BUILT.fetch_add(1, Ordering::Relaxed);
        view! { <For each=move || [this] key=|this| *this children=move |_| children() /> }
    })
}
