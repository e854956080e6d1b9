//! Drafts: what somebody types is kept in their browser until it is sent, so that a reload, a closed tab or a session
//! that ended loses nothing. Each person has drafts of their own, for a browser may be shared. What staff write on a
//! ticket is kept on the server as well, see [`copy`].

pub mod copy;
mod fields;

use crate::{form::after_each, viewer::viewer};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlFormElement, Storage, StorageEvent, SubmitEvent};

/// The text of one textarea, kept until it is sent.
#[derive(Clone, Copy)]
pub struct Draft {
    /// What is typed. Setting it writes it into the textarea.
    pub text: RwSignal<String>,
    /// The textarea, see `TextArea`. It has no `prop:value`, which would wipe out what was typed before our code arrived.
    pub area: NodeRef<html::Textarea>,
    /// What was found when the textarea was met. In the browser only.
    met: RwSignal<Option<Met>>,
    /// Where the browser keeps it.
    place: StoredValue<String>,
    /// What stands there when nothing was typed; that is not kept.
    start: StoredValue<String>,
    /// What its form was sent with last.
    sent: StoredValue<Option<String>>,
}

/// Where the first text of a draft came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Met {
    /// The browser remembered it, or there was none.
    Remembered,
    /// It stood in the textarea already, and the browser had not remembered it.
    Standing,
}

/// A draft kept under this key. Text that stands in the textarea already wins over what the browser remembers.
pub fn use_draft(key: impl std::fmt::Display) -> Draft {
    use_draft_of(key, String::new())
}

/// The same under a key that changes: with it the text becomes the one that is kept there.
pub fn use_draft_at(key: Memo<String>) -> Draft {
    let draft = use_draft(key.get_untracked());
    let person = person();
    Effect::new(move |before: Option<String>| {
        let now = key.get();
        if before.is_some_and(|before| before != now) {
            draft.turn_to(place(&person, &now));
        }
        now
    });
    draft
}

/// A draft of another wording of this text, which stands in the textarea. What the browser remembers wins over the text.
pub fn use_draft_of(key: impl std::fmt::Display, start: String) -> Draft {
    let draft = Draft {
        text: RwSignal::new(start.clone()),
        area: NodeRef::new(),
        met: RwSignal::new(None),
        place: StoredValue::new(place(&person(), key)),
        start: StoredValue::new(start),
        sent: StoredValue::new(None),
    };
    Effect::new(move |_| {
        let Some(area) = draft.area.get() else { return };
        if draft.met.with_untracked(Option::is_none) {
            draft.meet(&area);
            return;
        }
        draft.text.with(|text| {
            if *text != area.value() {
                area.set_value(text);
            }
        });
    });
    let elsewhere = window_event_listener(ev::storage, move |change| draft.heard(&change));
    on_cleanup(move || elsewhere.remove());
    let sending = window_event_listener(ev::submit, move |submit| draft.is_sent_with(&submit));
    on_cleanup(move || sending.remove());
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

    /// Where the caret stands, or what is selected. The browser counts in UTF-16.
    pub fn selection(self) -> (u32, u32) {
        let place = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or(0);
        let area = self.area.get_untracked();
        area.map_or((0, 0), |area| (place(area.selection_start()), place(area.selection_end())))
    }

    /// The character before the caret, if there is one; `None` when something is selected.
    pub fn before_caret(self) -> Option<Option<char>> {
        let (start, end) = self.selection();
        let area = self.area.get_untracked().filter(|_| start == end)?;
        let before: Vec<u16> = area.value().encode_utf16().take(start as usize).collect();
        Some(char::decode_utf16(before).last().and_then(Result::ok))
    }

    /// Puts a text there, as if it was typed: the browser's own undo takes it back.
    pub fn insert(self, (start, end): (u32, u32), text: &str) {
        let Some(area) = self.area.get_untracked() else { return };
        _ = area.focus();
        _ = area.set_selection_range(start, end);
        let page = document().dyn_into::<HtmlDocument>().ok();
        let typed = page.and_then(|page| page.exec_command_with_show_ui_and_value("insertText", false, text).ok());
        if typed != Some(true) {
            _ = area.set_range_text(text);
        }
        self.typed();
    }

    /// Notes what goes out, when it is its form that is sent.
    fn is_sent_with(self, submit: &SubmitEvent) {
        let form = self.area.try_get_untracked().flatten().and_then(|area| area.form());
        let target = submit.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        if form.is_some() && form == target {
            self.sent.set_value(Some(self.text.get_untracked()));
        }
    }

    /// Forgets what was sent, here and in other windows, and empties the textarea but for what was typed since.
    pub fn clear(self) {
        let text = self.text.get_untracked();
        let sent = self.sent.try_update_value(Option::take).flatten().unwrap_or_else(|| text.clone());
        self.place.with_value(|place| {
            // Other windows hear it pass by.
            store(&sent_at(place), Some(&sent));
            store(&sent_at(place), None);
        });
        self.text.set(typed_since(&sent, &text).to_owned());
    }

    /// Clears whenever this number of successes grows.
    pub fn clear_after(self, successes: Signal<usize>) {
        after_each(successes, move || self.clear());
    }

    /// Another window has sent this very text: it would be sent twice.
    fn heard(self, change: &StorageEvent) {
        let is_of_this = self.place.try_with_value(|place| change.key() == Some(sent_at(place)));
        let sent = change.new_value().filter(|_| is_of_this == Some(true));
        if sent.is_some_and(|sent| self.text.with_untracked(|text| *text == sent)) {
            self.text.set(self.start.get_value());
        }
    }

    /// Whenever this number of successes grows, what was typed has become the text.
    pub fn kept_after(self, successes: Signal<usize>) {
        after_each(successes, move || {
            let text = self.text.get_untracked();
            self.start.set_value(text.clone());
            self.remember(&text);
        });
    }

    fn turn_to(self, place: String) {
        self.place.set_value(place);
        if self.met.with_untracked(Option::is_some) {
            self.text.set(self.remembered().unwrap_or_default());
        }
    }

    fn meet(self, area: &web_sys::HtmlTextAreaElement) {
        let remembered = self.remembered();
        let standing = Some(area.value()).filter(|text| self.is_typed(text) && Some(text) != remembered.as_ref());
        if let Some(standing) = &standing {
            self.remember(standing);
        }
        self.met.set(Some(if standing.is_some() { Met::Standing } else { Met::Remembered }));
        self.text.set(standing.or(remembered).unwrap_or_else(|| self.start.get_value()));
        // Here too, for this is the reading that the effect follows the text by.
        area.set_value(&self.text.get());
    }

    fn remembered(self) -> Option<String> {
        self.place.with_value(|place| storage()?.get_item(place).ok().flatten())
    }

    fn remember(self, text: &str) {
        self.place.with_value(|place| store(place, self.is_typed(text).then_some(text)));
    }

    fn is_typed(self, text: &str) -> bool {
        self.start.with_value(|start| start != text)
    }
}

/// Whose drafts these are.
fn person() -> String {
    viewer().map(|v| v.person.id.to_string()).unwrap_or_default()
}

/// Where this person's draft of this key is kept.
fn place(person: &str, key: impl std::fmt::Display) -> String {
    format!("draft:{person}:{key}")
}

/// Where it is told what was sent of the draft that is kept here.
fn sent_at(place: &str) -> String {
    format!("{place}:sent")
}

/// What of this text was typed since that one was sent: what follows it, or all of it when it was changed.
fn typed_since<'a>(sent: &str, text: &'a str) -> &'a str {
    text.strip_prefix(sent).map_or(text, str::trim_start)
}

/// Keeps this in the browser, or nothing. A browser that refuses to store, or has no room left, still has the text in its
/// textarea.
fn store(place: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    _ = match value {
        Some(value) => storage.set_item(place, value),
        None => storage.remove_item(place),
    };
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::typed_since;

    #[test]
    fn what_was_typed_while_a_text_was_on_its_way_stays() {
        for (sent, text, left) in [
            ("First.", "First.", ""),
            ("First.", "First. Second thought.", "Second thought."),
            ("First.", "", ""),
            ("First.", "Changed meanwhile", "Changed meanwhile"),
            ("", "", ""),
        ] {
            assert_eq!(typed_since(sent, text), left, "{sent} {text}");
        }
    }
}
