//! Mentioning somebody of staff in a note: by its button, or by `@` where a word begins.

use super::insertion::Insertion;
use crate::{
    rpc::people::staff,
    texts::{common, notifications},
    ui::picker::{Group, Item, Picker, PickerTexts, when_opened},
    viewer::{remote, viewer},
};
use contract::{id::PersonId, mention::written, person::present};
use leptos::{ev::KeyboardEvent, prelude::*};

/// The key that opens the list.
const KEY: &str = "@";

/// The button, and the list behind it. Where a gateway keeps the tickets nobody would be told.
#[component]
pub fn Mentions(mentioning: Insertion) -> impl IntoView {
    let t = notifications();
    let open = mentioning.open;
    let people = Action::new(|()| staff());
    when_opened(open, move || drop(people.dispatch(())));
    let me = viewer().map(|viewer| viewer.person.id);
    let groups = Signal::derive(move || {
        let Some(Ok(all)) = people.value().get() else { return None };
        let others = present(all).map(|contact| contact.person).filter(|person| Some(person.id) != me);
        let items = others.map(|person| Item { id: person.id.to_string(), text: person.name, hint: String::new() });
        Some(vec![Group { name: t.staff.to_owned(), items: items.collect(), found: false }])
    });
    let failed = Signal::derive(move || people.value().get().and_then(Result::err).map(|error| error.problem().detail));
    let texts = PickerTexts {
        title: t.mention_somebody,
        search: t.search,
        close: t.close,
        loading: common().loading,
        whole: "",
        none_match: t.no_match,
        none_yet: t.nobody,
        keys: t.keys,
    };
    let on_choose = Callback::new(move |item: Item| {
        if let Ok(id) = item.id.parse::<PersonId>() {
            mentioning.insert(&format!("{} ", written(&item.text, id)));
        }
    });
    let on_key = Callback::new(move |()| mentioning.insert(KEY));
    (!remote()).then(|| view! {
        <button class="btn btn-sm needs-js" type="button" aria-haspopup="dialog" on:click=move |_| mentioning.begin()>
            {t.mention} <kbd class="key" aria-hidden="true">{KEY}</kbd>
        </button>
        <Picker id="note-mention" open groups failed texts key=KEY on_key whole=false on_choose />
    })
}

/// Opens the list when its key is pressed where a word begins.
pub fn on_key(mentioning: Insertion, pressed: &KeyboardEvent) {
    // Many layouts type it with AltGr, which some browsers report as Ctrl and Alt.
    if pressed.key() == KEY && !remote() && !pressed.meta_key() && pressed.ctrl_key() <= pressed.alt_key() {
        mentioning.begin_by(pressed, |before| before.is_none_or(char::is_whitespace));
    }
}
