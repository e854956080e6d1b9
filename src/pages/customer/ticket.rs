//! A ticket as its customer sees it: where it stands, what happens next, the conversation, and what they can do.

mod close;
mod colleagues;
mod edit;
mod progress;
mod reply;
mod urgent;

use crate::{
    error::AppError,
    json::resource,
    pages::{
        Missing,
        shared::{
            merged::{MergedAway, MergedHere},
            moved::News,
            refusal::Failed,
            shown::{LostSight, Shown, use_shown},
            thread::Conversation,
        },
    },
    rpc::{
        people::find_people,
        threads::{Thread, read_thread},
    },
    texts::{common, portal},
    ui::{
        afresh::Afresh,
        alert::{Alert, Tone},
        icon::{Icon, LuArrowLeft},
        time::Time,
    },
    viewer::viewer,
};
use close::Close;
use colleagues::Colleagues;
use contract::{Code, choice::Choices, id::TicketId, person::Contact, ticket::Ticket};
use edit::Edit;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{NavigateOptions, components::Redirect, hooks::use_params_map};
use progress::Progress;
use reply::Reply;
use urgent::Urgent;

/// The page of a ticket. It is built once for each ticket; what happens afterwards flows in, see [`use_shown`].
#[component]
pub fn TicketPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get_str("id").and_then(|id| id.parse::<TicketId>().ok())));
    let loaded = resource(
        move || id.get(),
        |id| async move {
            match id {
                // A page without a list of colleagues is better than no page.
                Some(id) => Ok(Some((read_thread(id).await?, find_people(None, None).await.unwrap_or_default()))),
                None => Ok::<_, AppError>(None),
            }
        },
    );
    view! {
        <Suspense fallback=Loading>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok(Some((Thread { ticket: Ticket { merged_into: Some(target), .. }, .. }, _))) => {
                        let path = format!("/tickets/{}", target.ticket_id);
                        view! { <Redirect path options=NavigateOptions { replace: true, ..NavigateOptions::default() } /> }.into_any()
                    }
                    Ok(Some((thread, people))) => {
                        view! { <Afresh><Opened thread=thread.clone() people=people.clone() /></Afresh> }.into_any()
                    }
                    Ok(None) => view! { <Missing /> }.into_any(),
                    Err(error) => view! { <NotOpened error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Opened(thread: Thread, people: Vec<Contact>) -> impl IntoView {
    let t = portal();
    let shown = use_shown(thread);
    let subject = shown.of(|ticket| ticket.subject.clone());
    let title = shown.of(|ticket| format!("{} {}", ticket.reference(), ticket.subject));
    let escalated = shown.of(|ticket| ticket.escalation.is_some() && !ticket.status.is_settled());
    view! {
        // The document asks once more for the title of a page that is being left.
        <Title text=move || title.try_get().unwrap_or_default() />
        <main class="mx-auto flex max-w-3xl flex-col gap-5 px-4 py-6" id="content">
            <header class="flex flex-col gap-1">
                <a class="link-hover flex items-center gap-1 self-start text-base-content/70" href="/tickets"><Icon icon=LuArrowLeft />{t.all_tickets}</a>
                <h1 class="text-xl font-semibold break-words" dir="auto">{move || subject.get()}</h1>
                <Facts shown />
                <MergedHere shown />
            </header>
            <LostSight shown back="/tickets" />
            <MergedAway shown base="/tickets" />
            <Progress shown />
            <Next shown />
            {move || escalated.get().then(|| view! { <Alert tone=Tone::Warning>{t.escalated}</Alert> })}
            <section class="portal-thread" aria-label=t.conversation>
                <Conversation shown />
            </section>
            <News shown />
            <Reply shown />
            <div class="flex flex-wrap gap-2">
                <Urgent shown />
                <Colleagues shown people />
                <Edit shown />
                <Close shown />
            </div>
        </main>
    }
}

/// Number, category, age and status in a line.
#[component]
fn Facts(shown: Shown) -> impl IntoView {
    let category = shown.of(|ticket| ticket.category.label());
    let payment = shown.of(|ticket| ticket.payment_id.clone());
    let before = shown.of(|ticket| ticket.follow_up_of.clone());
    let (reference, at) = shown.thread.with_untracked(|t| (t.ticket.reference(), t.ticket.created_at.clone()));
    view! {
        <p class="text-base-content/70">
            {reference} " · " {move || category.get()} " · " {portal().filed} " " <Time at />
            {move || payment.get().map(|id| view! { " · " <bdi class="break-all">{id}</bdi> })}
            {move || before.get().map(|link| {
                let name = portal().follows_up(&contract::ticket::reference(link.number));
                view! { " · " <a class="link" href=format!("/tickets/{}", link.ticket_id)>{name}</a> }
            })}
        </p>
    }
}

/// What happens next, in a sentence.
#[component]
fn Next(shown: Shown) -> impl IntoView {
    let next = shown.of(|ticket| {
        let assignee = ticket.assignee.as_ref().map(|a| a.name.as_str());
        let owns = viewer().is_some_and(|viewer| viewer.person.id == ticket.customer.id);
        // Where a merged ticket goes on is said elsewhere.
        ticket.merged_into.is_none().then(|| portal().what_next(ticket.status, assignee, owns))
    });
    view! {
        <Show when=move || next.with(Option::is_some)>
            <p class="portal-next" role="status"><strong>{portal().next}</strong> " " {move || next.get()}</p>
        </Show>
    }
}

/// Why the ticket cannot be shown; one that is missing, or not the viewer's to see, makes the missing page.
#[component]
fn NotOpened(error: AppError) -> impl IntoView {
    if error.problem().code == Code::NotFound {
        return view! { <Failed error /> }.into_any();
    }
    view! {
        <main class="mx-auto max-w-3xl px-4 py-6" id="content">
            <h1 class="sr-only">{error.problem().title}</h1>
            <Failed error />
        </main>
    }
    .into_any()
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <main class="mx-auto flex max-w-3xl flex-col gap-5 px-4 py-6" id="content">
            <h1 class="sr-only" role="status">{common().loading}</h1>
            <div class="skeleton h-8 w-2/3"></div>
            <div class="skeleton h-12 w-full"></div>
            <div class="skeleton h-40 w-full"></div>
        </main>
    }
}
