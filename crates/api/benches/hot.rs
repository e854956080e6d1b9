//! What a request does again and again, each by itself: `cargo bench -p api`. Lists are asked of a folder of 5,000 tickets that
//! is made for it; with 100,000 they are measured by `make bench`.
#![expect(clippy::unwrap_used, reason = "benches")]

use api::{
    App, Caller,
    answer::Answer,
    clock::{Clock, Ids, Timestamp},
    config::Config,
    db::search::Search,
    page,
    people::actions::accounts,
    seed,
    tickets::list::{Start, visible},
};
use contract::{
    Actor, Role,
    choice::Choices,
    id::{PersonId, SessionId},
    page::Paging,
    ticket::{TicketFilter, TicketSort},
};
use criterion::{Criterion, criterion_group, criterion_main};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};
use tokio::runtime::Runtime;

const TICKETS: u64 = 5_000;
const MESSAGES: u64 = 15_000;

/// The page that the desk asks for first, of the role that sees tickets in most ways; and its JSON.
fn lists(c: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(folder.path(), Config::default(), Clock::System).unwrap();
    runtime.block_on(seed::tickets(&app, TICKETS, MESSAGES, |_| {})).unwrap();
    let account = runtime.block_on(accounts(&app)).unwrap().into_iter().find(|one| one.role == Role::Assignee).unwrap();
    let caller = caller(account.id);
    let mut group = c.benchmark_group("list of 50");
    for (name, q) in [("in order", None), ("with a word", Some("payment"))] {
        let filter = TicketFilter { page_size: Some(50), q: q.map(str::to_owned), ..TicketFilter::default() };
        group.bench_function(format!("SQL, {name}"), |b| {
            b.iter_custom(|times| runtime.block_on(asked(&app, &caller, &filter, times)));
        });
        let (asking, asked) = (caller.clone(), filter.clone());
        let now = app.clock.now();
        let page = runtime.block_on(app.db.read(move |db| visible(db, &asking, &asked, now))).unwrap();
        assert_eq!(page.items.len(), 50);
        group.bench_function(format!("JSON, {name}"), |b| b.iter(|| Answer::ok(black_box(&page)).unwrap()));
    }
    group.finish();
}

/// How long the list takes so many times, on one connection.
async fn asked(app: &App, caller: &Caller, filter: &TicketFilter, times: u64) -> Duration {
    let (caller, filter, now) = (caller.clone(), filter.clone(), app.clock.now());
    let timed = app.db.read(move |db| {
        let start = Instant::now();
        for _ in 0..times {
            black_box(visible(db, &caller, &filter, now)?);
        }
        Ok(start.elapsed())
    });
    timed.await.unwrap()
}

fn caller(id: PersonId) -> Caller {
    let actor = Actor { id, role: Role::Assignee, organization_id: None };
    Caller { actor, name: String::new(), email: String::new(), session_id: SessionId(id.0) }
}

fn cursors(c: &mut Criterion) {
    let list = TicketSort::RecentlyUpdated.as_str();
    let start = Start { place: 1_795_334_400_007, number: 101_042 };
    let paging = Paging { page_size: None, cursor: Some(page::cursor(list, start)) };
    c.bench_function("cursor, made", |b| b.iter(|| page::cursor(list, black_box(start))));
    c.bench_function("cursor, read", |b| b.iter(|| page::start::<Start>(black_box(&paging), list).unwrap()));
}

fn words_and_ids(c: &mut Criterion) {
    let typed = "refund of the chargeback FS-1042";
    c.bench_function("words of a list", |b| b.iter(|| Search::parse(black_box(typed)).unwrap().numbers(true)));
    let (ids, now) = (Ids::default(), Timestamp(1_795_334_400_007));
    c.bench_function("id", |b| b.iter(|| ids.next(black_box(now))));
    c.bench_function("time, as text", |b| b.iter(|| black_box(now).text()));
}

criterion_group!(hot, lists, cursors, words_and_ids);
criterion_main!(hot);
