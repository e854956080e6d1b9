//! Reading ahead: the tickets beside the one that is open are read before anybody asks, so that the next key shows them
//! at once. What the live feed says of a ticket makes what was read of it worthless.
//!
//! How a ticket is read comes with the code of its page ([`Reader`]): whoever looks at a queue alone needs none of it.

use crate::{
    error::AppError,
    live::live,
    rpc::{
        threads::{Around, Thread, read_ahead, read_around},
        tickets::mark_read,
    },
    viewer::remote,
};
use contract::id::TicketId;
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use std::{collections::HashMap, pin::Pin, time::Duration};

/// Most tickets kept.
const KEPT: usize = 24;
/// How long a ticket that was read ahead has to be open to count as read: whoever walks past it has not read it.
const READ_AFTER: Duration = Duration::from_millis(700);

/// How long somebody stays at a ticket before the next ones are read: whoever holds the key down reads none.
const REST: Duration = Duration::from_millis(40);

/// A ticket as its page shows it.
pub type Whole = (Thread, Result<Around, AppError>);

type Read = Result<Option<Whole>, AppError>;

/// How a ticket is read.
type How = fn(TicketId) -> Pin<Box<dyn Future<Output = Read>>>;

/// What was read ahead.
#[derive(Clone, Copy)]
pub struct Ahead {
    read: StoredValue<HashMap<TicketId, Whole>>,
    reading: StoredValue<Vec<TicketId>>,
    /// What is to be read once the viewer stays, and the wait for that.
    wanted: StoredValue<Vec<TicketId>>,
    waiting: StoredValue<Option<TimeoutHandle>>,
    /// Until it is here, what is wanted waits.
    how: StoredValue<Option<How>>,
}

/// Puts the reading ahead in context. Called once, by the frame of the desk.
pub fn provide_ahead() {
    let ahead = Ahead {
        read: StoredValue::new(HashMap::new()),
        reading: StoredValue::new(Vec::new()),
        wanted: StoredValue::new(Vec::new()),
        waiting: StoredValue::new(None),
        how: StoredValue::new(None),
    };
    provide_context(ahead);
    let live = live();
    Effect::new(move |_| {
        if let Some(id) = live.latest.with(|event| event.as_ref().map(|event| event.ticket_id)) {
            ahead.forget(id);
        }
    });
    Effect::new(move |_| {
        live.resets.track();
        ahead.read.update_value(HashMap::clear);
        ahead.reading.update_value(Vec::clear);
    });
}

/// What was read ahead.
pub fn ahead() -> Ahead {
    expect_context()
}

impl Ahead {
    /// Reads these once the viewer stays for a moment, unless they are here or on their way. In front of a gateway nothing
    /// is read that nobody asked for.
    pub fn read(self, ids: Vec<TicketId>) {
        if remote() {
            return;
        }
        self.wanted.set_value(ids);
        let wait = set_timeout_with_handle(move || self.read_wanted(), REST);
        if let Some(before) = self.waiting.try_update_value(|waiting| std::mem::replace(waiting, wait.ok())).flatten() {
            before.clear();
        }
    }

    fn read_wanted(self) {
        let Some(how) = self.how.try_get_value().flatten() else { return };
        for id in self.wanted.try_update_value(std::mem::take).unwrap_or_default() {
            let known = self.read.with_value(|read| read.contains_key(&id));
            if known || self.reading.with_value(|reading| reading.contains(&id)) {
                continue;
            }
            self.reading.update_value(|reading| reading.push(id));
            spawn_local(async move {
                let whole = how(id).await;
                self.keep(id, whole);
            });
        }
    }

    /// Takes what was read of this ticket, and marks it read once it has been open for a moment.
    pub fn take(self, id: TicketId, is_open: impl Fn() -> bool + 'static) -> Option<Whole> {
        let whole = self.read.try_update_value(|read| read.remove(&id)).flatten()?;
        set_timeout(
            move || {
                if is_open() {
                    spawn_local(async move { _ = mark_read(id).await });
                }
            },
            READ_AFTER,
        );
        Some(whole)
    }

    /// Something happened to it.
    fn forget(self, id: TicketId) {
        self.read.update_value(|read| _ = read.remove(&id));
        self.reading.update_value(|reading| reading.retain(|other| *other != id));
    }

    /// Keeps what was read, unless something happened to the ticket meanwhile.
    fn keep(self, id: TicketId, whole: Read) {
        let wanted = self.reading.try_update_value(|reading| {
            let at = reading.iter().position(|other| *other == id);
            at.map(|at| reading.remove(at)).is_some()
        });
        if let (Some(true), Ok(Some(whole))) = (wanted, whole) {
            self.read.update_value(|read| {
                if read.len() >= KEPT {
                    read.clear();
                }
                read.insert(id, whole);
            });
        }
    }
}

/// Brings how a ticket is read; shows nothing.
#[component]
pub fn Reader() -> impl IntoView {
    let ahead = ahead();
    ahead.how.set_value(Some(|id| Box::pin(whole(id))));
    Effect::new(move |_| ahead.read_wanted());
}

async fn whole(id: TicketId) -> Read {
    let Some(thread) = read_ahead(id).await? else { return Ok(None) };
    let around = read_around(thread.ticket.customer.id, thread.ticket.organization_id).await;
    Ok(Some((thread, around)))
}
