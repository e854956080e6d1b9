//! What the reported tickets come to.

use crate::{format, pages::shared::badges::StatusPill, texts::reports};
use contract::report::{ReportTimes, ReportTotals};
use leptos::prelude::*;

/// The totals, side by side.
#[component]
pub fn Totals(totals: ReportTotals) -> impl IntoView {
    let t = reports();
    let statuses = totals.by_status.into_iter().filter(|count| count.tickets > 0).map(|count| {
        view! { <li class="flex items-center gap-1"><StatusPill status=count.status /><span class="tabular-nums">{format::count(count.tickets)}</span></li> }
    });
    view! {
        <section aria-labelledby="report-totals">
            <h2 class="sr-only" id="report-totals">{t.totals}</h2>
            <dl class="totals">
                <div class="total">
                    <dt>{t.tickets}</dt>
                    <dd>
                        <p class="total-figure">{format::count(totals.tickets)}</p>
                        <ul class="flex flex-wrap gap-x-3 gap-y-1">{statuses.collect_view()}</ul>
                    </dd>
                </div>
                <div class="total">
                    <dt>{t.replies}</dt>
                    <dd><p class="total-figure">{format::count(totals.replies)}</p></dd>
                </div>
                <Times label=t.first_response times=totals.first_response />
                <Times label=t.resolution times=totals.resolution />
            </dl>
        </section>
    }
}

/// How long something took: half of them, and nine of ten.
#[component]
fn Times(label: &'static str, times: ReportTimes) -> impl IntoView {
    let t = reports();
    let figures = match (times.median_seconds, times.p90_seconds) {
        (Some(median), Some(p90)) => view! {
            <p class="total-figure">{format::lasting(median)} " " <span class="text-2xs font-normal text-base-content/70">{t.median}</span></p>
            <p class="text-base-content/70">{t.nine_of_ten(p90, times.tickets)}</p>
        }
        .into_any(),
        _ => view! { <p class="text-base-content/70">{t.never}</p> }.into_any(),
    };
    view! { <div class="total"><dt>{label}</dt><dd>{figures}</dd></div> }
}
