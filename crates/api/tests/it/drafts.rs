//! Drafts: what staff are writing, and what they wrote before.

use crate::world::{Member, World, missing, note, reply};
use api::sessions::actions::begin;
use contract::{
    Code,
    draft::{Draft, DraftEdit, DraftKind, SavedDraft, VERSIONS_KEPT, VERSIONS_MAX},
    endpoints::Method,
    id::TicketId,
    page::Paging,
    text::BODY_MAX,
};

use DraftKind::{Note, Reply};

/// A text, by who has this version before them.
fn typed(text: &str, based_on: i64) -> DraftEdit {
    DraftEdit { text: text.to_owned(), based_on: Some(based_on), ..DraftEdit::default() }
}

async fn save(who: &Member, id: TicketId, kind: DraftKind, edit: DraftEdit) -> SavedDraft {
    who.client.save_draft(id, kind, &edit).await.unwrap()
}

async fn draft(who: &Member, id: TicketId, kind: DraftKind) -> Draft {
    let drafts = who.client.ticket_drafts(id).await.unwrap();
    drafts.into_iter().find(|draft| draft.kind == kind).unwrap()
}

async fn versions(who: &Member, id: TicketId, kind: DraftKind) -> Vec<String> {
    let page = who.client.draft_versions(id, kind, &Paging::default()).await.unwrap();
    page.items.into_iter().map(|version| version.text).collect()
}

/// Sessions do not last as long as versions.
async fn signed_in_again(world: &World, who: &Member) -> Member {
    let id = who.id;
    let token = world.app.db.write(move |tx| begin(tx, id, "later", 3600)).await.unwrap().access_token;
    Member { client: world.nobody().with_token(token.clone()), token, ..who.clone() }
}

#[tokio::test]
async fn each_author_ticket_and_kind_has_a_draft_of_its_own() {
    let world = World::new().await;
    let (one, two) = (world.assigned().await.ticket_id, world.assigned().await.ticket_id);
    for (who, id, kind, text) in [
        (&world.assignee, one, Reply, "Dear Mira"),
        (&world.assignee, one, Note, "Looks odd"),
        (&world.assignee, two, Reply, "Another"),
        (&world.admin, one, Reply, "From above"),
    ] {
        assert_eq!(save(who, id, kind, typed(text, 0)).await.draft.text, text);
    }
    let of = async |who: &Member, id| {
        let drafts = who.client.ticket_drafts(id).await.unwrap();
        drafts.into_iter().map(|draft| (draft.kind, draft.text)).collect::<Vec<_>>()
    };
    assert_eq!(of(&world.assignee, one).await, [(Reply, "Dear Mira".to_owned()), (Note, "Looks odd".to_owned())]);
    assert_eq!(of(&world.assignee, two).await, [(Reply, "Another".to_owned())]);
    assert_eq!(of(&world.admin, one).await, [(Reply, "From above".to_owned())]);
    assert_eq!(of(&world.admin, two).await, []);
}

#[tokio::test]
async fn a_draft_reaches_nobody_but_its_author() {
    const CANARY: &str = "canaryd3q";
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    for kind in [Reply, Note] {
        let first = save(&world.assignee, id, kind, typed(&format!("{CANARY} and on"), 0)).await.draft;
        save(&world.assignee, id, kind, DraftEdit { keeps_earlier: true, ..typed(CANARY, first.version) }).await;
    }
    for reader in [&world.customer, &world.colleague, &world.other, &world.other_assignee, &world.admin] {
        for route in api::routes::table() {
            let endpoint = route.operation.endpoint();
            if endpoint.method != Method::Get || endpoint.path == "/events" {
                continue;
            }
            let path = endpoint.route().replace("{ticketId}", &id.to_string());
            for kind in ["REPLY", "NOTE"] {
                let answer = world.ask(reader, "GET", &path.replace("{kind}", kind), None).await;
                assert!(!answer.body.contains(CANARY), "{path}: {}", answer.body);
            }
        }
        let seen = format!("/finsupport/1.0.0/tickets/{id}/seen");
        assert!(!world.ask(reader, "PUT", &seen, None).await.body.contains(CANARY));
    }
    assert_eq!(
        versions(&world.assignee, id, Note).await,
        [format!("{CANARY} and on")],
        "the canary is there to be found"
    );
}

#[tokio::test]
async fn whoever_does_not_see_the_ticket_cannot_tell_it_from_a_missing_one() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    save(&world.assignee, id, Reply, typed("Dear Mira", 0)).await;
    for who in [&world.customer, &world.other_assignee] {
        for (method, path, body) in [
            ("GET", "drafts", None),
            ("PUT", "drafts/REPLY", Some(r#"{"text":"x"}"#)),
            ("DELETE", "drafts/REPLY", None),
            ("GET", "drafts/REPLY/versions", None),
        ] {
            let hidden = world.ask(who, method, &format!("/desk/1.0.0/tickets/{id}/{path}"), body).await.problem();
            let none =
                world.ask(who, method, &format!("/desk/1.0.0/tickets/{}/{path}", missing()), body).await.problem();
            assert_eq!((hidden.code, &hidden.detail), (Code::NotFound, &none.detail), "{method} {path}");
        }
    }
    let unknown = format!("/desk/1.0.0/tickets/{id}/drafts/LETTER");
    let answer = world.ask(&world.assignee, "PUT", &unknown, Some(r#"{"text":"x"}"#)).await;
    assert_eq!(answer.code(), Code::NotFound);
}

#[tokio::test]
async fn a_text_that_stood_or_that_mostly_goes_becomes_an_earlier_version() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let sam = &world.assignee;
    // Seconds since the last save, what is typed, and whether what was there is kept.
    let table = [
        (0, "Dear", false),
        (2, "Dear Mira", false),
        (60, "Dear Mira, thank", false),
        (61, "Dear Mira, thank you.", true),
        (2, "Dear Mira.", true),
        (2, "Dear", true),
        (2, "Dear M", false),
        (2, "", true),
        (90, "Anew", false),
    ];
    let (mut version, mut last, mut kept) = (0, String::new(), Vec::new());
    for (seconds, text, keeps) in table {
        world.clock.advance(seconds);
        if keeps {
            kept.insert(0, last.clone());
        }
        let saved = save(sam, id, Reply, typed(text, version)).await;
        assert_eq!((saved.draft.text.as_str(), saved.other), (text, None));
        assert_eq!(versions(sam, id, Reply).await, kept, "after {text:?}");
        assert_eq!(saved.draft.earlier, kept.len() as i64);
        (version, last) = (saved.draft.version, text.to_owned());
    }
}

#[tokio::test]
async fn an_earlier_version_is_restored_and_what_it_replaces_is_kept() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let sam = &world.assignee;
    save(sam, id, Reply, typed("A long and careful answer", 0)).await;
    let short = save(sam, id, Reply, typed("Short one", 1)).await.draft;
    let earlier = sam.client.draft_versions(id, Reply, &Paging::default()).await.unwrap().items.remove(0);
    let restored = DraftEdit { keeps_earlier: true, ..typed(&earlier.text, short.version) };
    assert_eq!(save(sam, id, Reply, restored).await.draft.text, "A long and careful answer");
    assert_eq!(versions(sam, id, Reply).await, ["Short one", "A long and careful answer"]);
}

#[tokio::test]
async fn of_two_windows_neither_loses_its_text() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let sam = &world.assignee;
    let first = save(sam, id, Reply, typed("Dear", 0)).await.draft;
    let one = save(sam, id, Reply, typed("Dear Mira", first.version)).await;
    let two = save(sam, id, Reply, typed("Dear Ms Okafor", first.version)).await;
    assert_eq!(one.other, None);
    assert_eq!(two.draft.text, "Dear Ms Okafor");
    assert_eq!(two.other.unwrap().text, "Dear Mira");
    assert_eq!(versions(sam, id, Reply).await, ["Dear Mira"]);

    // What was typed in the other browser before that, and reaches us only now.
    world.clock.advance(30);
    let late = DraftEdit { typed_ago: Some(40), ..typed("Hello Mira", first.version) };
    let stood_back = save(sam, id, Reply, late).await;
    assert_eq!(stood_back.draft.text, "Dear Ms Okafor");
    assert_eq!(stood_back.other.unwrap().text, "Hello Mira");
    assert_eq!(versions(sam, id, Reply).await, ["Hello Mira", "Dear Mira"]);

    // Whoever has seen neither empties neither.
    save(sam, id, Reply, typed("", first.version)).await;
    assert_eq!(draft(sam, id, Reply).await.text, "Dear Ms Okafor");
}

#[tokio::test]
async fn sending_empties_the_draft_of_its_kind_and_a_refused_one_does_not() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let sam = &world.assignee;
    save(sam, id, Reply, typed("Dear Mira", 0)).await;
    save(sam, id, Note, typed("Looks odd", 0)).await;
    save(&world.admin, id, Reply, typed("From above", 0)).await;
    let refused = sam.client.assignee_reply(id, &reply(" ")).await.unwrap_err();
    assert_eq!((refused.code, draft(sam, id, Reply).await.text.as_str()), (Code::InvalidFields, "Dear Mira"));

    sam.client.assignee_reply(id, &reply("Dear Mira, done.")).await.unwrap();
    assert_eq!(
        (draft(sam, id, Reply).await.text, draft(sam, id, Note).await.text),
        (String::new(), "Looks odd".to_owned())
    );
    sam.client.assignee_note(id, &note("Looks odd.")).await.unwrap();
    assert_eq!(draft(sam, id, Note).await.text, "");
    assert_eq!(
        (versions(sam, id, Reply).await, versions(sam, id, Note).await),
        (vec!["Dear Mira".to_owned()], vec!["Looks odd".to_owned()])
    );
    assert_eq!(draft(&world.admin, id, Reply).await.text, "From above");
    assert!(sam.client.drafts(&Paging::default()).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn a_ticket_given_to_somebody_else_leaves_its_former_assignee_their_words() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let sam = &world.assignee;
    save(sam, id, Reply, typed("Dear Mira", 0)).await;
    let mine = async || sam.client.drafts(&Paging::default()).await.unwrap().items;
    assert_eq!(mine().await[0].subject.as_deref(), Some("Charged twice"));
    world.admin.client.assign(id, world.other_assignee.id).await.unwrap();
    assert_eq!(sam.client.ticket(id).await.unwrap_err().code, Code::NotFound);
    let left = mine().await;
    assert_eq!((left.len(), left[0].text.as_str(), left[0].subject.as_deref()), (1, "Dear Mira", None));
    // The sentence under way when it happened is saved too; another draft cannot be begun.
    save(sam, id, Reply, typed("Dear Mira, I", 1)).await;
    let begun = sam.client.save_draft(id, Note, &typed("A note", 0)).await.unwrap_err();
    assert_eq!(begun.code, Code::NotFound);
    sam.client.discard_draft(id, Reply).await.unwrap();
    assert!(mine().await.is_empty());
    assert_eq!(versions(sam, id, Reply).await, ["Dear Mira, I"]);
}

#[tokio::test]
async fn the_list_of_drafts_is_newest_first_and_comes_in_pages() {
    let world = World::new().await;
    let mut expected = Vec::new();
    for number in 0..5 {
        let id = world.assigned().await.ticket_id;
        save(&world.assignee, id, Reply, typed(&format!("Draft {number}"), 0)).await;
        expected.insert(0, format!("Draft {number}"));
        world.clock.advance(i64::from(number % 2));
    }
    expected.sort_by(|one, other| other.cmp(one));
    let (mut found, mut cursor) = (Vec::new(), None);
    loop {
        let page = world.assignee.client.drafts(&Paging { page_size: Some(2), cursor }).await.unwrap();
        assert!(page.items.len() <= 2);
        found.extend(page.items.into_iter().map(|draft| draft.text));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    found.sort_by(|one, other| other.cmp(one));
    assert_eq!(found, expected);
}

#[tokio::test]
async fn as_much_is_kept_as_was_said() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let sam = &world.assignee;
    let too_long = sam.client.save_draft(id, Reply, &typed(&"x".repeat(BODY_MAX + 1), 0)).await.unwrap_err();
    assert_eq!((too_long.code, too_long.about("text").is_some()), (Code::InvalidFields, true));
    let mut version = 0;
    for number in 0..VERSIONS_MAX + 5 {
        world.clock.advance(61);
        version = save(sam, id, Reply, typed(&format!("Draft {number}"), version)).await.draft.version;
    }
    let kept = versions(sam, id, Reply).await;
    assert_eq!(
        (kept.len() as i64, kept[0].as_str(), kept.last().unwrap().as_str()),
        (VERSIONS_MAX, "Draft 23", "Draft 4")
    );

    sam.client.discard_draft(id, Reply).await.unwrap();
    world.clock.advance(VERSIONS_KEPT);
    let sam = signed_in_again(&world, sam).await;
    api::drafts::forget(&world.app).await.unwrap();
    assert_eq!(versions(&sam, id, Reply).await[0], "Draft 24", "kept for 30 days from when it was replaced");
    world.clock.advance(1);
    api::drafts::forget(&world.app).await.unwrap();
    assert!(sam.client.ticket_drafts(id).await.unwrap().is_empty());
}

#[tokio::test]
async fn saving_a_draft_stirs_nothing() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.admin.client.ticket(id).await.unwrap();
    let before = world.admin.client.tickets(&Default::default()).await.unwrap().items.remove(0);
    let events = async || world.admin.client.events_of(id, &Paging::default()).await.unwrap().items.len();
    let earlier = events().await;
    world.clock.advance(3600);
    save(&world.assignee, id, Reply, typed("Dear Mira", 0)).await;
    assert_eq!(world.admin.client.tickets(&Default::default()).await.unwrap().items.remove(0), before);
    assert_eq!(events().await, earlier);
}

#[tokio::test]
async fn a_text_that_is_there_already_is_not_written_again() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let first = save(&world.assignee, id, Reply, typed("Dear Mira", 0)).await.draft;
    world.clock.advance(3600);
    assert_eq!(save(&world.assignee, id, Reply, typed("Dear Mira", 0)).await.draft, first);
}
