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
    let owner = shown.thread.with_untracked(|thread| thread.ticket.customer.id);
    let owns = viewer().is_some_and(|viewer| viewer.person.id == owner);
    let all = Memo::new(move |_| shown.thread.with(|thread| steps(thread, owns)));
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

/// The steps, as the one who filed the ticket (`owns`) or a follower sees them.
fn steps(thread: &Thread, owns: bool) -> Vec<Step> {
    let t = portal();
    let ticket = &thread.ticket;
    let here = match ticket.status {
        Status::Open => 0,
        Status::InProgress => 1,
        Status::Waiting => 2,
        Status::Completed | Status::Closed => 3,
    };
    let waiting = if owns { t.waiting_for_you } else { t.waiting_for_customer };
    let done_at = ticket.closed_at.clone().or_else(|| moved_to(thread, Status::Completed));
    [
        (t.received, Some(ticket.created_at.clone())),
        (t.worked_on, moved_to(thread, Status::InProgress).or_else(|| taken_up(thread))),
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

/// When the work began, on a ticket that went straight to waiting.
fn taken_up(thread: &Thread) -> Option<String> {
    let first = thread.events().find(|event| matches!(event.what, What::StatusChanged { from: Status::Open, .. }));
    first.map(|event| event.at.clone())
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn thread(status: Status) -> Thread {
        let person = json!({"id": "01939c3c-0000-7000-8000-000000000001", "name": "Mira", "role": "CUSTOMER"});
        let ticket = json!({
            "ticketId": "01939c3c-0000-7000-8000-000000000002", "number": 1042, "subject": "Charged twice", "description": "Twice.",
            "category": "PAYMENT", "priority": "MEDIUM", "status": status, "customer": person, "channel": "WEB",
            "createdAt": "2026-11-22T10:02:00.000Z", "updatedAt": "2026-11-22T10:11:00.000Z", "version": 1, "unread": false, "following": false,
        });
        let moved = json!({
            "seq": 7, "ticketId": "01939c3c-0000-7000-8000-000000000002", "actor": person, "at": "2026-11-22T10:11:00.000Z",
            "kind": "STATUS_CHANGED", "data": {"from": "OPEN", "to": "IN_PROGRESS"},
        });
        let thread = json!({"ticket": ticket, "description": "", "files": [], "items": [{"Event": moved}], "followers": [], "drafts": [], "outbox": [], "merges": [], "last_seq": 7});
        serde_json::from_value(thread).unwrap()
    }

    #[test]
    fn one_step_is_the_current_one_and_those_ahead_have_no_time() {
        for (status, labels, here) in [
            (Status::Open, vec!["Received", "Being worked on", "Done"], "Received"),
            (Status::InProgress, vec!["Received", "Being worked on", "Done"], "Being worked on"),
            (Status::Waiting, vec!["Received", "Being worked on", "Waiting for you", "Done"], "Waiting for you"),
            (Status::Completed, vec!["Received", "Being worked on", "Done"], "Done"),
            (Status::Closed, vec!["Received", "Being worked on", "Done"], "Done"),
        ] {
            let steps = steps(&thread(status), true);
            assert_eq!(steps.iter().map(|step| step.label).collect::<Vec<_>>(), labels, "{status}");
            let current: Vec<_> =
                steps.iter().filter(|step| step.place == Place::Here).map(|step| step.label).collect();
            assert_eq!(current, [here], "{status}");
            assert!(steps.iter().all(|step| step.place != Place::Ahead || step.at.is_none()), "{status}");
        }
        assert_eq!(steps(&thread(Status::InProgress), true)[1].at.as_deref(), Some("2026-11-22T10:11:00.000Z"));
    }

    #[test]
    fn a_follower_is_not_told_that_the_answer_is_theirs_to_give() {
        assert_eq!(steps(&thread(Status::Waiting), false)[2].label, "Waiting for an answer");
    }
}
