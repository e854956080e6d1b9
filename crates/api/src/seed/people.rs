//! Whose tickets they are, and who works them.

use super::{queries, texts};
use crate::{
    clock::Timestamp,
    db::Tx,
    dice::Dice,
    error::Error,
    people::queries::{insert, insert_organization},
};
use contract::{
    Role,
    id::{OrganizationId, PersonId},
    person::Person,
};

/// The oldest ticket's age, in seconds: three years.
pub const SPAN: i64 = 3 * 365 * 86_400;
/// Nobody signs in with this: it is not a hash of any password.
const NO_PASSWORD: &str = "!";
const ASSIGNEES_MIN: usize = 8;
const ASSIGNEES_MAX: usize = 60;

pub struct People {
    customers: Vec<Customer>,
    assignees: Vec<Person>,
}

/// A customer of load data.
pub struct Customer {
    pub id: PersonId,
    pub name: String,
    pub organization: Option<OrganizationId>,
}

impl People {
    /// Customers for so many tickets, and assignees, those who are there before others.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn move_in(tx: &mut Tx<'_>, tickets: u64, now: Timestamp) -> Result<Self, Error> {
        let mut dice = Dice::new(tickets);
        let opened = now.plus_seconds(-SPAN - 2 * 86_400);
        let first = queries::count_people(tx)?;
        let mut customers = Vec::new();
        let mut organization = None;
        for number in first..first + (tickets / 25).clamp(20, 40_000) {
            if number % 8 == 0 {
                let id = OrganizationId(tx.new_id_of(opened));
                insert_organization(tx, id, &texts::company(number, &mut dice), opened)?;
                organization = Some(id);
            }
            let name = texts::person(number);
            let id = add(tx, number, &name, Role::Customer, organization, opened)?;
            customers.push(Customer { id, name, organization });
        }
        let mut assignees = queries::assignees(tx)?;
        let wanted = usize::try_from(tickets / 20_000).unwrap_or(ASSIGNEES_MAX).clamp(ASSIGNEES_MIN, ASSIGNEES_MAX);
        for number in assignees.len()..wanted {
            let number = first + customers.len() as u64 + number as u64;
            let name = texts::person(number);
            let id = add(tx, number, &name, Role::Assignee, None, opened)?;
            assignees.push(Person { id, name, role: Role::Assignee, email: None });
        }
        Ok(Self { customers, assignees })
    }

    pub fn customer(&self, dice: &mut Dice) -> &Customer {
        &self.customers[skewed(self.customers.len(), dice)]
    }

    pub fn assignee(&self, dice: &mut Dice) -> &Person {
        &self.assignees[skewed(self.assignees.len(), dice)]
    }
}

fn add(
    tx: &Tx<'_>,
    number: u64,
    name: &str,
    role: Role,
    organization: Option<OrganizationId>,
    opened: Timestamp,
) -> Result<PersonId, Error> {
    let id = PersonId(tx.new_id_of(opened));
    insert(tx, id, name, &format!("load-{number}@example.com"), role, organization, NO_PASSWORD, opened)?;
    Ok(id)
}

/// An index below `length`, the first ones far more often than the last.
fn skewed(length: usize, dice: &mut Dice) -> usize {
    let length = length as u64;
    let (a, b) = (dice.roll() % length, dice.roll() % length);
    usize::try_from(a * b / length).expect("below a length in memory")
}
