//! A merge: several tickets of one customer told as one. Nothing is rewritten: each message keeps the ticket it was
//! written on, and the conversation of the *target* is read over all of them. So a merge can be undone at any time.

use crate::{
    Code, FieldError, Problem,
    id::{MergeId, TicketId},
    person::Person,
    ticket::{Status, Ticket, TicketLink, reference},
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use utoipa::ToSchema;

/// Most tickets that one merge takes along.
pub const SOURCES_MAX: usize = 20;

/// A merge that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Merge {
    pub merge_id: MergeId,
    /// The ticket that stays.
    pub target: TicketLink,
    /// The tickets that were merged into it.
    pub sources: Vec<TicketLink>,
    pub by: Person,
    pub at: String,
}

/// *Merge Tickets*: what is to be merged into the ticket that the path names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMerge {
    pub sources: Vec<TicketId>,
}

impl NewMerge {
    /// The same, when it names a few tickets, each once.
    ///
    /// # Errors
    /// When it names none, too many, or one twice.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let refuse = |message: &str| Err(vec![FieldError::new("sources", message)]);
        let mut seen = HashSet::new();
        match self.sources.len() {
            0 => refuse("Choose at least one ticket to merge into this one."),
            count if count > SOURCES_MAX => refuse("Merge at most 20 tickets at once."),
            _ if !self.sources.iter().all(|id| seen.insert(*id)) => refuse("Name each ticket once."),
            _ => Ok(self),
        }
    }
}

/// Whether `source` can be merged into `target`, of which neither is merged into another yet.
///
/// # Errors
/// When the target is closed, it is the same ticket, or it is another customer's.
pub fn check(target: &Ticket, source: &Ticket) -> Result<(), Problem> {
    if target.ticket_id == source.ticket_id {
        return Err(about_sources("A ticket cannot be merged into itself."));
    }
    if target.customer.id != source.customer.id || target.organization_id != source.organization_id {
        let message = format!("{} is another customer's. Merge tickets of one customer.", source.reference());
        return Err(about_sources(&message));
    }
    if target.status == Status::Closed {
        let detail = format!("{} is closed for good. Merge into a ticket that is still open.", target.reference());
        return Err(Problem::new(Code::TicketClosed, detail));
    }
    Ok(())
}

/// That nothing can be done to a ticket any more, because it was merged into this one.
pub fn merged(into: &TicketLink) -> Problem {
    let detail = format!("This ticket was merged into {}. Go on there.", reference(into.number));
    Problem::new(Code::TicketMerged, detail)
}

fn about_sources(message: &str) -> Problem {
    Problem::invalid(vec![FieldError::new("sources", message)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn ticket(nth: u8, customer: u8, organization: Option<u8>, status: Status) -> Ticket {
        let id = |kind: u8, nth: u8| format!("01939c3c-0000-7000-80{kind:02}-0000000000{nth:02}");
        serde_json::from_value(json!({
            "ticketId": id(1, nth), "number": 1000 + i64::from(nth), "subject": "Charged twice", "description": "Twice.",
            "category": "PAYMENT", "priority": "MEDIUM", "status": status, "channel": "WEB",
            "customer": {"id": id(2, customer), "name": "Mira", "role": "CUSTOMER"},
            "organizationId": organization.map(|nth| id(3, nth)),
            "createdAt": "2026-11-22T10:02:00.000Z", "updatedAt": "2026-11-22T10:02:00.000Z",
            "version": 1, "unread": false, "following": false,
        }))
        .unwrap()
    }

    #[test]
    fn tickets_of_one_customer_are_merged_into_one_that_is_not_closed() {
        use Status::{Closed, Completed, Open};
        let table = [
            (ticket(1, 1, None, Open), ticket(2, 1, None, Open), None),
            (ticket(1, 1, Some(1), Completed), ticket(2, 1, Some(1), Closed), None),
            (ticket(1, 1, None, Closed), ticket(2, 1, None, Open), Some(Code::TicketClosed)),
            (ticket(1, 1, None, Open), ticket(1, 1, None, Open), Some(Code::InvalidFields)),
            (ticket(1, 1, None, Open), ticket(2, 2, None, Open), Some(Code::InvalidFields)),
            (ticket(1, 1, Some(1), Open), ticket(2, 1, Some(2), Open), Some(Code::InvalidFields)),
        ];
        for (target, source, refusal) in table {
            let answer = check(&target, &source).err().map(|problem| problem.code);
            assert_eq!(answer, refusal, "{} into {}", source.reference(), target.reference());
        }
    }

    #[test]
    fn a_merge_names_a_few_tickets_and_each_once() {
        let id = |nth: usize| TicketId(uuid::Uuid::from_u128(nth as u128));
        let merge = |ids: Vec<TicketId>| NewMerge { sources: ids }.checked().is_ok();
        assert!(merge(vec![id(1)]));
        assert!(merge((0..SOURCES_MAX).map(id).collect()));
        assert!(!merge(vec![]));
        assert!(!merge(vec![id(1), id(2), id(1)]));
        assert!(!merge((0..=SOURCES_MAX).map(id).collect()));
    }
}
