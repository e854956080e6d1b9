//! Who may do what to a ticket: the whole permission matrix on one screen.
//!
//! A refusal is never a hint. Whoever may not see a ticket gets the answer of a ticket that does not exist; only
//! who sees it can be told that they may not change it.

use crate::{
    Actor, Role,
    event::What,
    id::{OrganizationId, PersonId},
    ticket::{Status, Ticket},
};

/// What somebody may want of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The ticket, its replies, public files, followers and events.
    See,
    /// Its notes, their files and staff events.
    SeeInternal,
    /// Subject, description, category.
    Edit,
    /// Priority and payment.
    EditForStaff,
    Escalate,
    CustomerClose,
    AssigneeMove,
    /// Any legal move, closing with a reason, completing for the assignee, assigning.
    Administer,
    SetStartDate,
    CustomerReply,
    AssigneeReply,
    AdminReply,
    AssigneeNote,
    AdminNote,
    AddFollower,
    Claim,
    /// Merging others into it, merging it into another, undoing that.
    Merge,
    /// Making a ticket of one of its replies.
    Split,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 18] = [
        Self::See,
        Self::SeeInternal,
        Self::Edit,
        Self::EditForStaff,
        Self::Escalate,
        Self::CustomerClose,
        Self::AssigneeMove,
        Self::Administer,
        Self::SetStartDate,
        Self::CustomerReply,
        Self::AssigneeReply,
        Self::AdminReply,
        Self::AssigneeNote,
        Self::AdminNote,
        Self::AddFollower,
        Self::Claim,
        Self::Merge,
        Self::Split,
    ];

    /// Whether it changes nothing: all that is possible to a ticket that was merged into another.
    pub const fn only_reads(self) -> bool {
        matches!(self, Self::See | Self::SeeInternal)
    }
}

/// How an actor stands to a ticket: all that the rules look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The actor filed it, or it was filed for them.
    pub owns: bool,
    pub follows: bool,
    /// The actor works on it.
    pub assigned: bool,
    /// Nobody works on it.
    pub unassigned: bool,
    pub status: Status,
}

impl Standing {
    /// How `actor` stands to a ticket with these people around it.
    pub fn of(actor: &Actor, customer: PersonId, assignee: Option<PersonId>, follows: bool, status: Status) -> Self {
        Self {
            owns: customer == actor.id,
            follows,
            assigned: assignee == Some(actor.id),
            unassigned: assignee.is_none(),
            status,
        }
    }

    /// How `actor`, for whom this ticket was answered, stands to it.
    pub fn to(actor: &Actor, ticket: &Ticket) -> Self {
        Self::of(actor, ticket.customer.id, ticket.assignee.as_ref().map(|a| a.id), ticket.following, ticket.status)
    }
}

/// Whether `actor` may do `action` to a ticket they stand to like this. To one that was merged into another they stand as
/// they stand to that other.
pub fn may(actor: &Actor, action: Action, ticket: Standing) -> bool {
    let sees = match actor.role {
        Role::Customer => ticket.owns || ticket.follows,
        Role::Assignee => ticket.assigned || ticket.follows || ticket.unassigned,
        Role::Admin => true,
    };
    sees && match actor.role {
        Role::Customer => match action {
            Action::See | Action::Escalate | Action::CustomerReply => true,
            Action::Edit => ticket.owns && ticket.status == Status::Open,
            Action::CustomerClose | Action::AddFollower => ticket.owns,
            _ => false,
        },
        Role::Assignee => match action {
            Action::See | Action::SeeInternal | Action::Escalate | Action::AssigneeNote | Action::AddFollower => true,
            Action::Edit
            | Action::EditForStaff
            | Action::AssigneeMove
            | Action::SetStartDate
            | Action::AssigneeReply => ticket.assigned,
            Action::Claim => ticket.unassigned,
            Action::Merge | Action::Split => ticket.assigned || ticket.unassigned,
            _ => false,
        },
        Role::Admin => !matches!(
            action,
            Action::CustomerClose
                | Action::AssigneeMove
                | Action::CustomerReply
                | Action::AssigneeReply
                | Action::AssigneeNote
                | Action::Claim
        ),
    }
}

/// Somebody who might become a follower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub role: Role,
    pub organization_id: Option<OrganizationId>,
}

/// Whether `actor`, who may add followers at all, may add this one: staff by staff, a colleague of the customer's own
/// organization by either.
pub fn may_add_follower(actor: &Actor, candidate: Candidate, ticket_organization: Option<OrganizationId>) -> bool {
    match candidate.role {
        Role::Assignee | Role::Admin => actor.role.is_staff(),
        Role::Customer => candidate.organization_id.is_some() && candidate.organization_id == ticket_organization,
    }
}

/// Whether `actor`, who sees the ticket, may remove this follower: oneself always, others by who may add them.
pub fn may_remove_follower(actor: &Actor, ticket: Standing, follower: PersonId, follower_role: Role) -> bool {
    follower == actor.id
        || match actor.role {
            Role::Customer => ticket.owns && follower_role == Role::Customer,
            Role::Assignee | Role::Admin => true,
        }
}

/// Whether `actor`, as they stand to the ticket now, may take this back, which they did when they stood otherwise perhaps: who
/// may do again what they did.
pub fn may_undo(actor: &Actor, ticket: Standing, what: &What) -> bool {
    let may = |action| may(actor, action, ticket);
    match what {
        What::Assigned { .. } => may(Action::Administer) || ticket.assigned,
        What::StatusChanged { .. } => may(Action::Administer) || may(Action::AssigneeMove),
        What::Edited { .. } => may(Action::EditForStaff),
        What::FollowerAdded { follower } => may_remove_follower(actor, ticket, follower.id, follower.role),
        What::FollowerRemoved { .. } => may(Action::AddFollower),
        _ => may(Action::Administer),
    }
}

/// Whether `actor` may list the tickets of `person` by follower or assignee id: their own, or any for an admin.
pub fn may_list_for(actor: &Actor, person: PersonId) -> bool {
    actor.role == Role::Admin || actor.id == person
}

#[cfg(test)]
mod tests {
    use super::*;
    use Action::*;

    fn actor(role: Role) -> Actor {
        Actor { id: PersonId(uuid::Uuid::from_u128(1)), role, organization_id: None }
    }

    fn standing(relation: &str, status: Status) -> Standing {
        let nobody = Standing { owns: false, follows: false, assigned: false, unassigned: false, status };
        match relation {
            "owns" => Standing { owns: true, ..nobody },
            "follows" => Standing { follows: true, ..nobody },
            "assigned" => Standing { assigned: true, ..nobody },
            "unassigned" => Standing { unassigned: true, ..nobody },
            _ => nobody,
        }
    }

    /// How staff stand to a ticket now, and of what they did to it which they may take back.
    #[test]
    fn who_may_undo_is_exactly_this_table() {
        use crate::person::Person;
        let other = Person {
            id: PersonId(uuid::Uuid::from_u128(2)),
            name: "Lin".to_owned(),
            role: Role::Assignee,
            email: None,
        };
        let did = [
            ("assigned", What::Assigned { assignee: other.clone(), from: None }),
            ("moved", What::StatusChanged { from: Status::Open, to: Status::InProgress }),
            ("completed for", What::CompletedForAssignee { from: Status::InProgress, assignee: other.clone() }),
            ("closed", What::Closed { from: Status::Open, reason: None, rating: None }),
            ("edited", What::Edited { changes: Vec::new() }),
            ("added", What::FollowerAdded { follower: other.clone() }),
            ("removed", What::FollowerRemoved { follower: other }),
        ];
        let all = did.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        let table = [
            (Role::Admin, "nothing", all),
            (Role::Assignee, "assigned", vec!["assigned", "moved", "edited", "added", "removed"]),
            (Role::Assignee, "follows", vec!["added", "removed"]),
            (Role::Assignee, "unassigned", vec!["added", "removed"]),
        ];
        for (role, relation, expected) in table {
            let standing = standing(relation, Status::InProgress);
            let may = did.iter().filter(|(_, what)| may_undo(&actor(role), standing, what)).map(|(name, _)| *name);
            assert_eq!(may.collect::<Vec<_>>(), expected, "{role:?}, {relation}");
        }
    }

    /// Role × relation, and everything allowed there; what is not named is refused. Statuses matter to one rule only,
    /// tested below.
    #[test]
    fn the_permission_matrix_is_exactly_this_table() {
        let admin = vec![
            See,
            SeeInternal,
            Edit,
            EditForStaff,
            Escalate,
            Administer,
            SetStartDate,
            AdminReply,
            AdminNote,
            AddFollower,
            Merge,
            Split,
        ];
        let table: Vec<(Role, &str, Vec<Action>)> = vec![
            (Role::Customer, "owns", vec![See, Edit, Escalate, CustomerClose, CustomerReply, AddFollower]),
            (Role::Customer, "follows", vec![See, Escalate, CustomerReply]),
            (Role::Customer, "unassigned", vec![]),
            (Role::Customer, "nothing", vec![]),
            (
                Role::Assignee,
                "assigned",
                vec![
                    See,
                    SeeInternal,
                    Edit,
                    EditForStaff,
                    Escalate,
                    AssigneeMove,
                    SetStartDate,
                    AssigneeReply,
                    AssigneeNote,
                    AddFollower,
                    Merge,
                    Split,
                ],
            ),
            (Role::Assignee, "follows", vec![See, SeeInternal, Escalate, AssigneeNote, AddFollower]),
            (
                Role::Assignee,
                "unassigned",
                vec![See, SeeInternal, Escalate, AssigneeNote, AddFollower, Claim, Merge, Split],
            ),
            (Role::Assignee, "nothing", vec![]),
            (Role::Admin, "assigned", admin.clone()),
            (Role::Admin, "unassigned", admin.clone()),
            (Role::Admin, "nothing", admin),
        ];
        for (role, relation, allowed) in table {
            for action in Action::ALL {
                let answer = may(&actor(role), action, standing(relation, Status::Open));
                assert_eq!(answer, allowed.contains(&action), "{role} who {relation}: {action:?}");
            }
        }
    }

    #[test]
    fn a_customer_edits_only_while_the_ticket_is_open() {
        use crate::choice::Choices;
        for status in Status::ALL {
            assert_eq!(
                may(&actor(Role::Customer), Edit, standing("owns", *status)),
                *status == Status::Open,
                "{status}"
            );
        }
    }

    #[test]
    fn a_customer_adds_colleagues_and_nobody_else() {
        let ours = Some(OrganizationId(uuid::Uuid::from_u128(7)));
        let theirs = Some(OrganizationId(uuid::Uuid::from_u128(8)));
        let table = [
            (Role::Customer, Role::Customer, ours, true),
            (Role::Customer, Role::Customer, theirs, false),
            (Role::Customer, Role::Customer, None, false),
            (Role::Customer, Role::Assignee, None, false),
            (Role::Assignee, Role::Customer, ours, true),
            (Role::Assignee, Role::Customer, theirs, false),
            (Role::Assignee, Role::Assignee, None, true),
            (Role::Admin, Role::Admin, None, true),
        ];
        for (who, role, organization_id, expected) in table {
            let answer = may_add_follower(&actor(who), Candidate { role, organization_id }, ours);
            assert_eq!(answer, expected, "{who} adds {role}");
        }
        assert!(!may_add_follower(
            &actor(Role::Customer),
            Candidate { role: Role::Customer, organization_id: None },
            None
        ));
    }
}
