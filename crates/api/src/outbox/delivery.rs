//! Sends what is due. A message is sent in one transaction, which makes the reply and removes the message: killed at any
//! instant, it is sent once. What waits is in the database alone, so a start goes on where the last run stopped.

use super::{actions, queries};
use crate::{app::App, clock::Timestamp, error::Error, events::hub::Signal};
use contract::{Code, id::OutboxMessageId, outbox::Held};
use std::time::Duration;
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Messages sent between two looks at what is due.
const BATCH: i64 = 100;
/// The longest sleep: the machine's clock may be set, and a laptop may have slept.
const NAP: Duration = Duration::from_secs(60);
/// How long to wait after a failure of ours.
const AGAIN: Duration = Duration::from_secs(10);

/// Sends what is due, now and whenever something becomes due, until the service stops.
pub async fn run(app: App) {
    let mut signals = app.hub.listen();
    loop {
        let pause = match deliver_due(&app).await {
            Ok(next) => next.map_or(NAP, |next| until(next, app.clock.now())),
            Err(error) => {
                tracing::error!(%error, "a waiting reply could not be sent; the next try is in a moment");
                AGAIN
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            stop = changed(&mut signals) => if stop { return },
        }
    }
}

/// Sends every message whose time has come, and holds those that may not be sent any more; answers when the next is due.
///
/// # Errors
/// When the database fails. What could not be sent for that waits on.
pub async fn deliver_due(app: &App) -> Result<Option<Timestamp>, Error> {
    let now = app.clock.now();
    let due = app.db.read(move |db| Ok(queries::due(db, now, BATCH)?)).await?;
    let mut failed = None;
    for id in due {
        // One that fails keeps no other from being sent.
        failed = deliver(app, id).await.err().or(failed);
    }
    match failed {
        Some(error) => Err(error),
        None => app.db.read(|db| Ok(queries::next_time(db)?)).await,
    }
}

/// Sends a message or, when that is refused, holds it. Its refusal undoes whatever sending it had begun, which is why
/// holding is a transaction of its own.
async fn deliver(app: &App, id: OutboxMessageId) -> Result<(), Error> {
    let Err(refusal) = app.db.write(move |tx| actions::deliver(tx, id)).await else { return Ok(()) };
    let problem = refusal.problem();
    let why = match problem.code {
        Code::Internal => return Err(refusal),
        Code::NotFound | Code::Forbidden => Held {
            code: Code::Forbidden,
            detail: "You may no longer reply on this ticket. Nothing is lost.".to_owned(),
        },
        code => Held { code, detail: problem.detail.clone() },
    };
    app.db.write(move |tx| actions::hold(tx, id, &why)).await
}

fn until(next: Timestamp, now: Timestamp) -> Duration {
    Duration::from_millis(u64::try_from(next.0 - now.0).unwrap_or(0)).min(NAP)
}

/// Waits until the outbox changed, and answers whether the service stops. Whoever fell behind looks again.
async fn changed(signals: &mut Receiver<Signal>) -> bool {
    loop {
        match signals.recv().await {
            Ok(Signal::OutboxChanged) | Err(RecvError::Lagged(_)) => return false,
            Ok(Signal::Closing) | Err(RecvError::Closed) => return true,
            Ok(_) => {}
        }
    }
}
