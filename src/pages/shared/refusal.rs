//! A refusal on the screen: what happened, that nothing is lost, what to do, and the request's id for whoever helps.

use crate::{
    error::AppError,
    form::{PageField, Refused, refused},
    http,
    texts::common,
    ui::alert::{Alert, Tone},
};
use contract::{Code, Problem};
use leptos::prelude::*;

/// What a form was refused with; stands in the form. `<Refusal problem=form.error_elsewhere(&["body"]) />`
#[component]
pub fn Refusal(#[prop(into)] problem: Signal<Option<Problem>>) -> impl IntoView {
    // Where the browser posted the form itself, it goes to the reason by itself.
    let at_once = problem.with_untracked(Option::is_some);
    view! {
        <PageField />
        {move || problem.get().map(|problem| view! { <div tabindex="-1" autofocus=at_once><Told problem /></div> })}
    }
}

/// What a page could not be shown for. `<Failed error />`; a missing ticket makes a missing page. Where it should have shown a
/// refused form, what was typed stands here.
#[component]
pub fn Failed(error: AppError) -> impl IntoView {
    let problem = error.problem();
    http::set_status(problem.status);
    let kept = refused();
    if problem.code == Code::NotFound && kept.is_none() {
        return view! { <crate::pages::Missing /> }.into_any();
    }
    let t = common();
    view! {
        <div class="mx-auto flex max-w-xl flex-col items-start gap-3 p-6">
            <Told problem />
            {match kept {
                Some(refused) => view! { <Kept refused /> }.into_any(),
                None => view! { <a class="btn btn-sm" href="" rel="external">{t.try_again}</a> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

/// A form whose page cannot be shown, because the session ended meanwhile or the tickets cannot be read: what was typed, ready to
/// be sent again.
#[component]
fn Kept(refused: Refused) -> impl IntoView {
    const TYPED: [&str; 6] = ["subject", "body", "description", "reason", "impact", "comment"];
    let t = common();
    let fields = refused.fields.into_iter().map(|(name, value)| {
        if TYPED.contains(&name.as_str()) {
            view! { <textarea class="textarea w-full" name=name rows="4" dir="auto" aria-label=t.typed>{http::in_textarea(value)}</textarea> }.into_any()
        } else {
            view! { <input type="hidden" name=name value=value /> }.into_any()
        }
    });
    view! {
        <form class="flex w-full flex-col items-start gap-3" method="post" action=refused.action enctype="multipart/form-data">
            <PageField />
            {fields.collect_view()}
            <button class="btn btn-primary btn-sm" type="submit">{t.send_again}</button>
        </form>
    }
}

#[component]
fn Told(problem: Problem) -> impl IntoView {
    let t = common();
    let ended = problem.code == Code::Unauthenticated;
    let wait = problem.retry_after.filter(|seconds| !problem.detail.contains(&seconds.to_string()));
    let errors = problem.errors.iter().map(|e| view! { <li>{e.message.clone()}</li> }).collect_view();
    view! {
        <Alert tone=Tone::Error>
            <p class="font-medium">{problem.title.clone()}</p>
            {if ended {
                view! { <p>{t.session_ended} " " <a class="link" href="/sign-in" target="_blank" rel="external">{t.sign_in_again}</a></p> }.into_any()
            } else {
                view! { <p>{problem.detail.clone()}</p> }.into_any()
            }}
            {wait.map(|seconds| view! { <p>{t.again_in(seconds)}</p> })}
            {(problem.errors.len() > 1).then(|| view! { <ul class="list-disc ps-4">{errors}</ul> })}
            {(!problem.request_id.is_empty()).then(|| view! { <p class="text-2xs">{t.request} " " <code>{problem.request_id.clone()}</code></p> })}
        </Alert>
    }
}
