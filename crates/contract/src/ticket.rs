//! A ticket: what a customer asked for, and where it stands.

pub mod status;

pub use status::{IllegalMove, Move, Status};

use crate::{
    FieldError,
    choice::Choices,
    id::{FileId, OrganizationId, PersonId, TicketId},
    page::Paging,
    person::Person,
    text,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::choices! {
    /// How soon a ticket wants attention.
    Priority {
        Low "LOW" "Low",
        Medium "MEDIUM" "Medium",
        High "HIGH" "High",
        Urgent "URGENT" "Urgent",
    }
}

crate::choices! {
    /// What a ticket is about.
    Category {
        Payment "PAYMENT" "Payment",
        Refund "REFUND" "Refund",
        Card "CARD" "Card",
        Transfer "TRANSFER" "Transfer",
        Account "ACCOUNT" "Account",
        Verification "VERIFICATION" "Verification",
        Technical "TECHNICAL" "Technical",
        Other "OTHER" "Other",
    }
}

crate::choices! {
    /// How a ticket reached us.
    Channel {
        /// Filed by the customer.
        Web "WEB" "Web",
        /// Filed by staff after a call.
        Phone "PHONE" "Phone",
        /// Filed by staff after a letter.
        Letter "LETTER" "Letter",
        /// Filed by staff for another reason.
        Other "OTHER" "Other",
    }
}

crate::choices! {
    /// The orders in which tickets can be listed.
    TicketSort {
        RecentlyUpdated "RECENTLY_UPDATED" "Newest activity",
        LongestUntouched "LONGEST_UNTOUCHED" "Oldest activity",
        Newest "NEWEST" "Newest first",
        Oldest "OLDEST" "Oldest first",
        MostUrgent "MOST_URGENT" "Most urgent",
    }
}

/// A ticket. Lists carry the first 280 characters of the description.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    pub ticket_id: TicketId,
    /// What people call it: 1042 is shown as `FS-1042`.
    pub number: i64,
    pub subject: String,
    /// Markdown.
    pub description: String,
    pub category: Category,
    pub priority: Priority,
    pub status: Status,
    pub customer: Person,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Person>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Escalation>,
    /// `YYYY-MM-DD`: not worked on before that day begins by UTC. Staff only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<String>,
    pub channel: Channel,
    /// The closed ticket that this one continues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up_of: Option<TicketLink>,
    /// The ticket that this one was merged into. Its conversation is read there, and nothing can be done to this one: its
    /// status is told as `CLOSED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<TicketLink>,
    pub created_at: String,
    pub updated_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<String>,
    /// What the customer thought of the work when they closed it: 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<i64>,
    /// Grows with every change; also the `ETag`.
    pub version: i64,
    /// Whether something the caller may see happened since they last looked.
    pub unread: bool,
    /// Whether the caller follows it.
    pub following: bool,
}

impl Ticket {
    /// `FS-1042`.
    pub fn reference(&self) -> String {
        reference(self.number)
    }

    /// It, as another ticket names it.
    pub const fn link(&self) -> TicketLink {
        TicketLink { ticket_id: self.ticket_id, number: self.number }
    }
}

/// A ticket's number as people write it.
pub fn reference(number: i64) -> String {
    format!("FS-{number}")
}

/// Another ticket, by id and number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TicketLink {
    pub ticket_id: TicketId,
    pub number: i64,
}

/// That somebody said this cannot wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Escalation {
    /// 1 the first time, one more each time.
    pub level: i64,
    pub reason: String,
    pub at: String,
    pub by: Person,
}

/// What a customer sends to file a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewTicket {
    pub subject: String,
    pub description: String,
    pub category: Category,
    /// Medium when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub file_ids: Vec<FileId>,
    /// The closed ticket of the same customer that this one continues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up_of: Option<TicketId>,
    /// How staff heard of it; only in *Create New Ticket*. A customer's own ticket is always `WEB`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}

impl NewTicket {
    /// The same with its texts normalised.
    ///
    /// # Errors
    /// Every field at fault.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        let subject = keep(text::line("subject", &self.subject, text::SUBJECT_MAX), &mut faults);
        let description = keep(text::block("description", &self.description, text::BODY_MAX), &mut faults);
        let payment_id = payment_id(self.payment_id, &mut faults);
        none_left(faults)?;
        Ok(Self { subject, description, payment_id, ..self })
    }
}

/// *Update Ticket*: only the fields named are changed. `If-Match` says which version was seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TicketEdit {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// Staff only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Staff only; an empty text removes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<String>,
}

impl TicketEdit {
    /// The same with its texts normalised.
    ///
    /// # Errors
    /// Every field at fault.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        let subject = self.subject.map(|raw| keep(text::line("subject", &raw, text::SUBJECT_MAX), &mut faults));
        let description =
            self.description.map(|raw| keep(text::block("description", &raw, text::BODY_MAX), &mut faults));
        let payment_id = match self.payment_id {
            Some(raw) if text::is_blank(&raw) => Some(String::new()),
            given => payment_id(given, &mut faults),
        };
        none_left(faults)?;
        Ok(Self { subject, description, payment_id, ..self })
    }

    /// Whether it touches what only staff may change.
    pub const fn is_for_staff(&self) -> bool {
        self.priority.is_some() || self.payment_id.is_some()
    }
}

/// *Escalate*: why this cannot wait.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewEscalation {
    pub reason: String,
    /// What was tried already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<String>,
    /// Who is hurt by it, and how much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<String>,
}

impl NewEscalation {
    /// The same with its texts normalised; blank optional ones are dropped.
    ///
    /// # Errors
    /// Every field at fault.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        let reason = keep(text::block("reason", &self.reason, text::REMARK_MAX), &mut faults);
        let tried = optional("tried", self.tried, &mut faults);
        let impact = optional("impact", self.impact, &mut faults);
        none_left(faults)?;
        Ok(Self { reason, tried, impact })
    }
}

/// *Customer Close Ticket*.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomerClose {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// 1 (bad) to 5 (good).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<i64>,
}

impl CustomerClose {
    /// The same with its comment normalised.
    ///
    /// # Errors
    /// Every field at fault.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        let comment = optional("comment", self.comment, &mut faults);
        if self.rating.is_some_and(|r| !(1..=5).contains(&r)) {
            faults.push(FieldError::new("rating", "Choose a rating from 1 to 5."));
        }
        none_left(faults)?;
        Ok(Self { comment, rating: self.rating })
    }
}

/// *Admin Close Ticket*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdminClose {
    pub reason: String,
}

impl AdminClose {
    /// The same with its reason normalised.
    ///
    /// # Errors
    /// When the reason does not pass.
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        text::block("reason", &self.reason, text::REMARK_MAX).map(|reason| Self { reason }).map_err(|e| vec![e])
    }
}

/// *Assignee* and *Admin Update Ticket Status*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusUpdate {
    pub status: Status,
}

/// *Add Start Date*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartDate {
    /// `YYYY-MM-DD`, a day that has not passed everywhere; absent to work on it at once. It begins by UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<String>,
}

/// *Admin Add Assignee To The Ticket*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewAssignee {
    pub assignee_id: PersonId,
}

/// Which tickets are wanted. Values of one field widen the list, fields narrow it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TicketFilter {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<Status>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub priority: Vec<Priority>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub category: Vec<Category>,
    /// An assignee's id, or `none` for tickets nobody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<PersonId>,
    /// Words to find in number, subject, texts and the customer's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<TicketSort>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalated: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<bool>,
    /// `true`: only those whose start date is still to come; `false`: only those that can be worked on today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_later: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl TicketFilter {
    /// The fields that narrow or order the list, as they stand in an address.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = words("status", &self.status);
        pairs.extend(words("priority", &self.priority));
        pairs.extend(words("category", &self.category));
        pairs.extend(self.assignee_id.clone().map(|id| ("assigneeId", id)));
        pairs.extend(self.customer_id.map(|id| ("customerId", id.to_string())));
        pairs.extend(self.q.clone().map(|q| ("q", q)));
        pairs.extend(self.escalated.map(|flag| ("escalated", flag.to_string())));
        pairs.extend(self.unread.map(|flag| ("unread", flag.to_string())));
        pairs.extend(self.starts_later.map(|flag| ("startsLater", flag.to_string())));
        pairs.extend(self.sort.map(|sort| ("sort", sort.to_string())));
        pairs
    }

    /// Whether every ticket in the list's order is in the list: nothing narrows it but what orders are kept by.
    pub const fn is_in_order(&self) -> bool {
        self.priority.is_empty()
            && self.category.is_empty()
            && self.customer_id.is_none()
            && self.q.is_none()
            && self.escalated.is_none()
            && self.unread.is_none()
            && self.starts_later.is_none()
    }

    pub fn paging(&self) -> Paging {
        Paging { page_size: self.page_size, cursor: self.cursor.clone() }
    }
}

fn words<T: Choices>(name: &'static str, values: &[T]) -> Vec<(&'static str, String)> {
    values.iter().map(|value| (name, value.as_str().to_owned())).collect()
}

/// Takes the value, or notes the fault and goes on, so that all faults are told at once.
pub(crate) fn keep(checked: Result<String, FieldError>, faults: &mut Vec<FieldError>) -> String {
    checked.unwrap_or_else(|fault| {
        faults.push(fault);
        String::new()
    })
}

pub(crate) fn none_left(faults: Vec<FieldError>) -> Result<(), Vec<FieldError>> {
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn optional(field: &str, raw: Option<String>, faults: &mut Vec<FieldError>) -> Option<String> {
    raw.filter(|t| !text::is_blank(t)).map(|t| keep(text::block(field, &t, text::REMARK_MAX), faults))
}

fn payment_id(raw: Option<String>, faults: &mut Vec<FieldError>) -> Option<String> {
    let id =
        raw.filter(|t| !text::is_blank(t)).map(|t| keep(text::line("paymentId", &t, text::PAYMENT_ID_MAX), faults))?;
    if !id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')) {
        faults.push(FieldError::new("paymentId", "Use the payment's id as printed: letters, digits, - _ and dots."));
    }
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_of_a_new_ticket_are_told_at_once() {
        let new = NewTicket {
            subject: " ".into(),
            description: "x".repeat(text::BODY_MAX + 1),
            category: Category::Payment,
            priority: None,
            payment_id: Some("'; DROP TABLE".into()),
            file_ids: vec![],
            follow_up_of: None,
            channel: None,
        };
        let fields: Vec<_> = new.checked().unwrap_err().into_iter().map(|e| e.field).collect();
        assert_eq!(fields, ["subject", "description", "paymentId"]);
    }

    #[test]
    fn a_rating_lies_between_one_and_five() {
        for (rating, ok) in [(0, false), (1, true), (5, true), (6, false)] {
            assert_eq!(CustomerClose { comment: None, rating: Some(rating) }.checked().is_ok(), ok, "{rating}");
        }
    }
}
