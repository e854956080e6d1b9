//! One stream for all tabs of a browser. Browsers open six connections to a host at most; a stream for every tab would
//! use them up. One tab holds a lock, listens to the stream and passes on what it hears; when it goes away the next
//! one takes over where that stopped. Web Locks and Broadcast Channel, both of the web platform; where there are no locks, as
//! on plain http, a lease in the browser's storage.

use crate::http::random_key;
use js_sys::{Date, Function, Promise, Reflect};
use leptos::{ev, prelude::*};
use std::{cell::Cell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{BroadcastChannel, MessageEvent, Storage};

/// How often a lease is looked at, and renewed by who holds it. A tab in the background may be let do so once a minute only.
const LOOKS: Duration = Duration::from_secs(5);
/// How long a lease lasts, in milliseconds, when a tab that holds it crashes. One that is closed gives it back.
const LASTS: i64 = 90_000;
/// After this, of two tabs that took a free lease at once one sees that the other was later.
const SETTLES: Duration = Duration::from_millis(100);

/// What the tabs of one viewer say to each other.
#[derive(Clone)]
pub struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Joins the tabs that go by this name, and listens to what they say. They hear nothing of themselves.
    pub fn join(name: &str, hear: impl Fn(&Self, &str) + 'static) -> Self {
        let tabs = Self(BroadcastChannel::new(name).ok());
        if let Some(channel) = &tabs.0 {
            let others = tabs.clone();
            let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
                if let Some(text) = message.data().as_string() {
                    hear(&others, &text);
                }
            });
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            // It listens as long as the tab is there.
            on_message.forget();
        }
        tabs
    }

    /// Says this to the others.
    pub fn say(&self, text: &str) {
        if let Some(channel) = &self.0 {
            _ = channel.post_message(&JsValue::from_str(text));
        }
    }
}

/// What a tab does to let the next one lead.
pub type StepDown = Box<dyn Fn()>;

/// Does this in one tab at a time: at once, or when those before have gone away or stepped down. Where the browser has
/// neither locks nor storage, every tab leads itself.
pub fn lead(name: &str, then: impl FnOnce(StepDown) + 'static) {
    let Some((locks, request)) = locks() else { return lead_by_lease(name, then) };
    let then = Closure::once_into_js(move |_lock: JsValue| {
        let mut then = Some(then);
        Promise::new(&mut |release: Function, _| {
            if let Some(then) = then.take() {
                then(Box::new(move || _ = release.call0(&JsValue::NULL)));
            }
        })
    });
    _ = request.call2(&locks, &JsValue::from_str(name), &then);
}

/// The browser's locks and how to ask for one.
fn locks() -> Option<(JsValue, Function)> {
    let locks = Reflect::get(&window().navigator(), &JsValue::from_str("locks")).ok()?;
    let request = Reflect::get(&locks, &JsValue::from_str("request")).ok()?.dyn_into().ok()?;
    Some((locks, request))
}

/// The same by a lease. Two tabs may lead for a while, when one was frozen for longer than its lease lasted: that costs a
/// connection, and what both say is heard once.
fn lead_by_lease(name: &str, then: impl FnOnce(StepDown) + 'static) {
    let Some(storage) = window().local_storage().ok().flatten() else { return then(Box::new(|| ())) };
    let lease = Lease { storage, place: format!("lease: {name}"), tab: random_key() };
    if !lease.take() && lease.holder().is_none() {
        // It keeps nothing.
        return then(Box::new(|| ()));
    }
    let over = Rc::new(Cell::new(false));
    let then = Rc::new(Cell::new(Some(then)));
    let look = {
        let (lease, over) = (lease.clone(), over.clone());
        move || {
            if over.get() || !lease.take() {
                return;
            }
            let (lease, over, then) = (lease.clone(), over.clone(), then.clone());
            set_timeout(
                move || {
                    if lease.is_own()
                        && let Some(then) = then.take()
                    {
                        then(Box::new(move || {
                            over.set(true);
                            lease.give_back();
                        }));
                    }
                },
                SETTLES,
            );
        }
    };
    look();
    // As long as the tab is there.
    let (again, place) = (look.clone(), lease.place.clone());
    _ = window_event_listener(ev::storage, move |change| {
        if change.key().as_ref() == Some(&place) && change.new_value().is_none() {
            again();
        }
    });
    _ = window_event_listener(ev::pagehide, move |_| lease.give_back());
    _ = set_interval_with_handle(look, LOOKS);
}

/// Who leads, and until when, as it stands in the storage that all tabs share.
#[derive(Clone)]
struct Lease {
    storage: Storage,
    place: String,
    /// This tab.
    tab: String,
}

impl Lease {
    /// The tab that holds it now.
    fn holder(&self) -> Option<String> {
        let kept = self.storage.get_item(&self.place).ok().flatten()?;
        let (tab, until) = kept.split_once(' ')?;
        (until.parse::<i64>().ok()? > now()).then(|| tab.to_owned())
    }

    fn is_own(&self) -> bool {
        self.holder().as_ref() == Some(&self.tab)
    }

    /// Takes it where it is free, or renews it; whether this tab holds it then.
    fn take(&self) -> bool {
        let free = self.holder().is_none_or(|holder| holder == self.tab);
        if free {
            _ = self.storage.set_item(&self.place, &format!("{} {}", self.tab, now() + LASTS));
        }
        free && self.is_own()
    }

    fn give_back(&self) {
        if self.is_own() {
            _ = self.storage.remove_item(&self.place);
        }
    }
}

/// Milliseconds since 1970. Whole ones: writing and reading others is much code.
fn now() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "until the year 287396")]
    let now = Date::now() as i64;
    now
}
