//! What [`crate::http`] is in the browser.

use crate::form::AS_FOLDER;
use contract::id::PersonId;
use leptos::{
    prelude::{document, window},
    server_fn::client::set_server_url,
};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::Event;

/// What the page is marked with, and what is told, when all of it is awake.
const AWAKE: &str = "data-awake";

/// All of the page is awake, what came in a file of its own too.
pub fn awake() {
    if let Some(root) = document().document_element() {
        _ = root.set_attribute(AWAKE, "");
    }
    if let Ok(event) = Event::new(AWAKE) {
        _ = window().dispatch_event(&event);
    }
}

/// Whether the page is one that our code keeps by now: not on the server, and not while what it rendered comes to life.
pub fn is_awake() -> bool {
    cfg!(target_arch = "wasm32") && document().document_element().is_some_and(|root| root.has_attribute(AWAKE))
}

/// Does this once all of the page is awake. Until then the page has to be what the server rendered: what comes from
/// elsewhere has to wait.
pub fn when_awake(then: impl FnOnce() + 'static) {
    if is_awake() {
        then();
    } else {
        let then = Closure::once_into_js(then);
        _ = window().add_event_listener_with_callback(AWAKE, then.unchecked_ref());
    }
}

/// Does this when somebody first moves, touches or types on the page.
pub fn when_touched(then: impl FnOnce() + 'static) {
    let then = Rc::new(Cell::new(Some(then)));
    for sign in ["pointermove", "pointerdown", "keydown"] {
        let then = then.clone();
        let heard = Closure::<dyn Fn()>::new(move || {
            if let Some(then) = then.take() {
                then();
            }
        });
        _ = window().add_event_listener_with_callback(sign, heard.as_ref().unchecked_ref());
        heard.forget();
    }
}

/// No response is being written.
pub fn set_status(_status: u16) {}

/// No response is being written.
pub fn set_page_policy() {}

/// No request is being answered: what the server left travels in the page instead.
pub fn left_with_request<T>() -> Option<T> {
    None
}

/// 128 random bits in hex.
pub fn random_key() -> String {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Text for the inside of a `<textarea>`: the browser takes it as text.
pub fn in_textarea(text: String) -> String {
    text
}

/// From now on this page calls server functions in nobody's name but this person's: another window may have signed somebody else
/// in meanwhile. The server looks (`server/session.rs`).
pub fn call_as(person: PersonId) {
    let prefix: &'static str = Box::leak(format!("{AS_FOLDER}{person}").into_boxed_str());
    set_server_url(prefix);
}
