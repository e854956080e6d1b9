//! People: colleagues for customers, anyone for staff.

use crate::error::AppError;
use contract::{
    Role,
    id::PersonId,
    person::{Contact, Person},
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

/// Somebody, by id.
#[server(endpoint = "people/one", input = GetUrl)]
pub async fn find_person(id: PersonId) -> Result<Person, AppError> {
    Ok(crate::server::finsupport::finsupport()?.person(id).await?.person)
}

/// Assignees, then admins, those who are here no more among them.
#[server(endpoint = "people/staff", input = GetUrl)]
pub async fn staff() -> Result<Vec<Contact>, AppError> {
    use crate::server::{finsupport::finsupport, thread};
    Ok(thread::staff(&finsupport()?).await?)
}
