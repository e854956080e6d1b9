//! Keeping drafts. Whoever writes sees the ticket when they begin; what they wrote stays theirs whatever becomes of it.

use super::queries::{self, Place};
use crate::{
    caller::Caller,
    clock::Timestamp,
    db::{Connection, Tx},
    error::Error,
    page,
    tickets::actions::{find, seen},
};
use contract::{
    draft::{Draft, DraftEdit, DraftKind, DraftVersion, Present, SavedDraft, Saving, VERSIONS_KEPT, saving},
    id::TicketId,
    page::{Page, Paging},
    policy::Action,
};

const LIST: &str = "drafts";
const VERSIONS: &str = "draft-versions";

/// *Drafts*: all of the caller's that hold a text, newest first, also on tickets that they no longer see.
///
/// # Errors
/// A page that cannot be read.
pub fn mine(db: &Connection, caller: &Caller, paging: &Paging) -> Result<Page<Draft>, Error> {
    let (size, start) = (page::size(paging)?, page::start::<(i64, TicketId, DraftKind)>(paging, LIST)?);
    let rows = queries::mine(db, caller.id(), start, size as i64 + 1)?;
    let page = page::of(rows, size, LIST, |(at, draft)| (at.0, draft.ticket_id, draft.kind));
    let named = |(_, draft): (_, Draft)| {
        let ticket = seen(db, caller, draft.ticket_id, Action::See)?;
        Ok(Draft { subject: ticket.map(|ticket| ticket.subject), ..draft })
    };
    let items = page.items.into_iter().map(named).collect::<Result<_, Error>>()?;
    Ok(Page { items, next_cursor: page.next_cursor })
}

/// *Drafts By Ticket Id*: the caller's.
///
/// # Errors
/// 404 when they have none there and do not see the ticket.
pub fn of_ticket(db: &Connection, caller: &Caller, ticket: TicketId) -> Result<Vec<Draft>, Error> {
    let drafts = queries::of_ticket(db, caller.id(), ticket)?;
    if drafts.is_empty() {
        find(db, caller, ticket, Action::See)?;
    }
    Ok(drafts)
}

/// *Save Draft*. See [`saving`] for what becomes of the text that is there.
///
/// # Errors
/// 404 when the caller begins a draft on a ticket they do not see; the fields at fault.
pub fn save(
    tx: &Tx<'_>,
    caller: &Caller,
    ticket: TicketId,
    kind: DraftKind,
    edit: DraftEdit,
) -> Result<SavedDraft, Error> {
    let place = Place { author: caller.id(), ticket, kind };
    let (saved_at, there) = match queries::find(tx, place)? {
        Some(found) => found,
        None => (tx.now(), unwritten(tx, caller, place)?),
    };
    let edit = edit.checked()?;
    let age = (tx.now().0 - saved_at.0) / 1000;
    let decided = saving(Present { text: &there.text, version: there.version, age }, &edit);
    let next = there.version + 1;
    let other = match decided {
        Saving::Nothing => return Ok(SavedDraft { draft: there, other: None }),
        Saving::Replaces => None,
        Saving::Keeps | Saving::KeepsUnseen => {
            keep(tx, place, there.version, &there.text, saved_at)?;
            (decided == Saving::KeepsUnseen).then_some(there.version)
        }
        Saving::StandsBack => {
            let typed_at = tx.now().plus_seconds(-edit.typed_ago.unwrap_or_default());
            keep(tx, place, next, &edit.text, typed_at)?;
            Some(next)
        }
    };
    if decided == Saving::StandsBack {
        queries::put(tx, place, &there.text, next + 1, saved_at)?;
    } else {
        queries::put(tx, place, &edit.text, next, tx.now())?;
    }
    let other = other.map(|version| queries::version(tx, place, version)).transpose()?.flatten();
    Ok(SavedDraft { draft: again(tx, place)?, other })
}

/// *Discard Draft*: empties it; its text becomes an earlier version.
///
/// # Errors
/// 404 when the caller has none there and does not see the ticket.
pub fn discard(tx: &Tx<'_>, caller: &Caller, ticket: TicketId, kind: DraftKind) -> Result<(), Error> {
    if queries::find(tx, Place { author: caller.id(), ticket, kind })?.is_none() {
        find(tx, caller, ticket, Action::See)?;
    }
    sent(tx, caller, ticket, kind)
}

/// The caller's draft was sent: empties it in the transaction of its sending. Its text becomes an earlier version.
///
/// # Errors
/// When the database fails.
pub fn sent(tx: &Tx<'_>, caller: &Caller, ticket: TicketId, kind: DraftKind) -> Result<(), Error> {
    let place = Place { author: caller.id(), ticket, kind };
    let Some((saved_at, draft)) = queries::find(tx, place)?.filter(|(_, draft)| !draft.text.is_empty()) else {
        return Ok(());
    };
    keep(tx, place, draft.version, &draft.text, saved_at)?;
    Ok(queries::put(tx, place, "", draft.version + 1, tx.now())?)
}

/// *Draft Versions*: what the caller wrote there before, newest first.
///
/// # Errors
/// 404 when they wrote nothing there and do not see the ticket; a page that cannot be read.
pub fn versions(
    db: &Connection,
    caller: &Caller,
    ticket: TicketId,
    kind: DraftKind,
    paging: &Paging,
) -> Result<Page<DraftVersion>, Error> {
    let place = Place { author: caller.id(), ticket, kind };
    if queries::find(db, place)?.is_none() {
        find(db, caller, ticket, Action::See)?;
    }
    let (size, start) = (page::size(paging)?, page::start(paging, VERSIONS)?.unwrap_or(i64::MAX));
    let rows = queries::versions(db, place, start, size as i64 + 1)?;
    Ok(page::of(rows, size, VERSIONS, |version| version.version))
}

/// Forgets the versions that were kept long enough, and drafts of which nothing else is left.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &Tx<'_>) -> Result<(), Error> {
    let oldest = tx.now().plus_seconds(-VERSIONS_KEPT);
    queries::forget_versions(tx, oldest)?;
    Ok(queries::forget_emptied(tx, oldest)?)
}

/// Keeps an earlier version, as many of them as there may be.
fn keep(tx: &Tx<'_>, place: Place, version: i64, text: &str, saved_at: Timestamp) -> Result<(), Error> {
    queries::keep(tx, place, version, text, saved_at, tx.now())?;
    Ok(queries::forget_beyond(tx, place)?)
}

/// A draft that nobody has begun yet, on a ticket that the caller sees.
fn unwritten(tx: &Tx<'_>, caller: &Caller, place: Place) -> Result<Draft, Error> {
    let ticket = find(tx, caller, place.ticket, Action::See)?;
    Ok(Draft {
        ticket_id: place.ticket,
        number: ticket.number,
        subject: None,
        kind: place.kind,
        text: String::new(),
        version: 0,
        saved_at: tx.now().text(),
        earlier: 0,
    })
}

fn again(tx: &Tx<'_>, place: Place) -> Result<Draft, Error> {
    let found = queries::find(tx, place)?;
    found.map(|(_, draft)| draft).ok_or_else(|| Error::internal("a draft vanished within its transaction"))
}
