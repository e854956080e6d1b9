//! How a draft stands, under its textarea: saved or not, what was written before, and what another window wrote.

use crate::{
    draft::copy::{Other, ServerCopy},
    rpc::drafts::draft_versions,
    texts::{common, drafts},
    ui::{
        menu::FLOATING,
        time::{Time, local_clock},
    },
};
use contract::{Code, draft::DraftVersion};
use leptos::{html, prelude::*};

/// How much of an earlier version is shown, in characters.
const FIRST_WORDS: usize = 80;

/// `<DraftState copy=use_server_copy(shown, DraftKind::Reply, draft) />`
#[component]
pub fn DraftState(copy: Option<ServerCopy>) -> impl IntoView {
    copy.map(|copy| {
        view! {
            <Show when=move || copy.is_awake()>
                <div class="draft-state">
                    <OtherWindow copy />
                    <Saved copy />
                    <Show when=move || { copy.earlier() > 0 }><Earlier copy /></Show>
                </div>
            </Show>
        }
    })
}

#[component]
fn Saved(copy: ServerCopy) -> impl IntoView {
    let t = drafts();
    move || match (copy.problem(), copy.saved_at()) {
        (Some(problem), _) if problem.code == Code::Unauthenticated => view! {
            <span class="field-error" role="status">
                {t.not_saved} " " {common().session_ended} " "
                <a class="link" href="/sign-in" target="_blank" rel="external">{common().sign_in_again}</a>
            </span>
        }
        .into_any(),
        (Some(problem), _) => {
            let why = problem.errors.into_iter().next().map_or(problem.detail, |error| error.message);
            view! { <span class="field-error" role="status">{t.not_saved} " " {why}</span> }.into_any()
        }
        (None, _) if !copy.is_written() => ().into_any(),
        (None, Some(at)) => {
            view! { <span>{t.saved} " " <time datetime=at.clone()>{local_clock(&at)}</time></span> }.into_any()
        }
        (None, None) => view! { <span>{t.saving}</span> }.into_any(),
    }
}

/// That another window, or another browser, wrote something else meanwhile; it is an earlier version now.
#[component]
fn OtherWindow(copy: ServerCopy) -> impl IntoView {
    let t = drafts();
    move || {
        copy.other().map(|other| {
            let (said, DraftVersion { text, .. }) = match other {
                Other::Elsewhere(version) => (t.newer_elsewhere, version),
                Other::Here(version) => (t.older_here, version),
            };
            view! {
                <span class="draft-other" role="status">
                    {said} " "
                    <button class="link" type="button" title=first_words(&text) on:click=move |_| copy.restore(text.clone())>{t.show}</button>
                </span>
            }
        })
    }
}

/// The earlier versions, read each time they are wanted.
#[component]
fn Earlier(copy: ServerCopy) -> impl IntoView {
    let t = drafts();
    let details = NodeRef::<html::Details>::new();
    let (ticket, kind) = copy.of();
    let read = Action::new(move |()| draft_versions(ticket, kind));
    let on_toggle = move |_| {
        if details.get_untracked().is_some_and(|details| details.open()) {
            read.dispatch(());
        }
    };
    let row = move |version: DraftVersion| {
        let (words, text) = (first_words(&version.text), version.text);
        let restore = move |_| {
            copy.restore(text.clone());
            if let Some(details) = details.get_untracked() {
                details.set_open(false);
            }
        };
        view! {
            <li>
                <button class="menu-item draft-version w-full" type="button" on:click=restore>
                    <Time at=version.saved_at />
                    <span class="truncate" dir="auto">{words}</span>
                </button>
            </li>
        }
    };
    let listed = move || match read.value().get() {
        None => view! { <p class="px-3 py-1.5" role="status">{common().loading}</p> }.into_any(),
        Some(Err(error)) => {
            view! { <p class="field-error px-3 py-1.5" role="alert">{error.problem().detail}</p> }.into_any()
        }
        Some(Ok(versions)) if versions.is_empty() => view! { <p class="px-3 py-1.5">{t.no_earlier}</p> }.into_any(),
        Some(Ok(versions)) => view! { <ul>{versions.into_iter().map(row).collect_view()}</ul> }.into_any(),
    };
    view! {
        <details class="menu-of" node_ref=details on:toggle=on_toggle data-closes=FLOATING>
            <summary class="link">{t.earlier}</summary>
            <div class="menu-panel draft-versions">{listed}</div>
        </details>
    }
}

/// The beginning of a text, on one line.
fn first_words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(FIRST_WORDS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_words_stand_on_one_line_and_end_between_characters() {
        assert_eq!(first_words("Dear Mira,\n\n  thank you"), "Dear Mira, thank you");
        assert_eq!(first_words(&"界".repeat(81)), format!("{}…", "界".repeat(80)));
    }
}
