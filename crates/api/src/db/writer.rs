//! The one thread that writes. It takes a job, runs it and whatever else is waiting in one transaction, each job in a
//! savepoint of its own, commits once (one fsync for all) and only then answers everyone.
//!
//! A job that is refused or panics is rolled back to its savepoint and harms nobody else.

use super::Tx;
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
        atomic::{AtomicU64, Ordering},
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
}

impl Writer {
    pub(super) fn start(connection: Connection, config: Arc<Config>, clock: Clock, hub: Hub) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let commits = Arc::new(AtomicU64::new(0));
        let desk = Desk { connection, config, clock, ids: Ids::default(), hub, commits: commits.clone() };
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || desk.work(queue))
            .expect("the system can start one more thread");
        Self { jobs, commits }
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
}

/// Sets a connection up for writing: a commit that was answered survives a power cut.
pub(super) fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_secs(10))?;
    super::keep_plans(connection)?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;",
    )?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(())
}

struct Desk {
    connection: Connection,
    config: Arc<Config>,
    clock: Clock,
    ids: Ids,
    hub: Hub,
    commits: Arc<AtomicU64>,
}

impl Desk {
    fn work(self, mut queue: mpsc::Receiver<Job>) {
        while let Some(first) = queue.blocking_recv() {
            let mut answers = Vec::new();
            let mut signals = Vec::new();
            let committed = self.transaction(first, &mut queue, &mut answers, &mut signals);
            if committed.is_ok() {
                self.commits.fetch_add(1, Ordering::Relaxed);
                self.hub.publish(signals);
            } else {
                // The transaction may be gone already; then there is nothing to roll back.
                let _ = self.connection.execute_batch("ROLLBACK");
            }
            for answer in answers {
                answer(committed.clone());
            }
        }
    }

    fn transaction(
        &self,
        first: Job,
        queue: &mut mpsc::Receiver<Job>,
        answers: &mut Vec<Answer>,
        signals: &mut Vec<Signal>,
    ) -> Committed {
        self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        let mut next = Some(first);
        while let Some(job) = next {
            self.savepoint(job, answers, signals)?;
            next = if answers.len() < TOGETHER { queue.try_recv().ok() } else { None };
        }
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        Ok(())
    }

    fn savepoint(&self, job: Job, answers: &mut Vec<Answer>, signals: &mut Vec<Signal>) -> Committed {
        self.connection.prepare_cached("SAVEPOINT job")?.execute([])?;
        let mut tx = Tx::new(&self.connection, &self.config, &self.ids, &self.clock);
        let outcome = job(&mut tx);
        answers.push(outcome.answer);
        if outcome.keep {
            signals.extend(tx.into_signals());
        } else {
            self.connection.prepare_cached("ROLLBACK TO job")?.execute([])?;
        }
        self.connection.prepare_cached("RELEASE job")?.execute([])?;
        Ok(())
    }
}
