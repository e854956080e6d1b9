//! The embedded database: one writer with group commit, several readers, migrations at start.
//!
//! Reads see the last commit. Writes are jobs in a queue: [`Db::write`] answers when the job's effects are on disk and
//! its events are published, and not before.

mod readers;
mod row;
pub mod search;
pub mod select;
mod tx;
mod writer;

pub use row::{Columns, Text};
pub use rusqlite::{Connection, OptionalExtension, Result};
pub use tx::Tx;

use crate::{clock::Clock, config::Config, error::Error, events::hub::Hub};
use readers::Readers;
use rusqlite::config::DbConfig;
use rusqlite_migration::{M, Migrations};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use writer::Writer;

const FILE: &str = "finsupport.db";
const MIGRATIONS: &[M<'_>] = &[
    M::up(include_str!("../migrations/0001_helpdesk.sql")),
    M::up(include_str!("../migrations/0002_reports.sql")),
    M::up(include_str!("../migrations/0003_preferences.sql")),
    M::up(include_str!("../migrations/0004_drafts.sql")),
    M::up(include_str!("../migrations/0005_merge.sql")),
    M::up(include_str!("../migrations/0006_outbox.sql")),
    M::up(include_str!("../migrations/0007_views.sql")),
    M::up(include_str!("../migrations/0008_notifications.sql")),
    M::up(include_str!("../migrations/0009_search.sql")),
    M::up(include_str!("../migrations/0010_people_by_role.sql")),
    M::up(include_str!("../migrations/0011_followed.sql")),
    M::up(include_str!("../migrations/0012_words_merged_later.sql")),
    M::up(include_str!("../migrations/0013_vocabulary.sql")),
    M::up(include_str!("../migrations/0014_report_days.sql")),
    M::up(include_str!("../migrations/0015_loose_files.sql")),
    M::up(include_str!("../migrations/0016_closing_comment.sql")),
    M::up(include_str!("../migrations/0017_idempotency_in_order.sql")),
];

/// The version of a schema whose indexes are put aside while load data is written.
pub(crate) const UNFINISHED: i64 = -1;

/// The steps in which SQLite answers a query, for tests that claim of it what it reads.
#[cfg(test)]
pub(crate) fn plan(db: &Connection, sql: &str, values: impl rusqlite::Params) -> Result<Vec<String>> {
    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    statement.query_map(values, |row| row.get(3))?.collect()
}

/// The database of one data folder. Clones share it.
#[derive(Clone)]
pub struct Db {
    writer: Writer,
    readers: Readers,
}

impl Db {
    /// Opens the database in `folder`, making it on the first start and bringing its schema up to date.
    ///
    /// # Errors
    /// When the folder cannot be used, or its schema is newer than this program.
    pub fn open(folder: &Path, config: Arc<Config>, clock: Clock, hub: Hub) -> std::result::Result<Self, OpenError> {
        let path = folder.join(FILE);
        let mut connection = Connection::open(&path)?;
        writer::prepare(&connection)?;
        migrate(&mut connection)?;
        writer::empty_log(&connection)?;
        let readers = Readers::open(&path, config.readers)?;
        Ok(Self { writer: Writer::start(connection, config, clock, hub), readers })
    }

    /// Runs `work` on a connection that can only read, away from the async threads.
    ///
    /// # Errors
    /// What `work` answers, or an internal error when the database fails.
    pub async fn read<T, F>(&self, work: F) -> std::result::Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> std::result::Result<T, Error> + Send + 'static,
    {
        self.readers.run(work).await
    }

    /// As [`Db::read`] for what stands on a few pages of an index, on the thread that asks: so little work costs less than
    /// handing it to another thread. What may read long is no glance.
    ///
    /// # Errors
    /// What `work` answers, or an internal error when the database fails.
    pub async fn glance<T, F>(&self, work: F) -> std::result::Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> std::result::Result<T, Error> + Send + 'static,
    {
        self.readers.run_here(work).await
    }

    /// As [`Db::glance`], and everything that `work` reads is of the same moment.
    ///
    /// # Errors
    /// What `work` answers, or an internal error when the database fails.
    pub async fn glance_at_one_moment<T, F>(&self, work: F) -> std::result::Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> std::result::Result<T, Error> + Send + 'static,
    {
        self.glance(|db| work(&*db.unchecked_transaction()?)).await
    }

    /// As [`Db::read`], and everything that `work` reads is of the same moment.
    ///
    /// # Errors
    /// What `work` answers, or an internal error when the database fails.
    pub async fn snapshot<T, F>(&self, work: F) -> std::result::Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> std::result::Result<T, Error> + Send + 'static,
    {
        self.readers.run(|db| work(&*db.unchecked_transaction()?)).await
    }

    /// Runs `work` in a transaction. When this answers `Ok`, the effects are on disk; when `Err`, there are none.
    ///
    /// # Errors
    /// What `work` answers, or an internal error when it panics or the commit fails.
    pub async fn write<T, F>(&self, work: F) -> std::result::Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> std::result::Result<T, Error> + Send + 'static,
    {
        self.writer.run(work).await
    }

    /// Whether what was to be kept last could be, or else can by now.
    pub async fn can_write(&self) -> bool {
        // The version as it is: the smallest thing that is written.
        let again = |tx: &mut Tx<'_>| {
            let version: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            Ok(tx.pragma_update(None, "user_version", version)?)
        };
        !self.writer.is_stuck() || self.write(again).await.is_ok()
    }

    /// How many transactions were committed since the start.
    pub fn commits(&self) -> u64 {
        self.writer.commits()
    }
}

/// Why the database could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The folder could not be made.
    Folder(PathBuf, std::io::Error),
    /// It was written by a newer version of this program.
    Newer { found: i64, known: usize },
    /// Load data was being written into it, and that was interrupted.
    Unfinished,
    /// SQLite's own words.
    Sqlite(rusqlite::Error),
    /// A migration failed.
    Migration(rusqlite_migration::Error),
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(path, error) => write!(f, "the data folder {} could not be made: {error}", path.display()),
            Self::Newer { found, known } => write!(
                f,
                "this data folder was written by a newer Finsupport (schema {found}; this program knows {known}): start that version, or restore a backup"
            ),
            Self::Unfinished => f.write_str(
                "`finsupport seed` was interrupted in this data folder: delete the folder and seed it again",
            ),
            Self::Sqlite(error) => write!(f, "the database could not be opened: {error}"),
            Self::Migration(error) => write!(f, "the database could not be brought up to date: {error}"),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::internal(error)
    }
}

fn migrate(connection: &mut Connection) -> std::result::Result<(), OpenError> {
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found == UNFINISHED {
        return Err(OpenError::Unfinished);
    }
    let known = MIGRATIONS.len();
    if usize::try_from(found).is_ok_and(|found| found > known) {
        return Err(OpenError::Newer { found, known });
    }
    Migrations::from_slice(MIGRATIONS).to_latest(connection).map_err(OpenError::Migration)
}

/// A statement keeps the plan it was first given. Otherwise SQLite plans it anew each time that a value is bound which it
/// might plan by: a list of tickets took longer to plan than to read.
fn keep_plans(connection: &Connection) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

/// Whether the database answers.
///
/// # Errors
/// When it does not.
pub fn ping(connection: &Connection) -> Result<()> {
    connection.query_row("SELECT 1", [], |_| Ok(()))
}
