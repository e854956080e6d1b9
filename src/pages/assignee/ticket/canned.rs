//! Canned replies while writing: choosing one by its button or by `/` at the start of a line, and filling it for this
//! ticket.

use super::insertion::Insertion;
use crate::{
    pages::shared::shown::Shown,
    rpc::reply_messages::{offered_replies, use_reply_message},
    texts::{canned, common},
    ui::picker::{Group, Item, Picker, PickerTexts, when_opened},
    viewer::remote,
};
use contract::{
    id::ReplyMessageId,
    reply_message::{Filling, fill},
    ticket::Ticket,
};
use leptos::{ev::KeyboardEvent, prelude::*, task::spawn_local};

/// The key that opens the list.
const KEY: &str = "/";

/// The button, and the list behind it. The replies are read each time they are wanted.
#[component]
pub fn CannedReplies(shown: Shown, choosing: Insertion, id: &'static str) -> impl IntoView {
    let t = canned();
    let open = choosing.open;
    let offered = Action::new(|()| offered_replies());
    when_opened(open, move || drop(offered.dispatch(())));
    let groups = Signal::derive(move || {
        let Some(Ok(all)) = offered.value().get() else { return None };
        let item = |ticket: &Ticket, id: ReplyMessageId, text: &str| Item {
            id: id.to_string(),
            text: filled(text, ticket),
            hint: String::new(),
        };
        let groups = all.into_iter().map(|canned| Group {
            name: canned.title.title,
            items: shown.thread.with(|thread| {
                let messages = canned.messages.iter();
                messages.map(|message| item(&thread.ticket, message.reply_message_id, &message.message)).collect()
            }),
            found: false,
        });
        Some(groups.collect())
    });
    let failed =
        Signal::derive(move || offered.value().get().and_then(Result::err).map(|error| error.problem().detail));
    let texts = PickerTexts {
        title: t.insert,
        search: t.search,
        close: t.close,
        loading: common().loading,
        whole: t.whole,
        none_match: t.none_match,
        none_yet: t.none_yet,
        keys: t.keys,
    };
    let on_choose = Callback::new(move |item: Item| {
        choosing.insert(&item.text);
        // Counting is for the record, where there is one; a reply is not held up by it.
        if let (false, Ok(id)) = (remote(), item.id.parse::<ReplyMessageId>()) {
            spawn_local(async move { _ = use_reply_message(id).await });
        }
    });
    let on_key = Callback::new(move |()| choosing.insert(KEY));
    view! {
        <button class="btn btn-sm needs-js" type="button" aria-haspopup="dialog" on:click=move |_| choosing.begin()>
            {t.canned_reply} <kbd class="key" aria-hidden="true">{KEY}</kbd>
        </button>
        <Picker id open groups failed texts key=KEY on_key on_choose />
    }
}

/// Opens the list when its key is pressed where a line begins.
pub fn on_key(choosing: Insertion, pressed: &KeyboardEvent) {
    if pressed.key() == KEY && !pressed.ctrl_key() && !pressed.meta_key() && !pressed.alt_key() {
        choosing.begin_by(pressed, |before| before.is_none_or(|c| c == '\n'));
    }
}

/// The text with what its placeholders stand for on this ticket.
pub fn filled(text: &str, ticket: &Ticket) -> String {
    let assignee = ticket.assignee.as_ref().map(|assignee| assignee.name.as_str());
    fill(text, Filling { customer: &ticket.customer.name, number: ticket.number, assignee })
}
