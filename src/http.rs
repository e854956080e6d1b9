//! The request being answered and the response being written, as components may touch them. On the server these do
//! what they say; in the browser, where there is no response any more, their twins do nothing.

pub mod browser;

#[cfg(feature = "ssr")]
pub use crate::server::response::{call_as, in_textarea, left_with_request, random_key, set_page_policy, set_status};
#[cfg(not(feature = "ssr"))]
pub use browser::{call_as, in_textarea, left_with_request, random_key, set_page_policy, set_status};
