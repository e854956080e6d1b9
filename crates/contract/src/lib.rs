//! WHAT IS TRUE: the types, rules and errors of the Finsupport API.
//!
//! Everything here is plain data and pure functions: no I/O, no async, no clock, no database. The same code runs in
//! the service that answers, in the client that asks and in the browser that shows.
//!
//! Read in this order:
//!
//! 1. [`endpoints`]: every operation, its name, method and path;
//! 2. [`actor`] and [`policy`]: who may do what;
//! 3. [`ticket`] with its [`ticket::status`] machine, then [`reply`], [`outbox`] with its [`guard`], [`note`] with its [`mention`]s,
//!    [`draft`], [`file`], [`event`], [`notification`], [`merge`], [`split`];
//! 4. [`reply_title`] and [`reply_message`], the canned replies; [`report`];
//! 5. [`view`]: parts of the tickets under a name; [`search`]: tickets by their words;
//! 6. [`problem`]: the one shape of every refusal.

pub mod actor;
pub mod choice;
pub mod draft;
pub mod endpoints;
pub mod event;
pub mod file;
pub mod follower;
pub mod guard;
pub mod id;
pub mod mention;
pub mod merge;
pub mod note;
pub mod notification;
pub mod outbox;
pub mod page;
pub mod person;
pub mod policy;
pub mod preference;
pub mod presence;
pub mod problem;
pub mod reply;
pub mod reply_message;
pub mod reply_title;
pub mod report;
pub mod search;
pub mod session;
pub mod split;
pub mod text;
pub mod ticket;
pub mod view;

pub use actor::{Actor, Role};
pub use problem::{Code, FieldError, Problem};
