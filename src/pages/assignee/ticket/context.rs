//! Beside the conversation: the ticket's facts, its followers and files, and who the customer is.

use super::{followers::Followers, merge::MergedTickets};
use crate::{
    error::AppError,
    form::Form,
    format,
    pages::shared::{attach::FileChip, badges::StatusPill, refusal::Failed, shown::Shown},
    rpc::threads::{Around, Item, Thread},
    texts::desk,
    ui::{
        avatar::Avatar,
        icon::{Icon, LuChevronDown},
        time::Time,
    },
};
use contract::{
    choice::Choices,
    file::File,
    person::Contact,
    ticket::{Ticket, TicketLink, reference},
};
use leptos::prelude::*;

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
                    {move || shown.thread.with(|thread| view! { <Facts ticket=thread.ticket.clone() /> })}
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

#[component]
fn Facts(ticket: Ticket) -> impl IntoView {
    let t = desk();
    let assignee = ticket.assignee.map(|assignee| assignee.name);
    view! {
        <dl class="desk-facts">
            <dt>{t.assignee}</dt>
            <dd class="flex items-center gap-1.5">
                {match assignee {
                    Some(name) => view! { <Avatar name=name.clone() small=true /><bdi>{name}</bdi> }.into_any(),
                    None => view! { {t.nobody} }.into_any(),
                }}
            </dd>
            <dt>{t.category}</dt>
            <dd>{ticket.category.label()}</dd>
            <dt>{t.priority}</dt>
            <dd>{ticket.priority.label()}</dd>
            <dt>{t.starts}</dt>
            <dd>{ticket.start_date.map_or_else(|| t.now.to_owned(), |date| format::date(&date))}</dd>
            {ticket.payment_id.map(|id| view! { <dt>{t.payment}</dt><dd class="font-mono text-2xs break-all">{id}</dd> })}
            <dt>{t.channel}</dt>
            <dd>{ticket.channel.label()}</dd>
            <dt>{t.filed}</dt>
            <dd><Time at=ticket.created_at /></dd>
            {ticket.follow_up_of.map(|link| view! {
                <dt>{t.follows_up}</dt>
                <dd><a class="link" href=format!("/desk/tickets/{}", link.ticket_id)>{reference(link.number)}</a></dd>
            })}
        </dl>
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
            let others = tickets.into_iter().filter(|other| other.ticket_id != shown.id()).collect();
            view! { <Known contact=customer others payments /> }.into_any()
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

#[component]
fn Known(contact: Contact, others: Vec<Ticket>, payments: Vec<(String, Vec<TicketLink>)>) -> impl IntoView {
    let t = desk();
    let none = others.is_empty();
    let ratings = rated(&others).map(|(mean, of)| t.ratings(mean, of));
    view! {
        <p class="font-medium"><bdi>{contact.person.name}</bdi></p>
        {contact.person.email.map(|email| view! { <p class="break-all"><a class="link" href=format!("mailto:{email}")>{email.clone()}</a></p> })}
        <p class="text-base-content/70">
            {contact.organization.map(|organization| view! { <bdi>{organization.name}</bdi> " · " })} {t.since} " " {format::date(&contact.since)}
        </p>
        {ratings.map(|ratings| view! { <p class="text-base-content/70">{ratings}</p> })}
        <h3 class="mt-3 text-2xs font-medium text-base-content/70">{t.other_tickets}</h3>
        {none.then(|| view! { <p class="text-base-content/70">{t.no_other_tickets}</p> })}
        <ul class="mt-1 flex flex-col gap-1.5">
            {others.into_iter().map(|ticket| view! {
                <li class="flex min-h-6 items-center gap-2">
                    <StatusPill status=ticket.status />
                    <a class="min-w-0 truncate py-0.5 hover:underline" href=format!("/desk/tickets/{}", ticket.ticket_id) dir="auto">{ticket.subject}</a>
                    {ticket.rating.map(|stars| view! { <span class="ms-auto text-2xs whitespace-nowrap text-base-content/70" title=t.rated(stars)>{format!("{stars}/5")}</span> })}
                </li>
            }).collect_view()}
        </ul>
        {(!payments.is_empty()).then(|| view! { <h3 class="mt-3 text-2xs font-medium text-base-content/70">{t.payments}</h3> })}
        <ul class="flex flex-col gap-1">
            {payments.into_iter().map(|(id, links)| view! {
                <li>
                    <span class="font-mono text-2xs break-all">{id}</span> " "
                    {links.into_iter().map(|link| view! {
                        <a class="link inline-flex min-h-6 items-center text-2xs" href=format!("/desk/tickets/{}", link.ticket_id)>{reference(link.number)}</a> " "
                    }).collect_view()}
                </li>
            }).collect_view()}
        </ul>
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
