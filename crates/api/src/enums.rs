//! Enumerations, each value with its label for people: operations 21, 24–27, 39.

use crate::{answer::Answer, error::Error};
use contract::{
    Role,
    choice::Choices,
    report::{ReportSortField, ReportSortOrder},
    ticket::{Category, Priority, Status},
};

/// 21, *Ticket Status Enums*.
pub async fn statuses() -> Result<Answer, Error> {
    Answer::ok(&Status::choices())
}

/// 24, *Ticket Report Sort Order*.
pub async fn report_sort_orders() -> Result<Answer, Error> {
    Answer::ok(&ReportSortOrder::choices())
}

/// 25, *Ticket Report Sort Fields*.
pub async fn report_sort_fields() -> Result<Answer, Error> {
    Answer::ok(&ReportSortField::choices())
}

/// 26, *Role Enums*.
pub async fn roles() -> Result<Answer, Error> {
    Answer::ok(&Role::choices())
}

/// 27, *Priority Enums*.
pub async fn priorities() -> Result<Answer, Error> {
    Answer::ok(&Priority::choices())
}

/// 39, *Category Enums*.
pub async fn categories() -> Result<Answer, Error> {
    Answer::ok(&Category::choices())
}
