//! Operations 22 and 23.

use crate::doors::{Doors, code};
use axum::body::to_bytes;
use contract::{
    Code,
    report::{ReportFilter, ReportSortField, ReportSortOrder},
};

pub async fn tell_of_tickets(doors: &Doors) {
    let Doors { customer, assignee, admin, .. } = doors;
    let ticket = doors.assigned().await;
    let filter = ReportFilter {
        sort_field: Some(ReportSortField::Number),
        sort_order: Some(ReportSortOrder::Descending),
        page_size: Some(3),
        ..ReportFilter::default()
    };
    let by_query = admin.client.report(&filter).await.unwrap();
    assert_eq!(by_query.rows[0].number, ticket.number);
    assert_eq!(by_query.rows.len(), 3);
    assert!(by_query.totals.is_some());
    assert_eq!(admin.client.report_by_body(&filter).await.unwrap().rows, by_query.rows);
    let rest = ReportFilter { cursor: by_query.next_cursor, ..filter.clone() };
    let next = admin.client.report(&rest).await.unwrap();
    assert!(next.rows[0].number < by_query.rows[2].number);
    let own = assignee.client.report(&filter).await.unwrap();
    assert!(own.rows.iter().all(|row| row.assignee.as_ref().is_some_and(|person| person.id == assignee.id)));
    assert_eq!(code(customer.client.report(&filter).await), Code::Forbidden);
    let backwards = ReportFilter { from: Some("no day".to_owned()), ..filter.clone() };
    assert_eq!(code(admin.client.report(&backwards).await), Code::InvalidFields);
    for forged in [ReportFilter { cursor: Some("none".to_owned()), ..filter.clone() }] {
        assert_eq!(code(admin.client.report(&forged).await), Code::MalformedCursor);
        assert_eq!(code(admin.client.report_by_body(&forged).await), Code::MalformedCursor);
    }

    let csv = admin.client.report_csv(&filter).await.unwrap();
    assert!(csv.headers()["content-type"].to_str().unwrap().starts_with("text/csv"));
    assert!(csv.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let text = to_bytes(csv.into_body(), usize::MAX).await.unwrap();
    let text = std::str::from_utf8(&text).unwrap();
    assert!(text.lines().count() > 200, "every ticket, not a page of them");
    assert!(text.contains(&ticket.subject));
}
