//! Views that staff save, and how many tickets each has.

use crate::world::{Member, World, missing, new_ticket, reply};
use api::App;
use contract::{
    Code, Role,
    choice::Choices,
    id::{TicketId, ViewId},
    page::PAGE_SIZE_MAX,
    ticket::{AdminClose, Category, NewEscalation, NewTicket, Priority, StartDate, Status, TicketEdit, TicketFilter},
    view::{Column, NewView, Preset, Scope, Sharing, VIEWS_MAX, View, ViewEdit, ViewFilter, Views},
};

fn new(name: &str, filter: ViewFilter) -> NewView {
    NewView { name: name.to_owned(), sharing: None, filter, columns: Vec::new() }
}

fn mine(name: &str) -> NewView {
    new(name, ViewFilter::all_of(Preset::Mine))
}

fn shared(name: &str) -> NewView {
    NewView { sharing: Some(Sharing::Shared), ..mine(name) }
}

fn named(name: &str) -> ViewEdit {
    ViewEdit { name: Some(name.to_owned()), ..ViewEdit::default() }
}

async fn names(who: &Member) -> Vec<String> {
    who.client.views().await.unwrap().saved.into_iter().map(|view| view.name).collect()
}

#[tokio::test]
async fn a_view_is_saved_renamed_changed_and_deleted() {
    let world = World::new().await;
    let client = &world.assignee.client;
    let filter = ViewFilter { priority: vec![Priority::High, Priority::Urgent], ..ViewFilter::all_of(Preset::All) };
    let sent = NewView { columns: vec![Column::Category, Column::Age], ..new(" Cards\u{200B} today ", filter.clone()) };
    let saved = client.save_view(&sent).await.unwrap();
    assert_eq!((saved.name.as_str(), saved.sharing), ("Cards today", Sharing::Private));
    assert_eq!((&saved.filter, &saved.columns, saved.count), (&filter, &sent.columns, Some(0)));
    assert_eq!(client.views().await.unwrap().saved, std::slice::from_ref(&saved));

    let renamed = client.edit_view(saved.view_id, &named("cards TODAY")).await.unwrap();
    assert_eq!(renamed, View { name: "cards TODAY".to_owned(), ..saved.clone() }, "nothing else has changed");
    let other = ViewFilter { category: vec![Category::Card], ..ViewFilter::all_of(Preset::Unassigned) };
    let edit = ViewEdit { filter: Some(other.clone()), columns: Some(vec![]), ..ViewEdit::default() };
    let changed = client.edit_view(saved.view_id, &edit).await.unwrap();
    assert_eq!(changed, View { filter: other, columns: vec![], ..renamed });

    client.delete_view(saved.view_id).await.unwrap();
    assert_eq!(client.views().await.unwrap().saved, []);
    assert_eq!(client.delete_view(saved.view_id).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn somebody_elses_private_view_is_not_there() {
    let world = World::new().await;
    let id = world.assignee.client.save_view(&mine("Private")).await.unwrap().view_id;
    let nowhere = ViewId(missing().0);
    for who in [&world.other_assignee, &world.admin] {
        assert_eq!(names(who).await, [""; 0]);
        for id in [id, nowhere] {
            assert_eq!(who.client.edit_view(id, &named("Taken")).await.unwrap_err().code, Code::NotFound);
            assert_eq!(who.client.delete_view(id).await.unwrap_err().code, Code::NotFound);
        }
    }
    assert_eq!(names(&world.assignee).await, ["Private"]);
    let customer = &world.customer.client;
    assert_eq!(customer.views().await.unwrap_err().code, Code::Forbidden);
    assert_eq!(customer.save_view(&mine("Mine")).await.unwrap_err().code, Code::Forbidden);
}

#[tokio::test]
async fn admins_share_views_and_only_they_change_what_is_shared() {
    let world = World::new().await;
    let (admin, assignee) = (&world.admin.client, &world.assignee.client);
    assert_eq!(assignee.save_view(&shared("Ours")).await.unwrap_err().code, Code::Forbidden);
    let own = assignee.save_view(&mine("Own")).await.unwrap().view_id;
    let share = ViewEdit { sharing: Some(Sharing::Shared), ..ViewEdit::default() };
    assert_eq!(assignee.edit_view(own, &share).await.unwrap_err().code, Code::Forbidden);

    let id = admin.save_view(&shared("Ours")).await.unwrap().view_id;
    for who in [&world.assignee, &world.other_assignee, &world.admin] {
        assert!(names(who).await.contains(&"Ours".to_owned()));
    }
    assert_eq!(assignee.edit_view(id, &named("Theirs")).await.unwrap_err().code, Code::Forbidden);
    assert_eq!(assignee.delete_view(id).await.unwrap_err().code, Code::Forbidden);

    let second = world.member("Second", "second@staff.example", Role::Admin, None).await;
    assert_eq!(second.client.edit_view(id, &named("Everybody's")).await.unwrap().name, "Everybody's");
    let withdraw = ViewEdit { sharing: Some(Sharing::Private), ..ViewEdit::default() };
    assert_eq!(second.client.edit_view(id, &withdraw).await.unwrap().sharing, Sharing::Private);
    assert_eq!(names(&world.admin).await, [""; 0], "it is the second admin's own now");
    assert_eq!(names(&second).await, ["Everybody's"]);
}

#[tokio::test]
async fn names_are_unique_for_their_owner_and_views_are_in_their_order() {
    let world = World::new().await;
    let (admin, assignee) = (&world.admin.client, &world.assignee.client);
    for name in ["cards", "Banks", "älter"] {
        assignee.save_view(&mine(name)).await.unwrap();
    }
    let refused = assignee.save_view(&mine("CARDS")).await.unwrap_err();
    assert_eq!((refused.status, refused.about("name").is_some()), (422, true), "{refused}");
    world.other_assignee.client.save_view(&mine("Cards")).await.unwrap();
    admin.save_view(&shared("Cards")).await.unwrap();
    admin.save_view(&shared("Accounts")).await.unwrap();
    assert!(admin.save_view(&shared("cards")).await.unwrap_err().about("name").is_some());
    assert_eq!(names(&world.assignee).await, ["Banks", "cards", "älter", "Accounts", "Cards"]);

    let banks = assignee.views().await.unwrap().saved[0].view_id;
    assert!(assignee.edit_view(banks, &named("Cards")).await.unwrap_err().about("name").is_some());
    assert_eq!(assignee.edit_view(banks, &named("banks")).await.unwrap().name, "banks", "its own name is its own");
    for bad in ["", " \u{200B}", "two\nlines", &"x".repeat(61)] {
        assert!(assignee.save_view(&mine(bad)).await.unwrap_err().about("name").is_some(), "{bad:?}");
        assert!(assignee.edit_view(banks, &named(bad)).await.unwrap_err().about("name").is_some(), "{bad:?}");
    }
}

#[tokio::test]
async fn one_may_have_fifty_views_and_there_may_be_fifty_shared() {
    let world = World::new().await;
    let admin = &world.admin.client;
    let mut last = None;
    for nth in 0..VIEWS_MAX {
        last = Some(admin.save_view(&mine(&format!("View {nth}"))).await.unwrap().view_id);
        admin.save_view(&shared(&format!("View {nth}"))).await.unwrap();
    }
    for one_more in [mine("One more"), shared("One more")] {
        let refused = admin.save_view(&one_more).await.unwrap_err();
        assert!(refused.about("name").is_some_and(|said| said.contains("50")), "{refused}");
    }
    let last = last.unwrap();
    let edit = ViewEdit { sharing: Some(Sharing::Shared), ..named("Moved") };
    assert!(admin.edit_view(last, &edit).await.unwrap_err().about("name").is_some(), "nor by sharing one");
    admin.edit_view(last, &named("Renamed")).await.unwrap();
    admin.delete_view(last).await.unwrap();
    admin.save_view(&mine("One more")).await.unwrap();
    assert_eq!(admin.views().await.unwrap().saved.len() as i64, 2 * VIEWS_MAX);
}

#[tokio::test]
async fn a_repeated_key_saves_one_view() {
    let world = World::new().await;
    let client = world.assignee.client.with_idempotency_key("the-same");
    let first = client.save_view(&mine("Once")).await.unwrap();
    assert_eq!(client.save_view(&mine("Once")).await.unwrap(), first);
    assert_eq!(client.save_view(&mine("Twice")).await.unwrap_err().code, Code::IdempotencyKeyReused);
    assert_eq!(names(&world.assignee).await, ["Once"]);
}

#[tokio::test]
async fn a_view_that_is_not_counted_says_so() {
    let world = World::new().await;
    world.assigned().await;
    let all = || ViewFilter::all_of(Preset::All);
    let table = [
        (all(), Some(1)),
        (ViewFilter { assignee_id: Some(world.assignee.id.to_string()), ..all() }, Some(1)),
        (ViewFilter { assignee_id: Some("none".into()), ..all() }, Some(0)),
        (ViewFilter { status: vec![Status::Open, Status::Closed], ..all() }, Some(1)),
        (ViewFilter { q: Some("charged".into()), ..all() }, None),
        (ViewFilter { unread: Some(true), ..all() }, None),
        (ViewFilter { customer_id: Some(world.customer.id), ..all() }, None),
        (ViewFilter { status: vec![Status::Closed], starts_later: Some(true), ..all() }, None),
    ];
    for (nth, (filter, count)) in table.into_iter().enumerate() {
        let saved = world.admin.client.save_view(&new(&nth.to_string(), filter.clone())).await.unwrap();
        assert_eq!(saved.count, count, "{filter:?}");
    }
    let of_another = ViewFilter { assignee_id: Some(world.other_assignee.id.to_string()), ..all() };
    let saved = world.assignee.client.save_view(&new("Another's", of_another)).await.unwrap();
    assert_eq!(saved.count, None, "an assignee is not told how much another has");
}

/// How many tickets the list of this view has for its reader.
async fn listed(who: &Member, view: &ViewFilter) -> i64 {
    let mut filter = TicketFilter { page_size: Some(PAGE_SIZE_MAX), ..view.tickets() };
    let mut rows = 0;
    loop {
        let page = match view.base.scope() {
            Scope::All => who.client.tickets(&filter).await,
            Scope::Mine => who.client.tickets_by_assignee(who.id, &filter).await,
            Scope::Followed => who.client.tickets_by_follower(who.id, &filter).await,
        };
        let page = page.unwrap();
        rows += i64::try_from(page.items.len()).unwrap();
        filter.cursor = page.next_cursor;
        if filter.cursor.is_none() {
            return rows;
        }
    }
}

/// Fails unless every count is what the list has, and every counter what there is.
async fn everything_adds_up(world: &World, saved: &[&Member]) {
    for who in saved {
        let views: Views = who.client.views().await.unwrap();
        for preset in &views.presets {
            let filter = ViewFilter::all_of(preset.preset);
            assert_eq!(preset.count, listed(who, &filter).await, "{} of {}", preset.preset, who.email);
        }
        for view in views.saved.iter().filter(|view| view.count.is_some()) {
            assert_eq!(view.count, Some(listed(who, &view.filter).await), "{} of {}", view.name, who.email);
        }
    }
    assert_eq!(astray(&world.app).await, 0, "counters that are not what is there");
}

async fn astray(app: &App) -> i64 {
    let sql = "SELECT (SELECT count(*) FROM (
        SELECT whose, person_id, status, urgency, category, escalated, start_date, sum(tickets) AS n FROM (
            SELECT whose, person_id, status, urgency, category, escalated, start_date, tickets FROM ticket_counts
            UNION ALL SELECT whose, person_id, status, urgency, category, escalated, start_date, -1 FROM ticket_places
        ) GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING n <> 0))
        + (SELECT count(*) FROM ticket_counts WHERE tickets < 1)";
    app.db.read(move |db| Ok(db.query_row(sql, [], |row| row.get(0))?)).await.unwrap()
}

/// Chance that comes out the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_whatever_happens_the_counts_are_what_the_lists_have() {
    let world = World::new().await;
    let staff = [&world.assignee, &world.other_assignee, &world.admin];
    for who in staff {
        for (nth, filter) in filters(&world).into_iter().enumerate() {
            who.client.save_view(&new(&format!("View {nth}"), filter)).await.unwrap();
        }
    }
    let mut dice = Dice(0x5DEE_CE66_D1CE_4E5B);
    let mut tickets = Vec::new();
    for round in 0..400 {
        if tickets.len() < 12 || dice.below(8) == 0 {
            let category = dice.pick(&[Category::Card, Category::Refund]);
            let priority = Some(dice.pick(&[Priority::Low, Priority::High, Priority::Urgent]));
            let ticket = NewTicket { category, priority, ..new_ticket("Something") };
            tickets.push(world.customer.client.create_ticket(&ticket).await.unwrap().ticket_id);
        }
        let id = dice.pick(&tickets);
        something_happens(&world, &mut dice, id).await;
        if round % 40 == 0 {
            everything_adds_up(&world, &staff).await;
        }
    }
    everything_adds_up(&world, &staff).await;
    world.clock.advance(10 * 24 * 60 * 60);
    everything_adds_up(&world, &staff).await;
    let counted = world.admin.client.views().await.unwrap();
    assert!(counted.saved.iter().filter(|view| view.count.is_some_and(|count| count > 0)).count() > 4, "{counted:#?}");
}

fn filters(world: &World) -> Vec<ViewFilter> {
    let all = || ViewFilter::all_of(Preset::All);
    vec![
        ViewFilter { status: Status::ALL.to_vec(), ..all() },
        ViewFilter { priority: vec![Priority::Urgent, Priority::High], category: vec![Category::Card], ..all() },
        ViewFilter { status: vec![Status::Completed, Status::Closed], escalated: Some(true), ..all() },
        ViewFilter { assignee_id: Some(world.assignee.id.to_string()), ..all() },
        ViewFilter { assignee_id: Some(world.other_assignee.id.to_string()), ..all() },
        ViewFilter { priority: vec![Priority::Low], ..ViewFilter::all_of(Preset::Followed) },
        ViewFilter { starts_later: Some(true), ..ViewFilter::all_of(Preset::Mine) },
        ViewFilter { category: vec![Category::Refund], ..ViewFilter::all_of(Preset::StartingLater) },
        ViewFilter { escalated: Some(false), ..ViewFilter::all_of(Preset::Unassigned) },
    ]
}

/// Some of it is refused, which must change nothing.
async fn something_happens(world: &World, dice: &mut Dice, id: TicketId) {
    let (admin, staff) = (&world.admin.client, [&world.assignee, &world.other_assignee]);
    let one = dice.pick(&staff);
    match dice.below(11) {
        0 | 1 => _ = admin.assign(id, dice.pick(&[staff[0].id, staff[1].id, world.admin.id])).await,
        2 => _ = one.client.claim(id).await,
        3 => _ = admin.admin_status(id, dice.pick(&[Status::InProgress, Status::Waiting, Status::Completed])).await,
        4 => _ = admin.escalate(id, &NewEscalation { reason: "Now".to_owned(), ..Default::default() }).await,
        5 => {
            let start_date = dice.pick(&[None, Some("2026-11-25"), Some("2026-12-01")]).map(str::to_owned);
            _ = admin.start_date(id, &StartDate { start_date }).await;
        }
        6 => _ = admin.add_follower(id, one.id).await,
        7 => _ = admin.remove_follower(id, one.id).await,
        8 => {
            let version = admin.ticket(id).await.unwrap().version;
            let priority = Some(dice.pick(&[Priority::Low, Priority::Medium, Priority::Urgent]));
            let category = Some(dice.pick(&[Category::Card, Category::Refund]));
            _ = admin.update_ticket(id, version, &TicketEdit { priority, category, ..Default::default() }).await;
        }
        9 => _ = world.customer.client.customer_reply(id, &reply("And?")).await,
        _ if dice.below(4) == 0 => _ = admin.admin_close(id, &AdminClose { reason: "Over".to_owned() }).await,
        _ => _ = admin.add_follower(id, world.admin.id).await,
    }
}

#[tokio::test]
async fn an_assignees_counts_hold_only_what_they_see() {
    let world = World::new().await;
    let theirs = world.ticket().await.ticket_id;
    world.admin.client.assign(theirs, world.other_assignee.id).await.unwrap();
    world.ticket().await;
    let of = async |who: &Member, preset| {
        let views = who.client.views().await.unwrap();
        views.presets.into_iter().find(|count| count.preset == preset).map(|count| count.count)
    };
    assert_eq!(of(&world.assignee, Preset::AllISee).await, Some(1), "another's is not counted");
    assert_eq!(of(&world.other_assignee, Preset::AllISee).await, Some(2));
    assert_eq!(of(&world.assignee, Preset::All).await, None, "that is a preset of admins");
    assert_eq!(of(&world.admin, Preset::All).await, Some(2));
    world.admin.client.add_follower(theirs, world.assignee.id).await.unwrap();
    assert_eq!(of(&world.assignee, Preset::AllISee).await, Some(2), "what they follow is");
    assert_eq!(of(&world.assignee, Preset::Followed).await, Some(1));
    world.admin.client.remove_follower(theirs, world.assignee.id).await.unwrap();
    assert_eq!(of(&world.assignee, Preset::AllISee).await, Some(1));
}

#[tokio::test]
async fn counting_and_keeping_the_counters_reads_no_ticket_but_the_one() {
    let world = World::new().await;
    world.ticket().await;
    let plan = |sql: &'static str| {
        world.app.db.read(move |db| {
            let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
            let lines: api::db::Result<Vec<String>> = statement.query_map([], |row| row.get(3))?.collect();
            Ok(lines?)
        })
    };
    let read = plan(
        "SELECT status, urgency, category, escalated, start_date > '2026', tickets FROM ticket_counts \
         WHERE whose = 'ALL' AND person_id = ''",
    )
    .await
    .unwrap();
    assert_eq!(read, ["SEARCH ticket_counts USING PRIMARY KEY (whose=? AND person_id=?)"]);
    for kept in [
        "SELECT * FROM ticket_places WHERE ticket_id = 'x'",
        "SELECT * FROM ticket_places WHERE ticket_id = 'x' AND person_id = 'y' AND whose IN ('FOLLOWER', 'ONLY_FOLLOWER')",
        "DELETE FROM ticket_counts WHERE tickets = 0",
    ] {
        let plan = plan(kept).await.unwrap();
        // `t` and `f` are the tickets and the followers behind the view.
        let scans = plan.iter().filter(|line| ["SCAN t", "SCAN f", "SCAN ticket_counts"].contains(&line.as_str()));
        assert_eq!(scans.count(), 0, "{kept}: {plan:#?}");
    }
}
