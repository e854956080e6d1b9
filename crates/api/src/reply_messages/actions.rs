//! Keeping the texts of canned replies, reading them, and counting how often they are used.

use super::queries;
use crate::{
    caller::Caller,
    db::{Connection, Tx},
    error::Error,
    page,
    reply_titles::{self, actions::offered},
};
use contract::{
    id::ReplyMessageId,
    page::Page,
    reply_message::{NewReplyMessage, ReplyMessage, ReplyMessageEdit, ReplyMessageFilter},
};

const LIST: &str = "reply-messages";

/// The message, when the caller may see its title.
///
/// # Errors
/// 404 otherwise, the same as when there is none.
pub fn find(db: &Connection, caller: &Caller, id: ReplyMessageId) -> Result<ReplyMessage, Error> {
    let message = queries::find(db, id)?.ok_or_else(Error::not_found)?;
    reply_titles::actions::find(db, caller, message.reply_title_id)?;
    Ok(message)
}

/// *Reply Messages*: by title, and of each the oldest first.
///
/// # Errors
/// A page that cannot be read.
pub fn list(db: &Connection, caller: &Caller, filter: &ReplyMessageFilter) -> Result<Page<ReplyMessage>, Error> {
    let paging = filter.paging();
    let size = page::size(&paging)?;
    let start = page::start::<(String, Option<ReplyMessageId>)>(&paging, LIST)?.unwrap_or_default();
    let rows = queries::list(db, offered(caller), filter.reply_title_id, &start, size as i64 + 1)?;
    let page = page::of(rows, size, LIST, |(folded, message)| (folded.clone(), Some(message.reply_message_id)));
    Ok(Page { items: page.items.into_iter().map(|(_, message)| message).collect(), next_cursor: page.next_cursor })
}

/// *Replay Messages*: a new one.
///
/// # Errors
/// The fields at fault, among them a title that is not there.
pub fn add(tx: &Tx<'_>, caller: &Caller, new: NewReplyMessage) -> Result<ReplyMessage, Error> {
    let NewReplyMessage { reply_title_id, message } = new.checked()?;
    if reply_titles::queries::find(tx, reply_title_id)?.is_none() {
        return Err(Error::invalid("replyTitleId", "Choose a title: there is none with this id."));
    }
    let id = ReplyMessageId(tx.new_id());
    queries::insert(tx, id, reply_title_id, &message, caller.id(), tx.now())?;
    again(tx, id)
}

/// *Replay Messages*: another text.
///
/// # Errors
/// 404 when there is no such message; the text at fault.
pub fn edit(tx: &Tx<'_>, id: ReplyMessageId, edit: ReplyMessageEdit) -> Result<ReplyMessage, Error> {
    queries::find(tx, id)?.ok_or_else(Error::not_found)?;
    let ReplyMessageEdit { message } = edit.checked()?;
    queries::set_message(tx, id, &message, tx.now())?;
    again(tx, id)
}

/// *Use Reply Message*.
///
/// # Errors
/// As [`find`].
pub fn count_use(tx: &Tx<'_>, caller: &Caller, id: ReplyMessageId) -> Result<(), Error> {
    find(tx, caller, id)?;
    Ok(queries::count_use(tx, id)?)
}

fn again(tx: &Tx<'_>, id: ReplyMessageId) -> Result<ReplyMessage, Error> {
    queries::find(tx, id)?.ok_or_else(|| Error::internal("a message vanished within its transaction"))
}
