//! The ticket report: operations 22 and 23, as JSON by pages or as CSV in one stream.
//!
//! [`scope`] says which tickets, [`order`] in which order, [`totals`] what they come to; [`csv`] writes rows of any number.
//! So that totals need not look at every ticket there ever was, days that are past are kept [`packed`].

pub mod actions;
mod csv;
mod order;
mod packed;
mod queries;
mod scope;
mod times;
mod totals;

use crate::{
    answer::Found,
    app::App,
    caller::Caller,
    error::Error,
    extract::{Json, Query},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contract::report::ReportFilter;
use http::{HeaderMap, HeaderValue, header};

/// 22, *Ticket Report*, its filter in the query string.
pub async fn by_query(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Query(filter): Query<ReportFilter>,
) -> Result<Response, Error> {
    report(app, caller, &headers, filter).await
}

/// 23, *Ticket Report*, its filter in the body. It changes nothing, so it needs no idempotency key and keeps no answer.
pub async fn by_body(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Json(filter): Json<ReportFilter>,
) -> Result<Response, Error> {
    report(app, caller, &headers, filter).await
}

/// Packs the days that can be packed and are not, in small steps between which others write.
///
/// # Errors
/// When the database fails; what was packed stays.
pub async fn pack(app: &App) -> Result<(), Error> {
    let now = app.clock.now();
    let mut days = app.db.read(move |db| actions::unpacked(db, now)).await?;
    while !days.is_empty() {
        days = app.db.write(move |tx| actions::pack(tx, days)).await?;
    }
    Ok(())
}

async fn report(app: App, caller: Caller, headers: &HeaderMap, filter: ReportFilter) -> Result<Response, Error> {
    let mut response = if csv::is_wanted(headers) {
        csv::answer(app, caller, filter).await?
    } else {
        app.db.snapshot(move |db| Ok(Found::of(actions::report(db, &caller, &filter)?))).await?.into_response()
    };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept"));
    Ok(response)
}
