//! What happens to files: entered, found by whoever may see them, listed, removed when nobody attached them.

use super::{
    queries::{self, Found},
    upload::Upload,
};
use crate::{
    caller::Caller,
    db::{Connection, Tx},
    error::Error,
    merges::actions::together,
    notes, page, replies,
    storage::StoredName,
    tickets::{self, actions::find},
};
use contract::{
    Role,
    file::{File, FileAggregate, FileFilter, OwnerKind, sees_loose},
    id::{FileId, NoteId, ReplyId, TicketId},
    page::{Page, Paging},
    policy::Action,
};
use uuid::Uuid;

/// How long an upload may belong to nothing: long enough for a text that is written over a day.
pub const LOOSE_SECONDS: i64 = 24 * 60 * 60;

/// How much somebody may have uploaded that belongs to nothing yet: what so many messages may bring in bytes, and in files.
const UNSENT_BYTES: u64 = 2;
const UNSENT_FILES: usize = 10;

/// Enters what was just kept on disk.
///
/// # Errors
/// When the caller has uploaded very much that belongs to nothing yet; when the database refuses.
pub fn enter(tx: &Tx<'_>, caller: &Caller, uploads: &[Upload]) -> Result<Vec<File>, Error> {
    check_room(tx, caller, uploads)?;
    uploads
        .iter()
        .map(|upload| {
            let id = FileId(tx.new_id());
            queries::insert(tx, id, upload, caller.id(), tx.now())?;
            let found =
                queries::find(tx, caller.role(), id)?.ok_or_else(|| Error::internal("an entered file is gone"))?;
            Ok(found.file)
        })
        .collect()
}

fn check_room(tx: &Tx<'_>, caller: &Caller, uploads: &[Upload]) -> Result<(), Error> {
    let (files, bytes) = queries::loose_of(tx, caller.id())?;
    let (files, bytes) = (files + uploads.len(), bytes + uploads.iter().map(|upload| upload.kept.size).sum::<u64>());
    let config = tx.config();
    let most_files = UNSENT_FILES * config.files_max;
    let most_bytes = UNSENT_BYTES * config.files_max as u64 * config.file_size_max;
    if files <= most_files && bytes <= most_bytes {
        return Ok(());
    }
    let why =
        "You have uploaded very much that is not sent yet. Send it, or wait until it is removed, a day after it came.";
    let oldest = queries::oldest_loose_of(tx, caller.id())?.unwrap_or_else(|| tx.now());
    Err(Error::too_many_of(why, tx.now().seconds_until(oldest.plus_seconds(LOOSE_SECONDS))))
}

/// A file that the caller may see: their own while it belongs to nothing, else as they see what it belongs to.
///
/// # Errors
/// Not found, alike for a file that is missing and for one that is not theirs to see.
pub fn seen(db: &Connection, caller: &Caller, id: FileId) -> Result<Found, Error> {
    let found = queries::find(db, caller.role(), id)?.ok_or_else(Error::not_found)?;
    let sees = match (found.file.owner.kind, found.ticket) {
        (OwnerKind::Nothing, _) => sees_loose(found.file.uploaded_by.id, caller.id()),
        (OwnerKind::Ticket | OwnerKind::Reply, Some(ticket)) => {
            tickets::actions::seen(db, caller, ticket, Action::See)?.is_some()
        }
        (OwnerKind::Note | OwnerKind::Outbox, Some(ticket)) => {
            tickets::actions::seen(db, caller, ticket, Action::SeeInternal)?.is_some()
        }
        (_, None) => false,
    };
    if sees { Ok(found) } else { Err(Error::not_found()) }
}

/// 28, *My files*: newest first.
///
/// # Errors
/// When the page asked for makes no sense.
pub fn mine(db: &Connection, caller: &Caller, filter: &FileFilter) -> Result<Page<File>, Error> {
    const LIST: &str = "my-files";
    let paging = filter.paging();
    let size = page::size(&paging)?;
    let before = page::start(&paging, LIST)?.unwrap_or(FileId(Uuid::max()));
    let files = queries::of_uploader(db, caller.role(), caller.id(), before, one_more(size))?;
    Ok(page::of(files, size, LIST, |file| file.file_id))
}

/// 41, *Aggregate*: over what the caller sees, by the same rules as [`seen`].
///
/// # Errors
/// When the database fails.
pub fn aggregate(db: &Connection, caller: &Caller) -> Result<FileAggregate, Error> {
    let mut groups = queries::group_loose(db, caller.id())?;
    groups.extend(match caller.role() {
        Role::Customer => queries::group_of_customer(db, caller.id())?,
        Role::Assignee => queries::group_of_assignee(db, caller.id())?,
        Role::Admin => queries::group_all(db)?,
    });
    Ok(FileAggregate::of(groups))
}

/// 42, *All By Note Id*: oldest first.
///
/// # Errors
/// 404 when the caller may not see its ticket's notes; a page that cannot be read.
pub fn of_note(db: &Connection, caller: &Caller, note: NoteId, paging: &Paging) -> Result<Page<File>, Error> {
    notes::actions::one(db, caller, note)?;
    of_owner(db, caller, OwnerKind::Note, note.0, paging)
}

/// 43, *All By Reply Id*: oldest first.
///
/// # Errors
/// 404 when the caller does not see its ticket; a page that cannot be read.
pub fn of_reply(db: &Connection, caller: &Caller, reply: ReplyId, paging: &Paging) -> Result<Page<File>, Error> {
    replies::actions::one(db, caller, reply)?;
    of_owner(db, caller, OwnerKind::Reply, reply.0, paging)
}

fn of_owner(
    db: &Connection,
    caller: &Caller,
    kind: OwnerKind,
    owner: Uuid,
    paging: &Paging,
) -> Result<Page<File>, Error> {
    let list = format!("files of {owner}");
    let size = page::size(paging)?;
    let after = page::start(paging, &list)?.unwrap_or(FileId(Uuid::nil()));
    let files = queries::of_owner(db, caller.role(), kind, owner, after, one_more(size))?;
    Ok(page::of(files, size, &list, |file| file.file_id))
}

/// 45, *All file*: newest first. What nobody attached yet is its uploader's business, an admin's too.
///
/// # Errors
/// When the page asked for makes no sense.
pub fn all(db: &Connection, caller: &Caller, filter: &FileFilter) -> Result<Page<File>, Error> {
    const LIST: &str = "all-files";
    let paging = filter.paging();
    let size = page::size(&paging)?;
    let before = page::start(&paging, LIST)?.unwrap_or(FileId(Uuid::max()));
    let files = queries::all(db, caller.role(), caller.id(), before, one_more(size))?;
    Ok(page::of(files, size, LIST, |file| file.file_id))
}

/// 44, *All By Ticket Id*: oldest first, those of the tickets merged into it among them. Only staff are told of the
/// notes' files.
///
/// # Errors
/// Not found, when the caller does not see the ticket.
pub fn of_ticket(db: &Connection, caller: &Caller, ticket: TicketId, paging: &Paging) -> Result<Page<File>, Error> {
    const LIST: &str = "ticket-files";
    find(db, caller, ticket, Action::See)?;
    let size = page::size(paging)?;
    let after = page::start(paging, LIST)?.unwrap_or(FileId(Uuid::nil()));
    let role = caller.role();
    let files = if tickets::actions::seen(db, caller, ticket, Action::SeeInternal)?.is_some() {
        let read = |ticket, limit| queries::all_of_ticket(db, role, ticket, after, limit);
        together(db, ticket, one_more(size), |file| file.file_id, read)?
    } else {
        let read = |ticket, limit| queries::public_of_ticket(db, role, ticket, after, limit);
        together(db, ticket, one_more(size), |file| file.file_id, read)?
    };
    Ok(page::of(files, size, LIST, |file| file.file_id))
}

/// Forgets uploads that belonged to nothing for too long; answers where their bytes lie.
///
/// # Errors
/// When the database refuses.
pub fn forget_loose(tx: &Tx<'_>) -> Result<Vec<StoredName>, Error> {
    Ok(queries::delete_loose(tx, tx.now().plus_seconds(-LOOSE_SECONDS))?)
}

/// One row more than the page holds tells whether there is another page.
fn one_more(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX).saturating_add(1)
}
