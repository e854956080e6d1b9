//! At which ticket the viewer stands: the one whose page is open, or the one that a key has just led to. Its row is marked
//! and painted first, its page is built after that: whoever holds `j` down sees each row, and builds the last page only.

use super::commands::{Commands, commands};
use contract::id::TicketId;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::time::Duration;

/// How soon it is looked again whether the first page is there.
const SOON: Duration = Duration::from_millis(20);
/// How long that is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where the viewer stands.
#[derive(Clone, Copy)]
pub struct Standing {
    next: RwSignal<Option<TicketId>>,
    commands: Commands,
    /// Whether the first page of a ticket is being built: its code may have to come first, and the router would take a second
    /// ticket for the same page.
    building: StoredValue<bool>,
    open: Memo<Option<TicketId>>,
    /// The ticket that is open, or about to be.
    pub at: Memo<Option<TicketId>>,
}

/// Puts it in context. Called once, by the frame of the desk, after its commands.
pub fn provide_standing() -> Standing {
    let path = use_location().pathname;
    let next = RwSignal::new(None);
    let open = Memo::new(move |_| path.with(|path| path.strip_prefix("/desk/tickets/")?.parse().ok()));
    let building = StoredValue::new(false);
    Effect::new(move |_| {
        path.track();
        // What was pressed while the first page is being built is meant still.
        let waits = building.get_value() && open.get_untracked().is_some_and(|open| next.get_untracked() != Some(open));
        if !waits {
            next.set(None);
        }
    });
    let standing = Standing {
        next,
        commands: commands(),
        building,
        at: Memo::new(move |_| next.get().or_else(|| open.get())),
        open,
    };
    provide_context(standing);
    standing
}

/// Where the viewer stands.
pub fn standing() -> Standing {
    expect_context()
}

impl Standing {
    /// Goes to this ticket: `open` is called once that was painted, unless the viewer went elsewhere meanwhile.
    pub fn go(self, id: TicketId, open: impl FnOnce() + 'static) {
        self.next.set(Some(id));
        self.commands.set_under_way(true);
        // A timer that is set before a frame is painted runs after it.
        request_animation_frame(move || set_timeout(move || self.arrive(id, open), Duration::ZERO));
    }

    fn arrive(self, id: TicketId, open: impl FnOnce() + 'static) {
        if self.next.try_get_untracked() != Some(Some(id)) {
            return;
        }
        if self.building.get_value() {
            set_timeout(move || self.arrive(id, open), SOON);
            return;
        }
        if self.open.get_untracked().is_none() {
            self.building.set_value(true);
            // Its page may be refused.
            set_timeout(move || self.built(), PATIENCE);
        }
        open();
    }

    /// The page of a ticket is there.
    pub fn built(self) {
        self.building.try_set_value(false);
    }

    /// Goes nowhere after all.
    pub fn stay(self) {
        self.next.set(None);
        self.commands.set_under_way(false);
    }
}
