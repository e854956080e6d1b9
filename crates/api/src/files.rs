//! Files: taken in, judged, kept, attached, shown to whoever sees what they belong to.
//!
//! [`upload`] takes a body in, [`kind`] judges its content, [`thumbnail`] makes the small picture, [`content`] sends
//! bytes out safely; [`attach`] makes a file belong to something. Bytes lie in [`crate::storage`].

pub mod actions;
mod archive;
pub mod attach;
pub mod content;
pub mod kind;
pub mod queries;
pub mod thumbnail;
pub mod upload;

use crate::{
    answer::{Answer, Found},
    app::App,
    caller::Caller,
    error::Error,
    extract::{Id, Query},
    idempotency::Intent,
    storage::StoredName,
};
use axum::{
    extract::{Request, State},
    response::Response,
};
use content::Disposition;
use contract::{
    file::{File, FileFilter},
    id::{FileId, NoteId, ReplyId, TicketId},
    page::Paging,
};
use http::HeaderMap;
use serde::Deserialize;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tokio::io::AsyncReadExt;
use upload::Form;
use utoipa::ToSchema;

/// 10, *Single Upload*.
pub async fn upload(State(app): State<App>, caller: Caller, request: Request) -> Result<Answer, Error> {
    let form = Form::new(&app, "file", 1);
    let one =
        |files: &[File]| Answer::created(files.first().ok_or_else(|| Error::internal("an upload without a file"))?);
    receive(app, caller, form, request, one).await
}

/// 11, *Multiple Upload*: all or none.
pub async fn upload_all(State(app): State<App>, caller: Caller, request: Request) -> Result<Answer, Error> {
    let form = Form::new(&app, "files", app.config.files_max);
    receive(app, caller, form, request, |files| Answer::created(&files)).await
}

/// 28, *My files*.
pub async fn mine(State(app): State<App>, caller: Caller, Query(filter): Query<FileFilter>) -> Result<Found, Error> {
    Ok(Found::of(app.db.read(move |db| actions::mine(db, &caller, &filter)).await?))
}

/// 40, *Single By Id*.
pub async fn file(State(app): State<App>, caller: Caller, Id(id): Id<FileId>) -> Result<Found, Error> {
    Ok(Found::of(app.db.read(move |db| actions::seen(db, &caller, id)).await?.file))
}

/// 41, *Aggregate*.
pub async fn aggregate(State(app): State<App>, caller: Caller) -> Result<Found, Error> {
    Ok(Found::of(app.db.snapshot(move |db| actions::aggregate(db, &caller)).await?))
}

/// 42, *All By Note Id*.
pub async fn of_note(
    State(app): State<App>,
    caller: Caller,
    Id(note): Id<NoteId>,
    Query(paging): Query<Paging>,
) -> Result<Found, Error> {
    Ok(Found::of(app.db.read(move |db| actions::of_note(db, &caller, note, &paging)).await?))
}

/// 43, *All By Reply Id*.
pub async fn of_reply(
    State(app): State<App>,
    caller: Caller,
    Id(reply): Id<ReplyId>,
    Query(paging): Query<Paging>,
) -> Result<Found, Error> {
    Ok(Found::of(app.db.read(move |db| actions::of_reply(db, &caller, reply, &paging)).await?))
}

/// 44, *All By Ticket Id*.
pub async fn of_ticket(
    State(app): State<App>,
    caller: Caller,
    Id(ticket): Id<TicketId>,
    Query(paging): Query<Paging>,
) -> Result<Found, Error> {
    Ok(Found::of(app.db.glance(move |db| actions::of_ticket(db, &caller, ticket, &paging)).await?))
}

/// 45, *All file*.
pub async fn all(State(app): State<App>, caller: Caller, Query(filter): Query<FileFilter>) -> Result<Found, Error> {
    Ok(Found::of(app.db.read(move |db| actions::all(db, &caller, &filter)).await?))
}

/// How *File Content* is to be shown.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Within a page; only pictures are.
    #[serde(default)]
    inline: bool,
}

/// 54, *File Content*.
pub async fn content(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<FileId>,
    Query(shown): Query<Shown>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let found = app.db.read(move |db| actions::seen(db, &caller, id)).await?;
    let bytes = app.storage.read(&found.stored).await.map_err(Error::internal)?;
    let shown = if shown.inline { Disposition::Inline } else { Disposition::Attachment };
    content::answer(&found.file, bytes, shown, &headers).await
}

/// 55, *File Thumbnail*.
pub async fn thumbnail(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<FileId>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let found = app.db.read(move |db| actions::seen(db, &caller, id)).await?;
    if !found.file.thumbnail {
        return Err(Error::not_found());
    }
    let mut bytes = Vec::new();
    let mut stored = app.storage.read(&found.stored.thumbnail()).await.map_err(Error::internal)?;
    stored.read_to_end(&mut bytes).await.map_err(Error::internal)?;
    content::thumbnail(&found.file, bytes, &headers)
}

/// Removes uploads that belong to nothing for a day. Called at the start and every hour.
///
/// # Errors
/// When the database or the disk refuses.
pub async fn sweep(app: &App) -> Result<(), Error> {
    let forgotten = app.db.write(|tx| actions::forget_loose(tx)).await?;
    remove(app, forgotten).await
}

/// Removes bytes that were kept at the instant the process was killed, before the database knew of them. Looks at every
/// stored name, so it is called at the start only. What is younger than a day may still be on its way in.
///
/// # Errors
/// When the database or the disk refuses.
pub async fn recover(app: &App) -> Result<(), Error> {
    let a_day_ago = app.clock.now().plus_seconds(-actions::LOOSE_SECONDS);
    let stored = app.storage.kept_before(a_day_ago).await.map_err(Error::internal)?;
    let orphans = app.db.read(move |db| without_file(db, stored)).await?;
    remove(app, orphans).await
}

async fn remove(app: &App, names: Vec<StoredName>) -> Result<(), Error> {
    for name in names {
        app.storage.remove(&name).await.map_err(Error::internal)?;
    }
    Ok(())
}

fn without_file(db: &crate::db::Connection, stored: Vec<StoredName>) -> Result<Vec<StoredName>, Error> {
    let mut orphans = Vec::new();
    for name in stored {
        if !queries::is_stored(db, &name)? {
            orphans.push(name);
        }
    }
    Ok(orphans)
}

/// Takes in, keeps, enters. Once everything was judged, the rest is done even if the sender hangs up: bytes with a
/// final name and their row belong together. Of what comes again with its idempotency key, the first stays.
async fn receive(
    app: App,
    caller: Caller,
    form: Form,
    request: Request,
    answer: fn(&[File]) -> Result<Answer, Error>,
) -> Result<Answer, Error> {
    let (parts, body) = request.into_parts();
    // A key that cannot be one is refused before the body is read.
    Intent::of(&parts, &[])?;
    let judged = upload::take_in(&app, form, &parts.headers, body).await?;
    let finished = tokio::spawn(async move {
        let uploads = upload::keep(&app, judged).await?;
        let intent = Intent::of(&parts, upload::content(&uploads).as_bytes())?;
        let (is_entered, entered) = (Arc::new(AtomicBool::new(false)), uploads.clone());
        let entering = is_entered.clone();
        let answered = intent.once(&app, caller, move |tx, caller| {
            let files = actions::enter(tx, caller, &entered)?;
            entering.store(true, Ordering::Relaxed);
            answer(&files)
        });
        let answered = answered.await;
        if answered.is_err() || !is_entered.load(Ordering::Relaxed) {
            upload::forget(&app, &uploads).await;
        }
        answered
    });
    finished.await.unwrap_or_else(|error| Err(Error::internal(error)))
}
