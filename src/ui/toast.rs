//! Short messages that come and go, announced to screen readers. One may carry a button that takes back what it tells of.

use leptos::prelude::*;
use std::time::Duration;

/// How long a message stays.
const STAYS: Duration = Duration::from_secs(6);
/// How long a message stays that can be taken back.
const STAYS_FOR_UNDO: Duration = Duration::from_secs(10);

#[derive(Clone, Copy)]
struct Shown(RwSignal<Vec<Message>>);

#[derive(Clone)]
struct Message {
    id: u64,
    text: String,
    undo: Option<Undo>,
}

/// A button within a message: what it is called, and what it does.
#[derive(Clone)]
pub struct Undo {
    pub label: &'static str,
    pub run: Callback<()>,
}

/// Where messages appear; once per page, around everything that may call [`toast`].
#[component]
pub fn Toasts() -> impl IntoView {
    let shown: Shown = expect_context();
    view! {
        <div class="toast toast-end z-50" role="status" aria-live="polite">
            <For each=move || shown.0.get() key=|message| message.id let(message)>
                <div class="flex items-center gap-3 rounded-box bg-neutral px-4 py-2 text-neutral-content shadow-lg">
                    {message.text}
                    {message.undo.map(|undo| view! {
                        <button
                            class="toast-undo"
                            type="button"
                            on:click=move |_| {
                                shown.forget(message.id);
                                undo.run.run(());
                            }
                        >
                            {undo.label}
                        </button>
                    })}
                </div>
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
    let shown: Shown = expect_context();
    move |text| shown.tell(text, None, STAYS)
}

/// As [`toast`], for what can be taken back.
pub fn toast_with_undo() -> impl Fn(String, Undo) + Copy + Send + Sync {
    let shown: Shown = expect_context();
    move |text, undo| shown.tell(text, Some(undo), STAYS_FOR_UNDO)
}

impl Shown {
    fn tell(self, text: String, undo: Option<Undo>, stays: Duration) {
        let id = self.0.with_untracked(|all| all.last().map_or(0, |last| last.id + 1));
        self.0.update(|all| all.push(Message { id, text, undo }));
        set_timeout(move || self.forget(id), stays);
    }

    fn forget(self, id: u64) {
        self.0.update(|all| all.retain(|message| message.id != id));
    }
}
