//! Splits: a reply that becomes a ticket of its own. See [`contract::split`].

mod actions;
mod queries;

use crate::{answer::Answer, app::App, caller::Caller, error::Error, extract::Id, idempotency::Once};
use axum::extract::State;
use contract::{id::ReplyId, split::NewSplit};

/// *Split Reply*.
pub async fn split(
    State(app): State<App>,
    caller: Caller,
    Id(reply): Id<ReplyId>,
    Once { body, intent }: Once<NewSplit>,
) -> Result<Answer, Error> {
    intent.once(&app, caller, move |tx, caller| Answer::created_ticket(&actions::split(tx, caller, reply, body)?)).await
}
