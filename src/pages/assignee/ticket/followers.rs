//! Who follows the ticket: oneself with one press, others by choosing them.

use crate::{
    form::{ActionForm, Posting, use_form},
    keys::Command,
    pages::assignee::{
        commands::hint,
        deeds::{Deed, deeds},
    },
    pages::shared::{fold::Fold, refusal::Refusal, shown::Shown},
    rpc::followers::{AddFollower, RemoveFollower},
    texts::desk,
    ui::{avatar::Avatar, field::Select, submit::Submit},
    viewer::{remote, viewer},
};
use contract::{
    Role,
    person::{Contact, Person},
    policy::Action as May,
};
use leptos::{prelude::*, server_fn::ServerFn};
use web_sys::SubmitEvent;

/// Follow, or stop following.
#[component]
pub fn Following(shown: Shown) -> impl IntoView {
    let (t, deeds, title) = (desk(), deeds(), hint(Command::Follow));
    let press = move |submit: SubmitEvent, deed: Deed| {
        submit.prevent_default();
        deeds.act(deed, vec![shown.id()]);
    };
    let following = shown.of(|ticket| ticket.following);
    let me = viewer().map(|viewer| viewer.person.id.to_string()).unwrap_or_default();
    let me = StoredValue::new(me);
    view! {
        <Show
            when=move || following.get()
            fallback=move || view! {
                <form method="post" action=AddFollower::url() on:submit=move |submit| press(submit, Deed::Follow)>
                    <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                    <input type="hidden" name="follower_id" value=me.get_value() />
                    <Submit class="btn btn-ghost btn-xs" title=title.get_value()>{t.follow}</Submit>
                </form>
            }
        >
            <Show when=|| !remote() fallback=move || t.you_follow>
                <form method="post" action=RemoveFollower::url() on:submit=move |submit| press(submit, Deed::Unfollow)>
                    <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                    <input type="hidden" name="follower_id" value=me.get_value() />
                    <Submit class="btn btn-ghost btn-xs" title=title.get_value()>{t.unfollow}</Submit>
                </form>
            </Show>
        </Show>
    }
}

/// The followers, with adding and removing.
#[component]
pub fn Followers(shown: Shown, people: Vec<Contact>) -> impl IntoView {
    let (t, add, remove) = (desk(), use_form::<AddFollower>(), use_form::<RemoveFollower>());
    let (added, removed) = (add.successes(), remove.successes());
    shown.again_after(move || (added.get(), removed.get()));
    let may = shown.may(May::AddFollower);
    let followers = Memo::new(move |_| shown.thread.with(|thread| thread.followers.clone()));
    let options = Memo::new(move |_| candidates(shown, &people));
    let some = move || options.with(|all| !all.is_empty());
    let (problem, wrong) = (add.error_elsewhere(&["followerId"]), add.error("followerId"));
    let (action, remove_action, remove_problem) = (add.action, remove.action, remove.problem);
    view! {
        <Show when=move || may.get()>
            <Fold label=t.followers open=add.was_refused()>
                <Show when=some fallback=move || view! { <p class="text-base-content/70">{t.nobody_to_add}</p> }>
                    <ActionForm action attr:class="flex flex-col gap-3">
                        <Refusal problem />
                        <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                        {move || view! { <Select id="follower" name="follower_id" label=t.add_follower options=options.get() unchosen=t.choose value=add.value("follower_id", "") error=wrong /> }}
                        <Submit pending=action.pending() class="btn btn-primary btn-sm self-start">{t.add}</Submit>
                    </ActionForm>
                </Show>
            </Fold>
        </Show>
        <ul class="flex flex-col gap-1 empty:hidden">
            <For each=move || followers.get() key=|person| person.id let(person)>
                <Follower shown person action=remove_action />
            </For>
        </ul>
        <Refusal problem=remove_problem />
    }
}

#[component]
fn Follower(shown: Shown, person: Person, action: Posting) -> impl IntoView {
    let label = desk().remove_follower(&person.name);
    view! {
        <li class="flex items-center gap-2">
            <Avatar name=person.name.clone() small=true />
            <bdi class="min-w-0 flex-1 truncate">{person.name}</bdi>
            {(!remote()).then(|| view! {
                <ActionForm action>
                    <input type="hidden" name="ticket_id" value=shown.id().to_string() />
                    <input type="hidden" name="follower_id" value=person.id.to_string() />
                    <Submit pending=action.pending() class="btn btn-ghost btn-xs" title=label.clone()><span class="sr-only">{label}</span>"×"</Submit>
                </ActionForm>
            })}
        </li>
    }
}

/// Staff and the customer's colleagues who do not follow yet, by id and name.
fn candidates(shown: Shown, people: &[Contact]) -> Vec<(String, String)> {
    shown.thread.with(|thread| {
        let there = |person: &Person| {
            person.id == thread.ticket.customer.id || thread.followers.iter().any(|f| f.id == person.id)
        };
        let fits = |contact: &&Contact| match contact.person.role {
            Role::Assignee | Role::Admin => true,
            Role::Customer => {
                let organization = contact.organization.as_ref().map(|o| o.organization_id);
                organization.is_some() && organization == thread.ticket.organization_id
            }
        };
        let others = people.iter().filter(fits).filter(|contact| !there(&contact.person));
        others.map(|contact| (contact.person.id.to_string(), contact.person.name.clone())).collect()
    })
}
