//! Reading a report: a page of rows, and on the first page what all of them come to.

use super::{
    order::{self, Start, Stretch},
    queries::{self, Way},
    scope::Scope,
    totals,
};
use crate::{caller::Caller, db::Connection, error::Error, page};
use contract::{
    Role,
    report::{Report, ReportFilter, ReportRow, ReportSortField, ReportSortOrder, ReportTotals},
    ticket::Status,
};

/// Most tickets of some days that are sorted anew for each page. Of more days than that hold, the order is walked and
/// what was filed on other days is passed over.
const SORTED: i64 = 50_000;

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    scope: Scope,
    stretches: Vec<Stretch>,
    /// The order's name in cursors.
    name: String,
}

/// Rows in the order of the report, the next ones each time.
pub struct Rows {
    scope: Scope,
    stretches: Vec<Stretch>,
    reader: Role,
    start: Option<Start>,
    /// Told with the first rows.
    way: Option<Way>,
}

/// A row with its place in the order.
pub struct Placed {
    pub row: ReportRow,
    start: Start,
}

/// *Ticket Report*: a page of it.
///
/// # Errors
/// The fields at fault; a page that cannot be read.
pub fn report(db: &Connection, caller: &Caller, filter: &ReportFilter) -> Result<Report, Error> {
    let paging = filter.paging();
    let asked = Asked::of(caller, filter)?;
    let (size, start) = (page::size(&paging)?, page::start(&paging, &asked.name)?);
    let totals = if start.is_none() { Some(totals(db, &asked.scope)?) } else { None };
    let name = asked.name.clone();
    let mut rows = Rows { start, ..asked.rows(caller) };
    let page = page::of(rows.next(db, size + 1)?, size, &name, |placed| placed.start);
    let rows = page.items.into_iter().map(|placed| placed.row).collect();
    Ok(Report { rows, totals, next_cursor: page.next_cursor })
}

impl Asked {
    /// Reads the filter, but for its page.
    ///
    /// # Errors
    /// The fields at fault.
    pub fn of(caller: &Caller, filter: &ReportFilter) -> Result<Self, Error> {
        let field = filter.sort_field.unwrap_or(ReportSortField::CreatedAt);
        let order = filter.sort_order.unwrap_or(ReportSortOrder::Descending);
        Ok(Self {
            scope: Scope::of(caller, filter)?,
            stretches: order::stretches(field, order),
            name: order::name(field, order),
        })
    }

    /// The rows from the first on.
    pub fn rows(self, caller: &Caller) -> Rows {
        Rows { scope: self.scope, stretches: self.stretches, reader: caller.role(), start: None, way: None }
    }
}

impl Rows {
    /// Up to `limit` more rows; fewer when there are no more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn next(&mut self, db: &Connection, limit: usize) -> Result<Vec<Placed>, Error> {
        let way = match self.way {
            Some(way) => way,
            None => *self.way.insert(way(db, &self.scope)?),
        };
        let mut rows: Vec<Placed> = Vec::new();
        let first = self.start.map_or(0, |start| start.stretch);
        for (index, stretch) in self.stretches.iter().enumerate().skip(first) {
            let scope = self.scope.within(&stretch.statuses);
            let start = self.start.filter(|start| start.stretch == index);
            let found = queries::rows(db, self.reader, &scope, stretch, way, start, limit - rows.len())?;
            rows.extend(
                found
                    .into_iter()
                    .map(|(row, place)| Placed { start: Start { stretch: index, place, number: row.number }, row }),
            );
            if rows.len() >= limit {
                break;
            }
        }
        self.start = rows.last().map(|last| last.start).or(self.start);
        Ok(rows)
    }
}

fn way(db: &Connection, scope: &Scope) -> Result<Way, Error> {
    match scope.days {
        Some(days) if queries::are_filed_at_most(db, days, SORTED)? => Ok(Way::Days),
        _ => Ok(Way::Order),
    }
}

fn totals(db: &Connection, scope: &Scope) -> Result<ReportTotals, Error> {
    let mut tally = totals::Tally::default();
    for status in &scope.status {
        queries::filed(db, &scope.within(&[*status]), |filed| tally.add(*status, filed))?;
    }
    queries::closed_by_day(db, &scope.within(&[Status::Closed]), |day, closed| tally.close(day, closed))?;
    Ok(tally.totals())
}
