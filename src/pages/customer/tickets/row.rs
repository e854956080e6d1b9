//! One ticket in the list.

use crate::{
    pages::shared::{badges::status_pill, marked::marked_text},
    texts::{common, portal},
    ui::time::time,
};
use contract::{
    choice::Choices,
    search::{Hit, Marked},
    ticket::Ticket,
};
use maud::{Markup, html};

/// A ticket; the whole row opens it. `followed` names who filed it, `hit` says what of it was searched for.
pub fn row(ticket: &Ticket, hit: Option<Hit>, followed: bool) -> Markup {
    let (marks, snippet) = hit.map(|hit| (hit.subject, hit.snippet)).unwrap_or_default();
    let subject = Marked { text: ticket.subject.clone(), marks };
    html! {
        li.portal-row {
            div class="min-w-0 flex-1" {
                p class="flex items-center gap-2" {
                    @if ticket.unread { span.unread-dot { span.sr-only { (common().unread) } } }
                    a.portal-row-link.font-semibold[ticket.unread] href={ "/tickets/" (ticket.ticket_id) } dir="auto" {
                        (marked_text(&subject))
                    }
                }
                p class="text-2xs text-base-content/70" {
                    (ticket.reference()) " · " (ticket.category.label())
                    @if followed { " · " (portal().by(&ticket.customer.name)) }
                }
                @if let Some(snippet) = &snippet {
                    p class="text-2xs text-base-content/70" dir="auto" { (marked_text(snippet)) }
                }
            }
            div class="flex shrink-0 flex-col items-end gap-1" {
                (status_pill(ticket.status))
                span class="text-2xs text-base-content/70" { (time(&ticket.updated_at, false)) }
            }
        }
    }
}
