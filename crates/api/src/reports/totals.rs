//! What the tickets of a report come to, added up in one pass over them.

use crate::clock::{DAY, Timestamp};
use contract::{
    choice::Choices,
    report::{ReportDay, ReportStatusCount, ReportTimes, ReportTotals, median},
    ticket::Status,
};
use std::collections::BTreeMap;

/// What is added up of one ticket.
pub struct Filed {
    pub created_at: Timestamp,
    pub replies: i64,
    pub first_response: Option<i64>,
    pub resolution: Option<i64>,
}

/// The sum so far.
#[derive(Default)]
pub struct Tally {
    by_status: BTreeMap<Status, i64>,
    replies: i64,
    /// By days since 1970.
    days: BTreeMap<i64, Day>,
}

#[derive(Default)]
struct Day {
    opened: i64,
    closed: i64,
    first_responses: Vec<i64>,
    resolutions: Vec<i64>,
}

impl Tally {
    /// Adds a ticket of this status.
    pub fn add(&mut self, status: Status, ticket: Filed) {
        *self.by_status.entry(status).or_default() += 1;
        self.replies += ticket.replies;
        let day = self.days.entry(ticket.created_at.0.div_euclid(DAY)).or_default();
        day.opened += 1;
        day.first_responses.extend(ticket.first_response);
        day.resolutions.extend(ticket.resolution);
    }

    /// Adds tickets closed on this day, counted from 1970.
    pub fn close(&mut self, day: i64, tickets: i64) {
        self.days.entry(day).or_default().closed += tickets;
    }

    /// All of it.
    pub fn totals(self) -> ReportTotals {
        let (mut first_responses, mut resolutions) = (Vec::new(), Vec::new());
        let mut days = Vec::with_capacity(self.days.len());
        for (since, mut day) in self.days {
            days.push(ReportDay {
                date: Timestamp(since * DAY).date(),
                opened: day.opened,
                closed: day.closed,
                first_response_seconds: median(&mut day.first_responses),
                resolution_seconds: median(&mut day.resolutions),
            });
            first_responses.append(&mut day.first_responses);
            resolutions.append(&mut day.resolutions);
        }
        let count = |status: &Status| self.by_status.get(status).copied().unwrap_or_default();
        ReportTotals {
            tickets: self.by_status.values().sum(),
            by_status: Status::ALL.iter().map(|s| ReportStatusCount { status: *s, tickets: count(s) }).collect(),
            replies: self.replies,
            first_response: ReportTimes::of(first_responses),
            resolution: ReportTimes::of(resolutions),
            days,
        }
    }
}
