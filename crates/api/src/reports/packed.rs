//! The tickets of one status filed on one day, as few bytes: all that totals add up of them and narrow them by. Sixteen
//! bytes for each ticket, one after the other, little end first:
//!
//! | bytes | |
//! |---|---|
//! | 1 | urgency |
//! | 1 | category |
//! | 2 | days from filing to closing |
//! | 4 | replies |
//! | 4 | seconds to the first response |
//! | 4 | seconds to the resolution |
//!
//! All bits set say that there is none. A day with a ticket that does not fit is not packed. Data folders hold these bytes:
//! whoever changes what they mean empties the table in a migration.

use super::{scope::Scope, totals::Filed};
use crate::tickets::queries::urgency;
use contract::ticket::Category;

const LENGTH: usize = 16;

/// A ticket, to be packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub urgency: i64,
    pub category: Category,
    pub filed: Filed,
}

/// What of a packed day is asked for.
pub struct Wanted {
    urgencies: [bool; 256],
    categories: [bool; 256],
}

/// The tickets of this day as bytes; `None` when there are none, or one of them does not fit.
pub fn pack(day: i64, tickets: &[Ticket]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(tickets.len() * LENGTH);
    for Ticket { urgency, category, filed } in tickets {
        let closing = filed.closed.map(|closed| closed.checked_sub(day).and_then(|days| u16::try_from(days).ok()));
        bytes.push(u8::try_from(*urgency).ok()?);
        bytes.push(code(*category));
        bytes.extend(perhaps(closing, u16::MAX)?.to_le_bytes());
        bytes.extend(u32::try_from(filed.replies).ok()?.to_le_bytes());
        for seconds in [filed.first_response, filed.resolution] {
            bytes.extend(perhaps(seconds.map(|seconds| u32::try_from(seconds).ok()), u32::MAX)?.to_le_bytes());
        }
    }
    (!bytes.is_empty()).then_some(bytes)
}

/// Those that were packed for this day and are wanted.
pub fn unpack(day: i64, bytes: &[u8], wanted: &Wanted) -> impl Iterator<Item = Filed> {
    let (tickets, _) = bytes.as_chunks::<LENGTH>();
    tickets.iter().filter(|ticket| wanted.has(ticket[0], ticket[1])).map(move |ticket| {
        let [_, _, c0, c1, r0, r1, r2, r3, f0, f1, f2, f3, s0, s1, s2, s3] = *ticket;
        let closing = u16::from_le_bytes([c0, c1]);
        let seconds = |bytes| Some(u32::from_le_bytes(bytes)).filter(|seconds| *seconds != u32::MAX).map(i64::from);
        Filed {
            replies: u32::from_le_bytes([r0, r1, r2, r3]).into(),
            first_response: seconds([f0, f1, f2, f3]),
            resolution: seconds([s0, s1, s2, s3]),
            closed: (closing != u16::MAX).then(|| day + i64::from(closing)),
        }
    })
}

impl Wanted {
    /// What this scope is narrowed to, but for people.
    pub fn of(scope: &Scope) -> Self {
        Self {
            urgencies: among(scope.priority.iter().filter_map(|priority| u8::try_from(urgency(*priority)).ok())),
            categories: among(scope.category.iter().map(|category| code(*category))),
        }
    }

    fn has(&self, urgency: u8, category: u8) -> bool {
        self.urgencies[usize::from(urgency)] && self.categories[usize::from(category)]
    }
}

/// These, or all when there are none.
fn among(codes: impl Iterator<Item = u8>) -> [bool; 256] {
    let codes: Vec<_> = codes.collect();
    let mut wanted = [codes.is_empty(); 256];
    for code in codes {
        wanted[usize::from(code)] = true;
    }
    wanted
}

/// What stands for it: the value, if it fits, or what says that there is none.
fn perhaps<T: PartialEq>(value: Option<Option<T>>, none: T) -> Option<T> {
    match value {
        None => Some(none),
        Some(value) => value.filter(|value| *value != none),
    }
}

/// What stands for a category. Never given to another one.
const fn code(category: Category) -> u8 {
    match category {
        Category::Payment => 0,
        Category::Refund => 1,
        Category::Card => 2,
        Category::Transfer => 3,
        Category::Account => 4,
        Category::Verification => 5,
        Category::Technical => 6,
        Category::Other => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{choice::Choices, ticket::Priority};

    const DAY: i64 = 20_000;

    fn all() -> Scope {
        Scope { assigned: vec![], customer: None, status: vec![], priority: vec![], category: vec![], days: None }
    }

    fn filed(replies: i64, first_response: Option<i64>, resolution: Option<i64>, closed: Option<i64>) -> Filed {
        Filed { replies, first_response, resolution, closed }
    }

    fn ticket(filed: Filed) -> Ticket {
        Ticket { urgency: 3, category: Category::Card, filed }
    }

    #[test]
    fn what_is_packed_comes_back() {
        let most = i64::from(u32::MAX) - 1;
        let table = [
            filed(0, None, None, None),
            filed(0, Some(0), Some(0), Some(DAY)),
            filed(7, Some(61), None, None),
            filed(7, None, Some(86_400), Some(DAY + 1)),
            filed(most + 1, Some(most), Some(most), Some(DAY + i64::from(u16::MAX) - 1)),
        ];
        let tickets: Vec<_> = table.iter().cloned().map(ticket).collect();
        let bytes = pack(DAY, &tickets).unwrap();
        assert_eq!(bytes.len(), table.len() * LENGTH);
        assert_eq!(unpack(DAY, &bytes, &Wanted::of(&all())).collect::<Vec<_>>(), table);
    }

    #[test]
    fn a_day_with_what_does_not_fit_is_not_packed() {
        let too_much = i64::from(u32::MAX);
        let fits = ticket(filed(1, Some(1), Some(1), Some(DAY)));
        let table = [
            ticket(filed(too_much + 1, None, None, None)),
            ticket(filed(-1, None, None, None)),
            ticket(filed(0, Some(too_much), None, None)),
            ticket(filed(0, Some(-1), None, None)),
            ticket(filed(0, None, Some(i64::MAX), None)),
            ticket(filed(0, None, None, Some(DAY - 1))),
            ticket(filed(0, None, None, Some(DAY + i64::from(u16::MAX)))),
            ticket(filed(0, None, None, Some(i64::MIN))),
            Ticket { urgency: 256, ..fits.clone() },
            Ticket { urgency: -1, ..fits.clone() },
        ];
        for one in table {
            assert_eq!(pack(DAY, &[fits.clone(), one.clone(), fits.clone()]), None, "{one:?}");
        }
        assert_eq!(pack(DAY, &[]), None, "nothing is no day");
    }

    #[test]
    fn only_what_is_wanted_comes_back() {
        let mut tickets = Vec::new();
        for (priority, category) in
            Priority::ALL.iter().flat_map(|p| Category::ALL.iter().map(move |category| (*p, *category)))
        {
            let replies = tickets.len() as i64;
            tickets.push(Ticket { urgency: urgency(priority), category, filed: filed(replies, None, None, None) });
        }
        let bytes = pack(DAY, &tickets).unwrap();
        let table = [
            all(),
            Scope { priority: vec![Priority::Urgent, Priority::Low], ..all() },
            Scope { category: vec![Category::Other], ..all() },
            Scope { priority: vec![Priority::High], category: vec![Category::Payment, Category::Card], ..all() },
        ];
        for scope in table {
            let wanted = tickets.iter().filter(|ticket| {
                let urgent = scope.priority.iter().any(|priority| urgency(*priority) == ticket.urgency);
                (scope.priority.is_empty() || urgent)
                    && (scope.category.is_empty() || scope.category.contains(&ticket.category))
            });
            let wanted: Vec<_> = wanted.map(|ticket| ticket.filed.clone()).collect();
            assert_eq!(unpack(DAY, &bytes, &Wanted::of(&scope)).collect::<Vec<_>>(), wanted, "{scope:?}");
        }
    }
}
