//! What the queue shows, read from the URL: a view, and the filters on top of it. Pure.

use crate::{rpc::tickets::Scope, texts::desk};
use contract::{Role, choice::Choices, ticket::Status};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// A named part of the tickets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    #[default]
    Mine,
    Unassigned,
    Followed,
    Escalated,
    StartingLater,
    /// Every active ticket.
    All,
    /// Every active ticket that the assignee sees.
    AllISee,
    /// Escalated and nobody has it.
    WaitingForAdmin,
}

impl View {
    /// The views of this role, the most used first.
    pub const fn of(role: Role) -> &'static [Self] {
        use View::*;
        match role {
            Role::Admin => &[All, WaitingForAdmin, Unassigned, Mine, Followed, Escalated, StartingLater],
            Role::Assignee | Role::Customer => &[Mine, Unassigned, Followed, Escalated, StartingLater, AllISee],
        }
    }

    /// In the URL.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::Followed => "followed",
            Self::Escalated => "escalated",
            Self::StartingLater => "starting-later",
            Self::All => "all",
            Self::AllISee => "all-i-see",
            Self::WaitingForAdmin => "waiting-for-admin",
        }
    }

    /// For people.
    pub const fn label(self) -> &'static str {
        let t = desk();
        match self {
            Self::Mine => t.mine,
            Self::Unassigned => t.unassigned,
            Self::Followed => t.followed,
            Self::Escalated => t.escalated,
            Self::StartingLater => t.starting_later,
            Self::All => t.all,
            Self::AllISee => t.all_i_see,
            Self::WaitingForAdmin => t.waiting_for_admin,
        }
    }

    /// What an empty view says: that it is empty, and what to do next.
    pub const fn when_empty(self) -> (&'static str, &'static str) {
        let t = desk();
        match self {
            Self::Mine => (t.mine_empty, t.mine_empty_lead),
            Self::Unassigned => (t.unassigned_empty, t.unassigned_empty_lead),
            Self::Followed => (t.followed_empty, t.followed_empty_lead),
            Self::Escalated | Self::WaitingForAdmin => (t.escalated_empty, t.escalated_empty_lead),
            Self::StartingLater => (t.starting_later_empty, t.starting_later_empty_lead),
            Self::All | Self::AllISee => (t.all_empty, t.all_empty_lead),
        }
    }

    const fn scope(self) -> Scope {
        match self {
            Self::Mine => Scope::Mine,
            Self::Followed => Scope::Followed,
            _ => Scope::All,
        }
    }

    /// What the view itself asks for.
    const fn preset(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Mine | Self::Followed | Self::All | Self::AllISee | Self::StartingLater => &[],
            Self::Unassigned => &[("assigneeId", "none")],
            Self::Escalated => &[("escalated", "true")],
            Self::WaitingForAdmin => &[("escalated", "true"), ("assigneeId", "none")],
        }
    }
}

/// Parameters that a filter may have, besides `view`.
const FILTERS: [&str; 8] = ["status", "priority", "category", "sort", "q", "unread", "escalated", "cursor"];

/// The queue that the URL asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    pub view: View,
    /// Filters in the order of the URL, none empty.
    pub filters: Vec<(String, String)>,
}

impl Wanted {
    /// Reads the query of the page; the role's first view when none is named.
    pub fn of(query: &ParamsMap, role: Role) -> Self {
        let views = View::of(role);
        let named = query.get_str("view").and_then(|slug| views.iter().copied().find(|view| view.slug() == slug));
        let mut filters = Vec::new();
        for name in FILTERS {
            for value in query.get_all(name).into_iter().flatten().filter(|value| !value.is_empty()) {
                filters.push((name.to_owned(), value.clone()));
            }
        }
        Self { view: named.unwrap_or(views[0]), filters }
    }

    pub const fn scope(&self) -> Scope {
        self.view.scope()
    }

    /// The value of a filter.
    pub fn filter(&self, name: &str) -> &str {
        self.filters.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    /// The values of a filter that may have several.
    pub fn values(&self, name: &str) -> Vec<String> {
        self.filters.iter().filter(|(given, _)| given == name).map(|(_, value)| value.clone()).collect()
    }

    /// Whether anything narrows the view.
    pub fn is_filtered(&self) -> bool {
        self.filters.iter().any(|(name, _)| !matches!(name.as_str(), "sort" | "cursor"))
    }

    /// What the API is asked: the view's own wishes, then the filters. Only active tickets that can be worked on, unless
    /// statuses are chosen, words are searched for, or the view is of those that start later.
    pub fn query(&self, rows: u32) -> String {
        self.query_from(self.filter("cursor"), rows)
    }

    /// The same from a cursor on.
    pub fn query_from(&self, cursor: &str, rows: u32) -> String {
        let wide = !self.filter("status").is_empty() || !self.filter("q").is_empty();
        let mut pairs = self.view.preset().to_vec();
        pairs.retain(|(name, _)| self.filter(name).is_empty());
        if self.view == View::StartingLater {
            pairs.push(("startsLater", "true"));
        } else if !wide {
            pairs.push(("startsLater", "false"));
        }
        if !wide {
            pairs.extend([Status::Open, Status::InProgress, Status::Waiting].map(|status| ("status", status.as_str())));
        }
        let filters = self.filters.iter().filter(|(name, _)| name != "cursor");
        pairs.extend(filters.map(|(name, value)| (name.as_str(), value.as_str())));
        let rows = rows.to_string();
        pairs.extend([("cursor", cursor), ("pageSize", &rows)]);
        pairs.retain(|(_, value)| !value.is_empty());
        encode(&pairs)
    }

    /// The query of the page that shows this queue.
    pub fn page_query(&self) -> String {
        let mut pairs = vec![("view", self.view.slug())];
        pairs.extend(
            self.filters
                .iter()
                .filter(|(name, _)| name != "cursor")
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        encode(&pairs)
    }

    /// The query of the page with these filters instead, read from a form.
    pub fn narrowed(&self, values: impl Fn(&str) -> Vec<String>) -> String {
        let mut filters = Vec::new();
        for name in FILTERS {
            filters.extend(
                values(name).into_iter().filter(|value| !value.is_empty()).map(|value| (name.to_owned(), value)),
            );
        }
        Self { view: self.view, filters }.page_query()
    }

    /// The page that shows this queue from a cursor on.
    pub fn page_at(&self, cursor: &str) -> String {
        format!("/desk?{}&{}", self.page_query(), encode(&[("cursor", cursor)]))
    }
}

/// These pairs as a query string, without its `?`.
pub fn encode(pairs: &[(&str, &str)]) -> String {
    let mut query = ParamsMap::new();
    for (name, value) in pairs {
        query.insert((*name).to_owned(), (*value).to_owned());
    }
    query.to_query_string().trim_start_matches('?').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(pairs: &[(&str, &str)], role: Role) -> Wanted {
        let mut query = ParamsMap::new();
        for (name, value) in pairs {
            query.insert((*name).to_owned(), (*value).to_owned());
        }
        Wanted::of(&query, role)
    }

    #[test]
    fn each_role_starts_where_its_work_is() {
        assert_eq!(wanted(&[], Role::Assignee).view, View::Mine);
        assert_eq!(wanted(&[], Role::Admin).view, View::All);
        assert_eq!(wanted(&[("view", "waiting-for-admin")], Role::Assignee).view, View::Mine, "not one of theirs");
    }

    #[test]
    fn a_view_shows_active_tickets_until_the_filter_says_otherwise() {
        let active = "status=OPEN&status=IN%5FPROGRESS&status=WAITING&pageSize=50";
        for (pairs, expected) in [
            (&[][..], format!("startsLater=false&{active}")),
            (&[("view", "all-i-see")], format!("startsLater=false&{active}")),
            (&[("view", "starting-later")], format!("startsLater=true&{active}")),
            (&[("view", "escalated")], format!("escalated=true&startsLater=false&{active}")),
            (&[("status", "CLOSED")], "status=CLOSED&pageSize=50".to_owned()),
            (&[("view", "unassigned"), ("q", "hotel")], "assigneeId=none&q=hotel&pageSize=50".to_owned()),
        ] {
            assert_eq!(wanted(pairs, Role::Assignee).query(50), expected, "{pairs:?}");
        }
    }

    #[test]
    fn the_urls_of_tickets_keep_the_queue() {
        let wanted = wanted(
            &[("view", "escalated"), ("priority", "HIGH"), ("priority", "URGENT"), ("cursor", "abc"), ("other", "x")],
            Role::Admin,
        );
        assert_eq!(wanted.page_query(), "view=escalated&priority=HIGH&priority=URGENT");
        assert!(wanted.is_filtered());
    }
}
