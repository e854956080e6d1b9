//! How pages ask: server functions that proxy Finsupport in the viewer's name, one file per noun.
//!
//! Each is one breath long: take this request's client, call one operation, answer. No rule lives here. Reads travel as
//! GET, changes as POST with flat fields, so that a plain HTML form can post them too. All live under `/rpc`.

pub mod drafts;
pub mod files;
pub mod followers;
pub mod merges;
pub mod notes;
pub mod notifications;
pub mod outbox;
pub mod people;
pub mod preferences;
pub mod presence;
pub mod replies;
pub mod reply_messages;
pub mod reply_titles;
pub mod reports;
pub mod search;
pub mod sessions;
pub mod splits;
pub mod threads;
pub mod tickets;
pub mod views;
