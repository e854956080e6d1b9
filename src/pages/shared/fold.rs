//! Something that can be done to a ticket, folded away behind its name until it is wanted. Of `<details>`, so that
//! it opens without our code.

use crate::{
    form::after_each,
    ui::menu::{FLOATING, STAYING},
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlFormElement;

/// `<Fold label="Close ticket" open=form.was_refused() done=form.successes()>…</Fold>`; when `done` grows it closes, and
/// its form is empty again.
#[component]
pub fn Fold(
    label: &'static str,
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
    after_each(done, move || {
        let Some(details) = details.get_untracked() else { return };
        details.set_open(false);
        let form =
            details.query_selector("form").ok().flatten().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form.filter(|_| !keeps) {
            form.reset();
        }
    });
    view! {
        <details class="fold" class:fold-last=last name="actions" open=open node_ref=details data-closes=if floats { FLOATING } else { STAYING }>
            <summary class="btn btn-ghost btn-sm">{label}</summary>
            <div class="card-box mt-2">{children()}</div>
        </details>
    }
}
