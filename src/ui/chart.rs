//! Two series over the days, as a drawing and as a table. Drawn as SVG on the server; no script draws anything, and there
//! is no inline style, which the page's policy forbids. The plot stretches with the page while its texts keep their size:
//! the axis stands beside it.

use leptos::prelude::*;

/// The height of the plot, in pixels; the space above the highest mark, and below the line of nothing.
const HEIGHT: f64 = 144.0;
const ABOVE: f64 = 8.0;
const BELOW: f64 = 4.0;
/// The width of a day in the drawing's own units.
const DAY: f64 = 10.0;
/// Most days that tell their numbers where the pointer is; with more, they are too narrow to point at.
const POINTED: usize = 150;

/// What is drawn: a value for each day, or none.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub name: &'static str,
    pub values: Vec<Option<i64>>,
}

/// How it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Bars,
    Lines,
}

/// How high a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Twice as many stand twice as high.
    Counts,
    /// Seconds, logarithmic: minutes and days in one picture.
    Durations,
}

/// What the component says.
#[derive(Clone, Copy)]
pub struct ChartTexts {
    pub day: &'static str,
    pub table: &'static str,
    pub none: &'static str,
}

/// `<Chart title="Opened and closed" summary=… days=… series=… shape=Shape::Bars scale=Scale::Counts says=… texts=… />`
#[component]
pub fn Chart(
    title: &'static str,
    /// The drawing in a sentence.
    #[prop(into)]
    summary: String,
    /// The days as people write them, none left out.
    days: Vec<String>,
    series: [Series; 2],
    shape: Shape,
    scale: Scale,
    /// A value as people write it.
    says: fn(i64) -> String,
    texts: ChartTexts,
) -> impl IntoView {
    let top = series.iter().flat_map(|series| series.values.iter().flatten().copied()).max().unwrap_or(0);
    let marks = scale.marks(top);
    let top = top.max(marks.last().copied().unwrap_or(1));
    let place = move |value: i64| HEIGHT - BELOW - scale.share(value, top) * (HEIGHT - ABOVE - BELOW);
    let (first, last) = (days.first().cloned(), (days.len() > 1).then(|| days.last().cloned()).flatten());
    let names = series.clone().map(|series| series.name);
    let axis = marks
        .clone()
        .into_iter()
        .map(|mark| view! { <text x="100%" y=unit(place(mark) + 3.5) text-anchor="end">{says(mark)}</text> });
    let width = days.len().max(1) as f64 * DAY;
    let lines = marks.iter().map(|mark| format!("M0 {}H{width}", unit(place(*mark))));
    let lines: String = lines.collect();
    view! {
        <figure class="chart">
            <figcaption class="flex flex-wrap items-center gap-x-4 gap-y-1">
                <span class="font-semibold">{title}</span>
                <span class="ms-auto flex gap-3 text-2xs">
                    {(0..2).map(|which| view! { <span class=format!("chart-key chart-key-{which}")>{names[which]}</span> }).collect_view()}
                </span>
            </figcaption>
            <div class="chart-plot">
                <svg class="chart-axis" height=HEIGHT.to_string() aria-hidden="true">{axis.collect_view()}</svg>
                <svg
                    class="chart-drawing"
                    role="img"
                    aria-label=summary
                    height=HEIGHT.to_string()
                    viewBox=format!("0 0 {width} {HEIGHT}")
                    preserveAspectRatio="none"
                >
                    <path class="chart-mark" d=lines />
                    {(0..2).map(|which| drawn(which, &series[which].values, shape, place)).collect_view()}
                    {(days.len() <= POINTED).then(|| pointed(&days, &series, says))}
                </svg>
                <p class="chart-days"><span>{first}</span><span>{last}</span></p>
            </div>
            <Table title days series says texts />
        </figure>
    }
}

/// The same numbers to read: the days on which there is something.
#[component]
fn Table(
    title: &'static str,
    days: Vec<String>,
    series: [Series; 2],
    says: fn(i64) -> String,
    texts: ChartTexts,
) -> impl IntoView {
    let names = series.clone().map(|series| view! { <th scope="col">{series.name}</th> });
    let row = |(index, day): (usize, String)| {
        let values = [0, 1].map(|which| series[which].values.get(index).copied().flatten());
        let anything = values.iter().flatten().any(|value| *value != 0);
        let cell = |value: Option<i64>| view! { <td>{value.map_or_else(|| texts.none.to_owned(), says)}</td> };
        anything.then(|| view! { <tr><th scope="row">{day}</th>{values.map(cell).into_iter().collect_view()}</tr> })
    };
    let rows = days.into_iter().enumerate().filter_map(row).collect_view();
    view! {
        <details>
            <summary class="link text-2xs text-base-content/70">{texts.table}</summary>
            <div class="chart-table" role="region" aria-label=title tabindex="0">
                <table>
                    <thead><tr><th scope="col">{texts.day}</th>{names.into_iter().collect_view()}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}

impl Scale {
    /// Where the axis has a line, the lowest first; the highest may lie above `top`.
    pub fn marks(self, top: i64) -> Vec<i64> {
        const MINUTE: i64 = 60;
        const DURATIONS: [i64; 6] = [MINUTE, 10 * MINUTE, 60 * MINUTE, 8 * 60 * MINUTE, 2 * 86_400, 14 * 86_400];
        match self {
            Self::Durations => {
                let beyond = DURATIONS.iter().position(|mark| *mark >= top).unwrap_or(DURATIONS.len() - 1);
                DURATIONS[..=beyond.max(1)].to_vec()
            }
            Self::Counts => {
                let steps = (0..).flat_map(|power| [1, 2, 5].map(|step| step * 10_i64.pow(power)));
                let step = steps.into_iter().find(|step| step * 4 >= top).unwrap_or(1);
                (0..=4).map(|mark| mark * step).take_while(|mark| *mark < top.max(1) + step).collect()
            }
        }
    }

    /// How high a value stands, from 0 to 1 at `top`.
    fn share(self, value: i64, top: i64) -> f64 {
        let of = |value: i64| match self {
            Self::Counts => value as f64,
            Self::Durations => (1.0 + value as f64 / 60.0).ln(),
        };
        of(value) / of(top.max(1))
    }
}

/// One of the two series.
fn drawn(which: usize, values: &[Option<i64>], shape: Shape, place: impl Fn(i64) -> f64) -> impl IntoView {
    let points = values.iter().enumerate().filter_map(|(day, value)| Some((day as f64 * DAY, place((*value)?))));
    match shape {
        Shape::Bars => {
            let base = HEIGHT - BELOW;
            let bar = |(day, height): (f64, f64)| {
                format!("M{} {base}V{}h3.5V{base}z", unit(day + 1.5 + which as f64 * 3.5), unit(height))
            };
            let bars: String = points.map(bar).collect();
            view! { <path class=format!("chart-bars chart-{which}") d=bars /> }.into_any()
        }
        Shape::Lines => {
            let points: Vec<_> =
                points.map(|(day, height)| format!("{} {}", unit(day + DAY / 2.0), unit(height))).collect();
            let line = if points.is_empty() { String::new() } else { format!("M{}", points.join("L")) };
            let dots: String = points.iter().map(|point| format!("M{point}h.01")).collect();
            view! {
                <path class=format!("chart-line chart-{which}") d=line />
                <path class=format!("chart-dots chart-{which}") d=dots />
            }
            .into_any()
        }
    }
}

/// What each day tells where the pointer is.
fn pointed(days: &[String], series: &[Series; 2], says: fn(i64) -> String) -> impl IntoView {
    let told = |index: usize| {
        let told = |series: &Series| series.values[index].map(|value| format!(", {}: {}", series.name, says(value)));
        format!("{}{}", days[index], series.iter().filter_map(told).collect::<String>())
    };
    let day = |index: usize| {
        view! { <rect class="chart-day" x=unit(index as f64 * DAY) y="0" width=DAY.to_string() height=HEIGHT.to_string()><title>{told(index)}</title></rect> }
    };
    (0..days.len()).map(day).collect_view()
}

/// A coordinate, no finer than can be seen.
fn unit(number: f64) -> String {
    format!("{:.1}", number).trim_end_matches(".0").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_few_and_reach_the_highest_value() {
        for (top, marks) in [
            (0, &[0, 1][..]),
            (1, &[0, 1]),
            (4, &[0, 1, 2, 3, 4]),
            (5, &[0, 2, 4, 6]),
            (17, &[0, 5, 10, 15, 20]),
            (130, &[0, 50, 100, 150]),
        ] {
            assert_eq!(Scale::Counts.marks(top), marks, "{top}");
        }
        assert_eq!(Scale::Durations.marks(0), [60, 600]);
        assert_eq!(Scale::Durations.marks(3_000), [60, 600, 3_600]);
        assert_eq!(Scale::Durations.marks(90_000_000).len(), 6);
    }

    #[test]
    fn the_highest_value_stands_at_the_top_and_nothing_on_the_ground() {
        for scale in [Scale::Counts, Scale::Durations] {
            assert_eq!((scale.share(0, 50), scale.share(50, 50)), (0.0, 1.0), "{scale:?}");
            assert_eq!(scale.share(0, 0), 0.0, "{scale:?}");
        }
        assert!(Scale::Durations.share(60, 86_400) > 0.05, "a minute is seen beside a day");
    }

    #[test]
    fn coordinates_are_short() {
        assert_eq!((unit(12.0), unit(12.34), unit(0.04)), ("12".to_owned(), "12.3".to_owned(), "0".to_owned()));
    }
}
