//! Reports: which tickets there were, how many, how quickly they were answered and settled. Assignees have their own
//! reported, admins everybody's. A report stands still while it is read: it is asked for again, not kept up to date.

mod charts;
mod filters;
mod rows;
mod totals;
mod wanted;

use crate::{
    error::AppError,
    json::resource,
    pages::shared::refusal::Failed,
    rpc::{people::find_people, reports::read_report},
    texts::{common, reports},
    ui::{
        afresh::Afresh,
        empty::Empty,
        icon::{Icon, LuDownload},
        time::today,
    },
    viewer::role,
};
use charts::Charts;
use contract::{Role, person::Contact, report::Report};
use filters::Filters;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use rows::Rows;
use serde::{Deserialize, Serialize};
use totals::Totals;
use wanted::Wanted;

/// What was read for an address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Read {
    wanted: Wanted,
    /// The customers that the words of the address fit.
    customers: Vec<Contact>,
    /// The filter of the report, and its first page; none while it is not clear which customer is meant.
    report: Option<(String, Report)>,
}

/// The page.
#[component]
pub fn Reports() -> impl IntoView {
    let t = reports();
    let (query, today) = (use_query_map(), today());
    let wanted = Memo::new(move |_| Wanted::of(&query.get(), role(), &today.get()));
    let found = resource(move || wanted.get(), read);
    // Each is awaited in one place.
    let customers = resource(move || wanted.get().one("customer").to_owned(), customers);
    let staff = resource(role, staff);
    view! {
        <Title text=t.reports />
        <main class="desk-main" id="content" tabindex="-1">
            <div class="desk-page">
                <header>
                    <h1 class="text-base font-semibold">{t.reports}</h1>
                    <p class="text-base-content/70">{if role() == Role::Admin { t.lead } else { t.own_lead }}</p>
                </header>
                <Filters wanted today customers staff />
                <Transition fallback=Loading>
                    {move || Suspend::new(async move {
                        match found.await {
                            Ok(read) => view! { <Afresh><Shown read=read.clone() /></Afresh> }.into_any(),
                            Err(error) => view! { <Failed error /> }.into_any(),
                        }
                    })}
                </Transition>
            </div>
        </main>
    }
}

/// The report, or what is still to be said for one.
#[component]
fn Shown(read: Read) -> impl IntoView {
    let t = reports();
    let Read { wanted, customers, report } = read;
    let Some((filter, Report { rows, totals, next_cursor })) = report else {
        let (title, lead) = if customers.is_empty() {
            (t.no_customer, t.no_customer_lead)
        } else {
            (t.choose_customer, t.choose_customer_lead)
        };
        return view! { <Empty title><p>{lead}</p></Empty> }.into_any();
    };
    let csv = format!("/desk/reports/tickets.csv?{filter}");
    let figures = totals.filter(|totals| totals.tickets > 0).map(|totals| {
        view! {
            <Totals totals=totals.clone() />
            <Charts days=totals.days from=wanted.one("from").to_owned() to=wanted.one("to").to_owned() />
        }
    });
    view! {
        {figures}
        <div class="flex flex-col gap-2">
            <div class="flex flex-wrap items-center gap-2">
                <h2 class="flex-1 font-semibold" id="report-rows">{t.each}</h2>
                <a class="btn btn-sm" href=csv rel="external" download><Icon icon=LuDownload />{t.csv}</a>
            </div>
            <Rows wanted filter rows next=next_cursor />
        </div>
    }
    .into_any()
}

/// A report to come.
#[component]
fn Loading() -> impl IntoView {
    view! {
        <div class="flex flex-col gap-4" role="status">
            <span class="sr-only">{common().loading}</span>
            <div class="skeleton h-20 w-full"></div>
            <div class="skeleton h-48 w-full"></div>
            <div class="skeleton h-64 w-full"></div>
        </div>
    }
}

async fn read(wanted: Wanted) -> Result<Read, AppError> {
    let named = !wanted.one("customer").is_empty();
    let customers = customers(wanted.one("customer").to_owned()).await?;
    let customer = wanted.customer_among(&customers);
    if named && customer.is_none() {
        return Ok(Read { wanted, customers, report: None });
    }
    let filter = wanted.filter(customer);
    let report = read_report(Wanted::page_of(&filter, &wanted.cursor)).await?;
    Ok(Read { wanted, customers, report: Some((filter, report)) })
}

/// The customers whom these words fit.
async fn customers(words: String) -> Result<Vec<Contact>, AppError> {
    if words.is_empty() { Ok(Vec::new()) } else { find_people(Some(Role::Customer), Some(words)).await }
}

/// Whose tickets an admin may have reported; nobody's are asked for by others.
async fn staff(role: Role) -> Result<Vec<Contact>, AppError> {
    if role != Role::Admin {
        return Ok(Vec::new());
    }
    find_people(Some(Role::Assignee), None).await
}
