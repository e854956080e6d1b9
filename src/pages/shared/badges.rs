//! A ticket's facts as small marks: status, priority, escalation.

use crate::ui::pill::{Bars, Pill};
use contract::{
    choice::Choices,
    ticket::{Priority, Status},
};
use leptos::prelude::*;

/// The status as a pill.
#[component]
pub fn StatusPill(status: Status) -> impl IntoView {
    let tone = match status {
        Status::Open => "open",
        Status::InProgress => "progress",
        Status::Waiting => "waiting",
        Status::Completed => "completed",
        Status::Closed => "closed",
    };
    view! { <Pill tone text=status.label() /> }
}

/// The priority as bars.
#[component]
pub fn PriorityBars(priority: Priority) -> impl IntoView {
    let level = match priority {
        Priority::Low => 1,
        Priority::Medium => 2,
        Priority::High => 3,
        Priority::Urgent => 4,
    };
    view! { <Bars level label=format!("{} priority", priority.label()) /> }
}
