//! Operations 21, 24–27, 29–32, 39.

use crate::doors::{Doors, code};
use contract::{
    Code,
    ticket::{Status, Ticket, TicketFilter},
};

pub async fn show_what_their_reader_sees(doors: &Doors) {
    let Doors { customer, colleague, other, assignee, assignee2, admin, .. } = doors;
    let id = doors.assigned().await.ticket_id;
    customer.client.add_follower(id, colleague.id).await.unwrap();
    let filter = TicketFilter { page_size: Some(200), ..TicketFilter::default() };
    let has = |page: contract::page::Page<Ticket>| page.items.iter().any(|ticket| ticket.ticket_id == id);
    for (reader, sees) in [(customer, true), (other, false), (assignee, true), (assignee2, false), (admin, true)] {
        assert_eq!(has(reader.client.tickets(&filter).await.unwrap()), sees);
    }
    assert!(has(customer.client.tickets_by_customer(customer.id, &filter).await.unwrap()));
    assert!(has(admin.client.tickets_by_customer(customer.id, &filter).await.unwrap()));
    assert_eq!(code(other.client.tickets_by_customer(customer.id, &filter).await), Code::NotFound);
    assert!(has(colleague.client.tickets_by_follower(colleague.id, &filter).await.unwrap()));
    assert_eq!(code(other.client.tickets_by_follower(colleague.id, &filter).await), Code::NotFound);
    assert!(has(assignee.client.tickets_by_assignee(assignee.id, &filter).await.unwrap()));
    assert_eq!(code(assignee2.client.tickets_by_assignee(assignee.id, &filter).await), Code::NotFound);

    let two =
        TicketFilter { page_size: Some(2), status: vec![Status::Open, Status::Waiting], ..TicketFilter::default() };
    let first = admin.client.tickets(&two).await.unwrap();
    assert_eq!(first.items.len(), 2);
    let rest = TicketFilter { cursor: first.next_cursor, ..two };
    let second = admin.client.tickets(&rest).await.unwrap();
    assert!(second.items.iter().all(|ticket| matches!(ticket.status, Status::Open | Status::Waiting)));
    assert!(first.items.iter().all(|ticket| !second.items.iter().any(|other| other.ticket_id == ticket.ticket_id)));
}

pub async fn enumerations_are_told(doors: &Doors) {
    let client = &doors.customer.client;
    let values = |choices: Vec<contract::choice::Choice>| {
        choices.into_iter().map(|choice| choice.value).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(values(client.statuses().await.unwrap()), "OPEN IN_PROGRESS WAITING COMPLETED CLOSED");
    assert_eq!(values(client.roles().await.unwrap()), "CUSTOMER ASSIGNEE ADMIN");
    assert_eq!(values(client.priorities().await.unwrap()), "LOW MEDIUM HIGH URGENT");
    assert_eq!(
        values(client.categories().await.unwrap()),
        "PAYMENT REFUND CARD TRANSFER ACCOUNT VERIFICATION TECHNICAL OTHER"
    );
    assert_eq!(values(client.report_sort_orders().await.unwrap()), "ASC DESC");
    assert_eq!(
        values(client.report_sort_fields().await.unwrap()),
        "CREATED_AT UPDATED_AT CLOSED_AT PRIORITY STATUS NUMBER FIRST_RESPONSE RESOLUTION"
    );
}
