//! People, as they are shown beside what they did.

use crate::{
    Role,
    id::{OrganizationId, PersonId},
    page::Paging,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A person. `email` is given to staff only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub role: Role,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A person as staff look them up, with their organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    #[serde(flatten)]
    pub person: Person,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Organization>,
    /// When the account was made, RFC 3339.
    pub since: String,
    /// Whether the account has been disabled: what they did stays, and nothing new is given to them. Customers are
    /// shown nobody like that.
    #[serde(default, skip_serializing_if = "is_false")]
    pub disabled: bool,
}

/// Those of these people to whom something new can be given.
pub fn present(people: Vec<Contact>) -> impl Iterator<Item = Contact> {
    people.into_iter().filter(|contact| !contact.disabled)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// The company a customer belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    pub organization_id: OrganizationId,
    pub name: String,
}

/// `GET /people`: staff look up anyone; a customer sees the colleagues of their own organization, by name only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PeopleFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Active customers of this organization only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// Part of a name or e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl PeopleFilter {
    pub fn paging(&self) -> Paging {
        Paging { page_size: self.page_size, cursor: self.cursor.clone() }
    }
}
