//! Small panels behind a button, of `<details>`: they open and close without our code. When they close besides is said
//! in `data-closes`, and minded by one listener for all of the page.

use leptos::{ev, prelude::*};
use maud::{Markup, html};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, FocusEvent, HtmlDetailsElement, HtmlElement, KeyboardEvent, MouseEvent, Node};

/// Closes on Escape, and when something else is clicked.
pub const FLOATING: &str = "escape away";
/// Closes on Escape.
pub const STAYING: &str = "escape";
/// Besides, when a link in it was chosen, and when the focus goes elsewhere.
const MENU: &str = "escape away link leave";

/// `<Menu label=|| "More">…</Menu>`. `end` opens it towards the start of the line.
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
    view! {
        <details class="menu-of relative" data-closes=MENU>
            <summary class=button aria-label=(!name.is_empty()).then_some(name)>{label.run()}</summary>
            <div class=side(end)>{children()}</div>
        </details>
    }
}

/// The same, written: a menu of links at the end of a line. `name` is what its button is called.
pub fn menu(label: &Markup, name: &str, button: &str, links: &Markup) -> Markup {
    html! {
        details class="menu-of relative" data-closes=(MENU) {
            summary class=(button) aria-label=(name) { (label) }
            div class=(side(true)) { (links) }
        }
    }
}

const fn side(end: bool) -> &'static str {
    if end { "menu-panel end-0" } else { "menu-panel start-0" }
}

/// Closes what is to be closed. Called once, by the application.
pub fn provide_menus() {
    Effect::new(move |_| {
        let clicks = window_event_listener(ev::click, |click| on_click(&click));
        let leaves = window_event_listener(ev::focusout, |leave| on_leave(&leave));
        let keys = window_event_listener(ev::keydown, |key| on_key(&key));
        on_cleanup(move || {
            clicks.remove();
            leaves.remove();
            keys.remove();
        });
    });
}

fn on_click(click: &MouseEvent) {
    let Some(target) = click.target() else { return };
    close_outside("details[open][data-closes~=away]", &target);
    let link = target.dyn_ref::<Element>().and_then(|target| target.closest("a").ok().flatten());
    if let Some(menu) = link.and_then(|link| around(&link, "details[open][data-closes~=link]")) {
        menu.set_open(false);
    }
}

fn on_leave(leave: &FocusEvent) {
    if let Some(to) = leave.related_target() {
        close_outside("details[open][data-closes~=leave]", &to);
    }
}

/// Escape closes, and goes back to the name.
fn on_key(key: &KeyboardEvent) {
    let target = key.target().filter(|_| key.key() == "Escape").and_then(|target| target.dyn_into::<Element>().ok());
    let Some(open) = target.and_then(|target| around(&target, "details[open][data-closes~=escape]")) else { return };
    open.set_open(false);
    let summary = open.query_selector("summary").ok().flatten();
    if let Some(summary) = summary.and_then(|summary| summary.dyn_into::<HtmlElement>().ok()) {
        _ = summary.focus();
    }
}

fn around(element: &Element, selector: &str) -> Option<HtmlDetailsElement> {
    element.closest(selector).ok().flatten()?.dyn_into().ok()
}

fn close_outside(selector: &str, target: &EventTarget) {
    let (Some(target), Ok(all)) = (target.dyn_ref::<Node>(), document().query_selector_all(selector)) else { return };
    for details in (0..all.length()).filter_map(|nth| all.item(nth)?.dyn_into::<HtmlDetailsElement>().ok()) {
        if !details.contains(Some(target)) {
            details.set_open(false);
        }
    }
}
