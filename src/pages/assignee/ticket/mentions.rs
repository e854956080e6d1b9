//! Mentioning somebody of staff in a note: by its button, or by `@` where a word begins.

use crate::{
    draft::Draft,
    rpc::people::staff,
    texts::{common, notifications},
    ui::picker::{Group, Item, Picker, PickerTexts},
    viewer::{remote, viewer},
};
use contract::{id::PersonId, mention::written};
use leptos::{ev::KeyboardEvent, prelude::*};

/// The key that opens the list.
const KEY: &str = "@";

/// Mentioning in what is written in a draft.
#[derive(Clone, Copy)]
pub struct Mentioning {
    draft: Draft,
    open: RwSignal<bool>,
    /// Where the caret stood, or what was selected. Not every browser keeps it while the list has the focus.
    place: StoredValue<(u32, u32)>,
}

/// Mentioning in this draft.
pub fn use_mentioning(draft: Draft) -> Mentioning {
    Mentioning { draft, open: RwSignal::new(false), place: StoredValue::new((0, 0)) }
}

/// The button, and the list behind it. Where a gateway keeps the tickets nobody would be told.
#[component]
pub fn Mentions(mentioning: Mentioning) -> impl IntoView {
    let t = notifications();
    let open = mentioning.open;
    let people = Action::new(|()| staff());
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if now && before == Some(false) {
            people.dispatch(());
        }
        now
    });
    let me = viewer().map(|viewer| viewer.person.id);
    let groups = Signal::derive(move || {
        let Some(Ok(all)) = people.value().get() else { return None };
        let others = all.into_iter().filter(|person| Some(person.id) != me);
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

impl Mentioning {
    /// Opens the list when its key is pressed where a word begins.
    pub fn on_key(self, pressed: &KeyboardEvent) {
        // Many layouts type it with AltGr, which some browsers report as Ctrl and Alt.
        let typed = pressed.key() == KEY && !pressed.meta_key() && pressed.ctrl_key() <= pressed.alt_key();
        let begins = || self.draft.before_caret().is_some_and(|before| before.is_none_or(char::is_whitespace));
        if typed && !remote() && !pressed.is_composing() && begins() {
            pressed.prevent_default();
            self.begin();
        }
    }

    fn begin(self) {
        self.place.set_value(self.draft.selection());
        self.open.set(true);
    }

    fn insert(self, text: &str) {
        self.draft.insert(self.place.get_value(), text);
    }
}
