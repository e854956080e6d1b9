//! Mentions and notifications: what concerns somebody of staff and was done by others, theirs alone.

use crate::{
    feed::{Feed, Heard},
    world::{Member, World, missing, new_ticket, note, reply},
};
use api::{clock::Timestamp, people, sessions::actions::begin};
use contract::{
    Code, Role,
    endpoints::Method,
    event::What,
    id::{NotificationId, TicketId},
    mention,
    note::NewNote,
    notification::{NOTIFICATIONS_KEPT, NotificationKind as Kind, Notifications},
    outbox::NewOutboxMessage,
    page::Paging,
    ticket::{NewEscalation, Status},
};

async fn of(who: &Member) -> Notifications {
    who.client.notifications(&Paging::default()).await.unwrap()
}

/// Which, newest first.
async fn kinds(who: &Member) -> Vec<Kind> {
    of(who).await.items.iter().map(|notification| notification.kind).collect()
}

fn mentioning(name: &str, who: &Member) -> NewNote {
    note(&format!("Please look, {}!", mention::written(name, who.id)))
}

/// A ticket that the assignee works, of whose assignment nobody is left to be told.
async fn quiet(world: &World) -> TicketId {
    let id = world.assigned().await.ticket_id;
    world.assignee.client.see_all_notifications().await.unwrap();
    id
}

fn escalation() -> NewEscalation {
    serde_json::from_str(r#"{"reason":"It takes too long"}"#).unwrap()
}

#[tokio::test]
async fn a_mention_notifies_and_makes_a_follower_who_sees_the_ticket() {
    let world = World::new().await;
    let (sam, lin) = (&world.assignee, &world.other_assignee);
    let id = quiet(&world).await;
    assert_eq!(lin.client.look_at(id).await.unwrap_err().code, Code::NotFound);
    sam.client.assignee_note(id, &mentioning("Lin Chen", lin)).await.unwrap();

    let told = of(lin).await;
    let [only] = told.items.as_slice() else { panic!("one notification: {told:?}") };
    assert_eq!((only.kind, only.ticket_id, only.seen, told.unread), (Kind::Mentioned, id, false, 1));
    let about = only.about.as_ref().unwrap();
    assert_eq!((about.actor.id, about.subject.as_str()), (sam.id, "Charged twice"));
    assert!(lin.client.look_at(id).await.unwrap().following);
    let events = sam.client.events_of(id, &Paging::default()).await.unwrap().items;
    assert!(matches!(&events.last().unwrap().what, What::FollowerAdded { follower } if follower.id == lin.id));
    assert_eq!(of(sam).await.unread, 0, "nobody is told of their own deeds");

    sam.client.assignee_note(id, &mentioning("Lin Chen", lin)).await.unwrap();
    assert_eq!(of(lin).await.unread, 2, "who follows already is told again");
    lin.client.assignee_note(id, &mentioning("Sam Reed", sam)).await.unwrap();
    assert_eq!(of(sam).await.items[0].kind, Kind::Mentioned);
    assert!(!sam.client.look_at(id).await.unwrap().following, "who works on it need not follow");
    sam.client.assignee_note(id, &mentioning("Sam Reed", sam)).await.unwrap();
    assert_eq!(of(sam).await.unread, 1, "nobody is told that they mentioned themselves");
}

#[tokio::test]
async fn a_note_says_the_name_that_somebody_has() {
    let world = World::new().await;
    let id = quiet(&world).await;
    let new = mentioning("Ada Boss", &world.other_assignee);
    let kept = world.assignee.client.assignee_note(id, &new).await.unwrap();
    assert_eq!(mention::plain(&kept.body), "Please look, @Lin Chen!");
    let all = world.assignee.client.notes(id, &Paging::default()).await.unwrap().items;
    assert_eq!((&all[0].body, &world.assignee.client.note(kept.note_id).await.unwrap().body), (&kept.body, &kept.body));
}

#[tokio::test]
async fn only_active_staff_can_be_mentioned_and_twenty_at_most() {
    let world = World::new().await;
    let id = quiet(&world).await;
    people::actions::disable(&world.app, &world.other_assignee.email).await.unwrap();
    let unknown = Member { id: contract::id::PersonId(missing().0), ..world.admin.clone() };
    let mut answers = Vec::new();
    for nobody in [&world.customer, &world.other_assignee, &unknown] {
        let refused = world.assignee.client.assignee_note(id, &mentioning("Somebody", nobody)).await.unwrap_err();
        assert_eq!((refused.code, refused.errors[0].field.as_str()), (Code::InvalidFields, "body"));
        answers.push(refused.errors[0].message.clone());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "who exists is not told: {answers:?}");
    let everybody: String = (0..21)
        .map(|n: u32| mention::written("Somebody", contract::id::PersonId(uuid::Uuid::from_u128(u128::from(n)))))
        .collect();
    let refused = world.assignee.client.assignee_note(id, &note(&everybody)).await.unwrap_err();
    assert_eq!(refused.errors[0].message, "Mention at most 20 people: this mentions 21.");
    assert!(world.assignee.client.notes(id, &Paging::default()).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn an_assignment_a_customers_reply_an_escalation_and_a_held_message_are_told() {
    let world = World::new().await;
    let (sam, lin, mira) = (&world.assignee, &world.other_assignee, &world.customer);
    let id = world.assigned().await.ticket_id;
    assert_eq!(kinds(sam).await, [Kind::Assigned]);
    world.admin.client.add_follower(id, lin.id).await.unwrap();
    world.admin.client.add_follower(id, world.colleague.id).await.unwrap();

    mira.client.customer_reply(id, &reply("Any news?")).await.unwrap();
    assert_eq!(kinds(sam).await, [Kind::CustomerReplied, Kind::Assigned]);
    assert_eq!(kinds(lin).await, [Kind::CustomerReplied], "who follows hears of the customer's reply");
    assert_eq!(kinds(&world.admin).await, [], "who only sees it does not");

    sam.client.assignee_reply(id, &reply("Soon.")).await.unwrap();
    assert_eq!(kinds(lin).await.len(), 1, "of a colleague's reply nobody is notified");
    mira.client.escalate(id, &escalation()).await.unwrap();
    assert_eq!(kinds(sam).await[0], Kind::Escalated);
    sam.client.escalate(id, &escalation()).await.unwrap();
    assert_eq!(kinds(sam).await.len(), 3, "nor of their own escalation");
    assert_eq!(kinds(lin).await.len(), 1, "a follower is not told of escalations");

    let message = NewOutboxMessage { body: "Here it is.".to_owned(), ..NewOutboxMessage::default() };
    let waiting = sam.client.put_in_outbox(id, &message).await.unwrap();
    world.admin.client.take_back(waiting.message_id).await.unwrap();
    assert_eq!(kinds(sam).await[0], Kind::Held);

    let mine = world.ticket().await.ticket_id;
    sam.client.claim(mine).await.unwrap();
    assert_eq!(kinds(sam).await.len(), 4, "who claims a ticket knows");
}

#[tokio::test]
async fn opening_the_ticket_sees_what_was_told_of_it_and_nothing_else_does() {
    let world = World::new().await;
    let sam = &world.assignee;
    let (first, second) = (world.assigned().await.ticket_id, world.assigned().await.ticket_id);
    world.customer.client.customer_reply(first, &reply("One")).await.unwrap();
    assert_eq!(of(sam).await.unread, 3);
    sam.client.look_at(first).await.unwrap();
    world.admin.client.ticket(first).await.unwrap();
    assert_eq!(of(sam).await.unread, 3, "looking ahead is not opening, and others open for themselves");
    sam.client.ticket(first).await.unwrap();
    let told = of(sam).await;
    assert_eq!(told.unread, 1);
    assert!(told.items.iter().all(|notification| notification.seen == (notification.ticket_id == first)));

    let one = told.items.iter().find(|notification| notification.ticket_id == second).unwrap();
    sam.client.see_notification(one.notification_id).await.unwrap();
    sam.client.see_notification(one.notification_id).await.unwrap();
    assert_eq!(of(sam).await.unread, 0);
    world.customer.client.customer_reply(first, &reply("Two")).await.unwrap();
    world.customer.client.customer_reply(second, &reply("Three")).await.unwrap();
    assert_eq!(of(sam).await.unread, 2);
    sam.client.see_all_notifications().await.unwrap();
    assert_eq!(of(sam).await.unread, 0);
}

#[tokio::test]
async fn what_somebody_does_from_afar_marks_nothing_as_seen_that_they_had_not_seen() {
    let world = World::new().await;
    let (sam, id) = (&world.assignee, quiet(&world).await);
    let listed = async || sam.client.tickets(&Default::default()).await.unwrap().items[0].unread;
    sam.client.ticket(id).await.unwrap();
    sam.client.assignee_status(id, Status::InProgress).await.unwrap();
    assert!(!listed().await, "one's own deed is no news");
    world.customer.client.customer_reply(id, &reply("One thing more")).await.unwrap();
    sam.client.assignee_status(id, Status::Waiting).await.unwrap();
    assert!(listed().await, "the reply was not read");
    assert_eq!(of(sam).await.unread, 1);
    sam.client.ticket(id).await.unwrap();
    assert_eq!((listed().await, of(sam).await.unread), (false, 0));
}

#[tokio::test]
async fn opening_a_ticket_sees_what_was_told_of_it_also_when_nothing_there_is_unread() {
    let world = World::new().await;
    let (sam, id) = (&world.assignee, quiet(&world).await);
    sam.client.ticket(id).await.unwrap();
    world.customer.client.customer_reply(id, &reply("One thing more")).await.unwrap();
    world.app.db.write(|tx| Ok(tx.execute("UPDATE seen SET seq = 1000000", [])?)).await.unwrap();
    assert_eq!((sam.client.look_at(id).await.unwrap().unread, of(sam).await.unread), (false, 1));
    sam.client.ticket(id).await.unwrap();
    assert_eq!(of(sam).await.unread, 0);
}

#[tokio::test]
async fn who_lost_sight_of_a_ticket_learns_nothing_more_of_it() {
    let world = World::new().await;
    let (sam, lin) = (&world.assignee, &world.other_assignee);
    let id = world.assigned().await.ticket_id;
    world.customer.client.customer_reply(id, &reply("Any news?")).await.unwrap();
    world.admin.client.assign(id, lin.id).await.unwrap();
    let told = of(sam).await;
    assert_eq!((told.items.len(), told.unread), (2, 2));
    assert!(told.items.iter().all(|notification| notification.about.is_none()));
    let raw = world.ask(sam, "GET", "/desk/1.0.0/notifications", None).await;
    assert!(!raw.body.contains("Charged") && !raw.body.contains("Mira"), "{}", raw.body);
    sam.client.see_notification(told.items[0].notification_id).await.unwrap();
    world.customer.client.customer_reply(id, &reply("Hello?")).await.unwrap();
    assert_eq!((of(sam).await.items.len(), of(sam).await.unread), (2, 1));
    assert!(of(lin).await.items.iter().all(|notification| notification.about.is_some()));
}

#[tokio::test]
async fn everybody_has_their_own_and_a_customer_has_none() {
    let world = World::new().await;
    world.assigned().await;
    let id = of(&world.assignee).await.items[0].notification_id;
    for stranger in [&world.other_assignee, &world.admin] {
        assert_eq!(stranger.client.see_notification(id).await.unwrap_err().code, Code::NotFound);
    }
    let none = NotificationId(missing().0);
    assert_eq!(world.assignee.client.see_notification(none).await.unwrap_err().code, Code::NotFound);
    for path in ["", "/seen", &format!("/{id}/seen"), &format!("/{none}/seen")] {
        let method = if path.is_empty() { "GET" } else { "PUT" };
        let answer = world.ask(&world.customer, method, &format!("/desk/1.0.0/notifications{path}"), None).await;
        assert_eq!(answer.code(), Code::NotFound, "{path}");
    }
    assert_eq!(of(&world.assignee).await.unread, 1);
}

#[tokio::test]
async fn pages_meet_without_gap_or_overlap_and_old_ones_are_forgotten() {
    let world = World::new().await;
    for _ in 0..5 {
        world.assigned().await;
    }
    let all: Vec<_> = of(&world.assignee).await.items;
    let (mut found, mut cursor) = (Vec::new(), None);
    loop {
        let page = world.assignee.client.notifications(&Paging { page_size: Some(2), cursor }).await.unwrap();
        assert_eq!(page.unread, 5);
        found.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(found, all);
    for (seconds, left) in [(NOTIFICATIONS_KEPT, 5), (1, 0)] {
        world.clock.advance(seconds);
        api::notifications::forget(&world.app).await.unwrap();
        let sam = world.assignee.id;
        let begun = world.app.db.write(move |tx| begin(tx, sam, "tests", 3600)).await.unwrap();
        let client = world.nobody().with_token(begun.access_token);
        assert_eq!(client.notifications(&Paging::default()).await.unwrap().unread, left, "they are kept for 90 days");
    }
}

#[tokio::test]
async fn the_feed_of_whom_it_concerns_says_that_there_is_something_and_no_other_feed_does() {
    let world = World::new().await;
    let id = quiet(&world).await;
    let mut lin = Feed::open(&world.other_assignee, None).await;
    let mut mira = Feed::open(&world.customer, None).await;
    for feed in [&mut lin, &mut mira] {
        assert!(matches!(feed.next().await, Heard::Named(name, _) if name == "ready"));
    }
    world.assignee.client.assignee_note(id, &mentioning("Lin Chen", &world.other_assignee)).await.unwrap();
    assert_eq!(named(&mut lin).await, ("notifications".to_owned(), "{}".to_owned()));
    world.other_assignee.client.ticket(id).await.unwrap();
    assert_eq!(named(&mut lin).await.0, "notifications", "it is told that they were seen, too");
    world.assignee.client.assignee_reply(id, &reply("Hello")).await.unwrap();
    assert!(matches!(mira.next().await, Heard::Event(event) if matches!(event.what, What::Replied { .. })));
}

/// The next block that is no event.
async fn named(feed: &mut Feed) -> (String, String) {
    loop {
        if let Heard::Named(name, data) = feed.next().await {
            return (name, data);
        }
    }
}

#[tokio::test]
async fn no_mention_and_no_notification_reaches_a_customers_side() {
    let world = World::new().await;
    let id = quiet(&world).await;
    world.customer.client.add_follower(id, world.colleague.id).await.unwrap();
    let kept = world.assignee.client.assignee_note(id, &mentioning("Lin Chen", &world.other_assignee)).await.unwrap();
    world.customer.client.customer_reply(id, &reply("Any news?")).await.unwrap();
    let told = of(&world.other_assignee).await.items;
    let lin = world.other_assignee.id.to_string();
    for reader in [&world.customer, &world.colleague] {
        for route in api::routes::table() {
            let endpoint = route.operation.endpoint();
            let about_people = endpoint.path.contains("{personId}") || endpoint.path.contains("{kind}");
            if endpoint.method != Method::Get || endpoint.path == "/events" || about_people {
                continue;
            }
            let ids =
                [id.to_string(), kept.note_id.to_string(), reader.id.to_string(), told[0].notification_id.to_string()];
            for one in ids {
                let path = match (endpoint.path.find('{'), endpoint.path.find('}')) {
                    (Some(from), Some(to)) => format!("{}{one}{}", &endpoint.path[..from], &endpoint.path[to + 1..]),
                    _ => endpoint.path.to_owned(),
                };
                let body = world.ask(reader, "GET", &format!("{}{path}", endpoint.base), None).await.body;
                for secret in ["person:", "@[", "Lin Chen", "unread\":1", lin.as_str()] {
                    assert!(!body.contains(secret), "{secret} in {path}: {body}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_notification_is_on_the_same_disk_as_its_event_or_neither_is() {
    let world = World::new().await;
    let id = quiet(&world).await;
    let unknown = mention::written("Nobody", contract::id::PersonId(missing().0));
    let both = format!("{} {unknown}", mention::written("Lin Chen", world.other_assignee.id));
    world.assignee.client.assignee_note(id, &note(&both)).await.unwrap_err();
    assert_eq!(of(&world.other_assignee).await, Notifications::default());
    assert_eq!(world.other_assignee.client.look_at(id).await.unwrap_err().code, Code::NotFound);
    let at = Timestamp(world.clock.now().0).text();
    world.assignee.client.assignee_note(id, &mentioning("Lin Chen", &world.other_assignee)).await.unwrap();
    assert_eq!(of(&world.other_assignee).await.items[0].at, at);
    world.member("New", "new@staff.example", Role::Assignee, None).await;
    world.other.client.create_ticket(&new_ticket("Another")).await.unwrap();
    assert_eq!(of(&world.other_assignee).await.unread, 1);
}
