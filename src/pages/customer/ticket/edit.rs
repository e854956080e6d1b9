//! Changing what the customer wrote, while nobody works on it.

use crate::{
    form::{ActionForm, after_each, use_form},
    pages::shared::{fold::Fold, refusal::Refusal, shown::Shown, version::version_for},
    rpc::tickets::Update,
    texts::portal,
    ui::{
        field::{Select, TextArea, TextField},
        submit::Submit,
        toast::toast,
    },
};
use contract::{choice::Choices, event::Change, policy::Action as May, ticket::Category};
use leptos::prelude::*;

/// The form that edits subject, description and category.
#[component]
pub fn Edit(shown: Shown) -> impl IntoView {
    let (t, form, tell) = (portal(), use_form::<Update>(), toast());
    let done = form.successes();
    let touched = form.touched();
    shown.again_after(move || done.get());
    after_each(done, move || tell(t.saved.to_owned()));
    let version = version_for(shown, form.problem, |change| {
        matches!(change, Change::Subject { .. } | Change::Description | Change::Category { .. })
    });
    let may = shown.may(May::Edit);
    let ticket = shown.thread.with_untracked(|thread| thread.ticket.clone());
    let ticket = StoredValue::new(ticket);
    view! {
        // Somebody may start to work while the customer is typing: their text stays, and the answer says why not.
        <Show when=move || may.get() || touched.get()>
            {move || {
                let action = form.action;
                let ticket = ticket.get_value();
                let options = Category::choices().into_iter().map(|c| (c.value, c.label)).collect::<Vec<_>>();
                let category = form.value("category", ticket.category.as_str());
                view! {
                    <Fold label=t.edit open=form.was_refused() done keeps=true>
                        <ActionForm action attr:class="flex flex-col gap-4" on:input=move |_| touched.set(true)>
                            <p class="text-base-content/70">{t.edit_lead}</p>
                            <Refusal problem=form.error_elsewhere(&["subject", "description", "category"]) />
                            <input type="hidden" name="ticket_id" value=ticket.ticket_id.to_string() />
                            <input type="hidden" name="with_subject" value="true" />
                            <input type="hidden" name="with_description" value="true" />
                            <input type="hidden" name="version" value=version prop:value=version />
                            <TextField id="edit-subject" name="subject" label=t.subject value=form.value("subject", &ticket.subject) error=form.error("subject") />
                            <Select id="edit-category" name="category" label=t.category options value=category error=form.error("category") />
                            <TextArea id="edit-description" name="description" label=t.description rows=7 value=form.value("description", &ticket.description) error=form.error("description") />
                            <Submit pending=action.pending() class="btn btn-primary btn-sm self-start">{t.save}</Submit>
                        </ActionForm>
                    </Fold>
                }
            }}
        </Show>
    }
}
