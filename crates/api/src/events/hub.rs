//! What is on disk now and of interest to open pages. Carries only where to look: every listener reads for itself what
//! it may see.

use contract::id::{PersonId, SessionId, TicketId};
use tokio::sync::broadcast;

/// Signals a slow listener may fall behind by before it has to look at the database again.
const BACKLOG: usize = 1024;

/// Something happened, or somebody must go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// An event was recorded.
    Happened { seq: i64 },
    /// Somebody came to this ticket or left it, or began or stopped writing.
    Present(TicketId),
    /// This person has notifications that they had not, or has seen some.
    Notified(PersonId),
    /// A message of the outbox may be due earlier than known.
    OutboxChanged,
    /// This session ended.
    SessionEnded(SessionId),
    /// Every session of this person ended, but perhaps one.
    SessionsEnded { person: PersonId, but: Option<SessionId> },
    /// The process is about to stop.
    Closing,
}

/// Tells signals to whoever listens at the moment.
#[derive(Clone, Debug)]
pub struct Hub(broadcast::Sender<Signal>);

impl Default for Hub {
    fn default() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }
}

impl Hub {
    /// Tells these, in order. Nobody has to be listening.
    pub fn publish(&self, signals: impl IntoIterator<Item = Signal>) {
        for signal in signals {
            let _ = self.0.send(signal);
        }
    }

    /// Ends every live feed, so that a server that is stopping need not wait for them.
    pub fn close(&self) {
        self.publish([Signal::Closing]);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Signal> {
        self.0.subscribe()
    }
}
