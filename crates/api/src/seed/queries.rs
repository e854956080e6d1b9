//! Rows of load data, written as they stand at the end of a ticket's life, and what is put aside meanwhile.

use super::life::Life;
use crate::{
    db::{Columns, Connection, Result, Text, UNFINISHED},
    tickets::queries::urgency,
};
use contract::{
    Role,
    choice::Choices,
    person::Person,
    ticket::{Channel, Status},
};
use rusqlite::params;

/// What the words' table holds in memory before it writes, in bytes: while much is written, and otherwise.
const WORDS_MUCH: i64 = 64 << 20;
const WORDS_USUAL: i64 = 1 << 20;

/// How indexes and triggers are made that were put aside, and the version of the schema they belong to.
pub struct Aside(Vec<String>, i64);

/// Puts the tickets' indexes and triggers aside where there is no ticket yet: made at the end from all rows, they cost a
/// tenth. Until then the folder cannot be opened again.
pub fn put_aside(db: &Connection) -> Result<Aside> {
    let version = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if db.query_row("SELECT EXISTS (SELECT 1 FROM tickets)", [], |row| row.get(0))? {
        return Ok(Aside(Vec::new(), version));
    }
    let found: Vec<(String, String, String)> = db
        .prepare(
            "SELECT type, name, sql FROM sqlite_master
             WHERE sql IS NOT NULL AND (type = 'index' AND tbl_name = 'tickets'
                                        OR type = 'trigger' AND tbl_name IN ('tickets', 'followers'))
             ORDER BY type, rowid",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_>>()?;
    for (kind, name, _) in &found {
        db.execute_batch(&format!("DROP {kind} \"{name}\""))?;
    }
    words_held(db, WORDS_MUCH)?;
    db.pragma_update(None, "user_version", UNFINISHED)?;
    Ok(Aside(found.into_iter().map(|(_, _, sql)| sql).collect(), version))
}

/// Makes again what was put aside, and counts the tickets that were written without their triggers.
pub fn put_back(db: &Connection, Aside(made, version): &Aside) -> Result<()> {
    if made.is_empty() {
        return Ok(());
    }
    for sql in made {
        db.execute_batch(sql)?;
    }
    words_held(db, WORDS_USUAL)?;
    db.execute_batch(
        "-- Many large parts would be merged by whoever happens to write next, for seconds.
         INSERT INTO words (words) VALUES ('optimize');
         DELETE FROM report_days;
         INSERT INTO report_days (status, day) SELECT DISTINCT status, created_at / 86400000 FROM tickets;
         DELETE FROM ticket_counts;
         INSERT INTO ticket_counts
         SELECT whose, person_id, status, urgency, category, escalated, start_date, count(*) FROM ticket_places
         GROUP BY whose, person_id, status, urgency, category, escalated, start_date;
         UPDATE followers SET (number, status, urgency, created_at, updated_at) =
             (SELECT t.number, t.status, t.urgency, t.created_at, t.updated_at FROM tickets t WHERE t.id = followers.ticket_id);",
    )?;
    db.pragma_update(None, "user_version", version)
}

fn words_held(db: &Connection, bytes: i64) -> Result<()> {
    db.execute("INSERT INTO words (words, rank) VALUES ('hashsize', ?1)", [bytes])?;
    Ok(())
}

pub fn insert_ticket(db: &Connection, life: &Life) -> Result<()> {
    let updated = life.updated().0;
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    db.prepare_cached(
        "INSERT INTO tickets (id, number, subject, description, category, urgency, status, customer_id, organization_id,
                              assignee_id, channel, created_at, updated_at, closed_at, rating, version, texts, reply_count,
                              first_response_seconds, resolution_seconds)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
    )?
    .execute(params![
        Text(life.id),
        life.number,
        life.subject,
        life.description,
        life.category.as_str(),
        urgency(life.priority),
        life.status.as_str(),
        Text(life.customer),
        life.organization.map(Text),
        life.assignee.map(Text),
        Channel::Web.as_str(),
        life.filed.0,
        updated,
        (life.status == Status::Closed).then_some(updated),
        life.rating(),
        count(life.happenings.len()),
        count(life.texts()),
        count(life.replies()),
        life.first_response_seconds(),
        life.resolution_seconds(),
    ])?;
    Ok(())
}

/// How many accounts there are.
pub fn count_people(db: &Connection) -> Result<u64> {
    let count: i64 = db.prepare_cached("SELECT count(*) FROM people")?.query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Those who can work tickets, as events name them: without e-mail.
pub fn assignees(db: &Connection) -> Result<Vec<Person>> {
    db.prepare_cached(
        "SELECT id, name, role, email FROM people WHERE role = 'ASSIGNEE' AND disabled_at IS NULL ORDER BY created_at, id",
    )?
    .query_map([], |row| Columns::of(row).person(Role::Customer))?
    .collect()
}
