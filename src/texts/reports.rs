//! Texts of the reports.

use crate::format;

/// Texts of the reports.
pub struct Reports {
    pub reports: &'static str,
    pub lead: &'static str,
    pub own_lead: &'static str,
    pub csv: &'static str,
    pub narrow: &'static str,
    pub presets: &'static str,
    pub this_week: &'static str,
    pub this_month: &'static str,
    pub ninety_days: &'static str,
    pub all_time: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub more: &'static str,
    pub more_on: &'static str,
    pub anybody: &'static str,
    pub customer: &'static str,
    pub customer_hint: &'static str,
    pub which_customer: &'static str,
    pub choose_customer: &'static str,
    pub choose_customer_lead: &'static str,
    pub no_customer: &'static str,
    pub no_customer_lead: &'static str,

    pub totals: &'static str,
    pub tickets: &'static str,
    pub replies: &'static str,
    pub first_response: &'static str,
    pub resolution: &'static str,
    pub never: &'static str,
    pub median: &'static str,

    pub charts: &'static str,
    pub by_day: &'static str,
    pub opened: &'static str,
    pub closed: &'static str,
    pub times_by_day: &'static str,
    pub times_by_day_lead: &'static str,
    pub day: &'static str,
    pub table: &'static str,
    pub none: &'static str,

    pub each: &'static str,
    pub number: &'static str,
    pub subject: &'static str,
    pub assignee: &'static str,
    pub nobody: &'static str,
    pub filed: &'static str,
    pub updated: &'static str,
    pub empty: &'static str,
    pub empty_lead: &'static str,
}

/// English.
pub const EN: Reports = Reports {
    reports: "Reports",
    lead: "Every ticket filed on these days, by UTC.",
    own_lead: "The tickets assigned to you that were filed on these days, by UTC.",
    csv: "Download CSV",
    narrow: "Narrow the report",
    presets: "Days",
    this_week: "This week",
    this_month: "This month",
    ninety_days: "90 days",
    all_time: "All time",
    from: "From",
    to: "To",
    more: "More filters",
    more_on: "More filters (on)",
    anybody: "Anybody",
    customer: "Customer",
    customer_hint: "Part of a name or e-mail address.",
    which_customer: "Which of them?",
    choose_customer: "Several customers match",
    choose_customer_lead: "Choose one of them in the filters above, or write more of the name.",
    no_customer: "No customer matches",
    no_customer_lead: "Try another part of the name.",

    totals: "Totals",
    tickets: "Tickets",
    replies: "Replies",
    first_response: "First response",
    resolution: "Resolution",
    never: "None yet",
    median: "median",

    charts: "By day",
    by_day: "Opened and closed, by day",
    opened: "Opened",
    closed: "Closed",
    times_by_day: "Median times, by day of filing",
    times_by_day_lead: "The median time to the first response and to the resolution of the tickets filed on each day.",
    day: "Day",
    table: "Read it as a table",
    none: "–",

    each: "Tickets of this report",
    number: "Number",
    subject: "Ticket",
    assignee: "Assignee",
    nobody: "nobody",
    filed: "Filed",
    updated: "Last activity",
    empty: "No tickets on these days",
    empty_lead: "Choose other days, or reset the filters.",
};

impl Reports {
    /// What lies behind a median.
    pub fn nine_of_ten(&self, seconds: i64, tickets: i64) -> String {
        let of = if tickets == 1 { "1 ticket".to_owned() } else { format!("{} tickets", format::count(tickets)) };
        format!("9 of 10 within {}, of {of}", format::lasting(seconds))
    }

    /// The drawing of the first chart in a sentence.
    pub fn opened_and_closed(&self, opened: i64, closed: i64, days: usize) -> String {
        format!("{} tickets opened and {} closed over {days} days.", format::count(opened), format::count(closed))
    }

    /// What a heading does when it is followed.
    pub fn sort_by(&self, what: &str) -> String {
        format!("Sort by {}", what.to_lowercase())
    }
}

/// In the viewer's language.
pub const fn reports() -> &'static Reports {
    &EN
}
