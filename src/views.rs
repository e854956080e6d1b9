//! The viewer's views, with how many tickets each has. They come with the page and are read anew when something happened.

use crate::{
    http,
    json::shared,
    reading::{Reading, use_reading},
    rpc, viewer,
};
use contract::{
    id::ViewId,
    view::{Preset, View, Views},
};
use leptos::prelude::*;

/// The views, as they were read last.
#[derive(Clone, Copy)]
pub struct Kept {
    views: RwSignal<Views>,
    /// A view that is looked for, and one that was and is not there.
    sought: StoredValue<Option<ViewId>>,
    missing: RwSignal<Option<ViewId>>,
    /// What the live feed had told when they were read.
    heard: StoredValue<i64>,
    reading: Reading,
}

/// Takes over the views from the server and puts them in context. Called once, by the application.
pub fn provide_views() {
    let views = shared(http::left_with_request::<Views>);
    provide_context(Kept {
        views: RwSignal::new(views.unwrap_or_default()),
        sought: StoredValue::new(None),
        missing: RwSignal::new(None),
        heard: StoredValue::new(0),
        reading: use_reading(),
    });
}

/// The viewer's views.
pub fn kept_views() -> Kept {
    expect_context()
}

impl Kept {
    /// The saved ones: the viewer's own, then the shared ones.
    pub fn saved<T>(self, of: impl FnOnce(&[View]) -> T) -> T {
        self.views.with(|views| of(&views.saved))
    }

    /// The saved view of this id.
    pub fn find(self, id: ViewId) -> Option<View> {
        self.saved(|views| views.iter().find(|view| view.view_id == id).cloned())
    }

    /// How many tickets this preset has, where that is counted.
    pub fn count(self, preset: Preset) -> Option<i64> {
        self.views.with(|views| views.presets.iter().find(|count| count.preset == preset).map(|count| count.count))
    }

    /// Whether this view may yet be found: somebody has just saved it.
    pub fn may_come(self, id: ViewId) -> bool {
        !viewer::remote() && self.missing.get() != Some(id) && self.find(id).is_none()
    }

    /// Looks for a view that is not known yet.
    pub fn look_for(self, id: ViewId) {
        if self.may_come(id) {
            self.sought.set_value(Some(id));
            self.refresh();
        }
    }

    /// Reads the views anew when the live feed has told something since.
    pub fn hear(self, version: i64) {
        if self.heard.get_value() != version {
            self.heard.set_value(version);
            self.refresh();
        }
    }

    /// Reads the views anew. Where a gateway keeps the tickets there are none.
    pub fn refresh(self) {
        if viewer::remote() {
            return;
        }
        self.reading.again(move || async move {
            let sought = self.sought.get_value();
            // A reading that failed changes nothing; the next event reads again.
            if let Ok(views) = rpc::views::all_views().await
                && self.views.with_untracked(|before| *before != views)
            {
                self.views.set(views);
            }
            if sought.is_some() && self.sought.get_value() == sought {
                self.sought.set_value(None);
                self.missing.set(sought);
            }
        });
    }
}
