//! Everybody's door to the service under test, which does not show where it leads.

use crate::{
    ledger::{self, Ledger},
    process::{Program, new_ticket},
};
use api::{App, clock::Clock, config::Config, demo};
use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use client::Client;
use contract::{Code, Problem, id::PersonId, session::Credentials, ticket::Ticket};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

const SECRET: &str = "a-secret-of-some-length";

/// Somebody of the demo, signed in.
pub struct Door {
    pub id: PersonId,
    pub token: String,
    pub client: Client,
}

/// The service under test.
pub struct Doors {
    pub ledger: Arc<Ledger>,
    pub customer: Door,
    /// Of the customer's organization.
    pub colleague: Door,
    /// A customer of another one.
    pub other: Door,
    pub assignee: Door,
    pub assignee2: Door,
    pub admin: Door,
    /// The admin's door to where the tickets are kept: what is no operation of Finsupport is asked there.
    pub kept: Client,
    router: Router,
    _folders: Vec<TempDir>,
    _programs: Vec<Program>,
}

impl Doors {
    /// The service in this process.
    pub async fn embedded() -> Self {
        let folder = TempDir::new().unwrap();
        let app = App::open(folder.path(), Config::default(), Clock::System).unwrap();
        demo::fill(&app).await.unwrap();
        let router = api::router(app);
        Self::of(ledger::keeping(router.clone()), router, vec![folder], vec![]).await
    }

    /// A site, and a second program that is its gateway.
    pub async fn remote() -> Self {
        let (there, here) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let service = [("FINSUPPORT_SERVICE_CLIENT", "desk"), ("FINSUPPORT_SERVICE_SECRET", SECRET)];
        let gateway = Program::serve_with(there.path(), &["--demo"], &service);
        let url = format!("http://{}", gateway.address);
        let token_url = format!("{url}/desk/1.0.0/oauth/token");
        let to_gateway = [
            ("FINSUPPORT_GATEWAY_URL", url.as_str()),
            ("FINSUPPORT_GATEWAY_TOKEN_URL", &token_url),
            ("FINSUPPORT_GATEWAY_CLIENT", "desk"),
            ("FINSUPPORT_GATEWAY_CLIENT_SECRET", SECRET),
        ];
        let site = Program::serve_with(here.path(), &["--demo"], &to_gateway);
        let over_tcp = |base: String| {
            let http = reqwest::Client::new();
            Router::new().fallback(move |request: Request<Body>| send(http.clone(), base.clone(), request))
        };
        let here_router = ledger::keeping(over_tcp(format!("http://{}", site.address)));
        Self::of(here_router, over_tcp(url), vec![there, here], vec![gateway, site]).await
    }

    async fn of(
        (router, ledger): (Router, Arc<Ledger>),
        kept: Router,
        folders: Vec<TempDir>,
        programs: Vec<Program>,
    ) -> Self {
        let through = async |router: &Router, name: &str| {
            let client = Client::embedded(router.clone());
            let email = format!("{name}@example.com");
            let password = demo::people::PASSWORD.to_owned();
            let token = client.sign_in(&Credentials { email, password }).await.unwrap().access_token;
            let client = client.with_token(token.clone());
            Door { id: client.viewer().await.unwrap().person.id, token, client }
        };
        let door = async |name: &str| through(&router, name).await;
        Self {
            customer: door("customer").await,
            colleague: door("colleague").await,
            other: door("other").await,
            assignee: door("assignee").await,
            assignee2: door("assignee2").await,
            admin: door("admin").await,
            kept: through(&kept, "admin").await.client,
            ledger,
            router,
            _folders: folders,
            _programs: programs,
        }
    }

    /// A new ticket of the customer, with nobody assigned.
    pub async fn ticket(&self) -> Ticket {
        self.customer.client.create_ticket(&new_ticket("Charged twice")).await.unwrap()
    }

    /// A new ticket of the customer that the assignee works.
    pub async fn assigned(&self) -> Ticket {
        let ticket = self.ticket().await;
        self.admin.client.assign(ticket.ticket_id, self.assignee.id).await.unwrap()
    }

    /// A new ticket of the customer that is closed.
    pub async fn closed(&self) -> Ticket {
        let ticket = self.assigned().await;
        self.customer.client.customer_close(ticket.ticket_id, &Default::default()).await.unwrap()
    }

    /// Sends a request as it is, and gives the code of its refusal.
    pub async fn refused(&self, request: Request<Body>) -> Code {
        let asked = format!("{} {}", request.method(), request.uri());
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert!(!response.status().is_success(), "{asked} was accepted with {}", response.status());
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        serde_json::from_slice::<Problem>(&body).unwrap().code
    }
}

/// The code of a refusal.
pub fn code<T: std::fmt::Debug>(answer: client::Result<T>) -> Code {
    answer.unwrap_err().code
}

async fn send(http: reqwest::Client, base: String, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().unwrap().as_str();
    let mut outward = http.request(parts.method, format!("{base}{path}"));
    for (name, value) in &parts.headers {
        outward = outward.header(name, value);
    }
    let chunked = !parts.headers.contains_key(header::CONTENT_LENGTH);
    let sent = if chunked && parts.headers.contains_key(header::CONTENT_TYPE) {
        outward.body(reqwest::Body::wrap_stream(body.into_data_stream())).send().await
    } else {
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        outward.body(bytes).send().await
    };
    match sent {
        Ok(answer) => Response::<reqwest::Body>::from(answer).map(Body::new),
        Err(error) => {
            let mut response = Response::new(Body::from(error.to_string()));
            *response.status_mut() = StatusCode::BAD_GATEWAY;
            response
        }
    }
}
