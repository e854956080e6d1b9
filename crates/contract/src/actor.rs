//! Who is asking.

use crate::id::{OrganizationId, PersonId};
use serde::{Deserialize, Serialize};

crate::choices! {
    /// What a person is to Finsupport.
    Role {
        /// Files tickets and follows them.
        Customer "CUSTOMER" "Customer",
        /// Works tickets: a support agent.
        Assignee "ASSIGNEE" "Assignee",
        /// Assigns, closes and oversees.
        Admin "ADMIN" "Admin",
    }
}

impl Role {
    /// Assignees and admins: those who may read internal text.
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Assignee | Self::Admin)
    }
}

/// The person behind a request, as far as the rules need to know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub id: PersonId,
    pub role: Role,
    /// The organization of a customer; staff have none.
    pub organization_id: Option<OrganizationId>,
}
