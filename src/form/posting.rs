//! A form as our own code posts it: what stands in its fields goes to its server function as it is, just as the browser
//! would post it. One path for all forms: a form of ours for each server function, which takes the fields apart and puts
//! them together again, was a tenth of what a browser had to load.

use super::after_each;
use crate::{error::AppError, viewer::viewer};
use contract::id::PersonId;
use leptos::{
    form::form_data_from_event,
    html,
    prelude::*,
    server_fn::{
        ServerFn,
        client::{Client, browser::BrowserClient},
        error::FromServerFnError,
        redirect::call_redirect_hook,
        request::{ClientReq, browser::BrowserRequest},
        response::ClientRes,
    },
};
use send_wrapper::SendWrapper;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, SubmitEvent, UrlSearchParams};

/// The parameter that says whose page something comes from.
pub const AS: &str = "as";
/// Before what our own code calls: the same, as a folder with that person's id.
pub const AS_FOLDER: &str = "/as/";

/// The posting of one form: what was sent last, whether it is on its way, what came of it.
#[derive(Clone, Copy)]
pub struct Posting {
    /// Where to: the URL of the server function.
    url: &'static str,
    /// Whose page it is posted from.
    whose: Option<PersonId>,
    sent: Action<String, Result<String, AppError>>,
}

impl Posting {
    /// Posts to this server function.
    pub fn to<S: ServerFn<Error = AppError>>() -> Self {
        let (url, whose) = (S::url(), viewer().map(|viewer| viewer.person.id));
        let sent = Action::new(move |fields: &String| SendWrapper::new(post(named(url, whose), fields.clone())));
        Self { url, whose, sent }
    }

    /// Sends these fields.
    pub fn send(self, fields: String) {
        self.sent.dispatch(fields);
    }

    /// Whether it is on its way.
    pub fn pending(self) -> Memo<bool> {
        self.sent.pending()
    }

    /// How often it came back.
    pub fn version(self) -> RwSignal<usize> {
        self.sent.version()
    }

    /// What came of the last try, if there was one.
    pub fn outcome(self) -> Option<Result<(), AppError>> {
        self.sent
            .value()
            .with(|outcome| outcome.as_ref().map(|outcome| outcome.as_ref().map(|_| ()).map_err(Clone::clone)))
    }

    /// What the server function answered to the last try.
    pub fn answer<T: DeserializeOwned>(self) -> Option<T> {
        self.sent.value().with(|outcome| serde_json::from_slice(outcome.as_ref()?.as_ref().ok()?.as_bytes()).ok())
    }
}

/// A form that is posted by our code in the browser, and by the browser itself where that does not run.
///
/// `<ActionForm action=form.action attr:class="…">…</ActionForm>`
#[component]
pub fn ActionForm(action: Posting, children: Children) -> impl IntoView {
    let post = move |submit: SubmitEvent| {
        if submit.default_prevented() {
            return;
        }
        submit.prevent_default();
        let fields = form_data_from_event(&submit).ok();
        let fields = fields.and_then(|fields| UrlSearchParams::new_with_str_sequence_sequence(&fields).ok());
        if let Some(fields) = fields {
            action.send(String::from(fields.to_string()));
        }
    };
    let form = NodeRef::<html::Form>::new();
    go_to_fault(action, form);
    html::form()
        .action(named(action.url, action.whose))
        .method("post")
        .on(leptos::ev::submit, post)
        .node_ref(form)
        .child(children())
}

/// Goes to the first field at fault when the form is refused: it may be far from the button that was pressed.
fn go_to_fault(action: Posting, form: NodeRef<html::Form>) {
    after_each(action.version().into(), move || {
        if !action.sent.value().with_untracked(|outcome| matches!(outcome, Some(Err(_)))) {
            return;
        }
        // What is marked is marked by then.
        request_animation_frame(move || {
            let Some(form) = form.try_get_untracked().flatten() else { return };
            let fault = form.query_selector("[aria-invalid=true]").ok().flatten();
            if let Some(field) = fault.and_then(|fault| fault.dyn_into::<HtmlElement>().ok()) {
                _ = field.focus();
            }
        });
    });
}

/// This address with the name of whose page it is on: another window may have signed somebody else in meanwhile, and what
/// this one writes is not theirs. The server looks (`server/session.rs`).
pub fn named(url: &str, whose: Option<PersonId>) -> String {
    whose.map_or_else(|| url.to_owned(), |id| format!("{url}?{AS}={id}"))
}

async fn post(url: String, fields: String) -> Result<String, AppError> {
    const FIELDS: &str = "application/x-www-form-urlencoded";
    const ANSWER: &str = "application/json";
    let request = <BrowserRequest as ClientReq<AppError>>::try_new_post(&url, FIELDS, ANSWER, fields)?;
    let response = <BrowserClient as Client<AppError>>::send(request).await?;
    let status = ClientRes::<AppError>::status(&response);
    let onwards = (300..400).contains(&status) || ClientRes::<AppError>::has_redirect(&response);
    let to = ClientRes::<AppError>::location(&response);
    if (400..600).contains(&status) {
        return Err(AppError::de(ClientRes::<AppError>::try_into_bytes(response).await?));
    }
    let answer = ClientRes::<AppError>::try_into_string(response).await?;
    if onwards {
        call_redirect_hook(&to);
    }
    Ok(answer)
}
