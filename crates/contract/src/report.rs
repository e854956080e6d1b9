//! The ticket report: which tickets, how many, how quickly they were answered and settled.
//!
//! The *first response* of a ticket is the first reply that staff wrote on it. Its *resolution* is the moment it became
//! completed or closed and stayed so; a ticket that goes back to work has none until it is settled again. Both are
//! counted in whole seconds from when the ticket was filed.

use crate::{
    id::{OrganizationId, PersonId, TicketId},
    page::Paging,
    person::Person,
    ticket::{Category, Channel, Priority, Status},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::choices! {
    /// Which way a report is sorted.
    ReportSortOrder {
        /// The least first: the oldest, the quickest, the least urgent.
        Ascending "ASC" "Ascending",
        /// The most first.
        Descending "DESC" "Descending",
    }
}

crate::choices! {
    /// What a report is sorted by. Tickets that have no such thing come last, whichever the order.
    ReportSortField {
        CreatedAt "CREATED_AT" "Filed",
        UpdatedAt "UPDATED_AT" "Last activity",
        ClosedAt "CLOSED_AT" "Closed",
        Priority "PRIORITY" "Priority",
        /// In the order of a ticket's life.
        Status "STATUS" "Status",
        Number "NUMBER" "Number",
        FirstResponse "FIRST_RESPONSE" "First response",
        Resolution "RESOLUTION" "Resolution",
    }
}

/// Which tickets are reported. Values of one field widen the report, fields narrow it.
///
/// `from` and `to` are days in UTC, `YYYY-MM-DD`, and both are included: a ticket is reported when it was filed then.
/// An assignee's report holds the tickets assigned to them, whatever they ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReportFilter {
    /// Filed on this day or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Filed on this day or earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<Status>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub priority: Vec<Priority>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub category: Vec<Category>,
    /// An assignee's id, or `none` for tickets nobody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<PersonId>,
    /// `CREATED_AT` when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort_field: Option<ReportSortField>,
    /// `DESC` when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort_order: Option<ReportSortOrder>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl ReportFilter {
    pub fn paging(&self) -> Paging {
        Paging { page_size: self.page_size, cursor: self.cursor.clone() }
    }
}

/// One page of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub rows: Vec<ReportRow>,
    /// Of all the tickets reported, not of this page. On the first page only: they would be the same on the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<ReportTotals>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// A ticket as a report tells of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportRow {
    pub ticket_id: TicketId,
    pub number: i64,
    pub subject: String,
    pub category: Category,
    pub priority: Priority,
    pub status: Status,
    pub channel: Channel,
    pub customer: Person,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Person>,
    /// 0 while nobody escalated it.
    pub escalation_level: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<String>,
    /// What the customer thought of the work, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<i64>,
    pub created_at: String,
    pub updated_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<String>,
    /// Of the customer's side and of staff.
    pub reply_count: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_response_seconds: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution_seconds: Option<i64>,
}

/// What the reported tickets come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportTotals {
    pub tickets: i64,
    /// Every status, in the order of a ticket's life.
    pub by_status: Vec<ReportStatusCount>,
    pub replies: i64,
    pub first_response: ReportTimes,
    pub resolution: ReportTimes,
    /// The days on which something happened, the oldest first; others are left out.
    pub days: Vec<ReportDay>,
}

/// How many of the tickets have this status now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportStatusCount {
    pub status: Status,
    pub tickets: i64,
}

/// How long something took: over the tickets to which it happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportTimes {
    /// How many tickets these times are of.
    pub tickets: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub average_seconds: Option<i64>,
    /// Half of them took no longer; the middle between the two in the middle, when there are two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median_seconds: Option<i64>,
    /// Nine of ten took no longer: the least of these times of which that is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p90_seconds: Option<i64>,
}

impl ReportTimes {
    /// What these times, in seconds and in any order, come to. Fractions of a second are cut off.
    pub fn of(mut seconds: Vec<i64>) -> Self {
        let count = seconds.len();
        if count == 0 {
            return Self::default();
        }
        let sum: i64 = seconds.iter().sum();
        Self {
            tickets: count as i64,
            average_seconds: Some(sum / count as i64),
            median_seconds: median(&mut seconds),
            p90_seconds: Some(ranked(&mut seconds, (count * 9).div_ceil(10) - 1)),
        }
    }
}

/// The middle of these times, `None` when there are none.
pub fn median(seconds: &mut [i64]) -> Option<i64> {
    let last = seconds.len().checked_sub(1)?;
    let upper = ranked(seconds, seconds.len() / 2);
    Some((ranked(seconds, last / 2) + upper) / 2)
}

fn ranked(seconds: &mut [i64], rank: usize) -> i64 {
    *seconds.select_nth_unstable(rank).1
}

/// What happened on one day, in UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportDay {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Reported tickets filed on this day.
    pub opened: i64,
    /// Tickets closed on this day, whenever they were filed, that fit the report but for its days.
    pub closed: i64,
    /// The median of the tickets filed on this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_response_seconds: Option<i64>,
    /// The median of the tickets filed on this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution_seconds: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_averaged_halved_and_bounded() {
        let of = |seconds: &[i64]| {
            let times = ReportTimes::of(seconds.to_vec());
            (times.tickets, times.average_seconds, times.median_seconds, times.p90_seconds)
        };
        assert_eq!(of(&[]), (0, None, None, None));
        assert_eq!(of(&[7]), (1, Some(7), Some(7), Some(7)));
        assert_eq!(of(&[300, 60]), (2, Some(180), Some(180), Some(300)));
        assert_eq!(of(&[9, 1, 2]), (3, Some(4), Some(2), Some(9)));
        assert_eq!(of(&[1, 2, 3, 100]), (4, Some(26), Some(2), Some(100)));
        let ten: Vec<_> = (1..=10).rev().collect();
        assert_eq!(of(&ten), (10, Some(5), Some(5), Some(9)));
        let eleven: Vec<_> = (1..=11).collect();
        assert_eq!(of(&eleven), (11, Some(6), Some(6), Some(10)));
    }
}
