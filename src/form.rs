//! Forms that lose nothing. A form is posted by a server action when the browser runs our code, and by the browser
//! itself when it does not; either way a refusal comes back to the same fields with what was typed.

mod posting;

use crate::{error::AppError, http, json::shared, ui::upload::Arrived};
use contract::{Code, Problem};
use leptos::{prelude::*, server_fn::ServerFn};
pub use posting::{AS, AS_FOLDER, ActionForm, Posting, named};
use serde::{Deserialize, Serialize};

/// The hidden field that names the page of a form, on a page that stands at another address than its own.
pub const PAGE_FIELD: &str = "page";

/// A form that the browser posted itself and that was refused: what stood in it, and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    /// Where it was posted: the URL of its server function.
    pub action: String,
    /// The page that holds it.
    pub page: String,
    /// What was typed, without passwords.
    pub fields: Vec<(String, String)>,
    /// Files that did arrive.
    pub files: Vec<Arrived>,
    pub problem: Option<Problem>,
}

/// Takes over a refused form from the server. Called once, by the application.
pub fn provide_refused() {
    let refused = shared(|| http::left_with_request::<Refused>().unwrap_or_default());
    provide_context(StoredValue::new(refused));
}

/// The refused form that this page was rendered for, if any.
pub fn refused() -> Option<Refused> {
    use_context::<StoredValue<Refused>>().map(|stored| stored.get_value()).filter(|refused| refused.problem.is_some())
}

/// One form on a page, tied to its posting.
#[derive(Clone, Copy)]
pub struct Form {
    pub action: Posting,
    refused: StoredValue<Option<Refused>>,
    /// Why the last try was refused.
    pub problem: Signal<Option<Problem>>,
}

/// A form for this server function, with whatever a refused try left behind.
pub fn use_form<S: ServerFn<Error = AppError>>() -> Form {
    Form::left_by(Posting::to::<S>(), S::url(), None)
}

/// One of several forms for this server function on a page, told apart by what this field of it holds.
pub fn use_form_of<S: ServerFn<Error = AppError>>(field: &str, value: &str) -> Form {
    Form::left_by(Posting::to::<S>(), S::url(), Some((field, value)))
}

impl Form {
    fn left_by(action: Posting, url: &str, own: Option<(&str, &str)>) -> Self {
        let is_own = |refused: &Refused| match own {
            Some((field, value)) => refused.fields.iter().any(|(name, held)| name == field && held == value),
            None => true,
        };
        let refused = refused().filter(|refused| refused.action == url && is_own(refused));
        let earlier = refused.as_ref().and_then(|r| r.problem.clone());
        let problem = Signal::derive(move || match action.outcome() {
            Some(Err(error)) => Some(error.problem()),
            Some(Ok(())) => None,
            None => earlier.clone(),
        });
        Self { action, refused: StoredValue::new(refused), problem }
    }

    /// What was typed into this field before the refusal, or the given start.
    pub fn value(&self, field: &str, start: &str) -> String {
        let typed = self.refused.with_value(|refused| {
            let mut fields = refused.as_ref()?.fields.iter();
            fields.find(|(name, _)| name == field).map(|(_, value)| value.clone())
        });
        typed.unwrap_or_else(|| start.to_owned())
    }

    /// What was ticked under this name before the refusal.
    pub fn values(&self, field: &str) -> Vec<String> {
        self.refused.with_value(|refused| {
            let fields = refused.iter().flat_map(|refused| &refused.fields);
            fields.filter(|(name, _)| name == field).map(|(_, value)| value.clone()).collect()
        })
    }

    /// Whether a refused try of this form is being shown.
    pub fn was_refused(&self) -> bool {
        self.refused.with_value(Option::is_some)
    }

    /// How often it was sent with success. Keys, files and drafts are renewed when it grows.
    pub fn successes(&self) -> Signal<usize> {
        let action = self.action;
        Memo::new(move |before: Option<&usize>| {
            let succeeded = matches!(action.outcome(), Some(Ok(())));
            // The value is set after the version, so that it is this try's version.
            if succeeded { action.version().get_untracked() } else { before.copied().unwrap_or(0) }
        })
        .into()
    }

    /// Whether something stands in it that was not sent yet: what came back with a refusal, or was typed since, which the
    /// form says. It stays then, even when somebody else does meanwhile what it is for.
    pub fn touched(&self) -> RwSignal<bool> {
        let touched = RwSignal::new(self.was_refused());
        after_each(self.successes(), move || touched.set(false));
        touched
    }

    /// What stands in a field that shows what is: as it came, then what is now, for as long as nobody touches the form.
    pub fn following(self, field: &'static str, touched: RwSignal<bool>, now: Memo<String>) -> Memo<String> {
        Memo::new(move |before: Option<&String>| match (before, touched.get(), now.get()) {
            (None, _, now) => self.value(field, &now),
            (Some(before), true, _) => before.clone(),
            (Some(_), false, now) => now,
        })
    }

    /// The files that arrived with the refused try.
    pub fn files(&self) -> Vec<Arrived> {
        self.refused.with_value(|refused| refused.as_ref().map(|r| r.files.clone())).unwrap_or_default()
    }

    /// What is wrong with this field, named as on the wire.
    pub fn error(&self, field: &'static str) -> Signal<Option<String>> {
        let problem = self.problem;
        Signal::derive(move || problem.with(|p| p.as_ref().and_then(|p| p.about(field).map(str::to_owned))))
    }

    /// What is wrong with the form as a whole: the refusal, unless fields carry it.
    pub fn error_elsewhere(&self, fields: &'static [&'static str]) -> Signal<Option<Problem>> {
        let problem = self.problem;
        Signal::derive(move || {
            problem
                .get()
                .filter(|p| p.errors.is_empty() || p.errors.iter().any(|e| !fields.contains(&e.field.as_str())))
        })
    }
}

/// A new key for one intended POST, so that a double click or a repeated send counts once (`Idempotency-Key`).
pub fn new_key() -> String {
    shared(http::random_key)
}

/// Does this each time the number grows, such as [`Form::successes`]. In the browser only.
pub fn after_each(successes: Signal<usize>, then: impl Fn() + 'static) {
    Effect::new(move |before: Option<usize>| {
        let now = successes.get();
        if before.is_some_and(|before| before != now) {
            then();
        }
        now
    });
}

/// Names the page in a form of it, when the page shows a refused form: its address is then not its own.
#[component]
pub fn PageField() -> impl IntoView {
    refused().map(|refused| view! { <input type="hidden" name=PAGE_FIELD value=refused.page /> })
}

/// The key of a form: hidden. A try that failed is repeated with the same key, so that nothing is sent twice; a success
/// renews it, and so does the answer that an earlier try with it has arrived after all.
#[component]
pub fn KeyField(form: Form) -> impl IntoView {
    let arrived = move || form.problem.with(|p| p.as_ref().is_some_and(|p| p.code == Code::IdempotencyKeyReused));
    let (fresh, earlier) = (new_key(), form.value("key", ""));
    let key = RwSignal::new(if earlier.is_empty() || untrack(arrived) { fresh } else { earlier });
    let sent = form.successes();
    let used = Memo::new(move |before: Option<&usize>| before.copied().unwrap_or(0) + usize::from(arrived()));
    after_each(sent, move || key.set(http::random_key()));
    after_each(used.into(), move || key.set(http::random_key()));
    view! { <input type="hidden" name="key" prop:value=move || key.get() value=key.get_untracked() /> }
}
