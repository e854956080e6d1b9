//! The form of a note.

use super::{
    super::{
        canned::{self, CannedReplies},
        drafts::DraftState,
        insertion::use_insertion,
        mentions::{self, Mentions},
    },
    gate::{LookAgain, use_gate},
    sending::send_by_key,
};
use crate::{
    draft::{copy::use_server_copy, use_draft},
    form::{ActionForm, KeyField, after_each, use_form},
    pages::shared::{attach::Attach, refusal::Refusal, shown::Shown},
    rpc::notes::AddNote,
    texts::{desk, outbox},
    ui::{field::TextArea, submit::Submit, toast::toast},
};
use contract::{draft::DraftKind, guard::Goes};
use leptos::prelude::*;

#[component]
pub fn NoteForm(shown: Shown) -> impl IntoView {
    let (t, form, tell) = (desk(), use_form::<AddNote>(), toast());
    let action = form.action;
    let added = form.successes();
    let draft = use_draft(format!("desk-note:{}", shown.id()));
    draft.clear_after(added);
    let copy = use_server_copy(shown, DraftKind::Note, draft);
    let (gate, choosing, mentioning) =
        (use_gate(shown, draft, Goes::Inside), use_insertion(draft), use_insertion(draft));
    after_each(added, move || tell(t.noted.to_owned()));
    shown.again_after(move || added.get());
    view! {
        <div on:submit:capture=move |submit| _ = gate.on_submit(&submit)>
            <ActionForm action attr:class="flex flex-col gap-2 p-3" attr:enctype="multipart/form-data">
                <LookAgain gate problem=form.problem anyway=outbox().add_anyway />
                <Refusal problem=form.error_elsewhere(&["body", "fileIds"]) />
                <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                <KeyField form />
                <div on:keydown=move |pressed| {
                    canned::on_key(choosing, &pressed);
                    mentions::on_key(mentioning, &pressed);
                    send_by_key(&pressed);
                }>
                    <TextArea id="note" name="body" label=t.note_label hint=t.note_lead placeholder=t.note_placeholder rows=3 draft value=form.value("body", "") error=form.error("body") />
                </div>
                <DraftState copy />
                <div class="flex flex-wrap items-end gap-2">
                    <Attach id="note-files" earlier=form.files() cleared=added error=form.error("fileIds") />
                    <CannedReplies shown choosing id="note-canned" />
                    <Mentions mentioning />
                    <span class="ms-auto"><Submit pending=action.pending() class="btn btn-warning btn-sm" attr:data-main="">{t.add_note}</Submit></span>
                </div>
            </ActionForm>
        </div>
    }
}
