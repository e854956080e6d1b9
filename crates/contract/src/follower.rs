//! Followers: people who see a ticket and hear of it, though it is not theirs to work.

use crate::id::PersonId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// *Add Follower To The Ticket*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewFollower {
    pub follower_id: PersonId,
}
