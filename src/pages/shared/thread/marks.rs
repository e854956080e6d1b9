//! What is marked on the messages of a conversation: where one was written, and what was split off from it.

use crate::{
    form::Posting,
    rpc::threads::{Item, Thread},
};
use contract::{
    event::What,
    id::{MergeId, ReplyId, TicketId},
    person::Person,
    ticket::TicketLink,
};
use leptos::prelude::*;
use std::collections::HashMap;

/// What staff can do within the conversation.
#[derive(Clone, Copy)]
pub struct Tools {
    pub undo: Posting,
    /// Whether the viewer may undo merges, and split replies off.
    pub may: Memo<bool>,
    /// The query of the page, which names the queue beside it.
    pub query: Signal<String>,
}

/// The marks of one conversation.
pub struct Marks {
    origins: HashMap<TicketId, i64>,
    splits: HashMap<ReplyId, Vec<TicketLink>>,
    undoable: Vec<MergeId>,
}

impl Marks {
    /// Those of this conversation.
    pub fn of(thread: &Thread) -> Self {
        let mut splits: HashMap<_, Vec<_>> = HashMap::new();
        for item in &thread.items {
            if let Item::Event(event) = item
                && let What::Split { reply_id, ticket } = &event.what
            {
                splits.entry(*reply_id).or_default().push(ticket.clone());
            }
        }
        let own = |target: &TicketLink| target.ticket_id == thread.ticket.ticket_id;
        Self {
            origins: thread.sources().map(|source| (source.ticket_id, source.number)).collect(),
            splits,
            undoable: thread.merges.iter().filter(|merge| own(&merge.target)).map(|merge| merge.merge_id).collect(),
        }
    }

    /// The number of the ticket on which something was written, when it is not the one shown.
    pub fn origin(&self, ticket: TicketId) -> Option<i64> {
        self.origins.get(&ticket).copied()
    }

    /// The tickets that a reply became.
    pub fn splits(&self, reply: ReplyId) -> Vec<TicketLink> {
        self.splits.get(&reply).cloned().unwrap_or_default()
    }

    /// The merge that an event tells of, when it can be undone.
    pub fn undoable(&self, what: &What) -> Option<MergeId> {
        match what {
            What::Merged { merge_id, .. } if self.undoable.contains(merge_id) => Some(*merge_id),
            _ => None,
        }
    }
}

impl Thread {
    /// The tickets that were merged into this one.
    pub fn sources(&self) -> impl Iterator<Item = &TicketLink> {
        self.merges.iter().flat_map(|merge| &merge.sources)
    }

    /// Who wrote what the ticket begins with: of one that was split off, who wrote that reply.
    pub fn author(&self) -> Person {
        let split = self.events().find_map(|event| match &event.what {
            What::SplitFrom { author, .. } => Some(author.clone()),
            _ => None,
        });
        split.unwrap_or_else(|| self.ticket.customer.clone())
    }
}
