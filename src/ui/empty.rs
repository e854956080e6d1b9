//! An empty place that says what to do next.

use leptos::prelude::*;

/// `<Empty title="No tickets yet">"File one and follow it here."</Empty>`
#[component]
pub fn Empty(#[prop(into)] title: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class="flex flex-col items-center gap-2 px-6 py-12 text-center">
            <p class="text-base font-medium">{title}</p>
            {children.map(|children| view! { <div class="max-w-prose text-base-content/70">{children()}</div> })}
        </div>
    }
}
