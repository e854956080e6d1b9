//! The life of one ticket of load data: who wrote when, and what became of it.

use super::{People, queries, texts};
use crate::{
    clock::Timestamp,
    db::{Tx, search},
    dice::Dice,
    error::Error,
    events, replies,
    tickets::queries::next_number,
};
use contract::{
    event::What,
    id::{PersonId, ReplyId, TicketId},
    person::Person,
    ticket::{Priority, Status},
};

/// A ticket to be written: when it was filed, how many replies it has, where it stands.
pub struct Life {
    pub filed: Timestamp,
    pub replies: u64,
    pub status: Status,
}

/// Something that happened, by whom and when.
struct Happening {
    at: Timestamp,
    by: PersonId,
    what: What,
    text: Option<String>,
}

/// Writes the ticket with all that belongs to it.
///
/// # Errors
/// When the database refuses.
pub fn write(tx: &mut Tx<'_>, life: &Life, people: &People, dice: &mut Dice) -> Result<(), Error> {
    let customer = people.customer(dice);
    let assignee = (life.status != Status::Open || dice.falls(40)).then(|| people.assignee(dice));
    let number = next_number(tx)?;
    let happenings = happenings(tx, life, customer.id, assignee, number, dice);
    let assignee = assignee.map(|person| person.id);
    let (category, subject) = texts::concern(dice);
    let description = texts::message(dice);
    let id = TicketId(tx.new_id_of(life.filed));
    let row = queries::SeedRow {
        id,
        number,
        subject: &subject,
        description: &description,
        category,
        priority: *dice.pick(&[
            Priority::Low,
            Priority::Medium,
            Priority::Medium,
            Priority::Medium,
            Priority::High,
            Priority::Urgent,
        ]),
        status: life.status,
        customer: customer.id,
        organization: customer.organization,
        assignee,
        created_at: life.filed,
        updated_at: happenings.last().map_or(life.filed, |last| last.at),
        rating: happenings
            .last()
            .and_then(|last| if let What::Closed { rating, .. } = last.what { rating } else { None }),
        version: i64::try_from(happenings.len()).unwrap_or(1),
        replies: i64::try_from(life.replies).unwrap_or(i64::MAX),
        first_response_seconds: seconds_to(&happenings, |one| {
            matches!(one.what, What::Replied { .. }) && one.by != customer.id
        }),
        resolution_seconds: seconds_to(&happenings, |one| {
            matches!(one.what, What::StatusChanged { to: Status::Completed, .. } | What::Closed { .. })
        }),
    };
    queries::insert_ticket(tx, &row)?;
    search::index_ticket(tx, number, &subject, &description, &customer.name)?;
    let last = record(tx, id, number, happenings)?;
    events::queries::stir(tx, id, last)?;
    for person in [Some(customer.id), assignee].into_iter().flatten() {
        if life.status == Status::Closed || dice.falls(50) {
            events::queries::see(tx, person, id, last)?;
        }
    }
    Ok(())
}

fn record(tx: &Tx<'_>, id: TicketId, number: i64, happenings: Vec<Happening>) -> Result<i64, Error> {
    let mut last = 0;
    for Happening { at, by, what, text } in happenings {
        if let (What::Replied { reply_id }, Some(text)) = (&what, text) {
            replies::queries::insert(tx, *reply_id, id, by, &text, at)?;
            search::index_reply(tx, number, &text)?;
        }
        last = events::queries::insert(tx, id, by, at, &what)?;
    }
    Ok(last)
}

/// How long after the beginning the first such thing happened.
fn seconds_to(happenings: &[Happening], such: impl Fn(&Happening) -> bool) -> Option<i64> {
    let filed = happenings.first()?.at;
    happenings.iter().find(|one| such(one)).map(|one| (one.at.0 - filed.0) / 1000)
}

fn happenings(
    tx: &Tx<'_>,
    life: &Life,
    customer: PersonId,
    assignee: Option<&Person>,
    number: i64,
    dice: &mut Dice,
) -> Vec<Happening> {
    let mut at = life.filed;
    let mut all = vec![Happening { at, by: customer, what: What::Created { number }, text: None }];
    let mut add = |by, what, text, dice: &mut Dice| {
        at = at.plus_seconds(dice.between(20, 20_000));
        all.push(Happening { at, by, what, text });
    };
    if let Some(worker) = assignee {
        add(worker.id, What::Assigned { assignee: worker.clone(), from: None }, None, dice);
    }
    let mut status = Status::Open;
    for nth in 0..life.replies {
        let answers = nth % 2 == 0 && life.status != Status::Open;
        let by = assignee.filter(|_| answers).map_or(customer, |worker| worker.id);
        let reply_id = ReplyId(tx.new_id_of(life.filed));
        add(by, What::Replied { reply_id }, Some(texts::message(dice)), dice);
        if by != customer && status == Status::Open {
            add(by, What::StatusChanged { from: status, to: Status::InProgress }, None, dice);
            status = Status::InProgress;
        }
    }
    let Some(worker) = assignee else { return all };
    for to in path(status, life.status) {
        let what = match to {
            Status::Closed => {
                What::Closed { from: status, reason: None, rating: dice.falls(30).then(|| dice.between(1, 6)) }
            }
            _ => What::StatusChanged { from: status, to: *to },
        };
        add(if *to == Status::Closed { customer } else { worker.id }, what, None, dice);
        status = *to;
    }
    all
}

/// The moves that lead from one status to the other.
fn path(from: Status, to: Status) -> &'static [Status] {
    use Status::{Closed, Completed, InProgress, Open, Waiting};
    match (from, to) {
        (Open, InProgress) => &[InProgress],
        (Open, Waiting) => &[InProgress, Waiting],
        (Open, Completed) => &[InProgress, Completed],
        (Open, Closed) => &[InProgress, Completed, Closed],
        (InProgress, Waiting) => &[Waiting],
        (InProgress, Completed) => &[Completed],
        (InProgress, Closed) => &[Completed, Closed],
        _ => &[],
    }
}
