//! Adding and reading notes. A note changes neither the ticket's version nor when it was last updated: a customer could
//! tell from either that something internal happened.

use super::{mentions, queries};
use crate::{
    caller::Caller,
    db::{Connection, Tx, search},
    drafts,
    error::Error,
    events,
    files::{attach::attach, queries::of_owners},
    merges::actions::together,
    page,
    tickets::actions::find,
};
use contract::{
    draft::DraftKind,
    event::What,
    file::OwnerKind,
    id::{NoteId, TicketId},
    mention,
    note::{NewNote, Note},
    page::{Page, Paging},
    policy::Action,
};

const LIST: &str = "notes";

/// *Assignee* and *Admin Add Note*. A closed ticket can still be annotated.
///
/// # Errors
/// As [`find`]; the fields at fault, the body when it mentions somebody who is not of staff.
pub fn add(tx: &mut Tx<'_>, caller: &Caller, ticket: TicketId, new: NewNote, action: Action) -> Result<Note, Error> {
    let ticket = find(tx, caller, ticket, action)?;
    let NewNote { body, file_ids } = new.checked()?;
    let mentioned = mentions::of(tx, &body)?;
    let id = NoteId(tx.new_id());
    queries::insert(tx, id, ticket.ticket_id, caller.id(), &body, tx.now())?;
    search::index_note(tx, ticket.number, &mention::plain(&body))?;
    attach(tx, caller, &file_ids, OwnerKind::Note, id.0, ticket.ticket_id)?;
    let seq = events::record(tx, caller, ticket.ticket_id, &What::Noted { note_id: id })?;
    mentions::tell(tx, caller, &ticket, seq, mentioned)?;
    drafts::actions::sent(tx, caller, ticket.ticket_id, DraftKind::Note)?;
    let note = queries::find(tx, caller.role(), id)?
        .ok_or_else(|| Error::internal("a note vanished within its transaction"))?;
    one_with_files(tx, caller, note)
}

/// *List Of Notes By Ticket Id*, oldest first, those of the tickets merged into it among them.
///
/// # Errors
/// 404 when the caller may not see the ticket's notes; a page that cannot be read.
pub fn list(db: &Connection, caller: &Caller, ticket: TicketId, paging: &Paging) -> Result<Page<Note>, Error> {
    see(db, caller, ticket)?;
    let (size, start) = (page::size(paging)?, page::start(paging, LIST)?.unwrap_or(0));
    let read = |ticket, limit| queries::of_ticket(db, caller.role(), ticket, start, limit);
    let rows = together(db, ticket, size as i64 + 1, |(seq, _)| *seq, read)?;
    let page = page::of(rows, size, LIST, |(seq, _)| *seq);
    let ids: Vec<_> = page.items.iter().map(|(_, note)| note.note_id.0).collect();
    let mut files = of_owners(db, caller.role(), OwnerKind::Note, &ids)?;
    let whole = |(_, note): (i64, Note)| {
        let files = files.remove(&note.note_id.0).unwrap_or_default();
        Ok(Note { files, body: mentions::with_names(db, &note.body)?, ..note })
    };
    let items = page.items.into_iter().map(whole).collect::<Result<_, Error>>()?;
    Ok(Page { items, next_cursor: page.next_cursor })
}

/// *Note By Note Id*.
///
/// # Errors
/// 404 when the caller may not see its ticket's notes.
pub fn one(db: &Connection, caller: &Caller, id: NoteId) -> Result<Note, Error> {
    let note = queries::find(db, caller.role(), id)?.ok_or_else(Error::not_found)?;
    see(db, caller, note.ticket_id)?;
    one_with_files(db, caller, note)
}

/// Whoever may not see internal text is told that there is none.
fn see(db: &Connection, caller: &Caller, ticket: TicketId) -> Result<(), Error> {
    find(db, caller, ticket, Action::SeeInternal).map(drop).map_err(|error| match error.problem().code {
        contract::Code::Forbidden => Error::not_found(),
        _ => error,
    })
}

fn one_with_files(db: &Connection, caller: &Caller, note: Note) -> Result<Note, Error> {
    let mut files = of_owners(db, caller.role(), OwnerKind::Note, &[note.note_id.0])?;
    let body = mentions::with_names(db, &note.body)?;
    Ok(Note { files: files.remove(&note.note_id.0).unwrap_or_default(), body, ..note })
}
