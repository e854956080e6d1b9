//! The form of a reply. What is sent waits in the outbox for a moment; what is taken back from there comes here again.

use super::{
    super::{
        back_query,
        canned::{self, CannedReplies},
        drafts::DraftState,
        insertion::use_insertion,
    },
    gate::{LookAgain, use_gate},
    next::next_in_queue,
    sending::{Sending, SendingFields, send_by_key, use_sending},
};
use crate::{
    draft::{Draft, copy::use_server_copy, use_draft},
    form::{ActionForm, KeyField, after_each, use_form},
    http,
    pages::{
        assignee::{
            deeds::deeds,
            outbox::{Later, taken_back},
        },
        shared::{
            attach::{Attach, arrived},
            moved::{BasedOn, Moved, other_refusals, use_basis},
            refusal::Refusal,
            shown::Shown,
        },
    },
    rpc::{
        outbox::{my_outbox, take_back},
        replies::ReplyAsStaff,
    },
    texts::{desk, outbox},
    ui::{field::TextArea, submit::Submit, toast::toast, upload::Arrived},
    viewer::remote,
};
use contract::{
    choice::Choices,
    draft::DraftKind,
    guard::Goes,
    id::TicketId,
    outbox::OutboxMessage,
    ticket::{Move, Status},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

#[component]
pub fn ReplyForm(shown: Shown, open: Memo<bool>) -> impl IntoView {
    let (t, form) = (desk(), use_form::<ReplyAsStaff>());
    let action = form.action;
    let sent = form.successes();
    let draft = use_draft(format!("desk-reply:{}", shown.id()));
    draft.clear_after(sent);
    let copy = use_server_copy(shown, DraftKind::Reply, draft);
    let basis = use_basis(shown, draft.text, form.problem);
    // A refusal may come of something newer, which the page does not show yet.
    let version = action.version();
    shown.again_after(move || version.get());
    let (gate, choosing) = (use_gate(shown, draft, Goes::Out), use_insertion(draft));
    let (sending, back) = (use_sending(), RwSignal::new(Vec::new()));
    go_on_after(shown, sent, sending);
    take_over(shown, draft, sending, back);
    let customer = shown.of(|ticket| ticket.customer.name.clone());
    // What was begun stays, even when the viewer may no longer send it.
    let unsent = form.was_refused();
    let shows = move || open.get() || unsent || !draft.text.with(String::is_empty);
    view! {
        <div class:hidden=move || !shows() on:submit:capture=move |submit| {
            sending.on_submit(&submit);
            gate.on_submit(&submit);
        }>
            <ActionForm action attr:class="flex flex-col gap-2 p-3" attr:enctype="multipart/form-data">
                <Moved basis />
                <LookAgain gate problem=form.problem anyway=t.send_anyway />
                <Refusal problem=other_refusals(form.error_elsewhere(&["body", "fileIds", "sendAt"])) />
                <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                <KeyField form />
                <SendingFields sending />
                <div on:keydown=move |pressed| {
                    canned::on_key(choosing, &pressed);
                    send_by_key(&pressed);
                }>
                    <TextArea id="reply" name="body" label=t.reply_label placeholder=t.reply_placeholder rows=3 draft value=form.value("body", "") error=form.error("body") />
                </div>
                <DraftState copy />
                {move || form.error("sendAt").get().map(|error| view! { <p class="field-error" role="alert">{error}</p> })}
                <div class="flex flex-wrap items-end gap-2">
                    <Attach id="reply-files" earlier=form.files() back=Some(back) cleared=sent error=form.error("fileIds") />
                    <CannedReplies shown choosing id="reply-canned" />
                    <div class="ms-auto flex flex-wrap items-center justify-end gap-2">
                        <span class="text-2xs text-base-content/70">{t.to} " " <bdi>{move || customer.get()}</bdi></span>
                        <BasedOn basis pending=action.pending() send_anyway=t.send_anyway />
                        <Ways shown sending pending=action.pending() />
                    </div>
                </div>
            </ActionForm>
        </div>
    }
}

/// The ways to send: the main one is plain, unless a message came back for which another was chosen.
#[component]
fn Ways(shown: Shown, sending: Sending, #[prop(into)] pending: Signal<bool>) -> impl IntoView {
    let t = desk();
    let status = shown.status();
    let may = move |to: Status| {
        let next = status.get().after(Move::StaffReply).unwrap_or(Status::Closed);
        Move::to(to).is_some_and(|mv| next.after(mv).is_ok())
    };
    let may_wait = Memo::new(move |_| may(Status::Waiting));
    let may_complete = Memo::new(move |_| may(Status::Completed));
    let main = Memo::new(move |_| sending.chosen.get().filter(|chosen| may(*chosen)));
    let way = move |to: Status, label: &'static str| {
        view! { <Way pending main=Signal::derive(move || main.get() == Some(to)) to=Some(to) label /> }
    };
    let later = Callback::new(move |at: String| sending.later(&at));
    let next = move || {
        view! {
            <Show when=move || may_complete.get()>
                <Submit pending class="btn btn-ghost btn-sm justify-start" name="status" value=Status::Completed.as_str() title="Ctrl+Shift+Enter" attr:data-next="">
                    {outbox().complete_and_next}
                </Submit>
            </Show>
            <p class="px-3 pt-1 text-2xs text-base-content/70">{outbox().later}</p>
        }
    };
    view! {
        // A gateway takes a reply at once or not at all.
        {(!remote()).then(|| view! { <Later id="reply-at" label=outbox().more on_choose=later more=next /> })}
        <Show when=move || may_wait.get()>{way(Status::Waiting, t.send_and_wait)}</Show>
        <Show when=move || may_complete.get()>
            {way(Status::Completed, t.send_and_complete)}
        </Show>
        <Way pending main=Signal::derive(move || main.get().is_none()) to=None label=t.send />
    }
}

/// One way to send.
#[component]
fn Way(pending: Signal<bool>, main: Signal<bool>, to: Option<Status>, label: &'static str) -> impl IntoView {
    move || {
        let value = to.map(|to| to.as_str().to_owned()).unwrap_or_default();
        match (main.get(), to) {
            (true, Some(_)) => view! { <Submit pending class="btn btn-primary btn-sm" name="status" value title="Ctrl+Enter" attr:data-main="">{label}</Submit> }.into_any(),
            (false, Some(_)) => view! { <Submit pending class="btn btn-sm" name="status" value>{label}</Submit> }.into_any(),
            (true, None) => view! { <Submit pending class="btn btn-primary btn-sm" title="Ctrl+Enter" attr:data-main="">{label}</Submit> }.into_any(),
            (false, None) => view! { <Submit pending class="btn btn-sm">{label}</Submit> }.into_any(),
        }
    }
}

/// Opens the next ticket after a reply for which that was wanted, and says where the reply is meanwhile.
fn go_on_after(shown: Shown, sent: Signal<usize>, sending: Sending) {
    let (tell, navigate, deeds) = (toast(), use_navigate(), deeds());
    let (taken, query) = (taken_back(), back_query());
    after_each(sent, move || {
        let on = sending.goes_on();
        sending.clear();
        match (on, next_in_queue()) {
            (true, Some(next)) => {
                let (id, back) = (shown.id(), navigate.clone());
                let address = format!("/desk/tickets/{id}?{}", query.get_untracked());
                // Of no page: the one that it was sent from is left now.
                spawn_local(async move {
                    let undo = move |()| spawn_local(undo_sent(id, taken, address.clone(), back.clone(), tell));
                    deeds.did(outbox().queued.to_owned(), Callback::new(undo));
                });
                navigate(&next, NavigateOptions::default());
            }
            (true, None) => tell(outbox().queued_last.to_owned()),
            // What waits shows itself in the conversation; a gateway has sent it.
            (false, _) if remote() => tell(desk().sent.to_owned()),
            (false, _) => {}
        }
    });
}

/// Takes back the reply to this ticket that waits, and goes back to where it was written.
async fn undo_sent(
    id: TicketId,
    taken: RwSignal<Option<OutboxMessage>>,
    address: String,
    navigate: impl Fn(&str, NavigateOptions),
    tell: impl Fn(String),
) {
    let waiting = match my_outbox().await {
        Ok(waiting) => waiting,
        Err(error) => return tell(error.problem().detail),
    };
    let mut messages = waiting.into_iter().rev().map(|waiting| waiting.message);
    let Some(message) = messages.find(|message| message.ticket_id == id) else {
        return tell(outbox().gone.to_owned());
    };
    match take_back(message.message_id, http::random_key()).await {
        Ok(message) => {
            taken.set(Some(message));
            navigate(&address, NavigateOptions::default());
        }
        Err(error) => tell(error.problem().detail),
    }
}

/// Takes over what was taken back from the outbox: its text before whatever was written since, its files and its status.
fn take_over(shown: Shown, draft: Draft, sending: Sending, back: RwSignal<Vec<Arrived>>) {
    let taken = taken_back();
    Effect::new(move |_| {
        let here = taken.with(|message| message.as_ref().is_some_and(|message| message.ticket_id == shown.id()));
        let Some(message) = (if here { taken.write().take() } else { None }) else { return };
        draft.text.update(|text| {
            let since = std::mem::take(text);
            *text = if since.is_empty() { message.body } else { format!("{}\n\n{since}", message.body) };
        });
        back.set(message.files.into_iter().map(arrived).collect());
        sending.chosen.set(message.status);
        if let Some(area) = draft.area.get_untracked() {
            _ = area.focus();
        }
    });
}
