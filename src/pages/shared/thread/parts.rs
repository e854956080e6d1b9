//! The parts of a conversation, each with all that is said on it: what changes in one makes it another.

use super::marks::{Marks, Tools};
use crate::rpc::threads::{Item, Thread};
use contract::{event::Event, file::File, id::MergeId, person::Person, ticket::TicketLink};
use leptos::prelude::*;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A message, a note or an event, with the marks on it.
pub struct Part {
    /// Differs from that of every other part, and from its own once anything in it is said otherwise.
    pub key: u64,
    pub said: Said,
    /// The number of the ticket on which it was written, when it is not the one shown.
    pub origin: Option<i64>,
    /// The tickets that it became.
    pub splits: Vec<TicketLink>,
    /// Where it is split off, if the viewer may.
    pub split: Option<String>,
    /// The merge that it tells of, if that can be undone.
    pub undo: Option<MergeId>,
}

/// What it says.
pub enum Said {
    /// Public; the text is safe HTML.
    Message {
        author: Person,
        html: String,
        files: Vec<File>,
        at: String,
    },
    /// Internal; the text is safe HTML.
    Note {
        author: Person,
        html: String,
        files: Vec<File>,
        at: String,
    },
    Event(Event),
}

/// The description and everything after it.
pub fn parts(thread: &Thread, tools: Option<Tools>) -> Vec<Part> {
    let marks = Marks::of(thread);
    // The page's own address, which a split is added to.
    let page = tools.filter(|tools| tools.may.get()).map(|tools| tools.query.get());
    let description = Said::Message {
        author: thread.author(),
        html: thread.description.clone(),
        files: thread.files.clone(),
        at: thread.ticket.created_at.clone(),
    };
    let mut parts = vec![part(thread.ticket.ticket_id, description, None)];
    parts.extend(thread.items.iter().cloned().map(|item| match item {
        Item::Reply { reply, html } => {
            let said = Said::Message { author: reply.author, html, files: reply.files, at: reply.created_at };
            let splits = marks.splits(reply.reply_id);
            let split = page.as_ref().map(|page| {
                format!("/desk/tickets/{on}?{page}&split={id}#split", on = thread.ticket.ticket_id, id = reply.reply_id)
            });
            Part { splits, split, ..part(reply.reply_id, said, marks.origin(reply.ticket_id)) }
        }
        Item::Note { note, html } => {
            let said = Said::Note { author: note.author, html, files: note.files, at: note.created_at };
            part(note.note_id, said, marks.origin(note.ticket_id))
        }
        Item::Beginning { ticket, author, html, files, at } => {
            part(ticket.ticket_id, Said::Message { author, html, files, at }, Some(ticket.number))
        }
        Item::Event(event) => {
            let (origin, undo) = (marks.origin(event.ticket_id), marks.undoable(&event.what));
            Part { undo, ..part(event.seq, Said::Event(event), origin) }
        }
    }));
    for part in &mut parts {
        part.key = part.key();
    }
    parts
}

fn part(id: impl Hash, said: Said, origin: Option<i64>) -> Part {
    let mut key = DefaultHasher::new();
    id.hash(&mut key);
    Part { key: key.finish(), said, origin, splits: Vec::new(), split: None, undo: None }
}

impl Part {
    /// Of what it is, and of all in it that can come to be said otherwise.
    fn key(&self) -> u64 {
        let mut key = DefaultHasher::new();
        (self.key, self.origin, &self.split, self.undo).hash(&mut key);
        self.splits.iter().for_each(|to| to.number.hash(&mut key));
        if let Said::Message { author, html, files, .. } | Said::Note { author, html, files, .. } = &self.said {
            (&author.name, html).hash(&mut key);
            files.iter().for_each(|file| (file.file_id, file.thumbnail).hash(&mut key));
        }
        key.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{Role, id::TicketId};

    fn message(html: &str) -> Part {
        by("Mira", html)
    }

    fn by(name: &str, html: &str) -> Part {
        let author = Person {
            id: "01900000-0000-7000-8000-000000000001".parse().expect("an id"),
            name: name.to_owned(),
            role: Role::Customer,
            email: None,
        };
        let said =
            Said::Message { author, html: html.to_owned(), files: Vec::new(), at: "2026-11-22T10:00:00Z".to_owned() };
        part(7, said, None)
    }

    #[test]
    fn a_part_is_another_once_anything_in_it_is_said_otherwise() {
        let ticket_id: TicketId = "01900000-0000-7000-8000-000000000002".parse().expect("an id");
        let before = message("<p>Hello</p>").key();
        assert_eq!(message("<p>Hello</p>").key(), before);
        for (other, why) in [
            (message("<p>Hello, again</p>"), "edited"),
            (by("Mira Okafor", "<p>Hello</p>"), "by somebody who is called otherwise now"),
            (Part { origin: Some(4), ..message("<p>Hello</p>") }, "merged from another ticket"),
            (Part { split: Some("?split=7".to_owned()), ..message("<p>Hello</p>") }, "may be split off now"),
            (Part { splits: vec![TicketLink { ticket_id, number: 5 }], ..message("<p>Hello</p>") }, "was split off"),
            (
                Part {
                    undo: Some("01900000-0000-7000-8000-000000000003".parse().expect("an id")),
                    ..message("<p>Hello</p>")
                },
                "can be undone",
            ),
            (Part { key: 1, ..message("<p>Hello</p>") }, "another message of the same words"),
        ] {
            assert_ne!(other.key(), before, "{why}");
        }
    }
}
