//! Tickets are found by the names of their files since a later version than the first: what was attached before is made
//! findable after the start, a little at a time, and from where it was left when the process ends in between.

use super::queries;
use crate::{
    app::App,
    db::{Tx, search},
    error::Error,
};

/// Files in one transaction.
const TOGETHER: usize = 200;

/// Makes tickets findable by all files that were attached before.
///
/// # Errors
/// When the database refuses.
pub async fn catch_up(app: &App) -> Result<(), Error> {
    while app.db.write(|tx| some(tx)).await? > 0 {}
    Ok(())
}

fn some(tx: &Tx<'_>) -> Result<usize, Error> {
    let files = queries::unindexed(tx, TOGETHER)?;
    for file in &files {
        search::index_files(tx, file.number, &file.name, file.kind)?;
        queries::forget_unindexed(tx, file.id)?;
    }
    Ok(files.len())
}
