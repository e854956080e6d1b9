//! What happened: a ticket's history, and the live feed.

use crate::{Client, Result};
use axum::body::Body;
use contract::{
    endpoints::Operation as Op,
    event::Event,
    id::TicketId,
    page::{Page, Paging},
};
use http::{Response, header};

impl Client {
    /// What happened to a ticket, oldest first.
    pub async fn events_of(&self, ticket: TicketId, paging: &Paging) -> Result<Page<Event>> {
        self.call(Op::GetTicketEvents, &[&ticket]).query(paging).send().await
    }

    /// The live feed as server-sent events, going on after `last_event_id` when that is given.
    pub async fn live_events(&self, last_event_id: Option<i64>) -> Result<Response<Body>> {
        let mut call = self.call(Op::GetEvents, &[]).header(header::ACCEPT, "text/event-stream");
        if let Some(id) = last_event_id {
            call = call.header(header::HeaderName::from_static("last-event-id"), id.to_string());
        }
        call.stream(Body::empty()).await
    }
}
