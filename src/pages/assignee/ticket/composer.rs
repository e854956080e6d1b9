//! Writing: a reply to the customer or a note for staff. Two tabs, two forms, two drafts, two shapes: what is written as
//! a note cannot become a reply.

use super::{
    canned::{CannedReplies, Unresolved, use_choosing, use_gate},
    drafts::DraftState,
};
use crate::{
    draft::{copy::use_server_copy, use_draft},
    form::{KeyField, after_each, use_form},
    pages::shared::{
        attach::Attach,
        moved::{BasedOn, Moved, other_refusals, use_basis},
        refusal::Refusal,
        shown::Shown,
    },
    rpc::{notes::AddNote, replies::ReplyAsStaff},
    texts::desk,
    ui::{field::TextArea, submit::Submit, toast::toast},
    viewer::role,
};
use contract::{
    Role,
    choice::Choices,
    draft::DraftKind,
    policy::Action as May,
    ticket::{Move, Status},
};
use leptos::{form::ActionForm, prelude::*};

/// Which of the two is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Reply,
    Note,
}

/// The composer. Both forms stay on the page, so that neither loses anything while the other is used.
#[component]
pub fn Composer(shown: Shown) -> impl IntoView {
    let t = desk();
    let may_reply = shown.may(if role() == Role::Admin { May::AdminReply } else { May::AssigneeReply });
    let may_claim = shown.may(May::Claim);
    let status = shown.status();
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
    let tab = move |this: Mode, label: &'static str, panel: &'static str| {
        let chosen = move || mode.get() == this;
        view! {
            <button
                class="desk-tab"
                type="button"
                role="tab"
                id=format!("tab-{panel}")
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
                    let lead = if status.get() == Status::Closed { t.closed_lead } else if may_claim.get() { t.claim_lead } else { t.not_yours };
                    view! { <p class="px-3 pt-2 text-base-content/70">{lead}</p> }
                })}
                <ReplyForm shown open />
            </div>
            <div id="note-panel" role="tabpanel" aria-labelledby="tab-note-panel" class:hidden=move || mode.get() != Mode::Note>
                <NoteForm shown />
            </div>
        </section>
    }
}

#[component]
fn ReplyForm(shown: Shown, open: Memo<bool>) -> impl IntoView {
    let (t, form, tell) = (desk(), use_form::<ReplyAsStaff>(), toast());
    let action = form.action;
    let sent = form.successes();
    let draft = use_draft(format!("desk-reply:{}", shown.id()));
    draft.clear_after(sent);
    let copy = use_server_copy(shown, DraftKind::Reply, draft);
    let basis = use_basis(shown, draft.text, form.problem);
    after_each(sent, move || tell(t.sent.to_owned()));
    // A refusal may come of something newer, which the page does not show yet.
    let version = action.version();
    shown.again_after(move || version.get());
    let (gate, choosing) = (use_gate(shown, draft), use_choosing(draft));
    let customer = shown.of(|ticket| ticket.customer.name.clone());
    let status = shown.status();
    let after = move |to: Status| {
        let next = status.get().after(Move::StaffReply).unwrap_or(Status::Closed);
        Move::to(to).is_some_and(|mv| next.after(mv).is_ok())
    };
    // What was begun stays, even when the viewer may no longer send it.
    let unsent = form.was_refused();
    let shows = move || open.get() || unsent || !draft.text.with(String::is_empty);
    view! {
        <div class:hidden=move || !shows() on:submit:capture=move |submit| gate.on_submit(&submit)>
            <ActionForm action attr:class="flex flex-col gap-2 p-3" attr:enctype="multipart/form-data">
                <Moved basis />
                <Unresolved gate />
                <Refusal problem=other_refusals(form.error_elsewhere(&["body", "fileIds"])) />
                <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                <KeyField form />
                <div on:keydown=move |pressed| choosing.on_key(&pressed)>
                    <TextArea id="reply" name="body" label=t.reply_label placeholder=t.reply_placeholder rows=3 draft value=form.value("body", "") error=form.error("body") />
                </div>
                <DraftState copy />
                <div class="flex flex-wrap items-end gap-2">
                    <Attach id="reply-files" earlier=form.files() cleared=sent error=form.error("fileIds") />
                    <CannedReplies shown choosing id="reply-canned" />
                    <div class="ms-auto flex flex-wrap items-center justify-end gap-2">
                        <span class="text-2xs text-base-content/70">{t.to} " " <bdi>{move || customer.get()}</bdi></span>
                        <BasedOn basis pending=action.pending() send_anyway=t.send_anyway />
                        <Show when=move || after(Status::Waiting)>
                            <Submit pending=action.pending() class="btn btn-sm" name="status" value=Status::Waiting.as_str().to_owned()>{t.send_and_wait}</Submit>
                        </Show>
                        <Show when=move || after(Status::Completed)>
                            <Submit pending=action.pending() class="btn btn-sm" name="status" value=Status::Completed.as_str().to_owned()>{t.send_and_complete}</Submit>
                        </Show>
                        <Submit pending=action.pending() class="btn btn-primary btn-sm">{t.send}</Submit>
                    </div>
                </div>
            </ActionForm>
        </div>
    }
}

#[component]
fn NoteForm(shown: Shown) -> impl IntoView {
    let (t, form, tell) = (desk(), use_form::<AddNote>(), toast());
    let action = form.action;
    let added = form.successes();
    let draft = use_draft(format!("desk-note:{}", shown.id()));
    draft.clear_after(added);
    let copy = use_server_copy(shown, DraftKind::Note, draft);
    let choosing = use_choosing(draft);
    after_each(added, move || tell(t.noted.to_owned()));
    shown.again_after(move || added.get());
    view! {
        <ActionForm action attr:class="flex flex-col gap-2 p-3" attr:enctype="multipart/form-data">
            <Refusal problem=form.error_elsewhere(&["body", "fileIds"]) />
            <input type="hidden" name="ticket_id" value=shown.id().to_string() />
            <KeyField form />
            <div on:keydown=move |pressed| choosing.on_key(&pressed)>
                <TextArea id="note" name="body" label=t.note_label hint=t.note_lead placeholder=t.note_placeholder rows=3 draft value=form.value("body", "") error=form.error("body") />
            </div>
            <DraftState copy />
            <div class="flex flex-wrap items-end gap-2">
                <Attach id="note-files" earlier=form.files() cleared=added error=form.error("fileIds") />
                <CannedReplies shown choosing id="note-canned" />
                <span class="ms-auto"><Submit pending=action.pending() class="btn btn-warning btn-sm">{t.add_note}</Submit></span>
            </div>
        </ActionForm>
    }
}

fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    if let Some(element) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        _ = element.focus();
    }
}
