//! A site in front of a gateway: the same service a second time, over TCP.

use crate::world::{World, missing, new_ticket, note, reply};
use api::{config::Config, sessions::service::ServiceClient};
use axum::{body::Body, response::IntoResponse};
use client::gateway::{Gateway, Health, Settings, TokenSettings};
use contract::{
    Code,
    endpoints::Operation,
    page::Paging,
    ticket::{Status, TicketFilter},
};
use futures::{StreamExt, stream};
use http::{Request, StatusCode, header::CONTENT_TYPE};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use tower::ServiceExt;
use url::Url;

const SECRET: &str = "a-secret-of-some-length";

/// What the tests allow on its way at the same time.
const FEW: usize = 2;

/// Two services: where the tickets are, and a site in front of it.
struct Pair {
    gateway: World,
    site: World,
    handle: Gateway,
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Pair {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(tweak: impl FnOnce(&mut Settings)) -> Self {
        let service = ServiceClient { id: "desk".to_owned(), secret: SECRET.to_owned(), token_seconds: 10_000 };
        let gateway = World::with(Config { service: Some(service), ..Config::default() }).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = serve(listener, &gateway);
        let mut settings = settings(address);
        tweak(&mut settings);
        let handle = Gateway::new(settings).unwrap();
        let site = World::before(handle.clone(), &gateway).await;
        Self { gateway, site, handle, address, serving }
    }
}

/// Little may be on its way, and nobody waits long for a turn.
fn few_turns(settings: &mut Settings) {
    settings.in_flight_max = FEW;
    settings.time.turn = 0.05;
}

fn serve(listener: TcpListener, world: &World) -> JoinHandle<()> {
    let router = world.router.clone();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() })
}

fn settings(address: SocketAddr) -> Settings {
    let url: Url = format!("http://{address}").parse().unwrap();
    Settings {
        token: Some(TokenSettings {
            url: url.join("/desk/1.0.0/oauth/token").unwrap(),
            client_id: "desk".to_owned(),
            client_secret: SECRET.to_owned(),
            scope: None,
        }),
        url: Some(url),
        ..Settings::default()
    }
}

#[tokio::test]
async fn a_ticket_goes_from_filing_to_closing_through_a_gateway() {
    let pair = Pair::new().await;
    let (gateway, site) = (&pair.gateway, &pair.site);
    let ticket = site.ticket().await;
    let id = ticket.ticket_id;
    assert_eq!(gateway.customer.client.ticket(id).await.unwrap().subject, ticket.subject, "it is kept there");
    site.admin.client.assign(id, site.assignee.id).await.unwrap();
    site.assignee.client.assignee_note(id, &note("for us")).await.unwrap();
    site.assignee.client.assignee_reply(id, &reply("for you")).await.unwrap();
    assert_eq!(site.customer.client.replies(id, &Paging::default()).await.unwrap().items[0].body, "for you");
    assert_eq!(site.customer.client.notes(id, &Paging::default()).await.unwrap_err().code, Code::NotFound);
    let closed = site.customer.client.customer_close(id, &Default::default()).await.unwrap();
    assert_eq!(closed.status, Status::Closed);
    assert_eq!(site.customer.client.customer_reply(id, &reply("more")).await.unwrap_err().code, Code::TicketClosed);
}

#[tokio::test]
async fn files_stream_through_both_ways_and_stay_harmless() {
    let pair = Pair::new().await;
    let site = &pair.site;
    let bytes = vec![b'x'; 3_000_000];
    let pieces: Vec<Result<_, std::io::Error>> =
        bytes.chunks(70_000).map(|c| Ok(bytes::Bytes::copy_from_slice(c))).collect();
    let file = site.customer.client.upload("log.txt", futures::stream::iter(pieces)).await.unwrap();
    assert_eq!(file.size, 3_000_000);
    let answer = site.customer.client.file_content(file.file_id, &[]).await.unwrap();
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    assert!(answer.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert!(answer.headers()["content-security-policy"].to_str().unwrap().contains("sandbox"));
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    assert_eq!(body.len(), bytes.len());
    let part = [(http::header::RANGE, "bytes=2-4".to_owned())];
    assert_eq!(site.customer.client.file_content(file.file_id, &part).await.unwrap().status(), 206);
    assert_eq!(site.other.client.file(file.file_id).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn whoever_sees_nothing_at_the_gateway_sees_nothing_here() {
    let pair = Pair::new().await;
    let site = &pair.site;
    let ticket = site.ticket().await;
    assert_eq!(site.other.client.ticket(ticket.ticket_id).await.unwrap_err().code, Code::NotFound);
    assert_eq!(site.customer.client.ticket(missing()).await.unwrap_err().code, Code::NotFound);
    assert_eq!(site.nobody().tickets(&TicketFilter::default()).await.unwrap_err().code, Code::Unauthenticated);
    let odd = site.ask(&site.customer, "PUT", "/finsupport/1.0.0/tickets/..%2F..%2Fdesk/seen", None).await;
    assert_eq!(odd.code(), Code::MalformedId);
}

#[tokio::test]
async fn security_sessions_a_service_token_opens_nothing_without_a_person() {
    let pair = Pair::new().await;
    let gateway = &pair.gateway;
    let basic = |secret: &str| {
        use base64::{Engine, prelude::BASE64_STANDARD};
        format!("Basic {}", BASE64_STANDARD.encode(format!("desk:{secret}")))
    };
    let sign_in = async |authorization: String, form: &'static str| {
        let request = Request::post("/desk/1.0.0/oauth/token")
            .header("authorization", authorization)
            .header("content-type", "application/x-www-form-urlencoded");
        gateway.raw(request.body(Body::from(form)).unwrap()).await
    };
    let grant = "grant_type=client_credentials";
    assert_eq!(sign_in(basic("another-secret-here"), grant).await.code(), Code::WrongCredentials);
    assert_eq!(sign_in("Bearer x".to_owned(), grant).await.code(), Code::WrongCredentials);
    assert_eq!(sign_in(basic(SECRET), "grant_type=password").await.code(), Code::InvalidFields);
    let granted = sign_in(basic(SECRET), grant).await;
    assert_eq!(granted.headers["cache-control"], "no-store");
    let token = granted.json()["access_token"].as_str().unwrap().to_owned();

    let list = async |token: &str, acting: Option<String>| {
        let mut request = Request::get("/finsupport/1.0.0/tickets").header("authorization", format!("Bearer {token}"));
        if let Some(person) = acting {
            request = request.header("actingUser", person);
        }
        gateway.raw(request.body(Body::empty()).unwrap()).await
    };
    let ticket = gateway.ticket().await;
    assert_eq!(list(&token, None).await.code(), Code::Forbidden);
    assert_eq!(list(&token, Some(missing().to_string())).await.code(), Code::Forbidden);
    assert!(list(&token, Some(gateway.customer.id.to_string())).await.body.contains(&ticket.subject));
    let borrowed = list(&gateway.other.token, Some(gateway.customer.id.to_string())).await;
    assert!(!borrowed.body.contains(&ticket.subject), "a person's token acts for that person only");
    gateway.clock.advance(10_001);
    assert_eq!(list(&token, Some(gateway.customer.id.to_string())).await.code(), Code::Unauthenticated, "it ended");
}

#[tokio::test]
async fn a_token_that_ends_is_renewed_once_and_nobody_notices() {
    let pair = Pair::new().await;
    pair.site.ticket().await;
    // The gateway forgets every token it gave, as one that was started anew does.
    pair.gateway.clock.advance(20_000);
    let tickets = futures::future::join_all((0..20).map(|_| pair.site.ticket())).await;
    assert_eq!(tickets.len(), 20);
    let all = pair.site.customer.client.tickets(&TicketFilter::default()).await.unwrap();
    assert_eq!(all.items.len(), 21);
}

#[tokio::test]
async fn a_sign_in_that_fails_once_is_made_good_before_anybody_hears_of_it() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url: Url = format!("http://{}/desk/1.0.0/oauth/token", listener.local_addr().unwrap()).parse().unwrap();
    let pair = Pair::with(|settings| settings.token.as_mut().unwrap().url = url).await;
    let (router, asked) = (pair.gateway.router.clone(), Arc::new(AtomicUsize::new(0)));
    let count = asked.clone();
    let endpoint = move |request: Request<Body>| {
        let (router, nth) = (router.clone(), count.fetch_add(1, Ordering::SeqCst));
        async move {
            match nth {
                0 => StatusCode::SERVICE_UNAVAILABLE.into_response(),
                _ => router.oneshot(request).await.into_response(),
            }
        }
    };
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(endpoint)).await });
    let tickets = futures::future::join_all((0..20).map(|_| pair.site.ticket())).await;
    assert_eq!(tickets.len(), 20);
    assert_eq!(asked.load(Ordering::SeqCst), 2, "twice for all of them");
}

#[tokio::test]
async fn a_gateway_that_is_down_is_said_plainly_and_left_alone_and_comes_back() {
    let pair = Pair::with(|settings| {
        settings.retry.times = 1;
        settings.breaker.failures = 4;
        settings.breaker.rest = 0.3;
    })
    .await;
    pair.site.ticket().await;
    pair.serving.abort();
    _ = pair.serving.await;
    let mut last = None;
    for _ in 0..4 {
        last = Some(pair.site.customer.client.create_ticket(&new_ticket("Not lost")).await.unwrap_err());
    }
    let problem = last.unwrap();
    assert_eq!(problem.code, Code::Unavailable);
    assert!(problem.detail.contains("Nothing was lost"), "{}", problem.detail);
    assert_eq!(pair.handle.health(), Health::Resting);
    assert!(problem.retry_after.is_some(), "it says when to try again");
    let ready = pair.site.raw(Request::get("/readyz").body(Body::empty()).unwrap()).await;
    assert_eq!(ready.body, "ok; gateway resting");
    assert!(pair.site.customer.client.viewer().await.is_ok(), "what is ours goes on");

    let listener = TcpListener::bind(pair.address).await.unwrap();
    let _serving = serve(listener, &pair.gateway);
    let back = async {
        while pair.site.customer.client.create_ticket(&new_ticket("Not lost")).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), back).await.unwrap();
    assert_eq!(pair.handle.health(), Health::Well);
}

#[tokio::test]
async fn requests_whose_senders_fall_silent_keep_nobody_waiting() {
    let pair = Pair::with(few_turns).await;
    let site = &pair.site;
    let _silent = futures::future::join_all((0..FEW).map(|_| silent(site, Operation::CreateTicket))).await;
    site.ticket().await;
    assert_eq!(pair.handle.in_flight(), 0, "what has not arrived is not on its way");
}

#[tokio::test]
async fn what_streams_takes_its_turn_from_a_number_of_its_own() {
    let pair = Pair::with(few_turns).await;
    let site = &pair.site;
    let bytes = futures::stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from(vec![b'x'; 1000]))]);
    let file = site.customer.client.upload("log.txt", bytes).await.unwrap();
    let unread = site.customer.client.file_content(file.file_id, &[]).await.unwrap();
    let _silent = silent(site, Operation::SingleUpload).await;
    assert_eq!(pair.handle.in_flight(), FEW, "both are counted");
    site.ticket().await;
    assert_eq!(site.customer.client.file_content(file.file_id, &[]).await.unwrap_err().code, Code::Unavailable);
    drop(unread);
    assert!(site.customer.client.file_content(file.file_id, &[]).await.is_ok());
}

#[tokio::test]
async fn an_answer_that_nobody_reads_keeps_nobody_waiting() {
    let pair = Pair::with(few_turns).await;
    let site = &pair.site;
    let list = || site.customer.client.call(Operation::Tickets, &[]).stream(Body::empty());
    let mut unread = Vec::new();
    for _ in 0..=FEW {
        unread.push(list().await.unwrap());
    }
    assert_eq!(pair.handle.in_flight(), 0);
}

/// A request of the customer that is not there whole and never will be. It is being read when this returns.
async fn silent(site: &World, operation: Operation) -> JoinHandle<()> {
    let (started, reading) = oneshot::channel();
    let half = stream::once(async move {
        _ = started.send(());
        Ok::<_, std::io::Error>(bytes::Bytes::from_static(b"{"))
    });
    let kind = match operation {
        Operation::SingleUpload => "multipart/form-data; boundary=b",
        _ => "application/json",
    };
    let body = Body::from_stream(half.chain(stream::pending()));
    let client = site.customer.client.clone();
    let asking = tokio::spawn(async move {
        _ = client.call(operation, &[]).header(CONTENT_TYPE, kind).stream(body).await;
    });
    reading.await.unwrap();
    asking
}

#[tokio::test]
async fn pages_in_front_of_a_gateway_hear_what_changes_there() {
    let pair = Pair::new().await;
    let (gateway, site) = (&pair.gateway, &pair.site);
    let ticket = site.assigned().await;
    let mut feed = site.customer.client.live_events(None).await.unwrap().into_body().into_data_stream();
    let mut heard = String::new();
    let hear = async |part: &str, heard: &mut String, feed: &mut axum::body::BodyDataStream| {
        while !heard.contains(part) {
            heard.push_str(std::str::from_utf8(&feed.next().await.unwrap().unwrap()).unwrap());
        }
    };
    let limit = std::time::Duration::from_secs(20);
    tokio::time::timeout(limit, hear("event: ready", &mut heard, &mut feed)).await.unwrap();
    // The first look may come after the change; so things go on changing until one is heard.
    let change = async {
        loop {
            gateway.assignee.client.assignee_reply(ticket.ticket_id, &reply("more")).await.unwrap();
        }
    };
    let id = ticket.ticket_id.to_string();
    tokio::select! {
        () = change => {}
        heard = tokio::time::timeout(limit, hear(&id, &mut heard, &mut feed)) => heard.unwrap(),
    }
    site.customer.client.sign_out().await.unwrap();
    let over = async { while feed.next().await.is_some_and(|piece| piece.is_ok()) {} };
    tokio::time::timeout(limit, over).await.expect("a session that ended hears nothing more");
}

#[tokio::test]
async fn what_a_gateway_does_not_offer_is_not_answered_here() {
    let pair = Pair::new().await;
    let site = &pair.site;
    let ticket = site.ticket().await;
    assert!(site.assignee.client.viewer().await.unwrap().remote);
    assert_eq!(site.assignee.client.claim(ticket.ticket_id).await.unwrap_err().code, Code::NotFound);
    assert_eq!(
        site.assignee.client.events_of(ticket.ticket_id, &Paging::default()).await.unwrap_err().code,
        Code::NotFound
    );
}
