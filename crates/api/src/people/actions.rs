//! Looking people up, and what the command line does to accounts.

use super::queries;
use crate::{
    app::App,
    caller::Caller,
    db::{Connection, Tx},
    error::Error,
    page, sessions,
};
use contract::{
    FieldError, Role,
    id::{OrganizationId, PersonId},
    page::Page,
    person::{Contact, PeopleFilter},
    session::{check_email, check_password},
    text,
};

const LIST: &str = "people";
const NAME_MAX: usize = 100;

/// A person to be added.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub name: String,
    pub email: String,
    pub role: Role,
    /// Of a customer: by name, made when it is new.
    pub organization: Option<String>,
    /// Their id at the gateway, where one keeps the tickets; otherwise a new one.
    pub id: Option<PersonId>,
}

/// A person as the command line lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub organization: Option<String>,
    pub disabled: bool,
}

/// *People*, by name. Staff see everyone; a customer the active colleagues of their organization, without e-mail.
///
/// # Errors
/// A page that cannot be read; too long a part of a name.
pub fn list(db: &Connection, caller: &Caller, filter: &PeopleFilter) -> Result<Page<Contact>, Error> {
    let paging = filter.paging();
    let (size, start) = (page::size(&paging)?, page::start::<(String, PersonId)>(&paging, LIST)?);
    let q = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
    q.map_or(Ok(()), |part| text::query("q", part))?;
    let (own, wanted) = (caller.actor.organization_id, filter.organization_id);
    let rows = match (caller.is_staff(), wanted.or(own)) {
        (true, None) => queries::everyone(db, filter.role, q, start, size as i64 + 1)?,
        (staff, Some(organization)) if staff || own == Some(organization) => {
            queries::colleagues(db, caller.role(), organization, filter.role, q, start, size as i64 + 1)?
        }
        _ => Vec::new(),
    };
    Ok(page::of(rows, size, LIST, |contact| (contact.person.name.clone(), contact.person.id)))
}

/// *Person By Id*: staff see anyone; a customer themselves and their colleagues.
///
/// # Errors
/// 404 otherwise.
pub fn one(db: &Connection, caller: &Caller, id: PersonId) -> Result<Contact, Error> {
    let contact = queries::contact(db, caller.role(), id)?.ok_or_else(Error::not_found)?;
    let organization = contact.organization.as_ref().map(|o| o.organization_id);
    let colleague =
        organization.is_some() && organization == caller.actor.organization_id && contact.person.role == Role::Customer;
    let active = || queries::active(db, id).map(|person| person.is_some());
    if caller.is_staff() || id == caller.id() || (colleague && active()?) {
        Ok(contact)
    } else {
        Err(Error::not_found())
    }
}

/// Adds a person with a password.
///
/// # Errors
/// The fields at fault, among them an e-mail address that somebody has already.
pub async fn add(app: &App, new: NewPerson, password: String) -> Result<PersonId, Error> {
    let new = checked(new, &password)?;
    let hash = app.passwords.hash(password).await?;
    app.db.write(move |tx| insert(tx, &new, &hash)).await
}

/// Every account, by name.
///
/// # Errors
/// When the database fails.
pub async fn accounts(app: &App) -> Result<Vec<Account>, Error> {
    app.db.read(|db| Ok(queries::accounts(db)?)).await
}

/// Disables an account and ends its sessions. What the person wrote stays.
///
/// # Errors
/// When nobody has this e-mail address.
pub async fn disable(app: &App, email: &str) -> Result<(), Error> {
    let email = email.trim().to_lowercase();
    app.db
        .write(move |tx| {
            let person = queries::by_email(tx, &email)?.ok_or_else(|| nobody(&email))?;
            queries::disable(tx, person, tx.now())?;
            sessions::actions::end_all(tx, person, None)
        })
        .await
}

/// Sets a new password and ends the person's sessions.
///
/// # Errors
/// When nobody has this e-mail address, or the password does not pass.
pub async fn set_password(app: &App, email: &str, password: String) -> Result<(), Error> {
    let email = email.trim().to_lowercase();
    check_password("password", &password, &email)?;
    let hash = app.passwords.hash(password).await?;
    app.db
        .write(move |tx| {
            let person = queries::by_email(tx, &email)?.ok_or_else(|| nobody(&email))?;
            queries::set_password(tx, person, &hash)?;
            sessions::actions::end_all(tx, person, None)
        })
        .await
}

/// The person with their texts normalised.
///
/// # Errors
/// Every field at fault.
pub fn checked(new: NewPerson, password: &str) -> Result<NewPerson, Error> {
    let mut faults = Vec::new();
    let mut keep =
        |checked: Result<String, FieldError>| checked.map_err(|fault| faults.push(fault)).unwrap_or_default();
    let name = keep(text::line("name", &new.name, NAME_MAX));
    let email = keep(check_email("email", &new.email));
    let organization = new.organization.map(|name| keep(text::line("organization", &name, NAME_MAX)));
    if let Err(fault) = check_password("password", password, &email) {
        faults.push(fault);
    }
    if organization.is_some() && new.role != Role::Customer {
        faults.push(FieldError::new("organization", "Only customers belong to an organization."));
    }
    if faults.is_empty() { Ok(NewPerson { name, email, organization, ..new }) } else { Err(faults.into()) }
}

/// Adds a checked person in a transaction.
///
/// # Errors
/// An e-mail address that somebody has already.
pub fn insert(tx: &mut Tx<'_>, new: &NewPerson, password_hash: &str) -> Result<PersonId, Error> {
    if queries::by_email(tx, &new.email)?.is_some() {
        return Err(Error::invalid("email", "Somebody has an account with this address already."));
    }
    let organization = new.organization.as_deref().map(|name| organization(tx, name)).transpose()?;
    if let Some(id) = new.id
        && queries::exists(tx, id)?
    {
        return Err(Error::invalid("id", "Somebody has an account with this id already."));
    }
    let id = new.id.unwrap_or_else(|| PersonId(tx.new_id()));
    queries::insert(tx, id, &new.name, &new.email, new.role, organization, password_hash, tx.now())?;
    Ok(id)
}

fn organization(tx: &Tx<'_>, name: &str) -> Result<OrganizationId, Error> {
    if let Some(id) = queries::organization(tx, name)? {
        return Ok(id);
    }
    let id = OrganizationId(tx.new_id());
    queries::insert_organization(tx, id, name, tx.now())?;
    Ok(id)
}

fn nobody(email: &str) -> Error {
    Error::invalid("email", format!("Nobody has an account with the address {email}."))
}
