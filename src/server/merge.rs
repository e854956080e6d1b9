//! Reads what somebody who merges tickets typed: the number of one more.

use crate::texts::merging;
use client::Client;
use contract::{FieldError, Problem, id::TicketId, ticket::TicketFilter};

/// These tickets, and the one of this number: `FS-1043` or `1043`.
///
/// # Errors
/// When there is none of this number that the viewer sees, or it was merged into another.
pub async fn with_number(
    client: &Client,
    mut sources: Vec<TicketId>,
    typed: Option<&str>,
) -> Result<Vec<TicketId>, Problem> {
    let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else { return Ok(sources) };
    let at_number = |message: String| Problem::invalid(vec![FieldError::new("number", message)]);
    let digits = typed.get(..3).filter(|start| start.eq_ignore_ascii_case("fs-")).map_or(typed, |_| &typed[3..]);
    let Ok(number) = digits.parse::<i64>() else { return Err(at_number(merging().no_such_ticket(typed))) };
    let filter = TicketFilter { q: Some(format!("FS-{number}")), ..TicketFilter::default() };
    match client.tickets(&filter).await?.items.first() {
        Some(found) if found.number == number => sources.push(found.ticket_id),
        Some(found) => return Err(at_number(merging().already_merged(typed, found.number))),
        None => return Err(at_number(merging().no_such_ticket(typed))),
    }
    sources.dedup();
    Ok(sources)
}
