//! Files on their way through the site: uploads stream in, bytes and thumbnails stream out, in the viewer's name.

use axum::{
    Extension,
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderName, header},
    response::{IntoResponse, Redirect, Response},
};
use client::Client;
use contract::{
    Code, Problem,
    file::{File, OwnerKind},
    id::{FileId, NoteId, ReplyId, TicketId},
    session::Viewer,
};
use futures::channel::mpsc;
use multipart::{Part, Parts};

/// The request headers that matter to bytes: which part, and which version the browser has.
const PASSED_ON: [HeaderName; 3] = [header::RANGE, header::IF_RANGE, header::IF_NONE_MATCH];

/// `GET /files/{fileId}`: the bytes, with the safe headers that the service gives them.
pub async fn content(Extension(client): Extension<Client>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let Ok(id) = id.parse::<FileId>() else { return refused(&no_such_file()) };
    answer(client.file_content(id, &passed_on(&headers)).await)
}

/// `GET /files/{fileId}/thumbnail`.
pub async fn thumbnail(Extension(client): Extension<Client>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let Ok(id) = id.parse::<FileId>() else { return refused(&no_such_file()) };
    answer(client.file_thumbnail(id, &passed_on(&headers)).await)
}

fn passed_on(headers: &HeaderMap) -> Vec<(HeaderName, String)> {
    let value = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
    PASSED_ON.into_iter().filter_map(|name| value(&name).map(|value| (name, value))).collect()
}

/// `GET /files/{fileId}/ticket`: to the viewer's page of the ticket that the file came with.
pub async fn ticket(
    Extension(client): Extension<Client>,
    viewer: Option<Extension<Viewer>>,
    Path(id): Path<String>,
) -> Response {
    let Ok(id) = id.parse::<FileId>() else { return refused(&no_such_file()) };
    let staff = viewer.is_some_and(|viewer| viewer.person.role.is_staff());
    let tickets = if staff { "/desk/tickets" } else { "/tickets" };
    match ticket_of(&client, id).await {
        Ok(ticket) => Redirect::to(&format!("{tickets}/{ticket}")).into_response(),
        Err(problem) => refused(&problem),
    }
}

async fn ticket_of(client: &Client, id: FileId) -> Result<TicketId, Problem> {
    let owner = client.file(id).await?.owner;
    match (owner.kind, owner.id) {
        (OwnerKind::Ticket, Some(id)) => Ok(TicketId(id)),
        (OwnerKind::Reply, Some(id)) => Ok(client.reply(ReplyId(id)).await?.ticket_id),
        (OwnerKind::Note, Some(id)) => Ok(client.note(NoteId(id)).await?.ticket_id),
        _ => Err(Problem::new(Code::NotFound, "This file belongs to no ticket yet.")),
    }
}

/// Uploads every file of a form, one after the other, as the bytes come.
///
/// # Errors
/// The service's refusal, or that the form broke off.
pub async fn upload_each(client: &Client, mut form: Parts<'static>) -> Result<Vec<File>, Problem> {
    let mut files = Vec::new();
    while let Some(part) = form.next().await.map_err(|_| broken())? {
        if part.file_name().is_some_and(|name| !name.is_empty()) {
            files.push(upload_one(client, part).await?);
        } else {
            part.skip().await.map_err(|_| broken())?;
        }
    }
    Ok(files)
}

/// Uploads one file of a form. A bounded channel joins the form being read to the request being written, so that at
/// most a few chunks are in memory.
pub async fn upload_one(client: &Client, mut part: Part<'static>) -> Result<File, Problem> {
    let name = part.file_name().unwrap_or_default().to_owned();
    let (mut chunks, received) = mpsc::channel::<Result<bytes::Bytes, multipart::Error>>(2);
    let read = async move {
        while let Some(chunk) = part.chunk().await.transpose() {
            // A form that broke off says so again each time it is asked: the service hears it once.
            let broken = chunk.is_err();
            let unheard = futures::SinkExt::send(&mut chunks, chunk).await.is_err();
            if unheard {
                // The service stopped listening: its answer says why. The rest of the form may still be wanted.
                _ = part.skip().await;
                return;
            }
            if broken {
                return;
            }
        }
    };
    let (answer, ()) = futures::join!(client.upload(&name, received), read);
    answer
}

/// What a form that broke off gets.
pub fn broken() -> Problem {
    Problem::new(Code::Malformed, "The upload broke off. Attach the file again.")
}

fn no_such_file() -> Problem {
    Problem::new(Code::NotFound, "There is no such file, or it is not yours to see.")
}

/// What the service streams, or its refusal in words.
pub fn answer(result: Result<Response<Body>, Problem>) -> Response {
    match result {
        Ok(response) => response,
        Err(problem) => refused(&problem),
    }
}

fn refused(problem: &Problem) -> Response {
    let status =
        axum::http::StatusCode::from_u16(problem.status).unwrap_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], problem.detail.clone()).into_response()
}
