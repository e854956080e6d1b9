//! Load data: as much as was asked for, skewed and coherent.

use api::{
    App,
    clock::{Clock, Timestamp},
    config::Config,
    seed,
};

async fn count(app: &App, table: &'static str) -> i64 {
    app.db.read(move |db| Ok(db.query_row(table, [], |row| row.get(0))?)).await.unwrap()
}

#[tokio::test]
async fn as_many_tickets_and_replies_as_asked_for_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(folder.path(), Config::default(), Clock::fixed(Timestamp(1_795_334_400_000))).unwrap();
    let mut heard = Vec::new();
    seed::tickets(&app, 1_500, 4_000, |done| heard.push(done)).await.unwrap();
    assert_eq!(heard, [1_000, 1_500]);
    assert_eq!(count(&app, "SELECT count(*) FROM tickets").await, 1_500);
    assert_eq!(count(&app, "SELECT count(*) FROM replies").await, 4_000);
    let closed = count(&app, "SELECT count(*) FROM tickets WHERE status = 'CLOSED'").await;
    assert!((1_200..1_450).contains(&closed), "{closed} closed");
    let longest = count(&app, "SELECT max(n) FROM (SELECT count(*) AS n FROM replies GROUP BY ticket_id)").await;
    assert!(longest > 20, "no long thread: {longest}");
    let unsaid = count(
        &app,
        "SELECT count(*) FROM tickets t WHERE t.public_seq <> (SELECT max(seq) FROM events e WHERE e.ticket_id = t.id)",
    )
    .await;
    assert_eq!(unsaid, 0);
    let untrue = count(
        &app,
        "SELECT count(*) FROM tickets t WHERE t.reply_count <> (SELECT count(*) FROM replies r WHERE r.ticket_id = t.id)
            OR t.first_response_seconds IS NOT (SELECT (min(r.created_at) - t.created_at) / 1000 FROM replies r
                JOIN people p ON p.id = r.author_id WHERE r.ticket_id = t.id AND p.role <> 'CUSTOMER')
            OR (t.resolution_seconds IS NULL) <> (t.status NOT IN ('COMPLETED', 'CLOSED'))",
    )
    .await;
    assert_eq!(untrue, 0, "tickets say of themselves what their replies do not");
    assert_eq!(count(&app, "SELECT count(*) FROM pragma_foreign_key_check").await, 0);
}

#[tokio::test]
async fn seeding_twice_adds_to_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(folder.path(), Config::default(), Clock::fixed(Timestamp(1_795_334_400_000))).unwrap();
    for _ in 0..2 {
        seed::tickets(&app, 50, 20, |_| {}).await.unwrap();
    }
    assert_eq!(count(&app, "SELECT count(*) FROM tickets").await, 100);
    assert_eq!(count(&app, "SELECT count(DISTINCT number) FROM tickets").await, 100);
}
