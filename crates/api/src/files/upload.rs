//! Taking files in: a multipart body becomes judged files on disk, never whole in memory.
//!
//! Nothing has a final name before everything in the request was judged: a batch is taken whole or not at all, and
//! whatever is refused, broken off or too slow leaves nothing behind.

use super::{
    kind::{self, Unfit},
    thumbnail,
};
use crate::{
    app::App,
    error::Error,
    storage::{Incoming, Kept},
};
use axum::body::{Body, BodyDataStream};
use bytes::Bytes;
use contract::{Code, FieldError, Problem, text};
use futures::StreamExt;
use http::{HeaderMap, header};
use multipart::{Constraints, Part, Parts, SizeLimit};
use std::time::Duration;

/// Room for the boundaries and headers of one part.
const PART_OVERHEAD: u64 = 16 * 1024;
/// How long a sender may usually stay silent.
const PATIENCE: Duration = Duration::from_secs(30);
/// How much of a refused body is still read, and for how long, so that the sender hears the answer at all: a
/// connection closed amid a body loses it.
const DRAINED_MAX: u64 = 64_000_000;
const DRAIN_TIME: Duration = Duration::from_secs(10);

/// What a request may bring: its field, how many files, and how many bytes each.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    pub field: &'static str,
    pub files_max: usize,
    pub size_max: u64,
    /// How long the sender may stay silent.
    pub patience: Duration,
}

impl Form {
    /// A form with the deployment's limits.
    pub fn new(app: &App, field: &'static str, files_max: usize) -> Self {
        Self { field, files_max, size_max: app.config.file_size_max, patience: PATIENCE }
    }
}

/// A file that was taken in and judged, not kept yet.
pub struct Judged {
    name: String,
    media_type: &'static str,
    incoming: Incoming,
    thumbnail: Option<Vec<u8>>,
}

/// A file that lies under its final name.
#[derive(Clone, Debug)]
pub struct Upload {
    pub name: String,
    pub media_type: &'static str,
    pub kept: Kept,
    pub has_thumbnail: bool,
}

/// Reads the files of a multipart body.
///
/// # Errors
/// The first refusal; then nothing is left of any of them.
pub async fn take_in(app: &App, form: Form, headers: &HeaderMap, body: Body) -> Result<Vec<Judged>, Error> {
    let boundary = boundary(headers)?;
    let most = (form.size_max + PART_OVERHEAD) * form.files_max as u64;
    let announced =
        headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<u64>().ok());
    let mut stream = body.into_data_stream();
    let taken = if announced.is_some_and(|length| length > most) {
        Err(too_large(form))
    } else {
        let constraints =
            Constraints::new().allowed_fields(vec![form.field]).size_limit(SizeLimit::new().whole_stream(most));
        every_part(app, form, &mut Parts::new(stream.by_ref(), boundary, constraints)).await
    };
    if taken.as_ref().is_err_and(|error| error.problem().code != Code::TimedOut)
        && announced.is_none_or(|length| length <= DRAINED_MAX)
    {
        drain(stream).await;
    }
    taken
}

/// Takes in a file that this program made itself, judged as any other.
///
/// # Errors
/// When it would be refused as an upload, too, or the disk refuses.
pub async fn bring(app: &App, name: String, bytes: Vec<u8>) -> Result<Upload, Error> {
    let form = Form::new(app, "file", 1);
    let mut incoming = app.storage.begin().await.map_err(Error::internal)?;
    incoming.write(&bytes.into()).await.map_err(Error::internal)?;
    keep_one(app, judge(form, name, incoming).await?).await
}

/// Gives judged files their final names.
///
/// # Errors
/// When the disk refuses; then none is left.
pub async fn keep(app: &App, judged: Vec<Judged>) -> Result<Vec<Upload>, Error> {
    let mut uploads = Vec::new();
    for file in judged {
        match keep_one(app, file).await {
            Ok(upload) => uploads.push(upload),
            Err(error) => {
                forget(app, &uploads).await;
                return Err(error);
            }
        }
    }
    Ok(uploads)
}

/// What was sent, to tell it from something else: names and content, a line each.
pub fn content(uploads: &[Upload]) -> String {
    uploads.iter().map(|upload| format!("{} {}\n", upload.kept.sha256, upload.name)).collect()
}

/// Removes kept bytes that the database did not take.
pub async fn forget(app: &App, uploads: &[Upload]) {
    for upload in uploads {
        if let Err(error) = app.storage.remove(&upload.kept.name).await {
            tracing::warn!(%error, "the bytes of a refused upload could not be removed");
        }
    }
}

async fn keep_one(app: &App, file: Judged) -> Result<Upload, Error> {
    let kept = file.incoming.keep().await.map_err(Error::internal)?;
    let mut has_thumbnail = false;
    if let Some(bytes) = &file.thumbnail {
        // A missing thumbnail is a pity; the upload stands without it.
        match app.storage.keep_beside(&kept.name, bytes).await {
            Ok(()) => has_thumbnail = true,
            Err(error) => tracing::warn!(%error, "a thumbnail could not be kept"),
        }
    }
    Ok(Upload { name: file.name, media_type: file.media_type, kept, has_thumbnail })
}

async fn every_part(app: &App, form: Form, parts: &mut Parts<'_>) -> Result<Vec<Judged>, Error> {
    let mut files = Vec::new();
    while let Some(part) = heard(form, parts.next()).await? {
        if files.len() == form.files_max {
            let message = match form.files_max {
                1 => "Send one file here.".to_owned(),
                most => format!("Send at most {most} files at once."),
            };
            return Err(Error::invalid(form.field, message));
        }
        files.extend(one_part(app, form, part).await?);
    }
    if files.is_empty() { Err(Error::invalid(form.field, "Choose a file.")) } else { Ok(files) }
}

/// `None` for what a browser sends when no file was chosen: a part without name and bytes.
async fn one_part(app: &App, form: Form, mut part: Part<'_>) -> Result<Option<Judged>, Error> {
    let given = part.file_name().map(unescaped);
    let mut incoming = app.storage.begin().await.map_err(Error::internal)?;
    while let Some(bytes) = next_bytes(form, &mut part).await? {
        if incoming.size() + bytes.len() as u64 > form.size_max {
            return Err(too_large(form));
        }
        incoming.write(&bytes).await.map_err(Error::internal)?;
    }
    if incoming.size() == 0 && given.as_deref().is_none_or(str::is_empty) {
        return Ok(None);
    }
    let Some(given) = given else {
        return Err(Error::invalid(form.field, "Send this as a file, with a file name."));
    };
    let name = text::file_name(&given);
    if incoming.size() == 0 {
        return Err(Error::invalid(form.field, format!("{name} is empty: it has no bytes.")));
    }
    judge(form, name, incoming).await.map(Some)
}

async fn next_bytes(form: Form, part: &mut Part<'_>) -> Result<Option<Bytes>, Error> {
    heard(form, part.chunk()).await
}

async fn judge(form: Form, name: String, mut incoming: Incoming) -> Result<Judged, Error> {
    let path = incoming.whole().await.map_err(Error::internal)?.to_owned();
    let (opened, named) = (path.clone(), name.clone());
    let judged = tokio::task::spawn_blocking(move || kind::judge(&mut std::fs::File::open(opened)?, &named));
    let media_type = judged.await.map_err(Error::internal)?.map_err(|unfit| match unfit {
        Unfit::Refused(why) => not_accepted(form, format!("{name}: {why}")),
        Unfit::Unreadable(error) => Error::internal(error),
    })?;
    let thumbnail = thumbnail::make(&path, media_type).await;
    Ok(Judged { name, media_type, incoming, thumbnail })
}

/// Waits for the sender, but not for ever; and says in our words what is wrong with the body.
async fn heard<T>(form: Form, coming: impl Future<Output = Result<T, multipart::Error>>) -> Result<T, Error> {
    let came = tokio::time::timeout(form.patience, coming).await;
    let stopped = || Error::new(Code::TimedOut, "The upload stopped coming. Nothing was kept; please send it again.");
    came.map_err(|_| stopped())?.map_err(|error| broken(form, &error))
}

fn broken(form: Form, error: &multipart::Error) -> Error {
    match error {
        multipart::Error::UnknownField { field_name } => {
            let name = field_name.clone().unwrap_or_else(|| "(unnamed)".to_owned());
            Error::invalid(name, format!("There is no such field here: files go into `{}`.", form.field))
        }
        multipart::Error::StreamSizeExceeded { .. } if form.files_max == 1 => too_large(form),
        multipart::Error::StreamSizeExceeded { limit } => {
            Error::new(Code::TooLarge, format!("The upload is larger than {limit} bytes in all."))
        }
        other => Error::new(Code::Malformed, format!("The multipart body is broken or was cut off: {other}.")),
    }
}

fn too_large(form: Form) -> Error {
    let most = megabytes(form.size_max);
    refused(Code::TooLarge, form, format!("A file may have at most {most}."))
}

fn not_accepted(form: Form, why: String) -> Error {
    refused(Code::UnsupportedMediaType, form, why)
}

fn refused(code: Code, form: Form, why: String) -> Error {
    let errors = vec![FieldError::new(form.field, why.clone())];
    Problem { errors, ..Problem::new(code, why) }.into()
}

fn boundary(headers: &HeaderMap) -> Result<String, Error> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.get(..19).is_some_and(|start| start.eq_ignore_ascii_case("multipart/form-data")) {
        return Err(Error::new(Code::UnsupportedMediaType, "Send multipart/form-data."));
    }
    multipart::parse_boundary(kind).map_err(|_| Error::new(Code::Malformed, "The multipart boundary is missing."))
}

/// Undoes what browsers do to quotes and line ends in a file name; everything else they send as it is.
fn unescaped(name: &str) -> String {
    name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

fn megabytes(bytes: u64) -> String {
    if bytes.is_multiple_of(1_000_000) { format!("{} MB", bytes / 1_000_000) } else { format!("{bytes} bytes") }
}

async fn drain(mut stream: BodyDataStream) {
    let rest = async {
        let mut left = DRAINED_MAX;
        while let Some(Ok(bytes)) = stream.next().await {
            left = left.saturating_sub(bytes.len() as u64);
            if left == 0 {
                break;
            }
        }
    };
    // When the time is over the connection is closed, which is all there is left to do.
    let _ = tokio::time::timeout(DRAIN_TIME, rest).await;
}
