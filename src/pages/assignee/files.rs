//! Files: what the viewer has uploaded, and for admins what anybody has attached.

use crate::{
    error::AppError,
    format,
    json::resource,
    pages::shared::{attach::FileChip, refusal::Failed},
    rpc::files::{all_files, count_files, my_files},
    texts::{common, files},
    ui::{empty::Empty, time::Time},
    viewer::role,
};
use contract::{
    Role,
    choice::Choices,
    file::{File, FileAggregate, FileGroup, OwnerKind},
    page::Page,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, location::Url, params::ParamsMap};
use serde::{Deserialize, Serialize};

/// Which files the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Wanted {
    all: bool,
    cursor: Option<String>,
}

/// A page of them, and what all of them come to.
type Read = Result<(Wanted, Page<File>, Option<FileAggregate>), AppError>;

/// The page; `?whose=all` is for admins, `?cursor=` continues the list.
#[component]
pub fn Files() -> impl IntoView {
    let t = files();
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(|query| Wanted::of(query, role())));
    let found = resource(move || wanted.get(), read);
    let tab = move |all: bool, label: &'static str| {
        let current = move || wanted.with(|wanted| wanted.all == all).then_some("page");
        view! { <a class="preset" href=Wanted { all, cursor: None }.href() aria-current=current>{label}</a> }
    };
    let tabs = (role() == Role::Admin).then(|| {
        view! { <nav class="presets self-start" aria-label=t.whose>{tab(false, t.mine)} {tab(true, t.all)}</nav> }
    });
    view! {
        <Title text=t.files />
        <main class="desk-main" id="content" tabindex="-1">
            <div class="desk-page max-w-4xl">
                <header>
                    <h1 class="text-base font-semibold">{t.files}</h1>
                    <p class="text-base-content/70">{move || if wanted.with(|wanted| wanted.all) { t.all_lead } else { t.lead }}</p>
                </header>
                {tabs}
                <Transition fallback=Loading>
                    {move || Suspend::new(async move {
                        match found.await {
                            Ok((wanted, page, aggregate)) => view! {
                                {aggregate.map(|aggregate| view! { <Groups aggregate /> })}
                                <List wanted page />
                            }
                            .into_any(),
                            Err(error) => view! { <Failed error /> }.into_any(),
                        }
                    })}
                </Transition>
            </div>
        </main>
    }
}

/// The files, newest first.
#[component]
fn List(wanted: Wanted, page: Page<File>) -> impl IntoView {
    let t = files();
    let further = wanted.cursor.is_some();
    if page.items.is_empty() && !further {
        let (title, lead) = if wanted.all { (t.no_files, t.no_files_lead) } else { (t.none, t.none_lead) };
        return view! { <Empty title><p>{lead}</p></Empty> }.into_any();
    }
    let all = wanted.all;
    let first = Wanted { all, cursor: None }.href();
    let more = page.next_cursor.map(|cursor| Wanted { all, cursor: Some(cursor) }.href());
    view! {
        <section aria-label=t.list>
            <ul class="list-box">{page.items.into_iter().map(|file| view! { <Row file all /> }).collect_view()}</ul>
            <p class="mt-3 flex justify-center gap-2 empty:hidden">
                {further.then(|| view! { <a class="btn btn-ghost btn-sm" href=first>{t.newest}</a> })}
                {more.map(|href| view! { <a class="btn btn-sm" href=href>{common().load_more}</a> })}
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn Row(file: File, all: bool) -> impl IntoView {
    let t = files();
    let whose = match (file.owner.kind, file.owner.id) {
        (OwnerKind::Ticket, Some(id)) => {
            view! { <a class="link" href=format!("/desk/tickets/{id}")>{t.of_ticket}</a> }.into_any()
        }
        (OwnerKind::Nothing, _) => view! { <span>{t.of_nothing}</span> }.into_any(),
        (OwnerKind::Outbox, _) => view! { <span>{t.of_outbox}</span> }.into_any(),
        (kind, _) => {
            // Which ticket it is, the site finds out when somebody wants to go there.
            let words = if kind == OwnerKind::Note { t.of_note } else { t.of_reply };
            view! { <a class="link" href=format!("/files/{}/ticket", file.file_id) rel="external">{words}</a> }
                .into_any()
        }
    };
    let by = all.then(|| view! { <bdi>{t.by(&file.uploaded_by.name)}</bdi> " · " });
    let at = file.created_at.clone();
    view! {
        <li class="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
            <div class="flex min-w-0 flex-1"><FileChip file /></div>
            <p class="text-2xs text-base-content/70">{by} {whose} " · " <Time at /></p>
        </li>
    }
}

/// All files by what they belong to and of which type they are.
#[component]
fn Groups(aggregate: FileAggregate) -> impl IntoView {
    let t = files();
    let row = |group: FileGroup| {
        view! {
            <tr>
                <td>{group.owner_kind.label()}</td>
                <th scope="row">{group.media_type}</th>
                <td class="report-number">{format::count(group.files)}</td>
                <td class="report-number">{format::size(group.bytes)}</td>
            </tr>
        }
    };
    view! {
        <div class="flex flex-col gap-2">
            <div class="flex flex-wrap items-baseline gap-2">
                <h2 class="font-semibold" id="file-groups">{t.groups}</h2>
                <p class="text-base-content/70">{t.sum(aggregate.files, aggregate.bytes)}</p>
            </div>
            <div class="file-groups" role="region" aria-labelledby="file-groups" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t.belongs_to}</th>
                            <th scope="col">{t.kind}</th>
                            <th scope="col" class="report-number">{t.count}</th>
                            <th scope="col" class="report-number">{t.size}</th>
                        </tr>
                    </thead>
                    <tbody>{aggregate.groups.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </div>
    }
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <div class="flex flex-col gap-2" role="status">
            <span class="sr-only">{common().loading}</span>
            {(0..4).map(|_| view! { <div class="skeleton h-10 w-full"></div> }).collect_view()}
        </div>
    }
}

impl Wanted {
    fn of(query: &ParamsMap, role: Role) -> Self {
        let all = role == Role::Admin && query.get_str("whose") == Some("all");
        Self { all, cursor: query.get("cursor").filter(|cursor| !cursor.is_empty()) }
    }

    fn href(&self) -> String {
        let cursor = self.cursor.as_ref().map(|cursor| format!("cursor={}", Url::escape(cursor)));
        let query: Vec<_> = self.all.then(|| "whose=all".to_owned()).into_iter().chain(cursor).collect();
        if query.is_empty() { "/desk/files".to_owned() } else { format!("/desk/files?{}", query.join("&")) }
    }
}

async fn read(wanted: Wanted) -> Read {
    let cursor = wanted.cursor.clone();
    if !wanted.all {
        return Ok((wanted, my_files(cursor).await?, None));
    }
    let page = all_files(cursor).await?;
    // What all come to stands above the first of them.
    let aggregate = if wanted.cursor.is_none() { Some(count_files().await?) } else { None };
    Ok((wanted, page, aggregate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_admins_ask_for_everybodys_files() {
        let mut query = ParamsMap::new();
        query.insert("whose", "all".to_owned());
        query.insert("cursor", "c+1".to_owned());
        assert_eq!(Wanted::of(&query, Role::Admin).href(), "/desk/files?whose=all&cursor=c%2B1");
        assert_eq!(Wanted::of(&query, Role::Assignee).href(), "/desk/files?cursor=c%2B1");
        assert_eq!(Wanted::of(&ParamsMap::new(), Role::Admin).href(), "/desk/files");
    }
}
