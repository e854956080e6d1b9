//! Reading a report: a page of rows, and on the first page what all of them come to.

use super::{
    order::{self, Start, Stretch},
    packed::{self, Wanted},
    queries::{self, Way},
    scope::{Days, Scope},
    totals::{Filed, Tally},
};
use crate::{
    caller::Caller,
    clock::{DAY, Timestamp},
    db::{Connection, Tx},
    error::Error,
    page,
};
use contract::{
    Role,
    choice::Choices,
    report::{Report, ReportFilter, ReportRow, ReportSortField, ReportSortOrder, ReportTotals},
    ticket::Status,
};

/// Most tickets of some days that are sorted anew for each page. Of more days than that hold, the order is walked and
/// what was filed on other days is passed over.
const SORTED: i64 = 50_000;

/// Days after which a ticket changes so seldom that its day is packed.
const FRESH: i64 = 7;
/// Tickets after which a step of packing ends: some milliseconds, for others wait to write.
const TOGETHER: usize = 2_000;

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

/// The tickets of one status filed on one day, counted from 1970: not packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unpacked {
    status: Status,
    day: i64,
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
    let mut tally = Tally::default();
    for status in &scope.status {
        add(db, &scope.within(&[*status]), *status, &mut tally)?;
    }
    if let Some(days) = scope.days {
        queries::closed(db, &scope.within(&[Status::Closed]), days, |day| tally.close(day, 1))?;
    }
    Ok(tally.totals())
}

/// Adds the tickets of one status: the packed days, then one by one those of other days.
fn add(db: &Connection, scope: &Scope, status: Status, tally: &mut Tally) -> Result<(), Error> {
    // Of days, the closings are counted whenever the ticket was filed.
    let closings = status == Status::Closed && scope.days.is_none();
    let told = |filed: Filed| Filed { closed: filed.closed.filter(|_| closings), ..filed };
    let wanted = Wanted::of(scope);
    let rest = packed_days(db, scope, status, |day, bytes| {
        tally.add_all(status, day, packed::unpack(day, bytes, &wanted).map(told));
    })?;
    for scope in rest {
        queries::filed(db, &scope, |day, filed| tally.add(status, day, told(filed)))?;
    }
    Ok(())
}

/// Hands over the packed days of one status, and answers what else is to be looked at.
fn packed_days(
    db: &Connection,
    scope: &Scope,
    status: Status,
    mut each: impl FnMut(i64, &[u8]),
) -> Result<Vec<Scope>, Error> {
    if scope.is_of_somebody() {
        return Ok(vec![scope.clone()]);
    }
    let mut left = scope.days.unwrap_or(Days::ALL);
    let mut rest = Vec::new();
    queries::packed(db, status, left, |day, bytes| {
        let packed = Days::one(day);
        rest.push(Days { until: packed.from, ..left });
        left.from = packed.until;
        each(day, bytes);
    })?;
    rest.push(left);
    Ok(rest.into_iter().filter(|days| !days.is_empty()).map(|days| scope.filed(days)).collect())
}

/// The days of each status that could be packed and are not.
///
/// # Errors
/// When the database fails.
pub fn unpacked(db: &Connection, now: Timestamp) -> Result<Vec<Unpacked>, Error> {
    let until = now.0.div_euclid(DAY) - FRESH;
    let mut unpacked = Vec::new();
    for status in Status::ALL {
        unpacked
            .extend(queries::unpacked(db, *status, until)?.into_iter().map(|day| Unpacked { status: *status, day }));
    }
    Ok(unpacked)
}

/// Packs the last of these days, as many as make one short step; what is left is for the next one.
///
/// # Errors
/// When the database fails.
pub fn pack(tx: &Tx<'_>, mut days: Vec<Unpacked>) -> Result<Vec<Unpacked>, Error> {
    let mut packed = 0;
    while packed < TOGETHER
        && let Some(Unpacked { status, day }) = days.pop()
    {
        let tickets = queries::filed_on(tx, status, day)?;
        packed += tickets.len();
        match packed::pack(day, &tickets) {
            Some(bytes) => queries::keep(tx, status, day, &bytes)?,
            None if tickets.is_empty() => queries::forget(tx, status, day)?,
            // One of them does not fit.
            None => {}
        }
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{App, clock::Clock, config::Config, reports, seed};

    /// How many tickets are in packed days, and of how many others one was filed before that day.
    fn looked_at(db: &Connection, scope: &Scope, fresh: i64) -> Result<(usize, usize, usize), Error> {
        let (mut packed, mut old, mut new) = (0, 0, 0);
        for status in Status::ALL {
            let scope = scope.within(&[*status]);
            let rest = packed_days(db, &scope, *status, |day, bytes| {
                packed += packed::unpack(day, bytes, &Wanted::of(&scope)).count();
            })?;
            for scope in rest {
                queries::filed(db, &scope, |day, _| *if day < fresh { &mut old } else { &mut new } += 1)?;
            }
        }
        Ok((packed, old, new))
    }

    #[tokio::test]
    async fn no_ticket_of_a_packed_day_is_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let now = Timestamp(1_795_334_400_000);
        let app = App::open(folder.path(), Config::default(), Clock::fixed(now)).unwrap();
        seed::tickets(&app, 1_500, 1_000, |_| {}).await.unwrap();
        let fresh = now.0 / DAY - FRESH;
        let all = Scope {
            assigned: vec![],
            customer: None,
            status: Status::ALL.to_vec(),
            priority: vec![],
            category: vec![],
            days: None,
        };
        let days = Scope { days: Some(Days { until: Days::one(fresh).from, ..Days::ALL }), ..all.clone() };
        let somebody = Scope { assigned: vec![None], ..days.clone() };
        let look = async |scope: Scope| app.db.read(move |db| looked_at(db, &scope, fresh)).await.unwrap();
        let (packed, old, new) = look(all.clone()).await;
        assert!(packed > 1_000 && new > 0, "{packed} packed, {new} not");
        assert_eq!((packed + new, old), (1_500, 0));
        assert_eq!(look(days).await, (packed, 0, 0));
        let (packed, old, _) = look(somebody).await;
        assert!(packed == 0 && old > 0, "what somebody works on is in no packed day");

        assert_eq!(app.db.read(move |db| unpacked(db, now)).await.unwrap(), [], "nothing is left to be packed");
        let commits = app.db.commits();
        reports::pack(&app).await.unwrap();
        assert_eq!(app.db.commits(), commits, "where nothing is to be packed, nothing is written");
    }
}
