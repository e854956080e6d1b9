//! A small panel behind a button, of `<details>`: opens and closes without our code.

use leptos::prelude::*;

/// `<Menu label="More">…</Menu>`. `end` opens it towards the start of the line.
#[component]
pub fn Menu(
    #[prop(into)] label: ViewFn,
    /// What the button is called, when its content does not say.
    #[prop(into, optional)]
    name: String,
    #[prop(default = "btn btn-ghost btn-sm")] button: &'static str,
    #[prop(default = false)] end: bool,
    children: Children,
) -> impl IntoView {
    let side = if end { "menu-panel end-0" } else { "menu-panel start-0" };
    view! {
        <details class="menu-of relative">
            <summary class=button aria-label=(!name.is_empty()).then_some(name)>{label.run()}</summary>
            <div class=side>{children()}</div>
        </details>
    }
}
