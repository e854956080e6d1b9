//! Lists of tickets: sight, filters, orders, pages, search.

use crate::world::{Member, World, new_ticket, note, reply};
use contract::{
    Code, Role,
    ticket::{Category, NewEscalation, NewTicket, Priority, StartDate, Status, TicketFilter, TicketSort},
};

/// No ticket.
const NONE: [i64; 0] = [];

async fn numbers(who: &Member, filter: &TicketFilter) -> Vec<i64> {
    who.client.tickets(filter).await.unwrap().items.into_iter().map(|ticket| ticket.number).collect()
}

/// Seven tickets, an hour apart: 1001 to 1004 of the customer, the others of somebody else; 1002 and 1005 are the
/// assignee's, 1003 and 1006 the other assignee's, of which the assignee follows 1006; 1001, 1004 and 1007 are nobody's.
async fn scene() -> World {
    let world = World::new().await;
    for n in 0..7 {
        let owner = if n < 4 { &world.customer } else { &world.other };
        let priority = Some([Priority::Low, Priority::Urgent, Priority::Medium][n % 3]);
        let category = [Category::Card, Category::Refund][n % 2];
        let ticket = NewTicket { priority, category, ..new_ticket(&format!("Question {n}")) };
        let id = owner.client.create_ticket(&ticket).await.unwrap().ticket_id;
        match n % 3 {
            1 => drop(world.admin.client.assign(id, world.assignee.id).await.unwrap()),
            2 => drop(world.admin.client.assign(id, world.other_assignee.id).await.unwrap()),
            _ => {}
        }
        if n == 5 {
            world.admin.client.add_follower(id, world.assignee.id).await.unwrap();
        }
        world.clock.advance(3600);
    }
    world
}

#[tokio::test]
async fn everyone_lists_what_they_see() {
    let world = scene().await;
    let all = TicketFilter::default();
    assert_eq!(numbers(&world.admin, &all).await, [1007, 1006, 1005, 1004, 1003, 1002, 1001]);
    assert_eq!(numbers(&world.customer, &all).await, [1004, 1003, 1002, 1001]);
    assert_eq!(numbers(&world.colleague, &all).await, NONE);
    assert_eq!(numbers(&world.assignee, &all).await, [1007, 1006, 1005, 1004, 1002, 1001]);
    assert_eq!(numbers(&world.other_assignee, &all).await, [1007, 1006, 1004, 1003, 1001]);
}

#[tokio::test]
async fn filters_narrow_and_values_of_one_widen() {
    let world = scene().await;
    let by = async |filter: TicketFilter| numbers(&world.assignee, &filter).await;
    let assignee = |id: String| TicketFilter { assignee_id: Some(id), ..TicketFilter::default() };
    assert_eq!(by(assignee("none".to_owned())).await, [1007, 1004, 1001]);
    assert_eq!(by(assignee(world.assignee.id.to_string())).await, [1005, 1002]);
    assert_eq!(by(assignee(world.other_assignee.id.to_string())).await, [1006], "of theirs, only what I follow");
    let customer = TicketFilter { customer_id: Some(world.customer.id), ..TicketFilter::default() };
    assert_eq!(by(customer.clone()).await, [1004, 1002, 1001]);
    assert_eq!(by(TicketFilter { assignee_id: Some("none".to_owned()), ..customer.clone() }).await, [1004, 1001]);
    assert_eq!(numbers(&world.other, &customer).await, NONE, "a customer sees nobody else's");
    let category = TicketFilter { category: vec![Category::Refund], ..TicketFilter::default() };
    assert_eq!(by(category).await, [1006, 1004, 1002]);
    let priority =
        TicketFilter { priority: vec![Priority::Urgent, Priority::Low, Priority::Low], ..TicketFilter::default() };
    assert_eq!(by(priority).await, [1007, 1005, 1004, 1002, 1001]);
    world
        .assignee
        .client
        .claim(world.admin.client.tickets(&TicketFilter::default()).await.unwrap().items[0].ticket_id)
        .await
        .unwrap();
    let status = TicketFilter { status: vec![Status::InProgress, Status::Waiting], ..TicketFilter::default() };
    assert_eq!(by(status.clone()).await, NONE);
    let mine =
        world.assignee.client.tickets_by_assignee(world.assignee.id, &TicketFilter::default()).await.unwrap().items;
    world.clock.advance(60);
    world.assignee.client.assignee_status(mine[2].ticket_id, Status::InProgress).await.unwrap();
    assert_eq!(by(status).await, [1002]);
    let both = TicketFilter { status: vec![Status::Open, Status::InProgress, Status::Open], ..TicketFilter::default() };
    assert_eq!(by(both).await, [1002, 1007, 1006, 1005, 1004, 1001], "each ticket once, the latest activity first");
}

#[tokio::test]
async fn orders_are_what_they_say() {
    let world = scene().await;
    let sorted = |sort| TicketFilter { sort: Some(sort), ..TicketFilter::default() };
    let first = world.customer.client.tickets(&sorted(TicketSort::Oldest)).await.unwrap().items[0].ticket_id;
    world.customer.client.customer_reply(first, &reply("Hello?")).await.unwrap();
    let admin = &world.admin;
    assert_eq!(numbers(admin, &sorted(TicketSort::RecentlyUpdated)).await[..2], [1001, 1007]);
    assert_eq!(numbers(admin, &sorted(TicketSort::LongestUntouched)).await[..2], [1002, 1003]);
    assert_eq!(numbers(admin, &sorted(TicketSort::Newest)).await[..2], [1007, 1006]);
    assert_eq!(numbers(admin, &sorted(TicketSort::Oldest)).await[..2], [1001, 1002]);
    assert_eq!(numbers(admin, &sorted(TicketSort::MostUrgent)).await, [1002, 1005, 1003, 1006, 1001, 1004, 1007]);
}

#[tokio::test]
async fn pages_hold_every_ticket_once_in_every_order_for_everyone() {
    let world = scene().await;
    use contract::choice::Choices;
    for who in [&world.admin, &world.assignee, &world.customer] {
        for sort in TicketSort::ALL {
            let whole = numbers(who, &TicketFilter { sort: Some(*sort), ..TicketFilter::default() }).await;
            let mut filter = TicketFilter { sort: Some(*sort), page_size: Some(2), ..TicketFilter::default() };
            let mut paged = Vec::new();
            loop {
                let page = who.client.tickets(&filter).await.unwrap();
                assert!(page.items.len() <= 2);
                paged.extend(page.items.into_iter().map(|ticket| ticket.number));
                filter.cursor = page.next_cursor;
                if filter.cursor.is_none() {
                    break;
                }
            }
            assert_eq!(paged, whole, "{sort}");
        }
    }
}

#[tokio::test]
async fn a_cursor_of_another_order_is_malformed() {
    let world = scene().await;
    let page =
        world.admin.client.tickets(&TicketFilter { page_size: Some(1), ..TicketFilter::default() }).await.unwrap();
    let filter = TicketFilter { cursor: page.next_cursor, sort: Some(TicketSort::Newest), ..TicketFilter::default() };
    assert_eq!(world.admin.client.tickets(&filter).await.unwrap_err().code, Code::MalformedCursor);
}

#[tokio::test]
async fn lists_by_customer_follower_and_assignee_stay_within_sight() {
    let world = scene().await;
    let all = TicketFilter::default();
    let of_customer = async |who: &Member| {
        let page = who.client.tickets_by_customer(world.customer.id, &all).await;
        page.map(|page| page.items.into_iter().map(|t| t.number).collect::<Vec<_>>()).map_err(|p| p.code)
    };
    assert_eq!(of_customer(&world.customer).await, Ok(vec![1004, 1003, 1002, 1001]));
    assert_eq!(of_customer(&world.assignee).await, Ok(vec![1004, 1002, 1001]));
    assert_eq!(of_customer(&world.colleague).await, Err(Code::NotFound));
    let follower = world.assignee.client.tickets_by_follower(world.assignee.id, &all).await.unwrap().items;
    assert_eq!(follower.iter().map(|t| t.number).collect::<Vec<_>>(), [1006]);
    let stranger = world.other_assignee.client.tickets_by_follower(world.assignee.id, &all).await.unwrap_err();
    assert_eq!(stranger.code, Code::NotFound);
    let stranger = world.other_assignee.client.tickets_by_assignee(world.assignee.id, &all).await.unwrap_err();
    assert_eq!(stranger.code, Code::NotFound);
    assert_eq!(world.admin.client.tickets_by_assignee(world.assignee.id, &all).await.unwrap().items.len(), 2);
}

#[tokio::test]
async fn unread_escalated_and_later_are_filters_too() {
    let world = scene().await;
    let only = async |filter: TicketFilter| numbers(&world.assignee, &filter).await;
    let first = world.assignee.client.tickets(&TicketFilter::default()).await.unwrap().items[0].clone();
    world.assignee.client.ticket(first.ticket_id).await.unwrap();
    let read = TicketFilter { unread: Some(false), ..TicketFilter::default() };
    assert_eq!(only(read).await, [1007]);
    assert_eq!(only(TicketFilter { unread: Some(true), ..TicketFilter::default() }).await.len(), 5);
    let why = NewEscalation { reason: "Now".to_owned(), ..NewEscalation::default() };
    world.assignee.client.escalate(first.ticket_id, &why).await.unwrap();
    assert_eq!(only(TicketFilter { escalated: Some(true), ..TicketFilter::default() }).await, [1007]);
    let mine =
        world.assignee.client.tickets_by_assignee(world.assignee.id, &TicketFilter::default()).await.unwrap().items;
    let later = StartDate { start_date: Some("2026-12-01".to_owned()) };
    world.assignee.client.start_date(mine[0].ticket_id, &later).await.unwrap();
    let filter = |later| TicketFilter { starts_later: Some(later), ..TicketFilter::default() };
    assert_eq!(only(filter(true)).await, [mine[0].number]);
    assert_eq!(only(filter(false)).await.len(), 5);
    let customer = world.customer.client.tickets(&filter(true)).await.unwrap_err();
    assert!(customer.about("startsLater").is_some());
}

#[tokio::test]
async fn search_finds_every_word_anywhere_in_the_ticket() {
    let world = World::new().await;
    let ticket = NewTicket { description: "Überweisung nach Kraków".to_owned(), ..new_ticket("Wire transfer lost") };
    let id = world.customer.client.create_ticket(&ticket).await.unwrap().ticket_id;
    world.ticket().await;
    world.customer.client.customer_reply(id, &reply("我的退款在哪里?")).await.unwrap();
    world.assignee.client.assignee_note(id, &note("correspondent bank zebra")).await.unwrap();
    let search = |who: &Member, q: &str| {
        let (who, filter) = (who.clone(), TicketFilter { q: Some(q.to_owned()), ..TicketFilter::default() });
        async move { numbers(&who, &filter).await }
    };
    for q in [
        "wire",
        "WIRE tran",
        "uberweisung",
        "krakow wire",
        "退款",
        "FS-1001",
        "fs-1001 wire",
        "1001",
        "\"wire",
        "okafor lost",
    ] {
        assert_eq!(search(&world.customer, q).await, [1001], "{q}");
        assert_eq!(search(&world.assignee, q).await, [1001], "{q}");
    }
    for q in ["wire payment", "zzz", "FS-9999", "--", "wire NOT lost"] {
        assert_eq!(search(&world.customer, q).await, NONE, "{q}");
    }
    assert_eq!(search(&world.assignee, "zebra").await, [1001]);
    assert_eq!(search(&world.customer, "zebra").await, NONE, "a note is not found by a customer");
    assert_eq!(search(&world.other, "wire").await, NONE, "nor another's ticket");
    let open = TicketFilter { q: Some("wire".to_owned()), status: vec![Status::Closed], ..TicketFilter::default() };
    assert_eq!(numbers(&world.admin, &open).await, NONE, "other filters hold for a search too");
}

#[tokio::test]
async fn an_edited_ticket_is_found_by_its_new_words_only() {
    let world = World::new().await;
    let ticket = world.ticket().await;
    let edit = contract::ticket::TicketEdit { subject: Some("Aardvark".to_owned()), ..Default::default() };
    world.customer.client.update_ticket(ticket.ticket_id, ticket.version, &edit).await.unwrap();
    let search = |q: &str| TicketFilter { q: Some(q.to_owned()), ..TicketFilter::default() };
    assert_eq!(numbers(&world.customer, &search("aardvark")).await, [1001]);
    assert_eq!(numbers(&world.customer, &search("charged")).await, NONE);
}

#[tokio::test]
async fn a_list_carries_the_beginning_of_the_description() {
    let world = World::new().await;
    let long = NewTicket { description: "ü".repeat(1000), ..new_ticket("Long") };
    let ticket = world.customer.client.create_ticket(&long).await.unwrap();
    assert_eq!(ticket.description.chars().count(), 1000);
    let listed = world.customer.client.tickets(&TicketFilter::default()).await.unwrap().items.remove(0);
    assert_eq!(listed.description.chars().count(), 280);
}

#[tokio::test]
async fn a_list_is_read_from_indexes_alone() {
    let world = scene().await;
    world.member("One more", "more@staff.example", Role::Assignee, None).await;
    let scans = world
        .app
        .db
        .read(|db| {
            let sql = "EXPLAIN QUERY PLAN SELECT t.updated_at, t.number FROM tickets t WHERE t.assignee_id IS NULL \
                       AND t.status = 'OPEN' AND (t.updated_at, t.number) < (1, 1) ORDER BY t.updated_at DESC, t.number DESC LIMIT 3";
            let mut statement = db.prepare(sql)?;
            let plan: api::db::Result<Vec<String>> = statement.query_map([], |row| row.get(3))?.collect();
            Ok(plan?)
        })
        .await
        .unwrap();
    assert_eq!(scans.len(), 1, "no sorting: {scans:?}");
    assert!(scans[0].contains("tickets_of_assignee_by_update (assignee_id=? AND status=?"), "{scans:?}");
}
