//! Drafts: everything that the viewer wrote and has not sent, also on tickets that were passed on meanwhile. The words
//! stay their author's, to be copied or discarded.

use crate::{
    error::AppError,
    form::{ActionForm, after_each, use_form_of},
    http::in_textarea,
    json::resource,
    pages::shared::refusal::{Failed, Refusal},
    rpc::drafts::{DiscardDraft, my_drafts},
    texts::{common, drafts},
    ui::{afresh::Afresh, empty::Empty, submit::Submit, time::Time, toast::toast},
};
use contract::{choice::Choices, draft::Draft, page::Page, ticket::reference};
use leptos::{html, prelude::*};
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, location::Url};
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

/// The page; `?cursor=` continues the list.
#[component]
pub fn Drafts() -> impl IntoView {
    let t = drafts();
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.with(|query| query.get("cursor").filter(|cursor| !cursor.is_empty())));
    let discarded = RwSignal::new(0_usize);
    let found = resource(
        move || (cursor.get(), discarded.get()),
        |(cursor, _)| async move { Ok::<_, AppError>((cursor.is_some(), my_drafts(cursor).await?)) },
    );
    view! {
        <Title text=t.drafts />
        <main class="desk-main" id="content" tabindex="-1">
            <div class="desk-page max-w-4xl">
                <header>
                    <h1 class="text-base font-semibold">{t.drafts}</h1>
                    <p class="text-base-content/70">{t.lead}</p>
                </header>
                <Transition fallback=Loading>
                    {move || Suspend::new(async move {
                        match found.await {
                            Ok((further, page)) => view! { <Afresh><List page=page.clone() further discarded /></Afresh> }.into_any(),
                            Err(error) => view! { <Failed error /> }.into_any(),
                        }
                    })}
                </Transition>
            </div>
        </main>
    }
}

/// The drafts, newest first.
#[component]
fn List(page: Page<Draft>, further: bool, discarded: RwSignal<usize>) -> impl IntoView {
    let t = drafts();
    if page.items.is_empty() && !further {
        return view! { <Empty title=t.none><p>{t.none_lead}</p></Empty> }.into_any();
    }
    let more = page.next_cursor.map(|cursor| format!("/desk/drafts?cursor={}", Url::escape(&cursor)));
    let row = |draft: Draft| view! { <Row draft discarded /> };
    view! {
        <section aria-label=t.list>
            <ul class="list-box">{page.items.into_iter().map(row).collect_view()}</ul>
            <p class="mt-3 flex justify-center gap-2 empty:hidden">
                {further.then(|| view! { <a class="btn btn-ghost btn-sm" href="/desk/drafts">{t.newest}</a> })}
                {more.map(|href| view! { <a class="btn btn-sm" href=href>{common().load_more}</a> })}
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn Row(draft: Draft, discarded: RwSignal<usize>) -> impl IntoView {
    let (t, tell) = (drafts(), toast());
    let id = format!("draft-{}-{}", draft.number, draft.kind);
    let form = use_form_of::<DiscardDraft>("ticket_id", &draft.ticket_id.to_string());
    let action = form.action;
    after_each(form.successes(), move || {
        tell(t.discarded.to_owned());
        discarded.update(|n| *n += 1);
    });
    let area = NodeRef::<html::Textarea>::new();
    let copy = move |_| {
        if copied(area) {
            tell(t.copied.to_owned());
        }
    };
    let number = reference(draft.number);
    let label = t.text_of(draft.kind.label(), &number);
    let place = match draft.subject {
        Some(subject) => view! {
            <a class="link font-medium" href=format!("/desk/tickets/{}", draft.ticket_id)>{number}</a>
            <span class="min-w-0 flex-1 truncate" dir="auto">{subject}</span>
        }
        .into_any(),
        None => view! { <span class="font-medium">{number}</span> <span class="min-w-0 flex-1 text-base-content/70">{t.not_seen}</span> }
            .into_any(),
    };
    view! {
        <li class="flex flex-col gap-2 px-3 py-2">
            <p class="flex flex-wrap items-baseline gap-x-2">
                {place}
                <span class="text-2xs text-base-content/70">{draft.kind.label()} " · " <Time at=draft.saved_at /></span>
            </p>
            <textarea class="textarea w-full grows" id=id rows="3" dir="auto" readonly aria-label=label node_ref=area>{in_textarea(draft.text)}</textarea>
            <div class="flex flex-wrap items-center gap-2">
                <button class="btn btn-sm needs-js" type="button" on:click=copy>{t.copy}</button>
                <ActionForm action attr:class="flex items-center gap-2">
                    <Refusal problem=form.problem />
                    <input type="hidden" name="ticket_id" value=draft.ticket_id.to_string() />
                    <input type="hidden" name="kind" value=draft.kind.to_string() />
                    <Submit pending=action.pending() class="btn btn-ghost btn-sm">{t.discard}</Submit>
                </ActionForm>
            </div>
        </li>
    }
}

/// Copies what stands in the textarea; where the browser does not, it is selected, ready to be copied by hand. The newer
/// way works over https only.
fn copied(area: NodeRef<html::Textarea>) -> bool {
    let Some(area) = area.get_untracked() else { return false };
    area.select();
    let page = document().dyn_into::<HtmlDocument>().ok();
    page.and_then(|page| page.exec_command("copy").ok()).unwrap_or(false)
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <div class="flex flex-col gap-2" role="status">
            <span class="sr-only">{common().loading}</span>
            {(0..3).map(|_| view! { <div class="skeleton h-20 w-full"></div> }).collect_view()}
        </div>
    }
}
