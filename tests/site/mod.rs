//! The whole site in memory, and a browser of sorts: it keeps cookies, says which page it is on, and runs no scripts.

use api::{
    App,
    clock::Clock,
    config::Config,
    people::actions::{self, NewPerson},
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderName, Request, StatusCode, header},
};
use client::{
    Client,
    gateway::{Gateway, Settings},
};
use contract::{
    Role,
    session::Credentials,
    ticket::{Category, NewTicket},
};
use finsupport::server::serve;
use futures::StreamExt;
use leptos::prelude::LeptosOptions;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tempfile::TempDir;
use tower::ServiceExt;

pub const CUSTOMER: &str = "customer@example.com";
pub const OTHER: &str = "other@example.com";
pub const ASSIGNEE: &str = "assignee@example.com";
pub const ADMIN: &str = "admin@example.com";
pub const PASSWORD: &str = "correct horse battery";

/// The program, on a folder of its own.
pub struct Site {
    app: App,
    router: Router,
    client: Client,
    _folder: TempDir,
}

impl Site {
    pub async fn start() -> Self {
        Self::with(|app| app).await
    }

    /// The same in front of a gateway at this address.
    pub async fn before(url: &str) -> Self {
        let mut settings = Settings { url: Some(url.parse().unwrap()), ..Settings::default() };
        settings.retry.times = 0;
        let gateway = Gateway::new(settings).unwrap();
        Self::with(|app| app.before(gateway, Duration::from_secs(3600))).await
    }

    async fn with(place: impl FnOnce(App) -> App) -> Self {
        let folder = TempDir::new().unwrap();
        let app = place(App::open(folder.path(), Config::default(), Clock::System).unwrap());
        for (name, email, role) in [
            ("Mira", CUSTOMER, Role::Customer),
            ("Hanna", OTHER, Role::Customer),
            ("Sam", ASSIGNEE, Role::Assignee),
            ("Ada", ADMIN, Role::Admin),
        ] {
            let new = NewPerson { name: name.into(), email: email.into(), role, organization: None, id: None };
            actions::add(&app, new, PASSWORD.into()).await.unwrap();
        }
        let api = api::router(app.clone());
        let client = Client::embedded(api.clone());
        let options = LeptosOptions::builder().output_name("finsupport").build();
        let site = serve::Site { options, client: client.clone(), behind_proxy: true };
        Self { app, router: serve::router(site, api), client, _folder: folder }
    }

    /// Disables this person's account, as the command line does.
    pub async fn disable(&self, email: &str) {
        actions::disable(&self.app, email).await.unwrap();
    }

    /// Takes a table away, so that whoever reads it fails.
    pub async fn lose(&self, table: &'static str) {
        let gone = format!("ALTER TABLE {table} RENAME TO lost");
        self.app.db.write(move |tx| Ok(tx.execute_batch(&gone)?)).await.unwrap();
    }

    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: BTreeMap::new(), https: false, extra: Vec::new() }
    }

    pub async fn signed_in(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        let page = browser.post("/sign-in", "/rpc/sessions/sign_in", &[("email", email), ("password", PASSWORD)]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
        browser
    }

    /// The API, in this person's name.
    pub async fn client_of(&self, email: &str) -> Client {
        let credentials = Credentials { email: email.into(), password: PASSWORD.into() };
        let token = self.client.sign_in(&credentials).await.unwrap();
        self.client.with_token(token.access_token)
    }

    /// Files a ticket and gives its id.
    pub async fn ticket_of(&self, email: &str, subject: &str) -> String {
        let new = NewTicket {
            subject: subject.into(),
            description: subject.into(),
            category: Category::Payment,
            priority: None,
            payment_id: None,
            file_ids: vec![],
            follow_up_of: None,
            channel: None,
        };
        self.client_of(email).await.create_ticket(&new).await.unwrap().ticket_id.to_string()
    }
}

/// A browser with JavaScript off.
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    /// Whether it reaches the site through a proxy that speaks https.
    pub https: bool,
    /// Headers of the next requests.
    pub extra: Vec<(&'static str, String)>,
}

/// What came back.
pub struct Page {
    pub status: StatusCode,
    headers: HeaderMap,
    pub body: String,
}

impl Browser {
    /// A page, of which no element has an attribute twice: a browser would take the first and drop the other.
    pub async fn get(&mut self, path: &str) -> Page {
        let page = self.send(Request::get(path), Body::empty()).await;
        for element in page.body.split('<').filter_map(|rest| rest.split('>').next()) {
            assert!(element.matches(" class=\"").count() < 2, "{path}: <{element}>");
        }
        page
    }

    /// As our own code in the browser asks.
    pub async fn fetch(&mut self, path: &str) -> Page {
        self.send(Request::get(path).header(header::ACCEPT, "application/json"), Body::empty()).await
    }

    /// As a program asks the API, with the token that this browser's session stands for.
    pub async fn ask_api(&mut self, path: &str) -> Page {
        let token = format!("Bearer {}", self.cookies["finsupport"]);
        self.send(Request::get(path).header(header::AUTHORIZATION, token), Body::empty()).await
    }

    pub async fn post(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> Page {
        let request = Request::post(action).header(header::REFERER, format!("http://desk.example{page}"));
        self.send_fields(request, fields).await
    }

    pub async fn post_files(
        &mut self,
        page: &str,
        action: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Page {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend_from_slice(
                format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes(),
            );
        }
        for (name, bytes) in files {
            let head = format!(
                "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--b--\r\n");
        let request = Request::post(action)
            .header(header::REFERER, format!("http://desk.example{page}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        self.send(request, Body::from(body)).await
    }

    /// Starts to upload a file, as our own code in the browser does, and breaks off amid it.
    pub async fn break_off_upload(&mut self, bytes: usize) -> Page {
        let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.log\"\r\n\r\n";
        let sent = [head.to_owned(), "a line\n".repeat(bytes / 7)].map(Ok);
        let broken = std::iter::once(Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)));
        // As from a network: what was sent has been read before it breaks.
        let parts = futures::stream::iter(sent.into_iter().chain(broken)).then(|part| async {
            tokio::task::yield_now().await;
            part
        });
        let body = Body::from_stream(parts);
        let request = Request::post("/rpc/files/upload")
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        self.send(request, body).await
    }

    /// As our own code in the browser posts what was typed.
    pub async fn call(&mut self, action: &str, fields: &[(&str, &str)]) -> Page {
        self.send_fields(Request::post(action).header(header::ACCEPT, "application/json"), fields).await
    }

    /// Posts a body that begins with `first` and goes on with `again` for ever. How many bytes of it were taken.
    pub async fn post_endless(
        &mut self,
        action: &str,
        accept: &str,
        kind: &str,
        first: &str,
        again: &str,
    ) -> (Page, usize) {
        let taken = Arc::new(AtomicUsize::new(0));
        let counted = taken.clone();
        let pieces = std::iter::once(first.to_owned()).chain(std::iter::repeat(again.to_owned()));
        let body = Body::from_stream(futures::stream::iter(pieces.map(move |piece| {
            counted.fetch_add(piece.len(), Ordering::Relaxed);
            Ok::<_, std::io::Error>(piece)
        })));
        let request = Request::post(action).header(header::ACCEPT, accept).header(header::CONTENT_TYPE, kind);
        let page = self.send(request, body).await;
        (page, taken.load(Ordering::Relaxed))
    }

    async fn send_fields(&mut self, request: axum::http::request::Builder, fields: &[(&str, &str)]) -> Page {
        let body = serde_html_form::to_string(fields).unwrap();
        let request = request
            .header(header::CONTENT_LENGTH, body.len())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body)).await
    }

    async fn send(&mut self, mut request: axum::http::request::Builder, body: Body) -> Page {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request = request.header(header::HOST, "desk.example").header(header::COOKIE, cookies.join("; "));
        if !request.headers_ref().is_some_and(|headers| headers.contains_key(header::ACCEPT)) {
            request = request.header(header::ACCEPT, "text/html,*/*;q=0.8");
        }
        if self.https {
            request = request.header("x-forwarded-proto", "https");
        }
        for (name, value) in &self.extra {
            request = request.header(*name, value);
        }
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let body = String::from_utf8_lossy(&to_bytes(body, usize::MAX).await.unwrap()).into_owned();
        Page { status: parts.status, headers: parts.headers, body }
    }
}

impl Page {
    pub fn header(&self, name: HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header(header::LOCATION)
    }

    /// The value of the first input of this name.
    pub fn value_of(&self, name: &str) -> &str {
        let input = self.body.split("<input").find(|input| input.contains(&format!("name=\"{name}\""))).unwrap();
        input.split("value=\"").nth(1).unwrap().split('"').next().unwrap()
    }
}
