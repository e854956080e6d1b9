//! Colleagues who follow the ticket: adding one, and letting one go.

use crate::{
    form::{ActionForm, Form, Posting, use_form},
    pages::shared::{fold::Fold, refusal::Refusal, shown::Shown},
    rpc::followers::{AddFollower, RemoveFollower},
    texts::portal,
    ui::{avatar::Avatar, field::Select, submit::Submit},
    viewer::{actor, remote, viewer},
};
use contract::{
    Role,
    person::{Contact, Person},
    policy::{Action as May, Standing, may_remove_follower},
};
use leptos::prelude::*;

/// The followers on the customer's side, and the form that adds one of `people`.
#[component]
pub fn Colleagues(shown: Shown, people: Vec<Contact>) -> impl IntoView {
    let (t, add, remove) = (portal(), use_form::<AddFollower>(), use_form::<RemoveFollower>());
    let (added, removed) = (add.successes(), remove.successes());
    shown.again_after(move || (added.get(), removed.get()));
    let may_add = shown.may(May::AddFollower);
    let followers = Memo::new(move |_| {
        let all = shown.thread.with(|thread| thread.followers.clone());
        all.into_iter().filter(|follower| follower.role == Role::Customer).collect::<Vec<_>>()
    });
    let some = move || followers.with(|all| !all.is_empty());
    let options = Memo::new(move |_| candidates(shown, &people));
    let (action, problem) = (remove.action, remove.problem);
    view! {
        <Show when=move || may_add.get() || some()>
            <Fold label=if may_add.get_untracked() { t.add_colleague } else { t.followers } open=add.was_refused() || remove.was_refused()>
                <Show when=move || may_add.get()>
                    <Add shown form=add options />
                </Show>
                <Refusal problem />
                <Show when=some>
                    <h2 class="font-medium">{t.followers}</h2>
                    <ul class="flex flex-col gap-2">
                        <For each=move || followers.get() key=|person| person.id let(person)>
                            <Follower shown person action />
                        </For>
                    </ul>
                </Show>
            </Fold>
        </Show>
    }
}

#[component]
fn Add(shown: Shown, form: Form, options: Memo<Vec<(String, String)>>) -> impl IntoView {
    let t = portal();
    let (action, problem) = (form.action, form.error_elsewhere(&["followerId"]));
    let wrong = form.error("followerId");
    view! {
        <Show when=move || options.with(|all| !all.is_empty()) fallback=move || view! { <p class="text-base-content/70">{t.no_colleagues}</p> }>
            <ActionForm action attr:class="flex flex-col gap-4">
                <p class="text-base-content/70">{t.add_colleague_lead}</p>
                <Refusal problem />
                <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                {move || view! { <Select id="colleague" name="follower_id" label=t.colleague options=options.get() unchosen=t.choose value=form.value("follower_id", "") error=wrong /> }}
                <Submit pending=action.pending() class="btn btn-primary btn-sm self-start">{t.add}</Submit>
            </ActionForm>
        </Show>
    }
}

#[component]
fn Follower(shown: Shown, person: Person, action: Posting) -> impl IntoView {
    let t = portal();
    let removable = !remote()
        && actor().is_some_and(|actor| {
            let standing = shown.thread.with_untracked(|thread| Standing::to(&actor, &thread.ticket));
            may_remove_follower(&actor, standing, person.id, person.role)
        });
    let mine = viewer().is_some_and(|viewer| viewer.person.id == person.id);
    let label = if mine { t.stop_following.to_owned() } else { t.remove_follower(&person.name) };
    view! {
        <li class="flex items-center gap-2">
            <Avatar name=person.name.clone() />
            <bdi class="min-w-0 flex-1 truncate">{person.name.clone()}</bdi>
            {removable.then(|| view! {
                <ActionForm action>
                    <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                    <input type="hidden" name="follower_id" value=person.id.to_string() />
                    <Submit pending=action.pending() class="btn btn-ghost btn-sm">{label}</Submit>
                </ActionForm>
            })}
        </li>
    }
}

/// Colleagues who do not follow the ticket yet and did not file it, by id and name.
fn candidates(shown: Shown, people: &[Contact]) -> Vec<(String, String)> {
    shown.thread.with(|thread| {
        let there = |person: &Person| {
            person.id == thread.ticket.customer.id || thread.followers.iter().any(|follower| follower.id == person.id)
        };
        let others = people.iter().filter(|contact| contact.person.role == Role::Customer && !there(&contact.person));
        others.map(|contact| (contact.person.id.to_string(), contact.person.name.clone())).collect()
    })
}
