//! WHO ANSWERS: the Finsupport API over an embedded SQLite database. Knows nothing of the web pages.
//!
//! A request goes through these files, downwards:
//!
//! 1. [`routes`]: the route table, each operation with its policy and handler; [`openapi`] is made from the same rows;
//! 2. [`mod@request`] gives it an id, [`caller`] says who asks, [`extract`] reads path, query and body;
//! 3. one file per noun holds its handlers: [`tickets`], [`replies`], [`outbox`], [`notes`], [`drafts`], [`followers`],
//!    [`people`], [`sessions`], [`events`], [`files`], [`reports`], [`reply_titles`], [`reply_messages`],
//!    [`merges`], [`splits`], [`views`], [`notifications`], [`search`], [`presence`], [`preferences`];
//!    a handler extracts, calls one action and responds;
//! 4. `<noun>/actions.rs` holds the rules' order: find, may, decide, write, record. [`db`] commits and publishes;
//! 5. `<noun>/queries.rs` holds the SQL.
//!
//! [`app::App`] is everything that the handlers share. [`clock`] is the only source of time and ids.

pub mod answer;
pub mod app;
pub mod caller;
pub mod clock;
pub mod config;
pub mod db;
pub mod demo;
mod dice;
pub mod drafts;
mod enums;
pub mod error;
pub mod events;
pub mod extract;
pub mod files;
pub mod followers;
pub mod forward;
mod health;
pub mod idempotency;
pub mod jobs;
pub mod merges;
pub mod meters;
pub mod notes;
pub mod notifications;
pub mod openapi;
pub mod outbox;
pub mod pace;
pub mod page;
pub mod people;
pub mod preferences;
pub mod presence;
pub mod replies;
pub mod reply_messages;
pub mod reply_titles;
pub mod reports;
pub mod request;
pub mod routes;
pub mod search;
pub mod seed;
pub mod sessions;
pub mod splits;
pub mod storage;
pub mod tickets;
pub mod views;

pub use app::App;
pub use caller::Caller;
pub use jobs::start_jobs;
pub use routes::router;
