//! My files: everything the viewer has uploaded, newest first.

use crate::{
    json::resource,
    pages::shared::{attach::FileChip, refusal::Failed},
    rpc::files::my_files,
    texts::{common, portal},
    ui::{empty::Empty, time::Time},
};
use contract::{
    file::{File, OwnerKind},
    page::Page,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, location::Url};

/// The list of files; `?cursor=` continues it.
#[component]
pub fn Files() -> impl IntoView {
    let t = portal();
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.with(|q| q.get("cursor").filter(|cursor| !cursor.is_empty())));
    let files = resource(move || cursor.get(), my_files);
    view! {
        <Title text=t.files />
        <main class="mx-auto flex max-w-3xl flex-col gap-4 px-4 py-6" id="content">
            <header>
                <h1 class="text-xl font-semibold">{t.files}</h1>
                <p class="text-base-content/70">{t.files_lead}</p>
            </header>
            <Transition fallback=move || view! { <p role="status">{common().loading}</p> }>
                {move || Suspend::new(async move {
                    let further = cursor.get_untracked().is_some();
                    match files.await {
                        Ok(page) => view! { <List page further /> }.into_any(),
                        Err(error) => view! { <Failed error /> }.into_any(),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn List(page: Page<File>, further: bool) -> impl IntoView {
    let t = portal();
    if page.items.is_empty() && !further {
        return view! { <div class="portal-list"><Empty title=t.no_files>{t.no_files_lead}</Empty></div> }.into_any();
    }
    let more = page.next_cursor.map(|cursor| format!("/my-files?cursor={}", Url::escape(&cursor)));
    view! {
        <ul class="portal-list">{page.items.into_iter().map(|file| view! { <Row file /> }).collect_view()}</ul>
        <p class="flex justify-center gap-2 empty:hidden">
            {further.then(|| view! { <a class="btn btn-ghost btn-sm" href="/my-files">{t.newest_files}</a> })}
            {more.map(|href| view! { <a class="btn btn-sm" href=href>{common().load_more}</a> })}
        </p>
    }
    .into_any()
}

#[component]
fn Row(file: File) -> impl IntoView {
    let t = portal();
    let whose = match (file.owner.kind, file.owner.id) {
        (OwnerKind::Ticket, Some(id)) => {
            view! { <a class="link" href=format!("/tickets/{id}")>{t.file_of_ticket}</a> }.into_any()
        }
        (OwnerKind::Nothing, _) => view! { <span>{t.file_of_nothing}</span> }.into_any(),
        // Which ticket it is, the site finds out when somebody wants to go there.
        _ => view! { <a class="link" href=format!("/files/{}/ticket", file.file_id) rel="external">{t.file_of_reply}</a> }
            .into_any(),
    };
    let at = file.created_at.clone();
    view! {
        <li class="portal-row flex-wrap">
            <div class="min-w-0 flex-1"><FileChip file /></div>
            <p class="text-2xs text-base-content/70">{whose} " · " <Time at /></p>
        </li>
    }
}
