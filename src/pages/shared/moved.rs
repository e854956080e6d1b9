//! When something newer happened while an answer was being written: what it was, and the choice to send all the same.
//! What the answer is based on stands in a hidden field; once it was refused, the buttons carry it.

use crate::{
    pages::shared::shown::Shown,
    ui::{
        alert::{Alert, Tone},
        submit::Submit,
    },
};
use contract::{Code, Problem};
use leptos::prelude::*;

/// What happened meanwhile, when a reply was refused for it. The text is kept, and the conversation shows what is new.
#[component]
pub fn Moved(problem: Signal<Option<Problem>>) -> impl IntoView {
    move || {
        let moved = problem.get().filter(|problem| problem.code == Code::ConversationMoved);
        moved.map(|problem| view! { <Alert tone=Tone::Warning><p class="font-medium">{problem.title}</p><p>{problem.detail}</p></Alert> })
    }
}

/// The hidden field, and after such a refusal the button that sends whatever happened.
#[component]
pub fn BasedOn(
    shown: Shown,
    problem: Signal<Option<Problem>>,
    #[prop(into)] pending: Signal<bool>,
    send_anyway: &'static str,
) -> impl IntoView {
    let moved = move || has_moved(problem);
    let last_seq = move || shown.thread.with(|thread| thread.last_seq.to_string());
    view! {
        <input type="hidden" name="based_on" value=last_seq prop:value=last_seq disabled=moved />
        <Show when=moved>
            <Submit pending class="btn btn-sm" name="based_on" value="">{send_anyway}</Submit>
        </Show>
    }
}

/// Every other refusal.
pub fn other_refusals(problem: Signal<Option<Problem>>) -> Signal<Option<Problem>> {
    Signal::derive(move || problem.get().filter(|problem| problem.code != Code::ConversationMoved))
}

fn has_moved(problem: Signal<Option<Problem>>) -> bool {
    problem.with(|problem| problem.as_ref().is_some_and(|problem| problem.code == Code::ConversationMoved))
}
