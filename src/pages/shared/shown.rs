//! The ticket that a page shows, kept up to date. The page is built once, so that forms on it never lose what is typed;
//! what changes flows into it through this one signal.

use crate::{
    error::AppError,
    live::live,
    rpc::threads::{Item, Thread, read_thread},
    texts::common,
    ui::alert::{Alert, Tone},
    viewer::i_may,
};
use contract::{
    Code,
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
    /// Whether the viewer lost sight of it: it was passed on, or they no longer follow it.
    pub lost: RwSignal<bool>,
    read: Action<(), Result<Thread, AppError>>,
    /// Whether something happened during the reading that is under way.
    again: StoredValue<bool>,
}

/// Shows this ticket, and reads it anew after every event of it.
pub fn use_shown(thread: Thread) -> Shown {
    let id = thread.ticket.ticket_id;
    let read = Action::new(move |()| read_thread(id));
    let shown =
        Shown { thread: RwSignal::new(thread), lost: RwSignal::new(false), read, again: StoredValue::new(false) };
    let version = live().version_of(move || Some(id));
    shown.again_after(move || version.get());
    // What happened while the ticket was on its way here may not be in it.
    Effect::new(move |_| {
        let seen = shown.thread.with_untracked(|thread| thread.last_seq);
        if live().latest.with_untracked(|event| event.as_ref().is_some_and(|e| e.ticket_id == id && e.seq > seen)) {
            shown.read_again();
        }
    });
    Effect::new(move |_| {
        match shown.read.value().get() {
            Some(Ok(new)) => {
                shown.lost.set(false);
                if new.last_seq >= shown.thread.with_untracked(|old| old.last_seq) {
                    shown.thread.set(new);
                }
            }
            Some(Err(error)) if error.problem().code == Code::NotFound => shown.lost.set(true),
            // Any other failure changes nothing on the page; the next event reads again.
            _ => {}
        }
        if shown.again.get_value() {
            shown.again.set_value(false);
            shown.read.dispatch(());
        }
    });
    shown
}

/// What is said on the page of a ticket that the viewer lost sight of, and the way back to where they came from.
#[component]
pub fn LostSight(
    shown: Shown,
    /// Where the viewer's other tickets are.
    #[prop(into)]
    back: Signal<String>,
) -> impl IntoView {
    let t = common();
    move || {
        shown.lost.get().then(|| {
            view! { <Alert tone=Tone::Warning>{t.lost_sight} " " <a class="link" href=move || back.get()>{t.lost_back}</a></Alert> }
        })
    }
}

impl Shown {
    /// The ticket as it is shown, if it is this one.
    pub fn look(self, id: TicketId) -> Option<Ticket> {
        self.thread
            .try_with_untracked(|thread| (thread.ticket.ticket_id == id).then(|| thread.ticket.clone()))
            .flatten()
    }

    /// Shows the ticket like this, if it is this one: what is being done to it is shown before it is carried out.
    pub fn show(self, ticket: Ticket) {
        if self.look(ticket.ticket_id).is_some_and(|now| now != ticket) {
            self.thread.try_update(|thread| thread.ticket = ticket);
        }
    }

    /// Which ticket it is.
    pub fn id(self) -> TicketId {
        self.thread.with_untracked(|thread| thread.ticket.ticket_id)
    }

    /// Reads the ticket anew, one reading at a time.
    pub fn read_again(self) {
        if self.read.pending().get_untracked() {
            self.again.set_value(true);
        } else {
            self.read.dispatch(());
        }
    }

    /// Reads the ticket anew whenever this changes: the version of an action, say.
    pub fn again_after<T: PartialEq + 'static>(self, changes: impl Fn() -> T + 'static) {
        Effect::new(move |before: Option<T>| {
            let now = changes();
            if before.is_some_and(|before| before != now) {
                self.read_again();
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
    /// What happened to the ticket, without its messages; nor what happened to those that were merged into it.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.items.iter().filter_map(|item| match item {
            Item::Event(event) if event.ticket_id == self.ticket.ticket_id => Some(event),
            _ => None,
        })
    }
}
