//! Who has which ticket before them; it is heard of on the live feed.

use crate::{Client, Result};
use contract::{
    endpoints::Operation as Op,
    id::TicketId,
    presence::{Activity, NewPresence},
};

impl Client {
    /// Tells other staff what the caller does at this ticket.
    pub async fn be_present(&self, ticket: TicketId, activity: Activity) -> Result<()> {
        self.call(Op::PutPresence, &[&ticket]).json_done(&NewPresence { activity }).await
    }
}
