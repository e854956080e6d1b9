//! Forms that the browser posts itself, with JavaScript off or not yet loaded.
//!
//! Such a form goes to the same server function as the enhanced one. This layer uploads the form's files, calls the
//! function, and either sends the browser on (303) or renders the page it came from again, with what was typed, the
//! files that arrived, and the refusal at its fields. Nothing is lost, and no page has a second code path.

use super::{files, session::is_own_path};
use crate::{error::AppError, form::Refused};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use client::Client;
use contract::{Code, Problem, file::File};
use multer::{Constraints, Multipart, SizeLimit};

/// Most bytes that the typed part of a form may have.
const TYPED_MAX: usize = 1 << 20;

/// A posted form, taken apart.
#[derive(Default)]
struct Posted {
    fields: Vec<(String, String)>,
    files: Vec<File>,
}

/// Handles a form posted by the browser itself; everything else passes.
pub async fn layer(request: Request, next: Next) -> Response {
    if !is_plain_form(&request) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let action = parts.uri.path().to_owned();
    let page = page_of(&parts.headers);
    let client = parts.extensions.get::<Client>().cloned();
    let mut posted = Posted::default();
    let outcome = match read(&parts.headers, body, client.as_ref(), &mut posted).await {
        Ok(()) => call(Request::from_parts(parts.clone(), Body::empty()), &posted, &next).await,
        Err(problem) => Err(problem),
    };
    match outcome {
        Ok(done) => onwards(&done, &page),
        Err(problem) => again(parts, &page, refused(action, posted, problem), next).await,
    }
}

/// A POST to a server function from a page, rather than from our own code, which asks for JSON.
fn is_plain_form(request: &Request) -> bool {
    let accepts_html = text(request.headers(), header::ACCEPT).is_some_and(|accept| accept.contains("text/html"));
    request.method() == Method::POST && request.uri().path().starts_with("/rpc/") && accepts_html
}

/// The page that holds the form.
fn page_of(headers: &HeaderMap) -> String {
    let referer = text(headers, header::REFERER).and_then(|url| url.parse::<Uri>().ok());
    let path = referer.and_then(|url| url.path_and_query().map(ToString::to_string)).unwrap_or_default();
    if is_own_path(&path) { path } else { "/".to_owned() }
}

async fn read(headers: &HeaderMap, body: Body, client: Option<&Client>, posted: &mut Posted) -> Result<(), Problem> {
    let kind = text(headers, header::CONTENT_TYPE).unwrap_or_default();
    let Ok(boundary) = multer::parse_boundary(kind) else {
        let bytes = to_bytes(body, TYPED_MAX).await.map_err(|_| too_long())?;
        posted.fields = serde_html_form::from_bytes(&bytes).map_err(|_| files::broken())?;
        return Ok(());
    };
    let limits = SizeLimit::new().per_field(u64::MAX);
    let mut form =
        Multipart::with_constraints(body.into_data_stream(), boundary, Constraints::new().size_limit(limits));
    let mut refusal = None;
    while let Some(field) = form.next_field().await.map_err(|_| files::broken())? {
        match (field.file_name().map(str::is_empty), client) {
            (Some(true), _) | (Some(false), None) => {}
            // A refused file does not stop the rest of the form from being read: it would be lost.
            (Some(false), Some(client)) => match files::upload_one(client, field).await {
                Ok(file) => posted.files.push(file),
                Err(problem) => refusal = refusal.or(Some(problem)),
            },
            (None, _) => posted.typed(field).await?,
        }
    }
    posted.join_files(client).await;
    refusal.map_or(Ok(()), |problem| Err(about_files(problem)))
}

impl Posted {
    async fn typed(&mut self, mut field: multer::Field<'_>) -> Result<(), Problem> {
        let name = field.name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(|_| files::broken())? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() + self.fields.iter().map(|(_, value)| value.len()).sum::<usize>() > TYPED_MAX {
                return Err(too_long());
            }
        }
        self.fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        Ok(())
    }

    /// The ids of files that came with an earlier try and with this one, in the one field that server functions read.
    async fn join_files(&mut self, client: Option<&Client>) {
        let Some(index) = self.fields.iter().position(|(name, _)| name == "file_ids") else { return };
        let (_, earlier) = self.fields.remove(index);
        let mut files = Vec::new();
        for id in earlier.split(',').filter_map(|id| id.parse().ok()) {
            if let Some(Ok(file)) = match client {
                Some(client) => Some(client.file(id).await),
                None => None,
            } {
                files.push(file);
            }
        }
        files.append(&mut self.files);
        let ids: Vec<_> = files.iter().map(|file| file.file_id.to_string()).collect();
        self.fields.push(("file_ids".to_owned(), ids.join(",")));
        self.files = files;
    }
}

/// Calls the server function as our own code in the browser would.
async fn call(mut request: Request, posted: &Posted, next: &Next) -> Result<Response, Problem> {
    let body = serde_html_form::to_string(&posted.fields).map_err(|_| files::broken())?;
    let headers = request.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    *request.body_mut() = Body::from(body);
    let response = next.clone().run(request).await;
    if response.status().is_success() || response.status().is_redirection() {
        return Ok(response);
    }
    let bytes = to_bytes(response.into_body(), TYPED_MAX).await.unwrap_or_default();
    Err(serde_json::from_slice::<AppError>(&bytes).map_or_else(
        |_| Problem::new(Code::Internal, "Something went wrong. Nothing you typed is lost; try again."),
        |error| error.problem(),
    ))
}

/// Where to go after a success: where the function says, or back to the page.
fn onwards(done: &Response, page: &str) -> Response {
    let wanted = text(done.headers(), header::LOCATION).unwrap_or(page);
    let mut response = Redirect::to(wanted).into_response();
    for cookie in done.headers().get_all(header::SET_COOKIE) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    response
}

/// The page once more, with the refusal.
async fn again(mut parts: axum::http::request::Parts, page: &str, refused: Refused, next: Next) -> Response {
    let status = refused.problem.as_ref().map_or(StatusCode::UNPROCESSABLE_ENTITY, |p| {
        StatusCode::from_u16(p.status).unwrap_or(StatusCode::BAD_GATEWAY)
    });
    parts.method = Method::GET;
    parts.uri = page.parse().unwrap_or_else(|_| Uri::from_static("/"));
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    parts.extensions.insert(refused);
    let mut response = next.run(Request::from_parts(parts, Body::empty())).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

fn refused(action: String, posted: Posted, problem: Problem) -> Refused {
    let fields = posted.fields.into_iter().filter(|(name, _)| !name.contains("password")).collect();
    Refused { action, fields, files: posted.files, problem: Some(problem) }
}

/// A refusal of a file, told at the form's file field.
fn about_files(mut problem: Problem) -> Problem {
    let message = problem.errors.first().map_or_else(|| problem.detail.clone(), |e| e.message.clone());
    problem.errors = vec![contract::FieldError::new("fileIds", message)];
    problem
}

fn too_long() -> Problem {
    Problem::new(Code::TooLarge, "That is too much text for one form. Shorten it.")
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}
