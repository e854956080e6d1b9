//! How many tickets a view has for somebody. A count is the sum of counters that the database keeps in the transaction
//! of every change (`migrations/0007_views.sql`); it costs the same among a million tickets as among a hundred.
//!
//! Not counted is what the counters do not tell apart: words, one customer, the unread, start dates of finished tickets,
//! and what an assignee follows of one other person. Such a view shows no number.

use super::queries;
use crate::{caller::Caller, clock::Timestamp, db::Connection, error::Error};
use contract::{
    Role,
    id::PersonId,
    ticket::{Category, Priority, Status, TicketFilter},
    view::{NOBODY, Scope, ViewFilter},
};
use std::collections::HashMap;

/// Tickets that are counted together. Those of an assignee's sight have none in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whose {
    All,
    Nobody,
    Assignee(PersonId),
    /// All that somebody follows.
    Follower(PersonId),
    /// What somebody follows while another person works it.
    OnlyFollower(PersonId),
}

/// How many of them are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub status: Status,
    pub priority: Priority,
    pub category: Category,
    pub escalated: bool,
    /// Whether they start after today.
    pub later: bool,
    pub tickets: i64,
}

/// The counters of one moment, each read once.
pub struct Counts<'db> {
    db: &'db Connection,
    today: String,
    read: HashMap<Whose, Vec<Cell>>,
}

impl<'db> Counts<'db> {
    /// Those of this day.
    pub fn new(db: &'db Connection, now: Timestamp) -> Self {
        Self { db, today: now.date(), read: HashMap::new() }
    }

    /// How many tickets the caller finds in this view; none when that is not counted.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of(&mut self, caller: &Caller, view: &ViewFilter) -> Result<Option<i64>, Error> {
        let filter = view.tickets();
        let Some(parts) = parts(caller, view.base.scope(), &filter) else { return Ok(None) };
        let mut count = 0;
        for whose in parts {
            let cells = self.cells(whose)?.iter().filter(|cell| fits(&filter, cell));
            count += cells.map(|cell| cell.tickets).sum::<i64>();
        }
        Ok(Some(count))
    }

    fn cells(&mut self, whose: Whose) -> Result<&[Cell], Error> {
        if !self.read.contains_key(&whose) {
            self.read.insert(whose, queries::cells(self.db, whose, &self.today)?);
        }
        Ok(self.read.get(&whose).map_or(&[], Vec::as_slice))
    }
}

/// The parts of the caller's sight that the list is made of, as `tickets::list` puts it together.
fn parts(caller: &Caller, scope: Scope, filter: &TicketFilter) -> Option<Vec<Whose>> {
    let finished = |status: &Status| !Status::ACTIVE.contains(status);
    let dates_of_finished = filter.status.is_empty() || filter.status.iter().any(finished);
    if filter.q.is_some()
        || filter.customer_id.is_some()
        || filter.unread.is_some()
        || (filter.starts_later.is_some() && dates_of_finished)
    {
        return None;
    }
    let me = caller.id();
    match (scope, caller.role(), filter.assignee_id.as_deref()) {
        (Scope::Mine, ..) => Some(vec![Whose::Assignee(me)]),
        (Scope::Followed, _, None) => Some(vec![Whose::Follower(me)]),
        (Scope::Followed, _, Some(_)) | (Scope::All, Role::Customer, _) => None,
        (Scope::All, _, Some(NOBODY)) => Some(vec![Whose::Nobody]),
        (Scope::All, Role::Admin, None) => Some(vec![Whose::All]),
        (Scope::All, Role::Assignee, None) => Some(vec![Whose::Assignee(me), Whose::Nobody, Whose::OnlyFollower(me)]),
        (Scope::All, role, Some(id)) => {
            let id = id.parse().ok().filter(|id| role == Role::Admin || *id == me)?;
            Some(vec![Whose::Assignee(id)])
        }
    }
}

fn fits(filter: &TicketFilter, cell: &Cell) -> bool {
    (filter.status.is_empty() || filter.status.contains(&cell.status))
        && (filter.priority.is_empty() || filter.priority.contains(&cell.priority))
        && (filter.category.is_empty() || filter.category.contains(&cell.category))
        && filter.escalated.is_none_or(|escalated| escalated == cell.escalated)
        && filter.starts_later.is_none_or(|later| later == cell.later)
}
