//! The outbox: what is sent at the desk waits, can be taken back, and goes out once or is held.

use crate::world::{Member, World, new_ticket, note, reply};
use api::{App, config::Config, outbox::delivery::deliver_due, people};
use contract::{
    Code, Role,
    endpoints::Method,
    event::What,
    file::{File, FileFilter, OwnerKind},
    id::TicketId,
    notification::NotificationKind,
    outbox::{NewOutboxMessage, OutboxMessage, OutboxSend},
    page::Paging,
    reply::NewReply,
    ticket::{Status, TicketFilter},
};
use futures::StreamExt;
use std::time::Duration;

const NOW: OutboxSend = OutboxSend { anyway: false };
const ANYWAY: OutboxSend = OutboxSend { anyway: true };

fn message(body: &str) -> NewOutboxMessage {
    NewOutboxMessage { body: body.to_owned(), ..NewOutboxMessage::default() }
}

async fn replies(who: &Member, ticket: TicketId) -> Vec<String> {
    let page = who.client.replies(ticket, &Paging::default()).await.unwrap();
    page.items.into_iter().map(|reply| reply.body).collect()
}

async fn waiting(who: &Member, ticket: TicketId) -> Vec<OutboxMessage> {
    who.client.outbox_of(ticket, &Paging::default()).await.unwrap().items
}

async fn upload(who: &Member, name: &str) -> File {
    who.client.upload_all(vec![(name.to_owned(), "text".into())]).await.unwrap().remove(0)
}

/// The last event that the assignee sees.
async fn seen(world: &World, ticket: TicketId) -> i64 {
    world.assignee.client.events_of(ticket, &Paging::default()).await.unwrap().items.last().unwrap().seq
}

async fn pass(world: &World, seconds: i64) {
    world.clock.advance(seconds);
    deliver_due(&world.app).await.unwrap();
}

#[tokio::test]
async fn a_reply_waits_and_is_sent_once_when_its_time_has_come() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let put = NewOutboxMessage { status: Some(Status::Waiting), ..message("Which day was it?") };
    let put = world.assignee.client.put_in_outbox(id, &put).await.unwrap();
    assert_eq!((put.seconds_left, put.held.is_none(), put.author.id), (10, true, world.assignee.id));
    pass(&world, 9).await;
    assert_eq!(replies(&world.customer, id).await, [""; 0]);
    assert_eq!(waiting(&world.admin, id).await[0].seconds_left, 1);
    pass(&world, 1).await;
    pass(&world, 3600).await;
    assert_eq!(replies(&world.customer, id).await, ["Which day was it?"]);
    assert!(waiting(&world.assignee, id).await.is_empty());
    let ticket = world.customer.client.ticket(id).await.unwrap();
    assert_eq!(ticket.status, Status::Waiting, "the ticket moves when the reply is sent");
    let replied = world.customer.client.replies(id, &Paging::default()).await.unwrap().items.remove(0);
    assert_eq!(replied.author.id, world.assignee.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_deliveries_at_once_one_sends() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    for n in 0..5 {
        world.assignee.client.put_in_outbox(id, &message(&format!("Reply {n}"))).await.unwrap();
    }
    world.clock.advance(10);
    let deliveries: Vec<_> = (0..8)
        .map(|_| {
            let app = world.app.clone();
            tokio::spawn(async move { deliver_due(&app).await.map(drop) })
        })
        .collect();
    for delivery in deliveries {
        delivery.await.unwrap().unwrap();
    }
    assert_eq!(replies(&world.customer, id).await, ["Reply 0", "Reply 1", "Reply 2", "Reply 3", "Reply 4"]);
}

#[tokio::test]
async fn what_waits_survives_a_restart_and_is_sent_once() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.assignee.client.put_in_outbox(id, &message("Hello")).await.unwrap();
    world.clock.advance(3600);
    let again = App::open(world.folder.path(), Config::default(), world.clock.clone()).unwrap();
    assert_eq!(deliver_due(&again).await.unwrap(), None);
    deliver_due(&world.app).await.unwrap();
    assert_eq!(replies(&world.customer, id).await, ["Hello"]);
}

#[tokio::test]
async fn the_same_key_puts_one_message_in() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let client = world.assignee.client.with_idempotency_key("k1");
    let first = client.put_in_outbox(id, &message("Hello")).await.unwrap();
    assert_eq!(client.put_in_outbox(id, &message("Hello")).await.unwrap(), first);
    assert_eq!(waiting(&world.assignee, id).await.len(), 1);
}

#[tokio::test]
async fn taken_back_it_gives_text_status_and_files_back_and_nothing_is_sent() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let file = upload(&world.assignee, "proof.txt").await;
    let put = NewOutboxMessage {
        file_ids: vec![file.file_id],
        status: Some(Status::Completed),
        ..message("Please see the attached proof.")
    };
    let put = world.assignee.client.put_in_outbox(id, &put).await.unwrap();
    let back = world.assignee.client.take_back(put.message_id).await.unwrap();
    assert_eq!((back.body.as_str(), back.status), ("Please see the attached proof.", Some(Status::Completed)));
    assert_eq!(back.files[0].file_id, file.file_id);
    pass(&world, 3600).await;
    assert_eq!(replies(&world.customer, id).await, [""; 0]);
    assert_eq!(world.customer.client.ticket(id).await.unwrap().status, Status::Open);
    assert_eq!(world.assignee.client.take_back(put.message_id).await.unwrap_err().code, Code::NotFound);
    let again = NewReply { file_ids: vec![file.file_id], ..reply("Now.") };
    assert_eq!(world.assignee.client.assignee_reply(id, &again).await.unwrap().files.len(), 1);
}

#[tokio::test]
async fn files_of_a_waiting_message_are_reserved_and_for_staff_only() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let file = upload(&world.assignee, "proof.txt").await;
    let later = Some("2026-11-30T09:00:00Z".to_owned());
    let put = NewOutboxMessage { file_ids: vec![file.file_id], send_at: later, ..message("Look") };
    let put = world.assignee.client.put_in_outbox(id, &put).await.unwrap();
    // Two days later the upload would have been swept.
    world.clock.advance(2 * 24 * 3600);
    api::files::sweep(&world.app).await.unwrap();
    assert_eq!(world.admin.client.file(file.file_id).await.unwrap().owner.kind, OwnerKind::Outbox);
    assert_eq!(world.customer.client.file(file.file_id).await.unwrap_err().code, Code::NotFound);
    assert!(world.customer.client.files_of_ticket(id, &Paging::default()).await.unwrap().items.is_empty());
    let elsewhere = NewReply { file_ids: vec![file.file_id], ..reply("Elsewhere") };
    assert!(world.assignee.client.assignee_reply(id, &elsewhere).await.unwrap_err().about("fileIds").is_some());
    // Taken back, it is kept for a day from now, not from when it was uploaded.
    world.assignee.client.take_back(put.message_id).await.unwrap();
    world.clock.advance(3600);
    api::files::sweep(&world.app).await.unwrap();
    assert_eq!(world.assignee.client.my_files(&FileFilter::default()).await.unwrap().items.len(), 1);
    world.clock.advance(24 * 3600);
    api::files::sweep(&world.app).await.unwrap();
    assert!(world.assignee.client.my_files(&FileFilter::default()).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn it_is_sent_at_the_chosen_time_which_can_be_changed() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let at = |text: &str| NewOutboxMessage { send_at: Some(text.to_owned()), ..message("Good morning") };
    for wrong in ["2026-11-22T07:59:59Z", "2026-11-22T08:00:00Z", "2027-02-21T08:00:01Z", "tomorrow", ""] {
        let refused = world.assignee.client.put_in_outbox(id, &at(wrong)).await.unwrap_err();
        assert!(refused.about("sendAt").is_some(), "{wrong}: {refused}");
    }
    // Nine in the morning in Berlin.
    let put = world.assignee.client.put_in_outbox(id, &at("2026-11-23T09:00:00+01:00")).await.unwrap();
    assert_eq!(put.send_at, "2026-11-23T08:00:00.000Z");
    assert_eq!(world.assignee.client.outbox_time(put.message_id, "never").await.unwrap_err().code, Code::InvalidFields);
    let moved = world.assignee.client.outbox_time(put.message_id, "2026-11-24T08:00:00Z").await.unwrap();
    assert_eq!(moved.seconds_left, 2 * 24 * 3600);
    pass(&world, 2 * 24 * 3600 - 1).await;
    assert!(replies(&world.customer, id).await.is_empty());
    pass(&world, 1).await;
    assert_eq!(replies(&world.customer, id).await, ["Good morning"]);
}

#[tokio::test]
async fn it_can_be_sent_at_once() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let put = world.assignee.client.put_in_outbox(id, &message("Hello")).await.unwrap();
    let sent = world.assignee.client.send_from_outbox(put.message_id, NOW).await.unwrap();
    assert_eq!(sent.body, "Hello");
    let twice = world.assignee.client.send_from_outbox(put.message_id, NOW).await.unwrap_err();
    assert_eq!(twice.code, Code::NotFound);
    pass(&world, 60).await;
    assert_eq!(replies(&world.customer, id).await, ["Hello"]);
}

#[tokio::test]
async fn what_others_do_meanwhile_holds_it_and_its_author_decides() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let first = world.assignee.client.put_in_outbox(id, &message("It is on its way")).await.unwrap();
    let second = world.assignee.client.put_in_outbox(id, &message("And sorry")).await.unwrap();
    world.assignee.client.assignee_note(id, &note("Mine does not count")).await.unwrap();
    world.assignee.client.assignee_reply(id, &reply("Nor does my reply")).await.unwrap();
    world.customer.client.customer_reply(id, &reply("It came already")).await.unwrap();
    pass(&world, 10).await;
    assert_eq!(replies(&world.customer, id).await, ["Nor does my reply", "It came already"]);
    let held = waiting(&world.assignee, id).await[0].held.clone().unwrap();
    assert_eq!(held.code, Code::ConversationMoved);
    assert!(held.detail.contains("Mira Okafor replied"), "{held:?}");
    let tickets = world.assignee.client.tickets(&TicketFilter::default()).await.unwrap().items;
    assert!(tickets[0].unread, "its author hears of it");
    let mine = world.assignee.client.my_outbox(&Paging::default()).await.unwrap().items;
    assert_eq!(mine.len(), 2);
    pass(&world, 3600).await;
    assert_eq!(waiting(&world.assignee, id).await.len(), 2, "it waits for its author");

    let put_off = world.assignee.client.outbox_time(first.message_id, "2026-11-23T08:00:00Z").await.unwrap_err();
    assert_eq!(put_off.code, Code::Stale);
    let refused = world.assignee.client.send_from_outbox(first.message_id, NOW).await.unwrap_err();
    assert_eq!(refused.code, Code::ConversationMoved);
    world.assignee.client.send_from_outbox(first.message_id, ANYWAY).await.unwrap();
    world.assignee.client.take_back(second.message_id).await.unwrap();
    assert_eq!(replies(&world.customer, id).await[2..], ["It is on its way"]);
    assert!(waiting(&world.assignee, id).await.is_empty());
}

#[tokio::test]
async fn sent_anyway_stays_anyway() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let anyway = NewOutboxMessage { anyway: true, ..message("Whatever happens") };
    world.assignee.client.put_in_outbox(id, &anyway).await.unwrap();
    world.customer.client.customer_reply(id, &reply("One more thing")).await.unwrap();
    pass(&world, 10).await;
    assert_eq!(replies(&world.customer, id).await, ["One more thing", "Whatever happens"]);
    assert!(world.assignee.client.tickets(&TicketFilter::default()).await.unwrap().items[0].unread);
}

#[tokio::test]
async fn a_closed_ticket_and_one_that_was_passed_on_hold_it() {
    let world = World::new().await;
    let closed = world.assigned().await.ticket_id;
    let passed = world.assigned().await.ticket_id;
    let anyway = NewOutboxMessage { anyway: true, ..message("Whatever happens") };
    world.assignee.client.put_in_outbox(closed, &anyway).await.unwrap();
    let out_of_sight = world.assignee.client.put_in_outbox(passed, &anyway).await.unwrap();
    world.customer.client.customer_close(closed, &Default::default()).await.unwrap();
    world.admin.client.assign(passed, world.other_assignee.id).await.unwrap();
    pass(&world, 10).await;
    let codes: Vec<_> = world.assignee.client.my_outbox(&Paging::default()).await.unwrap().items;
    let codes: Vec<_> = codes.into_iter().map(|message| (message.ticket_id, message.held.unwrap().code)).collect();
    assert_eq!(codes, [(closed, Code::TicketClosed), (passed, Code::Forbidden)]);
    assert!(replies(&world.customer, closed).await.is_empty() && replies(&world.customer, passed).await.is_empty());
    // Not even anyway; but the text is its author's.
    let refused = world.assignee.client.send_from_outbox(out_of_sight.message_id, ANYWAY).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    assert_eq!(world.assignee.client.take_back(out_of_sight.message_id).await.unwrap().body, "Whatever happens");
}

#[tokio::test]
async fn an_author_without_an_account_sends_nothing() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.assignee.client.put_in_outbox(id, &message("Hello")).await.unwrap();
    people::actions::disable(&world.app, &world.assignee.email).await.unwrap();
    pass(&world, 10).await;
    assert_eq!(waiting(&world.admin, id).await[0].held.as_ref().unwrap().code, Code::Forbidden);
    assert!(replies(&world.customer, id).await.is_empty());
}

#[tokio::test]
async fn what_waits_of_an_author_who_is_gone_is_told_to_an_admin_who_can_remove_it() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let file = upload(&world.assignee, "card.txt").await;
    let put = NewOutboxMessage { file_ids: vec![file.file_id], ..message("Hello") };
    let put = world.assignee.client.put_in_outbox(id, &put).await.unwrap();
    people::actions::disable(&world.app, &world.assignee.email).await.unwrap();
    pass(&world, 10).await;
    let told = world.admin.client.notifications(&Paging::default()).await.unwrap().items;
    let about: Vec<_> = told.iter().map(|one| (one.kind, one.ticket_id)).collect();
    assert_eq!(about, [(NotificationKind::Held, id)]);
    assert_eq!(told[0].about.as_ref().unwrap().actor.id, world.assignee.id);

    world.admin.client.take_back(put.message_id).await.unwrap();
    assert!(waiting(&world.admin, id).await.is_empty());
    let gone = world.admin.client.take_back(put.message_id).await.unwrap_err();
    assert_eq!(gone.code, Code::NotFound);
    assert!(world.admin.client.files_of_ticket(id, &Paging::default()).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn what_is_held_for_its_author_only_its_author_removes() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let put = world.assignee.client.put_in_outbox(id, &message("Hello")).await.unwrap();
    world.admin.client.take_back(put.message_id).await.unwrap();
    let refused = world.admin.client.take_back(put.message_id).await.unwrap_err();
    assert_eq!(refused.code, Code::Forbidden);
    assert_eq!(waiting(&world.assignee, id).await.len(), 1, "nothing of theirs is lost");
}

#[tokio::test]
async fn a_status_that_is_not_legal_any_more_holds_it() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let put = NewOutboxMessage { status: Some(Status::Waiting), ..message("Which day?") };
    world.assignee.client.put_in_outbox(id, &put).await.unwrap();
    world.assignee.client.assignee_status(id, Status::InProgress).await.unwrap();
    world.assignee.client.assignee_status(id, Status::Completed).await.unwrap();
    pass(&world, 10).await;
    assert_eq!(waiting(&world.assignee, id).await[0].held.as_ref().unwrap().code, Code::IllegalMove);
}

#[tokio::test]
async fn it_is_judged_as_a_reply_when_it_is_put_in() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let before = seen(&world, id).await;
    world.customer.client.customer_reply(id, &reply("Wait")).await.unwrap();
    let based = NewOutboxMessage { based_on: Some(before), ..message("Too late") };
    let refused = world.assignee.client.put_in_outbox(id, &based).await.unwrap_err();
    assert_eq!(refused.code, Code::ConversationMoved);
    world.assignee.client.put_in_outbox(id, &NewOutboxMessage { anyway: true, ..based }).await.unwrap();
    assert!(world.assignee.client.put_in_outbox(id, &message(" ")).await.unwrap_err().about("body").is_some());
    let closed = world.closed().await.ticket_id;
    assert_eq!(world.assignee.client.put_in_outbox(closed, &message("?")).await.unwrap_err().code, Code::TicketClosed);
    let nobodys = world.ticket().await.ticket_id;
    assert_eq!(world.assignee.client.put_in_outbox(nobodys, &message("?")).await.unwrap_err().code, Code::Forbidden);
    let to_open = NewOutboxMessage { status: Some(Status::Open), ..message("?") };
    assert!(world.assignee.client.put_in_outbox(id, &to_open).await.unwrap_err().about("status").is_some());
}

#[tokio::test]
async fn a_colleagues_waiting_reply_is_told_before_one_s_own_is_taken() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.assignee.client.put_in_outbox(id, &message("From Sam")).await.unwrap();
    world.assignee.client.put_in_outbox(id, &message("One's own does not count")).await.unwrap();
    let refused = world.admin.client.put_in_outbox(id, &message("From Ada")).await.unwrap_err();
    assert_eq!(refused.code, Code::ReplyUnderWay);
    assert!(refused.detail.contains("Sam Reed is sending a reply"), "{refused}");
    let anyway = NewOutboxMessage { anyway: true, ..message("From Ada") };
    world.admin.client.put_in_outbox(id, &anyway).await.unwrap();
    pass(&world, 10).await;
    assert_eq!(replies(&world.customer, id).await, ["From Sam", "One's own does not count", "From Ada"]);
}

#[tokio::test]
async fn only_its_author_changes_it_and_an_admin_may_stop_it_without_losing_it() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.admin.client.add_follower(id, world.other_assignee.id).await.unwrap();
    let put = world.assignee.client.put_in_outbox(id, &message("Mine")).await.unwrap();
    let message = put.message_id;
    assert_eq!(waiting(&world.other_assignee, id).await[0].body, "Mine", "staff who see the ticket may read it");
    for who in [&world.other_assignee, &world.admin] {
        let refused = who.client.outbox_time(message, "2026-11-23T08:00:00Z").await.unwrap_err();
        assert_eq!(refused.code, Code::Forbidden);
        assert_eq!(who.client.send_from_outbox(message, ANYWAY).await.unwrap_err().code, Code::Forbidden);
    }
    assert_eq!(world.other_assignee.client.take_back(message).await.unwrap_err().code, Code::Forbidden);
    let stopped = world.admin.client.take_back(message).await.unwrap();
    assert!(stopped.held.unwrap().detail.contains("Ada Boss took this back"));
    pass(&world, 3600).await;
    assert!(replies(&world.customer, id).await.is_empty());
    assert_eq!(world.assignee.client.take_back(message).await.unwrap().body, "Mine");
}

#[tokio::test]
async fn guards_are_told_all_at_once_and_passed_when_meant() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    let risky = message("Dear {customer.name}, the attached form shows card 4111 1111 1111 1111.");
    let refused = world.assignee.client.put_in_outbox(id, &risky).await.unwrap_err();
    assert_eq!((refused.code, refused.errors.len()), (Code::LookAgain, 3));
    assert!(refused.errors.iter().all(|error| error.field == "body" && !error.message.contains("4111")));
    assert!(waiting(&world.assignee, id).await.is_empty());
    let file = upload(&world.assignee, "form.txt").await;
    let with_file = NewOutboxMessage { file_ids: vec![file.file_id], ..risky.clone() };
    assert_eq!(world.assignee.client.put_in_outbox(id, &with_file).await.unwrap_err().errors.len(), 2);
    world.assignee.client.put_in_outbox(id, &NewOutboxMessage { as_it_is: true, ..risky }).await.unwrap();
    pass(&world, 10).await;
    assert_eq!(replies(&world.customer, id).await.len(), 1);
}

#[tokio::test]
async fn nothing_of_a_waiting_message_reaches_a_customer() {
    const CANARY: &str = "canaryx7q";
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.customer.client.add_follower(id, world.colleague.id).await.unwrap();
    let before = world.customer.client.ticket(id).await.unwrap();
    let mut feed = world.customer.client.live_events(None).await.unwrap().into_body().into_data_stream();
    let file = upload(&world.assignee, &format!("{CANARY}.txt")).await;
    let put = NewOutboxMessage { file_ids: vec![file.file_id], ..message(&format!("The secret is {CANARY}")) };
    let put = world.assignee.client.put_in_outbox(id, &put).await.unwrap();
    assert_eq!(world.customer.client.ticket(id).await.unwrap(), before, "neither unread nor updated");
    for reader in [&world.customer, &world.colleague, &world.other] {
        for route in api::routes::table() {
            let endpoint = route.operation.endpoint();
            if endpoint.method != Method::Get || endpoint.path == "/events" {
                continue;
            }
            for given in [id.to_string(), put.message_id.to_string(), file.file_id.to_string(), reader.id.to_string()] {
                let path = endpoint.route().replace(endpoint.path, &filled(endpoint.path, &given));
                let answer = world.ask(reader, "GET", &path, None).await;
                let said = format!("{:?} {}", answer.headers, answer.body);
                for secret in [CANARY, "QUEUED", &put.message_id.to_string()] {
                    let echoed = path.contains(secret);
                    assert!(echoed || !said.contains(secret), "{path}: {said}");
                }
                let outbox = endpoint.path.contains("outbox");
                assert!(!outbox || answer.status == 404 && route.access.check(Role::Customer).is_err(), "{path}");
            }
        }
    }
    // Held and taken back: the feed tells of the reply that follows, and of nothing before it.
    world.customer.client.customer_reply(id, &reply("First")).await.unwrap();
    pass(&world, 10).await;
    world.assignee.client.take_back(put.message_id).await.unwrap();
    world.assignee.client.assignee_reply(id, &reply("Last")).await.unwrap();
    let mut heard = String::new();
    while heard.matches("REPLIED").count() < 2 {
        let bytes = tokio::time::timeout(Duration::from_secs(10), feed.next()).await.expect("the replies are heard");
        heard.push_str(std::str::from_utf8(&bytes.unwrap().unwrap()).unwrap());
    }
    for secret in [CANARY, "QUEUED", "HELD", &put.message_id.to_string()] {
        assert!(!heard.contains(secret), "{heard}");
    }
}

fn filled(path: &str, id: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { id } else { part }).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn staff_hear_of_every_step_and_none_makes_the_ticket_unread() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.admin.client.ticket(id).await.unwrap();
    let put = world.assignee.client.put_in_outbox(id, &message("Hello")).await.unwrap();
    world.assignee.client.outbox_time(put.message_id, "2026-11-23T08:00:00Z").await.unwrap();
    world.assignee.client.take_back(put.message_id).await.unwrap();
    let events = world.admin.client.events_of(id, &Paging::default()).await.unwrap().items;
    let kinds: Vec<_> = events.iter().rev().take(3).map(|event| &event.what).collect();
    let steps = matches!(kinds[..], [What::Unqueued { .. }, What::Queued { .. }, What::Queued { .. }]);
    assert!(steps, "{kinds:?}");
    let tickets = world.admin.client.tickets(&TicketFilter::default()).await.unwrap().items;
    assert!(!tickets[0].unread);
}

#[tokio::test]
async fn without_time_to_undo_it_is_due_at_once() {
    let world = World::with(Config { undo_seconds: 0, ..Config::default() }).await;
    let id = world.assigned().await.ticket_id;
    world.assignee.client.put_in_outbox(id, &message("Hello")).await.unwrap();
    deliver_due(&world.app).await.unwrap();
    assert_eq!(replies(&world.customer, id).await, ["Hello"]);
}

#[tokio::test]
async fn one_s_own_outbox_is_listed_in_pages_over_all_tickets() {
    let world = World::new().await;
    for n in 0..3 {
        let ticket = world.customer.client.create_ticket(&new_ticket("A question")).await.unwrap();
        let who = if n == 1 { &world.admin } else { &world.assignee };
        world.admin.client.assign(ticket.ticket_id, world.assignee.id).await.unwrap();
        who.client.put_in_outbox(ticket.ticket_id, &message(&format!("Reply {n}"))).await.unwrap();
        world.clock.advance(1);
    }
    let first = Paging { page_size: Some(1), cursor: None };
    let page = world.assignee.client.my_outbox(&first).await.unwrap();
    let next = Paging { page_size: Some(1), cursor: page.next_cursor };
    let rest = world.assignee.client.my_outbox(&next).await.unwrap();
    let bodies: Vec<_> = page.items.iter().chain(&rest.items).map(|message| message.body.as_str()).collect();
    assert_eq!((bodies, rest.next_cursor), (vec!["Reply 0", "Reply 2"], None));
}
