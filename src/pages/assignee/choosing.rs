//! Choosing what a command needs, for the selected tickets or the one that is open: which commands want a choice, and what is
//! being chosen. The dialogs are in `choosers`.

use super::{
    commands::commands,
    deeds::{Deed, deeds},
    queue::selection::Selection,
};
use crate::{
    keys::Command,
    texts::command,
    ui::toast::{Toast, show_toast},
    viewer::role,
};
use contract::{Role, id::TicketId};
use leptos::prelude::*;

/// What is being chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choosing {
    Assignee,
    Status,
    Priority,
    /// For closing.
    Reason,
}

/// A choice that is being made.
#[derive(Clone, Copy)]
pub struct Choices {
    pub what: RwSignal<Option<Choosing>>,
    /// For which tickets.
    pub tickets: Signal<Vec<TicketId>>,
}

/// Puts the choices in context, and says who carries out the commands that want one, or act at once. Called once, by the
/// frame of the desk.
pub fn provide_choices(open: Memo<Option<TicketId>>, selection: Selection) -> Choices {
    let (t, deeds, commands, say) = (command(), deeds(), commands(), show_toast());
    let tickets = Signal::derive(move || {
        let selected = selection.tickets.get();
        if selected.is_empty() { open.get().into_iter().collect() } else { selected }
    });
    let choices = Choices { what: RwSignal::new(None), tickets };
    provide_context(choices);
    let act = move |deed: Deed| deeds.act(deed, tickets.get_untracked());
    let begin = move |what: Choosing| {
        if tickets.with_untracked(Vec::is_empty) {
            say(Toast::saying(t.nothing_chosen));
        } else {
            choices.choose(what);
        }
    };
    let one = move || tickets.with_untracked(|all| all.first().and_then(|id| deeds.look(*id)));
    commands.on(Command::Status, move || begin(Choosing::Status));
    commands.on(Command::Priority, move || begin(Choosing::Priority));
    commands.on(Command::Follow, move || {
        let follows = one().is_some_and(|ticket| ticket.following);
        if !tickets.with_untracked(Vec::is_empty) {
            act(if follows { Deed::Unfollow } else { Deed::Follow });
        }
    });
    if role() == Role::Admin {
        commands.on(Command::Assign, move || begin(Choosing::Assignee));
        commands.on(Command::Close, move || begin(Choosing::Reason));
    } else {
        let claim = move || match one() {
            Some(ticket) if ticket.assignee.is_some() && selection.tickets.with_untracked(Vec::is_empty) => {
                say(Toast::saying(t.only_admins_assign));
            }
            _ => act(Deed::Claim),
        };
        commands.on(Command::Assign, claim);
        commands.on(Command::Claim, claim);
    }
    choices
}

/// The choices of the desk.
pub fn choices() -> Choices {
    expect_context()
}

impl Choices {
    /// Opens the chooser for this.
    pub fn choose(self, what: Choosing) {
        self.what.set(Some(what));
    }
}
