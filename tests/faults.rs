//! A site, a gateway, and between them a network that does its worst: after two thousand writes through it, each one that
//! was acknowledged exists exactly once, and none that was refused exists twice.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod process;
mod proxy;

use client::Client;
use contract::{
    Code,
    page::{PAGE_SIZE_MAX, Paging},
    reply::NewReply,
    session::Credentials,
    ticket::TicketFilter,
};
use futures::{StreamExt, stream};
use process::{Program, new_ticket};
use proxy::Proxy;
use std::{
    collections::HashMap,
    fs,
    net::TcpListener,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tempfile::TempDir;
use tokio::sync::Mutex;

const WRITES: usize = 2_000;
const AT_ONCE: usize = 16;
const SECRET: &str = "a-secret-of-some-length";
/// The gateway is killed and started again when this many writes are done.
const RESTART_AT: usize = 800;
/// What the site may grow by between the first quarter of the writes and the last, in kB.
const GROWTH_MAX: u64 = 64 * 1024;

/// Short patience, so that the worst does not take long.
const SETTINGS: &str = "
[time]
connect = 0.5
answer = 0.8
[retry]
times = 4
pause = 0.02
[breaker]
failures = 30
rest = 0.2
";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Acknowledged,
    Refused,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_acknowledged_write_exists_exactly_once_whatever_the_network_does() {
    let (there, here) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let gateway = Arc::new(Mutex::new(start_gateway(there.path(), port)));
    let proxy = Proxy::start(format!("127.0.0.1:{port}")).await;
    let site = start_site(here.path(), &proxy.url());

    let customer = sign_in(&site.client, "customer").await;
    proxy.behave();
    let thread = customer.create_ticket(&new_ticket("Everything is said here")).await.unwrap().ticket_id;
    proxy.misbehave();

    let done = AtomicUsize::new(0);
    let early = AtomicUsize::new(0);
    let outcomes: Vec<(String, Outcome)> = stream::iter(0..WRITES)
        .map(|nth| {
            let (customer, done, early, gateway, site, folder) =
                (&customer, &done, &early, &gateway, &site, there.path());
            async move {
                let text = format!("write {nth:04}");
                let outcome = write(customer, gateway, thread, nth, &text).await;
                let count = done.fetch_add(1, Ordering::Relaxed) + 1;
                if count == WRITES / 4 {
                    early.store(resident(site) as usize, Ordering::Relaxed);
                }
                if count == RESTART_AT {
                    let mut gateway = gateway.lock().await;
                    _ = gateway.process.kill();
                    _ = gateway.process.wait();
                    *gateway = start_gateway(folder, port);
                }
                (text, outcome)
            }
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let late = resident(&site);

    proxy.behave();
    let direct = sign_in(&gateway.lock().await.client, "customer").await;
    let counts = counted(&direct, thread).await;
    let mut acknowledged = 0;
    for (text, outcome) in &outcomes {
        let found = counts.get(text).copied().unwrap_or(0);
        match outcome {
            Outcome::Acknowledged => {
                acknowledged += 1;
                assert_eq!(found, 1, "{text} was acknowledged");
            }
            Outcome::Refused => assert!(found <= 1, "{text} was refused and exists {found} times"),
        }
    }
    let faults = proxy.faults();
    println!("{acknowledged} of {WRITES} acknowledged; faults: {faults:?}; resident {early:?} kB, then {late} kB");
    assert!(acknowledged > WRITES / 2, "most get through, also on a busy machine: {acknowledged}");
    assert!(faults.values().all(|times| *times > 0), "every fault happened: {faults:?}");
    let early = early.load(Ordering::Relaxed) as u64;
    assert!(late < early + GROWTH_MAX, "memory stays flat: {early} kB, then {late} kB");
}

/// One write of somebody who tries again, with the same key, as a page does when they press the button again. They press it
/// when a page of the site can be read again: while the gateway starts, and for a while after failures in a row, the site
/// refuses at once, and all writes would be spent by then on a slow machine.
async fn write(
    customer: &Client,
    gateway: &Mutex<Program>,
    thread: contract::id::TicketId,
    nth: usize,
    text: &str,
) -> Outcome {
    let customer = customer.with_idempotency_key(format!("key-{nth}"));
    for _ in 0..2 {
        let answer = if nth.is_multiple_of(3) {
            let reply = NewReply { body: text.to_owned(), ..NewReply::default() };
            customer.customer_reply(thread, &reply).await.map(drop)
        } else {
            customer.create_ticket(&new_ticket(text)).await.map(drop)
        };
        match answer {
            Ok(()) => return Outcome::Acknowledged,
            Err(problem) => {
                let told = [Code::Unavailable, Code::GatewayTimeout, Code::BadGateway, Code::TooManyRequests];
                assert!(told.contains(&problem.code), "{text}: {problem}");
                drop(gateway.lock().await);
                while customer.ticket(thread).await.is_err() {}
            }
        }
    }
    Outcome::Refused
}

/// How often each text exists.
async fn counted(direct: &Client, thread: contract::id::TicketId) -> HashMap<String, usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut cursor = None;
    loop {
        let filter = TicketFilter { page_size: Some(PAGE_SIZE_MAX), cursor, ..TicketFilter::default() };
        let page = direct.tickets(&filter).await.unwrap();
        page.items.into_iter().for_each(|ticket| *counts.entry(ticket.subject).or_default() += 1);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    loop {
        let paging = Paging { page_size: Some(PAGE_SIZE_MAX), cursor };
        let page = direct.replies(thread, &paging).await.unwrap();
        page.items.into_iter().for_each(|reply| *counts.entry(reply.body).or_default() += 1);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return counts;
        }
    }
}

fn start_gateway(folder: &Path, port: u16) -> Program {
    let service = [
        ("FINSUPPORT_SERVICE_CLIENT", "desk"),
        ("FINSUPPORT_SERVICE_SECRET", SECRET),
        // Tokens end many times while this runs.
        ("FINSUPPORT_SERVICE_TOKEN_SECONDS", "2"),
        // All of this is one customer's.
        ("FINSUPPORT_CUSTOMER_WRITES", "0"),
    ];
    Program::serve_with(folder, &["--demo", "--addr", &format!("127.0.0.1:{port}")], &service)
}

fn start_site(folder: &Path, url: &str) -> Program {
    let file = folder.join("gateway.toml");
    fs::write(&file, SETTINGS).unwrap();
    let token_url = format!("{url}/desk/1.0.0/oauth/token");
    let variables = [
        ("FINSUPPORT_GATEWAY_URL", url),
        ("FINSUPPORT_GATEWAY_TOKEN_URL", &token_url),
        ("FINSUPPORT_GATEWAY_CLIENT", "desk"),
        ("FINSUPPORT_GATEWAY_CLIENT_SECRET", SECRET),
        ("FINSUPPORT_GATEWAY_CONFIG", file.to_str().unwrap()),
        ("FINSUPPORT_CUSTOMER_WRITES", "0"),
    ];
    Program::serve_with(folder, &["--demo"], &variables)
}

async fn sign_in(client: &Client, name: &str) -> Client {
    let credentials =
        Credentials { email: format!("{name}@example.com"), password: api::demo::people::PASSWORD.to_owned() };
    client.with_token(client.sign_in(&credentials).await.unwrap().access_token)
}

/// The memory of the program, in kB.
fn resident(program: &Program) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", program.process.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
