//! The version that an edit is based on. It follows the ticket, but not past somebody else's edit of the same fields:
//! that is refused once, so that nothing is overwritten unseen.

use crate::{pages::shared::shown::Shown, rpc::threads::Thread, viewer::viewer};
use contract::{
    Code, Problem,
    event::{Change, What},
};
use leptos::prelude::*;

/// The version for a form that changes these fields, given why it was refused last.
pub fn version_for(
    shown: Shown,
    problem: Signal<Option<Problem>>,
    concerns: fn(&Change) -> bool,
) -> impl Fn() -> String + Copy + Send + Sync + 'static {
    let (first, start) = shown.thread.with_untracked(|thread| (thread.ticket.version, thread.last_seq));
    move || {
        let told = problem.with(|p| p.as_ref().is_some_and(|p| p.code == Code::Stale));
        let current = told || shown.thread.with(|thread| !edited_by_others(thread, start, concerns));
        if current { shown.thread.with(|thread| thread.ticket.version) } else { first }.to_string()
    }
}

/// Whether somebody else changed such a field since that event.
fn edited_by_others(thread: &Thread, start: i64, concerns: fn(&Change) -> bool) -> bool {
    let me = viewer().map(|viewer| viewer.person.id);
    thread.events().any(|event| {
        event.seq > start
            && Some(event.actor.id) != me
            && matches!(&event.what, What::Edited { changes } if changes.iter().any(concerns))
    })
}
