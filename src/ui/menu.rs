//! A small panel behind a button, of `<details>`: opens and closes without our code.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, FocusEvent, HtmlElement, KeyboardEvent, MouseEvent, Node};

/// `<Menu label="More">…</Menu>`. `end` opens it towards the start of the line. It closes on Escape, when a link in it was
/// chosen, and when the focus or a click goes elsewhere.
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
    let details = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(details) = details.get_untracked() {
            details.set_open(false);
        }
    };
    close_on_click_elsewhere(details);
    let on_leave = move |leave: FocusEvent| {
        if is_outside(details, leave.related_target()) {
            close();
        }
    };
    let on_click = move |click: MouseEvent| {
        let target = click.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.closest("a").ok().flatten().is_some()) {
            close();
        }
    };
    view! {
        <details class="menu-of relative" node_ref=details on:click=on_click on:focusout=on_leave on:keydown=move |key| close_on_escape(details, &key)>
            <summary class=button aria-label=(!name.is_empty()).then_some(name)>{label.run()}</summary>
            <div class=side>{children()}</div>
        </details>
    }
}

/// Closes what is unfolded when something else is clicked.
pub fn close_on_click_elsewhere(details: NodeRef<html::Details>) {
    let clicks = window_event_listener(ev::click, move |click: MouseEvent| {
        if let Some(open) = details.get_untracked()
            && is_outside(details, click.target())
        {
            open.set_open(false);
        }
    });
    on_cleanup(move || clicks.remove());
}

fn is_outside(details: NodeRef<html::Details>, target: Option<EventTarget>) -> bool {
    let target = target.and_then(|target| target.dyn_into::<Node>().ok());
    target.is_some_and(|target| details.get_untracked().is_some_and(|details| !details.contains(Some(&target))))
}

/// Closes what is unfolded when the key is Escape, and goes back to its name.
pub fn close_on_escape(details: NodeRef<html::Details>, key: &KeyboardEvent) {
    let Some(details) = details.get_untracked().filter(|details| key.key() == "Escape" && details.open()) else {
        return;
    };
    details.set_open(false);
    let summary = details.query_selector("summary").ok().flatten();
    if let Some(summary) = summary.and_then(|summary| summary.dyn_into::<HtmlElement>().ok()) {
        _ = summary.focus();
    }
}
