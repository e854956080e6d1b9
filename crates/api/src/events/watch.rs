//! The live feed in front of a gateway, which tells nobody what happens: it is asked every few seconds, once for each
//! person with an open page, for the tickets changed last; those that differ from the last time are told on.

use super::{hub::Signal, stream};
use crate::{
    app::{App, Remote},
    caller::Caller,
    clock::{Clock, Timestamp},
    sessions,
};
use axum::response::sse::{Event as Line, KeepAlive, Sse};
use client::Client;
use contract::{
    Problem, Role,
    event::{Event, What},
    id::{PersonId, TicketId},
    ticket::{Ticket, TicketFilter, TicketSort},
};
use futures::Stream;
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{broadcast, mpsc},
    time,
};
use tokio_stream::wrappers::ReceiverStream;

/// The tickets looked at each time. What changed beyond these shows when its page is opened.
const WINDOW: u32 = 50;
/// Changes that a slow page may fall behind by.
const BACKLOG: usize = 256;

/// Who is being watched for.
#[derive(Clone)]
pub struct Watches {
    poll: Duration,
    people: Arc<Mutex<HashMap<PersonId, broadcast::Sender<Event>>>>,
}

impl Watches {
    /// Asking this often.
    pub fn new(poll: Duration) -> Self {
        Self { poll, people: Arc::default() }
    }

    /// What changes for this person from now on. All their pages share one watch.
    fn join(&self, remote: &Remote, caller: &Caller, clock: &Clock) -> broadcast::Receiver<Event> {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(watch) = people.get(&caller.id()) {
            return watch.subscribe();
        }
        let (told, changes) = broadcast::channel(BACKLOG);
        people.insert(caller.id(), told.clone());
        let (watches, client) = (self.clone(), remote.client.acting_for(caller.id()));
        tokio::spawn(watch(watches, client, caller.clone(), clock.clone(), told));
        changes
    }

    /// Ends the watch when nobody listens any more.
    fn is_over(&self, person: PersonId, told: &broadcast::Sender<Event>) -> bool {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        let over = told.receiver_count() == 0;
        if over {
            people.remove(&person);
        }
        over
    }
}

/// Opens a feed. One that comes back has missed what nobody remembers, and is told to start afresh.
pub fn open(
    app: App,
    remote: Remote,
    caller: Caller,
    again: bool,
) -> Sse<impl Stream<Item = Result<Line, Infallible>>> {
    let changes = remote.watches.join(&remote, &caller, &app.clock);
    let signals = app.hub.listen();
    let (out, lines) = mpsc::channel(64);
    tokio::spawn(feed(app, caller, changes, signals, out, again));
    Sse::new(ReceiverStream::new(lines)).keep_alive(KeepAlive::new().interval(stream::HEARTBEAT).text(""))
}

async fn feed(
    app: App,
    caller: Caller,
    mut changes: broadcast::Receiver<Event>,
    mut signals: broadcast::Receiver<Signal>,
    out: mpsc::Sender<Result<Line, Infallible>>,
    again: bool,
) {
    let greet = |kind: &'static str| Line::default().event(kind).id(app.clock.now().0.to_string()).data("{}");
    if out.send(Ok(greet(if again { "reset" } else { "ready" }))).await.is_err() {
        return;
    }
    let mut check = time::interval(stream::HEARTBEAT);
    loop {
        let line = tokio::select! {
            change = changes.recv() => match change {
                Ok(event) => Some(stream::line(&event)),
                Err(broadcast::error::RecvError::Lagged(_)) => Some(greet("reset")),
                Err(broadcast::error::RecvError::Closed) => return,
            },
            signal = signals.recv() => {
                if stream::ends(&caller, signal) {
                    return;
                }
                None
            }
            _ = check.tick() => {
                let (asking, now) = (caller.clone(), app.clock.now());
                let live = app.db.read(move |db| sessions::actions::is_live(db, &asking, now)).await;
                if live.is_ok_and(|live| !live) {
                    return;
                }
                None
            }
            () = out.closed() => return,
        };
        if let Some(line) = line
            && out.send(Ok(line)).await.is_err()
        {
            return;
        }
    }
}

/// Asks again and again, until nobody listens.
async fn watch(watches: Watches, client: Client, caller: Caller, clock: Clock, told: broadcast::Sender<Event>) {
    let mut known: Option<HashMap<TicketId, i64>> = None;
    let mut places = Places::default();
    loop {
        if watches.is_over(caller.id(), &told) {
            return;
        }
        // A gateway that does not answer is asked again; what changed meanwhile shows then.
        if let Ok(tickets) = newest(&client, &caller).await {
            let now: HashMap<TicketId, i64> = tickets.iter().map(|ticket| (ticket.ticket_id, ticket.version)).collect();
            if let Some(before) = &known {
                for id in changed(before, &now, tickets.len() < WINDOW as usize) {
                    let at = clock.now();
                    let (seq, actor) = (places.next(at), caller.person());
                    let event = Event { seq, ticket_id: id, actor, at: at.text(), what: What::Changed };
                    _ = told.send(event);
                }
            }
            known = Some(now);
        }
        time::sleep(watches.poll).await;
    }
}

/// Where events stand that no database gives a place: by time, and each after the one before, for pages pass over what is
/// not after all that they have heard.
#[derive(Default)]
struct Places(i64);

impl Places {
    fn next(&mut self, at: Timestamp) -> i64 {
        self.0 = at.0.max(self.0 + 1);
        self.0
    }
}

/// The tickets that this person sees and that changed last.
async fn newest(client: &Client, caller: &Caller) -> Result<Vec<Ticket>, Problem> {
    let filter =
        TicketFilter { sort: Some(TicketSort::RecentlyUpdated), page_size: Some(WINDOW), ..TicketFilter::default() };
    let mut tickets = client.tickets(&filter).await?.items;
    if caller.role() == Role::Customer {
        tickets.extend(client.tickets_by_follower(caller.id(), &filter).await?.items);
    }
    Ok(tickets)
}

/// What is new, what has another version, and, where the whole was seen, what is gone.
fn changed(before: &HashMap<TicketId, i64>, now: &HashMap<TicketId, i64>, whole: bool) -> Vec<TicketId> {
    let differs = now.iter().filter(|(id, version)| before.get(id) != Some(version)).map(|(id, _)| *id);
    let gone = before.keys().filter(|id| whole && !now.contains_key(id)).copied();
    differs.chain(gone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(tickets: &[(u128, i64)]) -> HashMap<TicketId, i64> {
        tickets.iter().map(|(id, version)| (TicketId(uuid::Uuid::from_u128(*id)), *version)).collect()
    }

    #[test]
    fn what_is_seen_in_one_look_is_told_one_after_the_other_whatever_the_clock_does() {
        let mut places = Places::default();
        let told = [1_000, 1_000, 1_000, 2_000, 500, 3_000].map(|at| places.next(Timestamp(at)));
        assert_eq!(told, [1_000, 1_001, 1_002, 2_000, 2_001, 3_000]);
    }

    #[test]
    fn what_is_new_changed_or_gone_is_told() {
        let before = seen(&[(1, 1), (2, 5), (3, 2)]);
        let now = seen(&[(1, 1), (2, 6), (4, 1)]);
        let ids = |whole| {
            let mut ids: Vec<u128> = changed(&before, &now, whole).into_iter().map(|id| id.0.as_u128()).collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!(ids(true), [2, 3, 4]);
        assert_eq!(ids(false), [2, 4], "one that fell out of the window is not gone");
        assert!(changed(&before, &before, true).is_empty());
    }
}
