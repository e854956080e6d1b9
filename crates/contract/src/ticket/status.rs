//! The state machine of a ticket.
//!
//! ```text
//! OPEN ──▶ IN_PROGRESS ◀──▶ WAITING
//!               │  ▲           │
//!               ▼  │           ▼
//!            COMPLETED ◀───────┘        CLOSED is reached from anywhere and final
//! ```
//!
//! Assigning is no move: work starts with the first staff reply or an explicit move.

use crate::{Code, Problem, choice::Choices};

crate::choices! {
    /// Where a ticket stands.
    Status {
        /// Filed, not worked on yet.
        Open "OPEN" "Open",
        /// Being worked on.
        InProgress "IN_PROGRESS" "In progress",
        /// Waiting for the customer or a third party.
        Waiting "WAITING" "Waiting",
        /// The work is done; the customer may still answer.
        Completed "COMPLETED" "Completed",
        /// Over. A new concern becomes a follow-up ticket.
        Closed "CLOSED" "Closed",
    }
}

/// What can happen to a ticket's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    /// Take up the work, or take it up again.
    Start,
    /// Pause for somebody else.
    Wait,
    /// The work is done.
    Complete,
    /// The ticket is over.
    Close,
    /// The customer wrote, and somebody is assigned.
    CustomerReply,
    /// The customer wrote, and nobody is assigned.
    CustomerReplyUnassigned,
    /// The customer wrote that there is nothing more to do.
    Thank,
    /// Staff wrote to the customer.
    StaffReply,
}

impl Move {
    /// Every move.
    pub const ALL: [Self; 8] = [
        Self::Start,
        Self::Wait,
        Self::Complete,
        Self::Close,
        Self::CustomerReply,
        Self::CustomerReplyUnassigned,
        Self::Thank,
        Self::StaffReply,
    ];

    /// The move that somebody means who asks for this status. Nothing moves back to open by hand.
    pub const fn to(status: Status) -> Option<Self> {
        match status {
            Status::Open => None,
            Status::InProgress => Some(Self::Start),
            Status::Waiting => Some(Self::Wait),
            Status::Completed => Some(Self::Complete),
            Status::Closed => Some(Self::Close),
        }
    }
}

/// A move that this status does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IllegalMove {
    pub from: Status,
}

impl Status {
    /// Those of tickets that still want work.
    pub const ACTIVE: [Self; 3] = [Self::Open, Self::InProgress, Self::Waiting];

    /// Where this move leads.
    ///
    /// # Errors
    /// When the move is not legal from here.
    pub const fn after(self, mv: Move) -> Result<Self, IllegalMove> {
        use Move as M;
        use Status as S;
        Ok(match (self, mv) {
            (S::Closed, _) => return Err(IllegalMove { from: self }),
            (S::Open | S::Waiting | S::Completed, M::Start) => S::InProgress,
            (S::InProgress, M::Wait) => S::Waiting,
            (S::InProgress | S::Waiting, M::Complete) => S::Completed,
            (_, M::Close) => S::Closed,
            (S::Waiting | S::Completed, M::CustomerReply) => S::InProgress,
            (S::Waiting | S::Completed, M::CustomerReplyUnassigned) => S::Open,
            (S::Completed, M::Thank) => self,
            (S::Open, M::StaffReply) => S::InProgress,
            (_, M::CustomerReply | M::CustomerReplyUnassigned | M::StaffReply) => self,
            (_, M::Start | M::Wait | M::Complete | M::Thank) => return Err(IllegalMove { from: self }),
        })
    }

    /// The statuses that staff may move a ticket to from here.
    pub fn legal_targets(self) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|to| Move::to(*to).is_some_and(|mv| self.after(mv).is_ok())).collect()
    }

    /// Whether nobody needs to do anything more.
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Completed | Self::Closed)
    }
}

impl From<IllegalMove> for Problem {
    fn from(illegal: IllegalMove) -> Self {
        if illegal.from == Status::Closed {
            return Self::new(Code::TicketClosed, "This ticket is closed for good. File a follow-up ticket instead.");
        }
        let legal: Vec<_> = illegal.from.legal_targets().into_iter().map(Choices::label).collect();
        let from = illegal.from.label().to_lowercase();
        Self::new(Code::IllegalMove, format!("The ticket is {from}. From there it can move to {}.", one_of(&legal)))
    }
}

/// A choice in words: `In progress, Completed or Closed`.
fn one_of(choices: &[&str]) -> String {
    match choices {
        [some @ .., last] if !some.is_empty() => format!("{} or {last}", some.join(", ")),
        _ => choices.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Status::*;

    /// Every status × every move; `None` is illegal.
    #[test]
    fn the_state_machine_is_exactly_this_table() {
        let table: [(Status, [Option<Status>; 8]); 5] = [
            //            Start             Wait  Complete  Close         CustomerReply …Unassigned  Thank  StaffReply
            (Open, [Some(InProgress), None, None, Some(Closed), Some(Open), Some(Open), None, Some(InProgress)]),
            (
                InProgress,
                [
                    None,
                    Some(Waiting),
                    Some(Completed),
                    Some(Closed),
                    Some(InProgress),
                    Some(InProgress),
                    None,
                    Some(InProgress),
                ],
            ),
            (
                Waiting,
                [
                    Some(InProgress),
                    None,
                    Some(Completed),
                    Some(Closed),
                    Some(InProgress),
                    Some(Open),
                    None,
                    Some(Waiting),
                ],
            ),
            (
                Completed,
                [
                    Some(InProgress),
                    None,
                    None,
                    Some(Closed),
                    Some(InProgress),
                    Some(Open),
                    Some(Completed),
                    Some(Completed),
                ],
            ),
            (Closed, [None; 8]),
        ];
        for (from, expected) in table {
            for (mv, to) in Move::ALL.into_iter().zip(expected) {
                assert_eq!(from.after(mv).ok(), to, "{from} after {mv:?}");
            }
        }
    }

    #[test]
    fn an_illegal_move_names_the_state_and_the_legal_ones() {
        let problem = Problem::from(Open.after(Move::Complete).unwrap_err());
        assert_eq!(problem.code, Code::IllegalMove);
        assert_eq!(problem.detail, "The ticket is open. From there it can move to In progress or Closed.");
        let problem = Problem::from(InProgress.after(Move::Start).unwrap_err());
        assert_eq!(
            problem.detail,
            "The ticket is in progress. From there it can move to Waiting, Completed or Closed."
        );
        assert_eq!(Problem::from(Closed.after(Move::Close).unwrap_err()).code, Code::TicketClosed);
    }
}
