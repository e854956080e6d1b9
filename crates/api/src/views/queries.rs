//! Views in the database, and the counters of tickets.

use super::counts::{Cell, Whose};
use crate::{
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text},
    tickets::queries::priority,
};
use contract::{
    id::{PersonId, ViewId},
    view::{Sharing, View, folded},
};
use rusqlite::{Row, params, types::Type};
use serde::{Serialize, de::DeserializeOwned};

/// Whose a view is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Person(PersonId),
    AllStaff,
}

impl Owner {
    /// As it is kept: nobody's id is shared with all.
    fn id(self) -> Option<String> {
        match self {
            Self::Person(id) => Some(id.to_string()),
            Self::AllStaff => None,
        }
    }
}

/// Every view of this owner, by name.
pub fn of(db: &Connection, owner: Owner) -> Result<Vec<View>> {
    db.prepare_cached(
        "SELECT id, name, owner_id, filter, columns FROM views WHERE coalesce(owner_id, '') = coalesce(?1, '') ORDER BY folded",
    )?
    .query_map([owner.id()], view)?
    .collect()
}

/// The view, if it is this person's or shared.
pub fn find(db: &Connection, id: ViewId, person: PersonId) -> Result<Option<View>> {
    db.prepare_cached(
        "SELECT id, name, owner_id, filter, columns FROM views WHERE id = ?1 AND (owner_id IS NULL OR owner_id = ?2)",
    )?
    .query_row(params![Text(id), Text(person)], view)
    .optional()
}

/// The view of this owner that is called so.
pub fn named(db: &Connection, owner: Owner, folded: &str) -> Result<Option<ViewId>> {
    db.prepare_cached("SELECT id FROM views WHERE coalesce(owner_id, '') = coalesce(?1, '') AND folded = ?2")?
        .query_row(params![owner.id(), folded], |row| Columns::of(row).id())
        .optional()
}

/// How many views this owner has.
pub fn count(db: &Connection, owner: Owner) -> Result<i64> {
    db.prepare_cached("SELECT count(*) FROM views WHERE coalesce(owner_id, '') = coalesce(?1, '')")?
        .query_row([owner.id()], |row| row.get(0))
}

pub fn insert(db: &Connection, view: &View, owner: Owner, by: PersonId, at: Timestamp) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO views (id, owner_id, name, folded, filter, columns, created_by, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
    )?
    .execute(params![
        Text(view.view_id),
        owner.id(),
        view.name,
        folded(&view.name),
        json(&view.filter)?,
        json(&view.columns)?,
        Text(by),
        at.0,
    ])?;
    Ok(())
}

pub fn update(db: &Connection, view: &View, owner: Owner, at: Timestamp) -> Result<()> {
    db.prepare_cached(
        "UPDATE views SET owner_id = ?2, name = ?3, folded = ?4, filter = ?5, columns = ?6, updated_at = ?7 WHERE id = ?1",
    )?
    .execute(params![
        Text(view.view_id),
        owner.id(),
        view.name,
        folded(&view.name),
        json(&view.filter)?,
        json(&view.columns)?,
        at.0,
    ])?;
    Ok(())
}

pub fn delete(db: &Connection, id: ViewId) -> Result<()> {
    db.prepare_cached("DELETE FROM views WHERE id = ?1")?.execute([Text(id)])?;
    Ok(())
}

/// The counters of these tickets. A date later than `today`, `YYYY-MM-DD`, is still to come.
pub fn cells(db: &Connection, whose: Whose, today: &str) -> Result<Vec<Cell>> {
    let (whose, person) = place(whose);
    db.prepare_cached(
        "SELECT status, urgency, category, escalated, start_date > ?3, tickets
         FROM ticket_counts WHERE whose = ?1 AND person_id = ?2",
    )?
    .query_map(params![whose, person, today], |row| {
        let mut columns = Columns::of(row);
        Ok(Cell {
            status: columns.choice()?,
            priority: priority(columns.take()?),
            category: columns.choice()?,
            escalated: columns.take()?,
            later: columns.take()?,
            tickets: columns.take()?,
        })
    })?
    .collect()
}

/// As the migration calls them.
fn place(whose: Whose) -> (&'static str, String) {
    match whose {
        Whose::All => ("ALL", String::new()),
        Whose::Nobody => ("NOBODY", String::new()),
        Whose::Assignee(id) => ("ASSIGNEE", id.to_string()),
        Whose::Follower(id) => ("FOLLOWER", id.to_string()),
        Whose::OnlyFollower(id) => ("ONLY_FOLLOWER", id.to_string()),
    }
}

fn view(row: &Row<'_>) -> Result<View> {
    let mut columns = Columns::of(row);
    Ok(View {
        view_id: columns.id()?,
        name: columns.take()?,
        sharing: match columns.take::<Option<String>>()? {
            Some(_) => Sharing::Private,
            None => Sharing::Shared,
        },
        filter: held(columns.take()?)?,
        columns: held(columns.take()?)?,
        count: None,
    })
}

fn json(held: &impl Serialize) -> Result<String> {
    serde_json::to_string(held).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn held<T: DeserializeOwned>(json: String) -> Result<T> {
    serde_json::from_str(&json).map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into()))
}
