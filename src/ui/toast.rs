//! Short messages that come and go, announced to screen readers.

use leptos::prelude::*;
use std::time::Duration;

/// How long a message stays.
const STAYS: Duration = Duration::from_secs(6);

#[derive(Clone, Copy)]
struct Shown(RwSignal<Vec<(u64, String)>>);

/// Where messages appear; once per page, around everything that may call [`toast`].
#[component]
pub fn Toasts() -> impl IntoView {
    let Shown(shown) = expect_context();
    view! {
        <div class="toast toast-end z-50" role="status" aria-live="polite">
            <For each=move || shown.get() key=|(id, _)| *id let((_, text))>
                <div class="rounded-box bg-neutral px-4 py-2 text-neutral-content shadow-lg">{text}</div>
            </For>
        </div>
    }
}

/// Makes [`toast`] work below. Called once, by the application.
pub fn provide_toasts() {
    provide_context(Shown(RwSignal::new(Vec::new())));
}

/// Something that shows a message for a few seconds. Take it when the component is made, call it in a handler.
pub fn toast() -> impl Fn(String) + Copy + Send + Sync {
    let Shown(shown) = expect_context();
    move |text| {
        let id = shown.with_untracked(|all| all.last().map_or(0, |(id, _)| id + 1));
        shown.update(|all| all.push((id, text)));
        set_timeout(move || shown.update(|all| all.retain(|(other, _)| *other != id)), STAYS);
    }
}
