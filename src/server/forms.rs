//! Forms that the browser posts itself, with JavaScript off or not yet loaded.
//!
//! Such a form goes to the same server function as the enhanced one. This layer uploads the form's files, calls the
//! function, and either sends the browser on (303) or renders the page it came from again, with what was typed, the
//! files that arrived, and the refusal at its fields. Nothing is lost, and no page has a second code path.
//!
//! Whatever is posted to a server function passes here, so what anybody can make the site keep in memory is bounded here.

use super::{files, session::is_own_path};
use crate::{
    error::AppError,
    form::{PAGE_FIELD, Refused},
    pages::shared::attach::arrived,
    texts::common,
    ui::upload::Arrived,
};
use axum::{
    Json,
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use client::Client;
use contract::{Code, Problem, id::FileId};
use http_body_util::Limited;
use multipart::{Multipart, Part, Parts, Pieces, Progress, parse_boundary};
use std::mem;

/// Where server functions are.
pub const FUNCTIONS: &str = "/rpc/";
/// Most bytes that the typed part of a form may have, names and all.
const TYPED_MAX: usize = 1 << 20;
/// Most fields of a form; the longest of ours has some fifty.
const FIELDS_MAX: usize = 1000;

/// A posted form, taken apart.
#[derive(Default)]
struct Posted {
    fields: Vec<(String, String)>,
    files: Vec<Arrived>,
}

/// Handles a form posted by the browser itself; everything else passes, within bounds.
pub async fn layer(request: Request, next: Next) -> Response {
    let is_function = request.method() == Method::POST && request.uri().path().starts_with(FUNCTIONS);
    let request = if is_function { bounded(request) } else { request };
    if !is_plain_form(&request) {
        // Said here: a function could only say that it was not understood.
        if is_function && boundary(request.headers()).is_none() && announced(request.headers()) > TYPED_MAX {
            return (StatusCode::PAYLOAD_TOO_LARGE, Json(AppError::Refused(too_long()))).into_response();
        }
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let action = parts.uri.path().to_owned();
    let client = parts.extensions.get::<Client>().cloned();
    let mut posted = Posted::default();
    let progress = parts.extensions.get::<Progress>().cloned().unwrap_or_default();
    let outcome = match read(&parts.headers, body, progress, client.as_ref(), &mut posted).await {
        Ok(()) => call(Request::from_parts(parts.clone(), Body::empty()), &posted, &next).await,
        Err(problem) => Err(problem),
    };
    let page = page_of(&parts.headers, &posted.fields);
    match outcome {
        Ok(done) => onwards(&done, &page),
        Err(problem) => again(parts, refused(action, page, posted, problem), next).await,
    }
}

/// The request with a body that nobody can make us keep: typed text up to its limit; files in pieces, with the
/// [`Progress`] of reading them beside the request.
fn bounded(mut request: Request) -> Request {
    let body = mem::take(request.body_mut());
    if boundary(request.headers()).is_some() {
        let progress = Progress::default();
        *request.body_mut() = Body::from_stream(Pieces::new(body.into_data_stream(), progress.clone()));
        request.extensions_mut().insert(progress);
    } else {
        *request.body_mut() = Body::new(Limited::new(body, TYPED_MAX));
    }
    request
}

/// How many bytes the body has, as far as is said.
fn announced(headers: &HeaderMap) -> usize {
    text(headers, header::CONTENT_LENGTH).and_then(|length| length.parse().ok()).unwrap_or(0)
}

/// What stands between the parts of a form with files.
fn boundary(headers: &HeaderMap) -> Option<String> {
    parse_boundary(text(headers, header::CONTENT_TYPE)?).ok()
}

/// A POST to a server function from a page, rather than from our own code, which asks for JSON.
fn is_plain_form(request: &Request) -> bool {
    let accepts_html = text(request.headers(), header::ACCEPT).is_some_and(|accept| accept.contains("text/html"));
    request.method() == Method::POST && request.uri().path().starts_with(FUNCTIONS) && accepts_html
}

/// The page that holds the form: as the browser says, unless it shows a refused form. That one stands at the address of
/// its server function, so that such a page names itself in its forms.
fn page_of(headers: &HeaderMap, fields: &[(String, String)]) -> String {
    let referer = text(headers, header::REFERER).and_then(|url| url.parse::<Uri>().ok());
    let referer = referer.and_then(|url| url.path_and_query().map(ToString::to_string));
    let named = fields.iter().find(|(name, _)| name == PAGE_FIELD).map(|(_, value)| value.clone());
    let is_page = |path: &String| is_own_path(path) && !path.starts_with(FUNCTIONS);
    referer.filter(is_page).or_else(|| named.filter(is_page)).unwrap_or_else(|| "/".to_owned())
}

async fn read(
    headers: &HeaderMap,
    body: Body,
    progress: Progress,
    client: Option<&Client>,
    posted: &mut Posted,
) -> Result<(), Problem> {
    let Some(boundary) = boundary(headers) else {
        let bytes = to_bytes(body, TYPED_MAX).await.map_err(|_| too_long())?;
        if bytes.iter().filter(|byte| **byte == b'&').count() >= FIELDS_MAX {
            return Err(too_long());
        }
        posted.fields = serde_html_form::from_bytes(&bytes).map_err(|_| files::broken())?;
        return Ok(());
    };
    let mut form = Parts::of(Multipart::new(body.into_data_stream(), boundary), progress);
    let mut refusal = None;
    while let Some(part) = form.next().await.map_err(|_| files::broken())? {
        match (part.file_name().map(str::is_empty), client) {
            (Some(true), _) | (Some(false), None) => part.skip().await.map_err(|_| files::broken())?,
            // A refused file does not stop the rest of the form from being read: it would be lost.
            (Some(false), Some(client)) => match files::upload_one(client, part).await {
                Ok(file) => posted.files.push(arrived(file)),
                Err(problem) => refusal = refusal.or(Some(problem)),
            },
            (None, _) => posted.typed(part).await?,
        }
    }
    posted.join_files(client).await;
    refusal.map_or(Ok(()), |problem| Err(about_files(problem)))
}

impl Posted {
    async fn typed(&mut self, mut part: Part<'_>) -> Result<(), Problem> {
        let name = part.name().unwrap_or_default().to_owned();
        let before: usize = self.fields.iter().map(|(name, value)| name.len() + value.len()).sum();
        let mut bytes = Vec::new();
        if self.fields.len() == FIELDS_MAX || before + name.len() > TYPED_MAX {
            return Err(too_long());
        }
        while let Some(chunk) = part.chunk().await.map_err(|_| files::broken())? {
            if before + name.len() + bytes.len() + chunk.len() > TYPED_MAX {
                return Err(too_long());
            }
            bytes.extend_from_slice(&chunk);
        }
        self.fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        Ok(())
    }

    /// The ids of files that came with an earlier try and with this one, in the one field that server functions read.
    async fn join_files(&mut self, client: Option<&Client>) {
        let Some(index) = self.fields.iter().position(|(name, _)| name == "file_ids") else { return };
        let (_, earlier) = self.fields.remove(index);
        let mut files = Vec::new();
        for id in earlier.split(',').filter_map(|id| id.parse::<FileId>().ok()) {
            let Some(client) = client else { continue };
            match client.file(id).await {
                Ok(file) => files.push(arrived(file)),
                // It cannot be looked at now. Whether it may come along is looked at again where it is attached.
                Err(problem) if problem.status >= 500 => {
                    files.push(Arrived { id: id.to_string(), name: common().earlier_file.to_owned(), size: 0 });
                }
                // It is gone, or never was theirs.
                Err(_) => {}
            }
        }
        files.append(&mut self.files);
        let ids: Vec<_> = files.iter().map(|file| file.id.as_str()).collect();
        self.fields.push(("file_ids".to_owned(), ids.join(",")));
        self.files = files;
    }
}

/// Calls the server function as our own code in the browser would.
async fn call(mut request: Request, posted: &Posted, next: &Next) -> Result<Response, Problem> {
    let body = serde_html_form::to_string(&posted.fields).map_err(|_| files::broken())?;
    let headers = request.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    // The answer is read here, and not by the browser, which reads compressed ones.
    headers.remove(header::ACCEPT_ENCODING);
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
async fn again(mut parts: axum::http::request::Parts, refused: Refused, next: Next) -> Response {
    let status = refused.problem.as_ref().map_or(StatusCode::UNPROCESSABLE_ENTITY, |p| {
        StatusCode::from_u16(p.status).unwrap_or(StatusCode::BAD_GATEWAY)
    });
    parts.method = Method::GET;
    parts.uri = refused.page.parse().unwrap_or_else(|_| Uri::from_static("/"));
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    parts.extensions.insert(refused);
    let mut response = next.run(Request::from_parts(parts, Body::empty())).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

fn refused(action: String, page: String, posted: Posted, problem: Problem) -> Refused {
    let kept = |name: &str| !name.contains("password") && name != PAGE_FIELD;
    let fields = posted.fields.into_iter().filter(|(name, _)| kept(name)).collect();
    Refused { action, page, fields, files: posted.files, problem: Some(problem) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_comes_back_to_its_page_and_to_no_other_site() {
        let table = [
            ("http://desk.example/tickets/1?a=b", "", "/tickets/1?a=b"),
            ("http://desk.example/tickets/1", "/tickets/2", "/tickets/1"),
            // The second try of a refused form: the browser shows the address of the server function.
            ("http://desk.example/rpc/replies/customer", "/tickets/2", "/tickets/2"),
            ("http://desk.example/rpc/replies/customer", "//evil.example", "/"),
            ("http://desk.example/rpc/replies/customer", "/rpc/replies/customer", "/"),
            ("", "", "/"),
        ];
        for (referer, named, expected) in table {
            let headers = HeaderMap::from_iter([(header::REFERER, HeaderValue::from_static(referer))]);
            let fields = [(PAGE_FIELD.to_owned(), named.to_owned())];
            assert_eq!(page_of(&headers, &fields), expected, "{referer} {named}");
        }
    }
}
