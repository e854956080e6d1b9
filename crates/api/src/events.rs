//! Events: what happened to tickets, recorded with it and told to whoever may know.

pub mod hub;
pub mod queries;

use crate::{caller::Caller, db::Tx, error::Error, events::hub::Signal};
use contract::{event::{Audience, What}, id::TicketId};

/// Records that `caller` did this, in the action's transaction; it is told once it is on disk. The ticket becomes
/// unread for whoever may hear of it, except the caller.
///
/// # Errors
/// When the database fails.
pub fn record(tx: &mut Tx<'_>, caller: &Caller, ticket: TicketId, what: &What) -> Result<i64, Error> {
    let seq = queries::insert(tx, ticket, caller.id(), tx.now(), what)?;
    match what.audience() {
        Audience::Everyone => queries::stir(tx, ticket, seq)?,
        Audience::Staff => queries::stir_staff(tx, ticket, seq)?,
    }
    queries::see(tx, caller.id(), ticket, seq)?;
    tx.signal(Signal::Happened { seq });
    Ok(seq)
}
