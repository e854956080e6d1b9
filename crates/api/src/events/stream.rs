//! The live feed of one caller, as server-sent events.
//!
//! A signal of the hub only wakes the feed up; it then reads from the database what is new and what its caller may see
//! at that moment. So nobody hears of a ticket that was taken from them, and a feed that fell behind loses nothing.

use super::{hub::Signal, queries};
use crate::{app::App, caller::Caller, error::Error, sessions, tickets::actions::find};
use axum::response::sse::{Event as Line, KeepAlive, Sse};
use contract::{event::Event, id::TicketId, policy::Action};
use futures::Stream;
use std::{convert::Infallible, mem, time::Duration};
use tokio::{
    sync::{
        broadcast::{self, error::RecvError},
        mpsc,
    },
    time,
};
use tokio_stream::wrappers::ReceiverStream;

/// Most events replayed to a feed that comes back; beyond that it is told to start afresh.
const REPLAY_MAX: i64 = 1000;
/// Events read at once.
const BATCH: i64 = 200;
pub(super) const HEARTBEAT: Duration = Duration::from_secs(15);

/// Opens a feed of what happens after `last`, or after now.
///
/// # Errors
/// When the database fails.
pub async fn open(
    app: App,
    caller: Caller,
    last: Option<i64>,
) -> Result<Sse<impl Stream<Item = Result<Line, Infallible>>>, Error> {
    let signals = app.hub.listen();
    let newest = app.db.read(|db| Ok(queries::newest(db)?)).await?;
    let fresh = last.is_some_and(|last| last > newest || newest.saturating_sub(last) > REPLAY_MAX);
    let seen = last.filter(|_| !fresh).unwrap_or(newest);
    let (out, lines) = mpsc::channel(64);
    let feed = Feed { app, caller, seen, out };
    tokio::spawn(feed.run(signals, fresh));
    Ok(Sse::new(ReceiverStream::new(lines)).keep_alive(KeepAlive::new().interval(HEARTBEAT).text("")))
}

struct Feed {
    app: App,
    caller: Caller,
    /// The last event looked at.
    seen: i64,
    out: mpsc::Sender<Result<Line, Infallible>>,
}

/// The feed is over: the session ended, or nobody listens.
struct Over;

impl Feed {
    async fn run(mut self, mut signals: broadcast::Receiver<Signal>, fresh: bool) {
        // The first line tells the listener from where on it misses nothing.
        let hello = Line::default().event(if fresh { "reset" } else { "ready" }).id(self.seen.to_string()).data("{}");
        if self.out.send(Ok(hello)).await.is_err() {
            return;
        }
        let mut present = self.app.presences.tickets();
        let mut notified = false;
        let mut check = time::interval(HEARTBEAT);
        while self.catch_up().await.is_ok() {
            for ticket in present.drain(..) {
                if self.tell_present(ticket).await.is_err() {
                    return;
                }
            }
            if mem::take(&mut notified) && self.tell_notified().await.is_err() {
                return;
            }
            let over = tokio::select! {
                signal = signals.recv() => match signal {
                    Ok(Signal::Present(ticket)) => {
                        present.push(ticket);
                        false
                    }
                    Ok(Signal::Notified(person)) => {
                        notified |= person == self.caller.id();
                        false
                    }
                    signal => {
                        // Among the signals that were missed may have been one of this kind.
                        notified |= self.caller.is_staff() && matches!(signal, Err(RecvError::Lagged(_)));
                        ends(&self.caller, signal)
                    }
                },
                _ = check.tick() => false,
                () = self.out.closed() => true,
            };
            if over {
                return;
            }
        }
    }

    /// Tells staff who see the ticket who is at it. It is no event: it has no id, and nobody misses it who was away.
    async fn tell_present(&self, ticket: TicketId) -> Result<(), Over> {
        if !self.caller.is_staff() {
            return Ok(());
        }
        let caller = self.caller.clone();
        let seen = self.app.db.glance(move |db| find(db, &caller, ticket, Action::SeeInternal)).await;
        if seen.is_err() {
            return Ok(());
        }
        let presence = self.app.presences.at(ticket, self.caller.id());
        let json = serde_json::to_string(&presence).expect("presence is plain data");
        self.out.send(Ok(Line::default().event("presence").data(json))).await.map_err(|_| Over)
    }

    /// Tells its caller that their notifications changed, and not how: whoever wants to know reads them.
    async fn tell_notified(&self) -> Result<(), Over> {
        self.out.send(Ok(Line::default().event("notifications").data("{}"))).await.map_err(|_| Over)
    }

    /// Sends all that is new, as long as the session is good.
    async fn catch_up(&mut self) -> Result<(), Over> {
        loop {
            let (caller, seen, now) = (self.caller.clone(), self.seen, self.app.clock.now());
            let read = self.app.db.glance(move |db| {
                let live = sessions::actions::is_live(db, &caller, now)?;
                let newest = queries::newest(db)?.min(seen + BATCH);
                let events =
                    if live && newest > seen { queries::visible(db, &caller, seen, newest)? } else { Vec::new() };
                Ok(live.then_some((newest, events)))
            });
            let Ok(Some((newest, events))) = read.await else { return Err(Over) };
            for event in events {
                self.out.send(Ok(line(&event))).await.map_err(|_| Over)?;
            }
            self.seen = newest.max(seen);
            // What happens from here on signals anew.
            if newest < seen + BATCH {
                return Ok(());
            }
        }
    }
}

/// Whether this signal ends the feed of this caller.
pub(super) fn ends(caller: &Caller, signal: Result<Signal, RecvError>) -> bool {
    match signal {
        Ok(Signal::SessionEnded(id)) => id == caller.session_id,
        Ok(Signal::SessionsEnded { person, but }) => person == caller.id() && but != Some(caller.session_id),
        Ok(Signal::Closing) | Err(RecvError::Closed) => true,
        Ok(Signal::Happened { .. } | Signal::Present(_) | Signal::Notified(_) | Signal::OutboxChanged)
        | Err(RecvError::Lagged(_)) => false,
    }
}

/// An event as a line of the feed.
pub(super) fn line(event: &Event) -> Line {
    let json = serde_json::to_string(event).expect("an event is plain data");
    Line::default().id(event.seq.to_string()).data(json)
}
