//! Texts of commands, of what they do, and of those who are at work beside one.

use crate::keys::Group;

/// Texts of commands.
pub struct Command {
    pub undo: &'static str,
    pub undone: &'static str,
    pub nothing_to_undo: &'static str,
    pub claimed: &'static str,
    pub followed_now: &'static str,
    pub unfollowed: &'static str,
    pub closed: &'static str,
    pub marked_unread: &'static str,
    pub yours_already: &'static str,
    pub only_admins_assign: &'static str,
    pub admins_assign: &'static str,
    pub nothing_chosen: &'static str,

    pub palette: &'static str,
    pub palette_search: &'static str,
    pub palette_keys: &'static str,
    pub commands: &'static str,
    pub views: &'static str,
    pub tickets: &'static str,
    pub people: &'static str,
    pub assign_to: &'static str,
    pub new_status: &'static str,
    pub new_priority: &'static str,
    pub loading: &'static str,
    pub no_match: &'static str,
    pub whole: &'static str,
    pub leave: &'static str,

    pub sheet: &'static str,
    pub sheet_lead: &'static str,
    pub single_keys: &'static str,
    pub single_keys_hint: &'static str,
    pub change: &'static str,
    pub press_now: &'static str,
    pub take_away: &'static str,
    pub usual: &'static str,
    pub no_key: &'static str,
    pub kept: &'static str,

    pub select: &'static str,
    pub selection: &'static str,
    pub select_all: &'static str,
    pub clear: &'static str,
    pub status: &'static str,
    pub priority: &'static str,
    pub assign: &'static str,
    pub claim: &'static str,
    pub follow: &'static str,
    pub close: &'static str,
    pub close_lead: &'static str,
    pub reason: &'static str,
    pub reason_missing: &'static str,

    pub queue_width: &'static str,
    pub context_width: &'static str,
}

const EN: Command = Command {
    undo: "Undo",
    undone: "Undone.",
    nothing_to_undo: "There is nothing to undo.",
    claimed: "Claimed.",
    followed_now: "Followed.",
    unfollowed: "Not followed any more.",
    closed: "Closed for good.",
    marked_unread: "Marked unread.",
    yours_already: "You have this ticket already.",
    only_admins_assign: "Somebody has this ticket. Ask an admin to pass it on.",
    admins_assign: "Admins assign tickets here. Ask one of them.",
    nothing_chosen: "Open a ticket, or select some, first.",

    palette: "Commands",
    palette_search: "Find a command, ticket, person or view",
    palette_keys: "↑ ↓ to mark · Enter to choose · Esc to leave",
    commands: "Commands",
    views: "Views",
    tickets: "Tickets",
    people: "People",
    assign_to: "Assign to",
    new_status: "Status",
    new_priority: "Priority",
    loading: "Loading …",
    no_match: "Nothing matches.",
    whole: "In full",
    leave: "Close",

    sheet: "Keys",
    sheet_lead: "Keys work wherever you are not typing. Choose others, or none, for any of them.",
    single_keys: "Single keys are commands",
    single_keys_hint: "Switch this off if you use speech input or type by accident. Keys held with Ctrl or ⌘ keep working.",
    change: "Change",
    press_now: "Press the new key …",
    take_away: "No key",
    usual: "Usual keys",
    no_key: "none",
    kept: "Your keys are kept.",

    select: "Select",
    selection: "Selected tickets",
    select_all: "All in view",
    clear: "Clear",
    status: "Status",
    priority: "Priority",
    assign: "Assign",
    claim: "Claim",
    follow: "Follow",
    close: "Close",
    close_lead: "The customer reads the reason. A closed ticket stays closed; its customer can file a follow-up.",
    reason: "Reason",
    reason_missing: "Say why, for the record.",

    queue_width: "Width of the queue",
    context_width: "Width of the context",
};

impl Command {
    /// Who has the ticket now.
    pub fn assigned_to(&self, name: &str) -> String {
        format!("Assigned to {name}.")
    }

    /// Where the ticket stands now.
    pub fn moved_to(&self, status: &str) -> String {
        format!("Moved to {status}.")
    }

    /// How urgent the ticket is now.
    pub fn prioritised(&self, priority: &str) -> String {
        format!("The priority is {priority}.")
    }

    /// The same, done to several.
    pub fn done_to(&self, done: &str, tickets: usize) -> String {
        format!("{tickets} tickets: {done}")
    }

    /// What closes so many.
    pub fn close_title(&self, tickets: usize) -> String {
        if tickets > 1 { format!("Close {tickets} tickets for good") } else { "Close for good".to_owned() }
    }

    /// How many are selected.
    pub fn selected(&self, tickets: usize) -> String {
        if tickets == 1 { "1 selected".to_owned() } else { format!("{tickets} selected") }
    }

    /// How far something is that is done to several.
    pub fn progress(&self, done: usize, of: usize) -> String {
        format!("{done} of {of} done …")
    }

    /// The box that selects a ticket.
    pub fn select_ticket(&self, subject: &str) -> String {
        format!("Select {subject}")
    }

    /// Where a key is used already.
    pub fn taken(&self, command: &str) -> String {
        format!("That key stands in the way of “{command}”. Choose another.")
    }

    /// Changing the key of a command.
    pub fn change_key_of(&self, command: &str) -> String {
        format!("Change the key of “{command}”")
    }

    /// Who else is here.
    pub fn present(&self, name: &str, typing: bool) -> String {
        if typing { format!("{name} is writing …") } else { format!("{name} is here") }
    }

    /// A part of the sheet.
    pub const fn group(&self, group: Group) -> &'static str {
        match group {
            Group::Queue => "Queue",
            Group::Ticket => "Ticket",
            Group::Writing => "Writing",
            Group::Places => "Places",
            Group::Desk => "Desk",
        }
    }
}

/// In the viewer's language.
pub const fn command() -> &'static Command {
    &EN
}
