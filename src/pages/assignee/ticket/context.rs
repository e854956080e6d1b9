//! Beside the conversation: the ticket's facts, its followers and files, and who the customer is.

use super::{followers::Followers, merge::MergedTickets};
use crate::{
    error::AppError,
    form::Form,
    format,
    pages::shared::{attach::FileChip, badges::status_pill, refusal::Failed, shown::Shown, thread::ticket_name},
    rpc::threads::{Around, Item, Thread},
    texts::desk,
    ui::{
        avatar::avatar,
        icon::{Icon, LuChevronDown},
        time::time,
        written::written,
    },
};
use contract::{
    choice::Choices,
    file::File,
    person::Contact,
    ticket::{Ticket, TicketLink, reference},
};
use leptos::prelude::*;
use maud::{Markup, html};

/// The rightmost pane; where there is no room beside the conversation, folded away below it.
#[component]
pub fn Context(shown: Shown, around: Result<Around, AppError>, undo: Form) -> impl IntoView {
    let t = desk();
    let people = around.as_ref().map(|around| around.people.clone()).unwrap_or_default();
    let open = RwSignal::new(false);
    view! {
        <aside class="desk-context" class:desk-context-open=move || open.get() aria-label=t.context tabindex="0">
            <button
                class="desk-context-toggle needs-js"
                type="button"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls="context"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <span class="desk-context-chevron"><Icon icon=LuChevronDown /></span>
                {t.show_context}
            </button>
            <div class="desk-context-body" id="context">
                <section>
                    <h2 class="desk-context-title">{t.ticket}</h2>
                    {move || shown.thread.with(|thread| written(facts(&thread.ticket)))}
                </section>
                <MergedTickets shown undo />
                <section>
                    <h2 class="sr-only">{t.followers}</h2>
                    <Followers shown people />
                </section>
                <Files shown />
                <section>
                    <h2 class="desk-context-title">{t.customer}</h2>
                    <Customer shown around />
                </section>
            </div>
        </aside>
    }
}

/// What stands on file of the ticket.
fn facts(ticket: &Ticket) -> Markup {
    let t = desk();
    html! {
        dl.desk-facts {
            dt { (t.assignee) }
            dd class="flex items-center gap-1.5" {
                @match &ticket.assignee {
                    Some(assignee) => { (avatar(&assignee.name, true)) bdi { (assignee.name) } }
                    None => (t.nobody),
                }
            }
            dt { (t.category) } dd { (ticket.category.label()) }
            dt { (t.priority) } dd { (ticket.priority.label()) }
            dt { (t.starts) }
            dd { @if let Some(date) = &ticket.start_date { (format::date(date)) } @else { (t.now) } }
            @if let Some(id) = &ticket.payment_id {
                dt { (t.payment) } dd class="font-mono text-2xs break-all" { (id) }
            }
            dt { (t.channel) } dd { (ticket.channel.label()) }
            dt { (t.filed) } dd { (time(&ticket.created_at, false)) }
            @if let Some(link) = &ticket.follow_up_of {
                dt { (t.follows_up) } dd { (ticket_name(link)) }
            }
        }
    }
}

/// Every file of the conversation in one place.
#[component]
fn Files(shown: Shown) -> impl IntoView {
    let files = Memo::new(move |_| shown.thread.with(all_files));
    view! {
        <Show when=move || files.with(|files| !files.is_empty())>
            <section>
                <h2 class="desk-context-title">{desk().files}</h2>
                <ul class="flex flex-col items-start gap-1">
                    <For each=move || files.get() key=|file| file.file_id let(file)>
                        <li class="max-w-full"><FileChip file /></li>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

fn all_files(thread: &Thread) -> Vec<File> {
    let later = thread.items.iter().flat_map(|item| match item {
        Item::Reply { reply, .. } => reply.files.clone(),
        Item::Note { note, .. } => note.files.clone(),
        Item::Beginning { files, .. } => files.clone(),
        Item::Event(_) => Vec::new(),
    });
    thread.files.iter().cloned().chain(later).collect()
}

#[component]
fn Customer(shown: Shown, around: Result<Around, AppError>) -> impl IntoView {
    match around {
        Ok(Around { customer, tickets, .. }) => {
            let payments = payments(&tickets);
            let others: Vec<_> = tickets.into_iter().filter(|other| other.ticket_id != shown.id()).collect();
            written(known(&customer, &others, &payments)).into_any()
        }
        Err(error) => view! { <Failed error /> }.into_any(),
    }
}

/// The payments that tickets name, and which tickets name them; that of the newest ticket first.
fn payments(tickets: &[Ticket]) -> Vec<(String, Vec<TicketLink>)> {
    let mut payments: Vec<(String, Vec<TicketLink>)> = Vec::new();
    for (id, link) in tickets.iter().filter_map(|ticket| Some((ticket.payment_id.clone()?, ticket.link()))) {
        match payments.iter_mut().find(|(other, _)| *other == id) {
            Some((_, links)) => links.push(link),
            None => payments.push((id, vec![link])),
        }
    }
    payments
}

/// The mean of the ratings that the customer gave, and how many there are.
fn rated(tickets: &[Ticket]) -> Option<(f64, usize)> {
    let ratings: Vec<_> = tickets.iter().filter_map(|ticket| ticket.rating).collect();
    #[expect(clippy::cast_precision_loss, reason = "stars of a few tickets")]
    let mean = ratings.iter().sum::<i64>() as f64 / ratings.len() as f64;
    (!ratings.is_empty()).then_some((mean, ratings.len()))
}

/// Who the customer is, and what else they have filed.
fn known(contact: &Contact, others: &[Ticket], payments: &[(String, Vec<TicketLink>)]) -> Markup {
    let t = desk();
    html! {
        div {
            p.font-medium { bdi { (contact.person.name) } }
            @if let Some(email) = &contact.person.email {
                p.break-all { a.link href={ "mailto:" (email) } { (email) } }
            }
            p class="text-base-content/70" {
                @if let Some(organization) = &contact.organization { bdi { (organization.name) } " · " }
                (t.since) " " (format::date(&contact.since))
            }
            @if let Some((mean, of)) = rated(others) { p class="text-base-content/70" { (t.ratings(mean, of)) } }
            h3 class="mt-3 text-2xs font-medium text-base-content/70" { (t.other_tickets) }
            @if others.is_empty() { p class="text-base-content/70" { (t.no_other_tickets) } }
            ul class="mt-1 flex flex-col gap-1.5" { @for ticket in others { (other(ticket)) } }
            @if !payments.is_empty() {
                h3 class="mt-3 text-2xs font-medium text-base-content/70" { (t.payments) }
            }
            ul class="flex flex-col gap-1" {
                @for (id, links) in payments {
                    li {
                        span class="font-mono text-2xs break-all" { (id) } " "
                        @for link in links {
                            a class="link inline-flex min-h-6 items-center text-2xs" href={ "/desk/tickets/" (link.ticket_id) } {
                                (reference(link.number))
                            }
                            " "
                        }
                    }
                }
            }
        }
    }
}

/// Another ticket of the customer.
fn other(ticket: &Ticket) -> Markup {
    html! {
        li class="flex min-h-6 items-center gap-2" {
            (status_pill(ticket.status))
            a class="min-w-0 truncate py-0.5 hover:underline" href={ "/desk/tickets/" (ticket.ticket_id) } dir="auto" {
                (ticket.subject)
            }
            @if let Some(stars) = ticket.rating {
                span class="ms-auto text-2xs whitespace-nowrap text-base-content/70" title=(desk().rated(stars)) { (stars) "/5" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(number: i64, payment: Option<&str>, rating: Option<i64>) -> Ticket {
        let person = serde_json::json!({"id": uuid(number), "name": "Mira", "role": "CUSTOMER"});
        let mut ticket: Ticket = serde_json::from_value(serde_json::json!({
            "ticketId": uuid(number), "number": number, "subject": "s", "description": "d", "category": "CARD",
            "priority": "LOW", "status": "CLOSED", "customer": person, "channel": "WEB", "createdAt": "", "updatedAt": "",
            "version": 1, "unread": false, "following": false,
        }))
        .expect("a ticket");
        (ticket.payment_id, ticket.rating) = (payment.map(str::to_owned), rating);
        ticket
    }

    fn uuid(number: i64) -> String {
        format!("00000000-0000-7000-8000-{number:012}")
    }

    #[test]
    fn payments_are_named_once_with_every_ticket_that_names_them() {
        let tickets = [ticket(3, Some("pay_b"), None), ticket(2, Some("pay_a"), None), ticket(1, Some("pay_b"), None)];
        let named: Vec<_> =
            payments(&tickets).into_iter().map(|(id, links)| (id, links.len(), links[0].number)).collect();
        assert_eq!(named, [("pay_b".to_owned(), 2, 3), ("pay_a".to_owned(), 1, 2)]);
    }

    #[test]
    fn the_mean_rating_is_of_those_that_were_given() {
        assert_eq!(rated(&[ticket(1, None, Some(5)), ticket(2, None, None), ticket(3, None, Some(2))]), Some((3.5, 2)));
        assert_eq!(rated(&[ticket(1, None, None)]), None);
    }
}
