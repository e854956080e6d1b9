//! A service on an empty folder, with people of every kind signed in.

use api::{
    App,
    clock::{Clock, Timestamp},
    config::Config,
    people::actions::{NewPerson, insert},
    sessions::actions::begin,
};
use axum::{Router, body::Body};
use client::{Client, gateway::Gateway};
use contract::{
    Code, Problem, Role,
    id::{PersonId, TicketId},
    note::NewNote,
    reply::NewReply,
    ticket::{Category, NewTicket, Ticket},
};
use http::{HeaderMap, Request, StatusCode};
use std::{sync::OnceLock, time::Duration};
use tower::ServiceExt;

/// Of everybody in the world.
pub const PASSWORD: &str = "correct horse battery";

/// When the world begins: Sunday, 22 November 2026, 08:00 UTC.
pub const BEGINNING: Timestamp = Timestamp(1_795_334_400_000);

/// Somebody, signed in.
#[derive(Clone)]
pub struct Member {
    pub id: PersonId,
    pub email: String,
    pub token: String,
    pub client: Client,
}

/// The service and its people.
pub struct World {
    pub app: App,
    pub router: Router,
    pub folder: tempfile::TempDir,
    pub clock: Clock,
    /// Of Okafor Travel.
    pub customer: Member,
    /// Of Okafor Travel too.
    pub colleague: Member,
    /// Of another organization.
    pub other: Member,
    pub assignee: Member,
    pub other_assignee: Member,
    pub admin: Member,
}

/// What came back, whole.
pub struct Raw {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Raw {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn problem(&self) -> Problem {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.body))
    }

    pub fn code(&self) -> Code {
        self.problem().code
    }
}

impl World {
    /// A fresh service.
    pub async fn new() -> Self {
        Self::with(Config::default()).await
    }

    /// A fresh service with these settings.
    pub async fn with(config: Config) -> Self {
        Self::build(config, |app| app, &[None; 6]).await
    }

    /// A site in front of this gateway, where the same people have accounts.
    pub async fn before(gateway: Gateway, people: &Self) -> Self {
        let ids = [
            &people.customer,
            &people.colleague,
            &people.other,
            &people.assignee,
            &people.other_assignee,
            &people.admin,
        ];
        let poll = Duration::from_millis(50);
        Self::build(Config::default(), |app| app.before(gateway, poll), &ids.map(|member| Some(member.id))).await
    }

    async fn build(config: Config, place: impl FnOnce(App) -> App, ids: &[Option<PersonId>; 6]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(BEGINNING);
        let app = place(App::open(folder.path(), config, clock.clone()).unwrap());
        let router = api::router(app.clone());
        let member = async |nth: usize, name: &str, email: &str, role, organization: Option<&str>| {
            member(&app, &router, ids[nth], name, email, role, organization).await
        };
        Self {
            customer: member(0, "Mira Okafor", "mira@okafor.example", Role::Customer, Some("Okafor Travel")).await,
            colleague: member(1, "Tayo Okafor", "tayo@okafor.example", Role::Customer, Some("Okafor Travel")).await,
            other: member(2, "Jan Kowal", "jan@kowal.example", Role::Customer, Some("Kowal Sp. z o.o.")).await,
            assignee: member(3, "Sam Reed", "sam@staff.example", Role::Assignee, None).await,
            other_assignee: member(4, "Lin Chen", "lin@staff.example", Role::Assignee, None).await,
            admin: member(5, "Ada Boss", "ada@staff.example", Role::Admin, None).await,
            app,
            router,
            folder,
            clock,
        }
    }

    /// Nobody.
    pub fn nobody(&self) -> Client {
        Client::embedded(self.router.clone())
    }

    /// Another person, signed in.
    pub async fn member(&self, name: &str, email: &str, role: Role, organization: Option<&str>) -> Member {
        member(&self.app, &self.router, None, name, email, role, organization).await
    }

    /// A ticket of the customer, with nobody assigned.
    pub async fn ticket(&self) -> Ticket {
        self.customer.client.create_ticket(&new_ticket("Charged twice")).await.unwrap()
    }

    /// A ticket of the customer that the assignee works.
    pub async fn assigned(&self) -> Ticket {
        let ticket = self.ticket().await;
        self.admin.client.assign(ticket.ticket_id, self.assignee.id).await.unwrap()
    }

    /// A closed ticket of the customer.
    pub async fn closed(&self) -> Ticket {
        let ticket = self.assigned().await;
        self.customer.client.customer_close(ticket.ticket_id, &Default::default()).await.unwrap()
    }

    /// Sends a request as it is.
    pub async fn raw(&self, request: Request<Body>) -> Raw {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Raw { status: parts.status, headers: parts.headers, body: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    /// Sends a request in somebody's name, with a JSON body when there is one.
    pub async fn ask(&self, who: &Member, method: &str, path: &str, body: Option<&str>) -> Raw {
        let mut request =
            Request::builder().method(method).uri(path).header("authorization", format!("Bearer {}", who.token));
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        self.raw(request.body(Body::from(body.unwrap_or_default().to_owned())).unwrap()).await
    }
}

/// A ticket to be filed.
pub fn new_ticket(subject: &str) -> NewTicket {
    NewTicket {
        subject: subject.to_owned(),
        description: "The same payment appears twice on my statement.".to_owned(),
        category: Category::Payment,
        priority: None,
        payment_id: None,
        file_ids: Vec::new(),
        follow_up_of: None,
        channel: None,
    }
}

pub fn reply(body: &str) -> NewReply {
    NewReply { body: body.to_owned(), ..NewReply::default() }
}

pub fn note(body: &str) -> NewNote {
    NewNote { body: body.to_owned(), ..NewNote::default() }
}

/// An id of no ticket.
pub fn missing() -> TicketId {
    TicketId("0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d".parse().unwrap())
}

async fn member(
    app: &App,
    router: &Router,
    id: Option<PersonId>,
    name: &str,
    email: &str,
    role: Role,
    organization: Option<&str>,
) -> Member {
    static HASH: OnceLock<String> = OnceLock::new();
    let hash = match HASH.get() {
        Some(hash) => hash.clone(),
        None => {
            let hash = app.passwords.hash(PASSWORD.to_owned()).await.unwrap();
            HASH.get_or_init(|| hash).clone()
        }
    };
    let new = NewPerson {
        name: name.to_owned(),
        email: email.to_owned(),
        role,
        organization: organization.map(str::to_owned),
        id,
    };
    let (id, token) = app
        .db
        .write(move |tx| {
            let id = insert(tx, &new, &hash)?;
            Ok((id, begin(tx, id, "tests", 14 * 24 * 60 * 60)?.access_token))
        })
        .await
        .unwrap();
    let client = Client::embedded(router.clone()).with_token(token.clone());
    Member { id, email: email.to_owned(), token, client }
}
