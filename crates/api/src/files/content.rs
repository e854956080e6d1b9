//! Bytes going out: headers that keep a browser from running what somebody uploaded, and single ranges (RFC 9110).
//!
//! Everything is an attachment. Only pictures that a browser can do nothing but paint may be asked for `?inline=true`.

use crate::error::Error;
use axum::{body::Body, response::Response};
use contract::file::File;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use std::ops::RangeInclusive;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

/// How much is read from the disk at once: each time, another thread is asked.
const CHUNK: usize = 256 * 1024;
const PAINTED: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/// How the bytes are to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    Attachment,
    /// Within a page, when that is safe for this type.
    Inline,
}

/// The bytes of `file`, or the range of them that was asked for.
///
/// # Errors
/// When the disk does not give them.
pub async fn answer(
    file: &File,
    mut bytes: tokio::fs::File,
    shown: Disposition,
    asked: &HeaderMap,
) -> Result<Response, Error> {
    let size = u64::try_from(file.size).map_err(Error::internal)?;
    let etag = format!("\"{}\"", file.sha256);
    if is_named(asked, &header::IF_NONE_MATCH, &etag) {
        return response(StatusCode::NOT_MODIFIED, file, shown, &etag, Body::empty());
    }
    let range = if asked.contains_key(header::IF_RANGE) && !is_named(asked, &header::IF_RANGE, &etag) {
        Wanted::Whole
    } else {
        Wanted::of(asked, size)
    };
    match range {
        Wanted::Whole => {
            let body = Body::from_stream(ReaderStream::with_capacity(bytes, CHUNK));
            let answer = response(StatusCode::OK, file, shown, &etag, body)?;
            Ok(with(answer, header::CONTENT_LENGTH, &size.to_string()))
        }
        Wanted::Part(part) => {
            bytes.seek(std::io::SeekFrom::Start(*part.start())).await.map_err(Error::internal)?;
            let length = part.end() - part.start() + 1;
            let body = Body::from_stream(ReaderStream::with_capacity(bytes.take(length), CHUNK));
            let answer = response(StatusCode::PARTIAL_CONTENT, file, shown, &etag, body)?;
            let answer = with(answer, header::CONTENT_LENGTH, &length.to_string());
            Ok(with(answer, header::CONTENT_RANGE, &format!("bytes {}-{}/{size}", part.start(), part.end())))
        }
        Wanted::Impossible => {
            let answer = response(StatusCode::RANGE_NOT_SATISFIABLE, file, shown, &etag, Body::empty())?;
            Ok(with(answer, header::CONTENT_RANGE, &format!("bytes */{size}")))
        }
    }
}

/// A thumbnail that was made here. It may be kept by the browser, which must ask each time whether it still may show
/// it.
///
/// # Errors
/// Never: the parts are known to fit headers.
pub fn thumbnail(file: &File, bytes: Vec<u8>, asked: &HeaderMap) -> Result<Response, Error> {
    let etag = format!("\"{}-thumbnail\"", file.sha256);
    let media_type = super::thumbnail::media_type(&bytes);
    let (status, body) = if is_named(asked, &header::IF_NONE_MATCH, &etag) {
        (StatusCode::NOT_MODIFIED, Body::empty())
    } else {
        (StatusCode::OK, Body::from(bytes))
    };
    let made = File { media_type: media_type.to_owned(), ..file.clone() };
    let mut answer = response(status, &made, Disposition::Inline, &etag, body)?;
    may_be_kept(answer.headers_mut());
    Ok(answer)
}

/// Lets the browser keep a thumbnail; it must ask each time whether it still may show it.
pub fn may_be_kept(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
}

/// Whether a browser can do nothing with this media type but paint it.
pub fn is_painted(media_type: &str) -> bool {
    PAINTED.contains(&media_type)
}

/// Keeps a browser from running what somebody uploaded, and everybody from keeping it.
pub fn keep_harmless(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::CACHE_CONTROL, "private, no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// What part of the bytes is wanted.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Whole,
    Part(RangeInclusive<u64>),
    Impossible,
}

impl Wanted {
    /// One range is honoured; several at once, or none that can be read, get the whole, as RFC 9110 allows.
    fn of(asked: &HeaderMap, size: u64) -> Self {
        let Some(range) = asked.get(header::RANGE).and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("bytes="))
        else {
            return Self::Whole;
        };
        let Some((first, last)) = range.trim().split_once('-') else { return Self::Whole };
        match (first.parse::<u64>(), last.parse::<u64>()) {
            (Ok(first), Ok(last)) if first > last => Self::Whole,
            (Ok(first), _) if first >= size => Self::Impossible,
            (Ok(first), Ok(last)) => Self::Part(first..=last.min(size - 1)),
            (Ok(first), Err(_)) if last.is_empty() => Self::Part(first..=size - 1),
            (Err(_), Ok(0)) if first.is_empty() => Self::Impossible,
            (Err(_), Ok(last)) if first.is_empty() => Self::Part(size.saturating_sub(last)..=size - 1),
            _ => Self::Whole,
        }
    }
}

fn is_named(asked: &HeaderMap, header: &HeaderName, etag: &str) -> bool {
    let Some(value) = asked.get(header).and_then(|value| value.to_str().ok()) else { return false };
    value.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == etag)
}

fn response(status: StatusCode, file: &File, shown: Disposition, etag: &str, body: Body) -> Result<Response, Error> {
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, content_type(&file.media_type))
        .header(header::CONTENT_DISPOSITION, disposition(file, shown))
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::ETAG, etag)
        .body(body)
        .map_err(Error::internal)?;
    keep_harmless(response.headers_mut());
    Ok(response)
}

fn with(mut response: Response, name: HeaderName, value: &str) -> Response {
    response.headers_mut().insert(name, HeaderValue::from_str(value).expect("digits and plain words fit a header"));
    response
}

fn content_type(media_type: &str) -> String {
    if media_type == "text/plain" { "text/plain; charset=utf-8".to_owned() } else { media_type.to_owned() }
}

/// RFC 6266: a plain name for old programs, and the true one in the encoding of RFC 8187.
fn disposition(file: &File, shown: Disposition) -> String {
    let kind = match shown {
        Disposition::Inline if is_painted(&file.media_type) => "inline",
        _ => "attachment",
    };
    let plain: String = file
        .name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%' | ';') || c == ' ' { c } else { '_' })
        .collect();
    let mut encoded = String::new();
    for byte in file.name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_honoured_and_anything_odd_gets_the_whole() {
        let table = [
            ("bytes=0-0", Wanted::Part(0..=0)),
            ("bytes=2-", Wanted::Part(2..=9)),
            ("bytes=-3", Wanted::Part(7..=9)),
            ("bytes=-300", Wanted::Part(0..=9)),
            ("bytes=8-300", Wanted::Part(8..=9)),
            ("bytes=10-", Wanted::Impossible),
            ("bytes=-0", Wanted::Impossible),
            ("bytes=5-2", Wanted::Whole),
            ("bytes=0-1,4-5", Wanted::Whole),
            ("bytes=", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("rows=0-1", Wanted::Whole),
            ("bytes=99999999999999999999-", Wanted::Whole),
        ];
        for (range, expected) in table {
            let asked = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(range))]);
            assert_eq!(Wanted::of(&asked, 10), expected, "{range}");
        }
    }
}
