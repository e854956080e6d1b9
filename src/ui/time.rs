//! Times: relative on screen, absolute in the tooltip, in the reader's own zone where a pointer asks for it. They are
//! written as text; one clock keeps all of them true.

use super::written::{Written, written};
use crate::{format, json::shared};
use leptos::{ev, prelude::*};
use maud::{Markup, html};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// The time that the page counts from: the server's at first, so that both render the same text; then the browser's.
#[derive(Clone, Copy)]
pub struct Now(RwSignal<i64>);

/// Puts the current time in context and keeps it going in the browser. Called once, by the application.
pub fn provide_now() {
    let now = RwSignal::new(shared(now_millis));
    provide_context(Now(now));
    Effect::new(move |_| {
        let tick = move || {
            now.set(now_millis());
            retell(now.get_untracked());
        };
        if let Ok(tick) = set_interval_with_handle(tick, Duration::from_secs(30)) {
            on_cleanup(move || tick.clear());
        }
        let over = window_event_listener(ev::pointerover, |over| localise(&over));
        on_cleanup(move || over.remove());
    });
}

/// The day it is, in UTC: `2026-11-22`.
pub fn today() -> Memo<String> {
    let Now(now) = now();
    Memo::new(move |_| format::day(now.get()))
}

/// The time that the page counts from: who tells many times asks for it once.
pub fn now() -> Now {
    expect_context()
}

impl Now {
    /// See [`time`].
    pub fn time(self, at: &str, short: bool) -> Markup {
        let kind = if short { "short" } else { "long" };
        html! { time datetime=(at) title=(format::moment(at)) data-age=(kind) { (age(at, short, self.0.get_untracked())) } }
    }
}

/// How long ago, in words or short; kept true by [`provide_now`].
pub fn time(at: &str, short: bool) -> Markup {
    now().time(at, short)
}

/// `<Time at=ticket.updated_at.clone() short=true />`
#[component(transparent)]
pub fn Time(#[prop(into)] at: String, #[prop(default = false)] short: bool) -> Written {
    written(time(&at, short))
}

fn age(at: &str, short: bool, now: i64) -> String {
    if short { format::short_age(at, now) } else { format::age(at, now) }
}

/// Writes every age on the page anew.
fn retell(now: i64) {
    let Ok(all) = document().query_selector_all("time[data-age]") else { return };
    for element in (0..all.length()).filter_map(|nth| all.item(nth)?.dyn_into::<Element>().ok()) {
        let at = element.get_attribute("datetime").unwrap_or_default();
        let text = age(&at, element.get_attribute("data-age").as_deref() == Some("short"), now);
        if element.text_content().as_deref() != Some(&text) {
            element.set_text_content(Some(&text));
        }
    }
}

/// Says the time under the pointer as the reader's browser writes it: its tooltip is not there yet.
fn localise(over: &PointerEvent) {
    let target = over.target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(time) = target.and_then(|target| target.closest("time[data-age]").ok().flatten()) {
        let at = time.get_attribute("datetime").unwrap_or_default();
        _ = time.set_attribute("title", &local_moment(&at));
    }
}

/// The time of day as the reader's browser writes it: `12:03`. In the browser only.
pub fn local_clock(at: &str) -> String {
    in_locale(at, &[("timeStyle", "short")])
}

/// A time to come, in full. `<Moment at=message.send_at.clone() />`
#[component]
pub fn Moment(#[prop(into)] at: String) -> impl IntoView {
    let text = RwSignal::new(format::moment(&at));
    let given = at.clone();
    Effect::new(move |_| text.set(local_moment(&given)));
    view! { <time datetime=at>{move || text.get()}</time> }
}

/// Seconds that run down to zero in the browser, from those that were left when the page was made.
pub fn countdown(left: i64) -> Memo<i64> {
    let seconds = RwSignal::new(left);
    Effect::new(move |_| {
        let end = now_millis() + left * 1_000;
        let tick = move || seconds.set(((end - now_millis()).max(0) + 999) / 1_000);
        if let Ok(handle) = set_interval_with_handle(tick, Duration::from_millis(500)) {
            on_cleanup(move || handle.clear());
        }
    });
    Memo::new(move |_| seconds.get())
}

/// Milliseconds since 1970, of whichever machine this runs on.
pub fn now_millis() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds since 1970 fit for the next 285,000 years")]
    let millis = clock::now() as i64;
    millis
}

/// As the reader's browser writes it, zone and all.
fn local_moment(at: &str) -> String {
    in_locale(at, &[("dateStyle", "medium"), ("timeStyle", "short")])
}

fn in_locale(at: &str, style: &[(&str, &str)]) -> String {
    let options = js_sys::Object::new();
    for (key, value) in style {
        _ = js_sys::Reflect::set(&options, &(*key).into(), &(*value).into());
    }
    js_sys::Date::new(&at.into()).to_locale_string("default", &options).into()
}

mod clock {
    /// Milliseconds since 1970.
    pub fn now() -> f64 {
        if cfg!(target_arch = "wasm32") {
            js_sys::Date::now()
        } else {
            std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .map_or(0.0, |d| d.as_secs_f64() * 1_000.0)
        }
    }
}
