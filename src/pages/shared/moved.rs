//! The send gate. An answer is based on what its author had before them when they began to write, not on what arrived
//! since. What others did meanwhile is told while it is being written; a reply sent all the same is refused once, and
//! then the author has been told.

use crate::{
    pages::shared::{shown::Shown, thread::sentence},
    rpc::threads::{Item, Thread},
    texts::common,
    ui::{
        alert::{Alert, Tone},
        submit::Submit,
        time::Time,
    },
    viewer::viewer,
};
use contract::{Code, Problem, person::Person};
use leptos::prelude::*;

/// What the answer in a form is based on.
#[derive(Clone, Copy)]
pub struct Basis {
    seen: Memo<Seen>,
    /// What others did since, that bears on the answer.
    since: Memo<Vec<Deed>>,
    problem: Signal<Option<Problem>>,
}

/// How far its author had read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    seq: i64,
    items: usize,
    /// By a refusal.
    told: bool,
}

/// Who did what.
#[derive(Clone, Debug, PartialEq)]
struct Deed {
    by: Person,
    /// Whether it is a message: that is what an answer answers.
    said: bool,
    what: String,
    at: String,
}

/// The basis of a reply on this ticket, of which this text is written, and which was refused with this last.
pub fn use_basis(shown: Shown, text: RwSignal<String>, problem: Signal<Option<Problem>>) -> Basis {
    let writing = Memo::new(move |_| text.with(|text| !text.is_empty()));
    let seen = Memo::new(move |before: Option<&Seen>| {
        let told = has_moved(problem);
        let (seq, items) = shown.thread.with(|thread| (thread.last_seq, thread.items.len()));
        match before {
            Some(before) if writing.get() => {
                let told_now = told && !before.told && seq > before.seq;
                if told_now { Seen { seq, items, told } } else { Seen { told: told && before.told, ..*before } }
            }
            _ => Seen { seq, items, told: false },
        }
    });
    let since = Memo::new(move |_| shown.thread.with(|thread| deeds(thread, seen.get().items)));
    Basis { seen, since, problem }
}

/// What happened meanwhile: as a reply was refused for it, or as it arrives. The text is kept, and the conversation shows
/// what is new.
#[component]
pub fn Moved(basis: Basis) -> impl IntoView {
    move || {
        let problem = basis.problem.get().filter(is_of_others);
        match (problem, basis.since.with(|since| foremost(since))) {
            (Some(problem), _) => {
                view! { <Alert tone=Tone::Warning><p class="font-medium">{problem.title}</p><p>{problem.detail}</p></Alert> }
                    .into_any()
            }
            (None, Some(last)) => {
                let more = common().and_more(basis.since.with(Vec::len) - 1);
                view! {
                    <Alert tone=Tone::Warning>
                        <p>
                            <bdi class="font-medium">{last.by.name}</bdi> " " <span dir="auto">{last.what}</span> " " <Time at=last.at />
                            {more} " " {common().read_first}
                        </p>
                    </Alert>
                }
                    .into_any()
            }
            (None, None) => ().into_any(),
        }
    }
}

/// A space at its end makes of the same words another text, or they would not be said once more.
const AGAIN: &str = "\u{a0}";

/// Says what others have just done to those who do not see it arrive in the conversation.
#[component]
pub fn News(shown: Shown) -> impl IntoView {
    let news = Memo::new(move |before: Option<&(usize, String)>| {
        shown.thread.with(|thread| {
            let (after, said) = before.cloned().unwrap_or((thread.items.len(), String::new()));
            let new = last_word(thread, after).map(|new| if new == said { new + AGAIN } else { new });
            (thread.items.len(), new.unwrap_or(said))
        })
    });
    view! { <p class="sr-only" role="status">{move || news.with(|(_, said)| said.clone())}</p> }
}

/// The hidden field, and once something is newer the button that sends whatever happened.
#[component]
pub fn BasedOn(basis: Basis, #[prop(into)] pending: Signal<bool>, send_anyway: &'static str) -> impl IntoView {
    let seq = move || basis.seen.get().seq.to_string();
    view! {
        <input type="hidden" name="based_on" value=seq prop:value=seq />
        <Show when=move || has_moved(basis.problem) || basis.since.with(|since| !since.is_empty())>
            <Submit pending class="btn btn-sm" name="anyway" value="true">{send_anyway}</Submit>
        </Show>
    }
}

/// Every other refusal.
pub fn other_refusals(problem: Signal<Option<Problem>>) -> Signal<Option<Problem>> {
    Signal::derive(move || problem.get().filter(|problem| !is_of_others(problem)))
}

fn has_moved(problem: Signal<Option<Problem>>) -> bool {
    problem.with(|problem| problem.as_ref().is_some_and(is_of_others))
}

/// Whether it was refused for what others did, or are about to do.
fn is_of_others(problem: &Problem) -> bool {
    matches!(problem.code, Code::ConversationMoved | Code::ReplyUnderWay)
}

/// Who of the others did something after the first so many items of the conversation, and what: the newest message, or
/// else what is newest.
fn last_word(thread: &Thread, after: usize) -> Option<String> {
    let me = viewer().map(|viewer| viewer.person.id);
    let of_others = thread.items.iter().skip(after).filter_map(|item| match item {
        Item::Reply { reply, .. } => Some((&reply.author, true, common().replied.to_owned())),
        Item::Note { note, .. } => Some((&note.author, true, common().noted.to_owned())),
        Item::Event(event) => Some((&event.actor, false, sentence(event))),
        Item::Beginning { .. } => None,
    });
    let of_others: Vec<_> = of_others.filter(|(by, ..)| Some(by.id) != me).collect();
    let (by, _, what) = of_others.iter().rfind(|(_, said, _)| *said).or_else(|| of_others.last())?;
    Some(format!("{} {what}", by.name))
}

/// What is told of all that was done: the newest message, for the status it moved the ticket to says less; or else what is
/// newest.
fn foremost(deeds: &[Deed]) -> Option<Deed> {
    deeds.iter().rfind(|deed| deed.said).or_else(|| deeds.last()).cloned()
}

/// What others did after the first so many items of the conversation, as far as the service would refuse a reply for it.
fn deeds(thread: &Thread, after: usize) -> Vec<Deed> {
    let me = viewer().map(|viewer| viewer.person.id);
    let deeds = thread.items.iter().skip(after).filter_map(|item| match item {
        Item::Reply { reply, .. } => Some(Deed {
            by: reply.author.clone(),
            said: true,
            what: common().replied.to_owned(),
            at: reply.created_at.clone(),
        }),
        Item::Event(event) if event.what.moves_the_conversation() => {
            Some(Deed { by: event.actor.clone(), said: false, what: sentence(event), at: event.at.clone() })
        }
        Item::Event(_) | Item::Note { .. } | Item::Beginning { .. } => None,
    });
    deeds.filter(|deed| Some(deed.by.id) != me).collect()
}
