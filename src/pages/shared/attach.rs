//! Files of the helpdesk: attaching them to a form, and showing those attached.

use crate::{
    format,
    texts::common,
    ui::{
        icon::{Icon, LuFile, LuFileText, LuImage},
        upload::{Arrived, Upload, UploadTexts},
    },
};
use contract::file::File;
use leptos::prelude::*;

/// Where files are uploaded to: the server function `rpc::files::upload`.
const UPLOAD: &str = "/rpc/files/upload";

/// The file field of a form. `cleared` is the number of successes of the form.
#[component]
pub fn Attach(
    #[prop(into)] id: String,
    #[prop(optional)] earlier: Vec<File>,
    /// Files that come back from a message that was taken back.
    #[prop(default = None)]
    back: Option<RwSignal<Vec<Arrived>>>,
    #[prop(into)] cleared: Signal<usize>,
    #[prop(into, optional)] error: Signal<Option<String>>,
) -> impl IntoView {
    let t = common();
    let texts = UploadTexts {
        attach: t.attach,
        hint: t.attach_hint,
        uploading: t.uploading,
        failed: t.upload_failed,
        remove: t.remove,
        still_uploading: t.still_uploading,
    };
    let earlier: Vec<_> = earlier.into_iter().map(arrived).collect();
    view! { <Upload id url=UPLOAD texts earlier back cleared error /> }
}

/// A file as its form shows it.
pub fn arrived(file: File) -> Arrived {
    Arrived { id: file.file_id.to_string(), name: file.name, size: file.size }
}

/// The files of a message, images with their thumbnail.
#[component]
pub fn Files(files: Vec<File>) -> impl IntoView {
    (!files.is_empty()).then(|| {
        let chips = files.into_iter().map(|file| view! { <li><FileChip file /></li> });
        view! { <ul class="mt-2 flex flex-wrap gap-2">{chips.collect_view()}</ul> }
    })
}

/// One file: opens or downloads, safely either way.
#[component]
pub fn FileChip(file: File) -> impl IntoView {
    let href = format!("/files/{}", file.file_id);
    let icon = match file.media_type.as_str() {
        kind if kind.starts_with("image/") => LuImage,
        "text/plain" | "application/pdf" => LuFileText,
        _ => LuFile,
    };
    let name = file.name.clone();
    view! {
        <a class="file-chip" href=href.clone() rel="external" download=name>
            {if file.thumbnail {
                view! { <img class="size-10 rounded object-cover" src=format!("{href}/thumbnail") alt="" loading="lazy" width="40" height="40" /> }.into_any()
            } else {
                view! { <Icon icon /> }.into_any()
            }}
            <bdi class="max-w-56 truncate">{file.name}</bdi>
            <span class="text-base-content/70">{format::size(file.size)}</span>
        </a>
    }
}
