//! The demo data: believable, coherent, and never over real data.

use api::{
    App,
    clock::{Clock, Timestamp},
    config::Config,
    demo::{self, Filled, Refused, people::PASSWORD},
};
use client::Client;
use contract::{
    Role,
    choice::Choices,
    event::What,
    page::Paging,
    reply_message::{Filling, ReplyMessageFilter, fill, placeholders},
    reply_title::ReplyTitleFilter,
    report::ReportFilter,
    session::Credentials,
    ticket::{Category, Priority, Status, Ticket, TicketFilter},
};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Weak},
};
use tempfile::TempDir;
use tokio::sync::Mutex;

const NOW: Timestamp = Timestamp(1_795_334_400_000);

/// A demo, shared by the tests that run at the same time and only read: making one takes a while.
struct Demo {
    app: App,
    clients: Mutex<HashMap<String, Client>>,
    _folder: TempDir,
}

static SHARED: Mutex<Weak<Demo>> = Mutex::const_new(Weak::new());

impl Demo {
    async fn made() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(folder.path(), Config::default(), Clock::fixed(NOW)).unwrap();
        assert_eq!(demo::fill(&app).await.unwrap(), Filled::Made);
        Self { app, clients: Mutex::default(), _folder: folder }
    }

    async fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().await;
        if let Some(demo) = shared.upgrade() {
            return demo;
        }
        let demo = Arc::new(Self::made().await);
        *shared = Arc::downgrade(&demo);
        demo
    }

    /// Signs in with the password that everybody knows.
    async fn client(&self, email: &str) -> Client {
        let mut clients = self.clients.lock().await;
        if let Some(client) = clients.get(email) {
            return client.clone();
        }
        let client = Client::embedded(api::router(self.app.clone()));
        let credentials = Credentials { email: email.to_owned(), password: PASSWORD.to_owned() };
        let token = client.sign_in(&credentials).await.unwrap();
        let client = client.with_token(token.access_token);
        clients.insert(email.to_owned(), client.clone());
        client
    }
}

async fn all_tickets(client: &Client) -> Vec<Ticket> {
    let mut all = Vec::new();
    let mut filter = TicketFilter { page_size: Some(200), ..TicketFilter::default() };
    loop {
        let page = client.tickets(&filter).await.unwrap();
        all.extend(page.items);
        let Some(cursor) = page.next_cursor else { return all };
        filter.cursor = Some(cursor);
    }
}

#[tokio::test]
async fn the_demo_shows_every_state_category_and_priority_and_its_events_agree() {
    let demo = Demo::shared().await;
    let admin = demo.client("admin@example.com").await;
    let tickets = all_tickets(&admin).await;
    assert!((190..=220).contains(&tickets.len()), "{} tickets", tickets.len());
    let statuses: HashSet<_> = tickets.iter().map(|t| t.status).collect();
    let categories: HashSet<_> = tickets.iter().map(|t| t.category).collect();
    let priorities: HashSet<_> = tickets.iter().map(|t| t.priority).collect();
    assert_eq!(statuses.len(), Status::ALL.len());
    assert_eq!(categories.len(), Category::ALL.len());
    assert_eq!(priorities.len(), Priority::ALL.len());
    assert!(tickets.iter().any(|t| t.escalation.is_some()));
    assert!(tickets.iter().any(|t| t.start_date.is_some()));
    assert!(tickets.iter().any(|t| t.follow_up_of.is_some()));
    assert!(tickets.iter().filter(|t| t.unread).count() > 20);
    for ticket in &tickets {
        let paging = Paging { page_size: Some(200), cursor: None };
        let events = admin.events_of(ticket.ticket_id, &paging).await.unwrap().items;
        let mut status = Status::Open;
        for event in &events {
            match event.what {
                What::StatusChanged { from, to } => {
                    assert_eq!(from, status, "{}", ticket.reference());
                    status = to;
                }
                What::CompletedForAssignee { from, .. } => {
                    assert_eq!(from, status, "{}", ticket.reference());
                    status = Status::Completed;
                }
                What::Closed { from, .. } => {
                    assert_eq!(from, status, "{}", ticket.reference());
                    status = Status::Closed;
                }
                _ => {}
            }
            assert!(event.at <= NOW.text(), "{} has an event of the future", ticket.reference());
        }
        assert_eq!(status, ticket.status, "{}", ticket.reference());
        assert!(!ticket.subject.contains('{') && !events.is_empty());
    }
    assert!(tickets.windows(2).all(|pair| pair[0].updated_at >= pair[1].updated_at));
}

#[tokio::test]
async fn everyone_of_the_demo_has_something_to_do() {
    let demo = Demo::shared().await;
    let mira = demo.client("customer@example.com").await;
    let own: Vec<_> = all_tickets(&mira).await;
    assert!((7..=12).contains(&own.len()), "{} tickets", own.len());
    let statuses: HashSet<_> = own.iter().map(|t| t.status).collect();
    assert_eq!(statuses.len(), Status::ALL.len());
    let sam = demo.client("assignee@example.com").await;
    let me = sam.viewer().await.unwrap().person.id;
    let active = |t: &&Ticket| {
        t.assignee.as_ref().is_some_and(|a| a.id == me) && !matches!(t.status, Status::Completed | Status::Closed)
    };
    let count = all_tickets(&sam).await.iter().filter(active).count();
    assert!((15..=26).contains(&count), "{count} active");
    for (email, role) in [
        ("colleague@example.com", Role::Customer),
        ("other@example.com", Role::Customer),
        ("assignee2@example.com", Role::Assignee),
        ("admin@example.com", Role::Admin),
    ] {
        let client = demo.client(email).await;
        assert_eq!(client.viewer().await.unwrap().person.role, role);
        assert!(!all_tickets(&client).await.is_empty(), "{email}");
    }
}

#[tokio::test]
async fn no_customer_of_the_demo_sees_a_note_or_its_files() {
    let demo = Demo::shared().await;
    let admin = demo.client("admin@example.com").await;
    let mira = demo.client("customer@example.com").await;
    let paging = Paging { page_size: Some(200), cursor: None };
    let mut noted = 0;
    for ticket in all_tickets(&mira).await {
        let notes = admin.notes(ticket.ticket_id, &paging).await.unwrap().items;
        noted += notes.len();
        assert!(mira.notes(ticket.ticket_id, &paging).await.is_err());
        let events = mira.events_of(ticket.ticket_id, &paging).await.unwrap().items;
        assert!(!events.iter().any(|event| matches!(event.what, What::Noted { .. })));
        let files = mira.files_of_ticket(ticket.ticket_id, &paging).await.unwrap().items;
        let internal: Vec<_> = notes.iter().flat_map(|note| &note.files).map(|file| file.file_id).collect();
        assert!(!files.iter().any(|file| internal.contains(&file.file_id)));
    }
    assert!(noted > 0, "the demo's first customer has no note to be hidden");
}

#[tokio::test]
async fn a_second_start_changes_nothing() {
    let demo = Demo::shared().await;
    let admin = demo.client("admin@example.com").await;
    let before = all_tickets(&admin).await;
    assert_eq!(demo::fill(&demo.app).await.unwrap(), Filled::Already);
    assert_eq!(all_tickets(&admin).await, before);
    assert!(demo::is_demo(&demo.app).await.unwrap());
}

#[tokio::test]
async fn two_demos_tell_the_same() {
    let told = |tickets: Vec<Ticket>| -> Vec<_> {
        tickets.into_iter().map(|t| (t.number, t.subject, t.description, t.status, t.updated_at)).collect()
    };
    let (one, two) = (Demo::shared().await, Demo::made().await);
    let one = all_tickets(&one.client("admin@example.com").await).await;
    let two = all_tickets(&two.client("admin@example.com").await).await;
    assert_eq!(told(one), told(two));
}

#[tokio::test]
async fn the_demo_never_touches_real_data() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(folder.path(), Config::default(), Clock::fixed(NOW)).unwrap();
    api::seed::tickets(&app, 1, 0, |_| {}).await.unwrap();
    assert!(matches!(demo::fill(&app).await, Err(Refused::RealData)));
    assert!(!demo::is_demo(&app).await.unwrap());
}

#[tokio::test]
async fn the_files_of_the_demo_open() {
    let demo = Demo::shared().await;
    let admin = demo.client("admin@example.com").await;
    let paging = Paging { page_size: Some(200), cursor: None };
    let mut kinds = HashSet::new();
    for ticket in all_tickets(&admin).await {
        for file in admin.files_of_ticket(ticket.ticket_id, &paging).await.unwrap().items {
            let content = admin.file_content(file.file_id, &[]).await.unwrap();
            let bytes = axum::body::to_bytes(content.into_body(), 10_000_000).await.unwrap();
            assert_eq!(bytes.len() as i64, file.size, "{}", file.name);
            assert_eq!(file.thumbnail, file.media_type.starts_with("image/"), "{}", file.name);
            kinds.insert(file.media_type);
        }
    }
    assert_eq!(kinds.len(), 4, "{kinds:?}");
}

#[tokio::test]
async fn the_demo_has_canned_replies_of_which_some_are_withdrawn() {
    let demo = Demo::shared().await;
    let (admin, sam) = (demo.client("admin@example.com").await, demo.client("assignee@example.com").await);
    let all = admin.reply_titles(&ReplyTitleFilter::default()).await.unwrap().items;
    let offered = sam.reply_titles(&ReplyTitleFilter::default()).await.unwrap().items;
    assert!(offered.len() >= 10 && all.len() == offered.len() + 2, "{} of {}", offered.len(), all.len());
    assert!(all.iter().all(|title| title.messages > 0));
    let messages = sam.reply_messages(&ReplyMessageFilter::default()).await.unwrap().items;
    assert!(messages.iter().any(|message| message.uses > 10));
    let mira = Filling { customer: "Mira Okafor", number: 1042, assignee: None };
    for message in messages {
        let filled = fill(&message.message, mira);
        assert!(placeholders(&filled).is_empty() && filled.contains("Mira Okafor"), "{filled}");
    }
}

#[tokio::test]
async fn the_demo_has_something_to_report() {
    let demo = Demo::shared().await;
    let admin = demo.client("admin@example.com").await;
    let totals = admin.report(&ReportFilter::default()).await.unwrap().totals.unwrap();
    assert_eq!(totals.tickets, all_tickets(&admin).await.len() as i64);
    assert!(totals.by_status.iter().all(|count| count.tickets > 20));
    assert!(totals.first_response.median_seconds.unwrap() > 0 && totals.resolution.median_seconds.unwrap() > 0);
    assert!(totals.days.len() > 20 && totals.days.iter().any(|day| day.closed > 0));
}
