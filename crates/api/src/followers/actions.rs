//! Adding, listing and removing followers. That staff follow a ticket is nothing a customer learns.

use super::queries;
use crate::{
    caller::Caller,
    db::{Connection, Tx},
    error::Error,
    events, page, people,
    tickets::actions::{find, unmerged},
};
use contract::{
    Code, Role,
    event::What,
    follower::NewFollower,
    id::{PersonId, TicketId},
    page::{Page, Paging},
    person::Person,
    policy::{self, Action, Candidate, Standing},
    ticket::Ticket,
};

const LIST: &str = "followers";

/// *Add Follower To The Ticket*.
///
/// # Errors
/// As [`find`]; somebody the caller may not add, told alike whether they exist or not; `ALREADY_FOLLOWING`.
pub fn add(tx: &mut Tx<'_>, caller: &Caller, ticket: TicketId, new: NewFollower) -> Result<Person, Error> {
    let ticket = find(tx, caller, ticket, Action::AddFollower)?;
    let follower = eligible(tx, caller, &ticket, new.follower_id)?.ok_or_else(|| not_eligible(caller))?;
    if queries::is_follower(tx, ticket.ticket_id, follower.id)?.is_none() {
        queries::insert(tx, ticket.ticket_id, follower.id, tx.now())?;
    } else if !queries::keep(tx, ticket.ticket_id, follower.id)? {
        return Err(Error::new(Code::AlreadyFollowing, format!("{} follows this ticket already.", follower.name)));
    }
    events::record(tx, caller, ticket.ticket_id, &What::FollowerAdded { follower: follower.clone() })?;
    Ok(follower)
}

/// The person, if the caller may have them follow the ticket.
///
/// # Errors
/// When the database fails.
pub fn eligible(db: &Connection, caller: &Caller, ticket: &Ticket, person: PersonId) -> Result<Option<Person>, Error> {
    let allowed = |person: &people::queries::Known| {
        let candidate = Candidate { role: person.person.role, organization_id: person.organization };
        person.person.id != ticket.customer.id
            && policy::may_add_follower(&caller.actor, candidate, ticket.organization_id)
    };
    Ok(people::queries::known(db, person)?.filter(allowed).map(|known| known.person))
}

/// Makes somebody of staff follow the ticket, whom the caller had to do with it; nothing when they do already.
///
/// # Errors
/// When the database fails.
pub fn follow(tx: &mut Tx<'_>, caller: &Caller, ticket: TicketId, follower: Person) -> Result<(), Error> {
    if queries::is_follower(tx, ticket, follower.id)?.is_some() {
        queries::keep(tx, ticket, follower.id)?;
        return Ok(());
    }
    queries::insert(tx, ticket, follower.id, tx.now())?;
    events::record(tx, caller, ticket, &What::FollowerAdded { follower }).map(drop)
}

/// *List Of Follower By Ticket Id*, in the order in which they came.
///
/// # Errors
/// As [`find`]; a page that cannot be read.
pub fn list(db: &Connection, caller: &Caller, ticket: TicketId, paging: &Paging) -> Result<Page<Person>, Error> {
    find(db, caller, ticket, Action::See)?;
    let (size, start) = (page::size(paging)?, page::start::<(i64, PersonId)>(paging, LIST)?);
    let rows = queries::of_ticket(db, caller.role(), ticket, start, size as i64 + 1)?;
    let page = page::of(rows, size, LIST, |(since, person)| (*since, person.id));
    Ok(Page { items: page.items.into_iter().map(|(_, person)| person).collect(), next_cursor: page.next_cursor })
}

/// *Remove Follower*: oneself always, others by who may add them.
///
/// # Errors
/// 404 when the caller does not see the ticket or the follower; 403 when they may not; `TICKET_MERGED`.
pub fn remove(tx: &mut Tx<'_>, caller: &Caller, ticket: TicketId, follower: PersonId) -> Result<(), Error> {
    let ticket = unmerged(find(tx, caller, ticket, Action::See)?)?;
    let seen = |person: &Person| caller.is_staff() || !person.role.is_staff();
    let person = queries::is_follower(tx, ticket.ticket_id, follower)?.filter(seen).ok_or_else(Error::not_found)?;
    if !policy::may_remove_follower(&caller.actor, Standing::to(&caller.actor, &ticket), follower, person.role) {
        return Err(Error::forbidden());
    }
    queries::delete(tx, ticket.ticket_id, follower)?;
    events::record(tx, caller, ticket.ticket_id, &What::FollowerRemoved { follower: person }).map(drop)
}

fn not_eligible(caller: &Caller) -> Error {
    Error::invalid(
        "followerId",
        match caller.role() {
            Role::Customer => "Choose a colleague of your own organization.",
            Role::Assignee | Role::Admin => "Choose a colleague of the customer's organization, or somebody of staff.",
        },
    )
}
