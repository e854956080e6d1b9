//! The life of one ticket of load data: who wrote when, and what became of it.

use super::{texts, work::Work};
use crate::{
    clock::Timestamp,
    db::{Tx, search},
    error::Error,
    events, followers, notes, replies,
};
use contract::{
    event::{Audience, What},
    id::{NoteId, OrganizationId, PersonId, ReplyId, TicketId},
    person::Person,
    ticket::{Category, Priority, Status},
};

/// A ticket to be written, as it stands at the end.
pub struct Life {
    pub id: TicketId,
    pub number: i64,
    pub subject: String,
    pub description: String,
    pub category: Category,
    pub priority: Priority,
    pub status: Status,
    pub customer: PersonId,
    pub customer_name: String,
    pub organization: Option<OrganizationId>,
    pub assignee: Option<PersonId>,
    pub filed: Timestamp,
    pub happenings: Vec<Happening>,
    pub seen_by_customer: bool,
    pub seen_by_assignee: bool,
}

/// Something that happened, by whom and when.
pub struct Happening {
    at: Timestamp,
    by: PersonId,
    what: What,
    /// The message's, if it is one.
    text: String,
}

/// The last events of a ticket that everyone, and that staff, may hear of.
pub struct Seqs {
    pub public: i64,
    pub staff: i64,
}

impl Life {
    /// A ticket filed then, with a thread so long, that came to this.
    pub fn live(work: &mut Work, filed: Timestamp, messages: u64, status: Status) -> Self {
        let people = work.people.clone();
        let customer = people.customer(&mut work.dice);
        let assignee = (status != Status::Open || work.dice.falls(40)).then(|| people.assignee(&mut work.dice));
        let follower = work.dice.falls(3).then(|| people.assignee(&mut work.dice)).filter(|who| Some(*who) != assignee);
        let number = work.number;
        work.number += 1;
        let happenings =
            Thread { work, filed, messages, status, customer: customer.id, assignee, follower, number }.happenings();
        let (category, subject) = texts::concern(&mut work.dice);
        let seen = |work: &mut Work| status == Status::Closed || work.dice.falls(50);
        Self {
            id: TicketId(work.ids.next(filed)),
            number,
            subject,
            description: work.texts.message(&mut work.dice),
            category,
            priority: *work.dice.pick(&[
                Priority::Low,
                Priority::Medium,
                Priority::Medium,
                Priority::Medium,
                Priority::High,
                Priority::Urgent,
            ]),
            status,
            customer: customer.id,
            customer_name: customer.name.clone(),
            organization: customer.organization,
            assignee: assignee.map(|person| person.id),
            filed,
            happenings,
            seen_by_customer: seen(work),
            seen_by_assignee: seen(work),
        }
    }

    /// When something happened last.
    pub fn updated(&self) -> Timestamp {
        self.happenings.last().map_or(self.filed, |last| last.at)
    }

    /// How satisfied the customer was, if they said.
    pub fn rating(&self) -> Option<i64> {
        self.happenings.last().and_then(|last| if let What::Closed { rating, .. } = last.what { rating } else { None })
    }

    /// How many replies there are.
    pub fn replies(&self) -> usize {
        self.happenings.iter().filter(|one| matches!(one.what, What::Replied { .. })).count()
    }

    /// How many texts are indexed for search: of the ticket itself and of each message.
    pub fn texts(&self) -> usize {
        1 + self.happenings.iter().filter(|one| !one.text.is_empty()).count()
    }

    /// How long until staff replied.
    pub fn first_response_seconds(&self) -> Option<i64> {
        self.seconds_to(|one| matches!(one.what, What::Replied { .. }) && one.by != self.customer)
    }

    /// How long until the work was done.
    pub fn resolution_seconds(&self) -> Option<i64> {
        self.seconds_to(|one| {
            matches!(one.what, What::StatusChanged { to: Status::Completed, .. } | What::Closed { .. })
        })
    }

    fn seconds_to(&self, such: impl Fn(&Happening) -> bool) -> Option<i64> {
        self.happenings.iter().find(|one| such(one)).map(|one| (one.at.0 - self.filed.0) / 1000)
    }
}

/// Writes all that happened to the ticket.
///
/// # Errors
/// When the database refuses.
pub fn record(tx: &Tx<'_>, life: &Life) -> Result<Seqs, Error> {
    let mut seqs = Seqs { public: 0, staff: 0 };
    let mut nth = 0;
    for Happening { at, by, what, text } in &life.happenings {
        match what {
            What::Replied { reply_id } => {
                nth += 1;
                replies::queries::insert(tx, *reply_id, life.id, *by, text, *at)?;
                search::index_nth(tx, life.number, nth, text, "");
            }
            What::Noted { note_id } => {
                nth += 1;
                notes::queries::insert(tx, *note_id, life.id, *by, text, *at)?;
                search::index_nth(tx, life.number, nth, "", text);
            }
            What::FollowerAdded { follower } => followers::queries::insert(tx, life.id, follower.id, *at)?,
            _ => {}
        }
        seqs.staff = events::queries::insert(tx, life.id, *by, *at, what)?;
        if what.audience() == Audience::Everyone {
            seqs.public = seqs.staff;
        }
    }
    Ok(seqs)
}

/// What a ticket's thread is made from.
struct Thread<'a> {
    work: &'a mut Work,
    filed: Timestamp,
    messages: u64,
    status: Status,
    customer: PersonId,
    assignee: Option<&'a Person>,
    follower: Option<&'a Person>,
    number: i64,
}

impl Thread<'_> {
    fn happenings(self) -> Vec<Happening> {
        let Self { work, filed, messages, status, customer, assignee, follower, number } = self;
        // Whatever its length, a thread ends before now.
        let left = (work.now.0 - filed.0) / 1000;
        let pause = (left / (i64::try_from(messages).unwrap_or(left) + 8)).clamp(21, 20_000);
        let mut at = filed;
        let mut all = vec![Happening { at, by: customer, what: What::Created { number }, text: String::new() }];
        let mut add = |work: &mut Work, by, what, text| {
            at = at.plus_seconds(work.dice.between(20, pause));
            all.push(Happening { at, by, what, text });
        };
        if let Some(worker) = assignee {
            add(work, worker.id, What::Assigned { assignee: worker.clone(), from: None }, String::new());
            if let Some(follower) = follower {
                add(work, worker.id, What::FollowerAdded { follower: follower.clone() }, String::new());
            }
        }
        let mut now = Status::Open;
        let (mut customers_turn, mut since_note) = (false, number % 5);
        for _ in 0..messages {
            let text = work.texts.message(&mut work.dice);
            since_note += 1;
            if let Some(worker) = assignee.filter(|_| since_note >= 5) {
                since_note = 0;
                add(work, worker.id, What::Noted { note_id: NoteId(work.ids.next(filed)) }, text);
                continue;
            }
            let by = assignee.filter(|_| !customers_turn && status != Status::Open).map_or(customer, |one| one.id);
            add(work, by, What::Replied { reply_id: ReplyId(work.ids.next(filed)) }, text);
            customers_turn = !customers_turn;
            if by != customer && now == Status::Open {
                add(work, by, What::StatusChanged { from: now, to: Status::InProgress }, String::new());
                now = Status::InProgress;
            }
        }
        let Some(worker) = assignee else { return all };
        for to in path(now, status) {
            let what = match to {
                Status::Closed => {
                    let rating = work.dice.falls(30).then(|| work.dice.between(1, 6));
                    What::Closed { from: now, reason: None, rating }
                }
                _ => What::StatusChanged { from: now, to: *to },
            };
            add(work, if *to == Status::Closed { customer } else { worker.id }, what, String::new());
            now = *to;
        }
        all
    }
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
