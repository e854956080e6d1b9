//! Who has which ticket before them. Kept in memory only, for a moment; told to staff who see the ticket, over the live
//! feed.

use crate::{
    answer::Answer,
    app::App,
    caller::Caller,
    clock::Timestamp,
    error::Error,
    events::hub::Signal,
    extract::{Id, Json},
    tickets::actions::find,
};
use axum::extract::State;
use contract::{
    id::{PersonId, SessionId, TicketId},
    person::Person,
    policy::Action,
    presence::{Activity, NewPresence, PRESENT_SECONDS, Presence, Present},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

/// Everybody who is present anywhere. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Presences(Arc<Mutex<BTreeMap<TicketId, Vec<Entry>>>>);

/// One person's session at one ticket.
#[derive(Debug)]
struct Entry {
    person: Person,
    session: SessionId,
    typing: bool,
    until: Timestamp,
}

/// *Be Present*.
pub async fn put(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<TicketId>,
    Json(new): Json<NewPresence>,
) -> Result<Answer, Error> {
    let reader = caller.clone();
    app.db.read(move |db| find(db, &reader, id, Action::SeeInternal)).await?;
    if app.presences.put(&caller, id, new.activity, app.clock.now()) {
        app.hub.publish([Signal::Present(id)]);
    }
    Ok(Answer::nothing())
}

impl Presences {
    /// Notes what this session does at this ticket. Whether that is news.
    pub fn put(&self, caller: &Caller, ticket: TicketId, activity: Activity, now: Timestamp) -> bool {
        let mut all = self.lock();
        let entries = all.entry(ticket).or_default();
        // All whom a service speaks for come in one session.
        let is_theirs = |entry: &Entry| (entry.person.id, entry.session) == (caller.id(), caller.session_id);
        let before = entries.iter().find(|entry| is_theirs(entry)).map(|entry| entry.typing);
        entries.retain(|entry| !is_theirs(entry));
        let after = match activity {
            Activity::Gone => None,
            Activity::Looking => Some(false),
            Activity::Typing => Some(true),
        };
        if let Some(typing) = after {
            let (person, session) = (caller.person(), caller.session_id);
            entries.push(Entry { person, session, typing, until: now.plus_seconds(PRESENT_SECONDS) });
        }
        if entries.is_empty() {
            all.remove(&ticket);
        }
        before != after
    }

    /// Forgets whoever has not said for a while that they are there; the tickets that they left.
    pub fn forget(&self, now: Timestamp) -> Vec<TicketId> {
        let mut left = Vec::new();
        self.lock().retain(|ticket, entries| {
            let before = entries.len();
            entries.retain(|entry| entry.until > now);
            if entries.len() != before {
                left.push(*ticket);
            }
            !entries.is_empty()
        });
        left
    }

    /// Where somebody is.
    pub fn tickets(&self) -> Vec<TicketId> {
        self.lock().keys().copied().collect()
    }

    /// Who is at this ticket, but for the reader; each person once.
    pub fn at(&self, ticket: TicketId, reader: PersonId) -> Presence {
        let mut people: Vec<Present> = Vec::new();
        for entry in self.lock().get(&ticket).into_iter().flatten().filter(|entry| entry.person.id != reader) {
            match people.iter_mut().find(|present| present.person.id == entry.person.id) {
                Some(present) => present.typing |= entry.typing,
                None => people.push(Present { person: entry.person.clone(), typing: entry.typing }),
            }
        }
        people.sort_by(|a, b| (&a.person.name, a.person.id).cmp(&(&b.person.name, b.person.id)));
        Presence { ticket_id: ticket, people }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<TicketId, Vec<Entry>>> {
        self.0.lock().expect("nobody panics while holding it")
    }
}
