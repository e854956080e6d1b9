//! The messages of a title: each as it reads on an example ticket, with how often it was inserted.

use crate::{
    draft::{use_draft_at, use_draft_of},
    form::{ActionForm, KeyField, after_each, use_form, use_form_of},
    pages::shared::{fold::Fold, refusal::Refusal},
    rpc::reply_messages::{AddReplyMessage, Canned, EditReplyMessage},
    texts::canned,
    ui::{field::TextArea, submit::Submit, toast::toast},
    viewer::role,
};
use contract::{
    Role,
    choice::Choices,
    id::{ReplyMessageId, ReplyTitleId},
    reply_message::{Filling, Placeholder, fill},
};
use leptos::prelude::*;

/// The number of the example ticket.
const EXAMPLE: i64 = 1042;

/// A message, and behind "Edit" its form.
#[component]
pub fn Message(id: ReplyMessageId, shown: RwSignal<Canned>, changes: RwSignal<usize>) -> impl IntoView {
    let message = Memo::new(move |_| {
        shown.with(|shown| {
            let found = shown.messages.iter().find(|message| message.reply_message_id == id);
            found.map(|message| (message.message.clone(), message.uses)).unwrap_or_default()
        })
    });
    let text = move || message.with(|(text, _)| on_example(text));
    let uses = move || message.with(|(_, uses)| canned().uses(*uses));
    let start = message.with_untracked(|(text, _)| text.clone());
    view! {
        <li class="flex flex-col gap-2 p-3">
            <p class="canned-text" dir="auto">{text}</p>
            <div class="flex flex-wrap items-center gap-x-2">
                <p class="text-2xs text-base-content/70">{uses}</p>
                {(role() == Role::Admin).then(|| view! { <Edit id start changes /> })}
            </div>
        </li>
    }
}

#[component]
fn Edit(id: ReplyMessageId, start: String, changes: RwSignal<usize>) -> impl IntoView {
    let id = id.to_string();
    let (t, form, tell) = (canned(), use_form_of::<EditReplyMessage>("reply_message_id", &id), toast());
    let (action, done) = (form.action, form.successes());
    after_each(done, move || {
        changes.update(|changes| *changes += 1);
        tell(t.saved.to_owned());
    });
    let value = form.value("message", &start);
    let draft = use_draft_of(format!("canned-message:{id}"), start);
    draft.text.set(value.clone());
    draft.kept_after(done);
    view! {
        <Fold label=t.edit open=form.was_refused() done keeps=true>
            <ActionForm action attr:class="flex flex-col gap-3">
                <Refusal problem=form.error_elsewhere(&["message"]) />
                <input type="hidden" name="reply_message_id" value=id.clone() />
                <TextArea id=format!("message-{id}") name="message" label=t.message hint=hint() rows=6 draft value error=form.error("message") />
                <Preview text=draft.text />
                <Submit pending=action.pending() class="btn btn-primary btn-sm self-start">{t.save}</Submit>
            </ActionForm>
        </Fold>
    }
}

/// Another message for the title that is open. What is typed is kept for its title while another is looked at.
#[component]
pub fn NewMessage(open: Memo<Option<ReplyTitleId>>, changes: RwSignal<usize>) -> impl IntoView {
    let (t, form, tell) = (canned(), use_form::<AddReplyMessage>(), toast());
    let (action, added) = (form.action, form.successes());
    let title = Memo::new(move |_| open.get().map(|id| id.to_string()).unwrap_or_default());
    let draft = use_draft_at(Memo::new(move |_| format!("canned-title:{}", title.get())));
    draft.clear_after(added);
    after_each(added, move || {
        changes.update(|changes| *changes += 1);
        tell(t.added.to_owned());
    });
    view! {
        <div class="card-box" class:hidden=move || open.get().is_none()>
            <ActionForm action attr:class="flex flex-col gap-3">
                <Refusal problem=form.error_elsewhere(&["message"]) />
                <KeyField form />
                <input type="hidden" name="reply_title_id" value=move || title.get() prop:value=move || title.get() />
                <TextArea id="new-message" name="message" label=t.new_message hint=hint() rows=5 draft value=form.value("message", "") error=form.error("message") />
                <Preview text=draft.text />
                <Submit pending=action.pending() class="btn btn-primary btn-sm self-start">{t.add_message}</Submit>
            </ActionForm>
        </div>
    }
}

/// What is being typed, as it would read.
#[component]
fn Preview(text: RwSignal<String>) -> impl IntoView {
    let shown = move || text.with(|text| on_example(text));
    view! {
        <div class="canned-preview" class:hidden=move || text.with(|text| text.trim().is_empty())>
            <p class="text-2xs font-medium text-base-content/70">{canned().preview}</p>
            <p class="canned-text" dir="auto">{shown}</p>
        </div>
    }
}

fn on_example(text: &str) -> String {
    let t = canned();
    fill(text, Filling { customer: t.example_customer, number: EXAMPLE, assignee: Some(t.example_assignee) })
}

/// Which placeholders there are.
fn hint() -> String {
    let known: Vec<_> = Placeholder::ALL.iter().map(|placeholder| placeholder.as_str()).collect();
    canned().placeholders(&known)
}
