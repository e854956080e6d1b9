//! Who else has the open ticket before them, and telling them that one has it oneself.

use crate::{
    live::live,
    pages::shared::shown::Shown,
    rpc::presence::{BePresent, be_present},
    texts::command,
    ui::avatar::Avatar,
    viewer::remote,
};
use contract::{
    id::TicketId,
    presence::{Activity, PRESENT_SECONDS},
};
use leptos::{ev, leptos_dom::helpers::IntervalHandle, prelude::*, server_fn::ServerFn, task::spawn_local};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// How often one says that one is still there: twice within the time after which one is not.
const AGAIN: Duration = Duration::from_secs(PRESENT_SECONDS.unsigned_abs() / 2);
/// How long after the last letter somebody still counts as writing.
const PAUSE: Duration = Duration::from_secs(5);

/// The others, in words and faces.
#[component]
pub fn Others(shown: Shown) -> impl IntoView {
    let (t, id) = (command(), shown.id());
    let people = move || live().present.with(|all| all.get(&id).cloned().unwrap_or_default());
    if !remote() {
        Effect::new(move |_| tell(id));
    }
    view! {
        <span class="flex flex-wrap items-center gap-2 empty:hidden" role="status">
            {move || people().into_iter().map(|present| view! {
                <span class="present" class:present-typing=present.typing>
                    <Avatar name=present.person.name.clone() small=true />
                    <bdi>{t.present(&present.person.name, present.typing)}</bdi>
                </span>
            }).collect_view()}
        </span>
    }
}

/// Tells the others as long as the ticket is on the page and the page in sight.
fn tell(id: TicketId) {
    let (now, typed) = (StoredValue::new(Activity::Gone), StoredValue::new(0_u32));
    let say = move |activity: Activity| {
        now.set_value(activity);
        spawn_local(async move { _ = be_present(id, activity).await });
    };
    let look = move || say(if document().hidden() { Activity::Gone } else { Activity::Looking });
    look();
    let again: Option<IntervalHandle> = set_interval_with_handle(
        move || {
            if !document().hidden() {
                say(now.get_value());
            }
        },
        AGAIN,
    )
    .ok();
    let typing = window_event_listener(ev::input, move |event: Event| {
        if !is_composer(&event) {
            return;
        }
        if now.get_value() != Activity::Typing {
            say(Activity::Typing);
        }
        typed.update_value(|n| *n += 1);
        let this = typed.get_value();
        let pause = move || {
            if typed.try_get_value() == Some(this) && now.get_value() == Activity::Typing {
                say(Activity::Looking);
            }
        };
        set_timeout(pause, PAUSE);
    });
    let sight = window_event_listener(ev::Custom::<Event>::new("visibilitychange"), move |_| look());
    let leaving = window_event_listener(ev::Custom::<Event>::new("pagehide"), move |_| beacon(id));
    on_cleanup(move || {
        typing.remove();
        sight.remove();
        leaving.remove();
        if let Some(again) = again {
            again.clear();
        }
        beacon(id);
    });
}

fn is_composer(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(".desk-composer").ok().flatten().is_some())
}

/// Says that one has left, even while the page goes away.
fn beacon(id: TicketId) {
    let form = web_sys::UrlSearchParams::new();
    if let Ok(form) = form {
        form.append("ticket_id", &id.to_string());
        form.append("activity", "GONE");
        _ = window().navigator().send_beacon_with_opt_url_search_params(BePresent::url(), Some(&form));
    }
}
