//! Changing what the customer wrote, while nobody works on it.

use super::fold::Fold;
use crate::{
    form::{after_each, use_form},
    pages::shared::{refusal::Refusal, shown::Shown},
    rpc::{threads::Thread, tickets::Update},
    texts::portal,
    ui::{
        field::{Select, TextArea, TextField},
        submit::Submit,
        toast::toast,
    },
    viewer::viewer,
};
use contract::{
    Code,
    choice::Choices,
    event::{Change, What},
    policy::Action as May,
    ticket::Category,
};
use leptos::{form::ActionForm, prelude::*};

/// The form that edits subject, description and category.
#[component]
pub fn Edit(shown: Shown) -> impl IntoView {
    let (t, form, tell) = (portal(), use_form::<Update>(), toast());
    let done = form.successes();
    let touched = RwSignal::new(form.was_refused());
    shown.again_after(move || done.get());
    after_each(done, move || {
        touched.set(false);
        tell(t.saved.to_owned());
    });
    let version = version(shown, form.problem);
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

/// The version that an edit is based on. It follows the ticket, but not past somebody else's edit of the same fields:
/// that is refused once, so that nothing is overwritten unseen.
fn version(
    shown: Shown,
    problem: Signal<Option<contract::Problem>>,
) -> impl Fn() -> String + Copy + Send + Sync + 'static {
    let (first, start) = shown.thread.with_untracked(|thread| (thread.ticket.version, thread.last_seq));
    move || {
        let told = problem.with(|p| p.as_ref().is_some_and(|p| p.code == Code::Stale));
        let current = told || shown.thread.with(|thread| !edited_by_others(thread, start));
        if current { shown.thread.with(|thread| thread.ticket.version) } else { first }.to_string()
    }
}

/// Whether somebody else changed what this form changes since that event.
fn edited_by_others(thread: &Thread, start: i64) -> bool {
    let me = viewer().map(|viewer| viewer.person.id);
    thread.events().any(|event| {
        event.seq > start
            && Some(event.actor.id) != me
            && matches!(&event.what, What::Edited { changes } if changes.iter().any(|change| {
                matches!(change, Change::Subject { .. } | Change::Description | Change::Category { .. })
            }))
    })
}
