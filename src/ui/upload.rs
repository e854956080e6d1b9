//! Attaching files. Without our code it is a plain file input that travels with its form. With it, files are uploaded
//! as soon as they are chosen, dropped or pasted, each with its progress and a way to cancel, and the form carries
//! their ids.

use crate::{
    format,
    ui::icon::{Icon, LuPaperclip, LuX},
};
use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{ClipboardEvent, DragEvent, File, FileList, FormData, HtmlFormElement, ProgressEvent, XmlHttpRequest};

/// A file that arrived already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Arrived {
    pub id: String,
    pub name: String,
    /// Bytes.
    pub size: i64,
}

/// What the component says; all of it, so that it can be said in another language.
#[derive(Clone, Copy)]
pub struct UploadTexts {
    pub attach: &'static str,
    pub hint: &'static str,
    pub uploading: &'static str,
    pub failed: &'static str,
    pub try_again: &'static str,
    pub remove: &'static str,
    pub still_uploading: &'static str,
    /// That so many were not attached, and what can be done.
    pub not_attached: fn(usize) -> String,
}

#[derive(Clone, Copy)]
struct Item {
    key: u64,
    name: StoredValue<String>,
    size: i64,
    /// The file itself, unless it arrived with an earlier try.
    file: StoredValue<Option<SendWrapper<File>>>,
    percent: RwSignal<u32>,
    state: RwSignal<State>,
    request: StoredValue<Option<SendWrapper<XmlHttpRequest>>>,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    Uploading,
    Arrived(String),
    Failed { why: String, again: Again },
}

/// Whether the same file may arrive when it is sent once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Again {
    Perhaps,
    Never,
}

/// `<Upload id="files" url="/rpc/files/upload" texts=… cleared=action.version() />`
#[component]
pub fn Upload(
    #[prop(into)] id: String,
    /// Takes a form with the field `file` and answers a list of `{fileId, name, size}`.
    #[prop(into)]
    url: String,
    texts: UploadTexts,
    /// Files that arrived with an earlier try.
    #[prop(optional)]
    earlier: Vec<Arrived>,
    /// Files that come back to the form; taken over, and emptied.
    #[prop(default = None)]
    back: Option<RwSignal<Vec<Arrived>>>,
    /// Grows when the form was sent and the files belong to what was sent.
    #[prop(into)]
    cleared: Signal<usize>,
    #[prop(into, optional)] error: Signal<Option<String>>,
) -> impl IntoView {
    let url = StoredValue::new(url);
    let items =
        RwSignal::new(earlier.into_iter().zip(0_u64..).map(|(file, key)| Item::arrived(key, file)).collect::<Vec<_>>());
    let root = NodeRef::<html::Div>::new();
    let (over, early, told) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(0));
    Effect::new(move |before: Option<usize>| {
        let now = cleared.get();
        if before.is_some_and(|before| before != now) {
            items.set(Vec::new());
            told.set(0);
        }
        now
    });
    Effect::new(move |_| {
        if let Some(form) = root
            .get()
            .and_then(|el| el.closest("form").ok().flatten())
            .and_then(|el| el.dyn_into::<HtmlFormElement>().ok())
        {
            listen(&form, url, Uploading { items, over, early, told });
        }
    });
    // What an effect makes is gone when it runs again; these stay as long as the field.
    let here = Owner::current().unwrap_or_default();
    Effect::new(move |_| {
        let Some(back) = back.filter(|back| back.with(|files| !files.is_empty())) else { return };
        for file in back.write().drain(..) {
            let item = here.with(|| Item::arrived(next_key(items), file));
            items.update(|all| all.push(item));
        }
    });
    let input = NodeRef::<html::Input>::new();
    let take = move |input: &web_sys::HtmlInputElement| {
        if let Some(files) = input.files().filter(|files| files.length() > 0) {
            add(&files, url, items);
            input.set_value("");
        }
    };
    // Files that were chosen before our code arrived.
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            take(&input);
        }
    });
    let missing = move || if told.get() > 0 { items.with(|all| failed(all, |item| item.state.get())) } else { 0 };
    let waiting = move || early.get() && items.with(|all| all.iter().any(|item| item.state.get() == State::Uploading));
    let ids = move || {
        let ids = items.get().into_iter().filter_map(|item| match item.state.get() {
            State::Arrived(id) => Some(id),
            _ => None,
        });
        ids.collect::<Vec<_>>().join(",")
    };
    view! {
        <div class="upload" class:upload-over=move || over.get() node_ref=root>
            <input type="hidden" name="file_ids" value=ids prop:value=ids />
            <ul class="flex flex-col gap-1 empty:hidden">
                <For each=move || items.get() key=|item| item.key let(item)>
                    <Row item url texts items input />
                </For>
            </ul>
            <div class="flex flex-wrap items-center gap-2">
                <label class="btn btn-sm">
                    <Icon icon=LuPaperclip />
                    {texts.attach}
                    <input
                        class="sr-only"
                        id=id
                        type="file"
                        name="files"
                        multiple
                        node_ref=input
                        on:change=move |change| take(&event_target(&change))
                    />
                </label>
                <span class="text-base-content/70">{texts.hint}</span>
            </div>
            {move || waiting().then(|| view! { <p class="field-error" role="alert">{texts.still_uploading}</p> })}
            {move || Some(missing()).filter(|missing| *missing > 0).map(|missing| view! { <p class="field-error" role="alert">{(texts.not_attached)(missing)}</p> })}
            {move || error.get().map(|error| view! { <p class="field-error" role="alert">{error}</p> })}
        </div>
    }
}

#[component]
fn Row(
    item: Item,
    url: StoredValue<String>,
    texts: UploadTexts,
    items: RwSignal<Vec<Item>>,
    /// Where others are attached.
    input: NodeRef<html::Input>,
) -> impl IntoView {
    let name = item.name.get_value();
    let label = format!("{} {name}", texts.remove);
    let again_label = format!("{}: {name}", texts.try_again);
    let try_again = move |_| {
        item.percent.set(0);
        item.state.set(State::Uploading);
        item.file.with_value(|file| {
            if let Some(file) = file {
                send(file, url, item);
            }
        });
    };
    let drop_it = move |_| {
        item.request.with_value(|request| {
            if let Some(request) = request {
                _ = request.abort();
            }
        });
        items.update(|all| all.retain(|other| other.key != item.key));
        if let Some(input) = input.get_untracked() {
            _ = input.focus();
        }
    };
    view! {
        <li class="file-chip">
            <bdi class="truncate font-medium">{name}</bdi>
            <span class="text-base-content/70">{format::size(item.size)}</span>
            {move || match item.state.get() {
                State::Uploading => {
                    view! {
                        <progress class="progress progress-primary w-20" max="100" value=move || item.percent.get().to_string() aria-label=texts.uploading></progress>
                    }
                        .into_any()
                }
                State::Arrived(_) => ().into_any(),
                State::Failed { why, again } => {
                    let label = again_label.clone();
                    view! {
                        <span class="field-error" role="alert">{texts.failed} ": " {why}</span>
                        {(again == Again::Perhaps).then(|| view! { <button class="btn btn-xs" type="button" aria-label=label on:click=try_again>{texts.try_again}</button> })}
                    }
                        .into_any()
                }
            }}
            <button class="btn btn-ghost btn-xs btn-square ms-auto needs-js" type="button" aria-label=label on:click=drop_it>
                <Icon icon=LuX />
            </button>
        </li>
    }
}

impl Item {
    fn arrived(key: u64, file: Arrived) -> Self {
        Self {
            key,
            name: StoredValue::new(file.name),
            size: file.size,
            file: StoredValue::new(None),
            percent: RwSignal::new(100),
            state: RwSignal::new(State::Arrived(file.id)),
            request: StoredValue::new(None),
        }
    }
}

/// What the form's events change.
#[derive(Clone, Copy)]
struct Uploading {
    items: RwSignal<Vec<Item>>,
    /// Whether files hover over the form.
    over: RwSignal<bool>,
    /// Whether somebody tried to send while files were on their way.
    early: RwSignal<bool>,
    /// Of how many files that failed the author was told when they tried to send: once told, they may send without.
    told: RwSignal<usize>,
}

/// Files dropped on the form or pasted into it are attached; a form is not sent while files are on their way, nor
/// without a file that failed before its author was told.
fn listen(form: &HtmlFormElement, url: StoredValue<String>, Uploading { items, over, early, told }: Uploading) {
    let on_over = Closure::<dyn Fn(DragEvent)>::new(move |drag: DragEvent| {
        drag.prevent_default();
        over.set(true);
    });
    let on_leave = Closure::<dyn Fn()>::new(move || over.set(false));
    let on_drop = Closure::<dyn Fn(DragEvent)>::new(move |drop: DragEvent| {
        over.set(false);
        if let Some(files) = drop.data_transfer().and_then(|data| data.files()).filter(|files| files.length() > 0) {
            drop.prevent_default();
            add(&files, url, items);
        }
    });
    let on_paste = Closure::<dyn Fn(ClipboardEvent)>::new(move |paste: ClipboardEvent| {
        if let Some(files) = paste.clipboard_data().and_then(|data| data.files()).filter(|files| files.length() > 0) {
            paste.prevent_default();
            add(&files, url, items);
        }
    });
    let on_submit = Closure::<dyn Fn(web_sys::Event)>::new(move |submit: web_sys::Event| {
        let uploading =
            items.with_untracked(|all| all.iter().any(|item| item.state.get_untracked() == State::Uploading));
        let missing = items.with_untracked(|all| failed(all, |item| item.state.get_untracked()));
        let untold = !uploading && missing > told.get_untracked();
        early.set(uploading);
        if !uploading {
            told.set(missing);
        }
        if uploading || untold {
            submit.prevent_default();
            submit.stop_propagation();
        }
    });
    _ = form.add_event_listener_with_callback("dragover", on_over.as_ref().unchecked_ref());
    _ = form.add_event_listener_with_callback("dragleave", on_leave.as_ref().unchecked_ref());
    _ = form.add_event_listener_with_callback("drop", on_drop.as_ref().unchecked_ref());
    _ = form.add_event_listener_with_callback("paste", on_paste.as_ref().unchecked_ref());
    _ = form.add_event_listener_with_callback_and_bool("submit", on_submit.as_ref().unchecked_ref(), true);
    // They live as long as the form, which the browser collects with its listeners.
    on_over.forget();
    on_leave.forget();
    on_drop.forget();
    on_paste.forget();
    on_submit.forget();
}

/// How many of them failed.
fn failed(items: &[Item], state: impl Fn(&Item) -> State) -> usize {
    items.iter().filter(|item| matches!(state(item), State::Failed { .. })).count()
}

fn next_key(items: RwSignal<Vec<Item>>) -> u64 {
    items.with_untracked(|all| all.iter().map(|item| item.key + 1).max().unwrap_or(0))
}

fn add(files: &FileList, url: StoredValue<String>, items: RwSignal<Vec<Item>>) {
    for file in (0..files.length()).filter_map(|index| files.get(index)) {
        let key = next_key(items);
        #[expect(clippy::cast_possible_truncation, reason = "no file reaches 2^53 bytes")]
        let size = file.size() as i64;
        let item = Item {
            key,
            name: StoredValue::new(file.name()),
            size,
            file: StoredValue::new(Some(SendWrapper::new(file.clone()))),
            percent: RwSignal::new(0),
            state: RwSignal::new(State::Uploading),
            request: StoredValue::new(None),
        };
        items.update(|all| all.push(item));
        send(&file, url, item);
    }
}

/// XMLHttpRequest, for fetch tells nothing of an upload's progress.
fn send(file: &File, url: StoredValue<String>, item: Item) {
    let (Ok(request), Ok(form)) = (XmlHttpRequest::new(), FormData::new()) else { return };
    _ = form.append_with_blob_and_filename("file", file, &file.name());
    let on_progress = Closure::<dyn Fn(ProgressEvent)>::new(move |progress: ProgressEvent| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a percentage")]
        let percent = (progress.loaded() * 100.0 / progress.total().max(1.0)) as u32;
        item.percent.try_set(percent);
    });
    let done = request.clone();
    let on_end = Closure::<dyn Fn()>::new(move || {
        let answer = done.response_text().ok().flatten().unwrap_or_default();
        item.state.try_set(outcome(done.status().unwrap_or(0), &answer));
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    }
    request.set_onloadend(Some(on_end.as_ref().unchecked_ref()));
    on_progress.forget();
    on_end.forget();
    if url.with_value(|url| request.open("POST", url)).is_err()
        || request.set_request_header("accept", "application/json").is_err()
        || request.send_with_opt_form_data(Some(&form)).is_err()
    {
        item.state.set(State::Failed { why: String::new(), again: Again::Never });
        return;
    }
    item.request.set_value(Some(SendWrapper::new(request)));
}

/// What the answer to an upload means.
fn outcome(status: u16, answer: &str) -> State {
    let answer: Value = serde_json::from_slice(answer.as_bytes()).unwrap_or_default();
    if status == 200
        && let Some(id) = answer[0]["fileId"].as_str()
    {
        return State::Arrived(id.to_owned());
    }
    let problem = &answer["Refused"];
    let why = problem["errors"][0]["message"].as_str().or_else(|| problem["detail"].as_str());
    // No answer, signed out, too many at once, or out of order.
    let again = if matches!(status, 0 | 401 | 429 | 500..) { Again::Perhaps } else { Again::Never };
    State::Failed { why: why.unwrap_or("the connection broke").to_owned(), again }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_that_is_refused_says_why() {
        assert_eq!(outcome(200, r#"[{"fileId":"f1"}]"#), State::Arrived("f1".into()));
        assert_eq!(
            outcome(413, r#"{"Refused":{"detail":"At most 25 MB.","errors":[]}}"#),
            State::Failed { why: "At most 25 MB.".into(), again: Again::Never }
        );
        assert_eq!(outcome(0, ""), State::Failed { why: "the connection broke".into(), again: Again::Perhaps });
    }
}
