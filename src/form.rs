//! Forms that lose nothing. A form is posted by a server action when the browser runs our code, and by the browser
//! itself when it does not; either way a refusal comes back to the same fields with what was typed.

use crate::{error::AppError, http};
use contract::{Code, Problem, file::File};
use leptos::{prelude::*, server_fn::ServerFn};
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
    pub files: Vec<File>,
    pub problem: Option<Problem>,
}

/// Takes over a refused form from the server. Called once, by the application.
pub fn provide_refused() {
    let refused = SharedValue::new(|| http::left_with_request::<Refused>().unwrap_or_default()).into_inner();
    provide_context(StoredValue::new(refused));
}

/// The refused form that this page was rendered for, if any.
pub fn refused() -> Option<Refused> {
    use_context::<StoredValue<Refused>>().map(|stored| stored.get_value()).filter(|refused| refused.problem.is_some())
}

/// One form on a page, tied to its action.
pub struct Form<S: ServerFn<Error = AppError> + Send + Sync + 'static>
where
    S::Output: Send + Sync + 'static,
{
    pub action: ServerAction<S>,
    refused: StoredValue<Option<Refused>>,
    /// Why the last try was refused.
    pub problem: Signal<Option<Problem>>,
}

impl<S: ServerFn<Error = AppError> + Send + Sync + 'static> Clone for Form<S>
where
    S::Output: Send + Sync + 'static,
{
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: ServerFn<Error = AppError> + Send + Sync + 'static> Copy for Form<S> where S::Output: Send + Sync + 'static {}

/// A form for this server function, with whatever a refused try left behind.
pub fn use_form<S>() -> Form<S>
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    form_left_by(|_| true)
}

/// One of several forms for this server function on a page, told apart by what this field of it holds.
pub fn use_form_of<S>(field: &str, value: &str) -> Form<S>
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    form_left_by(|refused| refused.fields.iter().any(|(name, held)| name == field && held == value))
}

fn form_left_by<S>(own: impl Fn(&Refused) -> bool) -> Form<S>
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    let action = ServerAction::<S>::new();
    let refused = refused().filter(|refused| refused.action == S::url() && own(refused));
    let earlier = refused.as_ref().and_then(|r| r.problem.clone());
    let problem = Signal::derive(move || match action.value().get() {
        Some(Err(error)) => Some(error.problem()),
        Some(Ok(_)) => None,
        None => earlier.clone(),
    });
    Form { action, refused: StoredValue::new(refused), problem }
}

impl<S> Form<S>
where
    S: ServerFn<Error = AppError> + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
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
    pub fn successes(&self) -> Signal<usize>
    where
        S: Clone,
    {
        let action = self.action;
        Memo::new(move |before: Option<&usize>| {
            let succeeded = action.value().with(|value| matches!(value, Some(Ok(_))));
            // The value is set after the version, so that it is this try's version.
            if succeeded { action.version().get_untracked() } else { before.copied().unwrap_or(0) }
        })
        .into()
    }

    /// The files that arrived with the refused try.
    pub fn files(&self) -> Vec<File> {
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
    SharedValue::new(http::random_key).into_inner()
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
pub fn KeyField<S>(form: Form<S>) -> impl IntoView
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    let arrived = move || form.problem.with(|p| p.as_ref().is_some_and(|p| p.code == Code::IdempotencyKeyReused));
    let (fresh, earlier) = (new_key(), form.value("key", ""));
    let key = RwSignal::new(if earlier.is_empty() || untrack(arrived) { fresh } else { earlier });
    let sent = form.successes();
    let used = Memo::new(move |before: Option<&usize>| before.copied().unwrap_or(0) + usize::from(arrived()));
    after_each(sent, move || key.set(http::random_key()));
    after_each(used.into(), move || key.set(http::random_key()));
    view! { <input type="hidden" name="key" prop:value=move || key.get() value=key.get_untracked() /> }
}
