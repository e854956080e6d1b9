//! The days of a report as two charts: how many, and how long.

use crate::{
    format,
    texts::reports,
    ui::chart::{Chart, ChartTexts, Scale, Series, Shape},
};
use contract::report::ReportDay;
use leptos::prelude::*;

/// With more days, bars become too narrow to be told apart.
const BARS: usize = 120;
/// The longest stretch that is drawn up to the days asked for, even where nothing happened in it.
const EMPTY: i64 = 400;

/// Both charts.
#[component]
pub fn Charts(days: Vec<ReportDay>, from: String, to: String) -> impl IntoView {
    let t = reports();
    let days = filled(days, &from, &to);
    let names: Vec<_> = days.iter().map(|day| format::date(&day.date)).collect();
    let texts = ChartTexts { day: t.day, table: t.table, none: t.none };
    let shape = if days.len() > BARS { Shape::Lines } else { Shape::Bars };
    let series = |name, of: fn(&ReportDay) -> Option<i64>| Series { name, values: days.iter().map(of).collect() };
    let counts = [series(t.opened, |day| Some(day.opened)), series(t.closed, |day| Some(day.closed))];
    let times = [
        series(t.first_response, |day| day.first_response_seconds),
        series(t.resolution, |day| day.resolution_seconds),
    ];
    let summary = t.opened_and_closed(
        days.iter().map(|day| day.opened).sum(),
        days.iter().map(|day| day.closed).sum(),
        days.len(),
    );
    view! {
        <section class="grid gap-4 xl:grid-cols-2" aria-labelledby="report-charts">
            <h2 class="sr-only" id="report-charts">{t.charts}</h2>
            <Chart title=t.by_day summary days=names.clone() series=counts shape scale=Scale::Counts says=format::count texts />
            <Chart title=t.times_by_day summary=t.times_by_day_lead days=names series=times shape=Shape::Lines scale=Scale::Durations says=format::short_lasting texts />
        </section>
    }
}

/// The days without a gap, also those on which nothing happened: up to those that were asked for, unless that is far.
fn filled(days: Vec<ReportDay>, from: &str, to: &str) -> Vec<ReportDay> {
    let number = |day: Option<&ReportDay>| day.and_then(|day| format::day_number(&day.date));
    let (Some(first), Some(last)) = (number(days.first()), number(days.last())) else { return days };
    let mut first = format::day_number(from).filter(|from| (0..EMPTY).contains(&(first - from))).unwrap_or(first);
    let last = format::day_number(to).filter(|to| (0..EMPTY).contains(&(to - last))).unwrap_or(last);
    let mut all = Vec::new();
    for day in days {
        let Some(this) = format::day_number(&day.date) else { continue };
        all.extend((first..this).map(nothing));
        all.push(day);
        first = this + 1;
    }
    all.extend((first..=last).map(nothing));
    all
}

fn nothing(day: i64) -> ReportDay {
    ReportDay {
        date: format::day_of(day),
        opened: 0,
        closed: 0,
        first_response_seconds: None,
        resolution_seconds: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_without_anything_are_drawn_too() {
        let day = |date: &str| ReportDay { date: date.to_owned(), opened: 1, ..nothing(0) };
        let dates = |days: Vec<ReportDay>, from, to| {
            filled(days, from, to).into_iter().map(|day| (day.date, day.opened)).collect::<Vec<_>>()
        };
        let said =
            |all: &[(&str, i64)]| all.iter().map(|(date, opened)| ((*date).to_owned(), *opened)).collect::<Vec<_>>();
        let two = || vec![day("2026-11-20"), day("2026-11-22")];
        let between = [("2026-11-20", 1), ("2026-11-21", 0), ("2026-11-22", 1)];
        assert_eq!(dates(two(), "", ""), said(&between));
        assert_eq!(dates(two(), "1999-01-01", "2026-11-22"), said(&between), "nobody wants to see thirty empty years");
        let asked = [("2026-11-19", 0), between[0], between[1], between[2], ("2026-11-23", 0)];
        assert_eq!(dates(two(), "2026-11-19", "2026-11-23"), said(&asked));
        assert_eq!(dates(vec![], "2026-11-19", "2026-11-23"), []);
    }
}
