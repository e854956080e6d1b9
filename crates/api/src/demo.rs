//! Demo data: people with one known password and about two hundred tickets in every state, so that a first look shows
//! a helpdesk at work. Only ever on an empty data folder.

mod attachments;
mod canned;
pub mod people;
mod plan;
mod play;
mod queries;
mod slots;
mod stories;
mod stories_abroad;
mod story;

use crate::{
    app::App,
    clock::Timestamp,
    db::Tx,
    dice::Dice,
    error::Error,
    files::upload::{self, Upload},
    people::queries::{insert, insert_organization},
};
use futures::{StreamExt, TryStreamExt, stream};
use people::{ORGANIZATIONS, PASSWORD, PEOPLE};
use plan::{Script, Step};
use play::Carried;
use std::fmt;

/// Every demo is this one.
const SEED: u64 = 1042;
/// When the demo's people got their accounts, before now.
const OPENED_DAYS_AGO: i64 = 90;

/// What filling did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// The folder was empty and holds the demo now.
    Made,
    /// It held the demo already; nothing was changed.
    Already,
}

/// Why the demo was not made.
#[derive(Debug)]
pub enum Refused {
    /// Somebody who is not of the demo has an account here.
    RealData,
    /// The database or the disk refused.
    Failed(Error),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RealData => f.write_str(
                "this data folder holds real accounts, and the demo never touches those: start without --demo, or name an empty folder with --data",
            ),
            Self::Failed(error) => write!(f, "the demo data could not be made: {error}"),
        }
    }
}

impl std::error::Error for Refused {}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Whether this data folder was filled by [`fill`]: its accounts have a password that everybody knows.
///
/// # Errors
/// When the database refuses.
pub async fn is_demo(app: &App) -> Result<bool, Error> {
    app.db.read(|db| Ok(queries::has_person(db, people::person_id(0))?)).await
}

/// Fills an empty data folder with the demo. On a demo's folder it changes nothing.
///
/// # Errors
/// When the folder holds real data, or cannot be written.
pub async fn fill(app: &App) -> Result<Filled, Refused> {
    if is_demo(app).await? {
        return Ok(Filled::Already);
    }
    if app.db.read(|db| Ok(queries::has_people(db)?)).await? {
        return Err(Refused::RealData);
    }
    let now = app.clock.now();
    let mut dice = Dice::new(SEED);
    let scripts = plan::scripts(now, &mut dice);
    let carried = carried(app, &scripts, &mut dice).await?;
    let password_hash = app.passwords.hash(PASSWORD.to_owned()).await?;
    let uploads: Vec<Upload> = carried.values().cloned().collect();
    let made = app
        .db
        .write(move |tx| {
            let opened = now.plus_seconds(-OPENED_DAYS_AGO * 86_400);
            move_in(tx, &password_hash, opened)?;
            canned::write_down(tx, opened, &mut dice)?;
            play::play(tx, &scripts, &carried)
        })
        .await;
    if made.is_err() {
        upload::forget(app, &uploads).await;
    }
    made?;
    Ok(Filled::Made)
}

/// Gives an empty folder the demo's people and nothing else: for a site in front of a gateway that holds the demo.
///
/// # Errors
/// When the folder holds real data, or cannot be written.
pub async fn settle(app: &App) -> Result<Filled, Refused> {
    if is_demo(app).await? {
        return Ok(Filled::Already);
    }
    if app.db.read(|db| Ok(queries::has_people(db)?)).await? {
        return Err(Refused::RealData);
    }
    let password_hash = app.passwords.hash(PASSWORD.to_owned()).await?;
    let opened = app.clock.now().plus_seconds(-OPENED_DAYS_AGO * 86_400);
    app.db.write(move |tx| move_in(tx, &password_hash, opened)).await?;
    Ok(Filled::Made)
}

fn move_in(tx: &mut Tx<'_>, password_hash: &str, opened: Timestamp) -> Result<(), Error> {
    for (index, name) in ORGANIZATIONS.iter().enumerate() {
        insert_organization(tx, people::organization_id(index), name, opened)?;
    }
    for (index, person) in PEOPLE.iter().enumerate() {
        let organization = person.organization.map(people::organization_id);
        let id = people::person_id(index);
        insert(tx, id, person.name, person.email, person.role, organization, password_hash, opened)?;
    }
    Ok(())
}

/// Makes the files that steps carry: every answer that speaks of one, and some that come with a ticket or a note.
async fn carried(app: &App, scripts: &[Script], dice: &mut Dice) -> Result<Carried, Error> {
    let mut wanted = Vec::new();
    for (ticket, script) in scripts.iter().enumerate() {
        let Some(kind) = script.story.attachment else { continue };
        for (nth, (at, step)) in script.steps.iter().enumerate() {
            let carries = match step {
                Step::Answer => true,
                Step::File { .. } => ticket % 9 == 0,
                Step::Note => ticket % 7 == 0,
                _ => false,
            };
            if carries {
                let file = attachments::make(kind, script.story.language, &at.date(), dice)?;
                wanted.push(((ticket, nth), file));
            }
        }
    }
    stream::iter(wanted)
        .map(|(place, (name, bytes))| async move { Ok((place, upload::bring(app, name, bytes).await?)) })
        .buffer_unordered(8)
        .try_collect()
        .await
}
