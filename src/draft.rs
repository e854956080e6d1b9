//! Drafts: what somebody types is kept in their browser until it is sent, so that a reload, a closed tab or a session
//! that ended loses nothing. Each person has drafts of their own, for a browser may be shared.

use crate::{form::after_each, viewer::viewer};
use leptos::{html, prelude::*};
use web_sys::Storage;

/// The text of one textarea, kept until it is sent.
#[derive(Clone, Copy)]
pub struct Draft {
    /// What is typed. Setting it writes it into the textarea.
    pub text: RwSignal<String>,
    /// The textarea, see `TextArea`. It has no `prop:value`, which would wipe out what was typed before our code arrived.
    pub area: NodeRef<html::Textarea>,
    /// Where the browser keeps it.
    place: StoredValue<String>,
}

/// A draft kept under this key. Text that stands in the textarea already wins over what the browser remembers.
pub fn use_draft(key: impl std::fmt::Display) -> Draft {
    let person = viewer().map(|v| v.person.id.to_string()).unwrap_or_default();
    let draft = Draft {
        text: RwSignal::new(String::new()),
        area: NodeRef::new(),
        place: StoredValue::new(format!("draft:{person}:{key}")),
    };
    Effect::new(move |met: Option<bool>| {
        let Some(area) = draft.area.get() else { return met.unwrap_or_default() };
        if met == Some(true) {
            draft.text.with(|text| {
                if *text != area.value() {
                    area.set_value(text);
                }
            });
        } else {
            let standing = Some(area.value()).filter(|text| !text.is_empty());
            draft.text.set(standing.or_else(|| draft.remembered()).unwrap_or_default());
            area.set_value(&draft.text.get());
        }
        true
    });
    Effect::new(move |before: Option<String>| {
        let now = draft.text.get();
        if before.is_some_and(|before| before != now) {
            draft.remember(&now);
        }
        now
    });
    draft
}

impl Draft {
    /// Takes over what the textarea holds now.
    pub fn typed(self) {
        if let Some(area) = self.area.get_untracked() {
            self.text.set(area.value());
        }
    }

    /// Empties the textarea and forgets the draft: it was sent.
    pub fn clear(self) {
        self.text.set(String::new());
    }

    /// Clears whenever this number of successes grows.
    pub fn clear_after(self, successes: Signal<usize>) {
        after_each(successes, move || self.clear());
    }

    fn remembered(self) -> Option<String> {
        self.place.with_value(|place| storage()?.get_item(place).ok().flatten())
    }

    fn remember(self, text: &str) {
        // A browser that refuses to store, or has no room left, still has the text in its textarea.
        let Some(storage) = storage() else { return };
        self.place.with_value(|place| {
            _ = if text.is_empty() { storage.remove_item(place) } else { storage.set_item(place, text) };
        });
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
