//! How many notifications the viewer has not seen. The count comes with the page and is read anew when the live feed says
//! so. Staff only, and not where a gateway keeps the tickets.

use crate::{
    http,
    json::shared,
    reading::{Reading, use_reading},
    rpc, viewer,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the server counted for the page.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Counted(pub i64);

/// The count, as it was read last.
#[derive(Clone, Copy)]
pub struct Unread {
    count: RwSignal<i64>,
    /// What the live feed had told when it was read.
    heard: StoredValue<u64>,
    reading: Reading,
}

/// Whether the viewer has notifications at all.
pub fn offered() -> bool {
    viewer::role().is_staff() && !viewer::remote()
}

/// Takes over the count from the server and puts it in context. Called once, by the application.
pub fn provide_unread() {
    let counted = shared(http::left_with_request::<Counted>);
    provide_context(Unread {
        count: RwSignal::new(counted.map_or(0, |counted| counted.0)),
        heard: StoredValue::new(0),
        reading: use_reading(),
    });
}

/// The viewer's unread notifications.
pub fn unread() -> Unread {
    expect_context()
}

impl Unread {
    /// How many.
    pub fn count(self) -> i64 {
        self.count.get()
    }

    /// Counts anew when the live feed has told something since. Called by the bell, which is then awake: a count that
    /// changed before would not be the one on the page.
    pub fn hear(self, version: u64) {
        if self.heard.get_value() != version {
            self.heard.set_value(version);
            self.refresh();
        }
    }

    /// Counts anew.
    pub fn refresh(self) {
        self.reading.again(move || async move {
            // A reading that failed changes nothing; the next one makes up for it.
            if let Ok(count) = rpc::notifications::count_unread().await
                && self.count.get_untracked() != count
            {
                self.count.set(count);
            }
        });
    }
}
