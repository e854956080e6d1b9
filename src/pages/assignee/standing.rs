//! At which ticket the viewer stands: the one whose page is open, or the one that a key has just led to. Its row is marked
//! and painted first, its page is built after that: whoever holds `j` down sees each row, and builds the last page only.

use super::commands::{Commands, commands};
use contract::id::TicketId;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::time::Duration;

/// Where the viewer stands.
#[derive(Clone, Copy)]
pub struct Standing {
    next: RwSignal<Option<TicketId>>,
    commands: Commands,
    /// The ticket that is open, or about to be.
    pub at: Memo<Option<TicketId>>,
}

/// Puts it in context. Called once, by the frame of the desk, after its commands.
pub fn provide_standing() -> Standing {
    let path = use_location().pathname;
    let next = RwSignal::new(None);
    let open = Memo::new(move |_| path.with(|path| path.strip_prefix("/desk/tickets/")?.parse().ok()));
    Effect::new(move |_| {
        path.track();
        next.set(None);
    });
    let standing = Standing { next, commands: commands(), at: Memo::new(move |_| next.get().or_else(|| open.get())) };
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
        request_animation_frame(move || {
            let open = move || {
                if self.next.try_get_untracked() == Some(Some(id)) {
                    open();
                }
            };
            set_timeout(open, Duration::ZERO);
        });
    }

    /// Goes nowhere after all.
    pub fn stay(self) {
        self.next.set(None);
        self.commands.set_under_way(false);
    }
}
