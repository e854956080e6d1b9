//! Something that can be done to a ticket, folded away behind its name until it is wanted. Of `<details>`, so that
//! it opens without our code. What is folded away comes with the page; in a page that our code builds later, it is built
//! when somebody unfolds it.

use crate::{
    form::after_each,
    http::browser::is_awake,
    ui::menu::{FLOATING, STAYING},
};
use leptos::{html, prelude::*};
use std::sync::Mutex;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDetailsElement, HtmlElement, HtmlFormElement};

/// `<Fold label="Close ticket" open=form.was_refused() done=form.successes()>…</Fold>`; when `done` grows it closes, and
/// its form is empty again.
#[component]
pub fn Fold(
    label: &'static str,
    /// By which [`unfold`] finds it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// What the tooltip of its name says.
    #[prop(into, optional)]
    title: Option<String>,
    /// Whether it is open at first: a form in it was refused.
    open: bool,
    #[prop(into, optional)] done: Signal<usize>,
    /// Stands at the end of the line.
    #[prop(default = false)]
    last: bool,
    /// Its form edits what is there, and keeps it.
    #[prop(default = false)]
    keeps: bool,
    /// It opens over other things, and gives way when one of them is clicked. What is typed in it stays.
    #[prop(default = false)]
    floats: bool,
    children: Children,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let wanted = RwSignal::new(open || !is_awake());
    // Once only: what is built stays.
    let want = move || {
        if !wanted.get_untracked() {
            wanted.set(true);
        }
    };
    let children = Mutex::new(Some(children));
    let content = move || {
        let children = wanted.get().then(|| children.lock().ok()?.take()).flatten();
        children.map(|children| view! { <div class="card-box mt-2">{children()}</div> })
    };
    after_each(done, move || {
        let Some(details) = details.get_untracked() else { return };
        let focused = document().active_element();
        let had_focus = focused.is_some_and(|focused| details.contains(Some(&focused)));
        details.set_open(false);
        if let Some(summary) = within(&details, "summary").filter(|_| had_focus) {
            _ = summary.focus();
        }
        let form =
            details.query_selector("form").ok().flatten().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form.filter(|_| !keeps) {
            form.reset();
        }
    });
    // Letters that are typed next are meant for it, and are no commands. A keyboard of a touch screen would cover it.
    let on_toggle = move |_| {
        want();
        if let Some(details) = details.get_untracked().filter(|details| details.open() && has_fine_pointer()) {
            go_within(details);
        }
    };
    view! {
        <details class="fold" class:fold-last=last id=id name="actions" open=open node_ref=details data-closes=if floats { FLOATING } else { STAYING } on:toggle=on_toggle>
            <summary class="btn btn-ghost btn-sm" title=title on:click=move |_| want()>{label}</summary>
            {content}
        </details>
    }
}

/// Unfolds the one of this id, and goes to its first field.
pub fn unfold(id: &str) {
    let found = document().get_element_by_id(id).and_then(|found| found.dyn_into::<HtmlDetailsElement>().ok());
    let Some(details) = found else { return };
    if !details.open()
        && let Some(summary) = within(&details, "summary")
    {
        summary.click();
    }
    go_within(details);
}

/// Goes to the first field of what was unfolded, which may be built only now that it is open.
fn go_within(details: HtmlDetailsElement) {
    request_animation_frame(move || {
        if let Some(field) = within(&details, "textarea, input:not([type=hidden]), select") {
            _ = field.focus();
        }
    });
}

fn has_fine_pointer() -> bool {
    window().match_media("(pointer: fine)").ok().flatten().is_some_and(|media| media.matches())
}

fn within(details: &HtmlDetailsElement, selector: &str) -> Option<HtmlElement> {
    details.query_selector(selector).ok().flatten()?.dyn_into().ok()
}
