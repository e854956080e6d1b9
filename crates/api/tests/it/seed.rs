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
    assert_eq!(heard, [1_500]);
    assert_eq!(count(&app, "SELECT count(*) FROM tickets").await, 1_500);
    let notes = count(&app, "SELECT count(*) FROM notes").await;
    assert_eq!(count(&app, "SELECT count(*) FROM replies").await + notes, 4_000);
    assert!((600..1_000).contains(&notes), "{notes} notes");
    let closed = count(&app, "SELECT count(*) FROM tickets WHERE status = 'CLOSED'").await;
    assert!((1_200..1_450).contains(&closed), "{closed} closed");
    let longest = count(&app, "SELECT max(n) FROM (SELECT count(*) AS n FROM replies GROUP BY ticket_id)").await;
    assert!((100..=200).contains(&longest), "no long thread: {longest}");
    let unsaid = count(
        &app,
        "SELECT count(*) FROM tickets t WHERE t.staff_seq <> (SELECT max(seq) FROM events e WHERE e.ticket_id = t.id)
            OR t.public_seq <> (SELECT max(seq) FROM events e WHERE e.ticket_id = t.id AND e.internal = 0)",
    )
    .await;
    assert_eq!(unsaid, 0);
    let untrue = count(
        &app,
        "SELECT count(*) FROM tickets t WHERE t.reply_count <> (SELECT count(*) FROM replies r WHERE r.ticket_id = t.id)
            OR t.texts <> 1 + (SELECT count(*) FROM replies r WHERE r.ticket_id = t.id)
                + (SELECT count(*) FROM notes n WHERE n.ticket_id = t.id)
            OR t.updated_at <> (SELECT max(e.at) FROM events e WHERE e.ticket_id = t.id)
            OR t.updated_at >= 1795334400000
            OR t.first_response_seconds IS NOT (SELECT (min(r.created_at) - t.created_at) / 1000 FROM replies r
                JOIN people p ON p.id = r.author_id WHERE r.ticket_id = t.id AND p.role <> 'CUSTOMER')
            OR (t.resolution_seconds IS NULL) <> (t.status NOT IN ('COMPLETED', 'CLOSED'))",
    )
    .await;
    assert_eq!(untrue, 0, "tickets say of themselves what their replies do not");
    assert_eq!(count(&app, "SELECT count(*) FROM pragma_foreign_key_check").await, 0);
}

/// Counters, indexes and triggers are put aside while load data is written.
#[tokio::test]
async fn what_was_put_aside_is_back_and_right() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(folder.path(), Config::default(), Clock::fixed(Timestamp(1_795_334_400_000))).unwrap();
    const MADE: &str = "SELECT group_concat(type || name || sql) FROM (SELECT * FROM sqlite_master WHERE type IN ('index', 'trigger') ORDER BY type, name)";
    let made = |app: App| async move {
        app.db.read(|db| Ok(db.query_row(MADE, [], |row| row.get::<_, String>(0))?)).await.unwrap()
    };
    let before = made(app.clone()).await;
    seed::tickets(&app, 300, 900, |_| {}).await.unwrap();
    assert_eq!(made(app.clone()).await, before);
    assert!(count(&app, "SELECT count(*) FROM ticket_counts").await > 0);
    assert_eq!(count(&app, DIFFERENCE).await, 0, "a counter is not what a recount says");
    let indexed = "SELECT count(*) FROM words WHERE rowid >> 20 > 0";
    assert_eq!(count(&app, indexed).await, 300 + 900);
}

#[tokio::test]
async fn what_is_followed_is_in_its_place_after_seeding() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(folder.path(), Config::default(), Clock::fixed(Timestamp(1_795_334_400_000))).unwrap();
    seed::tickets(&app, 1_000, 3_000, |_| {}).await.unwrap();
    assert!(count(&app, "SELECT count(*) FROM followers").await > 0);
    assert_eq!(count(&app, crate::followers::MISPLACED).await, 0);
}

const DIFFERENCE: &str = "
    WITH recount AS (SELECT whose, person_id, status, urgency, category, escalated, start_date, count(*) AS tickets
                     FROM ticket_places GROUP BY 1, 2, 3, 4, 5, 6, 7)
    SELECT count(*) FROM (SELECT * FROM (SELECT * FROM recount EXCEPT SELECT * FROM ticket_counts)
                          UNION ALL SELECT * FROM (SELECT * FROM ticket_counts EXCEPT SELECT * FROM recount))";

#[tokio::test]
async fn a_rare_word_is_in_as_many_messages_as_promised() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(folder.path(), Config::default(), Clock::fixed(Timestamp(1_795_334_400_000))).unwrap();
    seed::tickets(&app, 400, 2_000, |_| {}).await.unwrap();
    let found = app
        .db
        .read(|db| {
            let sql = "SELECT count(*) FROM words WHERE words MATCH ?1";
            Ok(db.query_row(sql, [seed::rare_word()], |row| row.get::<_, i64>(0))?)
        })
        .await
        .unwrap();
    assert_eq!(found.unsigned_abs(), seed::RARE);
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
