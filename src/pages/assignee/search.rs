//! The queue's search field. As one types, the tickets found appear below it, wherever they are; the arrows mark one of
//! them and Enter opens it. Enter with none marked narrows the queue, as without our code: it is that form's field.

use super::view::Wanted;
use crate::{
    pages::shared::marked::marked_text,
    rpc::search::search as find,
    texts::{desk, search},
    ui::{
        icon::{Icon, LuSearch},
        keyboard::is_composing,
    },
    viewer::remote,
};
use contract::{
    choice::Choices,
    search::{Found, FoundIn, Hit, Marked},
    text::QUERY_MAX,
};
use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    html,
    leptos_dom::helpers::TimeoutHandle,
    prelude::*,
};
use leptos_router::hooks::use_navigate;
use maud::html;
use std::time::Duration;

/// How long nobody types before what is typed is looked for.
const PAUSE: Duration = Duration::from_millis(150);
/// Most tickets that appear.
const HITS: u32 = 8;
const LIST: &str = "search-hits";

/// What was found by these words.
type Answer = (String, Found);

/// The field, within the form that narrows the queue.
#[component]
pub fn SearchField(wanted: Memo<Wanted>) -> impl IntoView {
    let t = desk();
    let words = move || wanted.with(|wanted| wanted.filter("q").to_owned());
    // A gateway has lists only: the field narrows the queue, and that is all.
    let offered = !remote();
    let field = NodeRef::<html::Input>::new();
    let (open, marked) = (RwSignal::new(false), RwSignal::new(None::<usize>));
    let answer = RwSignal::new(None::<Answer>);
    let asked = StoredValue::new(String::new());
    let pause = StoredValue::new(None::<TimeoutHandle>);
    let ask = Action::new(|words: &String| {
        let words = words.clone();
        async move {
            let found = find(words.clone(), HITS).await;
            (words, found)
        }
    });
    Effect::new(move |_| {
        // An answer to words that were typed on is stale; what cannot be found now leaves the field as it is.
        if let Some((words, Ok(found))) = ask.value().get()
            && asked.with_value(|asked| *asked == words)
        {
            marked.set(None);
            answer.set(Some((words, found)));
        }
    });
    let on_input = move |typed: String| {
        if let Some(earlier) = pause.try_update_value(Option::take).flatten() {
            earlier.clear();
        }
        let typed = typed.trim().to_owned();
        asked.set_value(typed.clone());
        if !offered {
            return;
        }
        open.set(!typed.is_empty());
        if typed.is_empty() {
            answer.set(None);
            return;
        }
        let later =
            move || _ = (asked.try_with_value(|asked| *asked == typed) == Some(true)).then(|| ask.dispatch(typed));
        pause.set_value(set_timeout_with_handle(later, PAUSE).ok());
    };
    let hits = move || answer.with_untracked(|answer| answer.as_ref().map_or(0, |(_, found)| found.hits.len()));
    let shows = Memo::new(move |_| open.get() && answer.with(Option::is_some));
    let navigate = use_navigate();
    let go = Callback::new(move |index: usize| {
        let id = answer.with_untracked(|answer| Some(answer.as_ref()?.1.hits.get(index)?.ticket.ticket_id));
        let Some(id) = id else { return };
        open.set(false);
        if let Some(field) = field.get_untracked() {
            _ = field.blur();
        }
        let query = wanted.with_untracked(Wanted::page_query);
        navigate(&format!("/desk/tickets/{id}?{query}"), Default::default());
    });
    let on_keydown = move |pressed: KeyboardEvent| {
        if is_composing(&pressed) {
            return;
        }
        let (at, count) = (marked.get_untracked(), hits());
        let shows = shows.get_untracked();
        match (pressed.key().as_str(), at) {
            ("ArrowDown", _) if !shows && count > 0 => open.set(true),
            ("ArrowDown", None) if count > 0 => marked.set(Some(0)),
            ("ArrowDown", Some(at)) if count > 0 => marked.set(Some((at + 1) % count)),
            ("ArrowUp", Some(at)) if shows => marked.set(at.checked_sub(1)),
            ("ArrowUp", None) if shows && count > 0 => marked.set(Some(count - 1)),
            ("Enter", Some(at)) if shows => go.run(at),
            ("Enter", _) => {
                open.set(false);
                return;
            }
            ("Escape", _) if shows => open.set(false),
            _ => return,
        }
        pressed.prevent_default();
    };
    let active = move || marked.get().filter(|_| shows.get()).map(option_id);
    let told = move || {
        answer.with(|answer| answer.as_ref().filter(|_| open.get()).map(|(_, found)| told(found))).unwrap_or_default()
    };
    view! {
        <label class="input input-sm w-full">
            <Icon icon=LuSearch />
            <span class="sr-only">{t.search}</span>
            <input
                type="search"
                maxlength=QUERY_MAX.to_string()
                name="q"
                value=words
                prop:value=words
                placeholder=t.search
                dir="auto"
                role=offered.then_some("combobox")
                aria-autocomplete=offered.then_some("list")
                aria-expanded=move || offered.then(|| shows.get().to_string())
                aria-controls=offered.then_some(LIST)
                aria-activedescendant=active
                autocomplete="off"
                node_ref=field
                on:input=move |input| on_input(event_target_value(&input))
                on:keydown=on_keydown
                on:focus=move |_| open.set(true)
                on:blur=move |_| open.set(false)
            />
        </label>
        <p class="sr-only" role="status">{told}</p>
        // What is pressed here must not take the focus from the field.
        <div class="search-hits" hidden=move || !shows.get() on:mousedown=move |pressed: MouseEvent| pressed.prevent_default()>
            <Hits answer marked go />
        </div>
    }
}

/// What was found, and how to go on.
#[component]
fn Hits(answer: RwSignal<Option<Answer>>, marked: RwSignal<Option<usize>>, go: Callback<usize>) -> impl IntoView {
    let t = search();
    let lines = move || {
        answer
            .with(|answer| answer.as_ref().map(|(_, found)| told(found)))
            .map(|told| view! { <p class="picker-group">{told}</p> })
    };
    let options = move || {
        let hits = answer.with(|answer| answer.as_ref().map(|(_, found)| found.hits.clone()).unwrap_or_default());
        let option = |(index, hit)| view! { <HitOption index hit marked go /> };
        hits.into_iter().enumerate().map(option).collect_view()
    };
    view! {
        {lines}
        <div role="listbox" id=LIST aria-label=t.hits>{options}</div>
        <p class="picker-keys">{t.keys}</p>
    }
}

/// A ticket that was found: its subject, and what of its texts matches.
#[component]
fn HitOption(index: usize, hit: Hit, marked: RwSignal<Option<usize>>, go: Callback<usize>) -> impl IntoView {
    let Hit { ticket, found_in, subject, snippet } = hit;
    let subject = Marked { text: ticket.subject.clone(), marks: subject };
    let selected = move || (marked.get() == Some(index)).to_string();
    let place = (!matches!(found_in, FoundIn::Number | FoundIn::Subject)).then(|| found_in.label());
    let by_customer = found_in == FoundIn::Customer;
    let lines = html! {
        span class="flex items-baseline gap-2" {
            span class="min-w-0 flex-1 truncate font-medium" dir="auto" { (marked_text(&subject)) }
            span class="text-2xs text-base-content/70" { (ticket.reference()) " · " (ticket.status.label()) }
        }
        span class="line-clamp-2 text-2xs text-base-content/70" dir="auto" {
            @if snippet.is_none() || !by_customer { (ticket.customer.name) }
            @if let Some(snippet) = &snippet {
                @if !by_customer { " · " @if let Some(place) = place { (place) } ": " }
                (marked_text(snippet))
            }
        }
    };
    view! {
        <div
            class="picker-option flex-col items-stretch gap-0"
            role="option"
            id=option_id(index)
            aria-selected=selected
            on:mousemove=move |_| marked.set(Some(index))
            on:click=move |_| go.run(index)
            inner_html=lines.into_string()
        ></div>
    }
}

/// How many were found, and by which words if not by those that were typed.
fn told(found: &Found) -> String {
    let t = search();
    let count = t.found(found.hits.len(), found.more);
    match &found.corrected_to {
        Some(meant) => format!("{}. {count}", t.instead(meant)),
        None => count,
    }
}

fn option_id(index: usize) -> String {
    format!("search-hit-{index}")
}
