//! Saying that a ticket cannot wait.

use crate::{
    draft::use_draft,
    form::{ActionForm, KeyField, after_each, use_form},
    pages::shared::{fold::Fold, refusal::Refusal, shown::Shown},
    rpc::tickets::Escalate,
    texts::portal,
    ui::{field::TextArea, submit::Submit, toast::toast},
};
use contract::policy::Action as May;
use leptos::prelude::*;

/// The form that escalates.
#[component]
pub fn Urgent(shown: Shown) -> impl IntoView {
    let (t, form) = (portal(), use_form::<Escalate>());
    let done = form.successes();
    let [reason, impact] = ["escalate", "escalate-impact"].map(|field| {
        let draft = use_draft(format!("{field}:{}", shown.id()));
        draft.clear_after(done);
        draft
    });
    let touched = form.touched();
    let (may, status) = (shown.may(May::Escalate), shown.status());
    shown.again_after(move || done.get());
    let tell = toast();
    after_each(done, move || tell(t.escalated_now.to_owned()));
    view! {
        <Show when=move || (may.get() && !status.get().is_settled()) || touched.get()>
            {move || {
                let action = form.action;
                view! {
                    <Fold label=t.urgent open=form.was_refused() done>
                        <ActionForm action attr:class="flex flex-col gap-4" on:input=move |_| touched.set(true)>
                            <p class="text-base-content/70">{t.urgent_lead}</p>
                            <Refusal problem=form.error_elsewhere(&["reason", "impact"]) />
                            <KeyField form />
                            <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                            <TextArea id="urgent-reason" name="reason" label=t.urgent_reason rows=2 draft=reason value=form.value("reason", "") error=form.error("reason") />
                            <TextArea id="urgent-impact" name="impact" label=t.urgent_impact hint=t.urgent_impact_hint rows=2 draft=impact value=form.value("impact", "") error=form.error("impact") />
                            <Submit pending=action.pending() class="btn btn-primary btn-sm self-start">{t.escalate}</Submit>
                        </ActionForm>
                    </Fold>
                }
            }}
        </Show>
    }
}
