//! What was answered: each answer is held against the OpenAPI document, and noted. In the end everything documented must
//! have been seen.

use api::routes::{Route, table};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, header},
};
use contract::{
    Code, Problem,
    endpoints::{FINSUPPORT, Method, Operation},
};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
};
use tower::ServiceExt;

/// What was seen of each operation.
pub struct Ledger {
    routes: Vec<Route>,
    document: Value,
    validators: Mutex<HashMap<(Operation, u16), Arc<Validator>>>,
    successes: Mutex<HashSet<Operation>>,
    refusals: Mutex<HashSet<(Operation, Code)>>,
}

/// The same service, with a ledger kept of its answers.
pub fn keeping(service: Router) -> (Router, Arc<Ledger>) {
    let ledger = Arc::new(Ledger {
        routes: table(),
        document: api::openapi::describe(),
        validators: Mutex::default(),
        successes: Mutex::default(),
        refusals: Mutex::default(),
    });
    let kept = ledger.clone();
    let router = Router::new().fallback(move |mut request: Request<Body>| {
        // What would be handed over is written, to be looked at.
        request.extensions_mut().remove::<client::InProcess>();
        let (service, ledger) = (service.clone(), ledger.clone());
        async move {
            let operation = ledger.operation(&request);
            let response = service.oneshot(request).await.unwrap();
            match operation {
                Some(operation) => ledger.note(operation, response).await,
                None => response,
            }
        }
    });
    (router, kept)
}

impl Ledger {
    /// The operations of Finsupport under test, with their routes.
    pub fn routes(&self) -> impl Iterator<Item = &Route> {
        self.routes.iter().filter(|route| route.operation.endpoint().base == FINSUPPORT)
    }

    fn operation(&self, request: &Request<Body>) -> Option<Operation> {
        let method = match request.method().as_str() {
            "GET" => Method::Get,
            "POST" => Method::Post,
            "PUT" => Method::Put,
            _ => Method::Delete,
        };
        let path: Vec<&str> = request.uri().path().split('/').collect();
        let fits = |route: &&Route| {
            let (endpoint, template) = (route.operation.endpoint(), route.operation.endpoint().route());
            let template: Vec<&str> = template.split('/').collect();
            let same = |(part, given): (&&str, &&str)| part.starts_with('{') || part == given;
            endpoint.method == method && template.len() == path.len() && template.iter().zip(&path).all(same)
        };
        // A path without placeholders is more particular than one with.
        self.routes()
            .filter(fits)
            .min_by_key(|route| route.operation.endpoint().path.matches('{').count())
            .map(|r| r.operation)
    }

    async fn note(&self, operation: Operation, response: Response<Body>) -> Response<Body> {
        let route = self.routes().find(|route| route.operation == operation).unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let kind = parts.headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap()).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let status = parts.status.as_u16();
        if parts.status.is_success() {
            if kind.starts_with("application/json") && route.response.1.is_some() {
                assert_eq!(status, route.response.0, "{operation:?} answers with the status that is documented");
                self.conforms(operation, status, &text);
            } else {
                let nothing = route.response.1.is_none() && bytes.is_empty();
                assert!(route.stream.is_some() || nothing, "{operation:?} answered {kind}");
            }
            self.successes.lock().unwrap().insert(operation);
        } else {
            assert_eq!(kind, "application/problem+json", "{operation:?} refused with {status}: {text}");
            self.conforms(operation, status, &text);
            let problem: Problem = serde_json::from_str(&text).unwrap();
            assert_eq!(problem.status, status, "{operation:?}: {text}");
            assert!(!problem.request_id.is_empty(), "{operation:?} names the request: {text}");
            assert!(
                route.codes().contains(&problem.code),
                "{operation:?} refuses with {text}, which is not documented"
            );
            self.refusals.lock().unwrap().insert((operation, problem.code));
        }
        Response::from_parts(parts, Body::from(bytes))
    }

    fn conforms(&self, operation: Operation, status: u16, text: &str) {
        let value: Value = serde_json::from_str(text).unwrap();
        let validator = self
            .validators
            .lock()
            .unwrap()
            .entry((operation, status))
            .or_insert_with(|| self.validator(operation, status))
            .clone();
        let faults: Vec<String> =
            validator.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{operation:?} {status} is not as documented: {faults:#?} in {value:#}");
    }

    fn validator(&self, operation: Operation, status: u16) -> Arc<Validator> {
        let endpoint = operation.endpoint();
        let method = format!("{:?}", endpoint.method).to_lowercase();
        let responses = &self.document["paths"][endpoint.route()][&method]["responses"];
        let described = &responses[status.to_string()]["content"];
        let schema = described.get("application/json").or(described.get("application/problem+json"));
        let schema = schema.unwrap_or_else(|| panic!("{operation:?} documents no body with {status}"));
        let mut whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": self.document["components"],
        });
        whole.as_object_mut().unwrap().extend(schema["schema"].as_object().unwrap().clone());
        Arc::new(jsonschema::validator_for(&whole).unwrap())
    }

    /// Fails for each success and each refusal that is documented and that nobody has met.
    pub fn everything_documented_has_been_seen(&self) {
        let (successes, refusals) = (self.successes.lock().unwrap(), self.refusals.lock().unwrap());
        let mut missing = Vec::new();
        for route in self.routes() {
            let operation = route.operation;
            if !successes.contains(&operation) {
                missing.push(format!("{operation:?} succeeds"));
            }
            let unseen = route.codes().into_iter().filter(|code| !refusals.contains(&(operation, *code)));
            missing.extend(unseen.map(|code| format!("{operation:?} refuses with {}", code.as_str())));
        }
        assert!(missing.is_empty(), "documented and never seen: {missing:#?}");
    }
}
