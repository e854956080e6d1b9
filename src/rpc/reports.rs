//! The ticket report. As CSV it streams through a plain route, see `server::reports`.

use crate::error::AppError;
use contract::report::Report;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// A page of a report. `query` is a query string as `ReportFilter` takes it: `from=2026-11-01&status=OPEN&pageSize=50`.
#[server(endpoint = "reports/tickets", input = GetUrl)]
pub async fn read_report(query: String) -> Result<Report, AppError> {
    use crate::server::finsupport::{filter, finsupport};
    Ok(finsupport()?.report(&filter(&query)?).await?)
}
