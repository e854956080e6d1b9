//! The title that is open, kept up to date while its messages are being edited: it is built once, so that nothing typed
//! into one form is lost when another is sent.

use super::{Back, messages::Message};
use crate::{
    form::{ActionForm, after_each, use_form},
    pages::shared::refusal::Refusal,
    rpc::{
        reply_messages::{Canned, read_canned},
        reply_titles::SetReplyTitleStatus,
    },
    texts::canned,
    ui::{empty::Empty, pill::Pill, submit::Submit, toast::toast},
    viewer::role,
};
use contract::{Role, choice::Choices, id::ReplyTitleId, reply_title::ReplyTitleStatus};
use leptos::prelude::*;

/// The title and its messages. `changes` grows with whatever is changed on the page.
#[component]
pub fn Opened(read: Canned, changes: RwSignal<usize>) -> impl IntoView {
    let t = canned();
    let id = read.title.reply_title_id;
    let shown = RwSignal::new(read);
    let again = Action::new(move |()| read_canned(id));
    after_each(changes.into(), move || _ = again.dispatch(()));
    Effect::new(move |_| {
        if let Some(Ok(read)) = again.value().get() {
            shown.set(read);
        }
    });
    let status = Memo::new(move |_| shown.with(|shown| shown.title.status));
    let ids =
        Memo::new(move |_| shown.with(|shown| shown.messages.iter().map(|m| m.reply_message_id).collect::<Vec<_>>()));
    let keeps = role() == Role::Admin;
    view! {
        <header class="flex flex-wrap items-center gap-2">
            <Back />
            <h2 class="min-w-0 text-base font-semibold wrap-anywhere" dir="auto">{move || shown.with(|shown| shown.title.title.clone())}</h2>
            {move || match status.get() {
                ReplyTitleStatus::Active => view! { <Pill tone="completed" text=status.get().label() /> },
                ReplyTitleStatus::Inactive => view! { <Pill tone="closed" text=status.get().label() /> },
            }}
            {keeps.then(|| view! { <Switch id status changes /> })}
        </header>
        {move || ids.with(Vec::is_empty).then(|| view! { <Empty title=t.no_messages><p>{t.no_messages_lead}</p></Empty> })}
        <ul class="list-box empty:hidden">
            <For each=move || ids.get() key=|id| *id let(id)>
                <Message id shown changes />
            </For>
        </ul>
    }
}

/// Offers the title, or withdraws it.
#[component]
fn Switch(id: ReplyTitleId, status: Memo<ReplyTitleStatus>, changes: RwSignal<usize>) -> impl IntoView {
    let (t, form, tell) = (canned(), use_form::<SetReplyTitleStatus>(), toast());
    let action = form.action;
    after_each(form.successes(), move || {
        changes.update(|changes| *changes += 1);
        tell(t.activated.to_owned());
    });
    let other = move || match status.get() {
        ReplyTitleStatus::Active => (ReplyTitleStatus::Inactive, t.deactivate),
        ReplyTitleStatus::Inactive => (ReplyTitleStatus::Active, t.activate),
    };
    let value = move || other().0.as_str();
    view! {
        <ActionForm action attr:class="ms-auto flex items-center gap-2">
            <Refusal problem=form.problem />
            <input type="hidden" name="reply_title_id" value=id.to_string() />
            <input type="hidden" name="status" value=value prop:value=value />
            <Submit pending=action.pending() class="btn btn-sm">{move || other().1}</Submit>
        </ActionForm>
    }
}
