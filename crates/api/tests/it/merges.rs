//! Several tickets told as one, and told apart again exactly as they were.

use crate::world::{Member, World, missing, new_ticket, note, reply};
use api::routes::table;
use contract::{
    Code, Role,
    draft::{DraftEdit, DraftKind},
    endpoints::Method,
    event::What,
    id::{FileId, TicketId},
    mention,
    note::NewNote,
    page::Paging,
    reply::NewReply,
    report::ReportFilter,
    ticket::{AdminClose, NewEscalation, NewTicket, StartDate, Status, Ticket, TicketEdit, TicketFilter},
};
use serde_json::{Value, json};
use std::collections::HashMap;

const CANARY: &str = "canarym3q";
/// What a merge says of itself.
const OWN_EVENTS: [&str; 4] = ["MERGED", "MERGED_INTO", "MERGE_UNDONE", "UNMERGED"];

/// Two tickets of the customer, worked and talked about, with files, notes and followers.
struct Pair {
    target: Ticket,
    source: Ticket,
    note_file: FileId,
    reply_file: FileId,
}

async fn pair(world: &World) -> Pair {
    let (target, source) = (world.assigned().await, world.assigned().await);
    let (mine, sam) = (&world.customer.client, &world.assignee.client);
    world.clock.advance(60);
    mine.customer_reply(target.ticket_id, &reply("First, on the target")).await.unwrap();
    world.clock.advance(60);
    let file = upload(&world.customer, "receipt.txt", "paid twice").await;
    let with = NewReply { file_ids: vec![file], ..reply("Second, on the source") };
    mine.customer_reply(source.ticket_id, &with).await.unwrap();
    world.clock.advance(60);
    sam.assignee_reply(target.ticket_id, &reply("Third, on the target")).await.unwrap();
    world.clock.advance(60);
    let hidden = upload(&world.assignee, &format!("{CANARY}.txt"), CANARY).await;
    let internal = NewNote { body: format!("Fourth, a secret: {CANARY}"), file_ids: vec![hidden] };
    sam.assignee_note(source.ticket_id, &internal).await.unwrap();
    sam.assignee_note(target.ticket_id, &note("Fifth, a note")).await.unwrap();
    mine.add_follower(source.ticket_id, world.colleague.id).await.unwrap();
    world.admin.client.add_follower(source.ticket_id, world.other_assignee.id).await.unwrap();
    world.clock.advance(60);
    Pair { target, source, note_file: hidden, reply_file: file }
}

async fn upload(who: &Member, name: &str, text: &str) -> FileId {
    who.client.upload_all(vec![(name.to_owned(), text.to_owned().into())]).await.unwrap().remove(0).file_id
}

/// All that these people are told of these tickets, field by field, but for versions and what a merge says of itself.
async fn picture(world: &World, tickets: &[TicketId]) -> Value {
    let mut all = HashMap::new();
    for who in [&world.admin, &world.assignee, &world.other_assignee, &world.customer, &world.colleague] {
        for id in tickets {
            let seen = world.ask(who, "PUT", &format!("/finsupport/1.0.0/tickets/{id}/seen"), None).await;
            all.insert(format!("{} {id}", who.email), seen.json());
            for list in ["replies", "notes", "followers", "files", "assignee", "events"] {
                let base = if list == "events" { "/desk/1.0.0" } else { "/finsupport/1.0.0" };
                let answer = world.ask(who, "GET", &format!("{base}/tickets/{id}/{list}"), None).await;
                all.insert(format!("{} {id} {list}", who.email), answer.json());
            }
        }
        for list in ["tickets", "tickets?q=secret", "tickets?q=receipt", "files/mine", "files/aggregate"] {
            let answer = world.ask(who, "GET", &format!("/finsupport/1.0.0/{list}"), None).await;
            all.insert(format!("{} {list}", who.email), answer.json());
        }
        if who.email.contains("staff") {
            let report = world.ask(who, "GET", "/finsupport/1.0.0/reports/tickets", None).await;
            all.insert(format!("{} report", who.email), report.json());
        }
    }
    let mut all = json!(all);
    forget(&mut all);
    all
}

fn forget(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("version");
            fields.remove("requestId");
            fields.values_mut().for_each(forget);
        }
        Value::Array(items) => {
            items.retain(|item| !item["kind"].as_str().is_some_and(|kind| OWN_EVENTS.contains(&kind)));
            items.iter_mut().for_each(forget);
        }
        _ => {}
    }
}

/// Where two pictures differ, for whoever has to find out why.
fn assert_same(before: &Value, after: &Value) {
    for (key, value) in before.as_object().unwrap() {
        assert_eq!(value, &after[key], "{key}");
    }
}

async fn bodies(who: &Member, ticket: TicketId) -> Vec<String> {
    let replies = who.client.replies(ticket, &Paging::default()).await.unwrap();
    replies.items.into_iter().map(|reply| reply.body).collect()
}

async fn numbers(who: &Member, q: &str) -> Vec<i64> {
    let filter = TicketFilter { q: Some(q.to_owned()), ..TicketFilter::default() };
    who.client.tickets(&filter).await.unwrap().items.into_iter().map(|ticket| ticket.number).collect()
}

async fn code<T>(answer: impl Future<Output = client::Result<T>>) -> Option<Code> {
    answer.await.err().map(|problem| problem.code)
}

#[tokio::test]
async fn a_merged_conversation_is_read_on_the_target_in_the_order_of_time() {
    let world = World::new().await;
    let Pair { target, source, note_file, reply_file } = pair(&world).await;
    let merge = world.assignee.client.merge(target.ticket_id, &[source.ticket_id]).await.unwrap();
    assert_eq!((merge.target, merge.sources), (target.link(), vec![source.link()]));

    for who in [&world.customer, &world.colleague, &world.assignee, &world.other_assignee, &world.admin] {
        let expected = ["First, on the target", "Second, on the source", "Third, on the target"];
        assert_eq!(bodies(who, target.ticket_id).await, expected, "{}", who.email);
        assert_eq!(who.client.merges(target.ticket_id).await.unwrap()[0].sources, [source.link()]);
        assert!(who.client.file(reply_file).await.is_ok(), "{}", who.email);
        assert_eq!(who.client.file(note_file).await.is_ok(), who.email.contains("staff"), "{}", who.email);
        let old = who.client.ticket(source.ticket_id).await.unwrap();
        assert_eq!((old.merged_into, old.status), (Some(target.link()), Status::Closed));
    }
    let notes = world.assignee.client.notes(target.ticket_id, &Paging::default()).await.unwrap().items;
    assert_eq!(notes.iter().map(|note| note.ticket_id).collect::<Vec<_>>(), [source.ticket_id, target.ticket_id]);
    let files = world.customer.client.files_of_ticket(target.ticket_id, &Paging::default()).await.unwrap().items;
    assert_eq!(files.iter().map(|file| file.file_id).collect::<Vec<_>>(), [reply_file]);
    let replies = world.customer.client.replies(target.ticket_id, &Paging::default()).await.unwrap().items;
    assert_eq!(replies[1].ticket_id, source.ticket_id, "a message says where it was written");
    let events = world.customer.client.events_of(target.ticket_id, &Paging::default()).await.unwrap().items;
    assert!(events.is_sorted_by_key(|event| event.seq));
    assert!(
        events.iter().any(|event| matches!(&event.what, What::Merged { sources, .. } if *sources == [source.link()]))
    );
    let text = serde_json::to_string(&events).unwrap();
    assert!(!text.contains("@staff.example"), "no e-mail of staff: {text}");
}

#[tokio::test]
async fn pages_of_a_merged_conversation_hold_each_message_once() {
    let world = World::new().await;
    let (target, one, two) = (world.assigned().await, world.assigned().await, world.assigned().await);
    let mut expected = Vec::new();
    for nth in 0..23 {
        let on = [&target, &one, &two][nth % 3].ticket_id;
        world.clock.advance(1);
        world.customer.client.customer_reply(on, &reply(&format!("message {nth}"))).await.unwrap();
        world.assignee.client.assignee_note(on, &note(&format!("note {nth}"))).await.unwrap();
        expected.push(format!("message {nth}"));
    }
    world.admin.client.merge(target.ticket_id, &[one.ticket_id, two.ticket_id]).await.unwrap();
    for size in [1, 4, 200] {
        let mut paging = Paging { page_size: Some(size), cursor: None };
        let (mut read, mut events) = (Vec::new(), Vec::new());
        loop {
            let page = world.customer.client.replies(target.ticket_id, &paging).await.unwrap();
            read.extend(page.items.into_iter().map(|reply| reply.body));
            paging.cursor = page.next_cursor;
            if paging.cursor.is_none() {
                break;
            }
        }
        assert_eq!(read, expected, "{size} to a page");
        loop {
            let page = world.admin.client.events_of(target.ticket_id, &paging).await.unwrap();
            events.extend(page.items.into_iter().map(|event| event.seq));
            paging.cursor = page.next_cursor;
            if paging.cursor.is_none() {
                break;
            }
        }
        assert!(events.is_sorted_by(|a, b| a < b) && events.len() > 50, "{size} to a page: {events:?}");
    }
}

#[tokio::test]
async fn undoing_a_merge_leaves_everything_as_it_was() {
    let world = World::new().await;
    let Pair { target, source, .. } = pair(&world).await;
    let closed = world.closed().await;
    let tickets = [target.ticket_id, source.ticket_id, closed.ticket_id];
    for id in tickets {
        world.customer.client.add_follower(id, world.colleague.id).await.ok();
    }
    world.admin.client.assign(source.ticket_id, world.other_assignee.id).await.unwrap();
    let hurry = NewEscalation { reason: "Rent".to_owned(), ..NewEscalation::default() };
    world.customer.client.escalate(source.ticket_id, &hurry).await.unwrap();
    let later = NewTicket { follow_up_of: Some(closed.ticket_id), ..new_ticket("Again") };
    let later = world.customer.client.create_ticket(&later).await.unwrap();
    let tickets = [tickets.as_slice(), &[later.ticket_id]].concat();

    picture(&world, &tickets).await;
    let before = picture(&world, &tickets).await;
    world.clock.advance(60);
    let sources = [source.ticket_id, closed.ticket_id];
    let merge = world.admin.client.merge(target.ticket_id, &sources).await.unwrap();
    world.clock.advance(60);
    let during = picture(&world, &tickets).await;
    assert_ne!(before, during);
    world.admin.client.undo_merge(merge.merge_id).await.unwrap();
    picture(&world, &tickets).await;
    assert_same(&before, &picture(&world, &tickets).await);
    assert_eq!(code(world.admin.client.undo_merge(merge.merge_id)).await, Some(Code::Stale));
    assert_eq!(world.admin.client.merges(target.ticket_id).await.unwrap(), []);
    let kinds = async |id| {
        let events = world.customer.client.events_of(id, &Paging::default()).await.unwrap().items;
        serde_json::to_value(events.last().unwrap()).unwrap()["kind"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        (kinds(target.ticket_id).await, kinds(source.ticket_id).await),
        ("MERGE_UNDONE".into(), "UNMERGED".into())
    );
}

#[tokio::test]
async fn what_was_written_after_the_merge_stays_with_the_target() {
    let world = World::new().await;
    let Pair { target, source, .. } = pair(&world).await;
    let merge = world.assignee.client.merge(target.ticket_id, &[source.ticket_id]).await.unwrap();
    world.customer.client.customer_reply(target.ticket_id, &reply("Sixth, since")).await.unwrap();
    world.assignee.client.assignee_status(target.ticket_id, Status::Waiting).await.unwrap();
    world.assignee.client.undo_merge(merge.merge_id).await.unwrap();
    let stays = ["First, on the target", "Third, on the target", "Sixth, since"];
    assert_eq!(bodies(&world.customer, target.ticket_id).await, stays);
    assert_eq!(bodies(&world.customer, source.ticket_id).await, ["Second, on the source"]);
    assert_eq!(world.customer.client.ticket(target.ticket_id).await.unwrap().status, Status::Waiting);
    world.assignee.client.assignee_reply(source.ticket_id, &reply("It can be answered again")).await.unwrap();
}

#[tokio::test]
async fn followers_follow_as_long_as_a_merge_stands_and_those_who_came_themselves_stay() {
    let world = World::new().await;
    let [target, one, two] = [world.assigned().await, world.assigned().await, world.assigned().await];
    let lin = world.member("Lin Wood", "wood@staff.example", Role::Assignee, None).await;
    for id in [one.ticket_id, two.ticket_id] {
        world.customer.client.add_follower(id, world.colleague.id).await.unwrap();
    }
    world.admin.client.assign(two.ticket_id, world.other_assignee.id).await.unwrap();
    let followers = async || {
        let all = world.admin.client.followers(target.ticket_id, &Paging::default()).await.unwrap().items;
        let mut names: Vec<_> = all.into_iter().map(|person| person.name).collect();
        names.sort();
        names
    };
    let first = world.admin.client.merge(target.ticket_id, &[one.ticket_id]).await.unwrap();
    let second = world.admin.client.merge(target.ticket_id, &[two.ticket_id]).await.unwrap();
    assert_eq!(followers().await, ["Lin Chen", "Tayo Okafor"], "who works a source keeps seeing it");
    assert!(world.other_assignee.client.ticket(two.ticket_id).await.is_ok());
    world.admin.client.add_follower(target.ticket_id, lin.id).await.unwrap();
    world.admin.client.undo_merge(first.merge_id).await.unwrap();
    assert_eq!(followers().await, ["Lin Chen", "Lin Wood", "Tayo Okafor"], "the other merge still warrants them");
    world.admin.client.add_follower(target.ticket_id, world.other_assignee.id).await.unwrap();
    let again = world.admin.client.add_follower(target.ticket_id, world.other_assignee.id);
    assert_eq!(code(again).await, Some(Code::AlreadyFollowing));
    world.admin.client.undo_merge(second.merge_id).await.unwrap();
    assert_eq!(followers().await, ["Lin Chen", "Lin Wood"], "who was added meanwhile stays");
    assert_eq!(code(world.colleague.client.ticket(target.ticket_id)).await, Some(Code::NotFound));
    assert!(world.colleague.client.ticket(two.ticket_id).await.is_ok());
}

#[tokio::test]
async fn merges_follow_one_another_and_are_undone_from_the_last() {
    let world = World::new().await;
    let [a, b, c] = [world.assigned().await, world.assigned().await, world.assigned().await];
    for (ticket, text) in [(&a, "on a"), (&b, "on b"), (&c, "on c")] {
        world.customer.client.customer_reply(ticket.ticket_id, &reply(text)).await.unwrap();
    }
    let tickets = [a.ticket_id, b.ticket_id, c.ticket_id];
    picture(&world, &tickets).await;
    let before = picture(&world, &tickets).await;
    let inner = world.admin.client.merge(b.ticket_id, &[c.ticket_id]).await.unwrap();
    let outer = world.admin.client.merge(a.ticket_id, &[b.ticket_id]).await.unwrap();
    assert_eq!(bodies(&world.customer, a.ticket_id).await, ["on a", "on b", "on c"]);
    assert_eq!(world.customer.client.ticket(c.ticket_id).await.unwrap().merged_into, Some(a.link()));
    assert_eq!(numbers(&world.customer, &c.reference()).await, [a.number]);
    let merges = world.customer.client.merges(a.ticket_id).await.unwrap();
    assert_eq!(merges.iter().map(|merge| merge.merge_id).collect::<Vec<_>>(), [inner.merge_id, outer.merge_id]);

    assert_eq!(code(world.admin.client.undo_merge(inner.merge_id)).await, Some(Code::TicketMerged));
    world.admin.client.undo_merge(outer.merge_id).await.unwrap();
    assert_eq!(world.customer.client.ticket(c.ticket_id).await.unwrap().merged_into, Some(b.link()));
    assert_eq!(bodies(&world.customer, b.ticket_id).await, ["on b", "on c"]);
    world.admin.client.undo_merge(inner.merge_id).await.unwrap();
    picture(&world, &tickets).await;
    assert_same(&before, &picture(&world, &tickets).await);
}

#[tokio::test]
async fn nothing_can_be_done_to_a_merged_ticket() {
    let world = World::new().await;
    let Pair { target, source, .. } = pair(&world).await;
    let third = world.assigned().await.ticket_id;
    world.admin.client.merge(target.ticket_id, &[source.ticket_id]).await.unwrap();
    let id = source.ticket_id;
    let (mine, sam, boss) = (&world.customer.client, &world.assignee.client, &world.admin.client);
    let edit = TicketEdit { subject: Some("New".to_owned()), ..TicketEdit::default() };
    let close = AdminClose { reason: "Because".to_owned() };
    let hurry = NewEscalation { reason: "Now".to_owned(), ..NewEscalation::default() };
    let refusals = [
        code(mine.customer_reply(id, &reply("text"))).await,
        code(sam.assignee_reply(id, &reply("text"))).await,
        code(boss.admin_reply(id, &reply("text"))).await,
        code(sam.assignee_note(id, &note("text"))).await,
        code(boss.admin_note(id, &note("text"))).await,
        code(sam.assignee_status(id, Status::Waiting)).await,
        code(boss.admin_status(id, Status::Waiting)).await,
        code(boss.admin_close(id, &close)).await,
        code(boss.complete_for_assignee(id)).await,
        code(boss.assign(id, world.other_assignee.id)).await,
        code(boss.update_ticket(id, source.version, &edit)).await,
        code(mine.escalate(id, &hurry)).await,
        code(mine.customer_close(id, &Default::default())).await,
        code(mine.add_follower(id, world.colleague.id)).await,
        code(mine.remove_follower(id, world.colleague.id)).await,
        code(sam.start_date(id, &StartDate { start_date: None })).await,
        code(world.other_assignee.client.claim(id)).await,
        code(boss.merge(third, &[id])).await,
        code(boss.merge(id, &[third])).await,
    ];
    assert_eq!(refusals, [Some(Code::TicketMerged); 19]);
    let closed = world.admin.client.admin_close(third, &close).await.unwrap().ticket_id;
    boss.merge(target.ticket_id, &[closed]).await.unwrap();
    for id in [id, closed] {
        assert_eq!(code(boss.undo(id, None)).await, Some(Code::TicketMerged), "nor is anything taken back there");
    }
    let problem = boss.admin_reply(id, &reply("text")).await.unwrap_err();
    assert!(problem.detail.contains(&target.reference()), "{}", problem.detail);
    let follow_up = NewTicket { follow_up_of: Some(id), ..new_ticket("Again") };
    assert_eq!(mine.create_ticket(&follow_up).await.unwrap_err().errors[0].field, "followUpOf");
}

#[tokio::test]
async fn only_open_tickets_of_one_customer_that_one_works_are_merged() {
    let world = World::new().await;
    let (target, source, closed) = (world.assigned().await, world.assigned().await, world.closed().await);
    let foreign = world.other.client.create_ticket(&new_ticket("Not Mira's")).await.unwrap();
    let passed_on = world.admin.client.assign(world.ticket().await.ticket_id, world.other_assignee.id).await.unwrap();
    let followed = world.admin.client.assign(world.ticket().await.ticket_id, world.other_assignee.id).await.unwrap();
    world.admin.client.add_follower(followed.ticket_id, world.assignee.id).await.unwrap();
    let sam = &world.assignee.client;

    let table = [
        (&target, foreign.ticket_id, Code::InvalidFields),
        (&target, target.ticket_id, Code::InvalidFields),
        (&target, missing(), Code::InvalidFields),
        (&target, passed_on.ticket_id, Code::InvalidFields),
        (&target, followed.ticket_id, Code::Forbidden),
        (&closed, source.ticket_id, Code::TicketClosed),
        (&followed, source.ticket_id, Code::Forbidden),
        (&passed_on, source.ticket_id, Code::NotFound),
    ];
    for (target, source, expected) in table {
        assert_eq!(
            code(sam.merge(target.ticket_id, &[source])).await,
            Some(expected),
            "{source} into {}",
            target.number
        );
    }
    assert_eq!(code(sam.merge(target.ticket_id, &[])).await, Some(Code::InvalidFields));
    let path = format!("/desk/1.0.0/tickets/{}/merges", target.ticket_id);
    let ask = async |source: TicketId| {
        let body = json!({ "sources": [source] }).to_string();
        let mut problem = world.ask(&world.assignee, "POST", &path, Some(&body)).await.problem();
        problem.request_id.clear();
        problem
    };
    assert_eq!(ask(missing()).await, ask(passed_on.ticket_id).await, "hidden is told as missing");
    let unassigned = world.ticket().await;
    sam.merge(target.ticket_id, &[unassigned.ticket_id, source.ticket_id]).await.unwrap();
    assert_eq!(world.admin.client.ticket(foreign.ticket_id).await.unwrap().merged_into, None);
}

#[tokio::test]
async fn a_merged_ticket_is_seen_by_who_sees_the_target() {
    let world = World::new().await;
    let (target, source) = (world.assigned().await, world.ticket().await);
    assert!(
        world.other_assignee.client.ticket(source.ticket_id).await.is_ok(),
        "nobody works it: any assignee sees it"
    );
    world.assignee.client.merge(target.ticket_id, &[source.ticket_id]).await.unwrap();
    assert_eq!(code(world.other_assignee.client.ticket(source.ticket_id)).await, Some(Code::NotFound));
    assert_eq!(code(world.other.client.ticket(source.ticket_id)).await, Some(Code::NotFound));
    world.admin.client.add_follower(target.ticket_id, world.other_assignee.id).await.unwrap();
    assert!(world.other_assignee.client.ticket(source.ticket_id).await.is_ok());
    assert!(world.other_assignee.client.notes(source.ticket_id, &Paging::default()).await.is_ok());
}

#[tokio::test]
async fn searches_lead_to_the_target_and_lists_and_reports_leave_merged_tickets_out() {
    let world = World::new().await;
    let target = world.assigned().await;
    let words = NewTicket { description: "An aardvark took my card.".to_owned(), ..new_ticket("Zebra") };
    let source = world.customer.client.create_ticket(&words).await.unwrap();
    world.admin.client.assign(source.ticket_id, world.assignee.id).await.unwrap();
    world.customer.client.customer_reply(source.ticket_id, &reply("The okapi too")).await.unwrap();
    world.assignee.client.assignee_note(source.ticket_id, &note("A pangolin, I think")).await.unwrap();
    world.customer.client.add_follower(source.ticket_id, world.colleague.id).await.unwrap();
    let merge = world.assignee.client.merge(target.ticket_id, &[source.ticket_id]).await.unwrap();

    let reference = source.reference();
    for q in [reference.as_str(), "zebra", "aardvark", "okapi", "zebra charged", "pangolin"] {
        for who in [&world.admin, &world.assignee] {
            assert_eq!(numbers(who, q).await, [target.number], "{q}");
        }
        let found = numbers(&world.customer, q).await;
        assert_eq!(found.contains(&target.number), q != "pangolin", "{q}");
        assert!(!found.contains(&source.number), "{q}");
    }
    let closed = TicketFilter { status: vec![Status::Closed], ..TicketFilter::default() };
    for filter in [TicketFilter::default(), closed] {
        for who in [&world.admin, &world.assignee, &world.customer] {
            let listed = who.client.tickets(&filter).await.unwrap().items;
            assert!(listed.iter().all(|ticket| ticket.ticket_id != source.ticket_id), "{}", who.email);
        }
        let (mira, tayo) = (world.customer.id, world.colleague.id);
        let lists = [
            world.admin.client.tickets_by_customer(mira, &filter).await.unwrap(),
            world.admin.client.tickets_by_assignee(world.assignee.id, &filter).await.unwrap(),
            world.admin.client.tickets_by_follower(tayo, &filter).await.unwrap(),
        ];
        assert!(lists.iter().flat_map(|list| &list.items).all(|ticket| ticket.ticket_id != source.ticket_id));
    }
    let report = world.admin.client.report(&ReportFilter::default()).await.unwrap();
    assert_eq!(report.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [target.number]);
    assert_eq!(report.totals.unwrap().tickets, 1);

    world.assignee.client.undo_merge(merge.merge_id).await.unwrap();
    for q in [reference.as_str(), "aardvark", "okapi", "pangolin"] {
        assert_eq!(numbers(&world.admin, q).await, [source.number], "{q}");
    }
}

#[tokio::test]
async fn a_note_of_a_merged_ticket_reaches_no_customer() {
    let world = World::new().await;
    let Pair { target, source, note_file, reply_file } = pair(&world).await;
    let merge = world.assignee.client.merge(target.ticket_id, &[source.ticket_id]).await.unwrap();
    let notes = world.assignee.client.notes(source.ticket_id, &Paging::default()).await.unwrap().items;
    let replies = world.customer.client.replies(source.ticket_id, &Paging::default()).await.unwrap().items;
    let ids = [
        target.ticket_id.to_string(),
        source.ticket_id.to_string(),
        note_file.to_string(),
        reply_file.to_string(),
        notes[0].note_id.to_string(),
        replies[0].reply_id.to_string(),
        merge.merge_id.to_string(),
    ];
    let mut asked = 0;
    for reader in [&world.customer, &world.colleague, &world.other] {
        for route in table() {
            let endpoint = route.operation.endpoint();
            if endpoint.method != Method::Get
                || endpoint.path == "/events"
                || route.access.check(Role::Customer).is_err()
            {
                continue;
            }
            for id in &ids {
                for query in ["", &format!("?q={CANARY}")] {
                    let path = match (endpoint.path.split_once('{'), endpoint.path.split_once('}')) {
                        (Some((before, _)), Some((_, after))) => format!("{before}{id}{after}"),
                        _ => endpoint.path.to_owned(),
                    };
                    let answer = world.ask(reader, "GET", &format!("{}{path}{query}", endpoint.base), None).await;
                    let body = answer.body.replace(&format!("q={CANARY}"), "");
                    assert!(!body.contains(CANARY), "{path}{query}: {body}");
                    assert!(!format!("{:?}", answer.headers).contains(CANARY), "{path}{query}");
                    asked += 1;
                }
            }
        }
        for id in [target.ticket_id, source.ticket_id] {
            let seen = world.ask(reader, "PUT", &format!("/finsupport/1.0.0/tickets/{id}/seen"), None).await;
            assert!(!seen.body.contains(CANARY));
        }
    }
    assert!(asked > 300);
    let staff = world.assignee.client.notes(target.ticket_id, &Paging::default()).await.unwrap().items;
    assert!(staff[0].body.contains(CANARY), "the canary is there to be found");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_merges_of_one_ticket_one_wins() {
    let world = World::new().await;
    let source = world.assigned().await.ticket_id;
    let mut merges = Vec::new();
    for nth in 0..10 {
        let target = world.assigned().await.ticket_id;
        let client = if nth % 2 == 0 { world.admin.client.clone() } else { world.assignee.client.clone() };
        merges.push(tokio::spawn(async move { code(client.merge(target, &[source])).await }));
    }
    let mut codes = Vec::new();
    for merge in merges {
        codes.push(merge.await.unwrap());
    }
    let won = codes.iter().filter(|code| code.is_none()).count();
    let lost = codes.iter().filter(|code| **code == Some(Code::TicketMerged)).count();
    assert_eq!((won, lost), (1, 9));
}

#[tokio::test]
async fn a_merge_sent_twice_is_one_merge_and_so_is_its_undoing() {
    let world = World::new().await;
    let (target, source) = (world.assigned().await.ticket_id, world.assigned().await.ticket_id);
    let sam = world.assignee.client.with_idempotency_key("once");
    let first = sam.merge(target, &[source]).await.unwrap();
    assert_eq!(sam.merge(target, &[source]).await.unwrap(), first);
    assert_eq!(sam.merges(target).await.unwrap().len(), 1);
    let undo = world.assignee.client.with_idempotency_key("undone");
    undo.undo_merge(first.merge_id).await.unwrap();
    undo.undo_merge(first.merge_id).await.unwrap();
    assert!(sam.merges(target).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_answer_based_on_what_was_before_the_merge_is_held_back() {
    let world = World::new().await;
    let Pair { target, source, .. } = pair(&world).await;
    let seen = world.assignee.client.events_of(target.ticket_id, &Paging::default()).await.unwrap();
    let based = NewReply { based_on: seen.items.last().map(|event| event.seq), ..reply("Did you mean this?") };
    world.admin.client.merge(target.ticket_id, &[source.ticket_id]).await.unwrap();
    assert_eq!(
        code(world.assignee.client.assignee_reply(target.ticket_id, &based)).await,
        Some(Code::ConversationMoved)
    );
}

#[tokio::test]
async fn a_conversation_is_found_by_indexes_and_an_ordinary_ticket_costs_one_look_up() {
    let world = World::new().await;
    world.assigned().await;
    let plans = world
        .app
        .db
        .read(|db| {
            let plan = |sql: &str| -> api::db::Result<Vec<String>> {
                db.prepare(sql)?.query_map([], |row| row.get(3))?.collect()
            };
            Ok([
                plan("EXPLAIN QUERY PLAN SELECT 'x' UNION ALL SELECT id FROM tickets WHERE merged_into = 'x'")?,
                plan(
                    "EXPLAIN QUERY PLAN SELECT m.id FROM merges m WHERE m.target_id IN
                     (SELECT 'x' UNION ALL SELECT id FROM tickets WHERE merged_into = 'x') AND m.undone_at IS NULL",
                )?,
            ])
        })
        .await
        .unwrap();
    for (plan, index) in plans.iter().zip(["tickets_merged (merged_into=?)", "merges_of_target (target_id=?)"]) {
        assert!(plan.iter().any(|line| line.contains(index)), "{plan:?}");
        assert!(plan.iter().all(|line| !line.contains("SCAN tickets") && !line.contains("SCAN merges")), "{plan:?}");
    }
}

#[tokio::test]
async fn what_is_being_written_on_a_source_goes_on_at_the_target_unless_something_was_begun_there() {
    let world = World::new().await;
    let (target, source) = (world.assigned().await.ticket_id, world.assigned().await.ticket_id);
    let (agent, admin) = (&world.assignee.client, &world.admin.client);
    let edit = |text: &str| DraftEdit { text: text.to_owned(), ..DraftEdit::default() };
    agent.save_draft(source, DraftKind::Note, &edit("Looks odd")).await.unwrap();
    admin.save_draft(source, DraftKind::Note, &edit("Of the source")).await.unwrap();
    admin.save_draft(target, DraftKind::Note, &edit("Of the target")).await.unwrap();
    admin.merge(target, &[source]).await.unwrap();
    let texts = async |client: &client::Client| {
        let drafts = client.ticket_drafts(target).await.unwrap();
        drafts.into_iter().map(|draft| (draft.kind, draft.text)).collect::<Vec<_>>()
    };
    assert_eq!(texts(agent).await, [(DraftKind::Note, "Looks odd".to_owned())]);
    assert_eq!(texts(admin).await, [(DraftKind::Note, "Of the target".to_owned())]);
    let all = admin.drafts(&Paging::default()).await.unwrap().items;
    assert!(all.iter().any(|draft| draft.text == "Of the source"), "nothing typed is lost: {all:?}");
}

#[tokio::test]
async fn a_merged_note_is_found_by_whom_it_mentions_and_not_by_their_id() {
    let world = World::new().await;
    let Pair { target, source, .. } = pair(&world).await;
    let sam = &world.assignee;
    let mentioning = note(&format!("For {}", mention::written("Lin Chen", world.other_assignee.id)));
    sam.client.assignee_note(source.ticket_id, &mentioning).await.unwrap();
    sam.client.merge(target.ticket_id, &[source.ticket_id]).await.unwrap();
    assert_eq!(numbers(sam, "Lin").await, [target.number]);
    let id = world.other_assignee.id.to_string();
    assert_eq!(numbers(sam, id.rsplit('-').next().unwrap()).await, [] as [i64; 0]);
}
