//! How numbers and times are written for people. Pure: the same text on the server and in the browser.

/// A size: `212 kB`, `1.4 MB`. Decimal units, as file managers show them.
pub fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", (bytes + 500) / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// Milliseconds since 1970 of an RFC 3339 time in UTC as the contract writes it.
pub fn millis(time: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| time.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
    Some(
        (((days_from_civil(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1_000
            + number(20..23).unwrap_or(0),
    )
}

/// How long ago, in one short word: `now`, `4m`, `3h`, `2d`, `5w`, and the date beyond a year.
pub fn short_age(time: &str, now: i64) -> String {
    let Some(then) = millis(time) else { return String::new() };
    let minutes = (now - then).max(0) / 60_000;
    match minutes {
        0 => "now".to_owned(),
        1..60 => format!("{minutes}m"),
        60..1_440 => format!("{}h", minutes / 60),
        1_440..20_160 => format!("{}d", minutes / 1_440),
        20_160..525_600 => format!("{}w", minutes / 10_080),
        _ => date(time),
    }
}

/// How long ago, in words: `just now`, `4 minutes ago`, `yesterday`, and the date beyond a month.
pub fn age(time: &str, now: i64) -> String {
    let Some(then) = millis(time) else { return String::new() };
    let minutes = (now - then).max(0) / 60_000;
    match minutes {
        0 => "just now".to_owned(),
        1 => "a minute ago".to_owned(),
        2..60 => format!("{minutes} minutes ago"),
        60..120 => "an hour ago".to_owned(),
        120..1_440 => format!("{} hours ago", minutes / 60),
        1_440..2_880 => "yesterday".to_owned(),
        2_880..43_200 => format!("{} days ago", minutes / 1_440),
        _ => date(time),
    }
}

/// `22 Nov 2026`.
pub fn date(time: &str) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let part = |range: std::ops::Range<usize>| time.get(range).and_then(|t| t.parse::<usize>().ok()).unwrap_or(0);
    let month = MONTHS.get(part(5..7).wrapping_sub(1)).copied().unwrap_or("");
    format!("{} {month} {}", part(8..10), part(0..4))
}

/// `22 Nov 2026, 10:02 UTC`.
pub fn moment(time: &str) -> String {
    format!("{}, {} UTC", date(time), time.get(11..16).unwrap_or(""))
}

/// One or two letters for an avatar.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

/// Days since 1970-01-01 of a date in the Gregorian calendar.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_the_contract_writes_them() {
        assert_eq!(millis("1970-01-01T00:00:00.000Z"), Some(0));
        assert_eq!(millis("2026-11-22T08:00:00.250Z"), Some(1_795_334_400_250));
        assert_eq!(millis("2024-02-29T23:59:59Z"), Some(1_709_251_199_000));
        assert_eq!(millis("soon"), None);
    }

    #[test]
    fn ages_are_short_in_lists_and_words_elsewhere() {
        let now = millis("2026-11-22T12:00:00.000Z").unwrap();
        for (time, short, long) in [
            ("2026-11-22T11:59:40.000Z", "now", "just now"),
            ("2026-11-22T12:00:30.000Z", "now", "just now"),
            ("2026-11-22T11:56:00.000Z", "4m", "4 minutes ago"),
            ("2026-11-22T09:00:00.000Z", "3h", "3 hours ago"),
            ("2026-11-21T11:00:00.000Z", "1d", "yesterday"),
            ("2026-10-12T12:00:00.000Z", "5w", "12 Oct 2026"),
            ("2024-10-12T12:00:00.000Z", "12 Oct 2024", "12 Oct 2024"),
        ] {
            assert_eq!((short_age(time, now).as_str(), age(time, now).as_str()), (short, long), "{time}");
        }
    }

    #[test]
    fn sizes_use_decimal_units() {
        for (bytes, shown) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1 kB"),
            (212_300, "212 kB"),
            (1_440_000, "1.4 MB"),
            (25_000_000, "25.0 MB"),
        ] {
            assert_eq!(size(bytes), shown);
        }
    }

    #[test]
    fn initials_take_the_first_and_the_last_name() {
        for (name, shown) in
            [("Mira Okafor", "MO"), ("Sam", "S"), ("سلمى حداد", "سح"), ("Ana de la Cruz", "AC"), ("", "")]
        {
            assert_eq!(initials(name), shown);
        }
    }
}
