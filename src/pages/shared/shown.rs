//! The ticket that a page shows, kept up to date. The page is built once, so that forms on it never lose what is typed;
//! what changes flows into it through this one signal.

use crate::{
    error::AppError,
    live::live,
    rpc::threads::{Item, Thread, read_thread},
    viewer::i_may,
};
use contract::{
    event::Event,
    id::TicketId,
    policy::Action as May,
    ticket::{Status, Ticket},
};
use leptos::prelude::*;

/// The ticket shown, with its conversation.
#[derive(Clone, Copy)]
pub struct Shown {
    pub thread: RwSignal<Thread>,
    read: Action<(), Result<Thread, AppError>>,
}

/// Shows this ticket, and reads it anew after every event of it.
pub fn use_shown(thread: Thread) -> Shown {
    let id = thread.ticket.ticket_id;
    let shown = Shown { thread: RwSignal::new(thread), read: Action::new(move |()| read_thread(id)) };
    let version = live().version_of(move || Some(id));
    shown.again_after(move || version.get());
    Effect::new(move |_| {
        // A reading that failed changes nothing on the page; the next event reads again.
        if let Some(Ok(new)) = shown.read.value().get()
            && new.last_seq >= shown.thread.with_untracked(|old| old.last_seq)
        {
            shown.thread.set(new);
        }
    });
    shown
}

impl Shown {
    /// Which ticket it is.
    pub fn id(self) -> TicketId {
        self.thread.with_untracked(|thread| thread.ticket.ticket_id)
    }

    /// Reads the ticket anew whenever this changes: the version of an action, say.
    pub fn again_after<T: PartialEq + 'static>(self, changes: impl Fn() -> T + 'static) {
        Effect::new(move |before: Option<T>| {
            let now = changes();
            if before.is_some_and(|before| before != now) {
                self.read.dispatch(());
            }
            now
        });
    }

    /// Something of the ticket, followed as it changes.
    pub fn of<T>(self, look: impl Fn(&Ticket) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.thread.with(|thread| look(&thread.ticket)))
    }

    /// Its status.
    pub fn status(self) -> Memo<Status> {
        self.of(|ticket| ticket.status)
    }

    /// Whether the viewer may do this to it now.
    pub fn may(self, action: May) -> Memo<bool> {
        self.of(move |ticket| i_may(action, ticket))
    }
}

impl Thread {
    /// What happened to the ticket, without its messages.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.items.iter().filter_map(|item| match item {
            Item::Event(event) => Some(event),
            _ => None,
        })
    }
}
