//! What a gateway says in its own way, said in ours, and the other way round: envelopes, names of values, refusals. With
//! the settings left alone, bytes pass through untouched.

use super::settings::Settings;
use bytes::Bytes;
use contract::{Code, Problem};
use http::StatusCode;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// How to rewrite what goes out and comes in.
pub(super) struct Shapes {
    /// By field: our name to theirs.
    outward: BTreeMap<String, BTreeMap<String, String>>,
    /// By field: their name to ours.
    inward: BTreeMap<String, BTreeMap<String, String>>,
    unwrap: String,
    items: String,
    next_cursor: String,
    code: String,
    detail: String,
}

impl Shapes {
    pub fn new(settings: &Settings) -> Self {
        let turned = settings.values.iter().map(|(field, names)| {
            (field.clone(), names.iter().map(|(ours, theirs)| (theirs.clone(), ours.clone())).collect())
        });
        Self {
            outward: settings.values.clone(),
            inward: turned.collect(),
            unwrap: settings.answers.unwrap.clone(),
            items: settings.answers.items.clone(),
            next_cursor: settings.answers.next_cursor.clone(),
            code: settings.errors.code.clone(),
            detail: settings.errors.detail.clone(),
        }
    }

    /// A JSON body on its way out.
    pub fn body_out(&self, body: Bytes) -> Bytes {
        if self.outward.is_empty() {
            return body;
        }
        let Ok(mut value) = serde_json::from_slice::<Value>(&body) else { return body };
        rename(&mut value, &self.outward);
        value.to_string().into()
    }

    /// A query string on its way out.
    pub fn query_out(&self, query: &str) -> String {
        if self.outward.is_empty() {
            return query.to_owned();
        }
        let Ok(mut pairs) = serde_html_form::from_str::<Vec<(String, String)>>(query) else { return query.to_owned() };
        for (field, value) in &mut pairs {
            if let Some(theirs) = self.outward.get(field).and_then(|names| names.get(value)) {
                value.clone_from(theirs);
            }
        }
        serde_html_form::to_string(pairs).unwrap_or_default()
    }

    /// A JSON answer on its way in.
    pub fn answer_in(&self, body: Bytes) -> Bytes {
        let bare = self.unwrap.is_empty() && self.items == "items" && self.next_cursor == "nextCursor";
        if bare && self.inward.is_empty() {
            return body;
        }
        let Ok(mut value) = serde_json::from_slice::<Value>(&body) else { return body };
        if !self.unwrap.is_empty()
            && let Some(inner) = value.get_mut(&self.unwrap)
        {
            value = inner.take();
        }
        if let Value::Object(fields) = &mut value {
            moved(fields, &self.items, "items");
            moved(fields, &self.next_cursor, "nextCursor");
        }
        rename(&mut value, &self.inward);
        value.to_string().into()
    }

    /// A refusal: ours as it stands, RFC 9457; theirs with what it says.
    pub fn refusal(&self, status: StatusCode, body: &[u8]) -> Problem {
        if let Ok(problem) = serde_json::from_slice::<Problem>(body)
            && problem.status == status.as_u16()
        {
            return problem;
        }
        let value = serde_json::from_slice::<Value>(body).unwrap_or_default();
        let said =
            |pointer: &str| value.pointer(pointer).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        let named = said(&self.code).and_then(|name| Code::ALL.iter().copied().find(|code| code.as_str() == name));
        let code = named.filter(|code| code.status() == status.as_u16()).unwrap_or_else(|| by_status(status));
        let detail = said(&self.detail).map_or_else(|| in_short(code), str::to_owned);
        Problem { status: code.status(), ..Problem::new(code, detail) }
    }
}

/// The kind of a refusal of which only the status is known.
fn by_status(status: StatusCode) -> Code {
    match status.as_u16() {
        401 => Code::Unauthenticated,
        403 => Code::Forbidden,
        404 | 410 => Code::NotFound,
        405 => Code::MethodNotAllowed,
        409 | 412 => Code::Stale,
        413 => Code::TooLarge,
        415 => Code::UnsupportedMediaType,
        422 => Code::InvalidFields,
        428 => Code::IfMatchMissing,
        429 => Code::TooManyRequests,
        400..=499 => Code::Malformed,
        _ => Code::BadGateway,
    }
}

fn in_short(code: Code) -> String {
    match code {
        Code::BadGateway => "Finsupport failed and did not say why. Nothing was lost; try again.".to_owned(),
        _ => format!("{}. Finsupport did not say more.", code.title()),
    }
}

fn moved(fields: &mut Map<String, Value>, from: &str, to: &str) {
    if from != to
        && let Some(value) = fields.remove(from)
    {
        fields.insert(to.to_owned(), value);
    }
}

fn rename(value: &mut Value, names: &BTreeMap<String, BTreeMap<String, String>>) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                match names.get(field) {
                    Some(names) => rename_text(value, names),
                    None => rename(value, names),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, names)),
        _ => {}
    }
}

fn rename_text(value: &mut Value, names: &BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(name) = names.get(text) {
                text.clone_from(name);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename_text(item, names)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(toml: &str) -> Shapes {
        Shapes::new(&toml::from_str(toml).expect("settings that can be read"))
    }

    #[test]
    fn without_settings_bytes_pass_untouched() {
        let body = Bytes::from_static(b"{ \"status\" : \"OPEN\" ,\"items\":[] }");
        let plain = shapes("");
        assert_eq!(plain.body_out(body.clone()), body);
        assert_eq!(plain.answer_in(body.clone()), body);
        assert_eq!(plain.query_out("status=OPEN&q=a+b"), "status=OPEN&q=a+b");
    }

    #[test]
    fn names_of_values_are_exchanged_both_ways_in_their_fields_only() {
        let shapes = shapes("[values.status]\nOPEN = \"NEW\"\nIN_PROGRESS = \"WORKING\"");
        assert_eq!(shapes.query_out("status=OPEN&q=OPEN"), "status=NEW&q=OPEN");
        let out = shapes.body_out(Bytes::from_static(br#"{"status":["OPEN","WAITING"],"subject":"OPEN"}"#));
        assert_eq!(out, r#"{"status":["NEW","WAITING"],"subject":"OPEN"}"#);
        let back = shapes.answer_in(Bytes::from_static(br#"{"items":[{"status":"WORKING","subject":"WORKING"}]}"#));
        assert_eq!(back, r#"{"items":[{"status":"IN_PROGRESS","subject":"WORKING"}]}"#);
    }

    #[test]
    fn envelopes_are_taken_off() {
        let shapes = shapes("[answers]\nunwrap = \"data\"\nitems = \"content\"\nnext_cursor = \"next\"");
        let page = shapes.answer_in(Bytes::from_static(br#"{"data":{"content":[1],"next":"abc"},"took":3}"#));
        assert_eq!(
            serde_json::from_slice::<Value>(&page).unwrap(),
            serde_json::json!({"items": [1], "nextCursor": "abc"})
        );
    }

    #[test]
    fn every_refusal_becomes_a_problem() {
        let plain = shapes("");
        let vendor = br#"{"reason":"BAD_THING","path":"/x","method":"PUT","message":"The ticket is gone.","timestamp":"2026-01-01T00:00:00Z","status":404}"#;
        for (status, body, code, detail) in [
            (404, &vendor[..], Code::NotFound, "The ticket is gone."),
            (409, br#"{"reason":"TICKET_CLOSED","message":"Closed."}"#, Code::TicketClosed, "Closed."),
            (502, b"<html><body>Bad Gateway</body></html>", Code::BadGateway, "Finsupport failed"),
            (500, b"", Code::BadGateway, "Finsupport failed"),
            (418, b"{}", Code::Malformed, "could not be read"),
        ] {
            let problem = plain.refusal(StatusCode::from_u16(status).unwrap(), body);
            assert_eq!(problem.code, code, "{status}");
            assert!(problem.detail.contains(detail), "{status}: {}", problem.detail);
        }
        let ours = Problem::new(Code::TicketClosed, "Closed for good.");
        let body = serde_json::to_vec(&ours).unwrap();
        assert_eq!(plain.refusal(StatusCode::CONFLICT, &body), ours);
    }
}
