//! A report as CSV (RFC 4180, UTF-8 with a byte order mark, for spreadsheets): every row of it, whatever page was asked
//! for. Rows are read and sent some at a time, each time as they are then, so that a report of any length needs the same
//! little memory and holds up nobody who writes.
//!
//! A spreadsheet would run a cell that begins like a formula. Such a cell gets an apostrophe in front.

use super::actions::{Asked, Placed, Rows};
use crate::{app::App, caller::Caller, error::Error, sessions};
use axum::{body::Body, response::Response};
use bytes::Bytes;
use contract::{
    report::{ReportFilter, ReportRow},
    ticket::reference,
};
use futures::stream;
use http::{HeaderMap, header};

/// The media type, as it is asked for and answered.
pub const MEDIA_TYPE: &str = "text/csv";

/// Rows read at once.
const TOGETHER: usize = 500;
const BYTE_ORDER_MARK: &str = "\u{FEFF}";
const HEADINGS: [&str; 21] = [
    "ticketId",
    "number",
    "subject",
    "category",
    "priority",
    "status",
    "channel",
    "customer",
    "customerEmail",
    "organizationId",
    "assignee",
    "assigneeEmail",
    "escalationLevel",
    "paymentId",
    "rating",
    "createdAt",
    "updatedAt",
    "closedAt",
    "replyCount",
    "firstResponseSeconds",
    "resolutionSeconds",
];

/// Whether CSV is wanted rather than JSON.
pub fn is_wanted(headers: &HeaderMap) -> bool {
    let accepted: Vec<_> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let accepted = accepted.join(",");
    weight(&accepted, MEDIA_TYPE) > weight(&accepted, "application/json")
}

/// The whole report, as a file to be saved.
///
/// # Errors
/// The fields at fault. What fails later breaks the answer off.
pub async fn answer(app: App, caller: Caller, filter: ReportFilter) -> Result<Response, Error> {
    let name = format!("ticket-report-{}.csv", app.clock.now().date());
    let rows = Asked::of(&caller, &filter)?.rows(&caller);
    let begin = Writing { app, caller, rows: Some(rows), begun: false };
    let body = stream::try_unfold(begin, Writing::some);
    Response::builder()
        .header(header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present")
        .header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CACHE_CONTROL, "private, no-store")
        .body(Body::from_stream(body))
        .map_err(Error::internal)
}

/// How far the writing has come.
struct Writing {
    app: App,
    caller: Caller,
    /// `None` once the last was written.
    rows: Option<Rows>,
    begun: bool,
}

impl Writing {
    /// The headings at once, so that the answer begins before any row was looked for; then some rows each time, as long
    /// as the session is good: who takes an hour to read may have lost it meanwhile.
    async fn some(self) -> Result<Option<(Bytes, Self)>, Error> {
        let Some(mut rows) = self.rows else { return Ok(None) };
        if !self.begun {
            let headings = [BYTE_ORDER_MARK.as_bytes(), &lines([HEADINGS.map(str::to_owned)])?].concat();
            return Ok(Some((headings.into(), Self { rows: Some(rows), begun: true, ..self })));
        }
        let (caller, now) = (self.caller.clone(), self.app.clock.now());
        let read = self.app.db.read(move |db| {
            if !sessions::actions::is_live(db, &caller, now)? {
                return Err(Error::unauthenticated());
            }
            let found = rows.next(db, TOGETHER)?;
            let more = found.len() == TOGETHER;
            Ok((lines(found.iter().map(|Placed { row, .. }| cells(row)))?, more.then_some(rows)))
        });
        let (written, rows) = read.await.inspect_err(|error| tracing::error!(%error, "a report broke off"))?;
        if written.is_empty() {
            return Ok(None);
        }
        Ok(Some((written.into(), Self { rows, ..self })))
    }
}

fn lines<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> Result<Vec<u8>, Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.map(harmless)).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(Error::internal)
}

fn cells(row: &ReportRow) -> [String; HEADINGS.len()] {
    let email = |person: &contract::person::Person| person.email.clone().unwrap_or_default();
    [
        row.ticket_id.to_string(),
        reference(row.number),
        row.subject.clone(),
        row.category.to_string(),
        row.priority.to_string(),
        row.status.to_string(),
        row.channel.to_string(),
        row.customer.name.clone(),
        email(&row.customer),
        shown(row.organization_id),
        row.assignee.as_ref().map(|person| person.name.clone()).unwrap_or_default(),
        row.assignee.as_ref().map(email).unwrap_or_default(),
        row.escalation_level.to_string(),
        row.payment_id.clone().unwrap_or_default(),
        shown(row.rating),
        row.created_at.clone(),
        row.updated_at.clone(),
        row.closed_at.clone().unwrap_or_default(),
        row.reply_count.to_string(),
        shown(row.first_response_seconds),
        shown(row.resolution_seconds),
    ]
}

fn shown(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The cell, with an apostrophe in front when a spreadsheet would take it for a formula.
fn harmless(cell: String) -> String {
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell }
}

/// How much this media type is wanted by its name, from 0 to 1 (RFC 9110, section 12.5.1); 0 when it is not named.
fn weight(accepted: &str, media_type: &str) -> f32 {
    let weigh = |range: &str| {
        let mut parts = range.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(media_type));
        let quality = parts.find_map(|p| p.strip_prefix("q=").or_else(|| p.strip_prefix("Q=")));
        named.then(|| quality.map_or(1.0, |q| q.parse().unwrap_or(0.0)))
    };
    accepted.split(',').filter_map(weigh).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn csv_is_answered_to_who_wants_it_more_than_json() {
        let table = [
            ("text/csv", true),
            ("TEXT/CSV", true),
            ("text/csv; q=0.9, */*; q=0.1", true),
            ("application/json, text/csv", false),
            ("application/json;q=0.5, text/csv;q=0.8", true),
            ("text/csv;q=0", false),
            ("*/*", false),
            ("text/*", false),
            ("", false),
        ];
        for (accept, expected) in table {
            let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]);
            assert_eq!(is_wanted(&headers), expected, "{accept}");
        }
        assert!(!is_wanted(&HeaderMap::new()));
    }

    #[test]
    fn no_cell_begins_like_a_formula() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1", "'＝1"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell.to_owned()), expected);
        }
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let row = ["a,b", "say \"hi\"", "two\nlines", "=A1,B2"].map(str::to_owned);
        let written = String::from_utf8(lines([row]).unwrap()).unwrap();
        assert_eq!(written, "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"'=A1,B2\"\r\n");
    }
}
