//! Changing the facts of a ticket: subject, category, priority, payment.

use crate::{
    form::{ActionForm, after_each, use_form},
    pages::shared::{choices::options, fold::Fold, refusal::Refusal, shown::Shown, version::version_for},
    rpc::tickets::Update,
    texts::desk,
    ui::{
        field::{Select, TextField},
        submit::Submit,
        toast::toast,
    },
};
use contract::{
    choice::Choices,
    event::Change,
    policy::Action as May,
    ticket::{Category, Priority},
};
use leptos::prelude::*;

/// The form that edits what staff may.
#[component]
pub fn Edit(shown: Shown) -> impl IntoView {
    let (t, form, tell) = (desk(), use_form::<Update>(), toast());
    let done = form.successes();
    shown.again_after(move || done.get());
    after_each(done, move || tell(t.saved.to_owned()));
    let may = shown.may(May::EditForStaff);
    let version = version_for(shown, form.problem, |change| !matches!(change, Change::Description));
    view! {
        <Show when=move || may.get()>
            {move || {
                let action = form.action;
                let ticket = shown.thread.with_untracked(|thread| thread.ticket.clone());
                let payment = ticket.payment_id.clone().unwrap_or_default();
                view! {
                    <Fold label=t.edit open=form.was_refused() done keeps=true floats=true>
                        <ActionForm action attr:class="flex flex-col gap-3">
                            <Refusal problem=form.error_elsewhere(&["subject", "category", "priority", "paymentId"]) />
                            <input type="hidden" name="ticket_id" value=ticket.ticket_id.to_string() />
                            <input type="hidden" name="with_subject" value="true" />
                            <input type="hidden" name="with_payment" value="true" />
                            <input type="hidden" name="version" value=version prop:value=version />
                            <TextField id="edit-subject" name="subject" label=t.subject value=form.value("subject", &ticket.subject) error=form.error("subject") />
                            <Select id="edit-category" name="category" label=t.category options=options(Category::choices()) value=form.value("category", ticket.category.as_str()) error=form.error("category") />
                            <Select id="edit-priority" name="priority" label=t.priority options=options(Priority::choices()) value=form.value("priority", ticket.priority.as_str()) error=form.error("priority") />
                            <TextField id="edit-payment" name="payment_id" label=t.payment_id value=form.value("payment_id", &payment) error=form.error("paymentId") />
                            <Submit pending=action.pending() class="btn btn-primary btn-sm self-start">{t.save}</Submit>
                        </ActionForm>
                    </Fold>
                }
            }}
        </Show>
    }
}
