//! Attaching uploaded files to what they belong to, in the transaction that makes it.

use super::queries;
use crate::{
    caller::Caller,
    db::{Tx, search},
    error::Error,
    tickets,
};
use contract::{
    file::OwnerKind,
    id::{FileId, TicketId},
};
use std::collections::HashSet;
use uuid::Uuid;

/// Makes these files belong to a ticket, reply or note of `ticket`, which is found by their names then.
///
/// # Errors
/// When there are too many, or one is not an upload of the caller that belongs to nothing yet. Another person's file
/// and a missing one are refused alike.
pub fn attach(
    tx: &Tx<'_>,
    caller: &Caller,
    files: &[FileId],
    kind: OwnerKind,
    owner: Uuid,
    ticket: TicketId,
) -> Result<(), Error> {
    let most = tx.config().files_max;
    if files.len() > most {
        return Err(Error::invalid("fileIds", format!("Attach at most {most} files.")));
    }
    let mut taken = HashSet::new();
    let mut names = Vec::new();
    for file in files {
        let free = queries::claim_of(tx, *file)?.is_some_and(|(by, of)| by == caller.id() && of == OwnerKind::Nothing);
        if !free || !taken.insert(*file) {
            return Err(Error::invalid(
                "fileIds",
                format!("{file} is not a file that you uploaded and did not attach yet."),
            ));
        }
        names.push(queries::set_owner(tx, *file, kind, owner, ticket)?);
    }
    if !names.is_empty() {
        let number = tickets::queries::number(tx, ticket)?;
        search::index_files(tx, number, &names.join("\n"), kind)?;
    }
    Ok(())
}
