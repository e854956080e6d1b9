//! Reports in the database. As a list of tickets does, a stretch of a report merges *runs*, one for each status, that an
//! index holds in order.

use super::{
    order::{Direction, Key, Start, Stretch},
    packed,
    scope::{Days, Scope},
    totals::Filed,
};
use crate::{
    clock::DAY,
    db::{Columns, Connection, Result, select::Select},
    tickets::queries::{priority, urgency},
};
use contract::{Role, choice::Choices, report::ReportRow, ticket::Status};
use rusqlite::{Row, params, params_from_iter, types::Value};

const PACKED: &str = "SELECT day, tickets FROM report_days
     WHERE status = ?1 AND day >= ?2 AND day < ?3 AND tickets IS NOT NULL ORDER BY day";
const UNPACKED: &str = "SELECT day FROM report_days WHERE status = ?1 AND day < ?2 AND tickets IS NULL";

/// How rows are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Along the order, past what is not in the scope.
    Order,
    /// Along the days of the scope, sorting what was filed on them.
    Days,
}

/// Whether no more tickets than these were filed on these days.
pub fn are_filed_at_most(db: &Connection, days: Days, tickets: i64) -> Result<bool> {
    db.prepare_cached(
        "SELECT count(*) <= ?3 FROM (
             SELECT 1 FROM tickets INDEXED BY tickets_by_creation
             WHERE status IN ('OPEN', 'IN_PROGRESS', 'WAITING', 'COMPLETED', 'CLOSED')
               AND created_at >= ?1 AND created_at < ?2 LIMIT ?3 + 1)",
    )?
    .query_row(params![days.from.0, days.until.0, tickets], |row| row.get(0))
}

/// Up to `limit` rows of a stretch after `start`, each with its place.
pub fn rows(
    db: &Connection,
    reader: Role,
    scope: &Scope,
    stretch: &Stretch,
    way: Way,
    start: Option<Start>,
    limit: usize,
) -> Result<Vec<(ReportRow, i64)>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut select = Select::new(
        "SELECT t.id, t.number, t.subject, t.category, t.urgency, t.status, t.channel, c.id, c.name, c.role, c.email,
                t.organization_id, a.id, a.name, a.role, a.email, t.escalation_level, t.payment_id, t.rating,
                t.created_at, t.updated_at, t.closed_at, t.reply_count, t.first_response_seconds, t.resolution_seconds,
                page.place
         FROM (SELECT place, number FROM (",
    );
    let runs = runs(scope, stretch);
    if runs.is_empty() {
        return Ok(Vec::new());
    }
    for (index, scope) in runs.iter().enumerate() {
        select.push(if index == 0 { "SELECT * FROM (" } else { " UNION ALL SELECT * FROM (" });
        select.append(run(scope, stretch, way, start, limit)).push(")");
    }
    select.push(match stretch.direction {
        Direction::Up => ") ORDER BY place, number",
        Direction::Down => ") ORDER BY place DESC, number DESC",
    });
    select.with(
        " LIMIT ?) page JOIN tickets t ON t.number = page.number
         JOIN people c ON c.id = t.customer_id LEFT JOIN people a ON a.id = t.assignee_id",
        limit,
    );
    select.push(match stretch.direction {
        Direction::Up => " ORDER BY page.place, page.number",
        Direction::Down => " ORDER BY page.place DESC, page.number DESC",
    });
    let (sql, values) = select.finish();
    db.prepare_cached(&sql)?
        .query_map(params_from_iter(values), |row| Ok((report_row(row, reader)?, row.get("place")?)))?
        .collect()
}

/// Hands over what is added up of every ticket of one status, with the day it was filed on.
pub fn filed(db: &Connection, scope: &Scope, mut each: impl FnMut(i64, Filed)) -> Result<()> {
    let mut select = Select::new(
        "SELECT t.created_at, t.reply_count, t.first_response_seconds, t.resolution_seconds, t.closed_at FROM tickets t",
    );
    select.push(index(scope, Key::Filed, Way::Days));
    narrow(&mut select, scope);
    within(&mut select, scope.days);
    let (sql, values) = select.finish();
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        each(day(columns.take()?), sums(&mut columns)?);
    }
    Ok(())
}

/// Hands over the packed days of a status, the first one first.
pub fn packed(db: &Connection, status: Status, days: Days, mut each: impl FnMut(i64, &[u8])) -> Result<()> {
    let (from, until) = days.counted();
    let mut statement = db.prepare_cached(PACKED)?;
    let mut rows = statement.query(params![status.as_str(), from, until])?;
    while let Some(row) = rows.next()? {
        each(row.get(0)?, row.get_ref(1)?.as_blob()?);
    }
    Ok(())
}

/// The days, before `until`, on which tickets of this status were filed that are not packed.
pub fn unpacked(db: &Connection, status: Status, until: i64) -> Result<Vec<i64>> {
    db.prepare_cached(UNPACKED)?.query_map(params![status.as_str(), until], |row| row.get(0))?.collect()
}

/// The tickets of this status filed on this day, to be packed.
pub fn filed_on(db: &Connection, status: Status, day: i64) -> Result<Vec<packed::Ticket>> {
    let days = Days::one(day);
    db.prepare_cached(
        "SELECT urgency, category, reply_count, first_response_seconds, resolution_seconds, closed_at
         FROM tickets INDEXED BY tickets_by_creation WHERE status = ?1 AND created_at >= ?2 AND created_at < ?3",
    )?
    .query_map(params![status.as_str(), days.from.0, days.until.0], |row| {
        let mut columns = Columns::of(row);
        Ok(packed::Ticket { urgency: columns.take()?, category: columns.choice()?, filed: sums(&mut columns)? })
    })?
    .collect()
}

/// Keeps a day packed.
pub fn keep(db: &Connection, status: Status, day: i64, tickets: &[u8]) -> Result<()> {
    db.prepare_cached("UPDATE report_days SET tickets = ?3 WHERE status = ?1 AND day = ?2")?.execute(params![
        status.as_str(),
        day,
        tickets
    ])?;
    Ok(())
}

/// Forgets a day on which no ticket of this status was filed.
pub fn forget(db: &Connection, status: Status, day: i64) -> Result<()> {
    db.prepare_cached("DELETE FROM report_days WHERE status = ?1 AND day = ?2")?
        .execute(params![status.as_str(), day])?;
    Ok(())
}

/// Hands over when each ticket was closed that was closed on these days, whenever it was filed: on which day, counted from
/// 1970. Grouped by SQLite, they would be sorted, though the index holds them in order.
pub fn closed(db: &Connection, scope: &Scope, days: Days, mut each: impl FnMut(i64)) -> Result<()> {
    if scope.status.is_empty() {
        return Ok(());
    }
    let mut select = Select::new("SELECT t.closed_at FROM tickets t");
    select.push(index(scope, Key::Closed, Way::Order));
    narrow(&mut select, scope);
    select.push(" AND t.closed_at IS NOT NULL");
    select.with(" AND t.closed_at >= ?", days.from.0).with(" AND t.closed_at < ?", days.until.0);
    let (sql, values) = select.finish();
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    while let Some(row) = rows.next()? {
        each(day(row.get(0)?));
    }
    Ok(())
}

/// The next four columns (replies, first response, resolution, closing) as what is added up.
fn sums(columns: &mut Columns<'_>) -> Result<Filed> {
    Ok(Filed {
        replies: columns.take()?,
        first_response: columns.take()?,
        resolution: columns.take()?,
        closed: columns.take::<Option<i64>>()?.map(day),
    })
}

const fn day(time: i64) -> i64 {
    time.div_euclid(DAY)
}

/// One for each status, but for what no index holds by status.
fn runs(scope: &Scope, stretch: &Stretch) -> Vec<Scope> {
    if stretch.key == Key::Number && !scope.status.is_empty() {
        return vec![scope.clone()];
    }
    scope.status.iter().map(|status| scope.within(&[*status])).collect()
}

fn run(scope: &Scope, stretch: &Stretch, way: Way, start: Option<Start>, limit: i64) -> Select {
    let place = place(stretch.key);
    let mut select = Select::new("SELECT ");
    select.push(place).push(" AS place, t.number FROM tickets t").push(index(scope, stretch.key, way));
    narrow(&mut select, scope);
    within(&mut select, scope.days);
    select.push(match stretch.key {
        Key::Closed => " AND t.closed_at IS NOT NULL",
        Key::FirstResponse => " AND t.first_response_seconds IS NOT NULL",
        Key::Resolution => " AND t.resolution_seconds IS NOT NULL",
        Key::FiledUnanswered => " AND t.first_response_seconds IS NULL",
        Key::Filed | Key::Updated | Key::Urgency | Key::Number => "",
    });
    if let Some(start) = start {
        after(&mut select, stretch, start);
    }
    select.push(" ORDER BY ").push(place).push(match stretch.direction {
        Direction::Up => ", t.number",
        Direction::Down => " DESC, t.number DESC",
    });
    select.with(" LIMIT ?", limit);
    select
}

const fn place(key: Key) -> &'static str {
    match key {
        Key::Filed | Key::FiledUnanswered => "t.created_at",
        Key::Updated => "t.updated_at",
        Key::Closed => "t.closed_at",
        Key::Urgency => "t.urgency",
        Key::Number => "t.number",
        Key::FirstResponse => "t.first_response_seconds",
        Key::Resolution => "t.resolution_seconds",
    }
}

/// The index to go along. The planner knows neither how many tickets a customer has nor how many days hold few.
fn index(scope: &Scope, key: Key, way: Way) -> &'static str {
    if scope.customer.is_some() {
        return " INDEXED BY tickets_of_customer";
    }
    let assigned = !scope.assigned.is_empty();
    match (key, way) {
        (Key::Filed | Key::FiledUnanswered, _) | (_, Way::Days) if assigned => {
            " INDEXED BY tickets_of_assignee_by_creation"
        }
        (Key::Filed | Key::FiledUnanswered, _) | (_, Way::Days) => " INDEXED BY tickets_by_creation",
        (Key::Number, _) if assigned => " INDEXED BY tickets_of_assignee_by_creation",
        (Key::Updated, _) if assigned => " INDEXED BY tickets_of_assignee_by_update",
        (Key::Urgency, _) if assigned => " INDEXED BY tickets_of_assignee_by_urgency",
        (Key::Number, _) => " NOT INDEXED",
        (Key::Updated, _) => " INDEXED BY tickets_by_update",
        (Key::Urgency, _) => " INDEXED BY tickets_by_urgency",
        (Key::Closed, _) => " INDEXED BY tickets_by_closing",
        (Key::FirstResponse, _) => " INDEXED BY tickets_by_first_response",
        (Key::Resolution, _) => " INDEXED BY tickets_by_resolution",
    }
}

fn narrow(select: &mut Select, scope: &Scope) {
    select.among(" WHERE t.status IN", words(&scope.status));
    for assigned in &scope.assigned {
        match assigned {
            Some(id) => select.with(" AND t.assignee_id = ?", id.to_string()),
            None => select.push(" AND t.assignee_id IS NULL"),
        };
    }
    if let Some(customer) = scope.customer {
        select.with(" AND t.customer_id = ?", customer.to_string());
    }
    select.among(" AND t.urgency IN", scope.priority.iter().map(|p| urgency(*p).into()).collect());
    select.among(" AND t.category IN", words(&scope.category));
}

fn within(select: &mut Select, days: Option<Days>) {
    if let Some(days) = days {
        select.with(" AND t.created_at >= ?", days.from.0).with(" AND t.created_at < ?", days.until.0);
    }
}

fn after(select: &mut Select, stretch: &Stretch, start: Start) {
    if stretch.key == Key::Number {
        let beyond = if stretch.direction == Direction::Up { " AND t.number > ?" } else { " AND t.number < ?" };
        select.with(beyond, start.number);
        return;
    }
    select.push(" AND (").push(place(stretch.key)).push(match stretch.direction {
        Direction::Up => ", t.number) > (?, ?)",
        Direction::Down => ", t.number) < (?, ?)",
    });
    select.value(start.place).value(start.number);
}

fn words<T: Choices>(values: &[T]) -> Vec<Value> {
    values.iter().map(|value| Value::Text(value.as_str().to_owned())).collect()
}

fn report_row(row: &Row<'_>, reader: Role) -> Result<ReportRow> {
    let mut columns = Columns::of(row);
    Ok(ReportRow {
        ticket_id: columns.id()?,
        number: columns.take()?,
        subject: columns.take()?,
        category: columns.choice()?,
        priority: priority(columns.take()?),
        status: columns.choice()?,
        channel: columns.choice()?,
        customer: columns.person(reader)?,
        organization_id: columns.maybe_id()?,
        assignee: columns.maybe_person(reader)?,
        escalation_level: columns.take()?,
        payment_id: columns.take()?,
        rating: columns.take()?,
        created_at: columns.time()?,
        updated_at: columns.time()?,
        closed_at: columns.maybe_time()?,
        reply_count: columns.take()?,
        first_response_seconds: columns.take()?,
        resolution_seconds: columns.take()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clock::Clock,
        db::{self, Db},
        events::hub::Hub,
    };
    use std::sync::Arc;

    #[tokio::test]
    async fn days_are_found_by_steps_in_indexes() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(folder.path(), Arc::default(), Clock::System, Hub::default()).unwrap();
        for (sql, values, step) in [
            (PACKED, 3, "SEARCH report_days USING INDEX sqlite_autoindex_report_days_1 (status=? AND day>? AND day<?)"),
            (UNPACKED, 2, "SEARCH report_days USING INDEX report_days_unpacked (status=? AND day<?)"),
        ] {
            let steps = db.read(move |db| Ok(db::plan(db, sql, params_from_iter(vec![0; values]))?)).await.unwrap();
            assert_eq!(steps, [step]);
        }
    }
}
