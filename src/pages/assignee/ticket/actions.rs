//! What staff do to a ticket, each a form of its own: claim, move, complete for the assignee, assign, escalate, set the
//! start date, close. A form is offered when the policy and the state machine allow it now, and stays while something typed
//! into it was not sent.

use crate::{
    draft::use_draft,
    form::{ActionForm, KeyField, after_each, use_form},
    keys::Command,
    pages::assignee::{
        commands::hint,
        deeds::{Deed, Deeds, deeds},
    },
    pages::shared::{fold::Fold, refusal::Refusal, shown::Shown},
    rpc::tickets::{
        Assign as AssignCall, Claim as ClaimCall, Close, CompleteForAssignee, Escalate, SetStartDate, SetStatus,
    },
    texts::desk,
    ui::{
        field::{Select, TextArea, TextField},
        submit::Submit,
        toast::toast,
    },
    viewer::role,
};
use contract::{
    Role,
    choice::Choices,
    person::Contact,
    policy::Action as May,
    ticket::{Move, Status},
};
use leptos::{prelude::*, server_fn::ServerFn};
use wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, SubmitEvent};

/// Does at once, before the service has answered, what a form says; the browser posts it where our code does not run. The
/// value is that of the button pressed.
fn at_once(submit: &SubmitEvent, deeds: Deeds, shown: Shown, deed: impl Fn(String) -> Option<Deed>) {
    submit.prevent_default();
    let button = submit.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
    if let Some(deed) = deed(button.map(|button| button.value()).unwrap_or_default()) {
        deeds.act(deed, vec![shown.id()]);
    }
}

/// Taking a ticket that nobody has.
#[component]
pub fn Claim(shown: Shown) -> impl IntoView {
    let (t, form, deeds) = (desk(), use_form::<ClaimCall>(), deeds());
    let (may, status) = (shown.may(May::Claim), shown.status());
    let problem = form.problem;
    let title = hint(Command::Claim);
    view! {
        <Show when=move || may.get() && status.get() != Status::Closed>
            <form method="post" action=ClaimCall::url() on:submit=move |submit| at_once(&submit, deeds, shown, |_| Some(Deed::Claim))>
                <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                <Submit class="btn btn-primary btn-xs" title=title.get_value()>{t.claim}</Submit>
            </form>
        </Show>
        <Refusal problem />
    }
}

/// The statuses that the ticket may move to now. Closing wants a reason and stands apart.
#[component]
pub fn Moves(shown: Shown) -> impl IntoView {
    let (form, deeds) = (use_form::<SetStatus>(), deeds());
    let may = shown.may(if role() == Role::Admin { May::Administer } else { May::AssigneeMove });
    let status = shown.status();
    let targets = Memo::new(move |_| {
        let targets = status.get().legal_targets().into_iter().filter(|to| *to != Status::Closed);
        if may.get() { targets.collect::<Vec<_>>() } else { Vec::new() }
    });
    let problem = form.problem;
    let title = hint(Command::Status);
    let chosen = |value: String| Status::parse(&value).map(Deed::Move);
    view! {
        <form class="flex flex-wrap gap-1" method="post" action=SetStatus::url() on:submit=move |submit| at_once(&submit, deeds, shown, chosen)>
            <input type="hidden" name="ticket_id" value=shown.id().to_string() />
            <For each=move || targets.get() key=|to| *to let(to)>
                <Submit class="btn btn-xs" name="status" value=to.as_str().to_owned() title=title.get_value()>{verb(to)}</Submit>
            </For>
        </form>
        <Refusal problem />
    }
}

/// What moving there is called.
fn verb(to: Status) -> &'static str {
    let t = desk();
    match to {
        Status::Waiting => t.wait,
        Status::Completed => t.complete,
        Status::Open | Status::InProgress | Status::Closed => t.start_work,
    }
}

/// An admin completes in the assignee's name.
#[component]
pub fn CompleteFor(shown: Shown) -> impl IntoView {
    let (t, form, tell) = (desk(), use_form::<CompleteForAssignee>(), toast());
    let done = form.successes();
    shown.again_after(move || done.get());
    after_each(done, move || tell(t.completed_for.to_owned()));
    let may = shown.may(May::Administer);
    let possible = shown.of(|ticket| ticket.assignee.is_some() && ticket.status.after(Move::Complete).is_ok());
    let (action, problem) = (form.action, form.problem);
    view! {
        <Show when=move || may.get() && possible.get()>
            <ActionForm action>
                <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                <Submit pending=action.pending() class="btn btn-xs">{t.complete_for}</Submit>
            </ActionForm>
        </Show>
        <Refusal problem />
    }
}

/// An admin gives the ticket to somebody.
#[component]
pub fn Assign(shown: Shown, people: Vec<Contact>) -> impl IntoView {
    let (t, form, tell) = (desk(), use_form::<AssignCall>(), toast());
    let done = form.successes();
    shown.again_after(move || done.get());
    after_each(done, move || tell(t.assigned.to_owned()));
    let touched = form.touched();
    let (may, status) = (shown.may(May::Administer), shown.status());
    let staff: Vec<_> = people
        .into_iter()
        .filter(|contact| contact.person.role.is_staff())
        .map(|contact| (contact.person.id.to_string(), contact.person.name))
        .collect();
    let staff = StoredValue::new(staff);
    let now = shown.of(|ticket| ticket.assignee.as_ref().map(|a| a.id.to_string()).unwrap_or_default());
    let chosen = form.following("assignee_id", touched, now);
    view! {
        <Show when=move || (may.get() && status.get() != Status::Closed) || touched.get()>
            {move || {
                let action = form.action;
                view! {
                    <Fold label=t.assign open=form.was_refused() done keeps=true floats=true>
                        <ActionForm action attr:class="flex flex-col gap-3" on:input=move |_| touched.set(true)>
                            <Refusal problem=form.error_elsewhere(&["assigneeId"]) />
                            <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                            {move || view! { <Select id="assignee" name="assignee_id" label=t.assignee options=staff.get_value() unchosen=t.choose value=chosen.get() error=form.error("assigneeId") /> }}
                            <Submit pending=action.pending() class="btn btn-primary btn-sm self-start">{t.assign_to_them}</Submit>
                        </ActionForm>
                    </Fold>
                }
            }}
        </Show>
    }
}

/// Saying that this cannot wait.
#[component]
pub fn Escalation(shown: Shown) -> impl IntoView {
    let (t, form, tell) = (desk(), use_form::<Escalate>(), toast());
    let title = hint(Command::Escalate);
    let done = form.successes();
    shown.again_after(move || done.get());
    let [reason, tried, impact] = ["escalate", "escalate-tried", "escalate-impact"].map(|field| {
        let draft = use_draft(format!("{field}:{}", shown.id()));
        draft.clear_after(done);
        draft
    });
    after_each(done, move || tell(t.escalated_now.to_owned()));
    let touched = form.touched();
    let (may, status) = (shown.may(May::Escalate), shown.status());
    view! {
        <Show when=move || (may.get() && !status.get().is_settled()) || touched.get()>
            {move || {
                let action = form.action;
                view! {
                    <Fold id="escalate" label=t.escalate title=title.get_value() open=form.was_refused() done floats=true>
                        <ActionForm action attr:class="flex flex-col gap-3" on:input=move |_| touched.set(true)>
                            <Refusal problem=form.error_elsewhere(&["reason", "tried", "impact"]) />
                            <KeyField form />
                            <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                            <p class="text-base-content/70">{t.escalate_lead}</p>
                            <TextArea id="escalate-reason" name="reason" label=t.escalate_reason rows=2 draft=reason value=form.value("reason", "") error=form.error("reason") />
                            <TextArea id="escalate-tried" name="tried" label=t.tried rows=2 draft=tried value=form.value("tried", "") error=form.error("tried") />
                            <TextArea id="escalate-impact" name="impact" label=t.impact rows=2 draft=impact value=form.value("impact", "") error=form.error("impact") />
                            <Submit pending=action.pending() class="btn btn-primary btn-sm self-start">{t.escalate}</Submit>
                        </ActionForm>
                    </Fold>
                }
            }}
        </Show>
    }
}

/// The day before which nobody works on it.
#[component]
pub fn StartDay(shown: Shown) -> impl IntoView {
    let (t, form, tell) = (desk(), use_form::<SetStartDate>(), toast());
    let done = form.successes();
    shown.again_after(move || done.get());
    after_each(done, move || tell(t.start_date_set.to_owned()));
    let touched = form.touched();
    let (may, status) = (shown.may(May::SetStartDate), shown.status());
    let now = shown.of(|ticket| ticket.start_date.clone().unwrap_or_default());
    let chosen = form.following("start_date", touched, now);
    view! {
        <Show when=move || (may.get() && status.get() != Status::Closed) || touched.get()>
            {move || {
                let action = form.action;
                view! {
                    <Fold label=t.start_date open=form.was_refused() done keeps=true floats=true>
                        <ActionForm action attr:class="flex flex-col gap-3" on:input=move |_| touched.set(true)>
                            <Refusal problem=form.error_elsewhere(&["startDate"]) />
                            <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                            {move || view! { <TextField id="start-date" name="start_date" kind="date" label=t.not_before hint=t.not_before_hint value=chosen.get() error=form.error("startDate") /> }}
                            <Submit pending=action.pending() class="btn btn-primary btn-sm self-start">{t.set_start_date}</Submit>
                        </ActionForm>
                    </Fold>
                }
            }}
        </Show>
    }
}

/// An admin closes the ticket for good.
#[component]
pub fn AdminClose(shown: Shown) -> impl IntoView {
    let (t, form, tell) = (desk(), use_form::<Close>(), toast());
    let done = form.successes();
    shown.again_after(move || done.get());
    let draft = use_draft(format!("close:{}", shown.id()));
    draft.clear_after(done);
    after_each(done, move || tell(t.closed.to_owned()));
    let touched = form.touched();
    let (may, status) = (shown.may(May::Administer), shown.status());
    view! {
        <Show when=move || (may.get() && status.get() != Status::Closed) || touched.get()>
            {move || {
                let action = form.action;
                view! {
                    <Fold label=t.close open=form.was_refused() done floats=true>
                        <ActionForm action attr:class="flex flex-col gap-3" on:input=move |_| touched.set(true)>
                            <p class="text-base-content/70">{t.close_lead}</p>
                            <Refusal problem=form.error_elsewhere(&["reason"]) />
                            <KeyField form />
                            <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                            <TextArea id="close-reason" name="reason" label=t.reason rows=2 draft value=form.value("reason", "") error=form.error("reason") />
                            <Submit pending=action.pending() class="btn btn-primary btn-sm self-start">{t.close_this}</Submit>
                        </ActionForm>
                    </Fold>
                }
            }}
        </Show>
    }
}
