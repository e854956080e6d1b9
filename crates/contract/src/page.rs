//! Lists come in pages: `?pageSize=` (1–200, 50 when not said) and an opaque `?cursor=`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Rows a page holds when the caller does not say.
pub const PAGE_SIZE: u32 = 50;
/// Most rows a page may hold.
pub const PAGE_SIZE_MAX: u32 = 200;

/// One page of a list. `next_cursor` is absent on the last one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    pub items: Vec<T>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// Which page of a list is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Paging {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
