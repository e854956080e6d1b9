//! Which report the address asks for. Pure.

use crate::{format, pages::assignee::view::encode, texts::reports};
use contract::{
    Role,
    choice::Choices,
    person::Contact,
    report::{ReportSortField, ReportSortOrder},
};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// Rows shown at first, and added with each step.
pub const ROWS: u32 = 50;

/// How many days a report has when none were named, today among them.
const DAYS: i64 = 90;

/// Parameters of the address that everybody has, and those of admins. The days stand first and may be empty: that asks for
/// all of them.
const DAYS_NAMED: [&str; 2] = ["from", "to"];
const FILTERS: [&str; 3] = ["status", "priority", "category"];
const ADMINS: [&str; 3] = ["assigneeId", "customer", "customerId"];
const ORDER: [&str; 2] = ["sortField", "sortOrder"];

/// The report that the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// In the order above; nothing empty but days.
    pairs: Vec<(String, String)>,
    /// Where the page before ended; empty at the beginning.
    pub cursor: String,
}

/// Days to choose at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    pub label: &'static str,
    pub from: String,
    pub to: String,
}

impl Wanted {
    /// Reads the address, on this day. An assignee's report is of their own tickets, whatever it says.
    pub fn of(query: &ParamsMap, role: Role, today: &str) -> Self {
        let values = |name: &str| query.get_all(name).unwrap_or_default();
        let mut wanted = Self { pairs: read(values, role), cursor: query.get("cursor").unwrap_or_default() };
        if !wanted.names_days() {
            let usual = presets(today).into_iter().nth(2).map(|preset| [("from", preset.from), ("to", preset.to)]);
            let usual = usual.into_iter().flatten().map(|(name, day)| (name.to_owned(), day));
            wanted.pairs.splice(0..0, usual);
        }
        wanted
    }

    fn names_days(&self) -> bool {
        self.pairs.iter().any(|(name, _)| DAYS_NAMED.contains(&name.as_str()))
    }

    /// The value of a filter that has one.
    pub fn one(&self, name: &str) -> &str {
        self.pairs.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    /// The values of a filter that may have several.
    pub fn values(&self, name: &str) -> Vec<String> {
        self.pairs.iter().filter(|(given, _)| given == name).map(|(_, value)| value.clone()).collect()
    }

    /// Whether more than days narrows it.
    pub fn is_filtered(&self) -> bool {
        self.pairs.iter().any(|(name, _)| FILTERS.contains(&name.as_str()) || ADMINS.contains(&name.as_str()))
    }

    pub fn is_of(&self, preset: &Preset) -> bool {
        self.one("from") == preset.from && self.one("to") == preset.to
    }

    /// What it is sorted by, and which way.
    pub fn order(&self) -> (ReportSortField, ReportSortOrder) {
        let field = ReportSortField::parse(self.one("sortField")).unwrap_or(ReportSortField::CreatedAt);
        (field, ReportSortOrder::parse(self.one("sortOrder")).unwrap_or(ReportSortOrder::Descending))
    }

    /// Which of these customers is meant: the one that was chosen, or the only one that the words fit.
    pub fn customer_among<'c>(&self, found: &'c [Contact]) -> Option<&'c Contact> {
        let chosen = found.iter().find(|contact| contact.person.id.to_string() == self.one("customerId"));
        chosen.or(if let [only] = found { Some(only) } else { None })
    }

    /// What the service is asked, for this customer: the filter of a whole report, as its CSV takes it.
    pub fn filter(&self, customer: Option<&Contact>) -> String {
        let known = self.pairs.iter().filter(|(name, value)| !value.is_empty() && !name.starts_with("customer"));
        let mut pairs: Vec<_> = known.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let customer = customer.map(|contact| contact.person.id.to_string());
        pairs.extend(customer.as_deref().map(|id| ("customerId", id)));
        encode(&pairs)
    }

    /// The same from a cursor on.
    pub fn page_of(filter: &str, cursor: &str) -> String {
        let rows = ROWS.to_string();
        let place = [("cursor", cursor), ("pageSize", &rows)];
        let place: Vec<_> = place.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        [filter, &encode(&place)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
    }

    /// The address of this report.
    pub fn href(&self) -> String {
        address(self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect())
    }

    /// The address of the same report from a cursor on.
    pub fn href_at(&self, cursor: &str) -> String {
        format!("{}&{}", self.href(), encode(&[("cursor", cursor)]))
    }

    /// The address of the same report for these days.
    pub fn href_of(&self, preset: &Preset) -> String {
        let others = self.pairs.iter().filter(|(name, _)| !DAYS_NAMED.contains(&name.as_str()));
        let days = [("from", preset.from.as_str()), ("to", &preset.to)];
        address(days.into_iter().chain(others.map(|(name, value)| (name.as_str(), value.as_str()))).collect())
    }

    /// The address of the same report sorted by this; the other way round when it is sorted by it already.
    pub fn href_sorted(&self, field: ReportSortField) -> String {
        let order = match self.order() {
            (now, ReportSortOrder::Descending) if now == field => ReportSortOrder::Ascending,
            _ => ReportSortOrder::Descending,
        };
        let others = self.pairs.iter().filter(|(name, _)| !ORDER.contains(&name.as_str()));
        let others = others.map(|(name, value)| (name.as_str(), value.as_str()));
        address(others.chain([("sortField", field.as_str()), ("sortOrder", order.as_str())]).collect())
    }

    /// The address with these filters instead, read from a form.
    pub fn narrowed(values: impl Fn(&str) -> Vec<String>, role: Role) -> String {
        Self { pairs: read(values, role), cursor: String::new() }.href()
    }
}

/// The days to choose at once, on this one.
pub fn presets(today: &str) -> [Preset; 4] {
    let t = reports();
    let number = format::day_number(today).unwrap_or(0);
    // 1970-01-01 was a Thursday; weeks begin on Monday.
    let monday = number - (number + 3).rem_euclid(7);
    let month = format!("{}01", today.get(..8).unwrap_or_default());
    let until = |label, from| Preset { label, from, to: today.to_owned() };
    [
        until(t.this_week, format::day_of(monday)),
        until(t.this_month, month),
        until(t.ninety_days, format::day_of(number - DAYS + 1)),
        Preset { label: t.all_time, from: String::new(), to: String::new() },
    ]
}

fn read(values: impl Fn(&str) -> Vec<String>, role: Role) -> Vec<(String, String)> {
    let admins = if role == Role::Admin { &ADMINS[..] } else { &[] };
    let mut pairs = Vec::new();
    for name in DAYS_NAMED.iter().chain(&FILTERS).chain(admins).chain(&ORDER) {
        let kept = values(name).into_iter().filter(|value| !value.is_empty() || DAYS_NAMED.contains(name));
        pairs.extend(kept.map(|value| ((*name).to_owned(), value)));
    }
    pairs
}

fn address(pairs: Vec<(&str, &str)>) -> String {
    format!("/desk/reports?{}", encode(&pairs))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(pairs: &[(&str, &str)], role: Role) -> Wanted {
        let mut query = ParamsMap::new();
        for (name, value) in pairs {
            query.insert((*name).to_owned(), (*value).to_owned());
        }
        Wanted::of(&query, role, "2026-11-22")
    }

    #[test]
    fn a_report_has_ninety_days_until_others_or_all_are_asked_for() {
        let filter = |pairs: &[(&str, &str)]| wanted(pairs, Role::Assignee).filter(None);
        assert_eq!(filter(&[]), "from=2026%2D08%2D25&to=2026%2D11%2D22");
        assert_eq!(filter(&[("from", "2026-11-01")]), "from=2026%2D11%2D01");
        assert_eq!(filter(&[("from", ""), ("to", "")]), "");
    }

    #[test]
    fn the_week_begins_on_monday_and_the_month_on_its_first() {
        let days = |today: &str| presets(today).map(|preset| preset.from);
        assert_eq!(days("2026-11-22"), ["2026-11-16", "2026-11-01", "2026-08-25", ""]);
        assert_eq!(days("2026-03-02")[0], "2026-03-02", "a Monday");
        assert_eq!(days("2026-01-01")[0], "2025-12-29");
    }

    #[test]
    fn only_admins_ask_for_other_people() {
        let pairs = [("from", "2026-11-01"), ("status", "OPEN"), ("status", "CLOSED"), ("assigneeId", "none")];
        assert_eq!(
            wanted(&pairs, Role::Admin).filter(None),
            "from=2026%2D11%2D01&status=OPEN&status=CLOSED&assigneeId=none"
        );
        assert_eq!(wanted(&pairs, Role::Assignee).filter(None), "from=2026%2D11%2D01&status=OPEN&status=CLOSED");
    }

    #[test]
    fn a_heading_sorts_and_then_turns_the_order() {
        let days = [("from", ""), ("to", "")];
        let first = wanted(&days, Role::Admin).href_sorted(ReportSortField::Resolution);
        assert_eq!(first, "/desk/reports?from=&to=&sortField=RESOLUTION&sortOrder=DESC");
        let sorted = wanted(&[days[0], days[1], ("sortField", "RESOLUTION"), ("sortOrder", "DESC")], Role::Admin);
        assert!(sorted.href_sorted(ReportSortField::Resolution).ends_with("sortOrder=ASC"));
        assert!(sorted.href_sorted(ReportSortField::Number).ends_with("sortField=NUMBER&sortOrder=DESC"));
    }

    #[test]
    fn the_next_page_has_the_same_filter() {
        assert_eq!(Wanted::page_of("status=OPEN", ""), "status=OPEN&pageSize=50");
        assert_eq!(Wanted::page_of("", "c1"), "cursor=c1&pageSize=50");
        let here = wanted(&[("from", ""), ("to", ""), ("cursor", "c0")], Role::Admin);
        assert_eq!(here.href_at("c1"), "/desk/reports?from=&to=&cursor=c1");
    }
}
