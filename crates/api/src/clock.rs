//! Time, and the ids that are made of it. Nothing else in this crate asks what time it is, so a test that moves the
//! clock moves everything.

use jiff::fmt::temporal::DateTimePrinter;
use std::{
    cell::Cell,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};
use uuid::Uuid;

/// The milliseconds of a day in UTC.
pub const DAY: i64 = 86_400_000;

/// A page of tickets holds 150 times; a format that is read anew for each would show.
const IN_MILLISECONDS: DateTimePrinter = DateTimePrinter::new().precision(Some(3));

/// A point in time: milliseconds since 1970 in UTC, as the database keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// RFC 3339 in UTC with milliseconds: `2026-11-22T08:00:00.000Z`.
    pub fn text(self) -> String {
        IN_MILLISECONDS.timestamp_to_string(&self.moment())
    }

    /// The day in UTC: `2026-11-22`.
    pub fn date(self) -> String {
        self.moment().strftime("%Y-%m-%d").to_string()
    }

    /// A time that somebody wrote, in RFC 3339 with any offset.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|moment| Self(moment.as_millisecond()))
    }

    /// How many seconds it is until a later one, begun ones counted; none until one that has been.
    pub const fn seconds_until(self, later: Self) -> u64 {
        if later.0 > self.0 { (later.0 - self.0).unsigned_abs().div_ceil(1000) } else { 0 }
    }

    /// This many seconds later, or earlier when negative.
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1000)
    }

    fn moment(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).expect("a time that this program wrote")
    }
}

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's.
    System,
    /// Stands still until moved.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at this time.
    pub fn fixed(at: Timestamp) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.0)))
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock set after 1970");
                Timestamp(i64::try_from(since.as_millis()).expect("a clock set before the year 292 million"))
            }
            Self::Fixed(at) => Timestamp(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a fixed clock forward. A system clock moves by itself and ignores this.
    pub fn advance(&self, seconds: i64) {
        if let Self::Fixed(at) = self {
            at.fetch_add(seconds * 1000, Ordering::SeqCst);
        }
    }
}

/// Makes the ids of one database: UUIDv7 that grow even within a millisecond (RFC 9562, section 6.2, method 1: a
/// counter in front of the random bits), so that lists ordered by id are in the order of making.
#[derive(Debug, Default)]
pub struct Ids {
    /// The last millisecond, and what was counted in it.
    last: Cell<(u64, u32)>,
}

impl Ids {
    /// A new id of this time.
    pub fn next(&self, at: Timestamp) -> Uuid {
        let millis = u64::try_from(at.0).unwrap_or_default();
        let counter = self.count(millis);
        let mut bytes: [u8; 10] = rand::random();
        // The upper four bits of byte 0 and two of byte 2 become version and variant.
        bytes[0] = (counter >> 28) as u8 & 0x0F;
        bytes[1] = (counter >> 20) as u8;
        bytes[2] = (counter >> 14) as u8 & 0x3F;
        bytes[3] = (counter >> 6) as u8;
        bytes[4] = (counter << 2) as u8 | (bytes[4] & 0x03);
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }

    /// Counts the ids of a millisecond, from a random start far below the end.
    fn count(&self, millis: u64) -> u32 {
        let (before, counted) = self.last.get();
        let counter = if before == millis { counted.wrapping_add(1) } else { rand::random::<u32>() >> 4 };
        self.last.set((millis, counter));
        counter
    }
}

/// Whether `text` is a real day written `YYYY-MM-DD`.
pub fn is_date(text: &str) -> bool {
    date(text).is_some()
}

/// The beginning, in UTC, of a real day written `YYYY-MM-DD`.
pub fn day(text: &str) -> Option<Timestamp> {
    let since = date(text)? - jiff::civil::Date::constant(1970, 1, 1);
    Some(Timestamp(i64::from(since.get_days()) * DAY))
}

fn date(text: &str) -> Option<jiff::civil::Date> {
    let date = text.parse::<jiff::civil::Date>().ok()?;
    (text.len() == 10 && date.to_string() == text).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_written_in_utc_with_milliseconds() {
        assert_eq!(Timestamp(1_795_334_400_007).text(), "2026-11-22T08:00:00.007Z");
        assert_eq!(Timestamp(1_795_334_400_007).date(), "2026-11-22");
    }

    #[test]
    fn only_real_days_are_dates() {
        for (text, expected) in
            [("2026-02-28", true), ("2026-02-29", false), ("2026-2-28", false), ("tomorrow", false), ("", false)]
        {
            assert_eq!(is_date(text), expected, "{text}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_utc() {
        assert_eq!(day("2026-11-22"), Some(Timestamp(1_795_334_400_000 - 8 * 60 * 60 * 1000)));
        assert_eq!(day("1970-01-02"), Some(Timestamp(DAY)));
        assert_eq!(day("2026-02-29"), None);
        assert!(day("9999-12-31").is_some() && day("0001-01-01").is_some());
    }

    #[test]
    fn ids_grow_within_a_millisecond() {
        let (here, elsewhere) = (Ids::default(), Ids::default());
        let ids: Vec<_> = (0..10_000)
            .map(|nth| {
                elsewhere.next(Timestamp(nth));
                here.next(Timestamp(1_234_567_890_123))
            })
            .collect();
        assert!(ids.is_sorted());
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
        assert_eq!(ids[0].as_bytes()[8] >> 6, 0b10, "the variant of RFC 9562");
    }

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let clock = Clock::fixed(Timestamp(1000));
        assert_eq!(clock.now(), clock.now());
        clock.advance(2);
        assert_eq!(clock.now(), Timestamp(3000));
    }
}
