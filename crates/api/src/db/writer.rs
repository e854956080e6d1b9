//! The one thread that writes. It takes a job, runs it and whatever else is waiting in one transaction, each job but the
//! first in a savepoint of its own, commits once (one fsync for all) and only then answers everyone.
//!
//! A job that is refused or panics is rolled back to its savepoint and harms nobody else; the first, before which nothing
//! was done, with the transaction: most transactions are of one job, and a savepoint copies each page that it touches.

use super::{
    Tx,
    search::{self, Change},
};
use crate::{
    clock::{Clock, Ids},
    config::Config,
    error::Error,
    events::hub::{Hub, Signal},
};
use rusqlite::Connection;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::{mpsc, oneshot};

/// Most jobs in one transaction: what waits longer is told sooner in the next.
const TOGETHER: usize = 64;
const QUEUE: usize = 1024;
const STATEMENTS_KEPT: usize = 256;

type Committed = Result<(), Error>;
type Answer = Box<dyn FnOnce(Committed) + Send>;
type Job = Box<dyn FnOnce(&mut Tx<'_>) -> Outcome + Send>;

/// What a job came to: whether its effects stay, and how to tell its caller once they are on disk.
struct Outcome {
    keep: bool,
    answer: Answer,
}

#[derive(Clone)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
    commits: Arc<AtomicU64>,
    stuck: Arc<AtomicBool>,
}

impl Writer {
    pub(super) fn start(connection: Connection, config: Arc<Config>, clock: Clock, hub: Hub) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let commits = Arc::new(AtomicU64::new(0));
        let stuck = Arc::new(AtomicBool::new(false));
        let desk = Desk {
            connection,
            config,
            clock,
            ids: Ids::default(),
            hub,
            commits: commits.clone(),
            stuck: stuck.clone(),
        };
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || desk.work(queue))
            .expect("the system can start one more thread");
        Self { jobs, commits, stuck }
    }

    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let job: Job = Box::new(move |tx| {
            let result = catch_unwind(AssertUnwindSafe(|| work(tx)))
                .unwrap_or_else(|_| Err(Error::internal("a write panicked; see the log above")));
            let keep = result.is_ok();
            let answer = Box::new(move |committed: Committed| {
                // Nobody listens any more when the caller went away; the effects stand all the same.
                let _ = tell.send(result.and_then(|value| committed.map(|()| value)));
            });
            Outcome { keep, answer }
        });
        self.jobs.send(job).await.map_err(|_| Error::internal("the writer has stopped"))?;
        told.await.unwrap_or_else(|_| Err(Error::internal("the writer stopped amid a transaction")))
    }

    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Whether the last transaction with anything to keep failed.
    pub(super) fn is_stuck(&self) -> bool {
        self.stuck.load(Ordering::Relaxed)
    }
}

/// How long a connection waits for another program that has the database.
const PATIENCE: Duration = Duration::from_secs(10);

/// Sets a connection up for writing: a commit that was answered survives a power cut, and the log of a very large one does
/// not lie on the disk for ever.
pub(super) fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    super::keep_plans(connection)?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;
         PRAGMA journal_size_limit = 67108864;",
    )?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(())
}

/// Empties the log that a killed program left, unless another one uses it right now. The log was just read from its
/// beginning to its end, and Linux keeps what is read like that in pieces of megabytes: each small write into one of them
/// would pass through all of it.
pub(super) fn empty_log(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::ZERO)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.busy_timeout(PATIENCE)
}

struct Desk {
    connection: Connection,
    config: Arc<Config>,
    clock: Clock,
    ids: Ids,
    hub: Hub,
    commits: Arc<AtomicU64>,
    stuck: Arc<AtomicBool>,
}

/// What the jobs of a transaction came to.
#[derive(Default)]
struct Done {
    answers: Vec<Answer>,
    signals: Vec<Signal>,
    words: Vec<Change>,
    /// Whether the effects of any of them stay.
    stays: bool,
}

/// Whether what a job did stays.
#[derive(PartialEq, Eq)]
enum Effects {
    Stay,
    Go,
}

impl Desk {
    fn work(self, mut queue: mpsc::Receiver<Job>) {
        while let Some(first) = queue.blocking_recv() {
            let mut done = Done::default();
            let committed = self.transaction(first, &mut queue, &mut done);
            if done.stays || committed.is_err() {
                self.stuck.store(committed.is_err(), Ordering::Relaxed);
            }
            if committed.is_ok() {
                self.commits.fetch_add(1, Ordering::Relaxed);
                self.hub.publish(done.signals);
            } else {
                // The transaction may be gone already; then there is nothing to roll back.
                let _ = self.connection.execute_batch("ROLLBACK");
            }
            for answer in done.answers {
                answer(committed.clone());
            }
        }
    }

    fn transaction(&self, first: Job, queue: &mut mpsc::Receiver<Job>, done: &mut Done) -> Committed {
        self.run("BEGIN IMMEDIATE")?;
        if self.job(first, done) == Effects::Go {
            self.run("ROLLBACK")?;
            self.run("BEGIN IMMEDIATE")?;
        }
        while done.answers.len() < TOGETHER
            && let Ok(job) = queue.try_recv()
        {
            self.run("SAVEPOINT job")?;
            if self.job(job, done) == Effects::Go {
                self.run("ROLLBACK TO job")?;
            }
            self.run("RELEASE job")?;
        }
        search::write(&self.connection, &mut done.words)?;
        self.run("COMMIT")
    }

    fn job(&self, job: Job, done: &mut Done) -> Effects {
        let mut tx = Tx::new(&self.connection, &self.config, &self.ids, &self.clock);
        let outcome = job(&mut tx);
        done.answers.push(outcome.answer);
        if !outcome.keep {
            return Effects::Go;
        }
        let (signals, words) = tx.finish();
        done.signals.extend(signals);
        done.words.extend(words);
        done.stays = true;
        Effects::Stay
    }

    fn run(&self, statement: &'static str) -> Committed {
        self.connection.prepare_cached(statement)?.execute([])?;
        Ok(())
    }
}
