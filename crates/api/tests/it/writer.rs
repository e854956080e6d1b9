//! The writer: many writes in one commit, none harmed by another.

use crate::world::World;
use api::error::Error;
use contract::Code;

fn organizations(db: &api::db::Connection) -> i64 {
    db.query_row("SELECT count(*) FROM organizations WHERE name LIKE 'Load%'", [], |row| row.get(0)).unwrap()
}

fn add(tx: &api::db::Tx<'_>, name: &str) -> Result<(), Error> {
    let id = tx.new_id().to_string();
    tx.execute("INSERT INTO organizations (id, name, created_at) VALUES (?1, ?2, 0)", [id.as_str(), name])?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_writes_share_commits() {
    let world = World::new().await;
    let before = world.app.db.commits();
    let writes = (0..200).map(|n| {
        let db = world.app.db.clone();
        tokio::spawn(async move { db.write(move |tx| add(tx, &format!("Load {n}"))).await })
    });
    for write in writes.collect::<Vec<_>>() {
        write.await.unwrap().unwrap();
    }
    let commits = world.app.db.commits() - before;
    assert!(commits < 200, "{commits} commits for 200 writes");
    assert_eq!(world.app.db.read(|db| Ok(organizations(db))).await.unwrap(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_or_panicking_write_leaves_nothing_behind_and_harms_nobody() {
    let world = World::new().await;
    let writes = (0..90).map(|n| {
        let db = world.app.db.clone();
        tokio::spawn(async move {
            db.write(move |tx| {
                add(tx, &format!("Load {n}"))?;
                match n % 3 {
                    0 => Ok(()),
                    1 => Err(Error::forbidden()),
                    _ => panic!("a slip, on purpose"),
                }
            })
            .await
        })
    });
    for (n, write) in writes.collect::<Vec<_>>().into_iter().enumerate() {
        let answer = write.await.unwrap();
        let expected = [None, Some(Code::Forbidden), Some(Code::Internal)][n % 3];
        assert_eq!(answer.err().map(|error| error.problem().code), expected, "write {n}");
    }
    assert_eq!(world.app.db.read(|db| Ok(organizations(db))).await.unwrap(), 30);
}

#[tokio::test]
async fn what_was_answered_is_there_after_a_start_anew() {
    let world = World::new().await;
    let ticket = world.ticket().await;
    let again = api::App::open(world.folder.path(), Default::default(), world.clock.clone()).unwrap();
    let client = client::Client::embedded(api::router(again)).with_token(&world.customer.token);
    assert_eq!(client.ticket(ticket.ticket_id).await.unwrap().subject, ticket.subject);
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let world = World::new().await;
    world.app.db.write(|tx| Ok(tx.execute_batch("PRAGMA user_version = 999")?)).await.unwrap();
    let error = api::App::open(world.folder.path(), Default::default(), world.clock.clone()).err().unwrap();
    assert!(error.to_string().contains("newer Finsupport"), "{error}");
}

#[tokio::test]
async fn the_log_of_a_very_large_write_does_not_stay() {
    let world = World::new().await;
    let log = || world.folder.path().join("finsupport.db-wal").metadata().unwrap().len();
    let write = |sql: &'static str| world.app.db.write(move |tx| Ok(tx.execute_batch(sql)?));
    write("CREATE TABLE large (bytes BLOB); INSERT INTO large VALUES (zeroblob(80000000));").await.unwrap();
    assert!(log() > 80_000_000);
    for _ in 0..2 {
        write("INSERT INTO large VALUES (zeroblob(10));").await.unwrap();
    }
    assert!(log() < 70_000_000, "{}", log());
}

#[tokio::test]
async fn the_log_that_a_killed_program_left_is_emptied_and_nothing_in_it_lost() {
    let world = World::new().await;
    let ticket = world.ticket().await;
    let left = tempfile::tempdir().unwrap();
    let log = left.path().join("finsupport.db-wal");
    for name in ["finsupport.db", "finsupport.db-wal"] {
        std::fs::copy(world.folder.path().join(name), left.path().join(name)).unwrap();
    }
    assert!(log.metadata().unwrap().len() > 0);
    let again = api::App::open(left.path(), Default::default(), world.clock.clone()).unwrap();
    assert_eq!(log.metadata().unwrap().len(), 0);
    let client = client::Client::embedded(api::router(again)).with_token(&world.customer.token);
    assert_eq!(client.ticket(ticket.ticket_id).await.unwrap().subject, ticket.subject);
}

#[tokio::test]
async fn a_folder_is_opened_while_another_program_reads_it_and_the_log_left_to_it() {
    let world = World::new().await;
    let other = rusqlite::Connection::open(world.folder.path().join("finsupport.db")).unwrap();
    other.execute_batch("BEGIN; SELECT count(*) FROM tickets;").unwrap();
    world.ticket().await;
    api::App::open(world.folder.path(), Default::default(), world.clock.clone()).unwrap();
    assert!(world.folder.path().join("finsupport.db-wal").metadata().unwrap().len() > 0);
    let seen: i64 = other.query_row("SELECT count(*) FROM tickets", [], |row| row.get(0)).unwrap();
    assert_eq!(seen, 0, "what was filed since is not of its moment");
}
