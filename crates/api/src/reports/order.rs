//! The order of a report. It is a sequence of *stretches*, each of which indexes hold in order, so that a page costs the
//! same wherever it begins: the tickets that have what is sorted by, and after them, whichever the order, those that
//! have not. A sort by status has a stretch for each.

use contract::{
    choice::Choices,
    report::{ReportSortField, ReportSortOrder},
    ticket::Status,
};
use serde::{Deserialize, Serialize};

/// What a stretch is ordered by; the ticket's number decides between equals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Filed,
    /// When it was filed, of those that staff did not answer.
    FiledUnanswered,
    Updated,
    Closed,
    Urgency,
    Number,
    FirstResponse,
    Resolution,
}

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// A part of the order: the tickets of these statuses that have the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub key: Key,
    pub direction: Direction,
    pub statuses: Vec<Status>,
}

/// Where a page starts: after the ticket at this place of this stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    pub stretch: usize,
    pub place: i64,
    pub number: i64,
}

/// The stretches, first to last.
pub fn stretches(field: ReportSortField, order: ReportSortOrder) -> Vec<Stretch> {
    use ReportSortField as By;
    let direction = match order {
        ReportSortOrder::Ascending => Direction::Up,
        ReportSortOrder::Descending => Direction::Down,
    };
    let stretch = |key, statuses: &[Status]| Stretch { key, direction, statuses: statuses.to_vec() };
    let (closed, not_closed) = split(|status| status == Status::Closed);
    let (settled, at_work) = split(Status::is_settled);
    match field {
        By::CreatedAt => vec![stretch(Key::Filed, Status::ALL)],
        By::UpdatedAt => vec![stretch(Key::Updated, Status::ALL)],
        By::ClosedAt => vec![stretch(Key::Closed, &closed), stretch(Key::Filed, &not_closed)],
        // The least urgent is the last in the order of work.
        By::Priority => vec![Stretch { direction: direction.reversed(), ..stretch(Key::Urgency, Status::ALL) }],
        By::Status => {
            let mut each: Vec<_> = Status::ALL.iter().map(|status| stretch(Key::Filed, &[*status])).collect();
            if direction == Direction::Down {
                each.reverse();
            }
            each
        }
        By::Number => vec![stretch(Key::Number, Status::ALL)],
        By::FirstResponse => {
            vec![stretch(Key::FirstResponse, Status::ALL), stretch(Key::FiledUnanswered, Status::ALL)]
        }
        By::Resolution => vec![stretch(Key::Resolution, &settled), stretch(Key::Filed, &at_work)],
    }
}

/// The name by which a cursor knows its order.
pub fn name(field: ReportSortField, order: ReportSortOrder) -> String {
    format!("report {field} {order}")
}

impl Direction {
    const fn reversed(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }
}

fn split(first: impl Fn(Status) -> bool) -> (Vec<Status>, Vec<Status>) {
    Status::ALL.iter().copied().partition(|status| first(*status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_holds_every_status_and_what_is_missing_comes_last() {
        use Key::{Closed, Filed, FiledUnanswered, FirstResponse, Number, Resolution, Updated, Urgency};
        let expected = |field| match field {
            ReportSortField::CreatedAt => vec![Filed],
            ReportSortField::UpdatedAt => vec![Updated],
            ReportSortField::ClosedAt => vec![Closed, Filed],
            ReportSortField::Priority => vec![Urgency],
            ReportSortField::Status => vec![Filed; Status::ALL.len()],
            ReportSortField::Number => vec![Number],
            ReportSortField::FirstResponse => vec![FirstResponse, FiledUnanswered],
            ReportSortField::Resolution => vec![Resolution, Filed],
        };
        for field in ReportSortField::ALL {
            for order in ReportSortOrder::ALL {
                let stretches = stretches(*field, *order);
                assert_eq!(stretches.iter().map(|s| s.key).collect::<Vec<_>>(), expected(*field), "{field} {order}");
                for status in Status::ALL {
                    assert!(stretches.iter().any(|s| s.statuses.contains(status)), "{field} {order} lacks {status}");
                }
            }
        }
        let first = |order| stretches(ReportSortField::Status, order)[0].statuses.clone();
        assert_eq!(first(ReportSortOrder::Ascending), [Status::Open]);
        assert_eq!(first(ReportSortOrder::Descending), [Status::Closed]);
        let most_urgent_first = stretches(ReportSortField::Priority, ReportSortOrder::Descending);
        assert_eq!(most_urgent_first[0].direction, Direction::Up, "1 is urgent");
    }
}
