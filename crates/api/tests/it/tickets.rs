//! Tickets, from filing to closing.

use crate::world::{World, missing, new_ticket, reply};
use contract::{
    Code,
    event::{Change, What},
    page::Paging,
    ticket::{
        AdminClose, Category, Channel, CustomerClose, NewEscalation, NewTicket, Priority, StartDate, Status, TicketEdit,
    },
};

#[tokio::test]
async fn a_ticket_goes_from_filing_to_closing() {
    let world = World::new().await;
    let ticket = world.ticket().await;
    assert_eq!((ticket.status, ticket.priority, ticket.channel), (Status::Open, Priority::Medium, Channel::Web));
    assert_eq!((ticket.number, ticket.version, ticket.unread), (1001, 1, false));
    let id = ticket.ticket_id;

    let assigned = world.admin.client.assign(id, world.assignee.id).await.unwrap();
    assert_eq!(assigned.assignee.as_ref().unwrap().name, "Sam Reed");
    assert_eq!(assigned.status, Status::Open, "assigning does not start work");

    world.assignee.client.assignee_reply(id, &reply("We are looking into it.")).await.unwrap();
    assert_eq!(world.customer.client.ticket(id).await.unwrap().status, Status::InProgress);

    world.assignee.client.assignee_status(id, Status::Waiting).await.unwrap();
    world.customer.client.customer_reply(id, &reply("Here is the statement.")).await.unwrap();
    assert_eq!(world.assignee.client.ticket(id).await.unwrap().status, Status::InProgress);

    let completed = world.assignee.client.assignee_status(id, Status::Completed).await.unwrap();
    assert_eq!(completed.status, Status::Completed);
    let close = CustomerClose { comment: Some("Quick!".to_owned()), rating: Some(5) };
    let closed = world.customer.client.customer_close(id, &close).await.unwrap();
    assert_eq!(closed.status, Status::Closed);
    assert_eq!(closed.closed_at.as_deref(), Some("2026-11-22T08:00:00.000Z"));

    let events = world.admin.client.events_of(id, &Paging::default()).await.unwrap().items;
    let last = events.last().unwrap();
    assert_eq!(last.what, What::Closed { from: Status::Completed, reason: Some("Quick!".to_owned()), rating: Some(5) });
}

#[tokio::test]
async fn an_edit_needs_the_version_that_was_seen() {
    let world = World::new().await;
    let ticket = world.ticket().await;
    let edit = TicketEdit { subject: Some("  Charged thrice ".to_owned()), ..TicketEdit::default() };
    let edited = world.customer.client.update_ticket(ticket.ticket_id, ticket.version, &edit).await.unwrap();
    assert_eq!(edited.value.subject, "Charged thrice");
    assert_eq!(edited.version, Some(edited.value.version.to_string()), "the ETag is the version");
    let stale = world.customer.client.update_ticket(ticket.ticket_id, ticket.version, &edit).await.unwrap_err();
    assert_eq!(stale.code, Code::Stale);

    let path = format!("/finsupport/1.0.0/tickets/{}", ticket.ticket_id);
    let without = world.ask(&world.customer, "PUT", &path, Some("{}")).await;
    assert_eq!(without.code(), Code::IfMatchMissing);
}

#[tokio::test]
async fn an_edit_without_a_change_changes_nothing() {
    let world = World::new().await;
    let ticket = world.ticket().await;
    let edit = TicketEdit { category: Some(Category::Payment), ..TicketEdit::default() };
    let same = world.customer.client.update_ticket(ticket.ticket_id, ticket.version, &edit).await.unwrap();
    assert_eq!(same.value.version, ticket.version);
}

#[tokio::test]
async fn staff_fields_are_for_staff_and_leave_a_trace() {
    let world = World::new().await;
    let ticket = world.assigned().await;
    let edit =
        TicketEdit { priority: Some(Priority::Urgent), payment_id: Some("PAY-1".to_owned()), ..TicketEdit::default() };
    let refused = world.customer.client.update_ticket(ticket.ticket_id, ticket.version, &edit).await.unwrap_err();
    assert_eq!(refused.code, Code::Forbidden);
    let edited = world.assignee.client.update_ticket(ticket.ticket_id, ticket.version, &edit).await.unwrap().value;
    assert_eq!((edited.priority, edited.payment_id.as_deref()), (Priority::Urgent, Some("PAY-1")));
    let events = world.assignee.client.events_of(ticket.ticket_id, &Paging::default()).await.unwrap().items;
    let What::Edited { changes } = &events.last().unwrap().what else { panic!("{events:?}") };
    assert_eq!(changes[0], Change::Priority { from: Priority::Medium, to: Priority::Urgent });
    let removal = TicketEdit { payment_id: Some(String::new()), ..TicketEdit::default() };
    let removed = world.assignee.client.update_ticket(ticket.ticket_id, edited.version, &removal).await.unwrap().value;
    assert_eq!(removed.payment_id, None);
}

#[tokio::test]
async fn a_customer_edits_only_while_the_ticket_is_open() {
    let world = World::new().await;
    let ticket = world.assigned().await;
    let moved = world.assignee.client.assignee_status(ticket.ticket_id, Status::InProgress).await.unwrap();
    let edit = TicketEdit { subject: Some("Later".to_owned()), ..TicketEdit::default() };
    let refused = world.customer.client.update_ticket(ticket.ticket_id, moved.version, &edit).await.unwrap_err();
    assert_eq!(refused.code, Code::Forbidden);
}

#[tokio::test]
async fn escalating_goes_one_level_up_and_is_at_least_high() {
    let world = World::new().await;
    let ticket = world.ticket().await;
    let why = NewEscalation { reason: "Salaries depend on it".to_owned(), ..NewEscalation::default() };
    let once = world.customer.client.escalate(ticket.ticket_id, &why).await.unwrap();
    assert_eq!((once.escalation.as_ref().unwrap().level, once.priority), (1, Priority::High));
    let twice = world.assignee.client.escalate(ticket.ticket_id, &why).await.unwrap();
    let escalation = twice.escalation.unwrap();
    assert_eq!((escalation.level, escalation.by.id), (2, world.assignee.id));
    let closed = world.closed().await;
    assert_eq!(world.customer.client.escalate(closed.ticket_id, &why).await.unwrap_err().code, Code::TicketClosed);
}

#[tokio::test]
async fn what_is_done_is_not_escalated_but_answered() {
    let world = World::new().await;
    let id = world.assigned().await.ticket_id;
    world.assignee.client.assignee_reply(id, &reply("It is on its way.")).await.unwrap();
    world.assignee.client.assignee_status(id, Status::Completed).await.unwrap();
    let why = NewEscalation { reason: "Salaries depend on it".to_owned(), ..NewEscalation::default() };
    for (who, client) in
        [("customer", &world.customer.client), ("assignee", &world.assignee.client), ("admin", &world.admin.client)]
    {
        let refused = client.escalate(id, &why).await.unwrap_err();
        assert_eq!(refused.code, Code::TicketDone, "{who}");
        assert_eq!(refused.detail, "This ticket is done. Reply to open it again.", "{who}");
    }
    world.customer.client.customer_reply(id, &reply("It did not arrive.")).await.unwrap();
    assert_eq!(world.customer.client.escalate(id, &why).await.unwrap().escalation.unwrap().level, 1);
}

#[tokio::test]
async fn a_start_date_is_a_real_day_from_today_on_and_nothing_for_customers() {
    let world = World::new().await;
    let ticket = world.assigned().await;
    let id = ticket.ticket_id;
    let on = |day: &str| StartDate { start_date: Some(day.to_owned()) };
    for bad in ["2026-11-20", "2026-02-30", "tomorrow", "2026-11-22T08:00:00Z", ""] {
        let refused = world.assignee.client.start_date(id, &on(bad)).await.unwrap_err();
        assert!(refused.about("startDate").is_some(), "{bad}: {refused}");
    }
    let behind = world.assignee.client.start_date(id, &on("2026-11-21")).await.unwrap();
    assert_eq!(behind.start_date.as_deref(), Some("2026-11-21"), "where the day comes last it is still that day");
    let set = world.assignee.client.start_date(id, &on("2026-11-22")).await.unwrap();
    assert_eq!(set.start_date.as_deref(), Some("2026-11-22"));
    assert_eq!(world.customer.client.ticket(id).await.unwrap().start_date, None);
    let unset = world.admin.client.start_date(id, &StartDate { start_date: None }).await.unwrap();
    assert_eq!(unset.start_date, None);
}

#[tokio::test]
async fn completing_for_the_assignee_needs_one_and_records_both() {
    let world = World::new().await;
    let ticket = world.ticket().await;
    world.admin.client.admin_status(ticket.ticket_id, Status::InProgress).await.unwrap();
    let refused = world.admin.client.complete_for_assignee(ticket.ticket_id).await.unwrap_err();
    assert_eq!(refused.code, Code::NoAssignee);
    world.admin.client.assign(ticket.ticket_id, world.assignee.id).await.unwrap();
    let done = world.admin.client.complete_for_assignee(ticket.ticket_id).await.unwrap();
    assert_eq!(done.status, Status::Completed);
    let events = world.admin.client.events_of(ticket.ticket_id, &Paging::default()).await.unwrap().items;
    let last = events.last().unwrap();
    assert_eq!(last.actor.id, world.admin.id);
    assert!(matches!(&last.what, What::CompletedForAssignee { assignee, .. } if assignee.id == world.assignee.id));
}

#[tokio::test]
async fn closed_is_final_and_every_illegal_move_names_the_legal_ones() {
    let world = World::new().await;
    let ticket = world.ticket().await;
    let illegal = world.admin.client.admin_status(ticket.ticket_id, Status::Completed).await.unwrap_err();
    assert_eq!(illegal.code, Code::IllegalMove);
    assert!(illegal.detail.ends_with("move to In progress or Closed."), "{illegal}");
    let why = AdminClose { reason: "A duplicate of FS-1".to_owned() };
    world.admin.client.admin_close(ticket.ticket_id, &why).await.unwrap();
    assert_eq!(world.admin.client.admin_close(ticket.ticket_id, &why).await.unwrap_err().code, Code::TicketClosed);
    let moved = world.admin.client.admin_status(ticket.ticket_id, Status::InProgress).await.unwrap_err();
    assert_eq!(moved.code, Code::TicketClosed);
    let close = CustomerClose::default();
    assert_eq!(
        world.customer.client.customer_close(ticket.ticket_id, &close).await.unwrap_err().code,
        Code::TicketClosed
    );
}

#[tokio::test]
async fn an_assignee_neither_closes_nor_reopens_by_hand() {
    let world = World::new().await;
    let ticket = world.assigned().await;
    for status in [Status::Open, Status::Closed] {
        let refused = world.assignee.client.assignee_status(ticket.ticket_id, status).await.unwrap_err();
        assert!(refused.about("status").is_some(), "{status}: {refused}");
    }
}

#[tokio::test]
async fn only_active_staff_are_assigned_and_nobody_twice() {
    let world = World::new().await;
    let ticket = world.assigned().await;
    let id = ticket.ticket_id;
    assert_eq!(world.admin.client.assign(id, world.assignee.id).await.unwrap_err().code, Code::AlreadyAssigned);
    let customer = world.admin.client.assign(id, world.colleague.id).await.unwrap_err();
    assert!(customer.about("assigneeId").is_some(), "{customer}");
    let gone = world.member("Gone", "gone@staff.example", contract::Role::Assignee, None).await;
    api::people::actions::disable(&world.app, &gone.email).await.unwrap();
    assert!(world.admin.client.assign(id, gone.id).await.unwrap_err().about("assigneeId").is_some());
    let moved = world.admin.client.assign(id, world.other_assignee.id).await.unwrap();
    assert_eq!(moved.assignee.unwrap().id, world.other_assignee.id);
    let events = world.admin.client.events_of(id, &Paging::default()).await.unwrap().items;
    let What::Assigned { from: Some(from), .. } = &events.last().unwrap().what else { panic!("{events:?}") };
    assert_eq!(from.id, world.assignee.id, "reassigning keeps who had it");
    let closed = world.closed().await;
    assert_eq!(
        world.admin.client.assign(closed.ticket_id, world.other_assignee.id).await.unwrap_err().code,
        Code::TicketClosed
    );
}

#[tokio::test]
async fn an_assignee_claims_what_nobody_has() {
    let world = World::new().await;
    let ticket = world.ticket().await;
    let claimed = world.assignee.client.claim(ticket.ticket_id).await.unwrap();
    assert_eq!(claimed.assignee.unwrap().id, world.assignee.id);
    let again = world.assignee.client.claim(ticket.ticket_id).await.unwrap_err();
    assert_eq!(again.code, Code::AlreadyAssigned, "the one who has it still sees it");
    let late = world.other_assignee.client.claim(ticket.ticket_id).await.unwrap_err();
    assert_eq!(late.code, Code::NotFound, "whoever came too late does not see it any more");
}

#[tokio::test]
async fn nobody_assigned_has_its_own_code() {
    let world = World::new().await;
    let ticket = world.ticket().await;
    assert_eq!(world.customer.client.assignee_of(ticket.ticket_id).await.unwrap_err().code, Code::NoAssignee);
    world.assignee.client.claim(ticket.ticket_id).await.unwrap();
    let assignee = world.customer.client.assignee_of(ticket.ticket_id).await.unwrap();
    assert_eq!((assignee.name.as_str(), assignee.email), ("Sam Reed", None));
    assert_eq!(world.customer.client.assignee_of(missing()).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn staff_file_a_ticket_for_a_customer() {
    let world = World::new().await;
    let new = NewTicket { channel: Some(Channel::Phone), ..new_ticket("Card swallowed") };
    let ticket = world.assignee.client.create_ticket_for(world.customer.id, &new).await.unwrap();
    assert_eq!((ticket.customer.id, ticket.channel), (world.customer.id, Channel::Phone));
    assert!(world.customer.client.tickets(&Default::default()).await.unwrap().items[0].unread);
    for nobody in [world.assignee.id, contract::id::PersonId(missing().0)] {
        let refused = world.admin.client.create_ticket_for(nobody, &new_ticket("x")).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
    }
}

#[tokio::test]
async fn a_follow_up_continues_a_closed_ticket_of_the_same_customer() {
    let world = World::new().await;
    let closed = world.closed().await;
    let open = world.ticket().await;
    let after = |id| NewTicket { follow_up_of: Some(id), ..new_ticket("Again") };
    let follow_up = world.customer.client.create_ticket(&after(closed.ticket_id)).await.unwrap();
    assert_eq!(follow_up.follow_up_of.unwrap().number, closed.number);
    for bad in [open.ticket_id, missing()] {
        let refused = world.customer.client.create_ticket(&after(bad)).await.unwrap_err();
        assert!(refused.about("followUpOf").is_some(), "{refused}");
    }
    let theirs = world.other.client.create_ticket(&after(closed.ticket_id)).await.unwrap_err();
    assert!(theirs.about("followUpOf").is_some(), "{theirs}");
}

#[tokio::test]
async fn all_faults_of_a_new_ticket_are_told_at_once() {
    let world = World::new().await;
    let bad = NewTicket { subject: "\u{200B}".to_owned(), description: "x".repeat(50_001), ..new_ticket("") };
    let refused = world.customer.client.create_ticket(&bad).await.unwrap_err();
    assert_eq!(refused.code, Code::InvalidFields);
    assert!(refused.about("subject").is_some() && refused.about("description").is_some(), "{refused:?}");
    assert_eq!(world.customer.client.tickets(&Default::default()).await.unwrap().items, []);
}
