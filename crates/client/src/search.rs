//! Searching: operation 98.

use crate::{Client, Result};
use contract::{
    endpoints::Operation as Op,
    search::{Found, SearchFilter},
};

impl Client {
    /// 98, *Search*: the tickets that these words find, best first.
    pub async fn search(&self, filter: &SearchFilter) -> Result<Found> {
        self.call(Op::GetSearch, &[]).query(filter).send().await
    }
}
