//! Where the ticket stands, as steps.

use crate::{pages::shared::shown::Shown, rpc::threads::Thread, texts::portal, ui::time::Time, viewer::viewer};
use contract::{event::What, ticket::Status};
use leptos::prelude::*;

/// One step: what it is called, when it was taken, and whether it lies behind, here or ahead.
#[derive(Clone, PartialEq)]
struct Step {
    label: &'static str,
    at: Option<String>,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Place {
    Behind,
    Here,
    Ahead,
}

/// The steps of the ticket shown.
#[component]
pub fn Progress(shown: Shown) -> impl IntoView {
    let all = Memo::new(move |_| shown.thread.with(steps));
    view! {
        <ol class="flex gap-2" aria-label=portal().progress>
            {move || all.get().into_iter().map(|step| view! { <One step /> }).collect_view()}
        </ol>
    }
}

#[component]
fn One(step: Step) -> impl IntoView {
    let here = step.place == Place::Here;
    let (bar, label) = match step.place {
        Place::Behind => ("bg-primary", "text-base-content"),
        Place::Here => ("bg-primary", "font-semibold"),
        Place::Ahead => ("bg-base-300", "text-base-content/70"),
    };
    view! {
        <li class="flex-1" aria-current=here.then_some("step")>
            <div class=format!("h-1 rounded-full {bar}")></div>
            <p class=format!("mt-1.5 text-2xs {label}")>{step.label}</p>
            <p class="text-2xs text-base-content/70">{step.at.map(|at| view! { <Time at /> })}</p>
        </li>
    }
}

fn steps(thread: &Thread) -> Vec<Step> {
    let t = portal();
    let ticket = &thread.ticket;
    let here = match ticket.status {
        Status::Open => 0,
        Status::InProgress => 1,
        Status::Waiting => 2,
        Status::Completed | Status::Closed => 3,
    };
    let owns = viewer().is_some_and(|viewer| viewer.person.id == ticket.customer.id);
    let waiting = if owns { t.waiting_for_you } else { t.waiting_for_customer };
    let done_at = ticket.closed_at.clone().or_else(|| moved_to(thread, Status::Completed));
    [
        (t.received, Some(ticket.created_at.clone())),
        (t.worked_on, moved_to(thread, Status::InProgress)),
        (waiting, moved_to(thread, Status::Waiting)),
        (t.done, done_at),
    ]
    .into_iter()
    .enumerate()
    .filter(|(index, _)| *index != 2 || here == 2)
    .map(|(index, (label, at))| {
        let place = match index.cmp(&here) {
            std::cmp::Ordering::Less => Place::Behind,
            std::cmp::Ordering::Equal => Place::Here,
            std::cmp::Ordering::Greater => Place::Ahead,
        };
        Step { label, at: at.filter(|_| place != Place::Ahead), place }
    })
    .collect()
}

/// When the ticket last came to this status.
fn moved_to(thread: &Thread, status: Status) -> Option<String> {
    let last = thread.events().filter(|event| match &event.what {
        What::StatusChanged { to, .. } => *to == status,
        What::CompletedForAssignee { .. } => status == Status::Completed,
        _ => false,
    });
    last.last().map(|event| event.at.clone())
}
