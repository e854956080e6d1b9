//! The fields beside a text: subject, category, whatever else its form asks for. They are kept in the browser like the text,
//! and until it is sent.

use super::{Draft, storage, store};
use crate::{
    form::{Form, after_each},
    http::browser::when_awake,
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlFormElement, HtmlInputElement, HtmlOptionElement, HtmlSelectElement};

/// The fields that are kept: those that somebody fills in, but no passwords and no files.
const KEPT: &str = "input[name]:not([type=hidden], [type=password], [type=file]), select[name]";

/// What stands in a field, by its name.
type Filled = (String, String);

/// A field that is kept.
enum Field {
    Text(HtmlInputElement),
    /// One of a few, or one that is ticked or not.
    Tick(HtmlInputElement),
    Choice(HtmlSelectElement),
}

impl Draft {
    /// Keeps the other fields of the form too, and forgets all of it when it was sent. What came back with a refusal wins over
    /// what the browser remembers.
    pub fn with_fields(self, form: &Form) {
        let (sent, refused) = (form.successes(), form.was_refused());
        self.clear_after(sent);
        after_each(sent, move || self.remember_fields(&[]));
        Effect::new(move |met: Option<bool>| {
            let around = self.area.get().and_then(|area| area.form());
            if let (Some(form), false) = (around, met.unwrap_or(false)) {
                when_awake(move || self.meet_fields(&form, refused));
                return true;
            }
            met.unwrap_or(false)
        });
        let typed = window_event_listener(ev::input, move |typed| {
            let form = self.area.try_get_untracked().flatten().and_then(|area| area.form());
            let target = typed.target().and_then(|target| target.dyn_into::<Element>().ok());
            if let (Some(form), Some(target)) = (form, target)
                && form.contains(Some(&target))
            {
                self.remember_fields(&filled(&form));
            }
        });
        on_cleanup(move || typed.remove());
    }

    fn meet_fields(self, form: &HtmlFormElement, refused: bool) {
        // The page may have been left.
        let Some(place) = self.place.try_with_value(|place| fields_of(place)) else { return };
        let kept = storage().and_then(|storage| storage.get_item(&place).ok().flatten());
        let kept: Vec<Filled> = kept.and_then(|kept| serde_json::from_slice(kept.as_bytes()).ok()).unwrap_or_default();
        if !refused {
            each(form).into_iter().filter(Field::is_untouched).for_each(|field| field.fill(&kept));
        }
        // What was typed before our code arrived.
        self.remember_fields(&filled(form));
    }

    fn remember_fields(self, fields: &[Filled]) {
        let value = serde_json::to_string(fields).ok().filter(|_| !fields.is_empty());
        self.place.with_value(|place| store(&fields_of(place), value.as_deref()));
    }
}

fn fields_of(place: &str) -> String {
    format!("{place}:fields")
}

/// What somebody filled in.
fn filled(form: &HtmlFormElement) -> Vec<Filled> {
    each(form).iter().filter(|field| !field.is_untouched()).filter_map(Field::filled).collect()
}

fn each(form: &HtmlFormElement) -> Vec<Field> {
    let Ok(all) = form.query_selector_all(KEPT) else { return Vec::new() };
    (0..all.length()).filter_map(|nth| Field::of(all.item(nth)?.dyn_into().ok()?)).collect()
}

impl Field {
    fn of(element: Element) -> Option<Self> {
        match element.dyn_into::<HtmlSelectElement>() {
            Ok(select) => Some(Self::Choice(select)),
            Err(other) => {
                let input = other.dyn_into::<HtmlInputElement>().ok()?;
                Some(if matches!(&*input.type_(), "radio" | "checkbox") {
                    Self::Tick(input)
                } else {
                    Self::Text(input)
                })
            }
        }
    }

    /// Whether it is as the page came.
    fn is_untouched(&self) -> bool {
        match self {
            Self::Text(input) => input.value() == input.default_value(),
            Self::Tick(input) => input.checked() == input.default_checked(),
            Self::Choice(select) => select.value() == default_of(select),
        }
    }

    /// Its name, and what stands in it.
    fn filled(&self) -> Option<Filled> {
        match self {
            Self::Text(input) => Some((input.name(), input.value())),
            Self::Tick(input) => input.checked().then(|| (input.name(), input.value())),
            Self::Choice(select) => Some((select.name(), select.value())),
        }
    }

    /// Fills it in as it was kept, and tells whoever listens.
    fn fill(self, kept: &[Filled]) {
        let of = |name: String| kept.iter().filter(move |(kept, _)| *kept == name).map(|(_, value)| value);
        let element: Element = match self {
            Self::Text(input) => {
                let Some(value) = of(input.name()).next() else { return };
                input.set_value(value);
                input.into()
            }
            Self::Tick(input) => {
                if !of(input.name()).any(|value| *value == input.value()) {
                    return;
                }
                input.set_checked(true);
                input.into()
            }
            Self::Choice(select) => {
                let Some(value) = of(select.name()).next() else { return };
                select.set_value(value);
                if select.selected_index() < 0 {
                    select.set_value(&default_of(&select));
                }
                select.into()
            }
        };
        if let Ok(changed) = Event::new("change") {
            _ = element.dispatch_event(&changed);
        }
    }
}

/// What a choice stands at when nobody touches it.
fn default_of(select: &HtmlSelectElement) -> String {
    let options = select.query_selector_all("option").ok();
    let options = options.iter().flat_map(|all| (0..all.length()).filter_map(|nth| all.item(nth)));
    let mut options = options.filter_map(|option| option.dyn_into::<HtmlOptionElement>().ok()).peekable();
    let first = options.peek().map(HtmlOptionElement::value).unwrap_or_default();
    options.find(HtmlOptionElement::default_selected).map_or(first, |option| option.value())
}
