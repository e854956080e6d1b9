//! Live updates: one event stream per tab tells that something happened, and what is shown refetches. An event carries
//! no state to render, so there is one rendering path, and every refetch passes the policy.

use crate::{http::browser::when_awake, viewer::viewer};
use contract::{
    event::Event,
    id::TicketId,
    presence::{Presence, Present},
};
use leptos::prelude::*;
use std::collections::HashMap;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{EventSource, MessageEvent};

/// What the stream has brought.
#[derive(Clone, Copy)]
pub struct Live {
    /// The newest event, whichever ticket it belongs to.
    pub latest: RwSignal<Option<Event>>,
    /// How often the whole picture has to be read anew: after a gap that the stream could not fill.
    pub resets: RwSignal<u64>,
    /// Who else of staff is at which ticket. Nobody, for customers.
    pub present: RwSignal<HashMap<TicketId, Vec<Present>>>,
    /// How often the viewer's notifications changed.
    notified: RwSignal<u64>,
    /// Whether the stream is open.
    pub connected: RwSignal<bool>,
}

/// Puts the live feed in context and, in the browser of somebody signed in, opens it. Called once, by the application.
pub fn provide_live() {
    let live = Live {
        latest: RwSignal::new(None),
        resets: RwSignal::new(0),
        present: RwSignal::new(HashMap::new()),
        notified: RwSignal::new(0),
        connected: RwSignal::new(false),
    };
    provide_context(live);
    if viewer().is_some() {
        Effect::new(move |_| when_awake(move || live.open()));
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

    fn open(self) {
        let Ok(source) = EventSource::new("/live") else { return };
        let on_event = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            let text = message.data().as_string().unwrap_or_default();
            if let Ok(event) = serde_json::from_str::<Event>(&text) {
                self.latest.set(Some(event));
            }
        });
        let on_reset = Closure::<dyn Fn()>::new(move || self.resets.update(|n| *n += 1));
        // What happened between the rendering of the page and the opening of the stream is in neither. A stream that
        // opens again says `ready` too, but goes on where it was.
        let on_ready = Closure::<dyn Fn()>::new(move || {
            // Whoever is present is told anew.
            self.present.set(HashMap::new());
            if self.resets.get_untracked() == 0 {
                self.resets.set(1);
            }
        });
        let on_presence = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            let text = message.data().as_string().unwrap_or_default();
            if let Ok(Presence { ticket_id, people }) = serde_json::from_str(&text) {
                self.present.update(|all| match people.is_empty() {
                    true => _ = all.remove(&ticket_id),
                    false => _ = all.insert(ticket_id, people),
                });
            }
        });
        let on_notified = Closure::<dyn Fn()>::new(move || self.notified.update(|n| *n += 1));
        let on_open = Closure::<dyn Fn()>::new(move || self.connected.set(true));
        let on_error = Closure::<dyn Fn()>::new(move || self.connected.set(false));
        source.set_onmessage(Some(on_event.as_ref().unchecked_ref()));
        _ = source.add_event_listener_with_callback("reset", on_reset.as_ref().unchecked_ref());
        _ = source.add_event_listener_with_callback("ready", on_ready.as_ref().unchecked_ref());
        _ = source.add_event_listener_with_callback("presence", on_presence.as_ref().unchecked_ref());
        _ = source.add_event_listener_with_callback("notifications", on_notified.as_ref().unchecked_ref());
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // The stream lives as long as the tab.
        on_event.forget();
        on_reset.forget();
        on_ready.forget();
        on_presence.forget();
        on_notified.forget();
        on_open.forget();
        on_error.forget();
    }
}
