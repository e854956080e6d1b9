//! Searching: what is found, in which order, what is shown of it, and what nobody is told.

use crate::world::{Member, World, new_ticket, note, reply};
use contract::{
    id::{FileId, TicketId},
    note::NewNote,
    reply::NewReply,
    search::{Found, FoundIn, Hit, SearchFilter},
    split::NewSplit,
    ticket::{AdminClose, NewTicket, Ticket, TicketEdit, TicketFilter},
};
use std::collections::HashSet;

/// No ticket.
const NONE: [i64; 0] = [];

async fn search(who: &Member, q: &str) -> Found {
    let filter = SearchFilter { q: q.to_owned(), limit: None };
    who.client.search(&filter).await.unwrap_or_else(|error| panic!("{q}: {error:?}"))
}

async fn numbers(who: &Member, q: &str) -> Vec<i64> {
    search(who, q).await.hits.iter().map(|hit| hit.ticket.number).collect()
}

async fn listed(who: &Member, q: &str) -> Vec<i64> {
    let filter = TicketFilter { q: Some(q.to_owned()), ..TicketFilter::default() };
    who.client.tickets(&filter).await.unwrap().items.into_iter().map(|ticket| ticket.number).collect()
}

async fn one(who: &Member, q: &str) -> Hit {
    let found = search(who, q).await;
    assert_eq!(found.hits.len(), 1, "{q}: {found:?}");
    found.hits.into_iter().next().unwrap()
}

/// What of a hit's snippet matches.
fn marked(hit: &Hit) -> Vec<String> {
    let parts = hit.snippet.as_ref().map(|snippet| snippet.parts()).unwrap_or_default();
    parts.into_iter().filter(|(_, marked)| *marked).map(|(text, _)| text).collect()
}

async fn file(who: &Member, subject: &str, description: &str) -> Ticket {
    let new = NewTicket { description: description.to_owned(), ..new_ticket(subject) };
    who.client.create_ticket(&new).await.unwrap()
}

async fn upload(who: &Member, name: &str) -> FileId {
    who.client.upload_all(vec![(name.to_owned(), "text".into())]).await.unwrap().remove(0).file_id
}

/// Six tickets, an hour apart. The first three and the last are the customer's, the others of somebody else; 1002 is the
/// assignee's, 1004 the other assignee's.
async fn scene() -> World {
    let world = World::new().await;
    let mine = &world.customer;
    let first = file(mine, "Card was charged twice", "The refund of my order is missing.").await;
    world.clock.advance(3600);
    let second = file(mine, "Refund is late", "Überweisung nach Łódź, Lange Straße 5.").await;
    world.clock.advance(3600);
    file(mine, "Statement", "我的退款在哪里? İstanbul").await;
    world.clock.advance(3600);
    let fourth = file(&world.other, "Refund for a hotel", "Nothing of the kind.").await;
    world.clock.advance(3600);
    let fifth = file(&world.other, "A webhook times out", "Since Monday.").await;
    world.clock.advance(3600);
    let sixth = file(mine, "Refund came twice", "Once was enough.").await;
    world.clock.advance(3600);
    let receipt = upload(mine, "receipt_hotel.txt").await;
    let with = NewReply { file_ids: vec![receipt], ..reply("Here is what the terminal printed.") };
    mine.client.customer_reply(first.ticket_id, &with).await.unwrap();
    world.admin.client.assign(second.ticket_id, world.assignee.id).await.unwrap();
    world.admin.client.assign(fourth.ticket_id, world.other_assignee.id).await.unwrap();
    let photo = upload(&world.assignee, "passport-scan.txt").await;
    let internal = NewNote { file_ids: vec![photo], ..note("The correspondent bank is Zebra.") };
    world.assignee.client.assignee_note(second.ticket_id, &internal).await.unwrap();
    world.other.client.customer_reply(fifth.ticket_id, &reply("The gateway answers 504.")).await.unwrap();
    let reason = AdminClose { reason: "Settled".to_owned() };
    world.admin.client.admin_close(sixth.ticket_id, &reason).await.unwrap();
    world
}

#[tokio::test]
async fn everyone_finds_what_they_see_and_the_best_first() {
    let world = scene().await;
    type Numbers = &'static [i64];
    let table: [(&str, Numbers, Numbers, Numbers); 24] = [
        // What is typed; what the admin, the assignee and the customer find.
        ("refund", &[1004, 1002, 1006, 1001], &[1002, 1006, 1001], &[1002, 1006, 1001]),
        ("REFUND twice", &[1006, 1001], &[1006, 1001], &[1006, 1001]),
        ("ref", &[1004, 1002, 1006, 1001], &[1002, 1006, 1001], &[1002, 1006, 1001]),
        ("hotel", &[1004, 1001], &[1001], &[1001]),
        ("receipt", &[1001], &[1001], &[1001]),
        ("1004", &[1004], &[], &[]),
        ("FS-1004", &[1004], &[], &[]),
        ("fs-1002", &[1002], &[1002], &[1002]),
        ("FS-100", &[1005, 1004, 1002, 1001, 1003, 1006], &[1005, 1002, 1001, 1003, 1006], &[1002, 1001, 1003, 1006]),
        ("zebra", &[1002], &[1002], &[]),
        ("passport", &[1002], &[1002], &[]),
        ("kowal", &[1005, 1004], &[1005], &[]),
        ("mira okafor refund", &[1002, 1006, 1001], &[1002, 1006, 1001], &[1002, 1006, 1001]),
        ("mira@okafor", &[1002, 1001, 1003, 1006], &[1002, 1001, 1003, 1006], &[1002, 1001, 1003, 1006]),
        ("sam@staff.example", &[], &[], &[]),
        ("terminal charged", &[1001], &[1001], &[1001]),
        ("lodz", &[1002], &[1002], &[1002]),
        ("ŁÓDŹ", &[1002], &[1002], &[1002]),
        ("strasse uberweis", &[1002], &[1002], &[1002]),
        ("退款", &[1003], &[1003], &[1003]),
        ("istanbul", &[1003], &[1003], &[1003]),
        ("504", &[1005], &[1005], &[]),
        ("z", &[1002], &[1002], &[]),
        ("unheard-of words", &[], &[], &[]),
    ];
    for (q, admin, assignee, customer) in table {
        for (who, expected) in [(&world.admin, admin), (&world.assignee, assignee), (&world.customer, customer)] {
            assert_eq!(numbers(who, q).await, expected, "{q} by {}", who.email);
        }
        assert_eq!(numbers(&world.colleague, q).await, NONE, "{q}");
    }
}

#[tokio::test]
async fn a_hit_says_where_and_shows_what_matches() {
    let world = scene().await;
    let (sam, mira) = (&world.assignee, &world.customer);
    let hit = one(sam, "late").await;
    assert_eq!((hit.found_in, hit.snippet.is_none(), hit.subject.len()), (FoundIn::Subject, true, 1));
    assert_eq!((hit.subject[0].start, hit.subject[0].end), (10, 14));
    for (who, q, place, expected) in [
        (sam, "zebra", FoundIn::Note, &["Zebra"][..]),
        (sam, "passport", FoundIn::File, &["passport"]),
        (sam, "mira@okafor late", FoundIn::Customer, &["Mira Okafor", "mira@okafor"]),
        (mira, "receipt", FoundIn::File, &["receipt"]),
        (mira, "lodz uber", FoundIn::Description, &["Überweisung", "Łódź"]),
        (mira, "terminal", FoundIn::Reply, &["terminal"]),
        (mira, "退款", FoundIn::Description, &["退款"]),
    ] {
        let hit = one(who, q).await;
        assert_eq!((hit.found_in, marked(&hit)), (place, expected.iter().map(ToString::to_string).collect()), "{q}");
    }
    assert_eq!(one(mira, "FS-1003").await.found_in, FoundIn::Number);
}

#[tokio::test]
async fn a_slip_finds_what_was_meant_and_says_so() {
    let world = scene().await;
    for (q, meant, expected) in [
        ("refnd", "refund", &[1002, 1006, 1001][..]),
        ("Reufnd", "refund", &[1002, 1006, 1001]),
        ("refunx twice", "refund twice", &[1006, 1001]),
        ("refnd twce", "refund twice", &[1006, 1001]),
        ("termnal", "terminal", &[1001]),
        ("statment", "statement", &[1003]),
        ("recepit", "receipt", &[1001]),
        ("late refuund", "late refund", &[1002]),
        ("statme", "statement", &[1003]),
    ] {
        let found = search(&world.customer, q).await;
        assert_eq!(found.corrected_to.as_deref(), Some(meant), "{q}");
        assert_eq!(found.hits.iter().map(|hit| hit.ticket.number).collect::<Vec<_>>(), expected, "{q}");
        assert_eq!(
            listed(&world.customer, q).await.into_iter().collect::<HashSet<_>>(),
            expected.iter().copied().collect(),
            "{q}"
        );
    }
    for q in ["refund", "lat", "1oo2", "1012", "qqqqqqq", "refxxnd"] {
        assert_eq!(search(&world.customer, q).await.corrected_to, None, "{q}");
    }
}

#[tokio::test]
async fn a_word_that_no_text_has_any_more_is_not_what_was_meant() {
    let world = World::new().await;
    let ticket = file(&world.customer, "My reciept", "It is missing.").await;
    assert_eq!(search(&world.customer, "recieptt").await.corrected_to.as_deref(), Some("reciept"));
    let edit = TicketEdit { subject: Some("My receipt".to_owned()), ..TicketEdit::default() };
    world.customer.client.update_ticket(ticket.ticket_id, ticket.version, &edit).await.unwrap();
    let found = search(&world.customer, "recieptt").await;
    assert_eq!((found.corrected_to, found.hits.len()), (None, 0));
}

#[tokio::test]
async fn nobody_is_told_words_of_texts_that_they_do_not_see() {
    let world = scene().await;
    let body = |who: &Member, q: &str| {
        let path = format!("/desk/1.0.0/search?q={q}");
        let (who, world) = (who.clone(), &world);
        async move { world.ask(&who, "GET", &path, None).await.body }
    };
    // Of a note, of its file, of staff's address, of somebody else's ticket: as it is, misspelt, and as it begins.
    let nothing = body(&world.customer, "nothinglikethis").await;
    for q in [
        "zebra",
        "zebrra",
        "zeb",
        "passport",
        "pasport",
        "passpor",
        "sam@staff",
        "webhook",
        "webhok",
        "gateway",
        "gatewya",
        "1004",
        "FS-1005",
        "kowal",
    ] {
        assert_eq!(body(&world.customer, q).await, nothing, "{q}");
        assert_eq!(body(&world.colleague, q).await, nothing, "{q}");
    }
    for q in ["hotel%20refund", "1004", "kind"] {
        assert!(!body(&world.assignee, q).await.contains("1004"), "{q} is another assignee's");
    }
    assert!(body(&world.assignee, "zebrra").await.contains("Zebra"), "it is there to be found");
    let staff = search(&world.assignee, "refund").await;
    assert!(staff.hits.iter().all(|hit| hit.ticket.customer.email.is_some()));
    let own = search(&world.customer, "refund").await;
    assert!(own.hits.iter().all(|hit| hit.ticket.customer.email.is_none()));
}

#[tokio::test]
async fn a_follower_finds_what_they_follow() {
    let world = scene().await;
    let all = world.customer.client.tickets(&TicketFilter::default()).await.unwrap().items;
    let late = all.iter().find(|ticket| ticket.number == 1002).unwrap();
    world.customer.client.add_follower(late.ticket_id, world.colleague.id).await.unwrap();
    assert_eq!(numbers(&world.colleague, "refund").await, [1002]);
    assert_eq!(numbers(&world.colleague, "zebra").await, NONE);
    assert_eq!(search(&world.colleague, "refnd").await.corrected_to.as_deref(), Some("refund"));
}

#[tokio::test]
async fn words_of_a_merged_ticket_lead_to_where_it_is_read() {
    let world = World::new().await;
    let target = world.assigned().await;
    let source = file(&world.customer, "Aardvark", "An okapi took my card.").await;
    let scan = upload(&world.customer, "pangolin.txt").await;
    let with = NewReply { file_ids: vec![scan], ..reply("A quokka, too") };
    world.customer.client.customer_reply(source.ticket_id, &with).await.unwrap();
    world.admin.client.assign(source.ticket_id, world.assignee.id).await.unwrap();
    let hidden = upload(&world.assignee, "wombat.txt").await;
    let internal = NewNote { file_ids: vec![hidden], ..note("A numbat") };
    world.assignee.client.assignee_note(source.ticket_id, &internal).await.unwrap();
    let merge = world.assignee.client.merge(target.ticket_id, &[source.ticket_id]).await.unwrap();
    let reference = source.reference();
    for q in ["aardvark", "okapi", "pangolin", "quokka", "okapi charged", &reference] {
        for who in [&world.admin, &world.assignee, &world.customer] {
            assert_eq!(numbers(who, q).await, [target.number], "{q} by {}", who.email);
        }
    }
    for q in ["wombat", "numbat"] {
        assert_eq!(numbers(&world.assignee, q).await, [target.number], "{q}");
        assert_eq!(numbers(&world.customer, q).await, NONE, "{q}");
    }
    world.assignee.client.undo_merge(merge.merge_id).await.unwrap();
    for q in ["aardvark", "okapi", "pangolin", "quokka", "wombat", "numbat"] {
        assert_eq!(numbers(&world.assignee, q).await, [source.number], "{q}");
    }
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_or_finds_nothing() {
    let world = scene().await;
    for limit in [0, 51] {
        let error = world.admin.client.search(&SearchFilter { q: "refund".to_owned(), limit: Some(limit) }).await;
        assert!(error.unwrap_err().about("limit").is_some(), "{limit}");
    }
    let few = world.admin.client.search(&SearchFilter { q: "refund".to_owned(), limit: Some(2) }).await.unwrap();
    assert_eq!((few.hits.len(), few.more), (2, true));
    assert!(!search(&world.admin, "refund").await.more);
    let long = "refund ".repeat(28);
    assert_eq!(numbers(&world.customer, &long).await, [1002, 1006, 1001]);
    let endless = "r".repeat(200);
    for q in [
        "",
        "  ",
        "--",
        "\"",
        "a OR b",
        "NEAR(a b)",
        "internal : zebra",
        "internal:zebra",
        "{public internal} : zebra",
        "^refund*x",
        "\" OR *",
        "refund) OR (zebra",
        "\0",
        "zebra\0",
        "re\0fund",
        "%",
        "\u{200B}",
        "\u{301}",
        "ª",
        "١٢٣",
        "x\u{1F600}y",
        &endless,
    ] {
        for who in [&world.admin, &world.customer] {
            let found = search(who, q).await;
            assert!(found.hits.len() < 6, "{q:?}");
        }
        assert!(!numbers(&world.customer, q).await.contains(&1004), "{q:?}");
    }
    assert_eq!(numbers(&world.customer, "internal : zebra").await, NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_many_tickets_finds_the_rare_and_the_newest_of_the_frequent() {
    let world = World::new().await;
    api::seed::tickets(&world.app, 900, 900, |_| {}).await.unwrap();
    let rare = file(&world.customer, "Kaleidoscope", "It appears once.").await;
    world.clock.advance(60);
    for (who, q) in [
        (&world.admin, "kaleid"),
        (&world.admin, "kaleidoscoep"),
        (&world.admin, "kaleidoscope it"),
        (&world.assignee, "kaleid"),
        (&world.customer, "kaleid"),
    ] {
        assert_eq!(numbers(who, q).await, [rare.number], "{q} by {}", who.email);
    }
    for q in ["the", "t", "th", "the is", "i t"] {
        let found = search(&world.admin, q).await;
        assert_eq!((found.hits.len(), found.more), (20, true), "{q}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_were_attached_before_are_found_after_the_next_start() {
    let world = scene().await;
    let forget = "DELETE FROM words WHERE (rowid & (1 << 19)) <> 0;
                  INSERT INTO unindexed_files SELECT id FROM files WHERE owner_kind <> 'NONE';";
    world.app.db.write(move |tx| Ok(tx.execute_batch(forget)?)).await.unwrap();
    assert_eq!(numbers(&world.assignee, "passport").await, NONE);
    api::search::files::catch_up(&world.app).await.unwrap();
    assert_eq!(numbers(&world.assignee, "passport").await, [1002]);
    assert_eq!(numbers(&world.customer, "passport").await, NONE);
    assert_eq!(numbers(&world.customer, "receipt").await, [1001]);
}

#[tokio::test]
async fn a_split_ticket_is_found_by_the_files_it_took_along() {
    let world = scene().await;
    let all = world.customer.client.tickets(&TicketFilter::default()).await.unwrap().items;
    let id: TicketId = all.iter().find(|ticket| ticket.number == 1001).unwrap().ticket_id;
    let replied = world.customer.client.replies(id, &Default::default()).await.unwrap().items.remove(0);
    let new = NewSplit { subject: "Apart".to_owned(), category: None, priority: None };
    let split = world.admin.client.split(replied.reply_id, &new).await.unwrap();
    assert!(numbers(&world.customer, "receipt").await.contains(&split.number));
}

#[tokio::test]
async fn the_newest_places_of_a_word_are_read_without_sorting_all_of_them() {
    let world = World::new().await;
    let plan: Vec<String> = world
        .app
        .db
        .read(|db| {
            let mut statement = db.prepare(
                "EXPLAIN QUERY PLAN SELECT rowid FROM words WHERE words MATCH 'x OR y' ORDER BY rowid DESC LIMIT 9",
            )?;
            let rows = statement.query_map([], |row| row.get(3))?.collect::<Result<_, _>>()?;
            Ok(rows)
        })
        .await
        .unwrap();
    assert!(!plan.is_empty() && plan.iter().all(|step| !step.contains("TEMP B-TREE")), "{plan:?}");
}
