//! Which tickets a list holds: what was asked for, within what the caller may see.

mod queries;

use crate::{
    caller::Caller,
    clock::Timestamp,
    db::{Connection, search::Search},
    error::Error,
    page,
    search::actions as search,
};
use contract::{
    Role,
    choice::Choices,
    id::PersonId,
    page::Page,
    policy, text,
    ticket::{Category, Priority, Status, Ticket, TicketFilter, TicketSort},
    view::NOBODY,
};
use serde::{Deserialize, Serialize};

/// How much of a description a list tells, in characters.
pub const TOLD: usize = 280;

/// A way in which tickets are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    All,
    Customer(PersonId),
    Assignee(PersonId),
    Unassigned,
    /// All that somebody follows.
    Followed(PersonId),
    /// What somebody follows while another person works it: the rest of an assignee's sight.
    FollowedOnly(PersonId),
}

/// Where a page starts: after the ticket at this place in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    pub place: i64,
    pub number: i64,
}

/// A list of tickets. The ways in `among` hold no ticket in common.
#[derive(Clone, Debug)]
pub struct Listing {
    pub among: Vec<Among>,
    /// Only what this assignee sees.
    pub sight: Option<PersonId>,
    /// Only what this person works, or nobody.
    pub assignee: Option<Option<PersonId>>,
    pub customer: Option<PersonId>,
    pub status: Vec<Status>,
    pub priority: Vec<Priority>,
    pub category: Vec<Category>,
    pub escalated: Option<bool>,
    pub unread: Option<bool>,
    /// Whether the start date lies after this day.
    pub starts_later: Option<(bool, String)>,
    pub search: Option<Search>,
    pub sort: TicketSort,
    pub start: Option<Start>,
}

/// *Tickets*: all that the caller sees.
///
/// # Errors
/// When the filter cannot be read.
pub fn visible(db: &Connection, caller: &Caller, filter: &TicketFilter, now: Timestamp) -> Result<Page<Ticket>, Error> {
    let listing = Listing::of(caller, filter, now)?;
    let among = match (caller.role(), listing.assignee, listing.customer) {
        (Role::Customer, ..) => vec![Among::Customer(caller.id())],
        (_, Some(None), None) => vec![Among::Unassigned],
        (Role::Admin, Some(Some(id)), _) => vec![Among::Assignee(id)],
        (Role::Assignee, Some(Some(id)), None) if id == caller.id() => vec![Among::Assignee(id)],
        (Role::Assignee, Some(Some(_)), None) => vec![Among::FollowedOnly(caller.id())],
        (_, _, Some(id)) => vec![Among::Customer(id)],
        (Role::Admin, None, None) => vec![Among::All],
        (Role::Assignee, None, None) => {
            vec![Among::Assignee(caller.id()), Among::Unassigned, Among::FollowedOnly(caller.id())]
        }
    };
    let sight = (caller.role() == Role::Assignee && listing.customer.is_some()).then(|| caller.id());
    Listing { among, sight, ..listing }.page(db, caller, filter)
}

/// *Tickets by customer id*: of those, what the caller sees.
///
/// # Errors
/// When a customer asks for somebody else's, or the filter cannot be read.
pub fn of_customer(
    db: &Connection,
    caller: &Caller,
    customer: PersonId,
    filter: &TicketFilter,
    now: Timestamp,
) -> Result<Page<Ticket>, Error> {
    if caller.role() == Role::Customer && caller.id() != customer {
        return Err(Error::not_found());
    }
    let sight = (caller.role() == Role::Assignee).then(|| caller.id());
    Listing { among: vec![Among::Customer(customer)], sight, ..Listing::of(caller, filter, now)? }
        .page(db, caller, filter)
}

/// *List Of Tickets By Follower Id*.
///
/// # Errors
/// When it is neither the caller nor the caller an admin, or the filter cannot be read.
pub fn of_follower(
    db: &Connection,
    caller: &Caller,
    follower: PersonId,
    filter: &TicketFilter,
    now: Timestamp,
) -> Result<Page<Ticket>, Error> {
    if !policy::may_list_for(&caller.actor, follower) {
        return Err(Error::not_found());
    }
    Listing { among: vec![Among::Followed(follower)], ..Listing::of(caller, filter, now)? }.page(db, caller, filter)
}

/// *List Of Tickets By Assignee*.
///
/// # Errors
/// When it is neither the caller nor the caller an admin, or the filter cannot be read.
pub fn of_assignee(
    db: &Connection,
    caller: &Caller,
    assignee: PersonId,
    filter: &TicketFilter,
    now: Timestamp,
) -> Result<Page<Ticket>, Error> {
    if !policy::may_list_for(&caller.actor, assignee) {
        return Err(Error::not_found());
    }
    Listing { among: vec![Among::Assignee(assignee)], ..Listing::of(caller, filter, now)? }.page(db, caller, filter)
}

impl Listing {
    /// What was asked for, not yet within anybody's sight.
    fn of(caller: &Caller, filter: &TicketFilter, now: Timestamp) -> Result<Self, Error> {
        let sort = filter.sort.unwrap_or(TicketSort::RecentlyUpdated);
        if filter.starts_later.is_some() && !caller.is_staff() {
            return Err(Error::invalid("startsLater", "Only staff plan start dates."));
        }
        filter.q.as_deref().map_or(Ok(()), |words| text::query("q", words))?;
        Ok(Self {
            among: Vec::new(),
            sight: None,
            assignee: filter.assignee_id.as_deref().map(assignee).transpose()?,
            customer: filter.customer_id,
            status: distinct(&filter.status),
            priority: distinct(&filter.priority),
            category: distinct(&filter.category),
            escalated: filter.escalated,
            unread: filter.unread,
            starts_later: filter.starts_later.map(|later| (later, now.date())),
            search: filter.q.as_deref().and_then(Search::parse),
            sort,
            start: page::start(&filter.paging(), sort.as_str())?,
        })
    }

    fn page(self, db: &Connection, caller: &Caller, filter: &TicketFilter) -> Result<Page<Ticket>, Error> {
        let size = page::size(&filter.paging())?;
        let weighed = |words: Option<Search>| words.map(|words| search::weighed(db, caller, words)).transpose();
        let listing = Self { search: weighed(self.search)?, ..self };
        let mut found = queries::list(db, caller, &listing, size + 1)?;
        if let Some(q) = filter.q.as_deref().filter(|_| found.is_empty())
            && let Some(meant) = search::corrected(db, caller, q)?
        {
            found = queries::list(
                db,
                caller,
                &Self { search: weighed(Search::parse(&meant))?, ..listing.clone() },
                size + 1,
            )?;
        }
        let page = page::of(found, size, listing.sort.as_str(), |placed| placed.start);
        let items = page.items.into_iter().map(|placed| placed.ticket).collect();
        Ok(Page { items, next_cursor: page.next_cursor })
    }
}

/// Whose tickets are asked for; `None`: nobody's.
///
/// # Errors
/// When it is neither a person's id nor [`NOBODY`].
pub fn assignee(text: &str) -> Result<Option<PersonId>, Error> {
    match text {
        NOBODY => Ok(None),
        id => id.parse().map(Some).map_err(|_| Error::invalid("assigneeId", "Use a person's id, or none.")),
    }
}

/// Each value once: a status named twice must not bring its tickets twice.
pub fn distinct<T: Choices + PartialEq>(values: &[T]) -> Vec<T> {
    T::ALL.iter().copied().filter(|value| values.contains(value)).collect()
}
