//! Tickets chosen in the queue, and what can be done to all of them at once.

use super::rows::Rows;
use crate::{
    keys::Command,
    pages::assignee::{
        choosing::{Chooser, choosing},
        commands::commands,
        deeds::{Deed, deeds},
    },
    texts::command,
    viewer::{remote, role},
};
use contract::{Role, id::TicketId};
use leptos::prelude::*;

/// The tickets chosen, in the order in which they were.
#[derive(Clone, Copy)]
pub struct Selection {
    pub tickets: RwSignal<Vec<TicketId>>,
    /// Where a run chosen with Shift begins.
    anchor: StoredValue<Option<TicketId>>,
}

/// Puts the selection in context. Called once, by the frame of the desk.
pub fn provide_selection() -> Selection {
    let selection = Selection { tickets: RwSignal::new(Vec::new()), anchor: StoredValue::new(None) };
    provide_context(selection);
    selection
}

impl Selection {
    /// Whether this one is chosen.
    pub fn has(self, id: TicketId) -> bool {
        self.tickets.with(|all| all.contains(&id))
    }

    /// Whether any is.
    pub fn any(self) -> bool {
        self.tickets.with(|all| !all.is_empty())
    }

    /// Chooses it, or no longer.
    pub fn toggle(self, id: TicketId) {
        self.tickets.update(|all| match all.iter().position(|other| *other == id) {
            Some(at) => drop(all.remove(at)),
            None => all.push(id),
        });
        self.anchor.set_value(Some(id));
    }

    /// Chooses everything from the one that was chosen last to this one, in the order of the queue.
    pub fn extend(self, to: TicketId, rows: &[TicketId]) {
        let place = |id: TicketId| rows.iter().position(|other| *other == id);
        let (Some(from), Some(to_place)) = (self.anchor.get_value().and_then(place), place(to)) else {
            self.toggle(to);
            return;
        };
        let run = &rows[from.min(to_place)..=from.max(to_place)];
        self.tickets.update(|all| all.extend(run.iter().filter(|id| !all.contains(id)).copied().collect::<Vec<_>>()));
    }

    /// Chooses all of these.
    pub fn all_of(self, rows: Vec<TicketId>) {
        self.tickets.set(rows);
    }

    /// Chooses none.
    pub fn clear(self) {
        self.tickets.set(Vec::new());
        self.anchor.set_value(None);
    }
}

/// The bar over the queue while tickets are chosen: how many, and what can be done to them.
#[component]
pub fn Bulk(rows: Rows, selection: Selection) -> impl IntoView {
    let (t, deeds) = (command(), deeds());
    let choosing = choosing();
    let ids = move || rows.shown.with_untracked(|rows| rows.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    commands().on(Command::SelectAll, move || selection.all_of(ids()));
    // What leaves the view is no longer chosen: nobody changes what they do not see.
    Effect::new(move |_| {
        let there = rows.shown.with(|rows| rows.iter().map(|(id, _)| *id).collect::<Vec<_>>());
        if selection.tickets.with_untracked(|all| all.iter().any(|id| !there.contains(id))) {
            selection.tickets.update(|all| all.retain(|id| there.contains(id)));
        }
    });
    let button = move |label: &'static str, what: Callback<()>| {
        view! { <button class="btn btn-xs" type="button" on:click=move |_| what.run(())>{label}</button> }
    };
    let choose = move |chooser: Chooser| Callback::new(move |()| choosing.begin(chooser));
    let act = move |deed: Deed| Callback::new(move |()| deeds.act(deed.clone(), selection.tickets.get_untracked()));
    let admin = role() == Role::Admin;
    view! {
        <Show when=move || selection.any()>
            <div class="desk-bulk" role="toolbar" aria-label=t.selection>
                <span class="font-medium tabular-nums" role="status">
                    {move || match deeds.progress.get() {
                        Some(progress) => t.progress(progress.done, progress.of),
                        None => t.selected(selection.tickets.with(Vec::len)),
                    }}
                </span>
                {match (admin, remote()) {
                    (true, _) => Some(button(t.assign, choose(Chooser::Assignee))),
                    (false, false) => Some(button(t.claim, act(Deed::Claim))),
                    (false, true) => None,
                }}
                {button(t.status, choose(Chooser::Status))}
                {button(t.priority, choose(Chooser::Priority))}
                {button(t.follow, act(Deed::Follow))}
                {admin.then(|| button(t.close, choose(Chooser::Reason)))}
                <span class="ms-auto flex gap-1">
                    {button(t.select_all, Callback::new(move |()| selection.all_of(ids())))}
                    {button(t.clear, Callback::new(move |()| selection.clear()))}
                </span>
            </div>
        </Show>
    }
}
