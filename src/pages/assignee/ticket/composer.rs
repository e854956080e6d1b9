//! Writing: a reply to the customer or a note for staff. Two tabs, two forms, two drafts, two shapes: what is written as
//! a note cannot become a reply.

mod gate;
mod next;
mod note;
mod reply;
mod sending;

use crate::{
    http::browser::is_awake,
    keys::Command,
    pages::{
        assignee::{commands::hint, outbox::taken_back},
        shared::shown::Shown,
    },
    texts::{desk, merging},
    viewer::role,
};
use contract::{Role, policy::Action as May, ticket::Status};
use leptos::prelude::*;
use note::NoteForm;
use reply::ReplyForm;

/// Which of the two is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Reply,
    Note,
}

/// The composer. A form that was written in stays on the page, so that it loses nothing while the other is used. Both come with
/// the page; in a page that our code builds later, each is built when it is first turned to.
#[component]
pub fn Composer(shown: Shown) -> impl IntoView {
    let t = desk();
    let may_reply = shown.may(if role() == Role::Admin { May::AdminReply } else { May::AssigneeReply });
    let may_claim = shown.may(May::Claim);
    let unassigned = shown.of(|ticket| ticket.assignee.is_none());
    let status = shown.status();
    let merged = shown.of(|ticket| ticket.merged_into.is_some());
    let open = Memo::new(move |_| may_reply.get() && status.get() != Status::Closed);
    let mode = RwSignal::new(if open.get_untracked() { Mode::Reply } else { Mode::Note });
    // Who may reply all at once wants to; who may no longer keeps the text, and the answer says why not.
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(false) && now {
            mode.set(Mode::Reply);
        }
        now
    });
    // Made before the form takes the message over.
    let back = taken_back();
    Effect::new(move |_| {
        if back.with(|message| message.as_ref().is_some_and(|message| message.ticket_id == shown.id())) {
            mode.set(Mode::Reply);
        }
    });
    let built = move |this: Mode| {
        Memo::new(move |before: Option<&bool>| before == Some(&true) || mode.get() == this || !is_awake())
    };
    let (reply, note) = (built(Mode::Reply), built(Mode::Note));
    let tab = move |this: Mode, label: &'static str, panel: &'static str| {
        let title = hint(if this == Mode::Reply { Command::Reply } else { Command::Note });
        let chosen = move || mode.get() == this;
        view! {
            <button
                class="desk-tab"
                type="button"
                role="tab"
                id=format!("tab-{panel}")
                title=title.get_value()
                aria-controls=panel
                aria-selected=move || if chosen() { "true" } else { "false" }
                tabindex=move || if chosen() { "0" } else { "-1" }
                on:click=move |_| mode.set(this)
                on:keydown=move |key| {
                    if matches!(key.key().as_str(), "ArrowLeft" | "ArrowRight") {
                        mode.update(|mode| *mode = if *mode == Mode::Reply { Mode::Note } else { Mode::Reply });
                        let next = if mode.get_untracked() == Mode::Reply { "tab-reply-panel" } else { "tab-note-panel" };
                        focus(next);
                    }
                }
            >
                {label}
            </button>
        }
    };
    view! {
        <section class="desk-composer" class:desk-composer-note=move || mode.get() == Mode::Note aria-label=t.composer>
            <div class="flex items-center gap-1 border-b border-base-300 px-2 pt-1" role="tablist">
                {tab(Mode::Reply, t.reply, "reply-panel")} {tab(Mode::Note, t.note, "note-panel")}
            </div>
            <div id="reply-panel" role="tabpanel" aria-labelledby="tab-reply-panel" class:hidden=move || mode.get() != Mode::Reply>
                {move || (!open.get()).then(|| {
                    let lead = if merged.get() { merging().go_there } else if status.get() == Status::Closed { t.closed_lead } else if may_claim.get() { t.claim_lead } else if unassigned.get() { t.nobodys } else { t.not_yours };
                    view! { <p class="px-3 pt-2 text-base-content/70">{lead}</p> }
                })}
                {move || reply.get().then(|| view! { <ReplyForm shown open /> })}
            </div>
            <div id="note-panel" role="tabpanel" aria-labelledby="tab-note-panel" class:hidden=move || mode.get() != Mode::Note>
                {move || note.get().then(|| view! { <NoteForm shown /> })}
            </div>
        </section>
    }
}

fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    if let Some(element) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        _ = element.focus();
    }
}
