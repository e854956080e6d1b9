//! Files of the helpdesk: attaching them to a form, and showing those attached.

use crate::{
    form::named,
    format,
    texts::common,
    ui::{
        icon::{LuFile, LuFileText, LuImage, icon},
        upload::{Arrived, Upload, UploadTexts},
        written::{Written, written},
    },
    viewer::viewer,
};
use contract::file::File;
use leptos::prelude::*;
use maud::{Markup, html};

/// Where files are uploaded to: the server function `rpc::files::upload`.
const UPLOAD: &str = "/rpc/files/upload";

/// The file field of a form. `cleared` is the number of successes of the form.
#[component]
pub fn Attach(
    #[prop(into)] id: String,
    #[prop(optional)] earlier: Vec<Arrived>,
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
        try_again: t.try_again,
        remove: t.remove,
        still_uploading: t.still_uploading,
        not_attached: |files| common().not_attached(files),
    };
    let url = named(UPLOAD, viewer().map(|viewer| viewer.person.id));
    view! { <Upload id url texts earlier back cleared error /> }
}

/// A file as its form shows it.
pub fn arrived(file: File) -> Arrived {
    Arrived { id: file.file_id.to_string(), name: file.name, size: file.size }
}

/// The files of a message, images with their thumbnail.
pub fn files(files: &[File]) -> Markup {
    html! {
        @if !files.is_empty() {
            ul class="mt-2 flex flex-wrap gap-2" { @for file in files { li { (file_chip(file)) } } }
        }
    }
}

/// One file: opens or downloads, safely either way.
pub fn file_chip(file: &File) -> Markup {
    let href = format!("/files/{}", file.file_id);
    let drawing = match file.media_type.as_str() {
        kind if kind.starts_with("image/") => LuImage,
        "text/plain" | "application/pdf" => LuFileText,
        _ => LuFile,
    };
    html! {
        a.file-chip href=(href) rel="external" download=(file.name) {
            @if file.thumbnail {
                img class="size-10 rounded object-cover" src={ (href) "/thumbnail" } alt="" loading="lazy" width="40" height="40";
            } @else {
                (icon(drawing))
            }
            bdi class="max-w-56 truncate" { (file.name) }
            span class="text-base-content/70" { (format::size(file.size)) }
        }
    }
}

/// `<FileChip file />`
#[component(transparent)]
pub fn FileChip(file: File) -> Written {
    written(file_chip(&file))
}
