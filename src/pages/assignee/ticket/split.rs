//! Splitting a reply off: the reply is named in the URL, so that its menu needs no script.

use crate::{
    form::{ActionForm, KeyField, use_form},
    pages::shared::{choices::options, refusal::Refusal, shown::Shown},
    rpc::{splits::Split as SplitCall, threads::Item},
    texts::{common, merging},
    ui::{
        field::{Select, TextField},
        submit::Submit,
    },
};
use contract::{
    choice::Choices,
    id::ReplyId,
    policy::Action as May,
    split::first_words,
    text::SUBJECT_MAX,
    ticket::{Category, Priority},
};
use leptos::{html, prelude::*};
use leptos_router::hooks::use_query_map;

/// The form for the reply that the URL names, if it names one of this conversation.
#[component]
pub fn SplitOff(
    shown: Shown,
    /// The query of the page without the reply.
    query: Signal<String>,
) -> impl IntoView {
    let asked = use_query_map();
    let may = shown.may(May::Split);
    let reply = Memo::new(move |_| {
        let id = asked.with(|asked| asked.get_str("split").and_then(|id| id.parse::<ReplyId>().ok()));
        id.filter(|_| may.get()).and_then(|id| Some((id, subject_for(shown, id)?)))
    });
    move || reply.get().map(|(id, subject)| view! { <Opened shown id subject query /> })
}

#[component]
fn Opened(shown: Shown, id: ReplyId, subject: String, query: Signal<String>) -> impl IntoView {
    let (t, form) = (merging(), use_form::<SplitCall>());
    let action = form.action;
    let (category, priority) = shown.thread.with_untracked(|thread| (thread.ticket.category, thread.ticket.priority));
    let section = NodeRef::<html::Section>::new();
    Effect::new(move |_| {
        if let Some(section) = section.get() {
            _ = section.focus();
        }
    });
    view! {
        <section class="desk-split" id="split" aria-label=t.split_title tabindex="-1" node_ref=section>
            <ActionForm action attr:class="flex flex-col gap-3">
                <div>
                    <h2 class="font-semibold">{t.split_title}</h2>
                    <p class="text-base-content/70">{t.split_lead}</p>
                </div>
                <Refusal problem=form.error_elsewhere(&["subject"]) />
                <input type="hidden" name="reply_id" value=id.to_string() />
                <KeyField form />
                <TextField id="split-subject" name="subject" label=t.subject maxlength=SUBJECT_MAX value=form.value("subject", &subject) error=form.error("subject") />
                <div class="grid gap-3 sm:grid-cols-2">
                    <Select id="split-category" name="category" label=t.category options=options(Category::choices()) value=form.value("category", category.as_str()) />
                    <Select id="split-priority" name="priority" label=t.priority options=options(Priority::choices()) value=form.value("priority", priority.as_str()) />
                </div>
                <div class="flex gap-2">
                    <Submit pending=action.pending() class="btn btn-primary btn-sm">{t.make_ticket}</Submit>
                    <a class="btn btn-ghost btn-sm" href=move || format!("/desk/tickets/{}?{}", shown.id(), query.get())>{common().cancel}</a>
                </div>
            </ActionForm>
        </section>
    }
}

/// What the ticket would be called that this reply of the conversation becomes.
fn subject_for(shown: Shown, id: ReplyId) -> Option<String> {
    shown.thread.with(|thread| {
        thread.items.iter().find_map(|item| match item {
            Item::Reply { reply, .. } if reply.reply_id == id => Some(first_words(&reply.body)),
            _ => None,
        })
    })
}
