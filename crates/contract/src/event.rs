//! What happened to a ticket. Events are the audit log, the lines between messages and the live feed.

use crate::{
    id::{MergeId, NoteId, OutboxMessageId, ReplyId, TicketId},
    person::Person,
    ticket::{Category, Priority, Status, TicketLink},
};
use serde::{Deserialize, Serialize};
use std::mem::discriminant;
use utoipa::ToSchema;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Grows with every event of the service; `Last-Event-ID` of the live feed.
    pub seq: i64,
    pub ticket_id: TicketId,
    pub actor: Person,
    pub at: String,
    #[serde(flatten)]
    pub what: What,
}

/// What a page takes in of an event that the live feed tells it: enough to know what to read anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Heard {
    pub seq: i64,
    pub ticket_id: TicketId,
}

/// Which thing happened, with what belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "data", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum What {
    /// Something; a gateway was asked, which does not say what.
    Changed,
    Created {
        number: i64,
    },
    Replied {
        reply_id: ReplyId,
    },
    Noted {
        note_id: NoteId,
    },
    /// A reply waits in the outbox, or waits for another time now.
    Queued {
        message_id: OutboxMessageId,
    },
    /// It was taken back.
    Unqueued {
        message_id: OutboxMessageId,
    },
    /// It could not be sent, and waits for its author, who is the actor.
    Held {
        message_id: OutboxMessageId,
    },
    Edited {
        changes: Vec<Change>,
    },
    Assigned {
        assignee: Person,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Person>,
    },
    StatusChanged {
        from: Status,
        to: Status,
    },
    CompletedForAssignee {
        from: Status,
        assignee: Person,
    },
    Closed {
        from: Status,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rating: Option<i64>,
    },
    Escalated {
        level: i64,
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tried: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        impact: Option<String>,
    },
    FollowerAdded {
        follower: Person,
    },
    FollowerRemoved {
        follower: Person,
    },
    StartDateSet {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start_date: Option<String>,
    },
    /// Its actor took back what they had done in the event `of`.
    Undone {
        of: i64,
        deed: Deed,
        /// Who had the ticket until now, when an assignment was taken back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Person>,
    },
    /// Other tickets were merged into this one.
    Merged {
        merge_id: MergeId,
        sources: Vec<TicketLink>,
    },
    /// This one was merged into another.
    MergedInto {
        merge_id: MergeId,
        target: TicketLink,
    },
    /// Other tickets stand for themselves again.
    MergeUndone {
        merge_id: MergeId,
        sources: Vec<TicketLink>,
    },
    /// This one stands for itself again.
    Unmerged {
        merge_id: MergeId,
        target: TicketLink,
    },
    /// A reply of this ticket became another.
    Split {
        reply_id: ReplyId,
        ticket: TicketLink,
    },
    /// This ticket was a reply of another, written by `author`.
    SplitFrom {
        reply_id: ReplyId,
        ticket: TicketLink,
        author: Person,
    },
}

crate::choices! {
    /// What can be taken back.
    Deed {
        Assignment "ASSIGNMENT" "the assignment",
        Status "STATUS" "the move",
        Closing "CLOSING" "the closing",
        Edit "EDIT" "the change",
        FollowerAdded "FOLLOWER_ADDED" "the new follower",
        FollowerRemoved "FOLLOWER_REMOVED" "the removal of a follower",
        /// Of a follower of staff, which is nothing to the customer.
        StaffFollower "STAFF_FOLLOWER" "a change of followers",
    }
}

/// What of all that one did is to be taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ToUndo {
    /// The newest such deed; without it, the newest of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deed: Option<Deed>,
}

/// One field of a ticket that was edited. Long texts are named, not repeated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "field", rename_all = "camelCase")]
pub enum Change {
    Subject { from: String, to: String },
    Description,
    Category { from: Category, to: Category },
    Priority { from: Priority, to: Priority },
    PaymentId { from: Option<String>, to: Option<String> },
}

/// Who may hear of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// All who see the ticket.
    Everyone,
    /// Staff who see the ticket.
    Staff,
}

impl What {
    /// Who may hear of this. A note, a colleague following, a start date, a reply that is not sent yet: none of it is the
    /// customer's business.
    pub fn audience(&self) -> Audience {
        match self {
            Self::Noted { .. }
            | Self::StartDateSet { .. }
            | Self::Queued { .. }
            | Self::Unqueued { .. }
            | Self::Held { .. }
            | Self::Undone { deed: Deed::StaffFollower, .. } => Audience::Staff,
            Self::FollowerAdded { follower } | Self::FollowerRemoved { follower } if follower.role.is_staff() => {
                Audience::Staff
            }
            _ => Audience::Everyone,
        }
    }

    /// Whether it makes the ticket unread for who may hear of it. What only waits in the outbox does not: the reply will.
    pub const fn is_news(&self) -> bool {
        !matches!(self, Self::Queued { .. } | Self::Unqueued { .. })
    }

    /// Whether it bears on an answer being written: a colleague's reply, another status, another assignee,
    /// another conversation.
    pub const fn moves_the_conversation(&self) -> bool {
        matches!(
            self,
            Self::Replied { .. }
                | Self::StatusChanged { .. }
                | Self::CompletedForAssignee { .. }
                | Self::Closed { .. }
                | Self::Assigned { .. }
                | Self::Undone { deed: Deed::Assignment | Deed::Status | Deed::Closing, .. }
                | Self::Merged { .. }
                | Self::MergeUndone { .. }
        )
    }

    /// What taking this back is called; `None` for what cannot be taken back.
    pub fn deed(&self) -> Option<Deed> {
        Some(match self {
            Self::Assigned { .. } => Deed::Assignment,
            Self::StatusChanged { .. } | Self::CompletedForAssignee { .. } => Deed::Status,
            Self::Closed { rating: None, .. } => Deed::Closing,
            Self::Edited { changes } if changes.iter().all(Change::keeps_what_was) => Deed::Edit,
            Self::FollowerAdded { follower } | Self::FollowerRemoved { follower } if follower.role.is_staff() => {
                Deed::StaffFollower
            }
            Self::FollowerAdded { .. } => Deed::FollowerAdded,
            Self::FollowerRemoved { .. } => Deed::FollowerRemoved,
            _ => return None,
        })
    }
}

impl What {
    /// Whether the other bears on what this did: then this can be taken back no more.
    pub fn is_overtaken_by(&self, later: &Self) -> bool {
        match (self, later) {
            (Self::Assigned { .. }, Self::Assigned { .. }) => true,
            (Self::Edited { changes }, Self::Edited { changes: later }) => {
                let same = |change: &Change| later.iter().any(|other| discriminant(other) == discriminant(change));
                changes.iter().any(same)
            }
            (
                Self::FollowerAdded { follower } | Self::FollowerRemoved { follower },
                Self::FollowerAdded { follower: later } | Self::FollowerRemoved { follower: later },
            ) => follower.id == later.id,
            _ => self.moved().is_some() && later.moved().is_some(),
        }
    }

    /// From which status to which, for what moves the ticket.
    pub const fn moved(&self) -> Option<(Status, Status)> {
        match self {
            Self::StatusChanged { from, to } => Some((*from, *to)),
            Self::CompletedForAssignee { from, .. } => Some((*from, Status::Completed)),
            Self::Closed { from, .. } => Some((*from, Status::Closed)),
            _ => None,
        }
    }
}

impl Change {
    /// Whether the change says what stood there before.
    const fn keeps_what_was(&self) -> bool {
        !matches!(self, Self::Description)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Role, id::PersonId};
    use Status::{Closed, Completed, InProgress, Waiting};

    fn person(id: u128) -> Person {
        let id = PersonId(uuid::Uuid::from_u128(id));
        Person { id, name: "Sam".to_owned(), role: Role::Assignee, email: None }
    }

    /// What was done, what came after it, and whether that bears on it.
    #[test]
    fn what_bears_on_a_deed_is_exactly_this_table() {
        let assigned = || What::Assigned { assignee: person(1), from: None };
        let moved = |from, to| What::StatusChanged { from, to };
        let closed = || What::Closed { from: Completed, reason: None, rating: None };
        let edited = |change| What::Edited { changes: vec![change] };
        let priority = || edited(Change::Priority { from: Priority::Low, to: Priority::High });
        let subject = || edited(Change::Subject { from: "a".to_owned(), to: "b".to_owned() });
        let added = |id| What::FollowerAdded { follower: person(id) };
        let removed = |id| What::FollowerRemoved { follower: person(id) };
        let table = [
            (assigned(), assigned(), true),
            (assigned(), moved(InProgress, Waiting), false),
            (moved(InProgress, Waiting), moved(Waiting, Completed), true),
            (moved(InProgress, Completed), closed(), true),
            (closed(), moved(InProgress, Waiting), true),
            (What::CompletedForAssignee { from: InProgress, assignee: person(1) }, moved(Completed, Closed), true),
            (priority(), priority(), true),
            (priority(), subject(), false),
            (priority(), assigned(), false),
            (added(1), removed(1), true),
            (removed(1), added(1), true),
            (added(1), added(2), false),
            (assigned(), What::Noted { note_id: NoteId(uuid::Uuid::nil()) }, false),
        ];
        for (what, later, bears) in table {
            assert_eq!(what.is_overtaken_by(&later), bears, "{what:?}, then {later:?}");
        }
    }
}
