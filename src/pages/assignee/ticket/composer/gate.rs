//! Keeps a text from being sent before its author was told what the guards find in it. Told once, the same text passes.

use super::super::canned::filled;
use crate::{
    draft::Draft,
    pages::shared::shown::Shown,
    texts::{canned, outbox},
    ui::alert::{Alert, Tone},
};
use contract::{
    Code, Problem,
    guard::{Carries, Finding, Goes, findings},
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, SubmitEvent};

/// The gate of one form.
#[derive(Clone, Copy)]
pub struct Gate {
    shown: Shown,
    draft: Draft,
    goes: Goes,
    /// The text of which the author was told, and whether it came with files.
    told: RwSignal<Option<(String, Carries)>>,
    /// Says to the service that they were told. Disabled, it is no part of the form.
    field: NodeRef<html::Input>,
}

/// The gate of what is written in this draft.
pub fn use_gate(shown: Shown, draft: Draft, goes: Goes) -> Gate {
    Gate { shown, draft, goes, told: RwSignal::new(None), field: NodeRef::new() }
}

impl Gate {
    /// Stops the first try to send a text in which something is found, and answers whether it did; the second is meant.
    pub fn on_submit(self, submit: &SubmitEvent) -> bool {
        let now = (self.draft.text.get_untracked(), carries(submit));
        let found = !findings(&now.0, self.goes, now.1).is_empty();
        let told = self.told.with_untracked(|told| told.as_ref() == Some(&now));
        if let Some(field) = self.field.get_untracked() {
            field.set_disabled(!(found && told) || is_named(submit, "as_it_is"));
        }
        if found && !told {
            submit.prevent_default();
            submit.stop_propagation();
            self.told.set(Some(now));
        }
        found && !told
    }
}

/// What is said at the gate, and the ways on: as the browser found it, or as the service did.
#[component]
pub fn LookAgain(gate: Gate, problem: Signal<Option<Problem>>, anyway: &'static str) -> impl IntoView {
    let Gate { shown, draft, goes, told, field } = gate;
    let fill_in = move |_| {
        draft.text.update(|text| *text = shown.thread.with_untracked(|thread| filled(text, &thread.ticket)));
    };
    let here = Memo::new(move |_| {
        let text = draft.text.get();
        let told = told.get().filter(|(told, _)| *told == text);
        told.map(|(text, carries)| findings(&text, goes, carries)).unwrap_or_default()
    });
    let there = move || problem.get().filter(|problem| problem.code == Code::LookAgain);
    view! {
        <input type="hidden" name="as_it_is" value="true" disabled node_ref=field />
        {move || {
            let found = here.get();
            if !found.is_empty() {
                let unresolved = found.iter().any(|finding| matches!(finding, Finding::Unresolved(_)));
                let said = found.iter().map(Finding::message).collect();
                let more = unresolved.then(|| view! { <button class="btn btn-sm" type="button" on:click=fill_in>{canned().fill_in}</button> });
                return view! {
                    <Said said>
                        {more}
                        <button class="btn btn-sm" type="submit" data-again="">{anyway}</button>
                    </Said>
                }
                .into_any();
            }
            match there() {
                Some(problem) => {
                    let said = problem.errors.into_iter().map(|error| error.message).collect();
                    view! {
                        <Said said>
                            <button class="btn btn-sm" type="submit" name="as_it_is" value="true">{anyway}</button>
                        </Said>
                    }
                    .into_any()
                }
                None => ().into_any(),
            }
        }}
    }
}

#[component]
fn Said(said: Vec<String>, children: Children) -> impl IntoView {
    let said = said.into_iter().map(|said| view! { <li>{said}</li> }).collect_view();
    view! {
        <Alert tone=Tone::Warning>
            <p class="font-medium">{outbox().look_again}</p>
            <ul class="list-disc ps-4">{said}</ul>
            <div class="mt-1 flex flex-wrap gap-2">{children()}</div>
        </Alert>
    }
}

/// Whether files go with the form, also those on their way.
fn carries(submit: &SubmitEvent) -> Carries {
    let form = submit.target().and_then(|form| form.dyn_into::<Element>().ok());
    let file = form.and_then(|form| form.query_selector(".upload li").ok().flatten());
    if file.is_some() { Carries::Files } else { Carries::Nothing }
}

/// Whether the button that sends the form adds this field to it.
pub fn is_named(submit: &SubmitEvent, name: &str) -> bool {
    submit.submitter().is_some_and(|button| button.get_attribute("name").as_deref() == Some(name))
}
