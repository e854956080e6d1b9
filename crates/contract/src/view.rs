//! A view: a part of the tickets under a name. Some come with the product ([`Preset`]); others are saved by staff, for
//! themselves or for all. What a view lists is decided here, so that its list and its count agree.

use crate::{
    FieldError, Role,
    choice::Choices,
    id::{PersonId, ViewId},
    text,
    ticket::{Category, Priority, Status, TicketFilter, TicketSort, none_left},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most views that one person saves, and most that are shared.
pub const VIEWS_MAX: i64 = 50;
/// What stands for nobody where an assignee is named.
pub const NOBODY: &str = "none";

crate::choices! {
    /// The views that come with the product. Each saved view begins as one of them.
    Preset {
        Mine "MINE" "Mine",
        Unassigned "UNASSIGNED" "Unassigned",
        Followed "FOLLOWED" "Followed",
        Escalated "ESCALATED" "Escalated",
        StartingLater "STARTING_LATER" "Starting later",
        /// Every active ticket, for an admin.
        All "ALL" "All",
        /// Every active ticket within an assignee's sight.
        AllISee "ALL_I_SEE" "All I see",
        /// Escalated and nobody has it.
        WaitingForAdmin "WAITING_FOR_ADMIN" "Waiting for an admin",
    }
}

crate::choices! {
    /// Who has a saved view.
    Sharing {
        Private "PRIVATE" "Only me",
        /// Kept by admins.
        Shared "SHARED" "All staff",
    }
}

crate::choices! {
    /// What a row of the list shows beside the subject.
    Column {
        Priority "PRIORITY" "Priority",
        Status "STATUS" "Status",
        Category "CATEGORY" "Category",
        Number "NUMBER" "Number",
        Customer "CUSTOMER" "Customer",
        Assignee "ASSIGNEE" "Assignee",
        Age "AGE" "Age",
    }
}

impl Column {
    /// What a row shows until a view says otherwise.
    pub const USUAL: &'static [Self] =
        &[Self::Priority, Self::Status, Self::Number, Self::Customer, Self::Assignee, Self::Age];
}

/// Which of the lists of tickets a view is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// All that the viewer may see; for a customer, their own.
    All,
    /// Those the viewer follows.
    Followed,
    /// Those the viewer works on.
    Mine,
}

impl Preset {
    /// The presets of this role, the most used first.
    pub const fn of(role: Role) -> &'static [Self] {
        use Preset::*;
        match role {
            Role::Admin => &[All, WaitingForAdmin, Unassigned, Mine, Followed, Escalated, StartingLater],
            Role::Assignee | Role::Customer => &[Mine, Unassigned, Followed, Escalated, StartingLater, AllISee],
        }
    }

    /// The one of this role that is of all they see.
    pub const fn widest(role: Role) -> Self {
        match role {
            Role::Admin => Self::All,
            Role::Assignee | Role::Customer => Self::AllISee,
        }
    }

    /// In addresses.
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

    /// The one that addresses call so.
    pub fn named(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|preset| preset.slug() == slug)
    }

    /// The list that it is of.
    pub const fn scope(self) -> Scope {
        match self {
            Self::Mine => Scope::Mine,
            Self::Followed => Scope::Followed,
            _ => Scope::All,
        }
    }

    /// Whether it says by itself who works the tickets.
    pub const fn names_assignee(self) -> bool {
        matches!(self, Self::Mine | Self::Unassigned | Self::WaitingForAdmin)
    }

    fn assignee(self) -> Option<String> {
        matches!(self, Self::Unassigned | Self::WaitingForAdmin).then(|| NOBODY.to_owned())
    }

    fn escalated(self) -> Option<bool> {
        matches!(self, Self::Escalated | Self::WaitingForAdmin).then_some(true)
    }
}

/// What a view lists: a preset, and what narrows it. Values of one field widen the list, fields narrow it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ViewFilter {
    pub base: Preset,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<Status>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub priority: Vec<Priority>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub category: Vec<Category>,
    /// A person's id, or `none`. Passed over where the preset says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<PersonId>,
    /// Words to find.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalated: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_later: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<TicketSort>,
}

/// A value of a filter that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownValue;

impl ViewFilter {
    /// The names of its fields in addresses, besides that of the preset.
    pub const FIELDS: [&'static str; 10] = [
        "status",
        "priority",
        "category",
        "assigneeId",
        "customerId",
        "q",
        "escalated",
        "unread",
        "startsLater",
        "sort",
    ];

    /// The whole preset.
    pub const fn all_of(base: Preset) -> Self {
        Self {
            base,
            status: Vec::new(),
            priority: Vec::new(),
            category: Vec::new(),
            assignee_id: None,
            customer_id: None,
            q: None,
            escalated: None,
            unread: None,
            starts_later: None,
            sort: None,
        }
    }

    /// Read from an address: `values` gives what a field has there.
    ///
    /// # Errors
    /// When a field has a value that it cannot have.
    pub fn read(base: Preset, values: impl Fn(&str) -> Vec<String>) -> Result<Self, UnknownValue> {
        let one = |name: &str| values(name).into_iter().next();
        let flag = |name: &str| one(name).map(|value| value.parse::<bool>()).transpose().map_err(|_| UnknownValue);
        Ok(Self {
            base,
            status: choices(values("status"))?,
            priority: choices(values("priority"))?,
            category: choices(values("category"))?,
            assignee_id: one("assigneeId"),
            customer_id: one("customerId").map(|id| id.parse()).transpose().map_err(|_| UnknownValue)?,
            q: one("q"),
            escalated: flag("escalated")?,
            unread: flag("unread")?,
            starts_later: flag("startsLater")?,
            sort: one("sort").map(|sort| TicketSort::parse(&sort).ok_or(UnknownValue)).transpose()?,
        })
    }

    /// As it stands in an address, without the preset: [`ViewFilter::read`] backwards.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        self.as_it_stands().pairs()
    }

    /// What the list of its scope is asked for. Only active tickets that can be worked on, unless statuses are chosen,
    /// words are searched for, or it is of those that start later.
    pub fn tickets(&self) -> TicketFilter {
        let stands = self.as_it_stands();
        let wide = !self.status.is_empty() || self.q.is_some();
        let usual = (!wide).then_some(false);
        TicketFilter {
            status: if wide { stands.status } else { Status::ACTIVE.to_vec() },
            assignee_id: if self.base.names_assignee() { self.base.assignee() } else { stands.assignee_id },
            escalated: self.base.escalated().or(stands.escalated),
            starts_later: if self.base == Preset::StartingLater { Some(true) } else { stands.starts_later.or(usual) },
            ..stands
        }
    }

    fn as_it_stands(&self) -> TicketFilter {
        TicketFilter {
            status: self.status.clone(),
            priority: self.priority.clone(),
            category: self.category.clone(),
            assignee_id: self.assignee_id.clone(),
            customer_id: self.customer_id,
            q: self.q.clone(),
            sort: self.sort,
            escalated: self.escalated,
            unread: self.unread,
            starts_later: self.starts_later,
            page_size: None,
            cursor: None,
        }
    }

    /// The same with each value once and its words normalised.
    fn checked(self, faults: &mut Vec<FieldError>) -> Self {
        let person = |id: &String| id != NOBODY && id.parse::<PersonId>().is_err();
        if self.assignee_id.as_ref().is_some_and(person) {
            faults.push(FieldError::new("filter.assigneeId", "Use a person's id, or none."));
        }
        let words = self.q.filter(|q| !text::is_blank(q)).map(|q| text::line("filter.q", &q, text::SUBJECT_MAX));
        Self {
            status: each_once(&self.status),
            priority: each_once(&self.priority),
            category: each_once(&self.category),
            q: words.transpose().unwrap_or_else(|fault| {
                faults.push(fault);
                None
            }),
            ..self
        }
    }
}

/// A saved view, with how many tickets it has for its reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct View {
    pub view_id: ViewId,
    pub name: String,
    pub sharing: Sharing,
    pub filter: ViewFilter,
    /// What its rows show; the usual when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Column>,
    /// Absent where it is not kept: when words, a customer, the unread or a start date of finished tickets narrow it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
}

/// A preset, with how many tickets it has for its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PresetCount {
    pub preset: Preset,
    pub count: i64,
}

/// All that somebody has: the presets of their role, then their own views and the shared ones, both by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Views {
    pub presets: Vec<PresetCount>,
    pub saved: Vec<View>,
}

/// What is sent to save a view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewView {
    pub name: String,
    /// Private when not said. Only admins share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sharing: Option<Sharing>,
    pub filter: ViewFilter,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Column>,
}

impl NewView {
    /// The same with its texts normalised.
    ///
    /// # Errors
    /// Every field at fault.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        let name = name(&self.name, &mut faults);
        let filter = self.filter.checked(&mut faults);
        none_left(faults)?;
        Ok(Self { name, filter, columns: each_once(&self.columns), sharing: self.sharing })
    }
}

/// What is sent to change a view: only the fields named are changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ViewEdit {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sharing: Option<Sharing>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<ViewFilter>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<Column>>,
}

impl ViewEdit {
    /// The same with its texts normalised.
    ///
    /// # Errors
    /// Every field at fault.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        let name = self.name.map(|raw| name(&raw, &mut faults));
        let filter = self.filter.map(|filter| filter.checked(&mut faults));
        none_left(faults)?;
        Ok(Self { name, filter, columns: self.columns.map(|columns| each_once(&columns)), sharing: self.sharing })
    }
}

/// Whether somebody of this role, who has the view, may change and delete it.
pub fn may_change(role: Role, sharing: Sharing) -> bool {
    sharing == Sharing::Private || role == Role::Admin
}

/// What two views of one owner must not have in common: the name in lower case. Views are listed in the order of this.
pub fn folded(name: &str) -> String {
    name.to_lowercase()
}

fn name(raw: &str, faults: &mut Vec<FieldError>) -> String {
    crate::ticket::keep(text::line("name", raw, text::VIEW_NAME_MAX), faults)
}

fn each_once<T: Choices + PartialEq>(values: &[T]) -> Vec<T> {
    T::ALL.iter().copied().filter(|value| values.contains(value)).collect()
}

fn choices<T: Choices>(words: Vec<String>) -> Result<Vec<T>, UnknownValue> {
    words.iter().map(|word| T::parse(word).ok_or(UnknownValue)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(name: &str, filter: ViewFilter) -> NewView {
        NewView { name: name.to_owned(), sharing: None, filter, columns: Vec::new() }
    }

    #[test]
    fn a_view_lists_active_tickets_until_it_says_otherwise() {
        let active = Status::ACTIVE.to_vec();
        let all = |base| ViewFilter::all_of(base);
        let table = [
            (all(Preset::Mine), active.clone(), None, None, Some(false)),
            (all(Preset::Unassigned), active.clone(), Some("none"), None, Some(false)),
            (all(Preset::StartingLater), active.clone(), None, None, Some(true)),
            (all(Preset::WaitingForAdmin), active.clone(), Some("none"), Some(true), Some(false)),
            (
                ViewFilter { status: vec![Status::Closed], ..all(Preset::Escalated) },
                vec![Status::Closed],
                None,
                Some(true),
                None,
            ),
            (ViewFilter { q: Some("hotel".into()), ..all(Preset::All) }, vec![], None, None, None),
            (ViewFilter { starts_later: Some(true), ..all(Preset::Mine) }, active, None, None, Some(true)),
        ];
        for (filter, status, assignee, escalated, later) in table {
            let asked = filter.tickets();
            assert_eq!(
                (asked.status, asked.assignee_id.as_deref(), asked.escalated, asked.starts_later),
                (status, assignee, escalated, later),
                "{filter:?}"
            );
        }
    }

    #[test]
    fn a_preset_that_names_the_assignee_is_not_talked_out_of_it() {
        for base in [Preset::Mine, Preset::Unassigned, Preset::WaitingForAdmin] {
            let filter = ViewFilter { assignee_id: Some("somebody".into()), ..ViewFilter::all_of(base) };
            assert_ne!(filter.tickets().assignee_id.as_deref(), Some("somebody"), "{base}");
        }
    }

    #[test]
    fn an_address_and_a_filter_say_the_same() {
        let filter = ViewFilter {
            status: vec![Status::Open, Status::Waiting],
            priority: vec![Priority::Urgent],
            category: vec![Category::Card],
            assignee_id: Some(NOBODY.into()),
            customer_id: Some("0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d".parse().unwrap()),
            q: Some("hotel".into()),
            escalated: Some(true),
            unread: Some(true),
            starts_later: Some(false),
            sort: Some(TicketSort::Oldest),
            base: Preset::All,
        };
        let pairs = filter.pairs();
        let values = |name: &str| pairs.iter().filter(|(n, _)| *n == name).map(|(_, v)| v.clone()).collect();
        assert_eq!(ViewFilter::read(Preset::All, values), Ok(filter));
        assert!(pairs.iter().all(|(name, _)| ViewFilter::FIELDS.contains(name)));
        assert_eq!(ViewFilter::read(Preset::All, |_| vec!["GONE".into()]), Err(UnknownValue));
    }

    #[test]
    fn a_name_has_one_to_sixty_visible_characters() {
        let mine = ViewFilter::all_of(Preset::Mine);
        assert_eq!(new(" Cards\u{200B} today ", mine.clone()).checked().unwrap().name, "Cards today");
        assert!(new(&"界".repeat(60), mine.clone()).checked().is_ok());
        for bad in ["", " \u{200B}", "two\nlines", &"x".repeat(61)] {
            assert_eq!(new(bad, mine.clone()).checked().unwrap_err()[0].field, "name", "{bad:?}");
        }
    }

    #[test]
    fn what_a_view_holds_is_normalised() {
        let filter = ViewFilter {
            status: vec![Status::Waiting, Status::Open, Status::Waiting],
            q: Some("  ".into()),
            ..ViewFilter::all_of(Preset::All)
        };
        let kept = NewView { columns: vec![Column::Age, Column::Priority, Column::Age], ..new("One", filter) };
        let kept = kept.checked().unwrap();
        assert_eq!(kept.filter.status, [Status::Open, Status::Waiting]);
        assert_eq!((kept.filter.q, kept.columns), (None, vec![Column::Priority, Column::Age]));
        let bad = ViewFilter { assignee_id: Some("' OR 1".into()), ..ViewFilter::all_of(Preset::All) };
        assert_eq!(new("", bad).checked().unwrap_err().len(), 2, "all faults at once");
    }

    #[test]
    fn shared_views_are_kept_by_admins() {
        for (role, sharing, may) in [
            (Role::Assignee, Sharing::Private, true),
            (Role::Assignee, Sharing::Shared, false),
            (Role::Admin, Sharing::Shared, true),
        ] {
            assert_eq!(may_change(role, sharing), may, "{role} {sharing}");
        }
    }
}
