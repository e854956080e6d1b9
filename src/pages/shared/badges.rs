//! A ticket's facts as small marks: status, priority, escalation.

use crate::ui::{
    pill::{bars, pill},
    written::{Written, written},
};
use contract::{
    choice::Choices,
    ticket::{Priority, Status},
};
use leptos::prelude::*;
use maud::Markup;

/// The status as a pill.
#[component(transparent)]
pub fn StatusPill(status: Status) -> Written {
    written(status_pill(status))
}

/// The same as text.
pub fn status_pill(status: Status) -> Markup {
    let tone = match status {
        Status::Open => "open",
        Status::InProgress => "progress",
        Status::Waiting => "waiting",
        Status::Completed => "completed",
        Status::Closed => "closed",
    };
    pill(tone, status.label())
}

/// The priority as bars.
#[component(transparent)]
pub fn PriorityBars(priority: Priority) -> Written {
    written(priority_bars(priority))
}

/// The same as text.
pub fn priority_bars(priority: Priority) -> Markup {
    let level = match priority {
        Priority::Low => 1,
        Priority::Medium => 2,
        Priority::High => 3,
        Priority::Urgent => 4,
    };
    bars(level, &format!("{} priority", priority.label()))
}
