//! Operations 12, 15–18, 33–36.

use crate::doors::{Doors, code};
use contract::{
    Code,
    note::NewNote,
    page::Paging,
    reply::NewReply,
    ticket::{NewEscalation, Status},
};

pub async fn and_notes_are_written_and_read(doors: &Doors) {
    let Doors { customer, other, assignee, assignee2, admin, .. } = doors;
    let id = doors.assigned().await.ticket_id;
    let reply = |body: &str| NewReply { body: body.to_owned(), ..NewReply::default() };
    let note = |body: &str| NewNote { body: body.to_owned(), ..NewNote::default() };
    let stale = |body: &str| NewReply { based_on: Some(1), ..reply(body) };
    let moving = |body: &str| NewReply { status: Some(Status::InProgress), ..reply(body) };

    let asked = customer.client.with_idempotency_key("reply");
    let first = asked.customer_reply(id, &reply("Where is it?")).await.unwrap();
    assert_eq!(asked.customer_reply(id, &reply("Where is it?")).await.unwrap().reply_id, first.reply_id);
    assert_eq!(code(asked.customer_reply(id, &reply("And now?")).await), Code::IdempotencyKeyReused);

    let answered = assignee.client.with_idempotency_key("answer");
    let waiting = NewReply { status: Some(Status::Waiting), ..reply("Which card?") };
    let second = answered.assignee_reply(id, &waiting).await.unwrap();
    assert_eq!(code(answered.assignee_reply(id, &reply("Other")).await), Code::IdempotencyKeyReused);
    assignee.client.assignee_reply(id, &moving("Found it.")).await.unwrap();
    let done = doors.assigned().await.ticket_id;
    assignee.client.assignee_status(done, Status::InProgress).await.unwrap();
    assignee.client.assignee_status(done, Status::Completed).await.unwrap();
    assert_eq!(code(assignee.client.assignee_reply(done, &waiting).await), Code::IllegalMove);
    let urgent = NewEscalation { reason: "Payday".to_owned(), ..NewEscalation::default() };
    assert_eq!(code(customer.client.escalate(done, &urgent).await), Code::TicketDone);
    assert_eq!(code(admin.client.admin_reply(done, &waiting).await), Code::IllegalMove);
    assert_eq!(code(assignee.client.assignee_reply(id, &stale("Unread")).await), Code::ConversationMoved);
    assert_eq!(code(assignee2.client.assignee_reply(id, &reply("Not mine")).await), Code::NotFound);
    let unassigned = doors.ticket().await.ticket_id;
    assert_eq!(code(assignee.client.assignee_reply(unassigned, &reply("Not yet")).await), Code::Forbidden);
    assert_eq!(code(customer.client.customer_reply(id, &stale("Unread")).await), Code::ConversationMoved);

    let by_admin = admin.client.with_idempotency_key("answer");
    by_admin.admin_reply(id, &reply("I am looking too.")).await.unwrap();
    assert_eq!(code(by_admin.admin_reply(id, &reply("Other")).await), Code::IdempotencyKeyReused);
    assert_eq!(code(admin.client.admin_reply(id, &stale("Unread")).await), Code::ConversationMoved);
    let closed = doors.closed().await.ticket_id;
    assert_eq!(code(admin.client.admin_reply(closed, &reply("Late")).await), Code::TicketClosed);
    assert_eq!(code(assignee.client.assignee_reply(closed, &reply("Late")).await), Code::TicketClosed);

    let bodies: Vec<String> = customer
        .client
        .replies(id, &Paging::default())
        .await
        .unwrap()
        .items
        .into_iter()
        .map(|reply| reply.body)
        .collect();
    assert_eq!(bodies, ["Where is it?", "Which card?", "Found it.", "I am looking too."]);
    assert_eq!(customer.client.reply(second.reply_id).await.unwrap().author.id, assignee.id);
    assert_eq!(code(other.client.reply(second.reply_id).await), Code::NotFound);

    let noting = assignee.client.with_idempotency_key("note");
    let noted = noting.assignee_note(id, &note("Two captures")).await.unwrap();
    assert_eq!(code(noting.assignee_note(id, &note("Three")).await), Code::IdempotencyKeyReused);
    let noting = admin.client.with_idempotency_key("note");
    noting.admin_note(id, &note("Refund both")).await.unwrap();
    assert_eq!(code(noting.admin_note(id, &note("One")).await), Code::IdempotencyKeyReused);
    let notes = assignee.client.notes(id, &Paging::default()).await.unwrap().items;
    assert_eq!(notes.iter().map(|note| note.body.as_str()).collect::<Vec<_>>(), ["Two captures", "Refund both"]);
    assert_eq!(admin.client.note(noted.note_id).await.unwrap().body, "Two captures");
    assert_eq!(code(customer.client.note(noted.note_id).await), Code::NotFound);
    assert_eq!(code(customer.client.notes(id, &Paging::default()).await), Code::NotFound);
}
