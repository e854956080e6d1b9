//! Walking through the queue with the keyboard: from ticket to ticket, each opened beside the queue.

use super::{rows::Rows, selection::Selection};
use crate::{
    keys::Command,
    pages::assignee::{ahead::ahead, commands::commands, standing::standing},
};
use contract::id::TicketId;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Where the viewer stands in the queue: at the open ticket, or at the one that was open last.
#[derive(Clone, Copy)]
struct Walk {
    rows: Rows,
    open: Memo<Option<TicketId>>,
    /// That ticket, and its place while it was in the view.
    last: StoredValue<Option<(TicketId, usize)>>,
}

/// Walks through these rows by the keys for it, and reads ahead what comes next.
pub fn use_walk(rows: Rows, open: Memo<Option<TicketId>>, query: StoredValue<String>, selection: Selection) {
    let walk = Walk { rows, open, last: StoredValue::new(None) };
    let (navigate, standing) = (use_navigate(), standing());
    let go = Callback::new(move |id: TicketId| {
        let navigate = navigate.clone();
        let open = move || {
            let Some(query) = query.try_get_value() else { return };
            let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate(&format!("/desk/tickets/{id}?{query}"), options);
        };
        standing.go(id, open);
        show_row(id);
    });
    let commands = commands();
    commands.on(Command::Next, move || walk.step(true, go));
    commands.on(Command::Previous, move || walk.step(false, go));
    commands.on(Command::Select, move || {
        if let Some(id) = open.get_untracked().or_else(|| walk.beside(true)) {
            selection.toggle(id);
        }
    });
    Effect::new(move |_| {
        let shown = rows.shown.with(|rows| rows.iter().map(|(id, _)| *id).collect::<Vec<_>>());
        if let Some(place) = open.get().and_then(|id| shown.iter().position(|other| *other == id)) {
            walk.last.set_value(open.get_untracked().map(|id| (id, place)));
        }
        ahead().read([true, false].into_iter().filter_map(|forward| walk.beside(forward)).collect());
    });
}

impl Walk {
    fn step(self, forward: bool, go: Callback<TicketId>) {
        if let Some(id) = self.beside(forward) {
            go.run(id);
        }
        if forward && self.is_near_end() {
            self.rows.grow();
        }
    }

    /// The ticket after or before the one that is open, or was last; where that has left the view, the one that took its place.
    fn beside(self, forward: bool) -> Option<TicketId> {
        let last = self.last.get_value();
        let left = last.map_or(0, |(_, place)| place);
        self.rows.shown.with_untracked(|rows| {
            let place = |place: usize| rows.get(place).map(|(id, _)| *id);
            let Some(stands) = self.open.get_untracked().or(last.map(|(id, _)| id)) else { return place(0) };
            match (rows.iter().position(|(id, _)| *id == stands), forward) {
                (Some(at), true) => place(at + 1),
                (Some(at), false) => at.checked_sub(1).and_then(place),
                (None, true) => place(left.min(rows.len().saturating_sub(1))),
                (None, false) => left.checked_sub(1).and_then(place),
            }
        })
    }

    fn is_near_end(self) -> bool {
        let at = self.last.get_value().map_or(0, |(_, place)| place);
        self.rows.shown.with_untracked(|rows| at + 10 > rows.len())
    }
}

/// Brings the row into sight, without moving what is in sight already.
fn show_row(id: TicketId) {
    request_animation_frame(move || {
        let Ok(Some(row)) = document().query_selector(&format!(".desk-row[href*=\"{id}\"]")) else { return };
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        if let Some(row) = row.dyn_ref::<HtmlElement>() {
            row.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
