//! Filing a ticket, on its own or to follow up one that is closed.

use crate::{
    draft::use_draft,
    form::{ActionForm, KeyField, use_form},
    json::resource,
    pages::{
        customer::card::CardSeen,
        shared::{
            attach::Attach,
            refusal::{Failed, Refusal},
        },
    },
    rpc::{threads::read_thread, tickets::Create},
    texts::{common, portal},
    ui::{
        alert::{Alert, Tone},
        field::{Select, TextArea, TextField},
        submit::Submit,
    },
};
use contract::{
    choice::Choices,
    id::TicketId,
    ticket::{Category, Ticket},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The page that files a ticket; `?followUpOf=` names the one it continues.
#[component]
pub fn NewTicket() -> impl IntoView {
    let t = portal();
    let query = use_query_map();
    let continued =
        Memo::new(move |_| query.with(|q| q.get_str("followUpOf").and_then(|id| id.parse::<TicketId>().ok())));
    let before = resource(
        move || continued.get(),
        |id| async move {
            match id {
                Some(id) => read_thread(id).await.map(|thread| Some(thread.ticket)),
                None => Ok(None),
            }
        },
    );
    view! {
        <Title text=t.new_ticket />
        <main class="mx-auto flex max-w-3xl flex-col gap-4 px-4 py-6" id="content">
            <header>
                <h1 class="text-xl font-semibold">{t.new_ticket}</h1>
                <p class="text-base-content/70">{t.new_ticket_lead}</p>
            </header>
            <Suspense fallback=move || view! { <p role="status">{common().loading}</p> }>
                {move || Suspend::new(async move {
                    match before.await {
                        Ok(before) => view! { <Filing before /> }.into_any(),
                        Err(error) => view! { <Failed error /> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn Filing(before: Option<Ticket>) -> impl IntoView {
    let (t, form) = (portal(), use_form::<Create>());
    let action = form.action;
    let sent = form.successes();
    let draft =
        use_draft(before.as_ref().map_or_else(|| "new".to_owned(), |before| format!("new:{}", before.ticket_id)));
    draft.with_fields(&form);
    let category = form.value("category", before.as_ref().map_or("", |ticket| ticket.category.as_str()));
    let payment = before.as_ref().and_then(|ticket| ticket.payment_id.clone()).unwrap_or_default();
    let continued = before.as_ref().map(|ticket| ticket.ticket_id.to_string());
    let notice = before.map(|ticket| t.continues(&ticket.reference(), &ticket.subject));
    view! {
        {notice.map(|notice| view! { <Alert tone=Tone::Info><p dir="auto">{notice}</p></Alert> })}
        <ActionForm action attr:class="card-box" attr:enctype="multipart/form-data">
            <Refusal problem=form.error_elsewhere(&["subject", "description", "category", "paymentId", "fileIds"]) />
            <KeyField form />
            {continued.map(|id| view! { <input type="hidden" name="follow_up_of" value=id /> })}
            <TextField id="subject" name="subject" label=t.subject value=form.value("subject", "") hint=t.subject_hint error=form.error("subject") />
            <Select id="category" name="category" label=t.category options=categories() value=category error=form.error("category") />
            <TextArea id="description" name="description" label=t.description hint=t.description_hint rows=7 draft value=form.value("description", "") error=form.error("description") />
            <CardSeen draft />
            <TextField id="payment" name="payment_id" label=t.payment_id value=form.value("payment_id", &payment) hint=t.payment_id_hint error=form.error("paymentId") autocomplete="off" />
            <Attach id="files" earlier=form.files() cleared=sent error=form.error("fileIds") />
            <Submit pending=action.pending() class="btn btn-primary self-start">{t.file_ticket}</Submit>
        </ActionForm>
    }
}

/// The categories, none chosen beforehand: a wrong guess would send the ticket to the wrong people.
fn categories() -> Vec<(String, String)> {
    let none = (String::new(), portal().choose.to_owned());
    std::iter::once(none).chain(Category::choices().into_iter().map(|c| (c.value, c.label))).collect()
}
