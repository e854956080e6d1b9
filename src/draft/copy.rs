//! The server's copy of a draft. What is typed reaches it within two seconds, and when the page is left; until it does,
//! and whenever it cannot, the browser's own copy is there. One save at a time, each naming the version that this window
//! had before it: of two texts that do not know of each other the server keeps both.

use super::{Draft, Met, storage, store};
use crate::{
    form::named,
    pages::shared::shown::Shown,
    rpc::drafts::{SaveDraft, save_draft},
    ui::time::now_millis,
    viewer::{remote, viewer},
};
use contract::{
    Code, Problem,
    draft::{self, DraftEdit, DraftKind, DraftVersion, SavedDraft},
    id::{PersonId, TicketId},
    text::is_blank,
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, server_fn::ServerFn, task::spawn_local};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use web_sys::UrlSearchParams;

/// How long typing goes on before it is saved.
const PAUSE: Duration = Duration::from_millis(1_500);
/// After a save that did not arrive: twice as long each time, up to the second.
const RETRY: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(60));

/// A draft and its copy on the server.
#[derive(Clone, Copy)]
pub struct ServerCopy {
    /// Who writes.
    whose: Option<PersonId>,
    draft: Draft,
    ticket: TicketId,
    kind: DraftKind,
    /// What the server has, as far as this window knows.
    there: RwSignal<Option<draft::Draft>>,
    /// Why the last save did not arrive.
    problem: RwSignal<Option<Problem>>,
    other: RwSignal<Option<Other>>,
    /// How the text stands to the server's while that was never seen here.
    apart: StoredValue<Option<About>>,
    /// A text to be put in place of the present one, once that is saved.
    wanted: StoredValue<Option<String>>,
    sending: StoredValue<bool>,
    timer: StoredValue<Option<TimeoutHandle>>,
    failures: StoredValue<u32>,
}

/// The other of two texts that did not know of each other: an earlier version now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// Of another window, and replaced by what was typed here.
    Elsewhere(DraftVersion),
    /// Typed here, and older than what another window saved.
    Here(DraftVersion),
}

/// What the browser remembers of a text besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct About {
    /// The server's version that it goes on from.
    version: Option<i64>,
    typed_at: Option<i64>,
    /// Whether the server has it.
    saved: bool,
}

/// The server's copy of this draft of the ticket; none where a gateway keeps the tickets.
pub fn use_server_copy(shown: Shown, kind: DraftKind, draft: Draft) -> Option<ServerCopy> {
    if remote() {
        return None;
    }
    let there = shown.thread.with_untracked(|thread| thread.drafts.iter().find(|there| there.kind == kind).cloned());
    let copy = ServerCopy {
        whose: viewer().map(|viewer| viewer.person.id),
        draft,
        ticket: shown.id(),
        kind,
        there: RwSignal::new(there),
        problem: RwSignal::new(None),
        other: RwSignal::new(None),
        apart: StoredValue::new(None),
        wanted: StoredValue::new(None),
        sending: StoredValue::new(false),
        timer: StoredValue::new(None),
        failures: StoredValue::new(0),
    };
    Effect::new(move |before: Option<Option<String>>| {
        let met = draft.met.get()?;
        let now = draft.text.get();
        match before.flatten() {
            None => copy.meet(met),
            Some(before) if before != now => copy.changed(),
            Some(_) => {}
        }
        Some(now)
    });
    Effect::new(move |_| copy.watch_window());
    Some(copy)
}

impl ServerCopy {
    /// Which ticket and kind it is of.
    pub const fn of(self) -> (TicketId, DraftKind) {
        (self.ticket, self.kind)
    }

    /// Whether the page runs, so that there is something to tell of it.
    pub fn is_awake(self) -> bool {
        self.draft.met.with(Option::is_some)
    }

    /// Whether anything is written.
    pub fn is_written(self) -> bool {
        self.draft.text.with(|text| !is_blank(text))
    }

    /// When the text was saved; none while it is not.
    pub fn saved_at(self) -> Option<String> {
        let text = self.draft.text.get();
        self.there.with(|there| {
            there.as_ref().filter(|there| is_same(&there.text, &text)).map(|there| there.saved_at.clone())
        })
    }

    /// Why the text could not be saved.
    pub fn problem(self) -> Option<Problem> {
        self.problem.get()
    }

    /// How many earlier versions there are.
    pub fn earlier(self) -> i64 {
        self.there.with(|there| there.as_ref().map_or(0, |there| there.earlier))
    }

    /// The other of two texts that did not know of each other.
    pub fn other(self) -> Option<Other> {
        self.other.get()
    }

    /// Puts an earlier text in place of the present one, which becomes an earlier version first.
    pub fn restore(self, text: String) {
        self.other.set(None);
        self.wanted.set_value(Some(text));
        self.push();
    }

    /// Looks at what the browser remembered and what the server has: nothing typed here that the server does not have is
    /// overwritten, and nothing there either.
    fn meet(self, met: Met) {
        let about = self.about();
        let text = self.draft.text.get_untracked();
        let known = met == Met::Remembered && about.map_or(text.is_empty(), |about| about.saved);
        if self.is_saved(&text) {
            self.note();
        } else if known {
            self.adopt();
        } else {
            let typed_at = about.and_then(|about| about.typed_at).filter(|_| met == Met::Remembered);
            self.apart.set_value(Some(About { version: about.and_then(|a| a.version), typed_at, saved: false }));
            self.push();
        }
    }

    fn changed(self) {
        self.apart.update_value(|apart| *apart = apart.map(|apart| About { typed_at: None, ..apart }));
        self.note();
        let text = self.draft.text.get_untracked();
        if is_blank(&text) {
            self.other.set(None);
        }
        let saved = self.is_saved(&text);
        if saved || self.is_refused() {
            self.problem.set(None);
        }
        if !saved {
            self.push_in(PAUSE);
        }
    }

    /// Puts the server's text in the textarea.
    fn adopt(self) {
        let text = self.there.with_untracked(|there| there.as_ref().map(|there| there.text.clone()));
        self.draft.text.set(text.unwrap_or_default());
        self.note();
    }

    /// Saves in a while, unless that is coming already: who types on and on is saved too.
    fn push_in(self, pause: Duration) {
        if self.timer.with_value(Option::is_none) {
            let timer = set_timeout_with_handle(
                move || {
                    // The page may have been left.
                    if self.timer.try_set_value(None).is_none() {
                        self.push();
                    }
                },
                pause,
            );
            self.timer.set_value(timer.ok());
        }
    }

    /// Saves now what is not saved yet.
    fn push(self) {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
            self.timer.set_value(None);
        }
        if self.sending.get_value() || self.is_refused() {
            return;
        }
        let Some(edit) = self.next() else { return };
        self.sending.set_value(true);
        spawn_local(async move {
            let DraftEdit { text, based_on, typed_ago, keeps_earlier } = edit.clone();
            let answer = save_draft(self.ticket, self.kind, text, based_on, typed_ago, keeps_earlier).await;
            // The page may have been left.
            if self.sending.try_set_value(false).is_some() {
                return;
            }
            match answer {
                Ok(saved) => self.arrived(&edit.text, saved),
                Err(error) => self.failed(error.problem()),
            }
        });
    }

    fn next(self) -> Option<DraftEdit> {
        let mut text = self.draft.text.get_untracked();
        let mut keeps_earlier = false;
        if self.is_saved(&text) {
            text = self.wanted.try_update_value(Option::take).flatten()?;
            keeps_earlier = true;
            self.draft.text.set(text.clone());
        }
        let apart = self.apart.get_value();
        let based_on = match apart {
            Some(apart) => apart.version,
            None => self.there.with_untracked(|there| there.as_ref().map(|there| there.version)),
        };
        let typed_ago = apart.and_then(|apart| apart.typed_at).map(|at| ((now_millis() - at) / 1000).max(0));
        Some(DraftEdit { text, based_on, typed_ago, keeps_earlier })
    }

    fn arrived(self, sent: &str, saved: SavedDraft) {
        let untouched = self.draft.text.with_untracked(|text| text == sent);
        let elsewhere = !is_same(&saved.draft.text, sent);
        self.failures.set_value(0);
        self.apart.set_value(None);
        self.problem.set(None);
        self.there.set(Some(saved.draft));
        if let Some(other) = saved.other {
            self.other.set(Some(if elsewhere { Other::Here(other) } else { Other::Elsewhere(other) }));
        }
        if elsewhere && untouched {
            self.adopt();
        }
        self.note();
        if self.wanted.with_value(Option::is_some) {
            self.push();
        } else if !self.is_saved(&self.draft.text.get_untracked()) {
            self.push_in(PAUSE);
        }
    }

    fn failed(self, problem: Problem) {
        self.wanted.set_value(None);
        let failures = self.failures.get_value();
        self.failures.set_value(failures + 1);
        if passes(&problem) {
            self.push_in(RETRY.0.saturating_mul(1 << failures.min(5)).min(RETRY.1));
        }
        self.problem.set(Some(problem));
    }

    /// What is under way when the page is left goes out all the same; what has no room in it stays in this browser.
    fn push_and_leave(self) {
        let Some(text) = self.draft.text.try_get_untracked().filter(|text| !self.is_saved(text)) else { return };
        let Some(edit) = self.next() else { return };
        let Ok(form) = UrlSearchParams::new() else { return };
        form.append("ticket_id", &self.ticket.to_string());
        form.append("kind", &self.kind.to_string());
        form.append("text", &text);
        for (name, value) in [("based_on", edit.based_on), ("typed_ago", edit.typed_ago)] {
            if let Some(value) = value {
                form.append(name, &value.to_string());
            }
        }
        _ = window()
            .navigator()
            .send_beacon_with_opt_url_search_params(&named(SaveDraft::url(), self.whose), Some(&form));
    }

    fn watch_window(self) {
        let now = |name: &str| window_event_listener_untyped(name, move |_| self.push());
        let soon = ["focusout", "visibilitychange", "focus", "online"].map(now);
        let leaving = window_event_listener_untyped("pagehide", move |_| self.push_and_leave());
        on_cleanup(move || {
            self.push_and_leave();
            soon.into_iter().for_each(WindowListenerHandle::remove);
            leaving.remove();
            if let Some(timer) = self.timer.get_value() {
                timer.clear();
            }
        });
    }

    /// Whether this text was refused for what it is, or where it is.
    fn is_refused(self) -> bool {
        self.problem.with_untracked(|problem| problem.as_ref().is_some_and(|problem| !passes(problem)))
    }

    fn is_saved(self, text: &str) -> bool {
        self.there.with_untracked(|there| is_same(there.as_ref().map_or("", |there| &there.text), text))
    }

    /// Remembers in the browser how the text stands to the server's.
    fn note(self) {
        let text = self.draft.text.get_untracked();
        let saved = self.is_saved(&text);
        let there = self.there.with_untracked(|there| there.as_ref().map(|there| there.version));
        let apart = self.apart.get_value().filter(|_| !saved);
        let version = apart.map_or(there, |apart| apart.version);
        let typed_at = apart.and_then(|apart| apart.typed_at).or_else(|| Some(now_millis()));
        let about = About { version, typed_at, saved };
        let value = if saved && text.is_empty() { None } else { serde_json::to_string(&about).ok() };
        store(&self.about_place(), value.as_deref());
    }

    fn about(self) -> Option<About> {
        let kept = storage()?.get_item(&self.about_place()).ok().flatten()?;
        serde_json::from_slice(kept.as_bytes()).ok()
    }

    fn about_place(self) -> String {
        self.draft.place.with_value(|place| format!("{place}:about"))
    }
}

/// Whether the same save may arrive later: the service not being there passes, and so does a session that ended, once
/// somebody signs in again.
fn passes(problem: &Problem) -> bool {
    problem.status >= 500 || matches!(problem.code, Code::Unauthenticated | Code::TooManyRequests | Code::TimedOut)
}

/// Whether one text is the other; one that shows nothing is none.
fn is_same(one: &str, other: &str) -> bool {
    one == other || (is_blank(one) && is_blank(other))
}
