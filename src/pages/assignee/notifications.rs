//! Notifications: the bell with how many are unread, and the page that lists them.

use crate::{
    error::AppError,
    form::{ActionForm, after_each, use_form, use_form_of},
    json::resource,
    live::live,
    notifications::{offered, unread},
    pages::shared::refusal::{Failed, Refusal},
    rpc::notifications::{SeeAllNotifications, SeeNotification, my_notifications},
    texts::{common, notifications},
    ui::{
        afresh::Afresh,
        empty::Empty,
        icon::{Icon, LuBell},
        submit::Submit,
        time::Time,
    },
    viewer::viewer,
};
use contract::{
    notification::{Notification, Notifications as Page},
    ticket::reference,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    hooks::{use_location, use_query_map},
    location::Url,
};

/// Where the page is.
pub const PATH: &str = "/desk/notifications";

/// The bell. It leads to the page.
#[component]
pub fn Bell() -> impl IntoView {
    let (t, unread, path) = (notifications(), unread(), use_location().pathname);
    let current = move || path.with(|path| path.trim_end_matches('/') == PATH).then_some("page");
    let version = live().told();
    Effect::new(move |_| {
        if offered() {
            unread.hear(version.get());
        }
    });
    offered().then(|| view! {
        <a class="bell btn btn-ghost btn-circle btn-sm" href=PATH title=t.notifications aria-label=move || t.bell(unread.count()) aria-current=current>
            <Icon icon=LuBell />
            <span class="bell-count" aria-hidden="true" hidden=move || unread.count() == 0>{move || t.badge(unread.count())}</span>
        </a>
    })
}

/// The page; `?cursor=` continues the list.
#[component]
pub fn Notifications() -> impl IntoView {
    let t = notifications();
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.with(|query| query.get("cursor").filter(|cursor| !cursor.is_empty())));
    let (changes, version) = (RwSignal::new(0_usize), live().told());
    let found = resource(
        move || (cursor.get(), changes.get(), version.get()),
        |(cursor, ..)| async move { Ok::<_, AppError>((cursor.is_some(), my_notifications(cursor).await?)) },
    );
    view! {
        <Title text=t.notifications />
        <main class="desk-main" id="content" tabindex="-1">
            <div class="desk-page max-w-4xl">
                <header class="flex flex-wrap items-start gap-2">
                    <div class="min-w-0 flex-1">
                        <h1 class="text-base font-semibold">{t.notifications}</h1>
                        <p class="text-base-content/70">{t.lead}</p>
                    </div>
                    <SeeAll changes />
                </header>
                <Transition fallback=|| view! { <div class="skeleton h-24 w-full"></div> }>
                    {move || Suspend::new(async move {
                        match found.await {
                            Ok((further, page)) => view! { <Afresh><List page=page.clone() further changes /></Afresh> }.into_any(),
                            Err(error) => view! { <Failed error /> }.into_any(),
                        }
                    })}
                </Transition>
            </div>
        </main>
    }
}

/// Marks all as read, while any is not.
#[component]
fn SeeAll(changes: RwSignal<usize>) -> impl IntoView {
    let (form, unread) = (use_form::<SeeAllNotifications>(), unread());
    let (action, problem) = (form.action, form.problem);
    after_each(form.successes(), move || changed(changes));
    view! {
        <ActionForm action attr:class="flex items-center gap-2">
            <Refusal problem />
            <Submit pending=action.pending() class="btn btn-sm" attr:hidden=move || unread.count() == 0>{notifications().mark_all}</Submit>
        </ActionForm>
    }
}

#[component]
fn List(page: Page, further: bool, changes: RwSignal<usize>) -> impl IntoView {
    let t = notifications();
    if page.items.is_empty() && !further {
        return view! { <Empty title=t.none><p>{t.none_lead}</p></Empty> }.into_any();
    }
    let more = page.next_cursor.map(|cursor| format!("{PATH}?cursor={}", Url::escape(&cursor)));
    let row = |notification: Notification| view! { <Row notification changes /> };
    view! {
        <section aria-label=t.list>
            <ul class="list-box">{page.items.into_iter().map(row).collect_view()}</ul>
            <p class="mt-3 flex justify-center gap-2 empty:hidden">
                {further.then(|| view! { <a class="btn btn-ghost btn-sm" href=PATH>{t.newest}</a> })}
                {more.map(|href| view! { <a class="btn btn-sm" href=href>{common().load_more}</a> })}
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn Row(notification: Notification, changes: RwSignal<usize>) -> impl IntoView {
    let t = notifications();
    let Notification { notification_id, kind, ticket_id, number, at, seen, about } = notification;
    let number = reference(number);
    let me = viewer().map(|viewer| viewer.person.id);
    let told = match about {
        Some(about) => view! {
            <p dir="auto">{t.told(kind, &about.actor.name, me == Some(about.actor.id))}</p>
            <a class="link min-w-0 truncate" href=format!("/desk/tickets/{ticket_id}")>
                {number} " " <bdi>{about.subject}</bdi>
            </a>
        }
        .into_any(),
        None => view! {
            <p class="text-base-content/70">{t.not_seen}</p>
            <span class="text-base-content/70">{number}</span>
        }
        .into_any(),
    };
    view! {
        <li class="flex items-center gap-3 px-3 py-2" class:font-medium=!seen>
            <span class="w-2 shrink-0">
                {(!seen).then(|| view! { <span class="unread-dot block"></span> <span class="sr-only">{t.unread}": "</span> })}
            </span>
            <div class="flex min-w-0 flex-1 flex-col">{told}</div>
            <span class="text-2xs font-normal text-base-content/70"><Time at /></span>
            {(!seen).then(|| view! { <See id=notification_id.to_string() changes /> })}
        </li>
    }
}

/// Marks one as read.
#[component]
fn See(id: String, changes: RwSignal<usize>) -> impl IntoView {
    let form = use_form_of::<SeeNotification>("notification_id", &id);
    let (action, problem) = (form.action, form.problem);
    after_each(form.successes(), move || changed(changes));
    view! {
        <ActionForm action attr:class="flex items-center gap-2">
            <Refusal problem />
            <input type="hidden" name="notification_id" value=id />
            <Submit pending=action.pending() class="btn btn-ghost btn-xs">{notifications().mark_read}</Submit>
        </ActionForm>
    }
}

/// The list is read anew, and the bell counts, whether or not the live feed is there to say so.
fn changed(changes: RwSignal<usize>) {
    changes.update(|n| *n += 1);
    unread().refresh();
}
