//! A notification: something on a ticket that concerns somebody of staff and that they did not do themselves. Which events
//! those are, and whom each concerns, is decided here. Customers have none.

use crate::{
    Role,
    event::What,
    id::{NotificationId, PersonId, TicketId},
    person::Person,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How long notifications are kept, in seconds: 90 days.
pub const NOTIFICATIONS_KEPT: i64 = 90 * 24 * 60 * 60;

crate::choices! {
    /// Why somebody is notified.
    NotificationKind {
        /// A note names them.
        Mentioned "MENTIONED" "mentioned you",
        /// The ticket is theirs now.
        Assigned "ASSIGNED" "assigned this to you",
        /// The customer wrote on a ticket that they work on or follow.
        CustomerReplied "CUSTOMER_REPLIED" "replied",
        /// A ticket that they work on was escalated.
        Escalated "ESCALATED" "escalated this",
        /// Their reply could not be sent, and waits for them.
        Held "HELD" "Your reply was not sent",
    }
}

/// Something that concerns the reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    pub notification_id: NotificationId,
    pub kind: NotificationKind,
    pub ticket_id: TicketId,
    /// The ticket's number.
    pub number: i64,
    pub at: String,
    pub seen: bool,
    /// What it is about; absent when the reader no longer sees the ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
}

/// What a notification is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// Who did it; of a reply that was not sent, its author.
    pub actor: Person,
    /// The ticket's subject.
    pub subject: String,
}

/// A page of somebody's notifications, newest first, and how many of all they have not seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Notifications {
    pub items: Vec<Notification>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    pub unread: i64,
}

/// Whom an event concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concerned {
    /// This person.
    Person(PersonId),
    /// Who works on the ticket.
    Assignee,
    /// Who works on it and staff who follow it.
    AssigneeAndFollowers,
    /// Who did it, for it befell them. When their account is disabled, whoever works on the ticket, or else the admins.
    Actor,
}

/// Whom an event by somebody of this role concerns, and as what. A note concerns those whom its text mentions, which is
/// not in the event.
pub fn concerned(what: &What, by: Role) -> Option<(NotificationKind, Concerned)> {
    Some(match what {
        What::Assigned { assignee, .. } => (NotificationKind::Assigned, Concerned::Person(assignee.id)),
        What::Replied { .. } if by == Role::Customer => {
            (NotificationKind::CustomerReplied, Concerned::AssigneeAndFollowers)
        }
        What::Escalated { .. } => (NotificationKind::Escalated, Concerned::Assignee),
        What::Held { .. } => (NotificationKind::Held, Concerned::Actor),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{NoteId, OutboxMessageId, ReplyId};
    use uuid::Uuid;

    #[test]
    fn an_event_concerns_exactly_these() {
        let id = Uuid::from_u128(1);
        let assignee = Person { id: PersonId(id), name: "Sam".to_owned(), role: Role::Assignee, email: None };
        let replied = What::Replied { reply_id: ReplyId(id) };
        let escalated = What::Escalated { level: 1, reason: "Late".to_owned(), tried: None, impact: None };
        let table = [
            (What::Assigned { assignee, from: None }, Role::Admin, Some(Concerned::Person(PersonId(id)))),
            (replied.clone(), Role::Customer, Some(Concerned::AssigneeAndFollowers)),
            (replied, Role::Assignee, None),
            (escalated, Role::Customer, Some(Concerned::Assignee)),
            (What::Held { message_id: OutboxMessageId(id) }, Role::Assignee, Some(Concerned::Actor)),
            (What::Noted { note_id: NoteId(id) }, Role::Admin, None),
            (What::Created { number: 1 }, Role::Customer, None),
        ];
        for (what, by, expected) in table {
            assert_eq!(concerned(&what, by).map(|(_, whom)| whom), expected, "{what:?}");
        }
    }
}
