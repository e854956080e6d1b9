//! Canned replies: titles, and the messages of the one that is open. Admins keep them, assignees read them.

mod messages;
mod title;

use crate::{
    form::{ActionForm, KeyField, use_form},
    json::resource,
    pages::shared::refusal::{Failed, Refusal},
    rpc::{
        reply_messages::read_canned,
        reply_titles::{AddReplyTitle, reply_titles},
    },
    texts::{canned, common},
    ui::{
        afresh::Afresh,
        empty::Empty,
        field::TextField,
        icon::{Icon, LuArrowLeft},
        pill::Pill,
        submit::Submit,
    },
    viewer::role,
};
use contract::{
    Code, Role,
    choice::Choices,
    id::ReplyTitleId,
    reply_title::{ReplyTitle, ReplyTitleStatus},
    text::REPLY_TITLE_MAX,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use messages::NewMessage;
use title::Opened;

/// The page; `?title=` is the title that is open.
#[component]
pub fn CannedReplies() -> impl IntoView {
    let t = canned();
    let query = use_query_map();
    let open =
        Memo::new(move |_| query.with(|query| query.get_str("title").and_then(|id| id.parse::<ReplyTitleId>().ok())));
    let changes = RwSignal::new(0_usize);
    let titles = resource(move || (changes.get(), open.get()), |_| reply_titles());
    let opened = resource(
        move || open.get(),
        |id| async move {
            match id {
                Some(id) => read_canned(id).await.map(Some),
                None => Ok(None),
            }
        },
    );
    let keeps = role() == Role::Admin;
    view! {
        <Title text=t.canned_replies />
        <main class="desk-main" id="content" tabindex="-1">
            <div class="desk-page canned" class:canned-open=move || open.get().is_some()>
                <header>
                    <h1 class="text-base font-semibold">{t.canned_replies}</h1>
                    <p class="text-base-content/70">{if keeps { t.lead } else { t.lead_to_read }}</p>
                </header>
                <div class="canned-panes">
                    <section class="canned-titles" aria-label=t.titles>
                        {keeps.then(|| view! { <NewTitle /> })}
                        <Transition fallback=Loading>
                            {move || Suspend::new(async move {
                                match titles.await {
                                    Ok(titles) => view! { <Titles titles open /> }.into_any(),
                                    Err(error) => view! { <Failed error /> }.into_any(),
                                }
                            })}
                        </Transition>
                    </section>
                    <section class="canned-messages" aria-label=t.messages>
                        <Transition fallback=Loading>
                            {move || Suspend::new(async move {
                                match opened.await {
                                    Ok(Some(read)) => view! { <Afresh><Opened read=read.clone() changes /></Afresh> }.into_any(),
                                    Ok(None) => view! { <Empty title=t.choose><p>{t.choose_lead}</p></Empty> }.into_any(),
                                    Err(error) => view! { <Failed error /> }.into_any(),
                                }
                            })}
                        </Transition>
                        {keeps.then(|| view! { <NewMessage open changes /> })}
                    </section>
                </div>
            </div>
        </main>
    }
}

/// The titles, each with how many messages it has.
#[component]
fn Titles(titles: Vec<ReplyTitle>, open: Memo<Option<ReplyTitleId>>) -> impl IntoView {
    let t = canned();
    if titles.is_empty() {
        return view! { <Empty title=t.no_titles><p>{t.no_titles_lead}</p></Empty> }.into_any();
    }
    let row = move |title: ReplyTitle| {
        let id = title.reply_title_id;
        let inactive = title.status == ReplyTitleStatus::Inactive;
        view! {
            <li>
                <a class="canned-title" href=format!("/desk/canned-replies?title={id}") aria-current=move || (open.get() == Some(id)).then_some("page")>
                    <span class="min-w-0 flex-1 truncate" dir="auto">{title.title}</span>
                    {inactive.then(|| view! { <Pill tone="closed" text=ReplyTitleStatus::Inactive.label() /> })}
                    <span class="text-2xs text-base-content/70 tabular-nums"><span class="sr-only">{t.messages_of(title.messages)}</span><span aria-hidden="true">{title.messages}</span></span>
                </a>
            </li>
        }
    };
    view! { <ul class="list-box">{titles.into_iter().map(row).collect_view()}</ul> }.into_any()
}

/// Another title. Its page opens, for its first message.
#[component]
fn NewTitle() -> impl IntoView {
    let (t, form) = (canned(), use_form::<AddReplyTitle>());
    let (action, problem) = (form.action, form.problem);
    // The service tells this of the whole request; here it belongs to the one field there is.
    let taken = move || problem.get().filter(|problem| problem.code == Code::TitleTaken);
    let of_field = form.error("title");
    let error = Signal::derive(move || of_field.get().or(taken().map(|problem| problem.detail)));
    let other = form.error_elsewhere(&["title"]);
    let other = Signal::derive(move || other.get().filter(|problem| problem.code != Code::TitleTaken));
    view! {
        <ActionForm action attr:class="canned-add">
            <Refusal problem=other />
            <KeyField form />
            <TextField id="new-title" name="title" label=t.new_title value=form.value("title", "") maxlength=REPLY_TITLE_MAX error />
            <Submit pending=action.pending() class="btn btn-sm mt-7">{t.add_title}</Submit>
        </ActionForm>
    }
}

/// The way back to the titles, where only one of the two panes has room.
#[component]
fn Back() -> impl IntoView {
    view! { <a class="btn btn-ghost btn-sm lg:hidden" href="/desk/canned-replies"><Icon icon=LuArrowLeft />{canned().all_titles}</a> }
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <div class="flex flex-col gap-2" role="status">
            <span class="sr-only">{common().loading}</span>
            {(0..4).map(|_| view! { <div class="skeleton h-8 w-full"></div> }).collect_view()}
        </div>
    }
}
