//! Signing in, and making the first admin. Both are plain forms: a success loads a new page, and they work without
//! JavaScript.

use crate::{
    form::use_form,
    pages::shared::{frame::SkipLink, refusal::Refusal},
    rpc::sessions::{SetUp as SetUpCall, SignIn as SignInCall},
    texts::{account, common},
    ui::field::TextField,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The sign-in page.
#[component]
pub fn SignIn() -> impl IntoView {
    let (t, form) = (account(), use_form::<SignInCall>());
    let next = use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    let next = form.value("next", &next);
    let email = form.value("email", "");
    view! {
        <Door title=t.sign_in lead=t.sign_in_lead>
            <form class="flex flex-col gap-4" method="post" action=SignInCall::url()>
                <Refusal problem=form.problem />
                <input type="hidden" name="next" value=next />
                <TextField id="email" name="email" label=t.email kind="email" value=email autocomplete="username" required=true />
                <TextField id="password" name="password" label=t.password kind="password" autocomplete="current-password" required=true />
                <button class="btn btn-primary" type="submit">{t.sign_in}</button>
            </form>
        </Door>
    }
}

/// The page behind the one-time link that the first start prints.
#[component]
pub fn SetUp() -> impl IntoView {
    let (t, form) = (account(), use_form::<SetUpCall>());
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    view! {
        <Door title=t.set_up lead=t.set_up_lead>
            <form class="flex flex-col gap-4" method="post" action=SetUpCall::url()>
                <Refusal problem=form.error_elsewhere(&["name", "email", "password"]) />
                <input type="hidden" name="token" value=token />
                <TextField id="name" name="name" label=t.name value=form.value("name", "") error=form.error("name") autocomplete="name" required=true />
                <TextField id="email" name="email" label=t.email kind="email" value=form.value("email", "") error=form.error("email") autocomplete="username" required=true />
                <TextField id="password" name="password" label=t.password kind="password" hint="12 to 200 characters." error=form.error("password") autocomplete="new-password" required=true />
                <button class="btn btn-primary" type="submit">{t.set_up_button}</button>
            </form>
        </Door>
    }
}

/// The frame of a page for nobody yet.
#[component]
fn Door(title: &'static str, lead: &'static str, children: Children) -> impl IntoView {
    view! {
        <Title text=title />
        <SkipLink />
        <main class="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-6 px-4 py-8" id="content">
            <header class="flex flex-col gap-2">
                <span class="brand-mark brand-large" aria-hidden="true">"F"</span>
                <p class="font-semibold">{common().product}</p>
                <h1 class="text-xl font-semibold">{title}</h1>
                <p class="text-base-content/70">{lead}</p>
            </header>
            {children()}
        </main>
    }
}
