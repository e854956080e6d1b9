//! Filing a ticket for a customer who called or wrote a letter.

use crate::{
    draft::use_draft,
    form::{ActionForm, KeyField, use_form},
    json::{Json, resource},
    pages::shared::{attach::Attach, choices::options, refusal::Refusal},
    rpc::{people::find_people, tickets::CreateFor},
    texts::{common, desk},
    ui::{
        avatar::Avatar,
        field::{Select, TextArea, TextField, describes},
        submit::Submit,
    },
};
use contract::{
    Role,
    choice::{Choice, Choices},
    person::{Contact, present},
    text::QUERY_MAX,
    ticket::{Category, Channel, Priority},
};
use leptos::{html, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use web_sys::SubmitEvent;

/// The page: find the customer, then say what it is about.
#[component]
pub fn NewTicket() -> impl IntoView {
    let t = desk();
    let query = use_query_map();
    let sought = Memo::new(move |_| query.with(|query| query.get("customer").unwrap_or_default()));
    let found = resource(move || sought.get(), |sought| find_people(Some(Role::Customer), Some(sought)));
    view! {
        <Title text=t.new_ticket />
        <main class="desk-main overflow-y-auto" id="content">
            <div class="mx-auto flex max-w-2xl flex-col gap-4 p-5">
                <header>
                    <h1 class="text-base font-semibold">{t.new_ticket}</h1>
                    <p class="text-base-content/70">{t.new_ticket_lead}</p>
                </header>
                <Find />
                <Filing found />
            </div>
        </main>
    }
}

/// Looking for the customer: as they are typed with our code, by a press of the button without.
#[component]
fn Find() -> impl IntoView {
    let t = desk();
    let (query, navigate) = (use_query_map(), use_navigate());
    let sought = query.with_untracked(|query| query.get("customer").unwrap_or_default());
    let view = move || query.with(|query| query.get("view").unwrap_or_default());
    let field = NodeRef::<html::Input>::new();
    let look = move || {
        let typed = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let mut to = query.get_untracked();
        to.replace("customer", typed);
        let options = NavigateOptions { scroll: false, replace: true, ..NavigateOptions::default() };
        navigate(&format!("/desk/tickets/new{}", to.to_query_string()), options);
    };
    let on_submit = {
        let look = look.clone();
        move |submit: SubmitEvent| {
            submit.prevent_default();
            look();
        }
    };
    view! {
        <form class="flex flex-col gap-1" role="search" method="get" action="/desk/tickets/new" on:submit=on_submit>
            <input type="hidden" name="view" value=view />
            <label class="font-medium" for="find-customer">{t.find_customer}</label>
            <div class="flex gap-2">
                <input
                    class="input flex-1"
                    id="find-customer"
                    name="customer"
                    type="search"
                    maxlength=QUERY_MAX.to_string()
                    dir="auto"
                    autocomplete="off"
                    aria-describedby=describes("find-customer")
                    value=sought
                    node_ref=field
                    on:input=move |_| look()
                />
                <button class="btn" type="submit">{t.find}</button>
            </div>
            <p class="text-base-content/70" id=describes("find-customer")>{t.find_customer_hint}</p>
        </form>
    }
}

#[component]
fn Filing(found: Resource<Result<Vec<Contact>, crate::error::AppError>, Json>) -> impl IntoView {
    let (t, form) = (desk(), use_form::<CreateFor>());
    let action = form.action;
    let sent = form.successes();
    let draft = use_draft("desk-new");
    draft.with_fields(&form);
    let nobody = form.error("customerId");
    let chosen = RwSignal::new(form.value("customer_id", ""));
    view! {
        <ActionForm action attr:class="flex flex-col gap-4" attr:enctype="multipart/form-data">
            <fieldset class="flex flex-col gap-1">
                <legend class="font-medium">{t.customer}</legend>
                <Transition fallback=move || view! { <p role="status">{common().loading}</p> }>
                    {move || Suspend::new(async move {
                        let people: Vec<_> = present(found.await.unwrap_or_default()).collect();
                        let none = people.is_empty();
                        view! {
                            {none.then(|| view! { <p class="text-base-content/70">{t.no_customer}</p> })}
                            <ul class="max-h-48 overflow-y-auto rounded-box border border-base-300 empty:hidden" tabindex="-1">
                                {people.into_iter().map(|contact| view! { <Found contact chosen /> }).collect_view()}
                            </ul>
                        }
                    })}
                </Transition>
                {move || nobody.get().map(|why| view! { <p class="field-error" role="alert">{why}</p> })}
            </fieldset>
            <Refusal problem=form.error_elsewhere(&["customerId", "subject", "description", "category", "priority", "paymentId", "channel", "fileIds"]) />
            <KeyField form />
            <Select id="channel" name="channel" label=t.channel options=options(by_staff()) value=form.value("channel", Channel::Phone.as_str()) error=form.error("channel") />
            <TextField id="subject" name="subject" label=t.subject value=form.value("subject", "") error=form.error("subject") />
            <div class="grid gap-4 sm:grid-cols-2">
                <Select id="category" name="category" label=t.category options=categories() value=form.value("category", "") error=form.error("category") />
                <Select id="priority" name="priority" label=t.priority options=options(Priority::choices()) value=form.value("priority", Priority::Medium.as_str()) error=form.error("priority") />
            </div>
            <TextArea id="description" name="description" label=t.description rows=6 draft value=form.value("description", "") error=form.error("description") />
            <TextField id="payment" name="payment_id" label=t.payment_id value=form.value("payment_id", "") error=form.error("paymentId") />
            <Attach id="files" earlier=form.files() cleared=sent error=form.error("fileIds") />
            <Submit pending=action.pending() class="btn btn-primary self-start">{t.file_ticket}</Submit>
        </ActionForm>
    }
}

#[component]
fn Found(contact: Contact, chosen: RwSignal<String>) -> impl IntoView {
    let id = contact.person.id.to_string();
    let checked = chosen.with_untracked(|chosen| *chosen == id);
    let value = id.clone();
    view! {
        <li>
            <label class="menu-item">
                <input class="radio radio-sm" type="radio" name="customer_id" value=value checked=checked on:change=move |_| chosen.set(id.clone()) />
                <Avatar name=contact.person.name.clone() small=true />
                <bdi>{contact.person.name}</bdi>
                <span class="text-base-content/70">{contact.person.email}</span>
                <span class="ms-auto text-base-content/70"><bdi>{contact.organization.map(|organization| organization.name)}</bdi></span>
            </label>
        </li>
    }
}

/// A ticket that staff file did not come by the web.
fn by_staff() -> Vec<Choice> {
    Channel::choices().into_iter().filter(|choice| choice.value != Channel::Web.as_str()).collect()
}

/// The categories, none chosen beforehand: a wrong guess would send the ticket to the wrong people.
fn categories() -> Vec<(String, String)> {
    std::iter::once((String::new(), desk().choose.to_owned())).chain(options(Category::choices())).collect()
}
