//! The rows of a queue: read a page at a time, and read anew when something happened, without letting go of the rows
//! that stay.
//!
//! Rows keep their places while somebody works through them: what the viewer did to a ticket does not send it to the
//! top, where the walk would come upon it again. What others did does.

use super::super::view::Wanted;
use crate::{
    error::AppError,
    reading::{Reading, use_reading},
    rpc::tickets::list,
};
use contract::{
    id::TicketId,
    page::{PAGE_SIZE_MAX, Page},
    ticket::Ticket,
};
use leptos::prelude::*;
use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

/// Rows shown at first, and added when the end comes near.
pub const ROWS: u32 = 50;

/// A row: the ticket as it was read last.
pub type Row = (TicketId, ArcRwSignal<Ticket>);

/// The rows of one queue.
#[derive(Clone, Copy)]
pub struct Rows {
    wanted: StoredValue<Wanted>,
    open: Memo<Option<TicketId>>,
    pub shown: RwSignal<Vec<Row>>,
    /// Where the rest begins, if there is more.
    pub next: RwSignal<Option<String>>,
    /// Why the rest could not be read.
    pub failed: RwSignal<Option<AppError>>,
    /// Whether the rest is being read.
    pub growing: RwSignal<bool>,
    stale: StoredValue<bool>,
    reading: Reading,
}

/// The rows that were read first, which can grow and follow what happens.
pub fn use_rows(wanted: Wanted, page: Page<Ticket>, open: Memo<Option<TicketId>>) -> Rows {
    Rows {
        wanted: StoredValue::new(wanted),
        open,
        shown: RwSignal::new(page.items.into_iter().map(row).collect()),
        next: RwSignal::new(page.next_cursor),
        failed: RwSignal::new(None),
        growing: RwSignal::new(false),
        stale: StoredValue::new(false),
        reading: use_reading(),
    }
}

fn row(ticket: Ticket) -> Row {
    (ticket.ticket_id, ArcRwSignal::new(ticket))
}

impl Rows {
    /// Reads the rows anew: something happened.
    pub fn refresh(self) {
        self.stale.set_value(true);
        self.work();
    }

    /// Reads the next rows, unless they are on their way.
    pub fn grow(self) {
        if self.next.with_untracked(Option::is_some) && !self.growing.get_untracked() {
            self.growing.set(true);
            self.work();
        }
    }

    /// The ticket as its row has it.
    pub fn look(self, id: TicketId) -> Option<Ticket> {
        let rows = self.shown.try_get_untracked()?;
        rows.iter().find(|(other, _)| *other == id).map(|(_, row)| row.get_untracked())
    }

    /// Shows the ticket like this, if it has a row.
    pub fn show(self, ticket: Ticket) {
        let rows = self.shown.try_get_untracked().unwrap_or_default();
        if let Some((_, row)) = rows.iter().find(|(other, _)| *other == ticket.ticket_id) {
            row.set(ticket);
        }
    }

    /// The viewer has this ticket before them.
    pub fn read(self, id: TicketId) {
        self.shown.with_untracked(|rows| {
            if let Some((_, row)) = rows.iter().find(|(other, _)| *other == id)
                && row.with_untracked(|ticket| ticket.unread)
            {
                row.update(|ticket| ticket.unread = false);
            }
        });
    }

    /// Does what there is to do, one thing after the other. The queue may be gone when an answer comes.
    fn work(self) {
        self.reading.again(move || async move {
            if self.stale.try_get_value() == Some(true) {
                self.stale.try_set_value(false);
                self.read_anew().await;
            }
            if self.growing.try_get_untracked() == Some(true) {
                self.read_on().await;
                self.growing.try_set(false);
            }
        });
    }

    /// As many rows as are shown. A reading that failed changes nothing; the next event reads again.
    async fn read_anew(self) {
        let Some(wanted) = self.wanted.try_get_value() else { return };
        let rows = self.shown.try_with_untracked(Vec::len).unwrap_or(0);
        let rows = u32::try_from(rows).unwrap_or(u32::MAX).max(1).next_multiple_of(ROWS);
        let (mut items, mut cursor) = (Vec::new(), wanted.filter("cursor").to_owned());
        let mut left = rows;
        let next = loop {
            let size = left.min(PAGE_SIZE_MAX);
            let Ok(page) = list(wanted.scope(), wanted.query_from(&cursor, size)).await else { return };
            items.extend(page.items);
            left -= size;
            match page.next_cursor {
                Some(next) if left > 0 => cursor = next,
                next => break next,
            }
        };
        self.put_in_place(items);
        self.next.try_set(next);
    }

    async fn read_on(self) {
        let (Some(wanted), Some(Some(cursor))) = (self.wanted.try_get_value(), self.next.try_get_untracked()) else {
            return;
        };
        match list(wanted.scope(), wanted.query_from(&cursor, ROWS)).await {
            Ok(page) => {
                self.put_after(page.items);
                self.next.try_set(page.next_cursor);
                self.failed.try_set(None);
            }
            Err(error) => {
                self.failed.try_set(Some(error));
            }
        }
    }

    /// Takes over what was read anew: into the rows that are there, new rows for the others.
    fn put_in_place(self, read: Vec<Ticket>) {
        let Some(before) = self.shown.try_get_untracked() else { return };
        let open = self.open.try_get_untracked().flatten();
        let (mut rows, mut moving) = (Vec::with_capacity(read.len()), HashSet::new());
        for ticket in read {
            let id = ticket.ticket_id;
            let Some((_, known)) = before.iter().find(|(other, _)| *other == id) else {
                moving.insert(id);
                rows.push(row(ticket));
                continue;
            };
            if known.with_untracked(|known| *known != ticket) {
                if ticket.unread && open != Some(id) {
                    moving.insert(id);
                }
                known.set(ticket);
            }
            rows.push((id, known.clone()));
        }
        let ids = |rows: &[Row]| rows.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        let (before, order) = (ids(&before), settled(&ids(&before), &ids(&rows), &moving));
        if order != before {
            let mut rows: HashMap<_, _> = rows.into_iter().collect();
            self.shown.try_set(order.into_iter().filter_map(|id| rows.remove_entry(&id)).collect());
        }
    }

    /// Takes over what comes after the rows that are there.
    fn put_after(self, read: Vec<Ticket>) {
        let Some(mut rows) = self.shown.try_get_untracked() else { return };
        for ticket in read {
            match rows.iter().find(|(id, _)| *id == ticket.ticket_id) {
                Some((_, known)) => known.set(ticket),
                None => rows.push(row(ticket)),
            }
        }
        self.shown.try_set(rows);
    }
}

/// In which order to show what was read: what was there before keeps its place, but for what moves; that and what is
/// new goes before whatever comes after it in what was read.
fn settled<T: Copy + Eq + Hash>(before: &[T], read: &[T], moving: &HashSet<T>) -> Vec<T> {
    let still: HashSet<_> = read.iter().filter(|id| !moving.contains(id)).collect();
    let mut order: Vec<_> = before.iter().filter(|id| still.contains(id)).copied().collect();
    for (at, id) in read.iter().enumerate().filter(|(_, id)| moving.contains(id)) {
        let after = &read[at + 1..];
        let place = order.iter().position(|other| after.contains(other)).unwrap_or(order.len());
        order.insert(place, *id);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tickets by letters; small ones move.
    fn order(before: &str, read: &str) -> String {
        let letters = |text: &str| text.to_ascii_uppercase().chars().collect::<Vec<_>>();
        let moving = read.chars().filter(char::is_ascii_lowercase).map(|c| c.to_ascii_uppercase()).collect();
        settled(&letters(before), &letters(read), &moving).into_iter().collect()
    }

    #[test]
    fn rows_keep_their_places_and_what_moves_goes_where_the_order_has_it() {
        for (before, read, expected, why) in [
            ("ABC", "ABC", "ABC", "nothing happened"),
            ("ABC", "CAB", "ABC", "the viewer did something to the last"),
            ("ABC", "cAB", "CAB", "somebody else did"),
            ("ABC", "AC", "AC", "one left the view"),
            ("ABC", "nABC", "NABC", "one is new"),
            ("ABCE", "EnABC", "NABCE", "one is new, and the viewer did something to another"),
            ("ABC", "nmABC", "NMABC", "several are new"),
            ("ABC", "ABnC", "ABNC", "one is new in the middle"),
            ("AB", "ABn", "ABN", "one is new at the end"),
            ("", "nm", "NM", "there was nothing"),
        ] {
            assert_eq!(order(before, read), expected, "{why}");
        }
    }
}
