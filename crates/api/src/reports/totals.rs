//! What the tickets of a report come to, added up in one pass over them.

use super::times::Times;
use crate::clock::{DAY, Timestamp};
use contract::{
    choice::Choices,
    report::{ReportDay, ReportStatusCount, ReportTotals, median},
    ticket::Status,
};
use std::collections::BTreeMap;

/// How many days after it was filed a ticket is closed as nearly all are.
const SOON: usize = 64;

/// What is added up of one ticket, but for the day it was filed on. Days are counted from 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub replies: i64,
    pub first_response: Option<i64>,
    pub resolution: Option<i64>,
    /// The day it was closed on.
    pub closed: Option<i64>,
}

/// The sum so far.
#[derive(Default)]
pub struct Tally {
    by_status: BTreeMap<Status, i64>,
    sums: Sums,
    /// By days since 1970.
    days: BTreeMap<i64, Day>,
}

/// Of all days.
#[derive(Default)]
struct Sums {
    replies: i64,
    first_responses: Times,
    resolutions: Times,
}

#[derive(Default)]
struct Day {
    opened: i64,
    closed: i64,
    first_responses: Vec<i64>,
    resolutions: Vec<i64>,
}

impl Tally {
    /// Adds a ticket of this status that was filed on this day.
    pub fn add(&mut self, status: Status, filed: i64, ticket: Filed) {
        self.days.entry(filed).or_default().add(&ticket, &mut self.sums);
        *self.by_status.entry(status).or_default() += 1;
        if let Some(closed) = ticket.closed {
            self.close(closed, 1);
        }
    }

    /// Adds many tickets of this status that were filed on this day, without looking a day up for each.
    pub fn add_all(&mut self, status: Status, filed: i64, tickets: impl Iterator<Item = Filed>) {
        let day = self.days.entry(filed).or_default();
        let before = day.opened;
        let (_, most) = tickets.size_hint();
        day.reserve(most.unwrap_or_default());
        let (mut soon, mut later) = ([0; SOON], Vec::new());
        for ticket in tickets {
            day.add(&ticket, &mut self.sums);
            if let Some(closed) = ticket.closed {
                let after = usize::try_from(closed - filed).ok();
                match after.and_then(|after| soon.get_mut(after)) {
                    Some(tickets) => *tickets += 1,
                    None => later.push(closed),
                }
            }
        }
        *self.by_status.entry(status).or_default() += day.opened - before;
        let soon = (filed..).zip(soon).filter(|(_, tickets)| *tickets > 0);
        for (closed, tickets) in soon.chain(later.into_iter().map(|closed| (closed, 1))) {
            self.close(closed, tickets);
        }
    }

    /// Adds tickets closed on this day, counted from 1970.
    pub fn close(&mut self, day: i64, tickets: i64) {
        self.days.entry(day).or_default().closed += tickets;
    }

    /// All of it.
    pub fn totals(self) -> ReportTotals {
        let Sums { replies, first_responses, resolutions } = self.sums;
        let (mut first_responses, mut resolutions) = (first_responses.ranked(), resolutions.ranked());
        let mut days = Vec::with_capacity(self.days.len());
        for (since, mut day) in self.days {
            // A packed day of which nothing was wanted.
            if day.opened == 0 && day.closed == 0 {
                continue;
            }
            first_responses.look(&day.first_responses);
            resolutions.look(&day.resolutions);
            days.push(ReportDay {
                date: Timestamp(since * DAY).date(),
                opened: day.opened,
                closed: day.closed,
                first_response_seconds: median(&mut day.first_responses),
                resolution_seconds: median(&mut day.resolutions),
            });
        }
        let count = |status: &Status| self.by_status.get(status).copied().unwrap_or_default();
        ReportTotals {
            tickets: self.by_status.values().sum(),
            by_status: Status::ALL.iter().map(|s| ReportStatusCount { status: *s, tickets: count(s) }).collect(),
            replies,
            first_response: first_responses.times(),
            resolution: resolutions.times(),
            days,
        }
    }
}

impl Day {
    fn reserve(&mut self, tickets: usize) {
        self.first_responses.reserve(tickets);
        self.resolutions.reserve(tickets);
    }

    fn add(&mut self, ticket: &Filed, sums: &mut Sums) {
        self.opened += 1;
        sums.replies += ticket.replies;
        if let Some(seconds) = ticket.first_response {
            self.first_responses.push(seconds);
            sums.first_responses.count(seconds);
        }
        if let Some(seconds) = ticket.resolution {
            self.resolutions.push(seconds);
            sums.resolutions.count(seconds);
        }
    }
}
