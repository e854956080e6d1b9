//! What the queue shows, read from the URL: a view that comes with the product or one that was saved, and the filters on
//! top of it. What a view asks for is decided in `contract::view`. Pure.

use crate::texts::desk;
use contract::{
    Role,
    choice::Choices,
    id::ViewId,
    view::{Column, Scope, Sharing, View as SavedView, ViewFilter, may_change},
};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

pub use contract::view::Preset as View;

/// Parameters of the page besides the filters: what its rows show, and where they begin.
const OTHERS: [&str; 2] = ["columns", "cursor"];

/// What people read of a view that comes with the product.
pub trait Told {
    /// Its name.
    fn name(self) -> &'static str;
    /// What it says when it is empty: that it is, and what to do next.
    fn when_empty(self) -> (&'static str, &'static str);
}

impl Told for View {
    fn name(self) -> &'static str {
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

    fn when_empty(self) -> (&'static str, &'static str) {
        let t = desk();
        match self {
            Self::Mine => (t.mine_empty, t.mine_empty_lead),
            Self::Unassigned => (t.unassigned_empty, t.unassigned_empty_lead),
            Self::Followed => (t.followed_empty, t.followed_empty_lead),
            Self::Escalated => (t.escalated_empty, t.escalated_empty_lead),
            Self::WaitingForAdmin => (t.waiting_for_admin_empty, t.waiting_for_admin_empty_lead),
            Self::StartingLater => (t.starting_later_empty, t.starting_later_empty_lead),
            Self::All | Self::AllISee => (t.all_empty, t.all_empty_lead),
        }
    }
}

/// What a row shows beside the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns(u8);

impl Columns {
    /// These; the usual ones when there are none.
    pub fn of(columns: &[Column]) -> Self {
        let columns = if columns.is_empty() { Column::USUAL } else { columns };
        Self(columns.iter().fold(0, |bits, column| bits | (1 << *column as u8)))
    }

    /// Whether this is one of them.
    pub const fn has(self, column: Column) -> bool {
        self.0 & (1 << column as u8) != 0
    }
}

/// What the rows of the queue show, in context for each of them.
pub fn provide_columns(wanted: Memo<Wanted>) {
    let columns: Signal<Columns> = Memo::new(move |_| wanted.with(Wanted::columns)).into();
    provide_context(columns);
}

/// What the rows of the queue show.
pub fn use_columns() -> Signal<Columns> {
    use_context().unwrap_or_else(|| Signal::derive(|| Columns::of(&[])))
}

/// The saved view that the queue stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub id: ViewId,
    pub name: String,
    pub sharing: Sharing,
    view: View,
    filters: Vec<(String, String)>,
}

impl Saved {
    fn of(view: &SavedView) -> Self {
        let filters = view.filter.pairs().into_iter();
        let columns = view.columns.iter().map(|column| ("columns", column.as_str().to_owned()));
        Self {
            id: view.view_id,
            name: view.name.clone(),
            sharing: view.sharing,
            view: view.filter.base,
            filters: filters.chain(columns).map(|(name, value)| (name.to_owned(), value)).collect(),
        }
    }
}

/// The queue that the URL asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    pub view: View,
    pub saved: Option<Saved>,
    /// Filters in the order of [`ViewFilter::FIELDS`], none empty, then [`OTHERS`].
    pub filters: Vec<(String, String)>,
}

/// The saved view that this query of the page names.
pub fn view_id(query: &ParamsMap) -> Option<ViewId> {
    query.get_str("view").and_then(|id| id.parse().ok())
}

impl Wanted {
    /// Reads the query of the page: `view=` is the name of a view or the id of a saved one. With a saved one, `base=` says
    /// that the filters are all there, and the view is changed. The role's first view when none is named.
    pub fn of(query: &ParamsMap, role: Role, saved: &[SavedView]) -> Self {
        let views = View::of(role);
        let stands_on = view_id(query).and_then(|id| saved.iter().find(|view| view.view_id == id)).map(Saved::of);
        let named = query.get_str("view").and_then(View::named).filter(|view| views.contains(view));
        let given = listed(|name| query.get_all(name).unwrap_or_default());
        match (stands_on, query.get_str("base").and_then(View::named)) {
            (Some(saved), Some(view)) => Self { view, saved: Some(saved), filters: given },
            (Some(saved), None) => {
                let cursor = given.into_iter().filter(|(name, _)| name == "cursor");
                let filters = saved.filters.iter().cloned().chain(cursor).collect();
                Self { view: saved.view, saved: Some(saved), filters }
            }
            (None, _) => Self { view: named.unwrap_or(views[0]), saved: None, filters: given },
        }
    }

    pub const fn scope(&self) -> Scope {
        self.view.scope()
    }

    /// What it is called.
    pub fn title(&self) -> String {
        self.saved.as_ref().map_or_else(|| self.view.name().to_owned(), |saved| saved.name.clone())
    }

    /// The value of a filter.
    pub fn filter(&self, name: &str) -> &str {
        self.filters.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    /// The values of a filter that may have several.
    pub fn values(&self, name: &str) -> Vec<String> {
        self.filters.iter().filter(|(given, _)| given == name).map(|(_, value)| value.clone()).collect()
    }

    /// What narrows the view, in the order of its fields.
    pub fn narrowing(&self) -> impl Iterator<Item = &(String, String)> {
        self.filters.iter().filter(|(name, _)| !matches!(name.as_str(), "sort" | "columns" | "cursor"))
    }

    /// Whether anything narrows the view.
    pub fn is_filtered(&self) -> bool {
        self.narrowing().next().is_some()
    }

    /// Whether it is something else than the view by itself.
    pub fn is_changed(&self) -> bool {
        match &self.saved {
            Some(saved) => self.view != saved.view || self.kept().ne(saved.filters.iter()),
            None => self.kept().next().is_some(),
        }
    }

    /// Whether somebody of this role may change and delete the saved view.
    pub fn may_change(&self, role: Role) -> bool {
        self.saved.as_ref().is_some_and(|saved| may_change(role, saved.sharing))
    }

    /// What its rows show.
    pub fn columns(&self) -> Columns {
        let words = self.values("columns");
        Columns::of(&words.iter().filter_map(|word| Column::parse(word)).collect::<Vec<_>>())
    }

    /// What an empty queue says.
    pub fn when_empty(&self) -> (&'static str, &'static str) {
        let t = desk();
        if self.is_filtered() { (t.nothing_matches, t.nothing_matches_lead) } else { self.view.when_empty() }
    }

    /// What the API is asked, within [`Wanted::scope`].
    pub fn query(&self, rows: u32) -> String {
        self.query_from(self.filter("cursor"), rows)
    }

    /// The same from a cursor on. A value that no filter has is asked for as it is: the service says what is wrong with it.
    pub fn query_from(&self, cursor: &str, rows: u32) -> String {
        let asked = ViewFilter::read(self.view, |name| self.values(name)).map(|filter| filter.tickets().pairs());
        let asked = asked.unwrap_or_else(|_| self.fields());
        let mut pairs: Vec<_> = asked.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let rows = rows.to_string();
        pairs.extend([("cursor", cursor), ("pageSize", &rows)]);
        pairs.retain(|(_, value)| !value.is_empty());
        encode(&pairs)
    }

    /// The query of the page that shows this queue.
    pub fn page_query(&self) -> String {
        let Some(saved) = &self.saved else { return format!("view={}{}", self.view.slug(), self.rest()) };
        match self.is_changed() {
            true => format!("view={}&{}", saved.id, self.shown()),
            false => format!("view={}", saved.id),
        }
    }

    /// What it lists and shows, by whatever name: `base=` and the filters.
    pub fn shown(&self) -> String {
        format!("base={}{}", self.view.slug(), self.rest())
    }

    /// The query of the page that shows the view by itself.
    pub fn reset(&self) -> String {
        match &self.saved {
            Some(saved) => format!("view={}", saved.id),
            None => format!("view={}", self.view.slug()),
        }
    }

    /// The query of the page that looks for the same words in all that somebody of this role sees; none without words, and none
    /// where that is what it shows.
    pub fn everywhere(&self, role: Role) -> Option<String> {
        let (all, words) = (View::widest(role), self.filter("q"));
        let is_there = self.view == all && self.narrowing().all(|(name, _)| name == "q");
        (!words.is_empty() && !is_there).then(|| format!("view={}&{}", all.slug(), encode(&[("q", words)])))
    }

    /// The query of the page with these filters instead, read from a form.
    pub fn narrowed(&self, values: impl Fn(&str) -> Vec<String>) -> String {
        Self { filters: listed(values), ..self.clone() }.page_query()
    }

    /// The query of the page without this value of a filter.
    pub fn without(&self, name: &str, value: &str) -> String {
        let filters = self.filters.iter().filter(|(n, v)| n != name || v != value).cloned().collect();
        Self { filters, ..self.clone() }.page_query()
    }

    /// The page that shows this queue from a cursor on.
    pub fn page_at(&self, cursor: &str) -> String {
        format!("/desk?{}&{}", self.page_query(), encode(&[("cursor", cursor)]))
    }

    /// All but where the rows begin.
    fn kept(&self) -> impl Iterator<Item = &(String, String)> {
        self.filters.iter().filter(|(name, _)| name != "cursor")
    }

    fn rest(&self) -> String {
        let pairs: Vec<_> = self.kept().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        if pairs.is_empty() { String::new() } else { format!("&{}", encode(&pairs)) }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let fields = ViewFilter::FIELDS.into_iter();
        fields.flat_map(|name| self.values(name).into_iter().map(move |value| (name, value))).collect()
    }
}

/// Everything that is given, in order. Columns that are the usual ones are not said.
fn listed(values: impl Fn(&str) -> Vec<String>) -> Vec<(String, String)> {
    let mut filters = Vec::new();
    for name in ViewFilter::FIELDS.into_iter().chain(OTHERS) {
        let given: Vec<_> = values(name).into_iter().filter(|value| !value.is_empty()).collect();
        if name != "columns" || given != Column::USUAL.iter().map(|column| column.as_str()).collect::<Vec<_>>() {
            filters.extend(given.into_iter().map(|value| (name.to_owned(), value)));
        }
    }
    filters
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
    use contract::ticket::Priority;

    fn query(pairs: &[(&str, &str)]) -> ParamsMap {
        let mut query = ParamsMap::new();
        for (name, value) in pairs {
            query.insert((*name).to_owned(), (*value).to_owned());
        }
        query
    }

    fn wanted(pairs: &[(&str, &str)], role: Role) -> Wanted {
        Wanted::of(&query(pairs), role, &[])
    }

    #[test]
    fn each_role_starts_where_its_work_is() {
        assert_eq!(wanted(&[], Role::Assignee).view, View::Mine);
        assert_eq!(wanted(&[], Role::Admin).view, View::All);
        assert_eq!(wanted(&[("view", "waiting-for-admin")], Role::Assignee).view, View::Mine, "not one of theirs");
    }

    #[test]
    fn a_view_shows_active_tickets_until_the_filter_says_otherwise() {
        let active = "status=OPEN&status=IN%5FPROGRESS&status=WAITING";
        for (pairs, expected) in [
            (&[][..], format!("{active}&startsLater=false&pageSize=50")),
            (&[("view", "all-i-see")], format!("{active}&startsLater=false&pageSize=50")),
            (&[("view", "starting-later")], format!("{active}&startsLater=true&pageSize=50")),
            (&[("view", "escalated")], format!("{active}&escalated=true&startsLater=false&pageSize=50")),
            (&[("status", "CLOSED")], "status=CLOSED&pageSize=50".to_owned()),
            (&[("view", "unassigned"), ("q", "hotel")], "assigneeId=none&q=hotel&pageSize=50".to_owned()),
            (&[("status", "GONE")], "status=GONE&pageSize=50".to_owned()),
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
        assert_eq!(wanted.without("priority", "HIGH"), "view=escalated&priority=URGENT");
        assert!(wanted.is_filtered() && wanted.is_changed());
    }

    #[test]
    fn words_that_a_view_does_not_have_are_looked_for_everywhere() {
        for (pairs, role, expected) in [
            (&[("view", "mine"), ("q", "hotel")][..], Role::Assignee, Some("view=all-i-see&q=hotel")),
            (&[("view", "mine"), ("q", "two words"), ("priority", "LOW")], Role::Admin, Some("view=all&q=two%20words")),
            (&[("view", "all"), ("q", "hotel"), ("priority", "LOW")], Role::Admin, Some("view=all&q=hotel")),
            (&[("view", "all"), ("q", "hotel"), ("columns", "AGE")], Role::Admin, None),
            (&[("view", "mine"), ("priority", "LOW")], Role::Assignee, None),
        ] {
            assert_eq!(wanted(pairs, role).everywhere(role).as_deref(), expected, "{pairs:?}");
        }
    }

    const ID: &str = "0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d";

    fn saved() -> SavedView {
        SavedView {
            view_id: ID.parse().unwrap(),
            name: "Cards".to_owned(),
            sharing: Sharing::Shared,
            filter: ViewFilter { priority: vec![Priority::High], ..ViewFilter::all_of(View::Unassigned) },
            columns: vec![Column::Category],
            count: None,
        }
    }

    #[test]
    fn a_saved_view_has_a_short_address_until_it_is_changed() {
        let open = |pairs: &[(&str, &str)]| Wanted::of(&query(pairs), Role::Assignee, &[saved()]);
        let as_saved = open(&[("view", ID), ("priority", "LOW"), ("cursor", "abc")]);
        assert_eq!((as_saved.title().as_str(), as_saved.view), ("Cards", View::Unassigned));
        assert_eq!((as_saved.filter("priority"), as_saved.filter("cursor")), ("HIGH", "abc"), "its own filters");
        assert!(!as_saved.is_changed());
        assert_eq!(as_saved.page_query(), format!("view={ID}"));
        assert!(as_saved.columns().has(Column::Category) && !as_saved.columns().has(Column::Priority));

        let none = as_saved.narrowed(|_| Vec::new());
        assert_eq!(none, format!("view={ID}&base=unassigned"), "an empty filter is a change too");
        let changed = open(&[("view", ID), ("base", "unassigned"), ("priority", "LOW")]);
        assert!(changed.is_changed() && changed.saved.is_some());
        assert_eq!(changed.page_query(), format!("view={ID}&base=unassigned&priority=LOW"));
        assert_eq!((changed.shown().as_str(), changed.reset()), ("base=unassigned&priority=LOW", format!("view={ID}")));
        let back = open(&[("view", ID), ("base", "unassigned"), ("priority", "HIGH"), ("columns", "CATEGORY")]);
        assert!(!back.is_changed(), "changed back is as it was");
        assert!(!back.may_change(Role::Assignee) && back.may_change(Role::Admin), "it is shared");
    }

    #[test]
    fn a_view_that_is_not_there_is_the_first_of_the_role() {
        let gone = Wanted::of(&query(&[("view", ID)]), Role::Assignee, &[]);
        assert_eq!((gone.view, gone.saved), (View::Mine, None));
    }

    #[test]
    fn the_usual_columns_are_not_said() {
        let usual: Vec<_> = Column::USUAL.iter().map(|column| ("columns", column.as_str())).collect();
        assert_eq!(wanted(&usual, Role::Assignee), wanted(&[], Role::Assignee));
        let one = wanted(&[("columns", "AGE")], Role::Assignee);
        assert!(one.columns().has(Column::Age) && !one.columns().has(Column::Status) && one.is_changed());
        assert!(!one.is_filtered(), "columns narrow nothing");
    }
}
