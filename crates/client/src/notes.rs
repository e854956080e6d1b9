//! Notes: operations 16, 18, 34, 36.

use crate::{Client, Result};
use contract::{
    endpoints::Operation as Op,
    id::{NoteId, TicketId},
    note::{NewNote, Note},
    page::{Page, Paging},
};

impl Client {
    /// 16, *Assignee Add Note*.
    pub async fn assignee_note(&self, ticket: TicketId, new: &NewNote) -> Result<Note> {
        self.call(Op::AssigneeAddNote, &[&ticket]).json(new).await
    }

    /// 18, *Admin Add Note*.
    pub async fn admin_note(&self, ticket: TicketId, new: &NewNote) -> Result<Note> {
        self.call(Op::AdminAddNote, &[&ticket]).json(new).await
    }

    /// 34, *List Of Notes By Ticket Id*, oldest first.
    pub async fn notes(&self, ticket: TicketId, paging: &Paging) -> Result<Page<Note>> {
        self.call(Op::NotesByTicket, &[&ticket]).query(paging).send().await
    }

    /// 36, *Note By Note Id*.
    pub async fn note(&self, id: NoteId) -> Result<Note> {
        self.call(Op::NoteById, &[&id]).send().await
    }
}
