//! Keeping the titles of canned replies, and reading them. An assignee is offered active ones and knows of no others.

use super::queries;
use crate::{
    caller::Caller,
    db::{Connection, Tx},
    error::Error,
    page,
};
use contract::{
    Code, Role,
    id::ReplyTitleId,
    page::Page,
    reply_title::{NewReplyTitle, ReplyTitle, ReplyTitleFilter, ReplyTitleStatus, folded},
};

const LIST: &str = "reply-titles";

/// The title, when the caller may see it.
///
/// # Errors
/// 404, alike for a title that is missing and for one that is not active, asked for by an assignee.
pub fn find(db: &Connection, caller: &Caller, id: ReplyTitleId) -> Result<ReplyTitle, Error> {
    let title = queries::find(db, id)?.ok_or_else(Error::not_found)?;
    if offered(caller).is_none_or(|status| title.status == status) { Ok(title) } else { Err(Error::not_found()) }
}

/// *Replay Title*, by title.
///
/// # Errors
/// A page that cannot be read.
pub fn list(db: &Connection, caller: &Caller, filter: &ReplyTitleFilter) -> Result<Page<ReplyTitle>, Error> {
    let paging = filter.paging();
    let (size, start) = (page::size(&paging)?, page::start::<String>(&paging, LIST)?.unwrap_or_default());
    let statuses = [filter.status, offered(caller)];
    let rows = queries::list(db, &statuses, &start, size as i64 + 1)?;
    Ok(page::of(rows, size, LIST, |title| folded(&title.title)))
}

/// *Replay Title*: a new one, active.
///
/// # Errors
/// The title at fault; `TITLE_TAKEN`.
pub fn add(tx: &Tx<'_>, caller: &Caller, new: NewReplyTitle) -> Result<ReplyTitle, Error> {
    let NewReplyTitle { title } = new.checked()?;
    if queries::is_taken(tx, &folded(&title))? {
        return Err(Error::new(Code::TitleTaken, "There is such a title already. Choose another, or add to that one."));
    }
    let id = ReplyTitleId(tx.new_id());
    queries::insert(tx, id, &title, &folded(&title), caller.id(), tx.now())?;
    again(tx, id)
}

/// *Reply Title Status*: offers a title with its messages, or withdraws them.
///
/// # Errors
/// 404 when there is no such title.
pub fn set_status(tx: &Tx<'_>, id: ReplyTitleId, status: ReplyTitleStatus) -> Result<ReplyTitle, Error> {
    queries::find(tx, id)?.ok_or_else(Error::not_found)?;
    queries::set_status(tx, id, status)?;
    again(tx, id)
}

/// The one status of the titles that the caller knows of, unless they know of all.
pub fn offered(caller: &Caller) -> Option<ReplyTitleStatus> {
    (caller.role() != Role::Admin).then_some(ReplyTitleStatus::Active)
}

fn again(tx: &Tx<'_>, id: ReplyTitleId) -> Result<ReplyTitle, Error> {
    queries::find(tx, id)?.ok_or_else(|| Error::internal("a title vanished within its transaction"))
}
