//! Choosing what a command needs, for the selected tickets or the one that is open: which commands want a choice, and what is
//! being chosen. The dialogs are in `choosers`.

use super::{
    commands::commands,
    deeds::{Deed, deeds},
    queue::selection::Selection,
};
use crate::{
    keys::Command,
    texts::{command, desk},
    ui::toast::{Toast, show_toast},
    viewer::{remote, role, viewer},
};
use contract::{Role, id::TicketId};
use leptos::prelude::*;

/// Which chooser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chooser {
    Assignee,
    Status,
    Priority,
    /// For closing.
    Reason,
}

/// What is being chosen.
#[derive(Clone, Copy)]
pub struct Choosing {
    pub chooser: RwSignal<Option<Chooser>>,
    /// For which tickets.
    pub tickets: Signal<Vec<TicketId>>,
}

/// Puts it in context, and says who carries out the commands that want a choice, or act at once. Called once, by the
/// frame of the desk.
pub fn provide_choosing(open: Memo<Option<TicketId>>, selection: Selection) -> Choosing {
    let (t, deeds, commands, say) = (command(), deeds(), commands(), show_toast());
    let tickets = Signal::derive(move || {
        let selected = selection.tickets.get();
        if selected.is_empty() { open.get().into_iter().collect() } else { selected }
    });
    let choosing = Choosing { chooser: RwSignal::new(None), tickets };
    provide_context(choosing);
    let act = move |deed: Deed| deeds.act(deed, tickets.get_untracked());
    let begin = move |chooser: Chooser| {
        if tickets.with_untracked(Vec::is_empty) {
            say(Toast::saying(t.nothing_chosen));
        } else {
            choosing.begin(chooser);
        }
    };
    let one = move || tickets.with_untracked(|all| all.first().and_then(|id| deeds.look(*id)));
    commands.on(Command::Status, move || begin(Chooser::Status));
    commands.on(Command::Priority, move || begin(Chooser::Priority));
    commands.on(Command::Follow, move || {
        let follows = one().is_some_and(|ticket| ticket.following);
        if follows && remote() {
            say(Toast::saying(desk().you_follow));
        } else if !tickets.with_untracked(Vec::is_empty) {
            act(if follows { Deed::Unfollow } else { Deed::Follow });
        }
    });
    if role() == Role::Admin {
        commands.on(Command::Assign, move || begin(Chooser::Assignee));
        commands.on(Command::Close, move || begin(Chooser::Reason));
    } else {
        let me = viewer().map(|viewer| viewer.person.id);
        let claim = move || {
            let alone = selection.tickets.with_untracked(Vec::is_empty);
            match one().and_then(|ticket| ticket.assignee).filter(|_| alone) {
                Some(assignee) if Some(assignee.id) == me => say(Toast::saying(t.yours_already)),
                Some(_) => say(Toast::saying(t.only_admins_assign)),
                None => act(Deed::Claim),
            }
        };
        if remote() {
            commands.on(Command::Assign, move || say(Toast::saying(t.admins_assign)));
        } else {
            commands.on(Command::Assign, claim);
            commands.on(Command::Claim, claim);
        }
    }
    choosing
}

/// What is being chosen at the desk.
pub fn choosing() -> Choosing {
    expect_context()
}

impl Choosing {
    /// Opens this chooser.
    pub fn begin(self, chooser: Chooser) {
        self.chooser.set(Some(chooser));
    }
}
