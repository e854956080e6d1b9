//! JSON bodies. What is not JSON is malformed (400); JSON of another shape names the field at fault (422).

use crate::error::Error;
use axum::{
    body::Body,
    extract::{FromRequest, Request},
};
use bytes::Bytes;
use contract::{Code, FieldError};
use http::{HeaderMap, header};
use serde::de::{DeserializeOwned, IgnoredAny};

/// Most bytes of a JSON body.
pub const BODY_MAX: usize = 1_000_000;

/// A JSON body.
pub struct Json<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let (parts, body) = request.into_parts();
        let bytes = read(&parts.headers, body).await?;
        parse(&bytes).map(Self)
    }
}

/// The bytes of a JSON body.
///
/// # Errors
/// When it is declared as something else, is too large or breaks off.
pub async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, Error> {
    if !is_json(headers) {
        return Err(Error::new(
            Code::UnsupportedMediaType,
            "Send JSON, with the header Content-Type: application/json.",
        ));
    }
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > BODY_MAX) {
        return Err(too_large());
    }
    axum::body::to_bytes(body, BODY_MAX).await.map_err(|error| match is_length_limit(&error) {
        true => too_large(),
        false => Error::new(Code::Malformed, "The body broke off."),
    })
}

/// Reads JSON as `T`, to its end.
///
/// # Errors
/// When it is not JSON, or not of this shape.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        // A struct could be read from an array too, field by field, past every name.
        serde_json::from_slice::<IgnoredAny>(bytes).map_err(|error| refused(".", &error))?;
        return Err(Error::invalid("body", "Send a JSON object."));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        refused(&path, error.inner())
    })?;
    json.end().map_err(|error| refused(".", &error))?;
    Ok(value)
}

/// What is wrong with the shape of some input: which field, and what was expected.
pub fn fault(path: &str, message: &str) -> FieldError {
    let path = path.trim_matches('.');
    let quoted = message.split('`').nth(1).unwrap_or_default();
    let inside = |name: &str| if path.is_empty() || path == name { name.to_owned() } else { format!("{path}.{name}") };
    if message.starts_with("unknown field") {
        return FieldError::new(inside(quoted), "There is no such field.");
    }
    if message.starts_with("missing field") {
        return FieldError::new(inside(quoted), "Fill this in: it is missing.");
    }
    if message.starts_with("duplicate field") {
        return FieldError::new(inside(quoted), "Send this field once.");
    }
    if message.starts_with("unknown variant") {
        let known = message.split_once("expected").map_or("", |(_, known)| known.trim_start_matches(" one of").trim());
        let known = known.split(" at line").next().unwrap_or_default().replace('`', "");
        return FieldError::new(path, format!("Use one of {known}."));
    }
    let said = message.split(" at line").next().unwrap_or(message);
    FieldError::new(if path.is_empty() { "body" } else { path }, format!("That has the wrong shape: {said}."))
}

fn refused(path: &str, error: &serde_json::Error) -> Error {
    if error.is_data() {
        return fault(path, &error.to_string()).into();
    }
    Error::new(Code::Malformed, format!("The body is not JSON: {error}."))
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn is_length_limit(error: &axum::Error) -> bool {
    error.to_string().contains("length limit")
}

fn too_large() -> Error {
    Error::new(Code::TooLarge, format!("Send at most {BODY_MAX} bytes of JSON."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::ticket::NewTicket;

    #[test]
    fn what_is_not_json_is_malformed_and_what_is_of_another_shape_names_the_field() {
        let deep = "[".repeat(10_000);
        let table = [
            ("{", Code::Malformed, None),
            (r#"{"subject":"\ud800"}"#, Code::Malformed, None),
            (deep.as_str(), Code::Malformed, None),
            (r#"["s","d","CARD"]"#, Code::InvalidFields, Some("body")),
            (r#"{"subject":1}"#, Code::InvalidFields, Some("subject")),
            (r#"{"subject":"s"}"#, Code::InvalidFields, Some("description")),
            (r#"{"customerId":"x"}"#, Code::InvalidFields, Some("customerId")),
            (r#"{"subject":"s","description":"d","category":"NOPE"}"#, Code::InvalidFields, Some("category")),
            (r#"{"subject":"s","description":"d","category":"CARD"} x"#, Code::Malformed, None),
        ];
        for (body, code, field) in table {
            let error = parse::<NewTicket>(body.as_bytes()).expect_err(body);
            assert_eq!(error.problem().code, code, "{body:.60}: {error}");
            assert_eq!(error.problem().errors.first().map(|e| e.field.as_str()), field, "{body:.60}: {error}");
        }
        let nested = format!(r#"{{"a":{deep}"#);
        assert_eq!(
            parse::<serde_json::Value>(nested.as_bytes()).expect_err("too deep").problem().code,
            Code::Malformed
        );
    }
}
