//! One stream for all tabs of a browser. Browsers open six connections to a host at most; a stream for every tab would
//! use them up. One tab holds a lock, listens to the stream and passes on what it hears; when it goes away the next
//! one takes over where that stopped. Web Locks and Broadcast Channel, both of the web platform.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

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

/// Does this in one tab at a time: at once, or when those before have gone away or stepped down. Where there are no
/// locks, as on plain http, every tab leads itself.
pub fn lead(name: &str, then: impl FnOnce(StepDown) + 'static) {
    let Some((locks, request)) = locks() else { return then(Box::new(|| ())) };
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
