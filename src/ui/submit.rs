//! The button that sends a form: it says that it is at work, and a double click sends once.

use leptos::prelude::*;

/// `<Submit pending=action.pending()>"Send"</Submit>`
#[component]
pub fn Submit(
    #[prop(into, optional)] pending: Signal<bool>,
    #[prop(default = "btn btn-primary")] class: &'static str,
    /// The field and value that this button adds to the form.
    #[prop(optional)]
    name: Option<&'static str>,
    #[prop(into, optional)] value: Option<String>,
    #[prop(into, optional)] title: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class=class
            type="submit"
            name=name
            value=value
            title=title
            aria-busy=move || pending.get().then_some("true")
            on:click=move |click| {
                // The second click of two belongs to the first, which may have been answered since, or have put another
                // button under it.
                if pending.get_untracked() || click.detail() > 1 {
                    click.prevent_default();
                }
            }
        >
            {children()}
            <span class="loading loading-spinner loading-xs" class:hidden=move || !pending.get() aria-hidden="true"></span>
        </button>
    }
}
