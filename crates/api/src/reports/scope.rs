//! Which tickets a report holds: what was asked for, within what the caller may have reported.

use crate::{
    caller::Caller,
    clock::{self, DAY, Timestamp},
    error::Error,
    tickets::list::{assignee, distinct},
};
use contract::{
    FieldError, Role,
    choice::Choices,
    id::PersonId,
    report::ReportFilter,
    ticket::{Category, Priority, Status},
};

/// The tickets of a report.
#[derive(Clone, Debug)]
pub struct Scope {
    /// All of these conditions hold at once: worked by this person, or by nobody.
    pub assigned: Vec<Option<PersonId>>,
    pub customer: Option<PersonId>,
    /// All of them when none was named.
    pub status: Vec<Status>,
    pub priority: Vec<Priority>,
    pub category: Vec<Category>,
    pub days: Option<Days>,
}

/// The days on which tickets were filed: from the beginning of the first to the end of the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub from: Timestamp,
    /// The first moment that is too late.
    pub until: Timestamp,
}

impl Days {
    /// All of them.
    pub const ALL: Self = Self { from: Timestamp(i64::MIN), until: Timestamp(i64::MAX) };

    /// This one, counted from 1970.
    pub const fn one(day: i64) -> Self {
        Self { from: Timestamp(day * DAY), until: Timestamp(day * DAY + DAY) }
    }

    /// The first of them, and the first that is too late, both counted from 1970.
    pub const fn counted(self) -> (i64, i64) {
        (self.from.0.div_euclid(DAY), self.until.0.div_euclid(DAY))
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.from.0 >= self.until.0
    }
}

impl Scope {
    /// An admin has every ticket reported, an assignee those assigned to them.
    ///
    /// # Errors
    /// Days that are not real or the wrong way round; an assignee that is no id.
    pub fn of(caller: &Caller, filter: &ReportFilter) -> Result<Self, Error> {
        let own = (caller.role() != Role::Admin).then(|| Some(caller.id()));
        let asked = filter.assignee_id.as_deref().map(assignee).transpose()?;
        let status = distinct(&filter.status);
        Ok(Self {
            assigned: own.into_iter().chain(asked).collect(),
            customer: filter.customer_id,
            status: if status.is_empty() { Status::ALL.to_vec() } else { status },
            priority: distinct(&filter.priority),
            category: distinct(&filter.category),
            days: days(filter)?,
        })
    }

    /// Whether it is narrowed to somebody's tickets, or to nobody's.
    pub const fn is_of_somebody(&self) -> bool {
        !self.assigned.is_empty() || self.customer.is_some()
    }

    /// Those filed on these days.
    pub fn filed(&self, days: Days) -> Self {
        Self { days: Some(days), ..self.clone() }
    }

    /// Those of these statuses.
    pub fn within(&self, statuses: &[Status]) -> Self {
        let status = self.status.iter().copied().filter(|status| statuses.contains(status)).collect();
        Self { status, ..self.clone() }
    }
}

fn days(filter: &ReportFilter) -> Result<Option<Days>, Error> {
    let mut faults = Vec::new();
    let mut day = |field: &str, text: &Option<String>, otherwise: Timestamp| {
        let Some(text) = text else { return otherwise };
        clock::day(text).unwrap_or_else(|| {
            faults.push(FieldError::new(field, "Use a real day, written YYYY-MM-DD."));
            otherwise
        })
    };
    let from = day("from", &filter.from, Timestamp(i64::MIN));
    let last = day("to", &filter.to, Timestamp(i64::MAX - DAY));
    if from > last {
        faults.push(FieldError::new("to", "Choose the day of the beginning, or a later one."));
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let given = filter.from.is_some() || filter.to.is_some();
    Ok(given.then_some(Days { from, until: Timestamp(last.0 + DAY) }))
}
