//! The tickets of a report, a table that is sorted by its headings and grows by steps.

use super::wanted::Wanted;
use crate::{
    format,
    pages::shared::{
        badges::{PriorityBars, StatusPill},
        refusal::Refusal,
    },
    rpc::reports::read_report,
    texts::{common, desk, reports},
    ui::{
        empty::Empty,
        icon::{Icon, LuArrowDown, LuArrowUp},
    },
};
use contract::{
    choice::Choices,
    report::{ReportRow, ReportSortField, ReportSortOrder},
    ticket::reference,
};
use leptos::prelude::*;

/// The table, and the way to the rest of it.
#[component]
pub fn Rows(wanted: Wanted, filter: String, rows: Vec<ReportRow>, next: Option<String>) -> impl IntoView {
    let t = reports();
    let further = !wanted.cursor.is_empty();
    if rows.is_empty() && !further {
        return view! { <Empty title=t.empty><p>{t.empty_lead}</p></Empty> }.into_any();
    }
    let (shown, next) = (RwSignal::new(rows), RwSignal::new(next));
    let more = Action::new(move |cursor: &String| read_report(Wanted::page_of(&filter, cursor)));
    Effect::new(move |_| {
        if let Some(Ok(page)) = more.value().get() {
            shown.update(|rows| rows.extend(page.rows));
            next.set(page.next_cursor);
        }
    });
    let problem = Signal::derive(move || more.value().get().and_then(Result::err).map(|error| error.problem()));
    let first = wanted.href();
    let here = wanted.clone();
    let onwards = move || {
        next.get().map(|cursor| {
            let href = here.href_at(&cursor);
            let pending = move || more.pending().get();
            view! {
                <a
                    class="btn btn-sm"
                    href=href
                    aria-busy=move || pending().then_some("true")
                    on:click=move |click| {
                        click.prevent_default();
                        if !more.pending().get_untracked() {
                            more.dispatch(cursor.clone());
                        }
                    }
                >
                    {move || if pending() { common().loading } else { common().load_more }}
                </a>
            }
        })
    };
    view! {
        <div class="report-rows" role="region" aria-labelledby="report-rows" tabindex="0">
            <table>
                <Headings wanted />
                <tbody>
                    <For each=move || shown.get() key=|row| row.ticket_id let(row)>
                        <Row row />
                    </For>
                </tbody>
            </table>
        </div>
        <Refusal problem />
        <p class="flex justify-center gap-2 empty:hidden">
            {further.then(|| view! { <a class="btn btn-ghost btn-sm" href=first>{desk().first_page}</a> })}
            {onwards}
        </p>
    }
    .into_any()
}

/// Headings that sort are links; the one it is sorted by says which way.
#[component]
fn Headings(wanted: Wanted) -> impl IntoView {
    let t = reports();
    let (field, order) = wanted.order();
    let sorts = move |this: ReportSortField, label: &'static str, class: &'static str| {
        let (direction, icon) = match order {
            ReportSortOrder::Ascending => ("ascending", LuArrowUp),
            ReportSortOrder::Descending => ("descending", LuArrowDown),
        };
        let sorted = field == this;
        view! {
            <th scope="col" class=class aria-sort=sorted.then_some(direction)>
                <a class="report-sort" href=wanted.href_sorted(this) title=t.sort_by(label)>{label}{sorted.then(|| view! { <Icon icon /> })}</a>
            </th>
        }
    };
    view! {
        <thead>
            <tr>
                {sorts(ReportSortField::Number, t.number, "")}
                <th scope="col">{t.subject}</th>
                {sorts(ReportSortField::Status, desk().status, "")}
                {sorts(ReportSortField::Priority, desk().priority, "")}
                <th scope="col">{t.assignee}</th>
                {sorts(ReportSortField::CreatedAt, t.filed, "report-number")}
                {sorts(ReportSortField::UpdatedAt, t.updated, "report-number")}
                {sorts(ReportSortField::ClosedAt, t.closed, "report-number")}
                <th scope="col" class="report-number">{t.replies}</th>
                {sorts(ReportSortField::FirstResponse, t.first_response, "report-number")}
                {sorts(ReportSortField::Resolution, t.resolution, "report-number")}
            </tr>
        </thead>
    }
}

/// A ticket of the report.
#[component]
fn Row(row: ReportRow) -> impl IntoView {
    let t = reports();
    let day = |time: Option<String>| match time {
        Some(time) => {
            view! { <time datetime=time.clone() title=format::moment(&time)>{format::date(&time)}</time> }.into_any()
        }
        None => t.none.into_any(),
    };
    let took = |seconds: Option<i64>| seconds.map_or_else(|| t.none.to_owned(), format::short_lasting);
    view! {
        <tr>
            <td><a class="link" href=format!("/desk/tickets/{}", row.ticket_id)>{reference(row.number)}</a></td>
            <th scope="row" class="report-subject">
                <span class="block truncate" dir="auto" title=row.subject.clone()>{row.subject.clone()}</span>
                <span class="block truncate text-2xs font-normal text-base-content/70"><bdi>{row.customer.name}</bdi> " · " {row.category.label()}</span>
            </th>
            <td><StatusPill status=row.status /></td>
            <td><PriorityBars priority=row.priority /></td>
            <td><bdi>{row.assignee.map_or_else(|| t.nobody.to_owned(), |assignee| assignee.name)}</bdi></td>
            <td class="report-number">{day(Some(row.created_at))}</td>
            <td class="report-number">{day(Some(row.updated_at))}</td>
            <td class="report-number">{day(row.closed_at)}</td>
            <td class="report-number">{row.reply_count}</td>
            <td class="report-number">{took(row.first_response_seconds)}</td>
            <td class="report-number">{took(row.resolution_seconds)}</td>
        </tr>
    }
}
