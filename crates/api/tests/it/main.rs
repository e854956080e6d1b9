//! The service, asked through its typed client, as everybody else asks it.
#![expect(clippy::unwrap_used, reason = "tests")]

mod demo;
mod events;
mod feed;
mod files;
mod files_seen;
mod followers;
mod idempotency;
mod input;
mod lists;
mod metrics;
mod migrations;
mod notes;
mod openapi;
mod people;
mod permissions;
mod preferences;
mod presence;
mod remote;
mod replies;
mod reply_messages;
mod reply_titles;
mod reports;
mod security_canary;
mod security_injection;
mod security_mass_assignment;
mod security_passwords;
mod security_races;
mod security_sessions;
mod security_uploads;
mod seed;
mod sessions;
mod tickets;
mod undo;
mod world;
mod writer;
