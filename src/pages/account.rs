//! The viewer's account: password and sessions.

use crate::{
    form::{ActionForm, Posting, use_form},
    format::browser,
    json::resource,
    pages::shared::{
        frame::{AccountMenu, DemoBanner, SkipLink},
        refusal::{Failed, Refusal},
    },
    rpc::sessions::{ChangePassword, RevokeSession, my_sessions},
    texts::{account, common},
    ui::{
        alert::{Alert, Tone},
        field::TextField,
        icon::{Icon, LuArrowLeft},
        submit::Submit,
        time::Time,
    },
};
use contract::session::Session;
use leptos::prelude::*;
use leptos_meta::Title;

/// The account page.
#[component]
pub fn Account() -> impl IntoView {
    let t = account();
    view! {
        <Title text=t.account />
        <SkipLink />
        <DemoBanner />
        <header class="border-b border-base-300 bg-base-100">
            <div class="mx-auto flex h-14 max-w-3xl items-center gap-4 px-4">
                <a class="btn btn-ghost btn-sm" href="/" rel="external"><Icon icon=LuArrowLeft />{t.back}</a>
                <span class="ms-auto"><AccountMenu /></span>
            </div>
        </header>
        <main class="mx-auto flex max-w-3xl flex-col gap-8 px-4 py-6" id="content">
            <h1 class="text-xl font-semibold">{t.account}</h1>
            <Password />
            <Sessions />
        </main>
    }
}

#[component]
fn Password() -> impl IntoView {
    let (t, form) = (account(), use_form::<ChangePassword>());
    let action = form.action;
    let changed = move || matches!(action.outcome(), Some(Ok(())));
    view! {
        <section class="card-box" aria-labelledby="password-title">
            <h2 class="text-base font-semibold" id="password-title">{t.change_password}</h2>
            <ActionForm action attr:class="flex max-w-sm flex-col gap-4">
                <Refusal problem=form.error_elsewhere(&["currentPassword", "newPassword"]) />
                {move || changed().then(|| view! { <Alert tone=Tone::Success>{t.password_changed}</Alert> })}
                <TextField id="current" name="current_password" label=t.current_password kind="password" error=form.error("currentPassword") autocomplete="current-password" required=true />
                <TextField id="new" name="new_password" label=t.new_password kind="password" hint=t.new_password_hint error=form.error("newPassword") autocomplete="new-password" required=true />
                <Submit pending=action.pending() class="btn btn-primary self-start">{t.change_password}</Submit>
            </ActionForm>
        </section>
    }
}

#[component]
fn Sessions() -> impl IntoView {
    let (t, form) = (account(), use_form::<RevokeSession>());
    let (action, problem) = (form.action, form.problem);
    let sessions = resource(move || action.version().get(), |_| my_sessions());
    view! {
        <section class="card-box" aria-labelledby="sessions-title">
            <h2 class="text-base font-semibold" id="sessions-title">{t.sessions}</h2>
            <p class="text-base-content/70">{t.sessions_lead}</p>
            <Refusal problem />
            <Transition fallback=move || view! { <p>{common().loading}</p> }>
                {move || Suspend::new(async move {
                    match sessions.await {
                        Ok(all) => view! { <ul class="divide-y divide-base-300">{all.into_iter().map(|session| view! { <SessionRow session action /> }).collect_view()}</ul> }.into_any(),
                        Err(error) => view! { <Failed error /> }.into_any(),
                    }
                })}
            </Transition>
        </section>
    }
}

#[component]
fn SessionRow(session: Session, action: Posting) -> impl IntoView {
    let t = account();
    let called = session.user_agent;
    let browser = match browser(&called) {
        Some((browser, system)) => t.browser_on(browser, system),
        None if called.is_empty() => t.unknown_browser.to_owned(),
        None => called.clone(),
    };
    view! {
        <li class="flex flex-wrap items-center gap-3 py-3">
            <div class="min-w-0 flex-1">
                <p class="truncate font-medium" title=called>{browser}</p>
                <p class="text-base-content/70">{t.last_seen} " " <Time at=session.last_seen_at /> " · " {t.signed_in} " " <Time at=session.created_at /></p>
            </div>
            {if session.current {
                view! { <span class="pill pill-completed">{t.this_session}</span> }.into_any()
            } else {
                view! {
                    <ActionForm action>
                        <input type="hidden" name="session_id" value=session.session_id.to_string() />
                        <Submit pending=action.pending() class="btn btn-sm">{t.revoke}</Submit>
                    </ActionForm>
                }
                    .into_any()
            }}
        </li>
    }
}
