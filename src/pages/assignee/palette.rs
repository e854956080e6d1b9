//! The command palette: everything that can be done here, and every view, ticket and person, found by typing.

use super::{
    commands::commands,
    dialogs::dialogs,
    view::{Told, View},
};
use crate::{
    keys::{Command, written},
    rpc::{people::find_people, search::search, tickets::list},
    texts::{self, command, desk},
    ui::picker::{Group, Item, Picker, PickerTexts},
    viewer::{remote, role},
    views::{Kept, kept_views},
};
use contract::{Role, id::PersonId, person::Contact, ticket::Ticket, view::Scope};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// Most tickets and people found by what is typed.
const FOUND: u32 = 7;
/// From how many characters on tickets and people are looked for.
const WORTHWHILE: usize = 2;

/// Who keeps the tickets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tickets {
    Here,
    AtGateway,
}

/// What was found by these words.
#[derive(Clone)]
struct Found {
    words: String,
    tickets: Vec<Ticket>,
    /// What was looked for instead, when no ticket has the words.
    meant: Option<String>,
    people: Vec<Contact>,
}

/// The palette.
#[component]
pub fn Palette() -> impl IntoView {
    let (t, commands, navigate) = (command(), commands(), use_navigate());
    let (open, typed) = (dialogs().palette, RwSignal::new(String::new()));
    let tickets = if remote() { Tickets::AtGateway } else { Tickets::Here };
    let find = Action::new(move |words: &String| find(words.clone(), tickets));
    Effect::new(move |_| {
        let words = typed.get().trim().to_owned();
        if open.get_untracked() && words.chars().count() >= WORTHWHILE {
            find.dispatch(words);
        }
    });
    // Answers come in any order: one to words that were typed on since is none.
    let answer = RwSignal::new(None::<Found>);
    Effect::new(move |_| {
        if let Some(found) = find.value().get()
            && typed.with_untracked(|typed| typed.trim() == found.words)
        {
            answer.set(Some(found));
        }
    });
    let kept = kept_views();
    let groups = Signal::derive(move || {
        let mut groups = vec![given(commands), views(kept)];
        // What was found stands until these words are answered, as far as it has them.
        let words = typed.with(|typed| typed.trim().to_owned());
        let found = answer.get().filter(|found| words.starts_with(&found.words) && words.chars().count() >= WORTHWHILE);
        if let Some(Found { words: answered, tickets, meant, people }) = found {
            let answers = answered == words;
            groups.push(Group {
                name: meant.map_or_else(|| t.tickets.to_owned(), |meant| texts::search().instead(&meant)),
                items: tickets.iter().map(of_ticket).collect(),
                found: answers,
            });
            groups.push(Group {
                name: t.people.to_owned(),
                items: people.iter().map(of_person).collect(),
                found: answers,
            });
        }
        Some(groups)
    });
    let on_choose = Callback::new(move |item: Item| match item.id.split_once(':') {
        // A dialog that has just closed gives the focus back; what the command focuses comes after that.
        Some(("command", name)) => {
            let command = Command::named(name);
            request_animation_frame(move || _ = command.is_some_and(|command| commands.run(command)));
        }
        Some((_, to)) => navigate(to, Default::default()),
        None => {}
    });
    let texts = PickerTexts {
        title: t.palette,
        search: t.palette_search,
        close: t.leave,
        loading: t.loading,
        whole: t.whole,
        none_match: t.no_match,
        none_yet: t.no_match,
        keys: t.palette_keys,
    };
    view! { <Picker id="palette" open groups texts typed whole=false on_choose /> }
}

/// The commands that somebody on the page can carry out now.
fn given(commands: super::commands::Commands) -> Group {
    let possible =
        Command::ALL.iter().copied().filter(|command| *command != Command::Palette && commands.can(*command));
    let items = possible.map(|command| Item {
        id: format!("command:{}", command.name()),
        text: command.label().to_owned(),
        hint: written(&commands.keys(command)).join(" "),
    });
    Group { name: command().commands.to_owned(), items: items.collect(), found: false }
}

/// The views that come with the product, then the saved ones.
fn views(kept: Kept) -> Group {
    let item =
        |name: String, view: &str| Item { id: format!("view:/desk?view={view}"), text: name, hint: String::new() };
    let presets = View::of(role()).iter().map(|view| item(view.name().to_owned(), view.slug()));
    let saved =
        kept.saved(|views| views.iter().map(|view| item(view.name.clone(), &view.view_id.to_string())).collect());
    Group { name: desk().views.to_owned(), items: presets.chain::<Vec<_>>(saved).collect(), found: false }
}

fn of_ticket(ticket: &Ticket) -> Item {
    Item {
        id: format!("ticket:/desk/tickets/{}", ticket.ticket_id),
        text: format!("{} · {}", ticket.subject, ticket.customer.name),
        hint: ticket.reference(),
    }
}

/// A customer, whose tickets are found by their name.
fn of_person(contact: &Contact) -> Item {
    Item {
        id: format!("person:{}", tickets_of(contact.person.id)),
        text: contact.person.name.clone(),
        hint: contact.organization.as_ref().map(|organization| organization.name.clone()).unwrap_or_default(),
    }
}

/// The tickets of a customer.
fn tickets_of(customer: PersonId) -> String {
    let view = if role() == Role::Admin { View::All } else { View::AllISee };
    format!("/desk?view={}&customerId={customer}", view.slug())
}

/// What cannot be read now is not found; the commands stay.
async fn find(words: String, tickets: Tickets) -> Found {
    let (tickets, meant) = find_tickets(&words, tickets).await;
    let people = find_people(Some(Role::Customer), Some(words.clone())).await.unwrap_or_default();
    Found { words, tickets, meant, people: people.into_iter().take(FOUND as usize).collect() }
}

/// The best, and by which words if not by these. A gateway has lists only.
async fn find_tickets(words: &str, tickets: Tickets) -> (Vec<Ticket>, Option<String>) {
    if tickets == Tickets::AtGateway {
        let query = super::view::encode(&[("q", words), ("pageSize", &FOUND.to_string())]);
        return (list(Scope::All, query).await.map(|page| page.items).unwrap_or_default(), None);
    }
    let found = search(words.to_owned(), FOUND).await.unwrap_or_default();
    (found.hits.into_iter().map(|hit| hit.ticket).collect(), found.corrected_to)
}
