//! Commands at work: whoever can carry one out says so while they are on the page; keys, palette and sheet give them.
//!
//! Single keys are commands only where nobody types; keys held with Ctrl or Cmd are everywhere.

use crate::{
    keys::{Command, Keymap, Meant, Press},
    ui::keyboard::is_composing,
    viewer::viewer,
};
use contract::preference::Preferences;
use leptos::{ev, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

/// How long after the first key of a sequence the next is waited for.
const NEXT_KEY: Duration = Duration::from_millis(1500);

/// Who carries out which command; the newest comes first.
#[derive(Clone, Copy)]
pub struct Commands {
    doers: RwSignal<Vec<(Command, u64, Callback<()>)>>,
    chosen: RwSignal<Preferences>,
    keymap: Memo<Keymap>,
    pressed: StoredValue<Vec<Press>>,
    /// Whether the viewer has just gone to a ticket whose page is not there yet, and what waits for whoever can carry it
    /// out there.
    under_way: StoredValue<bool>,
    late: StoredValue<Option<Command>>,
    /// How many have said so: each is known by its number.
    said: StoredValue<u64>,
    /// Whether a dialog is on its way, into which the next keys are typed.
    held: StoredValue<bool>,
}

/// Puts the commands in context, and listens for their keys. Called once, by the frame of the desk.
pub fn provide_commands() -> Commands {
    let chosen = RwSignal::new(viewer().map(|viewer| viewer.preferences.clone()).unwrap_or_default());
    let commands = Commands {
        doers: RwSignal::new(Vec::new()),
        chosen,
        keymap: Memo::new(move |_| chosen.with(Keymap::of)),
        pressed: StoredValue::new(Vec::new()),
        under_way: StoredValue::new(false),
        late: StoredValue::new(None),
        said: StoredValue::new(0),
        held: StoredValue::new(false),
    };
    provide_context(commands);
    let keys = window_event_listener(ev::keydown, move |event| commands.on_key(&event));
    on_cleanup(move || keys.remove());
    commands
}

/// The commands of the desk.
pub fn commands() -> Commands {
    expect_context()
}

/// What the tooltip of a button says of its command.
pub fn hint(command: Command) -> StoredValue<String> {
    let keys = untrack(|| commands().keys(command));
    StoredValue::new(if keys.is_empty() { command.label().to_owned() } else { format!("{} ({keys})", command.label()) })
}

impl Commands {
    /// Carries out this command as long as the component that says so is there.
    pub fn on(self, command: Command, doing: impl Fn() + Send + Sync + 'static) {
        let doing = Callback::new(move |()| doing());
        // In the browser only: nobody presses a key on the server.
        Effect::new(move |_| {
            let id = self.said.get_value() + 1;
            self.said.set_value(id);
            self.doers.update(|doers| doers.insert(0, (command, id, doing)));
            on_cleanup(move || _ = self.doers.try_update(|doers| doers.retain(|(_, other, _)| *other != id)));
        });
    }

    /// Carries it out, if anybody can now, or will be able to where the viewer is going.
    pub fn run(self, command: Command) -> bool {
        self.late.set_value(None);
        let doing = self.doers.with_untracked(|doers| doers.iter().find(|(other, ..)| *other == command).copied());
        if let Some((.., doing)) = doing {
            doing.run(());
        } else if self.under_way.get_value() {
            self.put_off(command);
        }
        doing.is_some() || self.under_way.get_value()
    }

    /// Carries it out with the next [`Commands::catch_up`], unless another command comes before.
    pub fn put_off(self, command: Command) {
        self.late.set_value(Some(command));
    }

    /// The viewer goes to a ticket, or does not after all.
    pub fn set_under_way(self, under_way: bool) {
        self.under_way.set_value(under_way);
    }

    /// Carries out what was put off: whoever can do so is on the page now.
    pub fn catch_up(self) {
        self.under_way.set_value(false);
        if let Some(command) = self.late.get_value() {
            self.run(command);
        }
    }

    /// From now on keys are no commands, until they are again or Escape was pressed.
    pub fn hold(self, held: bool) {
        self.held.try_set_value(held);
    }

    /// Whether anybody can carry it out now.
    pub fn can(self, command: Command) -> bool {
        self.doers.with(|doers| doers.iter().any(|(other, ..)| *other == command))
    }

    /// The keys of a command, as the viewer has them.
    pub fn keys(self, command: Command) -> String {
        self.keymap.with(|map| map.keys(command).to_owned())
    }

    /// Which command has these keys, or begins with them, or they with it.
    pub fn in_the_way(self, command: Command, keys: &str) -> Option<Command> {
        self.keymap.with_untracked(|map| map.in_the_way(command, keys))
    }

    /// What the viewer chose.
    pub fn chosen(self) -> RwSignal<Preferences> {
        self.chosen
    }

    fn on_key(self, event: &KeyboardEvent) {
        if event.default_prevented() || is_composing(event) || is_modifier(&event.key()) {
            return;
        }
        let press = press(event);
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.as_ref().is_some_and(is_typed_into) && !press.held {
            if press.key == "Escape" {
                leave(target.as_ref());
            }
            return;
        }
        if self.held.get_value() {
            event.prevent_default();
            self.hold(press.key != "Escape");
            return;
        }
        // A dialog has keys of its own, and Escape closes what is unfolded around the focus.
        let within = if press.key == "Escape" { "dialog, details" } else { "dialog" };
        if target.as_ref().is_some_and(|target| stands_in(target, within)) || is_covered() {
            return;
        }
        let mut presses = self.pressed.get_value();
        presses.push(press.clone());
        let mut meant = self.keymap.with_untracked(|map| map.meaning(&presses));
        if meant == Meant::Nothing && presses.len() > 1 {
            presses = vec![press];
            meant = self.keymap.with_untracked(|map| map.meaning(&presses));
        }
        match meant {
            Meant::Command(command) => {
                self.pressed.set_value(Vec::new());
                // Whoever writes something else does not mean the reply that waits below.
                if command.sends() && target.as_ref().is_some_and(is_of_another_form) {
                    return;
                }
                // Whoever holds a key down wants to walk through the queue, and nothing else again and again.
                let again = event.repeat() && !matches!(command, Command::Next | Command::Previous);
                if again || self.run(command) {
                    event.prevent_default();
                }
            }
            Meant::More => {
                event.prevent_default();
                self.wait(presses);
            }
            Meant::Nothing => self.pressed.set_value(Vec::new()),
        }
    }

    /// Waits for the next key of a sequence.
    fn wait(self, presses: Vec<Press>) {
        let waiting = presses.clone();
        self.pressed.set_value(presses);
        set_timeout(
            move || {
                if self.pressed.try_with_value(|pressed| *pressed == waiting) == Some(true) {
                    self.pressed.set_value(Vec::new());
                }
            },
            NEXT_KEY,
        );
    }
}

/// Whether a dialog stands before the page, wherever the focus is.
fn is_covered() -> bool {
    document().query_selector("dialog:popover-open, dialog[open]").ok().flatten().is_some()
}

/// The key as the registry knows it.
pub fn press(event: &KeyboardEvent) -> Press {
    Press {
        key: event.key(),
        code: event.code(),
        held: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        // AltGr is Ctrl and Alt on Windows, and a state of its own elsewhere.
        alt: event.alt_key() || event.get_modifier_state("AltGraph"),
    }
}

/// Whether a key by itself says nothing yet.
pub fn is_modifier(key: &str) -> bool {
    matches!(key, "Shift" | "Control" | "Alt" | "AltGraph" | "Meta" | "CapsLock" | "Dead" | "Process" | "Unidentified")
}

/// Whether keys go into this element as text, or choose in it.
fn is_typed_into(element: &Element) -> bool {
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !element.dyn_ref::<HtmlInputElement>().is_some_and(|input| {
            matches!(input.type_().as_str(), "checkbox" | "radio" | "button" | "submit" | "reset" | "file")
        }),
        _ => element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable),
    }
}

/// Whether this is a field of a form that is not the composer's, or stands in something unfolded.
fn is_of_another_form(element: &Element) -> bool {
    (is_typed_into(element) || stands_in(element, "details")) && !stands_in(element, ".desk-composer")
}

fn stands_in(element: &Element, selector: &str) -> bool {
    element.closest(selector).ok().flatten().is_some()
}

/// Escape leaves what is typed into, unless that stands in something which Escape closes.
fn leave(element: Option<&Element>) {
    let Some(element) = element.and_then(|element| element.dyn_ref::<HtmlElement>()) else { return };
    if !stands_in(element, "dialog, details") {
        _ = element.blur();
    }
}
