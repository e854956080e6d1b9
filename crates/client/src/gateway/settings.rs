//! What is to be said about a gateway: where it is, how to speak to it, and what differs there. The vendor publishes no
//! paths, so everything that is assumed can be set here, without a new build.

use contract::endpoints::{Method, Operation};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt, time::Duration};
use url::Url;

/// The settings of a gateway, as `gateway.sample.toml` shows and explains them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where it is: scheme, host and port, and a prefix if everything has one.
    pub url: Option<Url>,
    /// Instead of `/finsupport/1.0.0`.
    pub base_path: Option<String>,
    /// The header that names the person in whose name is asked. Empty: none.
    pub acting_user_header: String,
    /// The header under which the gateway knows a repeated request again. Empty: it does not, and only reading is
    /// repeated.
    pub idempotency_header: String,
    /// Sent with every request, such as `tenantId`.
    pub headers: BTreeMap<String, String>,
    pub time: Times,
    pub retry: Retry,
    pub breaker: Breaker,
    /// Most requests on their way at the same time, and as many more that stream.
    pub in_flight_max: usize,
    /// How to sign in. Without it, nothing is sent as authorization.
    pub token: Option<TokenSettings>,
    /// Method and path of operations that differ, by operation: `CreateTicket`.
    pub operations: BTreeMap<String, Elsewhere>,
    /// Names of values that differ, by field and our name: `status.OPEN = "NEW"`.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    pub answers: Answers,
    pub errors: Errors,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            url: None,
            base_path: None,
            acting_user_header: "actingUser".to_owned(),
            idempotency_header: "Idempotency-Key".to_owned(),
            headers: BTreeMap::new(),
            time: Times::default(),
            retry: Retry::default(),
            breaker: Breaker::default(),
            in_flight_max: 64,
            token: None,
            operations: BTreeMap::new(),
            values: BTreeMap::new(),
            answers: Answers::default(),
            errors: Errors::default(),
        }
    }
}

/// How long is waited, in seconds.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Times {
    /// For a connection.
    pub connect: f64,
    /// For an answer; of one that streams, for its next piece.
    pub answer: f64,
    /// For an upload as a whole.
    pub upload: f64,
    /// For one's turn, when too many requests are on their way.
    pub turn: f64,
}

impl Default for Times {
    fn default() -> Self {
        Self { connect: 2.0, answer: 10.0, upload: 600.0, turn: 2.0 }
    }
}

/// How a request is repeated that may be.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retry {
    /// How often at most, after the first try.
    pub times: usize,
    /// Seconds before the first repetition, about; each later one waits twice as long.
    pub pause: f64,
    /// The longest `Retry-After` that is waited for, in seconds. One that is longer is passed on.
    pub pause_max: f64,
}

impl Default for Retry {
    fn default() -> Self {
        Self { times: 3, pause: 0.1, pause_max: 3.0 }
    }
}

/// When a gateway that fails is left alone for a while.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Breaker {
    /// Failures in a row.
    pub failures: usize,
    /// For how many seconds.
    pub rest: f64,
}

impl Default for Breaker {
    fn default() -> Self {
        Self { failures: 20, rest: 5.0 }
    }
}

/// OAuth 2.0 client credentials (RFC 6749 section 4.4).
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenSettings {
    pub url: Url,
    pub client_id: String,
    /// Never in the file: read from a variable or a file of its own.
    #[serde(skip)]
    pub client_secret: String,
    #[serde(default)]
    pub scope: Option<String>,
}

impl fmt::Debug for TokenSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenSettings({} as {})", self.url, self.client_id)
    }
}

/// Where an operation is found instead.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Elsewhere {
    pub method: Option<String>,
    /// Below the base path, with the placeholders of the operation: `/ticket/{ticketId}`.
    pub path: Option<String>,
}

/// What answers are wrapped in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Answers {
    /// The field that holds the answer: `data`. Empty: it comes bare.
    pub unwrap: String,
    /// The field that holds the rows of a page.
    pub items: String,
    /// The field that holds where a page goes on.
    pub next_cursor: String,
}

impl Default for Answers {
    fn default() -> Self {
        Self { unwrap: String::new(), items: "items".to_owned(), next_cursor: "nextCursor".to_owned() }
    }
}

/// Where the body of a refusal says what, as JSON pointers (RFC 6901). Bodies of RFC 9457 are read without these.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Errors {
    /// A name of the kind of refusal, if it is one of ours.
    pub code: String,
    /// What happened, for people.
    pub detail: String,
}

impl Default for Errors {
    fn default() -> Self {
        Self { code: "/reason".to_owned(), detail: "/message".to_owned() }
    }
}

impl Settings {
    /// Where an operation is asked, below the gateway's URL, and how.
    ///
    /// # Panics
    /// When there are fewer ids than placeholders: a slip in the calling code.
    pub(crate) fn place(&self, operation: Operation, ids: &[String]) -> (http::Method, String) {
        let endpoint = operation.endpoint();
        let elsewhere = self.operations.get(&format!("{operation:?}"));
        let method = elsewhere.and_then(|e| e.method.as_deref()).and_then(|method| method.parse().ok());
        let path = elsewhere.and_then(|e| e.path.as_deref()).unwrap_or(endpoint.path);
        let base = self.base_path.as_deref().unwrap_or(endpoint.base).trim_end_matches('/');
        let mut whole = format!("{base}{path}");
        for (name, id) in placeholders(endpoint.path).zip(ids) {
            whole = whole.replace(&format!("{{{name}}}"), id);
        }
        (method.unwrap_or_else(|| standard(endpoint.method)), whole)
    }

    /// Looks for what cannot work, before anything is sent.
    ///
    /// # Errors
    /// What is wrong, by its name in the file.
    pub fn check(&self) -> Result<(), String> {
        if self.url.is_none() {
            return Err("url: say where the gateway is, here or with --gateway".to_owned());
        }
        for (name, elsewhere) in &self.operations {
            let operation = Operation::ALL.iter().find(|operation| format!("{operation:?}") == *name);
            let Some(operation) = operation else {
                return Err(format!("operations.{name}: there is no operation of this name"));
            };
            if let Some(method) = &elsewhere.method
                && !["GET", "POST", "PUT", "DELETE", "PATCH"].contains(&method.as_str())
            {
                return Err(format!("operations.{name}.method: {method} is not a method"));
            }
            let Some(path) = &elsewhere.path else { continue };
            if !path.starts_with('/') {
                return Err(format!("operations.{name}.path: begin it with /"));
            }
            let known: Vec<&str> = placeholders(operation.endpoint().path).collect();
            if let Some(unknown) = placeholders(path).find(|placeholder| !known.contains(placeholder)) {
                return Err(format!("operations.{name}.path: nothing fills {{{unknown}}}"));
            }
        }
        for (name, seconds) in [
            ("time.connect", self.time.connect),
            ("time.answer", self.time.answer),
            ("time.upload", self.time.upload),
            ("time.turn", self.time.turn),
            ("retry.pause", self.retry.pause),
            ("retry.pause_max", self.retry.pause_max),
            ("breaker.rest", self.breaker.rest),
        ] {
            if !(seconds > 0.0 && seconds <= 86_400.0) {
                return Err(format!("{name}: give a number of seconds, above 0 and at most a day"));
            }
        }
        for (name, count) in [("in_flight_max", self.in_flight_max), ("breaker.failures", self.breaker.failures)] {
            if count == 0 {
                return Err(format!("{name}: give at least 1"));
            }
        }
        Ok(())
    }
}

/// These seconds as a duration; [`Settings::check`] has judged them.
pub(crate) fn seconds(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}

const fn standard(method: Method) -> http::Method {
    match method {
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
        Method::Put => http::Method::PUT,
        Method::Delete => http::Method::DELETE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(toml: &str) -> Settings {
        toml::from_str(toml).expect("settings that can be read")
    }

    #[test]
    fn an_operation_is_asked_where_the_table_says_unless_the_settings_say_otherwise() {
        let ids = ["7".to_owned()];
        let plain = settings("");
        assert_eq!(plain.place(Operation::TicketById, &ids).1, "/finsupport/1.0.0/tickets/7/seen");
        let set = settings(
            r#"
            base_path = "/helpdesk/2.1.0/"
            [operations.TicketById]
            method = "GET"
            path = "/ticket/by-id/{ticketId}"
            "#,
        );
        assert_eq!(
            set.place(Operation::TicketById, &ids),
            (http::Method::GET, "/helpdesk/2.1.0/ticket/by-id/7".to_owned())
        );
        assert_eq!(set.place(Operation::CreateTicket, &[]), (http::Method::POST, "/helpdesk/2.1.0/tickets".to_owned()));
    }

    #[test]
    fn settings_that_cannot_work_are_refused_by_name() {
        let url = "url = \"http://127.0.0.1:1\"\n";
        for (toml, name) in [
            ("", "url"),
            ("[operations.NoSuchThing]\npath = \"/x\"", "operations.NoSuchThing"),
            ("[operations.TicketById]\npath = \"x\"", "operations.TicketById.path"),
            ("[operations.TicketById]\npath = \"/x/{noteId}\"", "operations.TicketById.path"),
            ("[operations.TicketById]\nmethod = \"FETCH\"", "operations.TicketById.method"),
            ("[time]\nanswer = 0", "time.answer"),
            ("in_flight_max = 0", "in_flight_max"),
        ] {
            let whole = if name == "url" { toml.to_owned() } else { format!("{}{toml}", url) };
            let problem = settings(&whole).check().expect_err(name);
            assert!(problem.starts_with(name), "{problem}");
        }
        settings(url).check().expect("nothing but a place is needed");
    }

    #[test]
    fn the_sample_can_be_used_and_tells_every_default() {
        let sample = include_str!("../../../../gateway.sample.toml");
        settings(sample).check().expect("a sample that works");
        let said: String = sample
            .lines()
            .filter_map(|line| match line.strip_prefix('#') {
                Some(default) if default.starts_with(|c: char| c.is_ascii_lowercase()) => Some(default),
                _ if line.starts_with("[time]") || line.starts_with("[retry]") || line.starts_with("[breaker]") => {
                    Some(line)
                }
                _ if line.starts_with("[answers]") || line.starts_with("[errors]") => Some(line),
                _ => None,
            })
            .filter(|line| !line.starts_with("scope"))
            .flat_map(|line| [line, "\n"])
            .collect();
        let defaults = Settings { base_path: Some(contract::endpoints::FINSUPPORT.to_owned()), ..Settings::default() };
        assert_eq!(format!("{:?}", settings(&said)), format!("{defaults:?}"));
    }

    #[test]
    fn a_secret_is_neither_read_from_the_file_nor_shown() {
        let token = "[token]\nurl = \"http://127.0.0.1:1/token\"\nclient_id = \"desk\"\n";
        assert!(toml::from_str::<Settings>(&format!("{token}client_secret = \"hush\"")).is_err());
        let mut held = settings(token);
        held.token.as_mut().expect("set").client_secret = "hush".to_owned();
        assert!(!format!("{held:?}").contains("hush"));
    }
}
