//! A report on its way through the site, as CSV: passed on as the service writes it, in the viewer's name, of any size.

use super::{files::answer, finsupport::filter};
use axum::{Extension, extract::RawQuery, response::Response};
use client::Client;

/// `GET /desk/reports/tickets.csv`, with the filter of the report as its query.
pub async fn csv(Extension(client): Extension<Client>, RawQuery(query): RawQuery) -> Response {
    match filter(&query.unwrap_or_default()) {
        Ok(filter) => answer(client.report_csv(&filter).await),
        Err(problem) => answer(Err(problem)),
    }
}
