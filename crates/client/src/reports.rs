//! The ticket report: operations 22 and 23.

use crate::{Client, Result};
use axum::body::Body;
use contract::{
    endpoints::Operation as Op,
    report::{Report, ReportFilter},
};
use http::{Response, header};

impl Client {
    /// 22, *Ticket Report*: a page of it.
    pub async fn report(&self, filter: &ReportFilter) -> Result<Report> {
        self.call(Op::GetTicketReport, &[]).query(filter).send().await
    }

    /// 23, *Ticket Report*, for filters that are too long for an address.
    pub async fn report_by_body(&self, filter: &ReportFilter) -> Result<Report> {
        self.call(Op::PostTicketReport, &[]).json(filter).await
    }

    /// 22, *Ticket Report*: every row of it as CSV, streaming, whatever page the filter names.
    pub async fn report_csv(&self, filter: &ReportFilter) -> Result<Response<Body>> {
        let call = self.call(Op::GetTicketReport, &[]).query(filter);
        call.header(header::ACCEPT, "text/csv").stream(Body::empty()).await
    }
}
