//! Tickets: operations 1–9, 13, 14, 19, 29–32, 38, and claiming one.

use crate::{Answer, Client, Result};
use contract::{
    endpoints::Operation as Op,
    event::{Deed, ToUndo},
    id::{PersonId, TicketId},
    page::Page,
    person::Person,
    ticket::{
        AdminClose, CustomerClose, NewAssignee, NewEscalation, NewTicket, StartDate, Status, StatusUpdate, Ticket,
        TicketEdit, TicketFilter,
    },
};
use http::header;

impl Client {
    /// 1, *Ticket By Id*: the ticket, marked as seen by the caller.
    pub async fn ticket(&self, id: TicketId) -> Result<Ticket> {
        self.call(Op::TicketById, &[&id]).send().await
    }

    /// 2, *Update Ticket*, based on this version.
    pub async fn update_ticket(&self, id: TicketId, version: i64, edit: &TicketEdit) -> Result<Answer<Ticket>> {
        self.call(Op::UpdateTicket, &[&id]).header(header::IF_MATCH, format!("\"{version}\"")).json_answer(edit).await
    }

    /// 3, *Escalate*.
    pub async fn escalate(&self, id: TicketId, escalation: &NewEscalation) -> Result<Ticket> {
        self.call(Op::Escalate, &[&id]).json(escalation).await
    }

    /// 4, *Customer Close Ticket*.
    pub async fn customer_close(&self, id: TicketId, close: &CustomerClose) -> Result<Ticket> {
        self.call(Op::CustomerCloseTicket, &[&id]).json(close).await
    }

    /// 5, *Assignee Update Ticket Status*.
    pub async fn assignee_status(&self, id: TicketId, status: Status) -> Result<Ticket> {
        self.call(Op::AssigneeUpdateTicketStatus, &[&id]).json(&StatusUpdate { status }).await
    }

    /// 6, *Admin Update Ticket Status*.
    pub async fn admin_status(&self, id: TicketId, status: Status) -> Result<Ticket> {
        self.call(Op::AdminUpdateTicketStatus, &[&id]).json(&StatusUpdate { status }).await
    }

    /// 7, *Admin Close Ticket*.
    pub async fn admin_close(&self, id: TicketId, close: &AdminClose) -> Result<Ticket> {
        self.call(Op::AdminCloseTicket, &[&id]).json(close).await
    }

    /// 8, *Add Start Date*.
    pub async fn start_date(&self, id: TicketId, start: &StartDate) -> Result<Ticket> {
        self.call(Op::AddStartDate, &[&id]).json(start).await
    }

    /// 9, *Admin Complete Ticket For Assignee*.
    pub async fn complete_for_assignee(&self, id: TicketId) -> Result<Ticket> {
        self.call(Op::AdminCompleteTicketForAssignee, &[&id]).send().await
    }

    /// 13, *Create Ticket*: a customer for themselves.
    pub async fn create_ticket(&self, new: &NewTicket) -> Result<Ticket> {
        self.call(Op::CreateTicket, &[]).json(new).await
    }

    /// 14, *Create New Ticket*: staff for a customer.
    pub async fn create_ticket_for(&self, customer: PersonId, new: &NewTicket) -> Result<Ticket> {
        self.call(Op::CreateNewTicket, &[&customer]).json(new).await
    }

    /// 19, *Admin Add Assignee To The Ticket*.
    pub async fn assign(&self, id: TicketId, assignee_id: PersonId) -> Result<Ticket> {
        self.call(Op::AdminAddAssignee, &[&id]).json(&NewAssignee { assignee_id }).await
    }

    /// An assignee takes a ticket that nobody has.
    pub async fn claim(&self, id: TicketId) -> Result<Ticket> {
        self.call(Op::PostClaim, &[&id]).send().await
    }

    /// The ticket, which stays unread.
    pub async fn look_at(&self, id: TicketId) -> Result<Ticket> {
        self.call(Op::GetTicket, &[&id]).send().await
    }

    /// The ticket is unread again for the caller.
    pub async fn mark_unread(&self, id: TicketId) -> Result<()> {
        self.call(Op::DeleteSeen, &[&id]).done().await
    }

    /// Takes back the newest thing that the caller did to the ticket, or the newest such deed.
    pub async fn undo(&self, id: TicketId, deed: Option<Deed>) -> Result<Ticket> {
        self.call(Op::PostUndo, &[&id]).query(&ToUndo { deed }).send().await
    }

    /// 29, *Tickets*.
    pub async fn tickets(&self, filter: &TicketFilter) -> Result<Page<Ticket>> {
        self.call(Op::Tickets, &[]).query(filter).send().await
    }

    /// 30, *Tickets by customer id*.
    pub async fn tickets_by_customer(&self, customer: PersonId, filter: &TicketFilter) -> Result<Page<Ticket>> {
        self.call(Op::TicketsByCustomer, &[&customer]).query(filter).send().await
    }

    /// 31, *List Of Tickets By Follower Id*.
    pub async fn tickets_by_follower(&self, follower: PersonId, filter: &TicketFilter) -> Result<Page<Ticket>> {
        self.call(Op::TicketsByFollower, &[&follower]).query(filter).send().await
    }

    /// 32, *List Of Tickets By Assignee*.
    pub async fn tickets_by_assignee(&self, assignee: PersonId, filter: &TicketFilter) -> Result<Page<Ticket>> {
        self.call(Op::TicketsByAssignee, &[&assignee]).query(filter).send().await
    }

    /// 38, *Assignee By Ticket Id*.
    pub async fn assignee_of(&self, id: TicketId) -> Result<Person> {
        self.call(Op::AssigneeByTicket, &[&id]).send().await
    }
}
