//! A data folder of an earlier version is brought up to date, and nothing in it is lost.

use crate::world::{World, new_ticket, reply};
use contract::{
    reply::NewReply,
    report::{ReportFilter, ReportRow},
    search::SearchFilter,
    ticket::Status,
};

/// Back to the schema of the first version, with the tickets as they are.
const FIRST: &str = "
    CREATE TABLE kept AS SELECT * FROM idempotency;
    DROP TABLE idempotency;
    CREATE TABLE idempotency (
        person_id TEXT NOT NULL, key TEXT NOT NULL, request_hash BLOB NOT NULL, status BIGINT NOT NULL, etag TEXT,
        body TEXT NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (person_id, key)
    ) WITHOUT ROWID;
    INSERT INTO idempotency
    SELECT person_id, key, request_hash, status, etag, body, created_at FROM kept;
    DROP TABLE kept;
    ALTER TABLE tickets ADD COLUMN closing_comment TEXT;
    DROP TRIGGER report_day_filed; DROP TRIGGER report_day_deleted; DROP TRIGGER report_day_changed; DROP TABLE report_days;
    DROP TRIGGER follower_placed; DROP TRIGGER followed_moved;
    DROP INDEX followers_by_update; DROP INDEX followers_by_creation; DROP INDEX followers_by_urgency;
    ALTER TABLE followers DROP COLUMN number; ALTER TABLE followers DROP COLUMN status;
    ALTER TABLE followers DROP COLUMN urgency; ALTER TABLE followers DROP COLUMN created_at;
    ALTER TABLE followers DROP COLUMN updated_at;
    DROP TABLE vocabulary; DROP TABLE words_terms; DROP TABLE unindexed_files;
    DROP TRIGGER ticket_filed; DROP TRIGGER ticket_deleted; DROP TRIGGER ticket_taken_from_its_place;
    DROP TRIGGER ticket_put_in_its_place; DROP TRIGGER follower_came; DROP TRIGGER follower_left;
    DROP VIEW ticket_places; DROP VIEW ticket_cells; DROP TABLE ticket_counts; DROP TABLE views;
    DROP TABLE notifications; DROP TABLE draft_versions; DROP TABLE drafts;
    DROP TABLE preferences;
    DROP INDEX tickets_merged; DROP TABLE merged_tickets;
    ALTER TABLE tickets DROP COLUMN merged_into;
    ALTER TABLE followers DROP COLUMN merge_id;
    ALTER TABLE files DROP COLUMN copy_of;
    DROP TABLE merges;
    DROP TABLE reply_messages; DROP TABLE reply_titles;
    DROP INDEX tickets_by_creation; DROP INDEX tickets_by_first_response; DROP INDEX tickets_by_resolution;
    DROP INDEX tickets_by_closing; DROP INDEX files_of_ticket;
    ALTER TABLE tickets DROP COLUMN reply_count;
    ALTER TABLE tickets DROP COLUMN first_response_seconds;
    ALTER TABLE tickets DROP COLUMN resolution_seconds;
    CREATE INDEX tickets_by_creation ON tickets (status, created_at, number);
    CREATE INDEX files_of_ticket ON files (ticket_id, id);
    DROP INDEX people_by_role;
    DROP TABLE outbox; ALTER TABLE files DROP COLUMN loose_since;
    DROP INDEX files_loose_of_uploader;
    PRAGMA user_version = 1;";

async fn rows(client: &client::Client) -> Vec<ReportRow> {
    client.report(&ReportFilter::default()).await.unwrap().rows
}

#[tokio::test]
async fn what_reports_tell_of_a_ticket_is_read_out_of_its_past() {
    let world = World::new().await;
    let (assignee, customer) = (&world.assignee.client, &world.customer.client);
    let id = world.assigned().await.ticket_id;
    for (after, status) in [(60, None), (600, Some(Status::Completed))] {
        world.clock.advance(after);
        assignee.assignee_reply(id, &NewReply { status, ..reply("An answer") }).await.unwrap();
    }
    world.clock.advance(60);
    customer.customer_reply(id, &reply("Not quite")).await.unwrap();
    world.clock.advance(60);
    world.admin.client.complete_for_assignee(id).await.unwrap();
    world.clock.advance(60);
    customer.customer_close(id, &Default::default()).await.unwrap();
    world.closed().await;
    let reopened = world.assigned().await.ticket_id;
    assignee.assignee_reply(reopened, &NewReply { status: Some(Status::Completed), ..reply("Done") }).await.unwrap();
    customer.customer_reply(reopened, &reply("Not done")).await.unwrap();
    let once = world.other.client.with_idempotency_key("once");
    let untouched = once.create_ticket(&new_ticket("Untouched")).await.unwrap();
    let before = rows(&world.admin.client).await;
    assert_eq!(
        (before[3].reply_count, before[3].first_response_seconds, before[3].resolution_seconds),
        (3, Some(60), Some(780))
    );

    let counted = world.admin.client.views().await.unwrap();
    world.app.db.write(|tx| Ok(tx.execute_batch(FIRST)?)).await.unwrap();
    let again = api::App::open(world.folder.path(), Default::default(), world.clock.clone()).unwrap();
    let router = api::router(again);
    let admin = client::Client::embedded(router.clone()).with_token(&world.admin.token);
    assert_eq!(rows(&admin).await, before);
    let once = client::Client::embedded(router.clone()).with_token(&world.other.token).with_idempotency_key("once");
    assert_eq!(once.create_ticket(&new_ticket("Untouched")).await.unwrap(), untouched, "what was answered is kept");
    assert_eq!(admin.views().await.unwrap(), counted, "the counters are made from what is there");
    let slip = SearchFilter { q: "untuched".to_owned(), limit: None };
    let found = admin.search(&slip).await.unwrap();
    assert_eq!(found.corrected_to.as_deref(), Some("untouched"), "the words of what is there are known");
}
