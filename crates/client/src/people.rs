//! People: looking up customers, colleagues and staff.

use crate::{Client, Result};
use contract::{
    endpoints::Operation as Op,
    id::PersonId,
    page::Page,
    person::{Contact, PeopleFilter},
};

impl Client {
    /// Staff look up anyone; a customer their colleagues.
    pub async fn people(&self, filter: &PeopleFilter) -> Result<Page<Contact>> {
        self.call(Op::GetPeople, &[]).query(filter).send().await
    }

    /// One person.
    pub async fn person(&self, id: PersonId) -> Result<Contact> {
        self.call(Op::GetPerson, &[&id]).send().await
    }
}
