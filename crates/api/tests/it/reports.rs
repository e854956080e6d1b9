//! The ticket report: its numbers, orders, pages, sight, and CSV.

use crate::world::{Member, World, new_ticket, note, reply};
use axum::body::Body;
use contract::{
    Code, Role,
    choice::{Choice, Choices},
    report::{Report, ReportDay, ReportFilter, ReportRow, ReportSortField, ReportSortOrder, ReportTimes, ReportTotals},
    split::NewSplit,
    ticket::{AdminClose, Category, NewEscalation, NewTicket, Priority, StartDate, Status, TicketEdit, TicketFilter},
};
use futures::StreamExt;
use http::Request;

const PATH: &str = "/finsupport/1.0.0/reports/tickets";

/// Four tickets with a past. Seconds are counted from the beginning of the world, 22 November 2026, 08:00.
///
/// | ticket | filed | first response | settled | closed | replies |
/// |---|---|---|---|---|---|
/// | 1001 | 0, the assignee's | 60 | 600, again 1200 | 1800 | 4 |
/// | 1002 | 3600, the other assignee's | 3900, an admin's | – | – | 2 |
/// | 1003 | 86400, nobody's | – | 86500 | 86500 | 0 |
/// | 1004 | 90000, the assignee's | –, only a note | – | – | 0 |
async fn scene() -> World {
    let world = World::new().await;
    let (customer, assignee, admin) = (&world.customer.client, &world.assignee.client, &world.admin.client);
    let mut now = 0;
    let mut at = |seconds: i64| {
        world.clock.advance(seconds - now);
        now = seconds;
    };
    let first = world.assigned().await.ticket_id;
    at(60);
    assignee.assignee_reply(first, &reply("I look into it.")).await.unwrap();
    at(120);
    customer.customer_reply(first, &reply("Thank you.")).await.unwrap();
    at(600);
    let done = contract::reply::NewReply { status: Some(Status::Completed), ..reply("Done.") };
    assignee.assignee_reply(first, &done).await.unwrap();
    at(900);
    customer.customer_reply(first, &reply("Not quite.")).await.unwrap();
    at(1200);
    assignee.assignee_status(first, Status::Completed).await.unwrap();
    at(1800);
    customer.customer_close(first, &Default::default()).await.unwrap();
    at(3600);
    let of =
        |category, priority, subject: &str| NewTicket { category, priority: Some(priority), ..new_ticket(subject) };
    let refund = of(Category::Refund, Priority::Urgent, "=HYPERLINK(\"http://evil\",\"Refund, please\")");
    let second = world.other.client.create_ticket(&refund).await.unwrap().ticket_id;
    admin.assign(second, world.other_assignee.id).await.unwrap();
    at(3900);
    admin.admin_reply(second, &reply("We know of it.")).await.unwrap();
    at(7200);
    world.other_assignee.client.assignee_status(second, Status::Waiting).await.unwrap();
    at(86_400);
    let third = customer.create_ticket(&of(Category::Card, Priority::Low, "Card, lost")).await.unwrap().ticket_id;
    at(86_500);
    admin.admin_close(third, &AdminClose { reason: "Filed twice".to_owned() }).await.unwrap();
    at(90_000);
    let fourth = customer.create_ticket(&of(Category::Payment, Priority::High, "Late")).await.unwrap().ticket_id;
    admin.assign(fourth, world.assignee.id).await.unwrap();
    assignee.assignee_note(fourth, &note("Not an answer.")).await.unwrap();
    at(95_000);
    world.other.client.customer_reply(second, &reply("Any news?")).await.unwrap();
    world
}

fn sorted(field: ReportSortField, order: ReportSortOrder) -> ReportFilter {
    ReportFilter { sort_field: Some(field), sort_order: Some(order), ..ReportFilter::default() }
}

fn days(from: Option<&str>, to: Option<&str>) -> ReportFilter {
    ReportFilter { from: from.map(str::to_owned), to: to.map(str::to_owned), ..ReportFilter::default() }
}

fn numbers(report: &Report) -> Vec<i64> {
    report.rows.iter().map(|row| row.number).collect()
}

async fn found(who: &Member, filter: &ReportFilter) -> Vec<i64> {
    numbers(&who.client.report(filter).await.unwrap())
}

async fn totals(who: &Member, filter: &ReportFilter) -> ReportTotals {
    who.client.report(filter).await.unwrap().totals.unwrap()
}

/// Every row, page by page.
async fn paged(client: &client::Client, filter: &ReportFilter) -> Vec<ReportRow> {
    let mut filter = filter.clone();
    let mut rows = Vec::new();
    loop {
        let report = client.report(&filter).await.unwrap();
        assert_eq!(report.totals.is_some(), filter.cursor.is_none(), "totals stand on the first page");
        rows.extend(report.rows);
        filter.cursor = report.next_cursor;
        if filter.cursor.is_none() {
            return rows;
        }
    }
}

async fn csv(client: &client::Client, filter: &ReportFilter) -> String {
    let response = client.report_csv(filter).await.unwrap();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn totals_are_what_one_gets_by_hand() {
    let world = scene().await;
    let all = totals(&world.admin, &ReportFilter::default()).await;
    assert_eq!((all.tickets, all.replies), (4, 6));
    let by_status: Vec<_> = all.by_status.iter().map(|count| (count.status, count.tickets)).collect();
    use Status::{Closed, Completed, InProgress, Open, Waiting};
    assert_eq!(by_status, [(Open, 1), (InProgress, 1), (Waiting, 0), (Completed, 0), (Closed, 2)]);
    let times = |tickets, average, median, p90| ReportTimes {
        tickets,
        average_seconds: Some(average),
        median_seconds: Some(median),
        p90_seconds: Some(p90),
    };
    assert_eq!(all.first_response, times(2, 180, 180, 300), "60 and 300; a note is no response");
    assert_eq!(all.resolution, times(2, 650, 650, 1200), "100 and 1200: settled for good, not the first time");
    let day = |date: &str, first_response_seconds, resolution_seconds| ReportDay {
        date: date.to_owned(),
        opened: 2,
        closed: 1,
        first_response_seconds,
        resolution_seconds,
    };
    assert_eq!(all.days, [day("2026-11-22", Some(180), Some(1200)), day("2026-11-23", None, Some(100))]);
    let none = totals(&world.admin, &days(Some("2026-12-01"), None)).await;
    assert_eq!((none.tickets, none.replies, none.first_response), (0, 0, ReportTimes::default()));
    assert_eq!(none.days, []);
}

#[tokio::test]
async fn a_row_tells_of_its_ticket() {
    let world = scene().await;
    let report = world.admin.client.report(&sorted(ReportSortField::Number, ReportSortOrder::Ascending)).await.unwrap();
    let row = &report.rows[0];
    let ticket = world.admin.client.ticket(row.ticket_id).await.unwrap();
    assert_eq!((row.number, &row.subject, row.status), (1001, &ticket.subject, Status::Closed));
    assert_eq!((&row.customer, &row.assignee), (&ticket.customer, &ticket.assignee));
    assert_eq!(
        (&row.created_at, &row.updated_at, &row.closed_at),
        (&ticket.created_at, &ticket.updated_at, &ticket.closed_at)
    );
    assert_eq!((row.reply_count, row.first_response_seconds, row.resolution_seconds), (4, Some(60), Some(1200)));
    let row = &report.rows[1];
    assert_eq!((row.category, row.priority, row.status), (Category::Refund, Priority::Urgent, Status::InProgress));
    assert_eq!((row.reply_count, row.first_response_seconds, row.resolution_seconds), (2, Some(300), None));
    let row = &report.rows[2];
    assert_eq!((row.assignee.is_none(), row.reply_count, row.resolution_seconds), (true, 0, Some(100)));
}

#[tokio::test]
async fn every_order_is_what_it_says_and_what_is_missing_comes_last() {
    use ReportSortField as By;
    let world = scene().await;
    let table = [
        (By::CreatedAt, [1001, 1002, 1003, 1004], [1004, 1003, 1002, 1001]),
        (By::UpdatedAt, [1001, 1003, 1004, 1002], [1002, 1004, 1003, 1001]),
        (By::ClosedAt, [1001, 1003, 1002, 1004], [1003, 1001, 1004, 1002]),
        (By::Priority, [1003, 1001, 1004, 1002], [1002, 1004, 1001, 1003]),
        (By::Status, [1004, 1002, 1001, 1003], [1003, 1001, 1002, 1004]),
        (By::Number, [1001, 1002, 1003, 1004], [1004, 1003, 1002, 1001]),
        (By::FirstResponse, [1001, 1002, 1003, 1004], [1002, 1001, 1004, 1003]),
        (By::Resolution, [1003, 1001, 1002, 1004], [1001, 1003, 1004, 1002]),
    ];
    assert_eq!(table.len(), By::ALL.len());
    for (field, ascending, descending) in table {
        for (order, expected) in [(ReportSortOrder::Ascending, ascending), (ReportSortOrder::Descending, descending)] {
            let filter = sorted(field, order);
            assert_eq!(found(&world.admin, &filter).await, expected, "{field} {order}");
            for size in [1, 3] {
                let filter = ReportFilter { page_size: Some(size), ..filter.clone() };
                let rows = paged(&world.admin.client, &filter).await;
                let paged: Vec<_> = rows.into_iter().map(|row| row.number).collect();
                assert_eq!(paged, expected, "{field} {order} in pages of {size}");
            }
            let within =
                ReportFilter { sort_field: Some(field), sort_order: Some(order), ..days(Some("2026-11-22"), None) };
            assert_eq!(found(&world.admin, &within).await, expected, "{field} {order} within days");
            let lines = csv(&world.admin.client, &filter).await;
            let written: Vec<_> =
                lines.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().to_owned()).collect();
            assert_eq!(written, expected.map(|number| format!("FS-{number}")), "{field} {order} as CSV");
        }
    }
    assert_eq!(found(&world.admin, &ReportFilter::default()).await, [1004, 1003, 1002, 1001], "the newest, unasked");
}

#[tokio::test]
async fn filters_narrow_and_values_of_one_widen() {
    let world = scene().await;
    let by = async |filter: ReportFilter| found(&world.admin, &filter).await;
    let none = ReportFilter::default;
    assert_eq!(
        by(ReportFilter { status: vec![Status::Closed, Status::Open, Status::Closed], ..none() }).await,
        [1004, 1003, 1001]
    );
    assert_eq!(by(ReportFilter { priority: vec![Priority::Urgent, Priority::Low], ..none() }).await, [1003, 1002]);
    assert_eq!(by(ReportFilter { category: vec![Category::Payment], ..none() }).await, [1004, 1001]);
    let assignee = |id: String| ReportFilter { assignee_id: Some(id), ..ReportFilter::default() };
    assert_eq!(by(assignee(world.assignee.id.to_string())).await, [1004, 1001]);
    assert_eq!(by(assignee("none".to_owned())).await, [1003]);
    let customer = ReportFilter { customer_id: Some(world.customer.id), ..none() };
    assert_eq!(by(customer.clone()).await, [1004, 1003, 1001]);
    let both = ReportFilter { assignee_id: Some("none".to_owned()), ..customer };
    assert_eq!(by(both).await, [1003]);
    assert_eq!(by(days(Some("2026-11-22"), Some("2026-11-22"))).await, [1002, 1001]);
    assert_eq!(by(days(Some("2026-11-23"), None)).await, [1004, 1003]);
    assert_eq!(by(days(None, Some("2026-11-22"))).await, [1002, 1001]);
    let one = ReportFilter { status: vec![Status::Closed], ..days(Some("2026-11-22"), Some("2026-11-22")) };
    assert_eq!(by(one).await, [1001]);
}

#[tokio::test]
async fn every_filter_holds_in_every_order_and_in_the_totals() {
    let world = scene().await;
    let filters = [
        (ReportFilter { status: vec![Status::Closed], ..ReportFilter::default() }, vec![1001, 1003]),
        (ReportFilter { status: vec![Status::Open], ..days(Some("2026-11-23"), None) }, vec![1004]),
        (ReportFilter { customer_id: Some(world.customer.id), ..ReportFilter::default() }, vec![1001, 1003, 1004]),
        (ReportFilter { assignee_id: Some("none".to_owned()), ..ReportFilter::default() }, vec![1003]),
        (
            ReportFilter { assignee_id: Some(world.assignee.id.to_string()), ..days(None, Some("2026-11-22")) },
            vec![1001],
        ),
        (ReportFilter { priority: vec![Priority::Low, Priority::Urgent], ..ReportFilter::default() }, vec![1002, 1003]),
        (ReportFilter { category: vec![Category::Technical], ..ReportFilter::default() }, vec![]),
    ];
    for (filter, expected) in filters {
        for (field, order) in
            ReportSortField::ALL.iter().flat_map(|f| ReportSortOrder::ALL.iter().map(move |o| (*f, *o)))
        {
            let filter = ReportFilter { sort_field: Some(field), sort_order: Some(order), ..filter.clone() };
            let mut numbers = found(&world.admin, &filter).await;
            numbers.sort_unstable();
            assert_eq!(numbers, expected, "{field} {order} {filter:?}");
        }
        let totals = totals(&world.admin, &filter).await;
        assert_eq!(totals.tickets, expected.len() as i64, "{filter:?}");
        assert_eq!(totals.days.iter().map(|day| day.opened).sum::<i64>(), expected.len() as i64, "{filter:?}");
    }
}

#[tokio::test]
async fn a_day_counts_what_was_closed_on_it_whenever_that_was_filed() {
    let world = scene().await;
    let open = world.admin.client.tickets(&TicketFilter::default()).await.unwrap().items;
    let second = open.iter().find(|ticket| ticket.number == 1002).unwrap().ticket_id;
    world.admin.client.admin_close(second, &AdminClose { reason: "Enough".to_owned() }).await.unwrap();
    let monday = totals(&world.admin, &days(Some("2026-11-23"), Some("2026-11-23"))).await;
    assert_eq!((monday.tickets, monday.days[0].opened, monday.days[0].closed), (2, 2, 2));
    let refunds = ReportFilter { category: vec![Category::Refund], ..days(Some("2026-11-23"), None) };
    let refunds = totals(&world.admin, &refunds).await;
    assert_eq!((refunds.tickets, refunds.days[0].opened, refunds.days[0].closed), (0, 0, 1));
    let open = ReportFilter { status: vec![Status::Open], ..ReportFilter::default() };
    assert!(totals(&world.admin, &open).await.days.iter().all(|day| day.closed == 0));
}

#[tokio::test]
async fn an_assignee_has_their_own_tickets_reported_and_a_customer_none() {
    let world = scene().await;
    let all = ReportFilter::default();
    assert_eq!(found(&world.assignee, &all).await, [1004, 1001]);
    assert_eq!(found(&world.other_assignee, &all).await, [1002], "followed and unassigned ones are not theirs");
    let own = totals(&world.assignee, &all).await;
    assert_eq!((own.tickets, own.replies, own.first_response.median_seconds), (2, 4, Some(60)));
    assert_eq!(own.days.iter().map(|day| day.closed).sum::<i64>(), 1);
    let of = |id: String| ReportFilter { assignee_id: Some(id), ..ReportFilter::default() };
    assert_eq!(found(&world.assignee, &of(world.assignee.id.to_string())).await, [1004, 1001]);
    for other in [world.other_assignee.id.to_string(), "none".to_owned()] {
        assert_eq!(found(&world.assignee, &of(other.clone())).await, [0; 0]);
        let totals = totals(&world.assignee, &of(other)).await;
        assert_eq!((totals.tickets, totals.days), (0, vec![]));
    }
    let customers = ReportFilter { customer_id: Some(world.other.id), ..ReportFilter::default() };
    assert_eq!(found(&world.assignee, &customers).await, [0; 0]);
    let lines = csv(&world.assignee.client, &all).await;
    assert_eq!(lines.lines().count(), 3, "{lines}");
    for customer in [&world.customer, &world.colleague, &world.other] {
        assert_eq!(customer.client.report(&all).await.unwrap_err().code, Code::Forbidden);
        assert_eq!(customer.client.report_by_body(&all).await.unwrap_err().code, Code::Forbidden);
        assert_eq!(customer.client.report_csv(&all).await.unwrap_err().code, Code::Forbidden);
    }
    assert_eq!(world.nobody().report(&all).await.unwrap_err().code, Code::Unauthenticated);
}

#[tokio::test]
async fn the_body_asks_what_the_query_asks() {
    let world = scene().await;
    let filters = [
        ReportFilter::default(),
        ReportFilter {
            status: vec![Status::Closed, Status::Open],
            page_size: Some(1),
            ..days(Some("2026-11-22"), None)
        },
        sorted(ReportSortField::FirstResponse, ReportSortOrder::Ascending),
    ];
    for filter in filters {
        let by_query = world.admin.client.report(&filter).await.unwrap();
        assert_eq!(world.admin.client.report_by_body(&filter).await.unwrap(), by_query);
    }
    let keyed = world.admin.client.with_idempotency_key("a-report");
    keyed.report_by_body(&ReportFilter::default()).await.unwrap();
    let other = days(Some("2026-11-23"), None);
    assert_eq!(numbers(&keyed.report_by_body(&other).await.unwrap()), [1004, 1003], "a report keeps no key");
    let request = Request::post(PATH)
        .header("authorization", format!("Bearer {}", world.admin.token))
        .header("content-type", "application/json")
        .header("accept", "text/csv");
    let lines = world.raw(request.body(Body::from(r#"{"status":["OPEN"]}"#)).unwrap()).await.body;
    assert_eq!((lines.lines().count(), lines.contains("FS-1004")), (2, true), "{lines}");
}

#[tokio::test]
async fn a_filter_that_cannot_be_read_is_refused_by_its_field() {
    let world = scene().await;
    let table = [
        ("from=2026-02-29", "from"),
        ("from=yesterday", "from"),
        ("to=2026-11-22T08:00:00Z", "to"),
        ("from=2026-11-23&to=2026-11-22", "to"),
        ("status=DONE", "status"),
        ("priority=high", "priority"),
        ("category=X", "category"),
        ("assigneeId=me", "assigneeId"),
        ("customerId=me", "customerId"),
        ("sortField=subject", "sortField"),
        ("sortField=number;DROP TABLE tickets", "sortField"),
        ("sortOrder=UP", "sortOrder"),
        ("pageSize=0", "pageSize"),
        ("pageSize=201", "pageSize"),
        ("role=ADMIN", "role"),
    ];
    for (query, field) in table {
        let query = query.replace(' ', "%20");
        let refused = world.ask(&world.admin, "GET", &format!("{PATH}?{query}"), None).await;
        assert_eq!(refused.code(), Code::InvalidFields, "{query}");
        assert_eq!(refused.problem().errors[0].field, field, "{query}");
    }
    let both = world.admin.client.report(&days(Some("x"), Some("y"))).await.unwrap_err();
    assert!(both.about("from").is_some() && both.about("to").is_some(), "all of them at once");
    let early = world.admin.client.report_csv(&days(Some("x"), None)).await.unwrap_err();
    assert_eq!(early.code, Code::InvalidFields, "a report that cannot be made does not begin");
    let first = ReportFilter { page_size: Some(1), ..ReportFilter::default() };
    let cursor = world.admin.client.report(&first).await.unwrap().next_cursor;
    let up = ReportFilter { cursor, ..sorted(ReportSortField::CreatedAt, ReportSortOrder::Ascending) };
    assert_eq!(world.admin.client.report(&up).await.unwrap_err().code, Code::MalformedCursor);
    let nonsense = ReportFilter { cursor: Some("nonsense".to_owned()), ..ReportFilter::default() };
    assert_eq!(world.admin.client.report(&nonsense).await.unwrap_err().code, Code::MalformedCursor);
}

#[tokio::test]
async fn csv_is_a_file_that_a_spreadsheet_opens_and_does_not_run() {
    let world = scene().await;
    world.member("+Formula", "-formula@kowal.example", Role::Customer, Some("Kowal Sp. z o.o.")).await;
    let filter = ReportFilter { page_size: Some(1), ..sorted(ReportSortField::Number, ReportSortOrder::Ascending) };
    let response = world.admin.client.report_csv(&filter).await.unwrap();
    let expected = [
        ("content-type", "text/csv; charset=utf-8; header=present"),
        ("content-disposition", "attachment; filename=\"ticket-report-2026-11-23.csv\""),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "private, no-store"),
        ("vary", "accept"),
    ];
    for (name, value) in expected {
        assert_eq!(response.headers()[name], value, "{name}");
    }
    let lines = csv(&world.admin.client, &filter).await;
    let lines: Vec<_> = lines.split("\r\n").collect();
    assert!(lines[0].starts_with("\u{FEFF}ticketId,number,subject,"), "{}", lines[0]);
    assert_eq!(lines.len(), 6, "every row, whatever the page, and a line end at the end: {lines:?}");
    let plain = lines[1].split(',').skip(1).collect::<Vec<_>>();
    assert_eq!(plain[..6], ["FS-1001", "Charged twice", "PAYMENT", "MEDIUM", "CLOSED", "WEB"]);
    assert_eq!(plain[plain.len() - 3..], ["4", "60", "1200"]);
    assert!(lines[2].contains(",\"'=HYPERLINK(\"\"http://evil\"\",\"\"Refund, please\"\")\","), "{}", lines[2]);
    assert!(lines[2].ends_with(",2,300,"), "{}", lines[2]);
    assert!(lines[3].contains(",\"Card, lost\","), "{}", lines[3]);
}

#[tokio::test]
async fn a_report_of_any_length_comes_in_small_pieces_and_begins_at_once() {
    let world = World::new().await;
    api::seed::tickets(&world.app, 1_300, 2_000, |_| {}).await.unwrap();
    let response = world.admin.client.report_csv(&ReportFilter::default()).await.unwrap();
    let mut body = response.into_body().into_data_stream();
    let headings = body.next().await.unwrap().unwrap();
    assert_eq!(headings.iter().filter(|byte| **byte == b'\n').count(), 1, "the headings wait for no row");
    let mut lines = 0;
    let mut pieces = 0;
    while let Some(piece) = body.next().await {
        let piece = piece.unwrap();
        assert!(piece.len() < 200_000, "a piece of {} bytes", piece.len());
        lines += piece.iter().filter(|byte| **byte == b'\n').count();
        pieces += 1;
    }
    assert_eq!((lines, pieces), (1_300, 3));
}

#[tokio::test]
async fn a_report_ends_with_the_session_that_asked_for_it() {
    let world = World::new().await;
    api::seed::tickets(&world.app, 1_300, 0, |_| {}).await.unwrap();
    let response = world.admin.client.report_csv(&ReportFilter::default()).await.unwrap();
    let mut body = response.into_body().into_data_stream();
    for _ in 0..2 {
        assert!(body.next().await.unwrap().is_ok());
    }
    world.admin.client.sign_out().await.unwrap();
    assert!(body.next().await.unwrap().is_err(), "it breaks off, so that nobody takes it for the whole");
    assert!(body.next().await.is_none());
}

/// Each way of narrowing totals, and some together, by who may ask so.
fn narrowed(world: &World) -> Vec<(Member, ReportFilter)> {
    let none = ReportFilter::default;
    let of = |status: &[Status], priority: &[Priority], category: &[Category]| ReportFilter {
        status: status.to_vec(),
        priority: priority.to_vec(),
        category: category.to_vec(),
        ..none()
    };
    let mut filters = vec![
        none(),
        of(&[Status::Closed, Status::Waiting], &[], &[]),
        of(&[], &[Priority::Urgent, Priority::Low], &[Category::Card, Category::Payment]),
        of(&[Status::Open, Status::InProgress], &[Priority::Medium], &[]),
        days(Some("2026-11-22"), Some("2026-11-22")),
        days(None, Some("2026-11-22")),
        days(Some("2026-10-01"), Some("2026-11-21")),
        days(Some("2024-02-29"), None),
        ReportFilter {
            category: vec![Category::Refund],
            priority: vec![Priority::High],
            ..days(Some("2026-03-01"), None)
        },
        ReportFilter { status: vec![Status::Closed], ..days(None, Some("2026-06-30")) },
        ReportFilter { assignee_id: Some("none".to_owned()), ..none() },
        ReportFilter { assignee_id: Some(world.assignee.id.to_string()), ..days(None, Some("2026-11-23")) },
        ReportFilter { customer_id: Some(world.customer.id), ..none() },
    ];
    filters.extend(Status::ALL.iter().map(|status| of(&[*status], &[], &[])));
    filters.extend(Priority::ALL.iter().map(|priority| of(&[], &[*priority], &[])));
    filters.extend(Category::ALL.iter().map(|category| of(&[], &[], &[*category])));
    let own =
        [none(), days(None, Some("2026-11-22")), filters[2].clone()].map(|filter| (world.assignee.clone(), filter));
    filters.into_iter().map(|filter| (world.admin.clone(), filter)).chain(own).collect()
}

/// The totals of all of them.
async fn told(world: &World) -> Vec<ReportTotals> {
    let mut told = Vec::new();
    for (who, filter) in narrowed(world) {
        told.push(totals(&who, &filter).await);
    }
    told
}

/// The packed days.
async fn packed(world: &World) -> Vec<(String, i64, Vec<u8>)> {
    let sql = "SELECT status, day, tickets FROM report_days WHERE tickets IS NOT NULL ORDER BY status, day";
    let read = world.app.db.read(move |db| {
        let mut days = db.prepare(sql)?;
        let days = days.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(days.collect::<Result<_, _>>()?)
    });
    read.await.unwrap()
}

async fn write(world: &World, sql: &'static str) {
    world.app.db.write(move |tx| Ok(tx.execute_batch(sql)?)).await.unwrap();
}

/// The totals, which must be those of the tickets themselves, and no packed day may be but as it would be packed now. Then
/// everything is packed.
async fn told_truly(world: &World, what: &str) -> Vec<ReportTotals> {
    let (totals, days) = (told(world).await, packed(world).await);
    write(world, "UPDATE report_days SET tickets = NULL").await;
    for ((of_days, of_tickets), (who, filter)) in totals.iter().zip(told(world).await).zip(narrowed(world)) {
        assert_eq!(*of_days, of_tickets, "{what}: {} {filter:?}", who.email);
    }
    api::reports::pack(&world.app).await.unwrap();
    let now = packed(world).await;
    for day in &days {
        assert!(now.contains(day), "{what}: {} of {} was packed before", day.0, day.1);
    }
    totals
}

#[tokio::test]
async fn packed_days_tell_what_their_tickets_tell() {
    let world = World::new().await;
    api::seed::tickets(&world.app, 1_500, 4_000, |_| {}).await.unwrap();
    let days = packed(&world).await;
    assert!(days.len() > 500, "{} days", days.len());
    told_truly(&world, "after seeding").await;
    assert_eq!(packed(&world).await, days, "packed again they are the same");
    // Every other day alone: what lies between them is looked at.
    write(&world, "UPDATE report_days SET tickets = NULL WHERE day % 2 = 0").await;
    told_truly(&world, "with gaps").await;
    write(&world, "UPDATE report_days SET tickets = NULL WHERE status = 'CLOSED'").await;
    told_truly(&world, "without the closed ones").await;
}

#[tokio::test]
async fn a_day_is_packed_a_week_later() {
    let world = scene().await;
    let packed_after = async |seconds: i64| {
        world.clock.advance(seconds);
        api::reports::pack(&world.app).await.unwrap();
        packed(&world)
            .await
            .into_iter()
            .map(|(status, day, tickets)| (status, day, tickets.len() / 16))
            .collect::<Vec<_>>()
    };
    // The scene ends on 23 November; both days begin in UTC.
    assert_eq!(packed_after(0).await, []);
    assert_eq!(packed_after(6 * 86_400).await, []);
    let first = [("CLOSED".to_owned(), 20_779, 1), ("IN_PROGRESS".to_owned(), 20_779, 1)];
    assert_eq!(packed_after(86_400).await, first);
    let [closed, in_progress] = first;
    let both = [closed.clone(), (closed.0, 20_780, 1), in_progress, ("OPEN".to_owned(), 20_780, 1)];
    assert_eq!(packed_after(86_400).await, both);
    told_truly(&world, "eight days later").await;
}

#[tokio::test]
async fn whatever_changes_a_ticket_changes_what_its_packed_day_tells() {
    let world = World::new().await;
    let (customer, assignee, admin) = (&world.customer.client, &world.assignee.client, &world.admin.client);
    let mut ids = Vec::new();
    for _ in 0..4 {
        world.clock.advance(3_600);
        ids.push(world.assigned().await.ticket_id);
    }
    let [one, two, three, four] = ids[..] else { panic!("four tickets") };
    let said = customer.customer_reply(four, &reply("By the way, something else.")).await.unwrap();
    world.closed().await;
    world.clock.advance(8 * 86_400);
    api::reports::pack(&world.app).await.unwrap();
    assert_eq!(packed(&world).await.len(), 2, "open ones and a closed one");
    let mut merge = None;
    let mut before = told(&world).await;
    let changes = [
        "first response",
        "reply",
        "completion",
        "return",
        "completion by an admin",
        "closing",
        "undone closing",
        "priority",
        "category",
        "escalation",
        "closing by an admin",
        "merge",
        "undone merge",
        "split",
        "ticket",
        "load data",
        "deletion",
    ];
    for change in changes {
        world.clock.advance(100);
        let edit = |edit: TicketEdit| async move {
            let version = admin.ticket(two).await.unwrap().version;
            admin.update_ticket(two, version, &edit).await.unwrap();
        };
        let close = AdminClose { reason: "Settled".to_owned() };
        let escalation = NewEscalation { reason: "It is urgent".to_owned(), tried: None, impact: None };
        match change {
            "first response" => drop(assignee.assignee_reply(one, &reply("I look into it.")).await.unwrap()),
            "reply" => drop(customer.customer_reply(one, &reply("Thank you.")).await.unwrap()),
            "completion" => drop(assignee.assignee_status(one, Status::Completed).await.unwrap()),
            "return" => drop(customer.customer_reply(one, &reply("Not quite.")).await.unwrap()),
            "completion by an admin" => drop(admin.complete_for_assignee(one).await.unwrap()),
            "closing" => drop(admin.admin_close(one, &close).await.unwrap()),
            "undone closing" => drop(admin.undo(one, None).await.unwrap()),
            "priority" => edit(TicketEdit { priority: Some(Priority::Low), ..TicketEdit::default() }).await,
            "category" => edit(TicketEdit { category: Some(Category::Card), ..TicketEdit::default() }).await,
            "escalation" => drop(customer.escalate(three, &escalation).await.unwrap()),
            "closing by an admin" => drop(admin.admin_close(two, &close).await.unwrap()),
            "merge" => merge = Some(admin.merge(four, &[three]).await.unwrap().merge_id),
            "undone merge" => admin.undo_merge(merge.unwrap()).await.unwrap(),
            "split" => {
                let new = NewSplit { subject: "Something else".to_owned(), category: None, priority: None };
                assignee.split(said.reply_id, &new).await.unwrap();
            }
            "ticket" => drop(world.ticket().await),
            // Filed on days that are packed.
            "load data" => {
                api::seed::tickets(&world.app, 300, 300, |_| {}).await.unwrap();
                write(&world, "UPDATE tickets SET created_at = created_at - 86400000 WHERE number = 1100").await;
            }
            _ => {
                let copy =
                    "INSERT INTO tickets (number, id, subject, description, category, urgency, status, customer_id,
                        channel, created_at, updated_at, version)
                    SELECT 1, '0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d', subject, description, category, urgency, status, customer_id, channel, created_at,
                        updated_at, version FROM tickets WHERE number = 1003";
                write(&world, copy).await;
                before = told_truly(&world, "copy").await;
                write(&world, "DELETE FROM tickets WHERE number = 1").await;
            }
        }
        let after = told_truly(&world, change).await;
        assert_ne!(after, before, "{change} changes nothing");
        before = after;
    }
}

#[tokio::test]
async fn each_thing_that_is_packed_takes_the_day_away_when_it_changes() {
    let world = World::new().await;
    world.closed().await;
    world.clock.advance(8 * 86_400);
    let changes = [
        "UPDATE tickets SET status = 'MERGED'",
        "UPDATE tickets SET status = 'CLOSED'",
        "UPDATE tickets SET created_at = created_at - 1",
        "UPDATE tickets SET urgency = urgency + 1",
        "UPDATE tickets SET category = 'OTHER'",
        "UPDATE tickets SET reply_count = reply_count + 1",
        "UPDATE tickets SET first_response_seconds = 60",
        "UPDATE tickets SET resolution_seconds = NULL",
        "UPDATE tickets SET closed_at = closed_at + 1",
    ];
    // A merged ticket is in no report, so nothing is packed after the first.
    for (change, days) in changes.into_iter().zip([1, 0, 1, 1, 1, 1, 1, 1, 1]) {
        api::reports::pack(&world.app).await.unwrap();
        assert_eq!(packed(&world).await.len(), days, "before: {change}");
        write(&world, change).await;
        assert_eq!(packed(&world).await, [], "{change}");
    }
}

#[tokio::test]
async fn what_totals_do_not_tell_leaves_packed_days_alone() {
    let world = World::new().await;
    let ticket = world.assigned().await;
    let id = ticket.ticket_id;
    world.clock.advance(8 * 86_400);
    api::reports::pack(&world.app).await.unwrap();
    let days = packed(&world).await;
    assert_eq!(days.len(), 1);
    world.assignee.client.assignee_note(id, &note("Internal.")).await.unwrap();
    world.admin.client.assign(id, world.other_assignee.id).await.unwrap();
    world.admin.client.add_follower(id, world.assignee.id).await.unwrap();
    world.customer.client.look_at(id).await.unwrap();
    let edit = TicketEdit { subject: Some("Charged three times".to_owned()), ..TicketEdit::default() };
    let version = world.admin.client.ticket(id).await.unwrap().version;
    world.admin.client.update_ticket(id, version, &edit).await.unwrap();
    world.other_assignee.client.start_date(id, &StartDate { start_date: Some("2027-01-01".to_owned()) }).await.unwrap();
    assert_eq!(packed(&world).await, days);
}

#[tokio::test]
async fn a_day_that_does_not_fit_is_looked_at_and_holds_up_no_other() {
    let world = scene().await;
    world.clock.advance(8 * 86_400);
    write(&world, "UPDATE tickets SET resolution_seconds = 4294967295 WHERE number = 1001").await;
    api::reports::pack(&world.app).await.unwrap();
    let days: Vec<_> = packed(&world).await.into_iter().map(|(status, day, _)| (status, day)).collect();
    let expected = [("CLOSED", 20_780), ("IN_PROGRESS", 20_779), ("OPEN", 20_780)];
    assert_eq!(days, expected.map(|(status, day)| (status.to_owned(), day)));
    let all = totals(&world.admin, &ReportFilter::default()).await;
    assert_eq!((all.tickets, all.days[0].resolution_seconds), (4, Some(4_294_967_295)));
    told_truly(&world, "what does not fit").await;
}

/// What a row is sorted by: those that have it first.
fn key(row: &ReportRow, field: ReportSortField) -> Option<(i64, String)> {
    use ReportSortField as By;
    let number = |value: Option<i64>| value.map(|value| (value, String::new()));
    match field {
        By::CreatedAt => Some((0, row.created_at.clone())),
        By::UpdatedAt => Some((0, row.updated_at.clone())),
        By::ClosedAt => row.closed_at.clone().map(|at| (0, at)),
        By::Priority => number(Some(row.priority as i64)),
        By::Status => number(Some(row.status as i64)),
        By::Number => number(Some(row.number)),
        By::FirstResponse => number(row.first_response_seconds),
        By::Resolution => number(row.resolution_seconds),
    }
}

#[tokio::test]
async fn pages_hold_every_ticket_once_in_every_order_and_totals_are_of_all() {
    let world = World::new().await;
    api::seed::tickets(&world.app, 250, 900, |_| {}).await.unwrap();
    let mut everything = None;
    for (field, order) in ReportSortField::ALL.iter().flat_map(|f| ReportSortOrder::ALL.iter().map(move |o| (*f, *o))) {
        let filter = ReportFilter { page_size: Some(37), ..sorted(field, order) };
        let rows = paged(&world.admin.client, &filter).await;
        let keys: Vec<_> = rows.iter().map(|row| key(row, field)).collect();
        for pair in keys.windows(2) {
            let right = match (&pair[0], &pair[1], order) {
                (Some(one), Some(next), ReportSortOrder::Ascending) => one <= next,
                (Some(one), Some(next), ReportSortOrder::Descending) => one >= next,
                (None, Some(_), _) => false,
                (_, None, _) => true,
            };
            assert!(right, "{field} {order}: {pair:?}");
        }
        let mut rows = rows;
        rows.sort_by_key(|row| row.number);
        rows.dedup_by_key(|row| row.number);
        assert_eq!(rows.len(), 250, "{field} {order}");
        assert_eq!(everything.get_or_insert_with(|| rows.clone()), &rows);
    }
    let rows = everything.unwrap();
    let totals = totals(&world.admin, &ReportFilter::default()).await;
    assert_eq!((totals.tickets, totals.replies), (250, rows.iter().map(|row| row.reply_count).sum()));
    let first: Vec<_> = rows.iter().filter_map(|row| row.first_response_seconds).collect();
    assert_eq!(totals.first_response, ReportTimes::of(first));
    let resolution: Vec<_> = rows.iter().filter_map(|row| row.resolution_seconds).collect();
    assert_eq!(totals.resolution, ReportTimes::of(resolution));
    let closed = rows.iter().filter(|row| row.status == Status::Closed).count() as i64;
    assert_eq!(totals.days.iter().map(|day| day.closed).sum::<i64>(), closed);
}

#[tokio::test]
async fn orders_and_fields_are_enumerations() {
    let world = World::new().await;
    let values = |choices: Vec<Choice>| choices.into_iter().map(|choice| choice.value).collect::<Vec<_>>();
    for who in [&world.customer, &world.assignee, &world.admin] {
        assert_eq!(values(who.client.report_sort_orders().await.unwrap()), ["ASC", "DESC"]);
        let fields = values(who.client.report_sort_fields().await.unwrap());
        let expected =
            ["CREATED_AT", "UPDATED_AT", "CLOSED_AT", "PRIORITY", "STATUS", "NUMBER", "FIRST_RESPONSE", "RESOLUTION"];
        assert_eq!(fields, expected);
    }
    assert_eq!(world.nobody().report_sort_orders().await.unwrap_err().code, Code::Unauthenticated);
    assert_eq!(world.nobody().report_sort_fields().await.unwrap_err().code, Code::Unauthenticated);
}
