//! Plays the demo's steps through the same actions that requests go through, so that statuses, events, versions and
//! the search index agree as they do in real life.

use super::{
    people::{self, PEOPLE},
    plan::{ADMIN, Script, Step},
};
use crate::{
    caller::Caller,
    db::Tx,
    error::Error,
    files::{queries::insert, upload::Upload},
    followers, notes, replies, tickets,
};
use contract::{
    Actor,
    follower::NewFollower,
    id::{FileId, SessionId, TicketId},
    note::NewNote,
    policy::Action,
    reply::NewReply,
    ticket::{AdminClose, Channel, CustomerClose, NewAssignee, NewEscalation, NewTicket, StartDate, Status},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Which step of which ticket carries a file.
pub type Carried = HashMap<(usize, usize), Upload>;

/// Plays every step of every script in the order of time.
///
/// # Errors
/// When an action refuses a step: the plan breaks a rule.
pub fn play(tx: &mut Tx<'_>, scripts: &[Script], carried: &Carried) -> Result<(), Error> {
    let mut order: Vec<(usize, usize)> = Vec::new();
    for (ticket, script) in scripts.iter().enumerate() {
        order.extend((0..script.steps.len()).map(|step| (ticket, step)));
    }
    order.sort_by_key(|(ticket, step)| (scripts[*ticket].steps[*step].0, *ticket, *step));
    let mut ids: HashMap<usize, TicketId> = HashMap::new();
    for (at, nth) in order {
        let (time, step) = &scripts[at].steps[nth];
        tx.set_now(*time);
        let mut scene = Scene { script: &scripts[at], file: carried.get(&(at, nth)), ids: &ids };
        if let Some(id) = scene.play(tx, ids.get(&at).copied(), step)? {
            ids.insert(at, id);
        }
    }
    Ok(())
}

/// One step's surroundings.
struct Scene<'a> {
    script: &'a Script,
    file: Option<&'a Upload>,
    ids: &'a HashMap<usize, TicketId>,
}

impl Scene<'_> {
    /// Answers the new ticket's id when the step filed one.
    fn play(&mut self, tx: &mut Tx<'_>, ticket: Option<TicketId>, step: &Step) -> Result<Option<TicketId>, Error> {
        match step {
            Step::File { follow_up_of } => return self.file(tx, *follow_up_of).map(Some),
            Step::FileFor { channel } => return self.file_for(tx, *channel).map(Some),
            _ => {}
        }
        let ticket = ticket.ok_or_else(|| Error::internal("a demo ticket begins with its filing"))?;
        self.go_on(tx, ticket, step).map(|()| None)
    }

    fn file(&self, tx: &mut Tx<'_>, follow_up_of: Option<usize>) -> Result<TicketId, Error> {
        let by = self.customer();
        let earlier = follow_up_of.and_then(|earlier| self.ids.get(&earlier)).copied();
        let new = NewTicket { file_ids: self.files(tx, &by)?, ..self.new_ticket(earlier) };
        Ok(tickets::actions::create(tx, &by, new)?.ticket_id)
    }

    fn file_for(&self, tx: &mut Tx<'_>, channel: Channel) -> Result<TicketId, Error> {
        let by = self.worker();
        let new = NewTicket { channel: Some(channel), file_ids: self.files(tx, &by)?, ..self.new_ticket(None) };
        Ok(tickets::actions::create_for(tx, &by, self.customer().id(), new)?.ticket_id)
    }

    fn new_ticket(&self, follow_up_of: Option<TicketId>) -> NewTicket {
        let Script { story, slots, variant, .. } = self.script;
        let subject = slots.fill(story.subjects[variant % story.subjects.len()]);
        let opening = slots.fill(story.openings[variant % story.openings.len()]);
        let (subject, description) = match follow_up_of {
            Some(_) => {
                let (again, sentence) = story.language.again();
                (
                    format!("{again}: {subject}"),
                    format!(
                        "{sentence}

> {opening}"
                    ),
                )
            }
            None => (subject, opening),
        };
        NewTicket {
            subject,
            category: story.category,
            priority: Some(story.priority),
            payment_id: description.contains(&slots.payment).then(|| slots.payment.clone()),
            description,
            file_ids: Vec::new(),
            follow_up_of,
            channel: None,
        }
    }

    fn go_on(&self, tx: &mut Tx<'_>, ticket: TicketId, step: &Step) -> Result<(), Error> {
        let (customer, worker, admin) = (self.customer(), self.worker(), caller(ADMIN));
        let story = self.script.story;
        match step {
            Step::File { .. } | Step::FileFor { .. } => Ok(()),
            Step::Claim => tickets::actions::claim(tx, &worker, ticket).map(drop),
            Step::Assign => {
                let new = NewAssignee { assignee_id: worker.id() };
                tickets::actions::assign(tx, &admin, ticket, new).map(drop)
            }
            Step::Ask { then } => self.say(tx, &worker, ticket, story.question, *then),
            Step::Answer => self.say(tx, &customer, ticket, story.answer, None),
            Step::Note => self.note(tx, &worker, ticket),
            Step::Solve => self.say(tx, &worker, ticket, story.finding, Some(Status::Completed)),
            Step::CompleteForWorker => tickets::actions::complete_for_assignee(tx, &admin, ticket).map(drop),
            Step::Thank { rating } => {
                let close = CustomerClose { comment: Some(self.script.slots.fill(story.thanks)), rating: *rating };
                tickets::actions::customer_close(tx, &customer, ticket, close).map(drop)
            }
            Step::Shelve => {
                let close =
                    AdminClose { reason: "No answer for two weeks. A new ticket can follow this one.".to_owned() };
                tickets::actions::admin_close(tx, &admin, ticket, close).map(drop)
            }
            Step::EscalateByCustomer => tickets::actions::escalate(tx, &customer, ticket, by_customer()).map(drop),
            Step::EscalateByWorker => tickets::actions::escalate(tx, &worker, ticket, by_worker()).map(drop),
            Step::FollowByColleague => follow(tx, &customer, ticket, &caller(1)),
            Step::FollowByStaff(person) => follow(tx, &worker, ticket, &caller(*person)),
            Step::StartLater { days } => {
                let start_date = Some(tx.now().plus_seconds(days * 86_400).date());
                tickets::actions::set_start_date(tx, &worker, ticket, StartDate { start_date }).map(drop)
            }
            Step::Look(person) => tickets::actions::see(tx, &caller(*person), ticket).map(drop),
        }
    }

    fn say(&self, tx: &mut Tx<'_>, by: &Caller, to: TicketId, text: &str, status: Option<Status>) -> Result<(), Error> {
        let action = if by.is_staff() { Action::AssigneeReply } else { Action::CustomerReply };
        let body = self.script.slots.fill(text);
        let new = NewReply { body, file_ids: self.files(tx, by)?, based_on: None, status };
        replies::actions::reply(tx, by, to, new, action).map(drop)
    }

    fn note(&self, tx: &mut Tx<'_>, by: &Caller, on: TicketId) -> Result<(), Error> {
        let body = self.script.slots.fill(self.script.story.note);
        let new = NewNote { body, file_ids: self.files(tx, by)? };
        notes::actions::add(tx, by, on, new, Action::AssigneeNote).map(drop)
    }

    /// Enters the file that this step carries, if any.
    fn files(&self, tx: &Tx<'_>, by: &Caller) -> Result<Vec<FileId>, Error> {
        let Some(upload) = self.file else { return Ok(Vec::new()) };
        let id = FileId(tx.new_id());
        insert(tx, id, upload, by.id(), tx.now())?;
        Ok(vec![id])
    }

    fn customer(&self) -> Caller {
        caller(self.script.customer)
    }

    fn worker(&self) -> Caller {
        caller(self.script.worker)
    }
}

fn follow(tx: &mut Tx<'_>, by: &Caller, ticket: TicketId, who: &Caller) -> Result<(), Error> {
    followers::actions::add(tx, by, ticket, NewFollower { follower_id: who.id() }).map(drop)
}

fn by_customer() -> NewEscalation {
    NewEscalation {
        reason: "This has been open for too long, and every day costs us.".to_owned(),
        tried: Some("Called the hotline twice; both times I was asked to wait.".to_owned()),
        impact: Some("Our own customers are waiting for their money.".to_owned()),
    }
}

fn by_worker() -> NewEscalation {
    NewEscalation {
        reason: "Needs a decision above my limit.".to_owned(),
        tried: None,
        impact: Some("The customer threatens to leave.".to_owned()),
    }
}

/// The demo person at this index, as if signed in.
pub fn caller(index: usize) -> Caller {
    let person = &PEOPLE[index];
    Caller {
        actor: Actor {
            id: people::person_id(index),
            role: person.role,
            organization_id: person.organization.map(people::organization_id),
        },
        name: person.name.to_owned(),
        email: person.email.to_owned(),
        session_id: SessionId(Uuid::nil()),
    }
}
