//! Closing the ticket, with a word on how it went.

use crate::{
    form::{ActionForm, KeyField, use_form},
    pages::shared::{fold::Fold, refusal::Refusal, shown::Shown},
    rpc::tickets::CustomerClose,
    texts::portal,
    ui::{field::TextArea, submit::Submit},
};
use contract::{policy::Action as May, ticket::Status};
use leptos::prelude::*;

/// The form that closes.
#[component]
pub fn Close(shown: Shown) -> impl IntoView {
    let (t, form) = (portal(), use_form::<CustomerClose>());
    let done = form.successes();
    let touched = form.touched();
    let (may, status) = (shown.may(May::CustomerClose), shown.status());
    shown.again_after(move || done.get());
    view! {
        <Show when=move || (may.get() && status.get() != Status::Closed) || touched.get()>
            {move || {
                let action = form.action;
                let chosen = form.value("rating", "");
                let wrong = form.error("rating");
                view! {
                    <Fold label=t.close_ticket open=form.was_refused() done last=true>
                        <ActionForm action attr:class="flex flex-col gap-4" on:input=move |_| touched.set(true)>
                            <p class="text-base-content/70">{t.close_lead}</p>
                            <Refusal problem=form.error_elsewhere(&["rating", "comment"]) />
                            <KeyField form />
                            <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                            <Rating chosen />
                            {move || wrong.get().map(|wrong| view! { <p class="field-error" role="alert">{wrong}</p> })}
                            <TextArea id="close-comment" name="comment" label=t.comment rows=2 value=form.value("comment", "") error=form.error("comment") />
                            <Submit pending=action.pending() class="btn btn-primary btn-sm self-start">{t.close_this}</Submit>
                        </ActionForm>
                    </Fold>
                }
            }}
        </Show>
    }
}

/// One to five, in words; none chosen is an answer too.
#[component]
fn Rating(chosen: String) -> impl IntoView {
    let t = portal();
    let options = t.ratings.iter().zip(1..).map(|(word, stars)| {
        let value = stars.to_string();
        let checked = value == chosen;
        view! {
            <label class="flex min-h-8 cursor-pointer items-center gap-2">
                <input class="radio radio-sm" type="radio" name="rating" value=value checked=checked />
                {*word}
            </label>
        }
    });
    view! {
        <fieldset>
            <legend class="mb-1 font-medium">{t.how_did_we_do}</legend>
            <div class="flex flex-wrap gap-x-5 gap-y-1">{options.collect_view()}</div>
        </fieldset>
    }
}
