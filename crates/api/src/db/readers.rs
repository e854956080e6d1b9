//! Connections that only read. As many reads run at once as there are connections; the rest wait their turn.

use crate::error::Error;
use rusqlite::{Connection, OpenFlags};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const STATEMENTS_KEPT: usize = 128;

#[derive(Clone)]
pub(super) struct Readers(Arc<Inner>);

struct Inner {
    idle: Mutex<Vec<Connection>>,
    places: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn open(path: &Path, count: usize) -> rusqlite::Result<Self> {
        let count = count.max(1);
        let idle = (0..count).map(|_| open(path)).collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(Self(Arc::new(Inner { idle: Mutex::new(idle), places: Arc::new(Semaphore::new(count)) })))
    }

    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    {
        let place = self.0.places.clone().acquire_owned().await.expect("the places are never closed");
        let inner = self.0.clone();
        let answer = tokio::task::spawn_blocking(move || inner.lend(place, work));
        answer.await.unwrap_or_else(|panic| Err(Error::internal(panic)))
    }

    /// As [`Readers::run`], on the thread that asks; elsewhere only when every connection is lent.
    pub(super) async fn run_here<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    {
        let Ok(place) = self.0.places.clone().try_acquire_owned() else { return self.run(work).await };
        catch_unwind(AssertUnwindSafe(|| self.0.lend(place, work)))
            .unwrap_or_else(|_| Err(Error::internal("a read panicked; see the log above")))
    }
}

impl Inner {
    fn lend<T>(&self, place: OwnedSemaphorePermit, work: impl FnOnce(&Connection) -> T) -> T {
        let lent = Lent { connection: Some(self.take()), inner: self };
        let answer = work(lent.connection.as_ref().expect("lent until dropped"));
        drop(lent);
        drop(place);
        answer
    }

    fn take(&self) -> Connection {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.pop().expect("as many places as connections")
    }
}

/// Gives the connection back even when the work panics.
struct Lent<'a> {
    connection: Option<Connection>,
    inner: &'a Inner,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut idle = self.inner.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.extend(self.connection.take());
    }
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    super::keep_plans(&connection)?;
    // What is mapped needs no copy, and is the kernel's to take back. Only pages that are still in the log are copied.
    connection.execute_batch(
        "PRAGMA query_only = ON; PRAGMA cache_size = -4096; PRAGMA mmap_size = 1099511627776; PRAGMA temp_store = MEMORY;",
    )?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(connection)
}
