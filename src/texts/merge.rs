//! Texts of merging tickets and of splitting replies off.

use contract::ticket::reference;

/// Texts of merging tickets and of splitting replies off.
pub struct Merging {
    pub merge: &'static str,
    pub others: &'static str,
    pub no_others: &'static str,
    pub number: &'static str,
    pub number_hint: &'static str,
    pub undo: &'static str,
    pub undone: &'static str,
    pub merged_tickets: &'static str,
    pub go_there: &'static str,

    pub split: &'static str,
    pub split_title: &'static str,
    pub split_lead: &'static str,
    pub subject: &'static str,
    pub category: &'static str,
    pub priority: &'static str,
    pub make_ticket: &'static str,
    pub split_to: &'static str,
    pub message_menu: &'static str,
}

/// English.
pub const EN: Merging = Merging {
    merge: "Merge…",
    others: "The customer's other tickets",
    no_others: "The customer has no other open ticket that you see.",
    number: "Or by number",
    number_hint: "One that is not listed, such as FS-1043.",
    undo: "Undo merge",
    undone: "The merge is undone: each ticket stands for itself again.",
    merged_tickets: "Merged into this",
    go_there: "Go on there.",

    split: "Split off…",
    split_title: "Split a reply off",
    split_lead: "It becomes the description of a new ticket of this customer, with its files, and stays here too.",
    subject: "Subject of the new ticket",
    category: "Category",
    priority: "Priority",
    make_ticket: "Make it a ticket",
    split_to: "split off to",
    message_menu: "What can be done with this message",
};

impl Merging {
    /// What merging comes to, and which ticket stays.
    pub fn lead(&self, stays: &str) -> String {
        format!(
            "{stays} stays and shows the messages, notes and files of all of them. The others leave the queue and lead \
             here; who follows or works them follows {stays}. The customer is told. You can undo this at any time."
        )
    }

    /// The button that merges so many tickets.
    pub fn merge_into(&self, count: usize, stays: &str) -> String {
        match count {
            0 => format!("Merge into {stays}"),
            1 => format!("Merge 1 ticket into {stays}"),
            _ => format!("Merge {count} tickets into {stays}"),
        }
    }

    /// That tickets were merged.
    pub fn merged(&self, sources: &[i64], target: i64) -> String {
        let sources: Vec<_> = sources.iter().map(|number| reference(*number)).collect();
        format!("{} merged into {}.", sources.join(", "), reference(target))
    }

    /// Said of each ticket that was merged into the one shown.
    pub fn was_merged(&self, number: i64) -> String {
        format!("{} was merged into this ticket.", reference(number))
    }

    /// Said where a ticket is still open that was merged into another.
    pub fn is_merged(&self, target: &str) -> String {
        format!("This ticket was merged into {target}. What you typed is still here.")
    }

    /// Where a message was written.
    pub fn from(&self, number: i64) -> String {
        format!("from {}", reference(number))
    }

    /// That nothing by this number can be merged.
    pub fn no_such_ticket(&self, typed: &str) -> String {
        format!("There is no ticket {typed} that you see.")
    }

    /// That the ticket of this number is part of another already.
    pub fn already_merged(&self, typed: &str, target: i64) -> String {
        format!("{typed} was merged into {} already.", reference(target))
    }
}

/// In the viewer's language.
pub const fn merging() -> &'static Merging {
    &EN
}
