//! How numbers and times are written for people. Pure: the same text on the server and in the browser.

/// A size: `212 kB`, `1.4 MB`. Decimal units, as file managers show them.
pub fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..999_500 => format!("{} kB", (bytes + 500) / 1_000),
        _ => {
            let tenths = (bytes + 50_000) / 100_000;
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

/// A browser and the system it runs on, from what it called itself: `Chrome`, `Windows`. Browsers also name those that they
/// want to be taken for, so the order counts.
pub fn browser(user_agent: &str) -> Option<(&'static str, &'static str)> {
    const BROWSERS: [(&str, &str); 9] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chromium/", "Chromium"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    let named =
        |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, n)| *n);
    named(&BROWSERS).zip(named(&SYSTEMS))
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

/// How long ago, in words: `just now`, `4 minutes ago`, `a day ago`, and the date beyond a month.
pub fn age(time: &str, now: i64) -> String {
    let Some(then) = millis(time) else { return String::new() };
    let minutes = (now - then).max(0) / 60_000;
    match minutes {
        0 => "just now".to_owned(),
        1 => "a minute ago".to_owned(),
        2..60 => format!("{minutes} minutes ago"),
        60..120 => "an hour ago".to_owned(),
        120..1_440 => format!("{} hours ago", minutes / 60),
        1_440..2_880 => "a day ago".to_owned(),
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

/// How long something took, in words: `under a minute`, `4 minutes`, `2 hours 5 minutes`, `3 days 4 hours`.
pub fn lasting(seconds: i64) -> String {
    let said = |number: i64, one: &str| match number {
        0 => String::new(),
        1 => format!("1 {one}"),
        _ => format!("{number} {one}s"),
    };
    let (great, small) = match seconds.max(0) {
        0..60 => return "under a minute".to_owned(),
        seconds @ 60..3_600 => (said(seconds / 60, "minute"), String::new()),
        seconds @ 3_600..86_400 => (said(seconds / 3_600, "hour"), said(seconds % 3_600 / 60, "minute")),
        seconds => (said(seconds / 86_400, "day"), said(seconds % 86_400 / 3_600, "hour")),
    };
    if small.is_empty() { great } else { format!("{great} {small}") }
}

/// The same in short, for tables: `<1m`, `4m`, `2h 5m`, `3d 4h`.
pub fn short_lasting(seconds: i64) -> String {
    let said = |great: i64, unit: &str, small: i64, smaller: &str| match small {
        0 => format!("{great}{unit}"),
        _ => format!("{great}{unit} {small}{smaller}"),
    };
    match seconds.max(0) {
        0..60 => "<1m".to_owned(),
        seconds @ 60..3_600 => format!("{}m", seconds / 60),
        seconds @ 3_600..86_400 => said(seconds / 3_600, "h", seconds % 3_600 / 60, "m"),
        seconds => said(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h"),
    }
}

/// A number with its thousands apart: `12,480`.
pub fn count(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    format!("{}{}", if number < 0 { "-" } else { "" }, groups.join(","))
}

/// The day of a time in UTC, `2026-11-22`, from milliseconds since 1970.
pub fn day(millis: i64) -> String {
    day_of(millis.div_euclid(86_400_000))
}

/// The number of a day `2026-11-22`, counted from 1970-01-01.
pub fn day_number(date: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| date.get(range)?.parse::<i64>().ok();
    Some(days_from_civil(number(0..4)?, number(5..7)?, number(8..10)?))
}

/// The day of this number, as `2026-11-22`.
pub fn day_of(number: i64) -> String {
    let shifted = number + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// One or two letters for an avatar.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).collect()
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
    fn a_browser_is_told_from_those_that_it_wants_to_be_taken_for() {
        let table = [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
                Some(("Chrome", "Windows")),
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0",
                Some(("Edge", "Windows")),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
                Some(("Safari", "iPhone")),
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:150.0) Gecko/20100101 Firefox/150.0",
                Some(("Firefox", "Mac")),
            ),
            (
                "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/30.0 Chrome/140.0.0.0 Mobile Safari/537.36",
                Some(("Samsung Internet", "Android")),
            ),
            ("curl/8.5.0", None),
            ("", None),
        ];
        for (called, expected) in table {
            assert_eq!(browser(called), expected, "{called}");
        }
    }

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
            ("2026-11-21T11:00:00.000Z", "1d", "a day ago"),
            ("2026-11-20T13:00:00.000Z", "1d", "a day ago"),
            ("2026-11-20T12:00:00.000Z", "2d", "2 days ago"),
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
            (999_499, "999 kB"),
            (999_500, "1.0 MB"),
            (1_440_000, "1.4 MB"),
            (1_960_000, "2.0 MB"),
            (25_000_000, "25.0 MB"),
        ] {
            assert_eq!(size(bytes), shown);
        }
    }

    #[test]
    fn how_long_something_took_is_told_with_two_units_at_most() {
        for (seconds, words, short) in [
            (0, "under a minute", "<1m"),
            (59, "under a minute", "<1m"),
            (60, "1 minute", "1m"),
            (3_599, "59 minutes", "59m"),
            (3_600, "1 hour", "1h"),
            (7_500, "2 hours 5 minutes", "2h 5m"),
            (86_400, "1 day", "1d"),
            (273_600, "3 days 4 hours", "3d 4h"),
            (864_059, "10 days", "10d"),
        ] {
            assert_eq!((lasting(seconds).as_str(), short_lasting(seconds).as_str()), (words, short), "{seconds}");
        }
    }

    #[test]
    fn thousands_stand_apart() {
        for (number, shown) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-4_000, "-4,000")]
        {
            assert_eq!(count(number), shown);
        }
    }

    #[test]
    fn a_day_is_the_day_of_its_number() {
        for (date, number) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2024-02-29", 19_782),
            ("2026-11-22", 20_779),
            ("2000-03-01", 11_017),
        ] {
            assert_eq!((day_number(date), day_of(number).as_str()), (Some(number), date));
            assert_eq!(day(number * 86_400_000 + 5), date);
        }
        assert_eq!(day_number("soon"), None);
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
