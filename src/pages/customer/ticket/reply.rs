//! Replying; or, on a ticket that is closed for good, the way to a follow-up.

use crate::{
    draft::use_draft,
    form::{ActionForm, KeyField, after_each, use_form},
    pages::{
        customer::card::CardSeen,
        shared::{
            attach::Attach,
            moved::{BasedOn, Moved, other_refusals, use_basis},
            refusal::Refusal,
            shown::Shown,
        },
    },
    rpc::replies::ReplyAsCustomer,
    texts::portal,
    ui::{
        alert::{Alert, Tone},
        field::TextArea,
        submit::Submit,
        toast::toast,
    },
    viewer::remote,
};
use contract::{choice::Choices, ticket::Status};
use leptos::prelude::*;

/// The reply form. What is typed outlives everything that happens to the ticket, even its closing.
#[component]
pub fn Reply(shown: Shown) -> impl IntoView {
    let (t, form, tell) = (portal(), use_form::<ReplyAsCustomer>(), toast());
    let action = form.action;
    let sent = form.successes();
    let draft = use_draft(format!("reply:{}", shown.id()));
    draft.clear_after(sent);
    let basis = use_basis(shown, draft.text, form.problem);
    after_each(sent, move || tell(t.reply_sent.to_owned()));
    // A refusal may come of something newer, which the page does not show yet.
    let version = action.version();
    shown.again_after(move || version.get());
    let status = shown.status();
    let closed = move || status.get() == Status::Closed;
    let merged = shown.of(|ticket| ticket.merged_into.is_some());
    let over = Signal::derive(move || closed() && !merged.get());
    // A gateway takes every reply back to work.
    let stays_done = !remote();
    let done = Signal::derive(move || stays_done && status.get() == Status::Completed);
    let unsent = form.was_refused();
    view! {
        <Show when=move || !closed() || unsent || !draft.text.with(String::is_empty)>
            {move || view! {
                    <ActionForm action attr:class="card-box gap-3" attr:enctype="multipart/form-data">
                        <Moved basis />
                        <Refusal problem=other_refusals(form.error_elsewhere(&["body", "fileIds"])) />
                        {move || over.get().then(|| view! { <Alert tone=Tone::Info>{t.closed_while_typing}</Alert> })}
                        <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                        <KeyField form />
                        <Show when=move || done.get()><p class="text-base-content/70">{t.reopens}</p></Show>
                        <TextArea id="reply" name="body" label=t.your_reply rows=3 draft value=form.value("body", "") error=form.error("body") />
                        <CardSeen draft />
                        <div class="flex flex-wrap items-end justify-between gap-3">
                            <Attach id="reply-files" earlier=form.files() cleared=sent error=form.error("fileIds") />
                            <Show when=move || !closed()>
                                <div class="ms-auto flex flex-wrap gap-2">
                                    <BasedOn basis pending=action.pending() send_anyway=t.send_anyway />
                                    <Show when=move || done.get()>
                                        <Submit pending=action.pending() class="btn btn-sm" name="status" value=Status::Completed.as_str()>{t.thanks}</Submit>
                                    </Show>
                                    <Submit pending=action.pending() class="btn btn-primary btn-sm">{t.send_reply}</Submit>
                                </div>
                            </Show>
                        </div>
                    </ActionForm>
            }}
        </Show>
        <Show when=move || over.get()>
            <div class="card-box items-start">
                <p>{t.closed_lead}</p>
                <a class="btn btn-primary btn-sm" href=format!("/tickets/new?followUpOf={}", shown.id())>{t.follow_up}</a>
            </div>
        </Show>
    }
}
