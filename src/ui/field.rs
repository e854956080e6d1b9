//! Form fields: label, control, hint and error, tied together for eyes and screen readers alike.

use crate::{draft::Draft, http::in_textarea};
use leptos::prelude::*;

/// What frames a control. The control must carry `id`, and `aria-describedby` of `describes(id)`.
#[component]
pub fn Field(
    /// The id of the control.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    #[prop(into, optional)] hint: String,
    #[prop(into, optional)] error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let described = describes(&id);
    view! {
        <div class="flex flex-col gap-1">
            <label class="font-medium" for=id>{label}</label>
            {children()}
            <div id=described class="empty:hidden">
                {(!hint.is_empty()).then(|| view! { <p class="text-base-content/70">{hint.clone()}</p> })}
                {move || error.get().map(|error| view! { <p class="field-error" role="alert">{error}</p> })}
            </div>
        </div>
    }
}

/// Whether the page is made for a form that was refused here: the browser goes to the first such field by itself.
fn at_fault(error: Signal<Option<String>>) -> bool {
    error.with_untracked(Option::is_some)
}

/// The id of the texts that describe a control.
pub fn describes(id: &str) -> String {
    format!("{id}-about")
}

/// One line of text. `<TextField id="subject" name="subject" label="Subject" value=… error=… />`
#[component]
pub fn TextField(
    #[prop(into)] id: String,
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(into, optional)] value: String,
    #[prop(into, optional)] hint: String,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] maxlength: Option<usize>,
    #[prop(default = false)] required: bool,
) -> impl IntoView {
    let (described, autofocus) = (describes(&id), at_fault(error));
    view! {
        <Field id=id.clone() label hint error>
            <input
                class="input w-full"
                id=id
                name=name
                type=kind
                value=value
                dir="auto"
                autocomplete=autocomplete
                maxlength=maxlength.map(|max| max.to_string())
                required=required
                aria-describedby=described
                aria-invalid=move || error.get().is_some().then_some("true")
                autofocus=autofocus
            />
        </Field>
    }
}

/// Several lines of text, growing with what is typed. `<TextArea id="reply" name="body" label="Reply" draft error=… />`
#[component]
pub fn TextArea(
    #[prop(into)] id: String,
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(into, optional)] value: String,
    #[prop(into, optional)] hint: String,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] placeholder: Option<&'static str>,
    /// Keeps what is typed until it is sent.
    #[prop(optional)]
    draft: Option<Draft>,
    #[prop(optional)] maxlength: Option<usize>,
    #[prop(default = false)] required: bool,
) -> impl IntoView {
    let (described, autofocus) = (describes(&id), at_fault(error));
    let area = draft.map_or_else(NodeRef::new, |draft| draft.area);
    view! {
        <Field id=id.clone() label hint error>
            <textarea
                class="textarea w-full grows"
                id=id
                name=name
                rows=rows.to_string()
                dir="auto"
                placeholder=placeholder
                maxlength=maxlength.map(|max| max.to_string())
                required=required
                aria-describedby=described
                aria-invalid=move || error.get().is_some().then_some("true")
                autofocus=autofocus
                node_ref=area
                on:input=move |_| {
                    if let Some(draft) = draft {
                        draft.typed();
                    }
                }
            >
                {in_textarea(value)}
            </textarea>
        </Field>
    }
}

/// A choice of one. `options` are (value, label).
#[component]
pub fn Select(
    #[prop(into)] id: String,
    name: &'static str,
    #[prop(into)] label: String,
    options: Vec<(String, String)>,
    #[prop(into, optional)] value: String,
    #[prop(into, optional)] hint: String,
    #[prop(into, optional)] error: Signal<Option<String>>,
    /// What stands there until one is chosen, which then has to be; without it the first is.
    #[prop(optional)]
    unchosen: Option<&'static str>,
) -> impl IntoView {
    let (described, autofocus) = (describes(&id), at_fault(error));
    let required = unchosen.is_some();
    let unchosen = unchosen.map(|text| (String::new(), text.to_owned()));
    let options = unchosen.into_iter().chain(options).map(move |(given, label)| {
        let selected = given == value;
        view! { <option value=given selected=selected>{label}</option> }
    });
    view! {
        <Field id=id.clone() label hint error>
            <select class="select w-full" id=id name=name required=required autofocus=autofocus aria-describedby=described aria-invalid=move || error.get().is_some().then_some("true")>
                {options.collect_view()}
            </select>
        </Field>
    }
}
