//! Merging, undoing that, and reading a conversation over all the tickets that it is made of.

use super::queries;
use crate::{
    caller::Caller,
    db::{self, Connection, Tx, search},
    drafts,
    error::Error,
    events,
    tickets::actions::find,
};
use contract::{
    Code,
    event::What,
    id::{MergeId, TicketId},
    mention,
    merge::{self, Merge, NewMerge},
    policy::Action,
    ticket::Ticket,
};

/// *Merge Tickets*.
///
/// # Errors
/// As [`find`], of the target; the sources at fault, told alike whether one is hidden or missing; `TICKET_MERGED` when
/// one of them was merged already; `TICKET_CLOSED` when the target is.
pub fn merge(tx: &mut Tx<'_>, caller: &Caller, target: TicketId, new: NewMerge) -> Result<Merge, Error> {
    let target = find(tx, caller, target, Action::Merge)?;
    let new = new.checked()?;
    let sources: Vec<Ticket> = new.sources.iter().map(|id| source(tx, caller, *id)).collect::<Result<_, _>>()?;
    for source in &sources {
        merge::check(&target, source)?;
    }
    let id = MergeId(tx.new_id());
    let texts = queries::texts_indexed(tx, target.number)?;
    queries::insert(tx, id, target.ticket_id, caller.id(), tx.now(), texts)?;
    for source in &sources {
        queries::copy_followers(tx, id, source.ticket_id, target.ticket_id, tx.now())?;
        queries::copy_assignee(tx, id, source.ticket_id, target.ticket_id, tx.now())?;
        for along in queries::conversation(tx, source.ticket_id)? {
            make_findable(tx, target.number, along)?;
        }
        drafts::queries::carry_over(tx, source.ticket_id, target.ticket_id)?;
        queries::keep_tickets(tx, id, source.ticket_id)?;
        queries::take_along(tx, source.ticket_id, target.ticket_id)?;
    }
    queries::set_texts_until(tx, id, queries::texts_indexed(tx, target.number)?)?;
    queries::touch(tx, target.ticket_id, tx.now())?;
    record_merge(tx, caller, id, &target, &sources)?;
    let kept = queries::find(tx, caller.role(), id)?;
    kept.map(|kept| kept.merge).ok_or_else(|| Error::internal("a merge vanished within its transaction"))
}

/// A ticket that the caller wants to merge into another.
fn source(db: &Connection, caller: &Caller, id: TicketId) -> Result<Ticket, Error> {
    find(db, caller, id, Action::Merge).map_err(|error| match error.problem().code {
        Code::NotFound => {
            Error::invalid("sources", "Name tickets that you see: one of these is none, or not yours to see.")
        }
        _ => error,
    })
}

/// Makes the texts of a ticket lead to the one it is merged into.
fn make_findable(tx: &Tx<'_>, target: i64, along: TicketId) -> Result<(), Error> {
    let (number, subject, description, customer) = queries::itself(tx, along)?;
    search::index_reply(tx, target, &search::of_ticket(number, &subject, &description, &customer))?;
    for text in queries::public_texts(tx, along)? {
        search::index_reply(tx, target, &text)?;
    }
    for text in queries::internal_texts(tx, along)? {
        search::index_note(tx, target, &mention::plain(&text))?;
    }
    for (kind, name) in queries::file_names(tx, along)? {
        search::index_files(tx, target, &name, kind)?;
    }
    Ok(())
}

fn record_merge(
    tx: &mut Tx<'_>,
    caller: &Caller,
    merge_id: MergeId,
    target: &Ticket,
    sources: &[Ticket],
) -> Result<(), Error> {
    for source in sources {
        let what = What::MergedInto { merge_id, target: target.link() };
        events::record(tx, caller, source.ticket_id, &what)?;
    }
    let what = What::Merged { merge_id, sources: sources.iter().map(Ticket::link).collect() };
    events::record(tx, caller, target.ticket_id, &what).map(drop)
}

/// *Merges By Ticket Id*: those that stand and make up its conversation, oldest first.
///
/// # Errors
/// As [`find`].
pub fn list(db: &Connection, caller: &Caller, ticket: TicketId) -> Result<Vec<Merge>, Error> {
    find(db, caller, ticket, Action::See)?;
    Ok(queries::of_conversation(db, caller.role(), ticket)?)
}

/// *Undo Merge*: everything is as it was. What was written since stays with the target.
///
/// # Errors
/// As [`find`], of the target; `TICKET_MERGED` when that was merged further, which is to be undone first; `STALE` when it
/// is undone already.
pub fn undo(tx: &mut Tx<'_>, caller: &Caller, id: MergeId) -> Result<(), Error> {
    let kept = queries::find(tx, caller.role(), id)?.ok_or_else(Error::not_found)?;
    let Merge { target, sources, .. } = kept.merge;
    let number = find(tx, caller, target.ticket_id, Action::Merge)?.number;
    let Some(texts) = kept.texts else {
        return Err(Error::new(Code::Stale, "This merge is undone already: each ticket stands for itself."));
    };
    queries::give_back(tx, id)?;
    queries::pass_followers_on(tx, id, target.ticket_id)?;
    queries::forget_followers(tx, id, target.ticket_id)?;
    search::forget(tx, number, texts);
    queries::untouch(tx, id, target.ticket_id)?;
    queries::set_undone(tx, id, tx.now())?;
    for source in &sources {
        let what = What::Unmerged { merge_id: id, target: target.clone() };
        events::record(tx, caller, source.ticket_id, &what)?;
    }
    events::record(tx, caller, target.ticket_id, &What::MergeUndone { merge_id: id, sources }).map(drop)
}

/// Up to `limit` rows of a ticket's conversation in the order of `place`, of which `read` gives as many of one ticket. Of a
/// ticket into which nothing was merged, which is nearly every one, that is the one reading and nothing else.
///
/// # Errors
/// When the database fails.
pub fn together<T, P: Ord>(
    db: &Connection,
    ticket: TicketId,
    limit: i64,
    place: impl Fn(&T) -> P,
    read: impl Fn(TicketId, i64) -> db::Result<Vec<T>>,
) -> Result<Vec<T>, Error> {
    let tickets = queries::conversation(db, ticket)?;
    let mut rows = Vec::new();
    for ticket in &tickets {
        rows.extend(read(*ticket, limit)?);
    }
    if tickets.len() > 1 {
        rows.sort_by_key(place);
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    }
    Ok(rows)
}
