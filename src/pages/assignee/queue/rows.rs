//! The rows of a queue: read a page at a time, and read anew when something happened, without letting go of the rows
//! that stay. One reading at a time: what happens during a reading is read once after it, however much it was.

use super::super::view::Wanted;
use crate::{error::AppError, rpc::tickets::list};
use contract::{
    id::TicketId,
    page::{PAGE_SIZE_MAX, Page},
    ticket::Ticket,
};
use leptos::{prelude::*, task::spawn_local};

/// Rows shown at first, and added when the end comes near.
pub const ROWS: u32 = 50;

/// A row: the ticket as it was read last.
pub type Row = (TicketId, ArcRwSignal<Ticket>);

/// The rows of one queue.
#[derive(Clone, Copy)]
pub struct Rows {
    wanted: StoredValue<Wanted>,
    pub shown: RwSignal<Vec<Row>>,
    /// Where the rest begins, if there is more.
    pub next: RwSignal<Option<String>>,
    /// Why the rest could not be read.
    pub failed: RwSignal<Option<AppError>>,
    /// Whether the rest is being read.
    pub growing: RwSignal<bool>,
    busy: StoredValue<bool>,
    stale: StoredValue<bool>,
}

/// The rows that were read first, which can grow and follow what happens.
pub fn use_rows(wanted: Wanted, page: Page<Ticket>) -> Rows {
    Rows {
        wanted: StoredValue::new(wanted),
        shown: RwSignal::new(page.items.into_iter().map(row).collect()),
        next: RwSignal::new(page.next_cursor),
        failed: RwSignal::new(None),
        growing: RwSignal::new(false),
        busy: StoredValue::new(false),
        stale: StoredValue::new(false),
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
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        spawn_local(async move {
            loop {
                if self.stale.try_get_value() == Some(true) {
                    self.stale.try_set_value(false);
                    self.read_anew().await;
                } else if self.growing.try_get_untracked() == Some(true) {
                    self.read_on().await;
                    self.growing.try_set(false);
                } else {
                    break;
                }
            }
            self.busy.try_set_value(false);
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
        self.put(items, false);
        self.next.try_set(next);
    }

    async fn read_on(self) {
        let (Some(wanted), Some(Some(cursor))) = (self.wanted.try_get_value(), self.next.try_get_untracked()) else {
            return;
        };
        match list(wanted.scope(), wanted.query_from(&cursor, ROWS)).await {
            Ok(page) => {
                self.put(page.items, true);
                self.next.try_set(page.next_cursor);
                self.failed.try_set(None);
            }
            Err(error) => {
                self.failed.try_set(Some(error));
            }
        }
    }

    /// Takes over what was read: into the rows that are there, new rows for the others.
    fn put(self, tickets: Vec<Ticket>, after: bool) {
        let Some(before) = self.shown.try_get_untracked() else { return };
        let mut rows: Vec<Row> = if after { before.clone() } else { Vec::new() };
        for ticket in tickets {
            let id = ticket.ticket_id;
            match before.iter().find(|(other, _)| *other == id) {
                Some((_, known)) => {
                    if known.with_untracked(|known| *known != ticket) {
                        known.set(ticket);
                    }
                    if !after {
                        rows.push((id, known.clone()));
                    }
                }
                None => rows.push(row(ticket)),
            }
        }
        let same = rows.len() == before.len() && rows.iter().zip(&before).all(|((a, _), (b, _))| a == b);
        if !same {
            self.shown.try_set(rows);
        }
    }
}
