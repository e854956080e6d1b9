//! People: colleagues for customers, anyone for staff.

use crate::error::AppError;
use contract::{
    Role,
    id::{OrganizationId, PersonId},
    person::Contact,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// People whose name or address holds `q`: for staff anyone, for a customer their colleagues. At most 50.
#[server(endpoint = "people/find", input = GetUrl)]
pub async fn find_people(
    #[server(default)] role: Option<Role>,
    #[server(default)] q: Option<String>,
) -> Result<Vec<Contact>, AppError> {
    let filter = contract::person::PeopleFilter { role, q: q.filter(|q| !q.is_empty()), ..Default::default() };
    Ok(crate::server::finsupport::finsupport()?.people(&filter).await?.items)
}

/// Who may have to do with a ticket, for staff: all staff, then the customers of this organization.
#[server(endpoint = "people/around", input = GetUrl)]
pub async fn people_around(
    #[server(default)] organization_id: Option<OrganizationId>,
) -> Result<Vec<Contact>, AppError> {
    use contract::{page::PAGE_SIZE_MAX, person::PeopleFilter};
    let client = crate::server::finsupport::finsupport()?;
    let filter = PeopleFilter { page_size: Some(PAGE_SIZE_MAX), ..PeopleFilter::default() };
    let mut people = Vec::new();
    for role in [Role::Assignee, Role::Admin] {
        people.extend(client.people(&PeopleFilter { role: Some(role), ..filter.clone() }).await?.items);
    }
    if organization_id.is_some() {
        people.extend(client.people(&PeopleFilter { organization_id, ..filter }).await?.items);
    }
    Ok(people)
}

/// One person.
#[server(endpoint = "people/one", input = GetUrl)]
pub async fn person(id: PersonId) -> Result<Contact, AppError> {
    Ok(crate::server::finsupport::finsupport()?.person(id).await?)
}
