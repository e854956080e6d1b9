//! What the list is asked for: the address of the page, and the form that changes it.

use crate::{
    texts::portal,
    ui::icon::{Icon, LuSearch},
};
use contract::{
    choice::Choices,
    text::QUERY_MAX,
    ticket::{Category, Status},
    view::Scope,
};
use leptos::{html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate, location::Url, params::ParamsMap};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, SubmitEvent};

/// What stands in the address of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// Those the viewer follows, rather than their own.
    pub followed: bool,
    pub status: String,
    pub category: String,
    pub q: String,
    /// Where the page before ended; empty for the newest.
    pub cursor: String,
}

impl Wanted {
    /// As the address says.
    pub fn of(query: &ParamsMap) -> Self {
        let text = |key| query.get(key).unwrap_or_default();
        Self {
            followed: query.get_str("view") == Some("followed"),
            status: text("status"),
            category: text("category"),
            q: text("q"),
            cursor: text("cursor"),
        }
    }

    /// Whose tickets.
    pub fn scope(&self) -> Scope {
        if self.followed { Scope::Followed } else { Scope::All }
    }

    /// Whether anything is left out.
    pub fn filters(&self) -> bool {
        ![&self.status, &self.category, &self.q].iter().all(|text| text.trim().is_empty())
    }

    /// As `TicketFilter` takes it, for this many rows.
    pub fn query(&self, rows: u32) -> String {
        self.pairs(&[("cursor", &self.cursor), ("pageSize", &rows.to_string())])
    }

    /// The address of the same list from this cursor on.
    pub fn href(&self, cursor: &str) -> String {
        let view = if self.followed { "followed" } else { "" };
        let query = self.pairs(&[("view", view), ("cursor", cursor)]);
        if query.is_empty() { "/tickets".to_owned() } else { format!("/tickets?{query}") }
    }

    fn pairs(&self, more: &[(&str, &str)]) -> String {
        let own = [("status", self.status.as_str()), ("category", &self.category), ("q", self.q.trim())];
        let given = own.iter().chain(more).filter(|(_, value)| !value.is_empty());
        given.map(|(key, value)| format!("{key}={}", Url::escape(value))).collect::<Vec<_>>().join("&")
    }
}

/// The two lists, and the form that narrows them: a plain GET, so that a filtered list is an address.
#[component]
pub fn Filters(wanted: Memo<Wanted>) -> impl IntoView {
    let t = portal();
    let place = NodeRef::<html::Div>::new();
    // The controls stand as the address says, also after going back; until then what is being typed stays.
    Effect::new(move |before: Option<Wanted>| {
        let now = wanted.get();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(move || reset(place));
        }
        now
    });
    let tab = move |followed: bool, label: &'static str| {
        let href = Wanted { followed, ..Wanted::default() }.href("");
        let current = move || wanted.with(|w| w.followed == followed).then_some("page");
        view! { <a class="portal-tab" href=href aria-current=current>{label}</a> }
    };
    // The address that the browser would go to itself, without what is empty in it.
    let navigate = use_navigate();
    let narrow = move |submit: SubmitEvent| {
        submit.prevent_default();
        let form = submit.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let Some(typed) = form.and_then(|form| FormData::new_with_form(&form).ok()) else { return };
        let text = |name| typed.get(name).as_string().unwrap_or_default();
        let followed = wanted.with_untracked(|w| w.followed);
        let to =
            Wanted { followed, status: text("status"), category: text("category"), q: text("q"), ..Wanted::default() };
        navigate(&to.href(""), NavigateOptions { scroll: false, ..NavigateOptions::default() });
    };
    view! {
        <nav class="flex gap-4 border-b border-base-300" aria-label=t.my_tickets>
            {tab(false, t.filed_by_me)} {tab(true, t.followed)}
        </nav>
        <div role="search" node_ref=place aria-label=t.filters>
            <form class="grid grid-cols-2 gap-2 sm:flex" method="get" action="/tickets" on:submit=narrow>
                {move || wanted.with(|w| w.followed).then(|| view! { <input type="hidden" name="view" value="followed" /> })}
                <label class="input input-sm col-span-2 w-full sm:w-auto sm:flex-1">
                    <Icon icon=LuSearch />
                    <span class="sr-only">{t.words}</span>
                    <input type="search" name="q" dir="auto" maxlength=QUERY_MAX.to_string() placeholder=t.words value=move || wanted.with(|w| w.q.clone()) />
                </label>
                <Narrow name="status" label=t.status any=t.any_status choices=Status::choices() chosen=Signal::derive(move || wanted.with(|w| w.status.clone())) />
                <Narrow name="category" label=t.category any=t.any_category choices=Category::choices() chosen=Signal::derive(move || wanted.with(|w| w.category.clone())) />
                <button class="btn btn-sm col-span-2 border-base-300 bg-base-100" type="submit">{t.filter}</button>
            </form>
        </div>
    }
}

#[component]
fn Narrow(
    name: &'static str,
    label: &'static str,
    any: &'static str,
    choices: Vec<contract::choice::Choice>,
    chosen: Signal<String>,
) -> impl IntoView {
    let options = choices.into_iter().map(move |choice| {
        let value = choice.value.clone();
        view! { <option value=choice.value selected=move || chosen.get() == value>{choice.label}</option> }
    });
    view! {
        <select class="select select-sm w-full sm:w-36" name=name aria-label=label>
            <option value="">{any}</option>
            {options.collect_view()}
        </select>
    }
}

/// Puts the controls back to what the address says.
fn reset(place: NodeRef<html::Div>) {
    let form = place.get_untracked().and_then(|place| place.query_selector("form").ok().flatten());
    if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        form.reset();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted() -> Wanted {
        Wanted { status: "OPEN".into(), q: " hotel & bar ".into(), ..Wanted::default() }
    }

    #[test]
    fn a_filtered_list_is_an_address() {
        assert_eq!(Wanted::default().href(""), "/tickets");
        assert_eq!(wanted().href(""), "/tickets?status=OPEN&q=hotel%20%26%20bar");
        let followed = Wanted { followed: true, ..wanted() };
        assert_eq!(followed.href("c1"), "/tickets?status=OPEN&q=hotel%20%26%20bar&view=followed&cursor=c1");
    }

    #[test]
    fn the_service_is_asked_for_what_the_address_says() {
        assert_eq!(wanted().query(25), "status=OPEN&q=hotel%20%26%20bar&pageSize=25");
        assert!(wanted().filters() && !Wanted { q: " ".into(), ..Wanted::default() }.filters());
    }
}
