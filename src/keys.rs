//! The registry of the desk's commands: what each is called and by which keys it is given. The palette, the sheet of
//! keys, tooltips and the listener are all made from it. Pure; what a command does is said where it is done, see
//! `pages::assignee::commands`.
//!
//! Keys are meant by the character they type, not by where they lie, so that every layout has them where its print says.

use contract::preference::Preferences;

/// Where a command belongs, in the sheet and in the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Queue,
    Ticket,
    Writing,
    Places,
    Desk,
}

impl Group {
    /// In the order of the sheet.
    pub const ALL: [Self; 5] = [Self::Queue, Self::Ticket, Self::Writing, Self::Places, Self::Desk];
}

macro_rules! commands {
    ($($group:ident { $($command:ident $name:literal $keys:literal $label:literal;)* })*) => {
        /// Everything that can be done by a key or from the palette.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command { $($(#[doc = $label] $command,)*)* }

        impl Command {
            /// All of them, in the order of the sheet.
            pub const ALL: &[Self] = &[$($(Self::$command,)*)*];

            /// What preferences call it.
            pub const fn name(self) -> &'static str { match self { $($(Self::$command => $name,)*)* } }

            /// What people call it.
            pub const fn label(self) -> &'static str { match self { $($(Self::$command => $label,)*)* } }

            /// The keys it has until somebody chooses others; empty for none.
            pub const fn usual_keys(self) -> &'static str { match self { $($(Self::$command => $keys,)*)* } }

            /// Where it belongs.
            pub const fn group(self) -> Group { match self { $($(Self::$command => Group::$group,)*)* } }
        }
    };
}

commands! {
    Queue {
        Next "next" "j" "Next ticket";
        Previous "previous" "k" "Previous ticket";
        Select "select" "x" "Select or deselect the ticket";
        SelectAll "select-all" "Shift+X" "Select all in view";
        Search "search" "/" "Search tickets";
        Back "back" "Escape" "Clear the selection, or go back to the queue";
    }
    Ticket {
        Claim "claim" "c" "Claim";
        Assign "assign" "a" "Assign";
        Status "status" "s" "Change the status";
        Priority "priority" "p" "Change the priority";
        Escalate "escalate" "e" "Escalate";
        Follow "follow" "f" "Follow or unfollow";
        Unread "unread" "u" "Mark unread";
        Close "close" "" "Close the ticket";
        Undo "undo" "z" "Undo";
    }
    Writing {
        Reply "reply" "r" "Write a reply";
        Note "note" "n" "Write a note";
        Send "send" "Mod+Enter" "Send";
        SendCompleteNext "send-complete-next" "Mod+Shift+Enter" "Send, complete and next";
    }
    Places {
        GoMine "go-mine" "g m" "Go to my tickets";
        GoUnassigned "go-unassigned" "g u" "Go to unassigned tickets";
        GoFollowed "go-followed" "g f" "Go to followed tickets";
        GoEscalated "go-escalated" "g e" "Go to escalated tickets";
        GoLater "go-later" "g l" "Go to tickets that start later";
        GoAll "go-all" "g a" "Go to all tickets";
        GoNew "go-new" "g n" "File a ticket for a customer";
        GoNotifications "go-notifications" "g o" "Go to notifications";
        GoReports "go-reports" "g r" "Go to reports";
        GoCanned "go-canned" "g c" "Go to canned replies";
        GoFiles "go-files" "g i" "Go to files";
    }
    Desk {
        Palette "palette" "Mod+K" "Find a command, ticket, person or view";
        Sheet "keys" "?" "Show and change the keys";
    }
}

impl Command {
    /// The command of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|command| command.name() == name)
    }

    /// Whether it can be given where a gateway keeps the tickets.
    pub const fn is_for_gateways(self) -> bool {
        !matches!(self, Self::Claim | Self::Unread | Self::Undo | Self::GoNotifications)
    }

    /// Whether it sends what was written.
    pub const fn sends(self) -> bool {
        matches!(self, Self::Send | Self::SendCompleteNext)
    }
}

/// A key as it was pressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Press {
    /// The character typed or the key's name, as `KeyboardEvent.key`.
    pub key: String,
    /// The place of the key as `KeyboardEvent.code`: for combinations with Ctrl or Cmd in scripts without Latin letters.
    pub code: String,
    /// Ctrl, or Cmd.
    pub held: bool,
    pub shift: bool,
    /// Alt or AltGr, with which layouts type characters: never a command.
    pub alt: bool,
}

impl Press {
    /// Whether this press is that step of a command's keys.
    fn is(&self, step: &str) -> bool {
        let mut parts: Vec<_> = if step.len() > 1 { step.split('+').collect() } else { vec![step] };
        let key = parts.pop().unwrap_or_default();
        let (held, shift) = (parts.contains(&"Mod"), parts.contains(&"Shift"));
        if self.alt || self.held != held {
            return false;
        }
        if !held && key.chars().count() == 1 && !shift {
            // The character says it all: a question mark needs Shift on one layout and none on another.
            return self.key == key;
        }
        let latin = self.key.is_ascii();
        let same = self.key.eq_ignore_ascii_case(key) || (held && !latin && self.code == format!("Key{key}"));
        same && self.shift == shift
    }
}

/// What the presses so far come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    Command(Command),
    /// The beginning of one.
    More,
    Nothing,
}

/// Which keys give which command to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    single_keys: bool,
    keys: Vec<(Command, String)>,
}

impl Keymap {
    /// The usual keys, with what the person chose instead.
    pub fn of(preferences: &Preferences) -> Self {
        let keys = |command: Command| match preferences.keys.get(command.name()) {
            Some(chosen) => chosen.clone(),
            None => command.usual_keys().to_owned(),
        };
        Self {
            single_keys: preferences.single_keys,
            keys: Command::ALL.iter().map(|command| (*command, keys(*command))).collect(),
        }
    }

    /// The keys of a command; empty when it has none, or when single keys are switched off.
    pub fn keys(&self, command: Command) -> &str {
        let keys = self.keys.iter().find(|(other, _)| *other == command).map_or("", |(_, keys)| keys);
        if self.gives(keys) { keys } else { "" }
    }

    /// What these presses, oldest first, mean.
    pub fn meaning(&self, presses: &[Press]) -> Meant {
        let mut meant = Meant::Nothing;
        for (command, keys) in self.keys.iter().filter(|(_, keys)| self.gives(keys)) {
            let steps: Vec<_> = keys.split_whitespace().collect();
            let begins = presses.len() <= steps.len() && presses.iter().zip(&steps).all(|(press, step)| press.is(step));
            match (begins, presses.len() == steps.len()) {
                (true, true) => return Meant::Command(*command),
                (true, false) => meant = Meant::More,
                (false, _) => {}
            }
        }
        meant
    }

    /// The command that stands in the way of giving these keys to another: the same keys, or the beginning of them.
    pub fn in_the_way(&self, command: Command, keys: &str) -> Option<Command> {
        let begins = |one: &str, other: &str| one == other || other.starts_with(&format!("{one} "));
        let others = self.keys.iter().filter(|(other, theirs)| *other != command && !theirs.is_empty());
        let mut clash = others.filter(|(_, theirs)| begins(theirs, keys) || begins(keys, theirs));
        clash.next().filter(|_| !keys.is_empty()).map(|(other, _)| *other)
    }

    fn gives(&self, keys: &str) -> bool {
        !keys.is_empty() && (self.single_keys || keys.contains("Mod+") || keys == "Escape")
    }
}

/// Keys as they are written for people: `g` then `m`, `Ctrl/⌘ K`.
pub fn written(keys: &str) -> Vec<String> {
    keys.split_whitespace()
        .map(|step| step.replace("Mod+", "Ctrl/⌘ ").replace("Shift+", "⇧ ").replace("Escape", "Esc"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn press(key: &str) -> Press {
        Press { key: key.to_owned(), ..Press::default() }
    }

    fn usual() -> Keymap {
        Keymap::of(&Preferences::default())
    }

    #[test]
    fn no_two_commands_share_a_name_or_stand_in_each_others_way() {
        let map = usual();
        for command in Command::ALL {
            assert_eq!(Command::named(command.name()), Some(*command));
            assert_eq!(map.in_the_way(*command, command.usual_keys()), None, "{command:?}");
        }
    }

    #[test]
    fn keys_are_meant_by_character() {
        let map = usual();
        let shifted = |key: &str| Press { shift: true, ..press(key) };
        let held = |key: &str| Press { held: true, ..press(key) };
        for (presses, meant) in [
            (vec![press("j")], Meant::Command(Command::Next)),
            (vec![shifted("?")], Meant::Command(Command::Sheet)),
            (vec![press("?")], Meant::Command(Command::Sheet)),
            (vec![press("g")], Meant::More),
            (vec![press("g"), press("m")], Meant::Command(Command::GoMine)),
            (vec![press("g"), press("q")], Meant::Nothing),
            (vec![shifted("X")], Meant::Command(Command::SelectAll)),
            (vec![held("k")], Meant::Command(Command::Palette)),
            (vec![held("K")], Meant::Command(Command::Palette)),
            (vec![held("j")], Meant::Nothing),
            (vec![Press { shift: true, ..held("Enter") }], Meant::Command(Command::SendCompleteNext)),
            (vec![held("Enter")], Meant::Command(Command::Send)),
            // A Polish keyboard types ę with AltGr+E, which must not escalate, whatever key the browser reports.
            (vec![Press { alt: true, ..press("ę") }], Meant::Nothing),
            (vec![Press { alt: true, ..press("e") }], Meant::Nothing),
            // Cyrillic letters are no commands, but Ctrl+K is where the K is.
            (vec![Press { code: "KeyJ".into(), ..press("о") }], Meant::Nothing),
            (vec![Press { code: "KeyK".into(), ..held("л") }], Meant::Command(Command::Palette)),
        ] {
            assert_eq!(map.meaning(&presses), meant, "{presses:?}");
        }
    }

    #[test]
    fn keys_can_be_changed_taken_away_and_switched_off() {
        let keys = BTreeMap::from([("reply".to_owned(), "q".to_owned()), ("next".to_owned(), String::new())]);
        let map = Keymap::of(&Preferences { keys, single_keys: true });
        assert_eq!(map.meaning(&[press("q")]), Meant::Command(Command::Reply));
        assert_eq!(map.meaning(&[press("r")]), Meant::Nothing);
        assert_eq!(map.meaning(&[press("j")]), Meant::Nothing);
        assert_eq!(map.in_the_way(Command::Note, "q"), Some(Command::Reply));
        assert_eq!(map.in_the_way(Command::Note, "g"), Some(Command::GoMine), "it would be the beginning of another");

        let off = Keymap::of(&Preferences { single_keys: false, ..Preferences::default() });
        assert_eq!(off.meaning(&[press("j")]), Meant::Nothing);
        assert_eq!(off.meaning(&[Press { held: true, ..press("k") }]), Meant::Command(Command::Palette));
        assert_eq!(off.keys(Command::Next), "");
    }

    #[test]
    fn keys_are_written_for_people() {
        assert_eq!(written("g m"), ["g", "m"]);
        assert_eq!(written("Mod+Shift+Enter"), ["Ctrl/⌘ ⇧ Enter"]);
    }
}
