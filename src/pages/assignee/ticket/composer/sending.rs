//! How a reply is sent: which status follows, when it goes, and whether the next ticket is opened. The buttons say it; a
//! second try ("Send anyway") means the same as the first.

use super::gate::is_named;
use crate::ui::keyboard::is_composing;
use contract::{choice::Choices, ticket::Status};
use leptos::{ev::KeyboardEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, HtmlElement, HtmlFormElement, HtmlInputElement, SubmitEvent};

/// How this form's reply is sent. Its fields are part of the form while a second try, or a time, needs them: the buttons
/// say the rest, also without our code.
#[derive(Clone, Copy)]
pub struct Sending {
    status: NodeRef<html::Input>,
    send_at: NodeRef<html::Input>,
    /// The status that was chosen for a message that was taken back.
    pub chosen: RwSignal<Option<Status>>,
    next: StoredValue<bool>,
}

pub fn use_sending() -> Sending {
    Sending {
        status: NodeRef::new(),
        send_at: NodeRef::new(),
        chosen: RwSignal::new(None),
        next: StoredValue::new(false),
    }
}

/// The fields, for inside the form.
#[component]
pub fn SendingFields(sending: Sending) -> impl IntoView {
    view! {
        <input type="hidden" name="status" disabled node_ref=sending.status />
        <input type="hidden" name="send_at" disabled node_ref=sending.send_at />
    }
}

impl Sending {
    /// Notes what the button that was pressed means.
    pub fn on_submit(self, submit: &SubmitEvent) {
        let (Some(status), Some(send_at)) = (self.status.get_untracked(), self.send_at.get_untracked()) else { return };
        let Some(button) = submit.submitter() else { return };
        if button.has_attribute("data-again") || is_named(submit, "anyway") || is_named(submit, "as_it_is") {
            status.set_disabled(status.value().is_empty());
            return;
        }
        let said = if is_named(submit, "status") { button.get_attribute("value") } else { None };
        keep(&status, &said.unwrap_or_default(), true);
        keep(&send_at, "", true);
        self.next.set_value(button.has_attribute("data-next"));
    }

    /// Sends the form at this time.
    pub fn later(self, at: &str) {
        let (Some(status), Some(send_at)) = (self.status.get_untracked(), self.send_at.get_untracked()) else { return };
        let chosen = self.chosen.get_untracked().map(Status::as_str).unwrap_or_default();
        keep(&status, chosen, chosen.is_empty());
        keep(&send_at, at, false);
        self.next.set_value(false);
        if let Some(form) =
            send_at.closest("form").ok().flatten().and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
        {
            _ = form.request_submit();
        }
    }

    /// Whether the next ticket is to be opened.
    pub fn goes_on(self) -> bool {
        self.next.get_value()
    }

    /// It was sent: the next reply says for itself how it is.
    pub fn clear(self) {
        self.chosen.set(None);
        for field in [self.status, self.send_at].into_iter().filter_map(|field| field.get_untracked()) {
            keep(&field, "", true);
        }
    }
}

fn keep(field: &HtmlInputElement, value: &str, disabled: bool) {
    field.set_value(value);
    field.set_disabled(disabled);
}

/// Presses the main button of the form that is typed into with Ctrl or Cmd and Enter; with Shift, the one that goes on to
/// the next ticket.
pub fn send_by_key(pressed: &KeyboardEvent) {
    if pressed.key() != "Enter" || !(pressed.ctrl_key() || pressed.meta_key()) || is_composing(pressed) {
        return;
    }
    pressed.prevent_default();
    let wanted = if pressed.shift_key() { "button[data-next]" } else { "button[data-main]" };
    let typed = pressed.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let form = typed.and_then(|typed| typed.closest("form").ok().flatten());
    let button = form.and_then(|form| form.query_selector(wanted).ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlButtonElement>().ok()) {
        button.click();
    }
}
