//! Short messages that come and go, announced to screen readers. One may offer to do something about what it says.

use leptos::prelude::*;
use std::time::Duration;

/// How long a message stays.
const STAYS: Duration = Duration::from_secs(6);
/// How long one stays that offers something, or says that something went wrong.
const STAYS_LONGER: Duration = Duration::from_secs(12);

/// A message.
#[derive(Clone, Debug)]
pub struct Toast {
    pub text: String,
    /// What its button says, and does.
    pub offer: Option<(String, Callback<()>)>,
    /// Something went wrong: screen readers say it at once.
    pub alarming: bool,
}

impl Toast {
    /// Says this, and nothing more.
    pub fn saying(text: impl Into<String>) -> Self {
        Self { text: text.into(), offer: None, alarming: false }
    }

    /// Says that something went wrong.
    pub fn alarm(text: impl Into<String>) -> Self {
        Self { alarming: true, ..Self::saying(text) }
    }

    /// The same with a button.
    #[must_use]
    pub fn offering(self, label: impl Into<String>, what: Callback<()>) -> Self {
        Self { offer: Some((label.into(), what)), ..self }
    }
}

#[derive(Clone, Copy)]
struct Shown {
    all: RwSignal<Vec<(u64, Toast)>>,
    /// How many there have been: a number is given once, for what takes a message away comes when others may stand there.
    count: StoredValue<u64>,
}

/// Where messages appear; once per page, around everything that may call [`toast`]. On wide windows they leave the foot of the page free,
/// where what acts on the selected rows stands.
#[component]
pub fn Toasts() -> impl IntoView {
    let Shown { all: shown, .. } = expect_context();
    let box_of = move |(id, toast): (u64, Toast)| {
        let offer = toast.offer.map(|(label, what)| {
            view! {
                <button
                    class="btn btn-xs"
                    type="button"
                    on:click=move |_| {
                        remove(shown, id);
                        what.run(());
                    }
                >
                    {label}
                </button>
            }
        });
        let role = if toast.alarming { "alert" } else { "status" };
        view! { <div class="toast-box" role=role><span class="whitespace-pre-line">{toast.text}</span>{offer}</div> }
    };
    view! {
        // Beside the buttons that send, which stand at the foot of a page; on a phone above them.
        <div class="toast toast-start toast-top z-50 sm:toast-bottom sm:mb-18" aria-live="polite">
            <For each=move || shown.get() key=|(id, _)| *id children=box_of />
        </div>
    }
}

/// Makes [`toast`] and [`show_toast`] work below. Called once, by the application.
pub fn provide_toasts() {
    provide_context(Shown { all: RwSignal::new(Vec::new()), count: StoredValue::new(0) });
}

/// Something that shows a message for a few seconds. Take it when the component is made, call it in a handler.
pub fn toast() -> impl Fn(String) + Copy + Send + Sync {
    let show = show_toast();
    move |text| show(Toast::saying(text))
}

/// As [`toast`], for messages that offer something. A newer offer takes the place of an older one.
pub fn show_toast() -> impl Fn(Toast) + Copy + Send + Sync {
    let Shown { all: shown, count } = expect_context();
    move |toast| {
        let id = count.get_value();
        count.set_value(id + 1);
        let lasts = if toast.offer.is_some() || toast.alarming { STAYS_LONGER } else { STAYS };
        shown.update(|all| {
            all.retain(|(_, other)| other.offer.is_none() || toast.offer.is_none());
            all.push((id, toast));
        });
        set_timeout(move || remove(shown, id), lasts);
    }
}

/// Something that takes away whatever is still offered, because it was done in another way.
pub fn withdraw_offers() -> impl Fn() + Copy + Send + Sync {
    let Shown { all: shown, .. } = expect_context();
    move || shown.update(|all| all.retain(|(_, toast)| toast.offer.is_none()))
}

fn remove(shown: RwSignal<Vec<(u64, Toast)>>, id: u64) {
    shown.update(|all| all.retain(|(other, _)| *other != id));
}
