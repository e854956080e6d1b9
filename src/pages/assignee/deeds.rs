//! What agents do to tickets, one or many: shown at once, carried out behind it, rolled back with the reason when the
//! service refuses, and taken back with `z` or the button of the message.

use crate::{
    error::AppError,
    keys::Command,
    pages::assignee::commands::commands,
    rpc::{followers, tickets},
    texts::command,
    ui::toast::{Toast, show_toast, withdraw_offers},
    viewer::{remote, viewer},
};
use contract::{
    choice::Choices,
    event::Deed as ToUndo,
    id::TicketId,
    person::Person,
    ticket::{Priority, Status, Ticket},
};
use leptos::{prelude::*, task::spawn_local};

/// Something done to tickets.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    Claim,
    Assign(Person),
    Move(Status),
    Prioritise(Priority),
    Follow,
    Unfollow,
    /// With the reason.
    Close(String),
    MarkUnread,
}

impl Deed {
    /// The ticket as it will be.
    fn foreseen(&self, ticket: &Ticket) -> Ticket {
        let mut ticket = ticket.clone();
        match self {
            Self::Claim => ticket.assignee = viewer().map(|viewer| viewer.person.clone()),
            Self::Assign(person) => ticket.assignee = Some(person.clone()),
            Self::Move(status) => ticket.status = *status,
            Self::Prioritise(priority) => ticket.priority = *priority,
            Self::Follow => ticket.following = true,
            Self::Unfollow => ticket.following = false,
            Self::Close(_) => ticket.status = Status::Closed,
            Self::MarkUnread => ticket.unread = true,
        }
        ticket
    }

    async fn carry_out(&self, id: TicketId) -> Result<(), AppError> {
        let me = || viewer().expect("whoever acts is signed in").person.id;
        match self {
            Self::Claim => tickets::claim(id).await,
            Self::Assign(person) => tickets::assign(id, person.id).await,
            Self::Move(status) => tickets::set_status(id, *status).await,
            Self::Prioritise(priority) => tickets::prioritise(id, *priority).await,
            Self::Follow => followers::add_follower(id, me()).await,
            Self::Unfollow => followers::remove_follower(id, me()).await,
            Self::Close(reason) => tickets::close(id, reason.clone(), None).await,
            Self::MarkUnread => tickets::mark_unread(id).await,
        }
    }

    /// What is said once it is done.
    fn done(&self) -> String {
        let t = command();
        match self {
            Self::Claim => t.claimed.to_owned(),
            Self::Assign(person) => t.assigned_to(&person.name),
            Self::Move(status) => t.moved_to(status.label()),
            Self::Prioritise(priority) => t.prioritised(priority.label()),
            Self::Follow => t.followed_now.to_owned(),
            Self::Unfollow => t.unfollowed.to_owned(),
            Self::Close(_) => t.closed.to_owned(),
            Self::MarkUnread => t.marked_unread.to_owned(),
        }
    }

    /// What the service takes back, if it can.
    fn to_undo(&self) -> Option<ToUndo> {
        let deed = match self {
            Self::Claim | Self::Assign(_) => ToUndo::Assignment,
            Self::Move(_) => ToUndo::Status,
            Self::Prioritise(_) => ToUndo::Edit,
            Self::Follow | Self::Unfollow => ToUndo::StaffFollower,
            Self::Close(_) => ToUndo::Closing,
            Self::MarkUnread => return None,
        };
        (!remote()).then_some(deed)
    }
}

/// Somewhere tickets are shown, and can be shown otherwise.
#[derive(Clone, Copy)]
struct Face {
    id: u64,
    look: Callback<TicketId, Option<Ticket>>,
    show: Callback<Ticket>,
}

/// How far something done to many is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub of: usize,
}

/// Something that was done to tickets: what takes it back, and how they were.
#[derive(Clone)]
struct Done {
    deed: ToUndo,
    tickets: Vec<(TicketId, Option<Ticket>)>,
}

/// Does things to tickets.
#[derive(Clone, Copy)]
pub struct Deeds {
    faces: StoredValue<Vec<Face>>,
    /// What takes back what was done, the last one last.
    undoes: StoredValue<Vec<Callback<()>>>,
    /// While something is done to several.
    pub progress: RwSignal<Option<Progress>>,
    say: StoredValue<Callback<Toast>>,
    /// Takes away what offers to take back.
    withdraw: StoredValue<Callback<()>>,
}

/// Puts the deeds in context. Called once, by the frame of the desk, after its commands.
pub fn provide_deeds() -> Deeds {
    let (show, withdraw) = (show_toast(), withdraw_offers());
    let deeds = Deeds {
        faces: StoredValue::new(Vec::new()),
        undoes: StoredValue::new(Vec::new()),
        progress: RwSignal::new(None),
        say: StoredValue::new(Callback::new(show)),
        withdraw: StoredValue::new(Callback::new(move |()| withdraw())),
    };
    provide_context(deeds);
    commands().on(Command::Undo, move || deeds.undo());
    deeds
}

/// The deeds of the desk.
pub fn deeds() -> Deeds {
    expect_context()
}

impl Deeds {
    /// Shows tickets here too, as long as the component that says so is there.
    pub fn face(
        self,
        look: impl Fn(TicketId) -> Option<Ticket> + Send + Sync + 'static,
        show: impl Fn(Ticket) + Send + Sync + 'static,
    ) {
        let id = self.faces.with_value(|faces| faces.iter().map(|face| face.id).max().unwrap_or(0) + 1);
        let face = Face { id, look: Callback::new(look), show: Callback::new(show) };
        self.faces.update_value(|faces| faces.push(face));
        on_cleanup(move || _ = self.faces.try_update_value(|faces| faces.retain(|face| face.id != id)));
    }

    /// The ticket as it is shown, if it is anywhere.
    pub fn look(self, id: TicketId) -> Option<Ticket> {
        self.faces.get_value().iter().find_map(|face| face.look.run(id))
    }

    /// Does this to these tickets. Each is shown as it will be, and as it was again if the service refuses.
    pub fn act(self, deed: Deed, tickets: Vec<TicketId>) {
        let before: Vec<_> = tickets.into_iter().map(|id| (id, self.look(id))).collect();
        for ticket in before.iter().filter_map(|(_, ticket)| ticket.as_ref()) {
            self.show(deed.foreseen(ticket));
        }
        let of = before.len();
        spawn_local(async move {
            let (mut done, mut refused) = (Vec::new(), Vec::new());
            for (id, ticket) in before {
                if of > 1 {
                    self.progress.set(Some(Progress { done: done.len() + refused.len(), of }));
                }
                match deed.carry_out(id).await {
                    Ok(()) => done.push((id, ticket)),
                    Err(error) => {
                        if let Some(ticket) = &ticket {
                            self.roll_back(ticket);
                        }
                        refused.push((ticket, error));
                    }
                }
            }
            self.progress.set(None);
            self.report(&deed, done, &refused);
        });
    }

    fn report(self, deed: &Deed, done: Vec<(TicketId, Option<Ticket>)>, refused: &[(Option<Ticket>, AppError)]) {
        let t = command();
        if !done.is_empty() {
            let said = if done.len() == 1 { deed.done() } else { t.done_to(&deed.done(), done.len()) };
            if let Some(deed) = deed.to_undo() {
                let done = Done { deed, tickets: done };
                self.did(said, Callback::new(move |()| self.take_back(done.clone())));
            } else {
                self.say(Toast::saying(said));
            }
        }
        if !refused.is_empty() {
            let why = refused.iter().map(|(ticket, error)| {
                let reference = ticket.as_ref().map(|ticket| format!("{}: ", ticket.reference())).unwrap_or_default();
                format!("{reference}{}", error.problem().detail)
            });
            self.say(Toast::alarm(why.collect::<Vec<_>>().join("\n")));
        }
    }

    /// Says what was done, and offers to take it back.
    pub fn did(self, said: String, undo: Callback<()>) {
        self.undoes.update_value(|all| all.push(undo));
        self.say(Toast::saying(said).offering(command().undo, Callback::new(move |()| self.undo())));
    }

    /// Takes back what was done last. Pressed after a key did so, a button that stayed would take back what was before that.
    pub fn undo(self) {
        self.withdraw.get_value().run(());
        match self.undoes.try_update_value(Vec::pop).flatten() {
            Some(undo) => undo.run(()),
            None => self.say(Toast::saying(command().nothing_to_undo)),
        }
    }

    fn take_back(self, last: Done) {
        let t = command();
        let after: Vec<_> = last.tickets.iter().map(|(id, _)| self.look(*id)).collect();
        for ticket in last.tickets.iter().filter_map(|(_, before)| before.clone()) {
            self.show(ticket);
        }
        spawn_local(async move {
            let mut refused = Vec::new();
            for ((id, _), after) in last.tickets.into_iter().zip(after) {
                if let Err(error) = tickets::undo(id, last.deed).await {
                    if let Some(after) = &after {
                        self.roll_back(after);
                    }
                    refused.push(error.problem().detail);
                }
            }
            refused.dedup();
            self.say(if refused.is_empty() { Toast::saying(t.undone) } else { Toast::alarm(refused.join("\n")) });
        });
    }

    fn show(self, ticket: Ticket) {
        for face in self.faces.try_get_value().unwrap_or_default() {
            face.show.run(ticket.clone());
        }
    }

    /// Shows the ticket as it was, but where something newer was read meanwhile.
    fn roll_back(self, ticket: &Ticket) {
        for face in self.faces.try_get_value().unwrap_or_default() {
            if face.look.run(ticket.ticket_id).is_some_and(|now| now.version <= ticket.version) {
                face.show.run(ticket.clone());
            }
        }
    }

    fn say(self, toast: Toast) {
        if let Some(say) = self.say.try_get_value() {
            say.run(toast);
        }
    }
}
