//! Enumerations, each value with its label for people: operations 21, 24–27, 39.

use crate::answer::Found;
use contract::{
    Role,
    choice::Choices,
    report::{ReportSortField, ReportSortOrder},
    ticket::{Category, Priority, Status},
};

/// 21, *Ticket Status Enums*.
pub async fn statuses() -> Found {
    Found::of(Status::choices())
}

/// 24, *Ticket Report Sort Order*.
pub async fn report_sort_orders() -> Found {
    Found::of(ReportSortOrder::choices())
}

/// 25, *Ticket Report Sort Fields*.
pub async fn report_sort_fields() -> Found {
    Found::of(ReportSortField::choices())
}

/// 26, *Role Enums*.
pub async fn roles() -> Found {
    Found::of(Role::choices())
}

/// 27, *Priority Enums*.
pub async fn priorities() -> Found {
    Found::of(Priority::choices())
}

/// 39, *Category Enums*.
pub async fn categories() -> Found {
    Found::of(Category::choices())
}
