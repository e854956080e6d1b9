//! Operations 1–9, 13, 14, 19, 20, 37, 38.

use crate::{
    doors::{Doors, code},
    process::new_ticket,
};
use contract::{
    Code,
    note::NewNote,
    page::Paging,
    reply::NewReply,
    ticket::{AdminClose, Channel, CustomerClose, NewEscalation, NewTicket, Priority, StartDate, Status, TicketEdit},
};

pub async fn are_filed_edited_escalated_and_closed(doors: &Doors) {
    let Doors { customer, colleague, other, assignee, admin, .. } = doors;
    let once = customer.client.with_idempotency_key("file-once");
    let ticket = once.create_ticket(&new_ticket("Filed once")).await.unwrap();
    let id = ticket.ticket_id;
    assert_eq!(once.create_ticket(&new_ticket("Filed once")).await.unwrap().ticket_id, id);
    assert_eq!(code(once.create_ticket(&new_ticket("Another")).await), Code::IdempotencyKeyReused);
    assert_eq!(code(customer.client.create_ticket(&new_ticket(" ")).await), Code::InvalidFields);
    assert_eq!((ticket.status, ticket.channel, ticket.version), (Status::Open, Channel::Web, 1));

    let called = NewTicket { channel: Some(Channel::Phone), ..new_ticket("Called") };
    let for_them = admin.client.with_idempotency_key("call");
    let filed = for_them.create_ticket_for(customer.id, &called).await.unwrap();
    assert_eq!((filed.customer.id, filed.channel), (customer.id, Channel::Phone));
    assert_eq!(code(for_them.create_ticket_for(customer.id, &new_ticket("Again")).await), Code::IdempotencyKeyReused);

    assert_eq!(customer.client.ticket(id).await.unwrap().subject, "Filed once");
    assert_eq!(code(other.client.ticket(id).await), Code::NotFound);

    let edit = |subject: &str| TicketEdit { subject: Some(subject.to_owned()), ..TicketEdit::default() };
    let edited = customer.client.with_idempotency_key("edit").update_ticket(id, 1, &edit("Edited")).await.unwrap();
    assert_eq!((edited.value.subject.as_str(), edited.version.as_deref()), ("Edited", Some("2")));
    let again = customer.client.with_idempotency_key("edit").update_ticket(id, 1, &edit("Other")).await;
    assert_eq!(code(again), Code::IdempotencyKeyReused);
    assert_eq!(code(customer.client.update_ticket(id, 1, &edit("Late")).await), Code::Stale);
    let unversioned = axum::http::Request::put(format!("/finsupport/1.0.0/tickets/{id}"))
        .header("authorization", format!("Bearer {}", customer.token))
        .header("content-type", "application/json");
    assert_eq!(doors.refused(unversioned.body("{}".into()).unwrap()).await, Code::IfMatchMissing);
    let urgent = TicketEdit { priority: Some(Priority::Urgent), ..TicketEdit::default() };
    assert_eq!(code(customer.client.update_ticket(id, 2, &urgent).await), Code::Forbidden);

    customer.client.add_follower(id, colleague.id).await.unwrap();
    let close = CustomerClose { comment: None, rating: Some(5) };
    assert_eq!(code(colleague.client.customer_close(id, &close).await), Code::Forbidden);

    let reason = |text: &str| NewEscalation { reason: text.to_owned(), tried: None, impact: None };
    let pressed = customer.client.with_idempotency_key("escalate");
    for _ in 0..2 {
        assert_eq!(pressed.escalate(id, &reason("Payday")).await.unwrap().escalation.unwrap().level, 1);
    }
    assert_eq!(code(pressed.escalate(id, &reason("Rent")).await), Code::IdempotencyKeyReused);

    let closing = customer.client.with_idempotency_key("close");
    assert_eq!(closing.customer_close(id, &close).await.unwrap().status, Status::Closed);
    let other_close = CustomerClose { comment: Some("x".to_owned()), rating: None };
    assert_eq!(code(closing.customer_close(id, &other_close).await), Code::IdempotencyKeyReused);
    assert_eq!(code(customer.client.customer_close(id, &close).await), Code::TicketClosed);
    assert_eq!(code(admin.client.update_ticket(id, 99, &edit("x")).await), Code::Stale);
    let version = admin.client.ticket(id).await.unwrap().version;
    assert_eq!(code(admin.client.update_ticket(id, version, &edit("x")).await), Code::TicketClosed);
    assert_eq!(code(customer.client.escalate(id, &reason("Late")).await), Code::TicketClosed);
    assert_eq!(code(assignee.client.assign(id, assignee.id).await), Code::Forbidden);
}

pub async fn move_as_the_states_allow(doors: &Doors) {
    let Doors { customer, assignee, assignee2, admin, .. } = doors;
    let id = doors.ticket().await.ticket_id;
    assert_eq!(code(assignee.client.assignee_status(id, Status::InProgress).await), Code::Forbidden, "nobody has it");
    let loose = doors.ticket().await.ticket_id;
    admin.client.admin_status(loose, Status::InProgress).await.unwrap();
    assert_eq!(code(admin.client.complete_for_assignee(loose).await), Code::NoAssignee);
    admin.client.assign(id, assignee.id).await.unwrap();
    assert_eq!(code(assignee2.client.assignee_status(id, Status::InProgress).await), Code::NotFound);
    let moving = assignee.client.with_idempotency_key("move");
    assert_eq!(moving.assignee_status(id, Status::InProgress).await.unwrap().status, Status::InProgress);
    assert_eq!(code(moving.assignee_status(id, Status::Waiting).await), Code::IdempotencyKeyReused);
    assert_eq!(code(assignee.client.assignee_status(id, Status::InProgress).await), Code::IllegalMove);
    let moving = admin.client.with_idempotency_key("move");
    assert_eq!(moving.admin_status(id, Status::Waiting).await.unwrap().status, Status::Waiting);
    assert_eq!(code(moving.admin_status(id, Status::Completed).await), Code::IdempotencyKeyReused);
    assert_eq!(code(admin.client.admin_status(id, Status::Waiting).await), Code::IllegalMove);

    let day = |day: &str| StartDate { start_date: Some(day.to_owned()) };
    let starting = assignee.client.with_idempotency_key("start");
    assert_eq!(starting.start_date(id, &day("2999-12-31")).await.unwrap().start_date.unwrap(), "2999-12-31");
    assert_eq!(code(starting.start_date(id, &day("2999-12-30")).await), Code::IdempotencyKeyReused);
    let unassigned = doors.ticket().await.ticket_id;
    assert_eq!(code(assignee.client.start_date(unassigned, &day("2999-12-31")).await), Code::Forbidden);

    let completing = admin.client.with_idempotency_key("complete");
    for _ in 0..2 {
        assert_eq!(completing.complete_for_assignee(id).await.unwrap().status, Status::Completed);
    }
    assert_eq!(code(completing.complete_for_assignee(unassigned).await), Code::IdempotencyKeyReused);
    assert_eq!(code(admin.client.complete_for_assignee(id).await), Code::IllegalMove);

    let reason = |text: &str| AdminClose { reason: text.to_owned() };
    let closing = admin.client.with_idempotency_key("admin-close");
    assert_eq!(closing.admin_close(id, &reason("Done")).await.unwrap().status, Status::Closed);
    assert_eq!(code(closing.admin_close(id, &reason("Really")).await), Code::IdempotencyKeyReused);
    assert_eq!(code(admin.client.admin_close(id, &reason("Twice")).await), Code::TicketClosed);
    assert_eq!(code(admin.client.complete_for_assignee(id).await), Code::TicketClosed);
    assert_eq!(code(admin.client.admin_status(id, Status::Waiting).await), Code::TicketClosed);
    assert_eq!(code(assignee.client.assignee_status(id, Status::Waiting).await), Code::TicketClosed);
    assert_eq!(code(assignee.client.start_date(id, &day("2999-12-31")).await), Code::TicketClosed);
    let body = NewReply { body: "Too late".to_owned(), ..NewReply::default() };
    assert_eq!(code(customer.client.customer_reply(id, &body).await), Code::TicketClosed);
}

pub async fn are_given_to_assignees_and_followers(doors: &Doors) {
    let Doors { customer, colleague, other, assignee, assignee2, admin, .. } = doors;
    let id = doors.ticket().await.ticket_id;
    assert_eq!(code(customer.client.assignee_of(id).await), Code::NoAssignee);
    let giving = admin.client.with_idempotency_key("assign");
    assert_eq!(giving.assign(id, assignee.id).await.unwrap().assignee.unwrap().id, assignee.id);
    assert_eq!(code(giving.assign(id, assignee2.id).await), Code::IdempotencyKeyReused);
    assert_eq!(code(admin.client.assign(id, assignee.id).await), Code::AlreadyAssigned);
    assert_eq!(code(admin.client.assign(id, customer.id).await), Code::InvalidFields);
    let closed = doors.closed().await.ticket_id;
    assert_eq!(code(admin.client.assign(closed, assignee2.id).await), Code::TicketClosed);
    assert_eq!(customer.client.assignee_of(id).await.unwrap().id, assignee.id);

    let following = customer.client.with_idempotency_key("follow");
    assert_eq!(following.add_follower(id, colleague.id).await.unwrap().id, colleague.id);
    assert_eq!(code(following.add_follower(id, other.id).await), Code::IdempotencyKeyReused);
    assert_eq!(code(customer.client.add_follower(id, colleague.id).await), Code::AlreadyFollowing);
    assert_eq!(code(customer.client.add_follower(id, other.id).await), Code::InvalidFields);
    assert_eq!(code(colleague.client.add_follower(id, other.id).await), Code::Forbidden);
    let followers = assignee.client.followers(id, &Paging::default()).await.unwrap().items;
    assert_eq!(followers.iter().map(|person| person.id).collect::<Vec<_>>(), [colleague.id]);
}

pub async fn that_were_merged_take_nothing(doors: &Doors) {
    let (target, source) = (doors.assigned().await, doors.assigned().await);
    doors.kept.merge(target.ticket_id, &[source.ticket_id]).await.unwrap();
    let id = source.ticket_id;
    let (mine, sam, boss) = (&doors.customer.client, &doors.assignee.client, &doors.admin.client);
    assert_eq!(mine.ticket(id).await.unwrap().merged_into, Some(target.link()));
    let reply = NewReply { body: "text".to_owned(), ..NewReply::default() };
    let note = NewNote { body: "text".to_owned(), ..NewNote::default() };
    let edit = TicketEdit { subject: Some("New".to_owned()), ..TicketEdit::default() };
    let hurry = NewEscalation { reason: "Now".to_owned(), tried: None, impact: None };
    let refusals = [
        code(boss.update_ticket(id, source.version, &edit).await),
        code(mine.escalate(id, &hurry).await),
        code(mine.customer_close(id, &CustomerClose::default()).await),
        code(sam.assignee_status(id, Status::Waiting).await),
        code(boss.admin_status(id, Status::Waiting).await),
        code(boss.admin_close(id, &AdminClose { reason: "Because".to_owned() }).await),
        code(sam.start_date(id, &StartDate { start_date: None }).await),
        code(boss.complete_for_assignee(id).await),
        code(mine.customer_reply(id, &reply).await),
        code(sam.assignee_reply(id, &reply).await),
        code(boss.admin_reply(id, &reply).await),
        code(sam.assignee_note(id, &note).await),
        code(boss.admin_note(id, &note).await),
        code(boss.assign(id, doors.assignee2.id).await),
        code(mine.add_follower(id, doors.colleague.id).await),
    ];
    assert_eq!(refusals, [Code::TicketMerged; 15]);
}
