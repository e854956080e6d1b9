//! Live updates: an event stream tells that something happened, and what is shown refetches. An event carries no state
//! to render, so there is one rendering path, and every refetch passes the policy.
//!
//! All tabs of one viewer share a stream: one of them listens and says on to the others what it hears.

mod tabs;

use crate::{http::browser::when_awake, viewer::viewer};
use contract::{
    event::Heard,
    id::{PersonId, TicketId},
    presence::{Presence, Present},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, time::Duration};
use tabs::{StepDown, Tabs};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{EventSource, MessageEvent};

/// What the page is marked with once it hears what happens.
const LIVE: &str = "data-live";
/// How long a connection may be gone before the viewer is told: a reload or a restart is quicker.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the stream has brought.
#[derive(Clone, Copy)]
pub struct Live {
    /// The newest event, whichever ticket it belongs to.
    pub latest: RwSignal<Option<Heard>>,
    /// How often the whole picture has to be read anew: after a gap that the stream could not fill.
    pub resets: RwSignal<u64>,
    /// Who else of staff is at which ticket. Nobody, for customers.
    pub present: RwSignal<HashMap<TicketId, Vec<Present>>>,
    /// Why nothing is heard any more, when that is so.
    pub silence: RwSignal<Option<Silence>>,
    /// How often the viewer's notifications changed.
    notified: RwSignal<u64>,
    /// The last event that was heard of.
    seen: StoredValue<Option<i64>>,
    /// Whether this tab hears the stream itself.
    leading: StoredValue<bool>,
    /// How often the connection was made or lost: what is said later of an earlier loss is void.
    turns: StoredValue<u64>,
}

/// Why nothing is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// The connection is lost; the browser tries again.
    Lost,
    /// The session has ended.
    Over,
}

/// What one tab says to a tab that has just come.
#[derive(Serialize, Deserialize)]
struct Here {
    seen: Option<i64>,
    present: Vec<Presence>,
}

/// Puts the live feed in context and, in the browser of somebody signed in, listens to it. Called once, by the
/// application.
pub fn provide_live() {
    let live = Live {
        latest: RwSignal::new(None),
        resets: RwSignal::new(0),
        present: RwSignal::new(HashMap::new()),
        silence: RwSignal::new(None),
        notified: RwSignal::new(0),
        seen: StoredValue::new(None),
        leading: StoredValue::new(false),
        turns: StoredValue::new(0),
    };
    provide_context(live);
    if let Some(me) = viewer().map(|viewer| viewer.person.id) {
        Effect::new(move |_| when_awake(move || live.listen(me)));
    }
}

/// The live feed.
pub fn live() -> Live {
    expect_context()
}

impl Live {
    /// A number that grows with every event of this ticket: resources that show it depend on it.
    pub fn version_of(self, ticket: impl Fn() -> Option<TicketId> + Send + Sync + 'static) -> Memo<i64> {
        let seq = Memo::new(move |before: Option<&i64>| {
            let seq = self.latest.with(|event| event.as_ref().filter(|e| Some(e.ticket_id) == ticket()).map(|e| e.seq));
            seq.unwrap_or_else(|| before.copied().unwrap_or(0))
        });
        Memo::new(move |_| seq.get() + i64::try_from(self.resets.get()).unwrap_or(0))
    }

    /// A number that grows with every event the viewer may hear of.
    pub fn version(self) -> Memo<i64> {
        Memo::new(move |_| {
            let resets = i64::try_from(self.resets.get()).unwrap_or(0);
            self.latest.with(|event| event.as_ref().map_or(0, |e| e.seq)) + resets
        })
    }

    /// A number that grows when the viewer's notifications may have changed.
    pub fn told(self) -> Memo<u64> {
        Memo::new(move |_| self.notified.get() + self.resets.get())
    }

    /// Hears what other tabs of this person say, and leads them when no other does.
    fn listen(self, person: PersonId) {
        let name = format!("live of {person}");
        let tabs = Tabs::join(&name, move |others, text| {
            let (kind, data) = text.split_once('\n').unwrap_or((text, ""));
            match kind {
                "hello" if self.leading.get_value() => others.say(&said("here", &self.here())),
                kind => self.hear(kind, data),
            }
        });
        tabs.say("hello");
        tabs::lead(&name, move |step_down| self.open(person, tabs, step_down));
    }

    /// What this tab knows.
    fn here(self) -> String {
        let present = self.present.with_untracked(|all| {
            all.iter().map(|(id, people)| Presence { ticket_id: *id, people: people.clone() }).collect()
        });
        serde_json::to_string(&Here { seen: self.seen.get_value(), present }).unwrap_or_default()
    }

    /// Takes in one thing that was said, by the stream or by the tab that hears it.
    fn hear(self, kind: &str, data: &str) {
        match kind {
            "message" => {
                // A stream that was opened anew may repeat what was heard by the one before.
                if let Ok(event) = serde_json::from_slice::<Heard>(data.as_bytes())
                    && self.seen.get_value().is_none_or(|seen| event.seq > seen)
                {
                    self.seen.set_value(Some(event.seq));
                    self.latest.set(Some(event));
                }
            }
            "reset" => {
                self.seen.set_value(data.parse().ok());
                self.present.set(HashMap::new());
                self.resets.update(|n| *n += 1);
                self.is_live();
            }
            "ready" => {
                if self.seen.get_value().is_none() {
                    self.seen.set_value(data.parse().ok());
                }
                // Whoever is present is told anew.
                self.present.set(HashMap::new());
                self.has_begun();
            }
            "here" if self.resets.get_untracked() == 0 => {
                if let Ok(here) = serde_json::from_slice::<Here>(data.as_bytes()) {
                    self.seen.set_value(here.seen);
                    self.present.set(here.present.into_iter().map(|at| (at.ticket_id, at.people)).collect());
                    self.has_begun();
                }
            }
            "presence" => {
                if let Ok(Presence { ticket_id, people }) = serde_json::from_slice(data.as_bytes()) {
                    self.present.update(|all| match people.is_empty() {
                        true => _ = all.remove(&ticket_id),
                        false => _ = all.insert(ticket_id, people),
                    });
                }
            }
            "notifications" => self.notified.update(|n| *n += 1),
            "lost" => self.fall_silent(Silence::Lost),
            "over" => self.fall_silent(Silence::Over),
            _ => (),
        }
    }

    /// What happened between the rendering of the page and now is in neither the page nor the stream. A stream that
    /// opens again goes on where it was.
    fn has_begun(self) {
        if self.resets.get_untracked() == 0 {
            self.resets.set(1);
        }
        self.is_live();
    }

    fn is_live(self) {
        self.turns.update_value(|turns| *turns += 1);
        self.silence.set(None);
        if let Some(root) = document().document_element() {
            _ = root.set_attribute(LIVE, "");
        }
    }

    fn fall_silent(self, why: Silence) {
        self.turns.update_value(|turns| *turns += 1);
        let turn = self.turns.get_value();
        let tell = move || {
            if self.turns.try_get_value() == Some(turn) {
                self.silence.try_set(Some(why));
            }
        };
        set_timeout(tell, PATIENCE);
    }

    /// Listens to the stream, from after what was heard last, and says it on to the other tabs.
    fn open(self, person: PersonId, tabs: Tabs, step_down: StepDown) {
        let after = self.seen.get_value().map(|seen| format!("&after={seen}")).unwrap_or_default();
        let Ok(source) = EventSource::new(&format!("/live?as={person}{after}")) else { return };
        for kind in ["message", "reset", "ready", "presence", "notifications"] {
            let tabs = tabs.clone();
            let on_line = Closure::<dyn Fn(MessageEvent)>::new(move |line: MessageEvent| {
                let data = match kind {
                    "reset" | "ready" => line.last_event_id(),
                    _ => line.data().as_string().unwrap_or_default(),
                };
                self.leading.set_value(true);
                self.hear(kind, &data);
                tabs.say(&said(kind, &data));
            });
            _ = source.add_event_listener_with_callback(kind, on_line.as_ref().unchecked_ref());
            // The stream lives as long as the tab.
            on_line.forget();
        }
        let stream = source.clone();
        let on_error = Closure::<dyn Fn()>::new(move || {
            let over = stream.ready_state() == EventSource::CLOSED;
            let kind = if over { "over" } else { "lost" };
            self.leading.set_value(false);
            self.hear(kind, "");
            tabs.say(kind);
            if over {
                step_down();
            }
        });
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
    }
}

fn said(kind: &str, data: &str) -> String {
    format!("{kind}\n{data}")
}
