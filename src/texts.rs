//! Every text that people read on the screens, in one place per language: each area has a struct of texts and one
//! constant per language. A second language is a second constant, and a choice in the accessor.

pub mod account;
pub mod canned;
pub mod command;
pub mod common;
pub mod desk;
pub mod drafts;
pub mod files;
pub mod merge;
pub mod notifications;
pub mod outbox;
pub mod portal;
pub mod reports;
pub mod search;

pub use account::account;
pub use canned::canned;
pub use command::command;
pub use common::common;
pub use desk::desk;
pub use drafts::drafts;
pub use files::files;
pub use merge::merging;
pub use notifications::notifications;
pub use outbox::outbox;
pub use portal::portal;
pub use reports::reports;
pub use search::search;
