//! The sheet of keys, made from the registry: shows every command with its keys, and lets each person choose their own.

use super::{
    commands::{Commands, commands, is_modifier, press},
    dialogs::dialogs,
};
use crate::{
    keys::{Command, Group, written},
    rpc::preferences::set_preferences,
    texts::command,
    ui::toast::{Toast, show_toast},
    viewer::remote,
};
use contract::preference::Preferences;
use leptos::{html, prelude::*, task::spawn_local};
use web_sys::KeyboardEvent;

/// The sheet.
#[component]
pub fn Sheet() -> impl IntoView {
    let (t, commands, say) = (command(), commands(), show_toast());
    let dialog = NodeRef::<html::Dialog>::new();
    let open = dialogs().sheet;
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !dialog.open() {
            _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let single = move || commands.chosen().with(|chosen| chosen.single_keys);
    view! {
        <dialog class="picker" aria-labelledby="sheet-title" node_ref=dialog on:close=move |_| open.set(false)>
            <div class="picker-box">
                <div class="sheet">
                    <header class="flex items-center gap-2">
                        <h2 class="text-base font-semibold" id="sheet-title">{t.sheet}</h2>
                        <button class="btn btn-sm ms-auto" type="button" on:click=move |_| change(commands, say, |chosen| chosen.keys.clear())>{t.usual}</button>
                        <button class="btn btn-sm" type="button" on:click=move |_| open.set(false)>{t.leave}</button>
                    </header>
                    <p class="text-base-content/70">{t.sheet_lead}</p>
                    <label class="flex items-start gap-2">
                        <input
                            class="checkbox checkbox-sm"
                            type="checkbox"
                            aria-describedby="single-hint"
                            prop:checked=single
                            on:change=move |event| {
                                let on = event_target_checked(&event);
                                change(commands, say, move |chosen| chosen.single_keys = on);
                            }
                        />
                        <span>{t.single_keys}<br /><span class="text-base-content/70" id="single-hint">{t.single_keys_hint}</span></span>
                    </label>
                    // Built when it is wanted: few people look at it on most days.
                    <Show when=move || open.get()>
                        {Group::ALL.into_iter().map(|group| view! { <Keys group commands /> }).collect_view()}
                    </Show>
                </div>
            </div>
        </dialog>
    }
}

#[component]
fn Keys(group: Group, commands: Commands) -> impl IntoView {
    let offered = |command: Command| !remote() || command.is_for_gateways();
    let of_group = Command::ALL.iter().copied().filter(move |command| command.group() == group && offered(*command));
    view! {
        <section>
            <h3 class="py-1 text-2xs font-medium text-base-content/70">{command().group(group)}</h3>
            <ul>{of_group.map(|command| view! { <Key this=command commands /> }).collect_view()}</ul>
        </section>
    }
}

/// One command. Its key is changed by pressing another.
#[component]
fn Key(this: Command, commands: Commands) -> impl IntoView {
    let (t, say) = (command(), show_toast());
    let waiting = RwSignal::new(false);
    let keys = move || written(&commands.keys(this));
    let on_key = move |event: KeyboardEvent| {
        if !waiting.get_untracked() || is_modifier(&event.key()) || event.key() == "Tab" {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        waiting.set(false);
        let pressed = press(&event);
        // What presses buttons and follows links keeps doing so.
        let presses = !pressed.held && matches!(pressed.key.as_str(), " " | "Enter");
        if pressed.key == "Escape" || pressed.alt || presses {
            return;
        }
        let key = pressed.key;
        let new = match (pressed.held, key.chars().count() == 1) {
            (true, _) => format!("Mod+{}{}", if pressed.shift { "Shift+" } else { "" }, key.to_uppercase()),
            (false, true) if pressed.shift && key.chars().all(char::is_uppercase) => format!("Shift+{key}"),
            _ => key,
        };
        match commands.in_the_way(this, &new) {
            Some(other) => say(Toast::alarm(t.taken(other.label()))),
            None => change(commands, say, move |chosen| _ = chosen.keys.insert(this.name().to_owned(), new)),
        }
    };
    view! {
        <li class="flex items-center gap-2 border-t border-base-300 py-1">
            <span class="min-w-0 flex-1">{this.label()}</span>
            {move || if keys().is_empty() {
                view! { <span class="text-base-content/70">{t.no_key}</span> }.into_any()
            } else {
                keys().into_iter().map(|key| view! { <kbd class="key">{key}</kbd> }).collect_view().into_any()
            }}
            <button class="btn btn-ghost btn-xs" type="button" aria-label=t.change_key_of(this.label()) on:click=move |_| waiting.set(true) on:keydown=on_key on:blur=move |_| waiting.set(false)>
                {move || if waiting.get() { t.press_now } else { t.change }}
            </button>
            <button class="btn btn-ghost btn-xs" type="button" aria-label=format!("{}: {}", t.take_away, this.label()) on:click=move |_| change(commands, say, move |chosen| _ = chosen.keys.insert(this.name().to_owned(), String::new()))>
                {t.take_away}
            </button>
        </li>
    }
}

/// Changes what the viewer chose, here at once and on the server for next time.
fn change(commands: Commands, say: impl Fn(Toast) + 'static, how: impl FnOnce(&mut Preferences)) {
    commands.chosen().update(how);
    let json =
        commands.chosen().with_untracked(|chosen| serde_json::to_string(chosen).expect("preferences are plain data"));
    spawn_local(async move {
        say(match set_preferences(json).await {
            Ok(()) => Toast::saying(command().kept),
            Err(error) => Toast::alarm(error.problem().detail),
        });
    });
}
