//! Choosing a time to send at: the usual ones, or any, in the time zone of the reader's browser.

use crate::{
    texts::outbox,
    ui::{field::TextField, menu::Menu},
};
use js_sys::Date;
use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlInputElement;

/// The usual times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Usual {
    InAnHour,
    Tomorrow,
    Monday,
}

/// When an agent's day begins.
const MORNING: u32 = 9;
const HOUR: f64 = 3_600_000.0;

/// The menu. `on_choose` gets a time as the service takes it; `more` stands above the times.
/// `<Later id="later" label="Later" on_choose />`
#[component]
pub fn Later(
    #[prop(into)] id: String,
    label: &'static str,
    on_choose: Callback<String>,
    #[prop(optional, into)] more: ViewFn,
) -> impl IntoView {
    let t = outbox();
    let panel = NodeRef::<html::Div>::new();
    let on_choose = Callback::new(move |time: String| {
        on_choose.run(time);
        if let Some(menu) = panel.get_untracked().and_then(|panel| panel.closest("details").ok().flatten()) {
            _ = menu.remove_attribute("open");
        }
    });
    let usual = move |usual: Usual, label: &'static str| {
        view! {
            <button class="btn btn-ghost btn-sm justify-start" type="button" on:click=move |_| on_choose.run(usual.time())>
                {label}
            </button>
        }
    };
    let choose = move |_| {
        let field = panel.get_untracked().and_then(|panel| panel.query_selector("input").ok().flatten());
        let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = field {
            match written(&field.value()) {
                Some(time) => on_choose.run(time),
                None => _ = field.focus(),
            }
        }
    };
    view! {
        <span class="needs-js">
            <Menu label=move || label button="btn btn-sm" end=true>
                <div class="flex w-60 flex-col gap-1 px-2 py-1" node_ref=panel>
                    {more.run()}
                    {usual(Usual::InAnHour, t.in_an_hour)} {usual(Usual::Tomorrow, t.tomorrow)} {usual(Usual::Monday, t.monday)}
                    <div class="mt-1 flex flex-col gap-2 border-t border-base-300 pt-2">
                        <TextField id name="" label=t.at kind="datetime-local" />
                        <button class="btn btn-sm" type="button" on:click=choose>{t.at_that_time}</button>
                    </div>
                </div>
            </Menu>
        </span>
    }
}

impl Usual {
    /// As the service takes it.
    fn time(self) -> String {
        let time = Date::new_0();
        if self == Self::InAnHour {
            time.set_time(time.get_time() + HOUR);
            return iso(&time);
        }
        // Sunday is 0; on a Monday the next one is meant.
        let days = if self == Self::Tomorrow { 1 } else { (7 - time.get_day()) % 7 + 1 };
        time.set_date(time.get_date() + days);
        time.set_hours(MORNING);
        time.set_minutes(0);
        time.set_seconds(0);
        time.set_milliseconds(0);
        iso(&time)
    }
}

/// The time in a field of date and time, which the browser writes in its own zone.
fn written(field: &str) -> Option<String> {
    let time = Date::new(&JsValue::from_str(field));
    (!time.get_time().is_nan()).then(|| iso(&time))
}

fn iso(time: &Date) -> String {
    time.to_iso_string().into()
}
