//! Lists of tickets. A list is a merge of *runs*, each of which an index already holds in the list's order: one for
//! every way in which the caller sees tickets, and for every status. The runs are one compound query with one order, for
//! which SQLite takes from each run no more than the page needs. So a page costs the same among a million tickets as among
//! a hundred.

use super::{Among, Listing, Start, TOLD};
use crate::{
    caller::Caller,
    db::{Connection, Result, search::Search, select::Select},
    tickets::queries::{columns, joins, ticket, urgency},
};
use contract::{
    choice::Choices,
    ticket::{Status, Ticket, TicketSort},
};
use rusqlite::{params_from_iter, types::Value};

/// A ticket of the list, with its place in the list's order.
pub struct Placed {
    pub ticket: Ticket,
    pub start: Start,
}

/// Up to `limit` tickets of the list, from its start. Descriptions are cut.
pub fn list(db: &Connection, reader: &Caller, listing: &Listing, limit: usize) -> Result<Vec<Placed>> {
    let (sql, values) = page(reader, listing, limit).finish();
    let mut statement = db.prepare_cached(&sql)?;
    // Looked up by its name once, not for every row.
    let place = statement.column_index("place")?;
    statement
        .query_map(params_from_iter(values), |row| {
            let mut ticket = ticket(row, reader)?;
            if let Some((end, _)) = ticket.description.char_indices().nth(TOLD) {
                ticket.description.truncate(end);
            }
            let start = Start { place: row.get(place)?, number: ticket.number };
            Ok(Placed { ticket, start })
        })?
        .collect()
}

fn page(reader: &Caller, listing: &Listing, limit: usize) -> Select {
    let mut select = Select::new(concat!(columns!("t.description"), ", page.place FROM ("));
    select.value(reader.id().to_string()).value(i64::from(reader.is_staff()));
    for (index, run) in runs(listing).into_iter().enumerate() {
        if index > 0 {
            select.push(" UNION ALL ");
        }
        select.append(self::run(reader, listing, &run));
    }
    select.push(order(listing.sort)).with(" LIMIT ?", i64::try_from(limit).unwrap_or(i64::MAX));
    select.push(concat!(") page JOIN tickets t ON t.number = place_number ", joins!())).push(order(listing.sort));
    select
}

/// Tickets seen in one way, of one status where an index is ordered by status.
struct Run {
    among: Among,
    status: Option<Status>,
}

/// A search is answered from the words that lead to tickets, not from an order, and needs no runs by status.
fn runs(listing: &Listing) -> Vec<Run> {
    let statuses = if listing.status.is_empty() { Status::ALL } else { &listing.status };
    let of_each = |among: &Among| match led(listing) {
        true => vec![Run { among: *among, status: None }],
        false => statuses.iter().map(|status| Run { among: *among, status: Some(*status) }).collect(),
    };
    listing.among.iter().flat_map(of_each).collect()
}

/// Whether words lead to the tickets of the list.
fn led(listing: &Listing) -> bool {
    listing.search.as_ref().is_some_and(Search::leads)
}

/// Where a run is read from, and its order with it: what somebody follows has its orders beside the followers.
#[derive(Clone, Copy)]
enum Source {
    Tickets,
    Followers,
}

impl Run {
    const fn source(&self) -> Source {
        match (self.among, self.status) {
            (Among::Followed(_) | Among::FollowedOnly(_), Some(_)) => Source::Followers,
            _ => Source::Tickets,
        }
    }
}

fn run(reader: &Caller, listing: &Listing, run: &Run) -> Select {
    let (place, number) = (run.source().place(listing.sort), run.source().number());
    let mut select = Select::new("SELECT ");
    select.push(place).push(" AS place, ").push(number).push(" AS place_number FROM ");
    among(&mut select, run.among, led(listing));
    match (run.status, run.source()) {
        (Some(status), Source::Tickets) => select.with(" AND t.status = ?", status.as_str().to_owned()),
        (Some(status), Source::Followers) => select.with(" AND w.status = ?", status.as_str().to_owned()),
        // What was merged into another ticket is found there.
        (None, _) if listing.status.is_empty() => select.push(" AND t.status <> 'MERGED'"),
        (None, _) => select.among(" AND t.status IN", words(&listing.status)),
    };
    narrow(&mut select, reader, listing);
    if let Some(start) = listing.start {
        let beyond = if is_falling(listing.sort) { ") < (?, ?)" } else { ") > (?, ?)" };
        select.push(" AND (").push(place).push(", ").push(number).push(beyond).value(start.place).value(start.number);
    }
    select
}

fn among(select: &mut Select, among: Among, searching: bool) {
    let tickets = if searching { "tickets t NOT INDEXED WHERE " } else { "tickets t WHERE " };
    let followers = if searching {
        "followers w JOIN tickets t ON t.id = w.ticket_id WHERE w.person_id = ?"
    } else {
        // Followers come first: their order is the run's.
        "followers w CROSS JOIN tickets t ON t.number = w.number WHERE w.person_id = ?"
    };
    match among {
        Among::All => select.push(tickets).push("1"),
        // The planner would rather walk a whole status in the list's order than sort one customer's few tickets.
        Among::Customer(id) if searching => select.push(tickets).with("t.customer_id = ?", id.to_string()),
        Among::Customer(id) => {
            select.with("tickets t INDEXED BY tickets_of_customer WHERE t.customer_id = ?", id.to_string())
        }
        Among::Assignee(id) => select.push(tickets).with("t.assignee_id = ?", id.to_string()),
        Among::Unassigned => select.push(tickets).push("t.assignee_id IS NULL"),
        Among::Followed(id) => select.with(followers, id.to_string()),
        Among::FollowedOnly(id) => {
            select.with(followers, id.to_string()).with(" AND t.assignee_id <> ?", id.to_string())
        }
    };
}

fn narrow(select: &mut Select, reader: &Caller, listing: &Listing) {
    select.among(" AND t.urgency IN", listing.priority.iter().map(|p| urgency(*p).into()).collect());
    select.among(" AND t.category IN", words(&listing.category));
    if let Some(sight) = listing.sight {
        select
            .push(" AND (t.assignee_id = ? OR t.assignee_id IS NULL OR EXISTS (SELECT 1 FROM followers x WHERE x.person_id = ? AND x.ticket_id = t.id))")
            .value(sight.to_string())
            .value(sight.to_string());
    }
    match listing.assignee {
        Some(Some(id)) => drop(select.with(" AND +t.assignee_id = ?", id.to_string())),
        Some(None) => drop(select.push(" AND +t.assignee_id IS NULL")),
        None => {}
    }
    if let Some(customer) = listing.customer {
        select.with(" AND +t.customer_id = ?", customer.to_string());
    }
    if let Some(escalated) = listing.escalated {
        select.push(if escalated { " AND t.escalation_level > 0" } else { " AND t.escalation_level = 0" });
    }
    if let Some(unread) = listing.unread {
        select.push(match (reader.is_staff(), unread) {
            (true, true) => " AND t.staff_seq > ",
            (true, false) => " AND t.staff_seq <= ",
            (false, true) => " AND t.public_seq > ",
            (false, false) => " AND t.public_seq <= ",
        });
        select.with(
            "coalesce((SELECT y.seq FROM seen y WHERE y.person_id = ? AND y.ticket_id = t.id), 0)",
            reader.id().to_string(),
        );
    }
    if let Some((later, today)) = &listing.starts_later {
        let fragment =
            if *later { " AND t.start_date > ?" } else { " AND (t.start_date IS NULL OR t.start_date <= ?)" };
        select.with(fragment, today.clone());
    }
    if let Some(search) = &listing.search {
        if search.leads() {
            select.within(" AND t.number IN", Search::numbers(search, reader.is_staff()));
        }
        for (condition, values) in search.asked() {
            select.push(condition);
            for value in values {
                select.value(value);
            }
        }
    }
}

fn words<T: Choices>(values: &[T]) -> Vec<Value> {
    values.iter().map(|value| Value::Text(value.as_str().to_owned())).collect()
}

impl Source {
    /// By what a run is sorted first.
    const fn place(self, sort: TicketSort) -> &'static str {
        use TicketSort::*;
        match (self, sort) {
            (Self::Tickets, RecentlyUpdated | LongestUntouched) => "t.updated_at",
            (Self::Tickets, Newest | Oldest) => "t.created_at",
            (Self::Tickets, MostUrgent) => "t.urgency",
            (Self::Followers, RecentlyUpdated | LongestUntouched) => "w.updated_at",
            (Self::Followers, Newest | Oldest) => "w.created_at",
            (Self::Followers, MostUrgent) => "w.urgency",
        }
    }

    /// What it is sorted by where that is alike.
    const fn number(self) -> &'static str {
        match self {
            Self::Tickets => "t.number",
            Self::Followers => "w.number",
        }
    }
}

const fn is_falling(sort: TicketSort) -> bool {
    matches!(sort, TicketSort::RecentlyUpdated | TicketSort::Newest)
}

/// The order of the runs, of what is merged of them, and of the page.
const fn order(sort: TicketSort) -> &'static str {
    if is_falling(sort) { " ORDER BY place DESC, place_number DESC" } else { " ORDER BY place, place_number" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clock::Clock,
        db::{self, Db},
        events::hub::Hub,
    };
    use contract::{
        Actor, Role,
        id::{PersonId, SessionId},
    };
    use std::sync::Arc;
    use uuid::Uuid;

    fn listing(among: Vec<Among>, sort: TicketSort, start: Option<Start>) -> Listing {
        Listing {
            among,
            sight: None,
            assignee: None,
            customer: None,
            status: Vec::new(),
            priority: Vec::new(),
            category: Vec::new(),
            escalated: None,
            unread: None,
            starts_later: None,
            search: None,
            sort,
            start,
        }
    }

    fn plan(db: &Connection, reader: &Caller, listing: &Listing) -> Result<Vec<String>> {
        let (sql, values) = page(reader, listing, 51).finish();
        db::plan(db, &sql, params_from_iter(values))
    }

    #[tokio::test]
    async fn a_list_in_its_order_reads_its_page_and_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(folder.path(), Arc::default(), Clock::System, Hub::default()).unwrap();
        let id = PersonId(Uuid::nil());
        let actor = Actor { id, role: Role::Assignee, organization_id: None };
        let reader = Caller { actor, name: String::new(), email: String::new(), session_id: SessionId(Uuid::nil()) };
        for sort in TicketSort::ALL {
            for start in [None, Some(Start { place: 1, number: 1 })] {
                for among in [
                    vec![Among::All],
                    vec![Among::Followed(id)],
                    vec![Among::Assignee(id), Among::Unassigned, Among::FollowedOnly(id)],
                ] {
                    let listing = listing(among, *sort, start);
                    let reader = reader.clone();
                    let plan = db.read(move |db| Ok(plan(db, &reader, &listing)?)).await.unwrap();
                    let scans: Vec<_> = plan.iter().filter(|step| step.starts_with("SCAN")).collect();
                    assert_eq!(scans, ["SCAN page"], "{plan:?}");
                    let sorts: Vec<_> = plan.iter().filter(|step| step.contains("TEMP B-TREE")).collect();
                    assert!(sorts.len() <= 1, "only the page itself may be sorted: {plan:?}");
                    assert!(plan.iter().any(|step| step == "MERGE (UNION ALL)"), "{plan:?}");
                }
            }
        }
    }
}
