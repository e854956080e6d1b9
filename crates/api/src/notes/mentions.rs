//! Those whom a note mentions: they are notified, and follow the ticket from then on, so that they see it.

use crate::{
    caller::Caller,
    db::{Connection, Tx},
    error::Error,
    followers, notifications, people,
};
use contract::{
    id::PersonId,
    mention::{mentioned, mentions, renamed},
    notification::NotificationKind,
    person::Person,
    ticket::Ticket,
};
use std::collections::HashMap;

/// Whom this text mentions, each once.
///
/// # Errors
/// The body, when one of them is not active or not of staff, told alike whether they exist or not.
pub fn of(db: &Connection, body: &str) -> Result<Vec<Person>, Error> {
    let person = |(id, name): (PersonId, &str)| {
        people::queries::active(db, id)?.filter(|person| person.role.is_staff()).ok_or_else(|| {
            Error::invalid("body", format!("“{name}” cannot be mentioned: choose somebody of staff from the list."))
        })
    };
    mentioned(body).into_iter().map(person).collect()
}

/// Tells them of the note that was recorded as `seq`, except who wrote it. Who works on the ticket sees it anyway.
///
/// # Errors
/// When the database fails.
pub fn tell(tx: &mut Tx<'_>, caller: &Caller, ticket: &Ticket, seq: i64, people: Vec<Person>) -> Result<(), Error> {
    for person in people.into_iter().filter(|person| person.id != caller.id()) {
        let id = person.id;
        if ticket.assignee.as_ref().is_none_or(|assignee| assignee.id != id) {
            followers::actions::follow(tx, caller, ticket.ticket_id, person)?;
        }
        notifications::actions::notify(tx, id, ticket.ticket_id, seq, NotificationKind::Mentioned)?;
    }
    Ok(())
}

/// The text with the present names of those whom it mentions.
///
/// # Errors
/// When the database fails.
pub fn with_names(db: &Connection, body: &str) -> Result<String, Error> {
    let mut names = HashMap::new();
    for mention in mentions(body) {
        names.insert(mention.person, people::queries::name(db, mention.person)?);
    }
    Ok(renamed(body, |person| names.get(&person).cloned().flatten()))
}
