//! Putting something into a text where the caret is, chosen from a list that opens by a key or a button.

use crate::{draft::Draft, ui::keyboard::is_composing};
use leptos::{ev::KeyboardEvent, prelude::*};

/// A place in what is written in a draft.
#[derive(Clone, Copy)]
pub struct Insertion {
    draft: Draft,
    /// Whether the list is open.
    pub open: RwSignal<bool>,
    /// Where the caret stood, or what was selected. Not every browser keeps it while the list has the focus.
    place: StoredValue<(u32, u32)>,
}

/// A place in this draft.
pub fn use_insertion(draft: Draft) -> Insertion {
    Insertion { draft, open: RwSignal::new(false), place: StoredValue::new((0, 0)) }
}

impl Insertion {
    /// Opens the list instead of typing this key, if the character before the caret, or none, lets it stand for that.
    pub fn begin_by(self, pressed: &KeyboardEvent, after: impl Fn(Option<char>) -> bool) {
        if !is_composing(pressed) && self.draft.before_caret().is_some_and(after) {
            pressed.prevent_default();
            self.begin();
        }
    }

    /// Opens the list.
    pub fn begin(self) {
        self.place.set_value(self.draft.selection());
        self.open.set(true);
    }

    /// Puts the text where the caret was.
    pub fn insert(self, text: &str) {
        self.draft.insert(self.place.get_value(), text);
    }
}
