//! Load data: as many tickets and replies as wanted, quickly, with the skew of real queues: nearly all are closed, a few
//! assignees and customers have most of them, and a few threads are very long.

mod life;
mod queries;
mod texts;

use crate::{
    app::App,
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
    ticket::Status,
};
use life::Life;
use std::sync::Arc;

/// Tickets in one transaction.
const TOGETHER: u64 = 1_000;
/// The oldest ticket's age, in seconds: three years.
const SPAN: i64 = 3 * 365 * 86_400;
/// Nobody signs in with this: it is not a hash of any password.
const NO_PASSWORD: &str = "!";
const ASSIGNEES_MIN: usize = 8;

/// Adds this many tickets and replies, and customers to go with them, oldest tickets first. `progress` hears how many
/// tickets are on disk.
///
/// # Errors
/// When the database refuses; what `progress` heard of stays.
pub async fn tickets(app: &App, tickets: u64, replies: u64, mut progress: impl FnMut(u64)) -> Result<(), Error> {
    let now = app.clock.now();
    let people = Arc::new(app.db.write(move |tx| People::move_in(tx, tickets, now)).await?);
    let mut work = Work { dice: Dice::new(now.0.unsigned_abs()), now, tickets, replies, done: 0, pool: 0 };
    while work.done < tickets {
        let people = people.clone();
        work = app.db.write(move |tx| work.some(tx, &people)).await?;
        progress(work.done);
    }
    Ok(())
}

/// How far the work has come.
struct Work {
    dice: Dice,
    now: Timestamp,
    tickets: u64,
    replies: u64,
    done: u64,
    /// Replies that tickets so far could have had but did not: a later one gets them.
    pool: u64,
}

impl Work {
    fn some(mut self, tx: &mut Tx<'_>, people: &People) -> Result<Self, Error> {
        for _ in 0..TOGETHER.min(self.tickets - self.done) {
            let life = self.next();
            life::write(tx, &life, people, &mut self.dice)?;
        }
        Ok(self)
    }

    fn next(&mut self) -> Life {
        let share = |done: u64| u64::try_from(u128::from(self.replies) * u128::from(done) / u128::from(self.tickets));
        self.pool += share(self.done + 1).unwrap_or(0) - share(self.done).unwrap_or(0);
        self.done += 1;
        let age = i128::from(SPAN) * i128::from(self.tickets - self.done) / i128::from(self.tickets);
        let filed = self.now.plus_seconds(-i64::try_from(age).unwrap_or(SPAN) - 86_400);
        Life { filed, replies: self.thread(), status: self.status() }
    }

    /// Most threads are short, one in fifty takes what the others left, and the last takes all.
    fn thread(&mut self) -> u64 {
        let usual = 1 + self.replies / self.tickets;
        let taken = if self.done == self.tickets || self.dice.falls(2) {
            self.pool
        } else {
            self.pool.min(self.dice.roll() % (2 * usual))
        };
        self.pool -= taken;
        taken
    }

    /// Old tickets are closed, of the latest fifth every other is.
    fn status(&mut self) -> Status {
        let closed = if self.done * 5 < self.tickets * 4 { 98 } else { 50 };
        if self.dice.falls(closed) {
            return Status::Closed;
        }
        *self.dice.pick(&[Status::Open, Status::InProgress, Status::Waiting, Status::Completed])
    }
}

/// Whose tickets they are, and who works them.
struct People {
    customers: Vec<Customer>,
    assignees: Vec<Person>,
}

/// A customer of load data.
struct Customer {
    id: PersonId,
    name: String,
    organization: Option<OrganizationId>,
}

impl People {
    fn move_in(tx: &mut Tx<'_>, tickets: u64, now: Timestamp) -> Result<Self, Error> {
        let mut dice = Dice::new(now.0.unsigned_abs());
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
        for number in assignees.len()..ASSIGNEES_MIN {
            let number = first + customers.len() as u64 + number as u64;
            let name = texts::person(number);
            let id = add(tx, number, &name, Role::Assignee, None, opened)?;
            assignees.push(Person { id, name, role: Role::Assignee, email: None });
        }
        Ok(Self { customers, assignees })
    }

    fn customer(&self, dice: &mut Dice) -> &Customer {
        &self.customers[skewed(self.customers.len(), dice)]
    }

    fn assignee(&self, dice: &mut Dice) -> &Person {
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
