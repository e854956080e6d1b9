//! A transaction, as an action sees it: a connection, the time, and the list of what to publish once it is on disk.

use super::search::Change;
use crate::{
    clock::{Clock, Ids, Timestamp},
    config::Config,
    events::hub::Signal,
};
use rusqlite::Connection;
use std::{cell::RefCell, ops::Deref};
use uuid::Uuid;

/// One job's part of the transaction. Dereferences to the connection for queries.
pub struct Tx<'a> {
    connection: &'a Connection,
    config: &'a Config,
    ids: &'a Ids,
    now: Timestamp,
    signals: Vec<Signal>,
    words: RefCell<Vec<Change>>,
}

impl<'a> Tx<'a> {
    pub(super) fn new(connection: &'a Connection, config: &'a Config, ids: &'a Ids, clock: &Clock) -> Self {
        Self { connection, config, ids, now: clock.now(), signals: Vec::new(), words: RefCell::default() }
    }

    /// The one time of everything this action does.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Moves the time of what is done next: demo and seed data happen in the past.
    pub const fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// A new id.
    pub fn new_id(&self) -> Uuid {
        self.new_id_of(self.now)
    }

    /// A new id of another time.
    pub fn new_id_of(&self, at: Timestamp) -> Uuid {
        self.ids.next(at)
    }

    /// The deployment's settings.
    pub const fn config(&self) -> &Config {
        self.config
    }

    /// Remembers what to tell the live hub after the commit. Forgotten when the action is refused.
    pub fn signal(&mut self, signal: Signal) {
        self.signals.push(signal);
    }

    /// Remembers what to change in the table of words at the end of the transaction. Forgotten when the action is refused.
    pub(super) fn in_words(&self, change: Change) {
        self.words.borrow_mut().push(change);
    }

    pub(super) fn finish(self) -> (Vec<Signal>, Vec<Change>) {
        (self.signals, self.words.into_inner())
    }
}

impl Deref for Tx<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        self.connection
    }
}
