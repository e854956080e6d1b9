//! People and organizations in the database.

use super::actions::Account;
use crate::{
    caller::Caller,
    clock::Timestamp,
    db::{Columns, Connection, OptionalExtension, Result, Text, select::Select},
};
use contract::{
    Actor, Role,
    choice::Choices,
    id::{OrganizationId, PersonId, SessionId},
    person::{Contact, Organization, Person},
};
use rusqlite::{Row, params, params_from_iter};

const CONTACTS: &str = "SELECT p.id, p.name, p.role, p.email, o.id, o.name, p.created_at, p.disabled_at IS NOT NULL
     FROM people p LEFT JOIN organizations o ON o.id = p.organization_id WHERE ";

/// An active person and their organization.
pub struct Known {
    pub person: Person,
    pub organization: Option<OrganizationId>,
}

/// The active person, without e-mail.
pub fn active(db: &Connection, id: PersonId) -> Result<Option<Person>> {
    Ok(known(db, id)?.map(|known| known.person))
}

/// The active person, without e-mail, and their organization.
pub fn known(db: &Connection, id: PersonId) -> Result<Option<Known>> {
    db.prepare_cached(
        "SELECT id, name, role, email, organization_id FROM people WHERE id = ?1 AND disabled_at IS NULL",
    )?
    .query_row([Text(id)], |row| {
        let mut columns = Columns::of(row);
        Ok(Known { person: columns.person(Role::Customer)?, organization: columns.maybe_id()? })
    })
    .optional()
}

/// What the person is, active or not.
pub fn role(db: &Connection, id: PersonId) -> Result<Option<Role>> {
    db.prepare_cached("SELECT role FROM people WHERE id = ?1")?
        .query_row([Text(id)], |row| Columns::of(row).choice())
        .optional()
}

/// What the person is called, active or not.
pub fn name(db: &Connection, id: PersonId) -> Result<Option<String>> {
    db.prepare_cached("SELECT name FROM people WHERE id = ?1")?.query_row([Text(id)], |row| row.get(0)).optional()
}

/// Whether somebody has this id, active or not.
pub fn exists(db: &Connection, id: PersonId) -> Result<bool> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM people WHERE id = ?1)")?.query_row([Text(id)], |row| row.get(0))
}

/// The person as a caller: for acting in their name where no request came from them, as the demo data does.
pub fn caller(db: &Connection, id: PersonId, session_id: SessionId) -> Result<Option<Caller>> {
    db.prepare_cached("SELECT id, role, organization_id, name, email FROM people WHERE id = ?1")?
        .query_row([Text(id)], |row| {
            let mut columns = Columns::of(row);
            let actor = Actor { id: columns.id()?, role: columns.choice()?, organization_id: columns.maybe_id()? };
            Ok(Caller { actor, name: columns.take()?, email: columns.take()?, session_id })
        })
        .optional()
}

/// The person, active or not.
pub fn contact(db: &Connection, reader: Role, id: PersonId) -> Result<Option<Contact>> {
    let mut select = Select::new(CONTACTS);
    select.with("p.id = ?", id.to_string());
    let (sql, values) = select.finish();
    db.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| read(row, reader)).optional()
}

/// Up to `limit` people after `start`, by name, for staff.
pub fn everyone(
    db: &Connection,
    role: Option<Role>,
    q: Option<&str>,
    start: Option<(String, PersonId)>,
    limit: i64,
) -> Result<Vec<Contact>> {
    let mut select = Select::new(CONTACTS);
    select.push("1");
    if let Some(part) = q.map(pattern) {
        named_or_at(&mut select, part);
    }
    if let Some(role) = role {
        select.with(" AND p.role = ?", role.as_str().to_owned());
    }
    page(db, select, start, limit, Role::Admin)
}

/// Up to `limit` active customers of an organization after `start`, by name, as `reader` sees them.
pub fn colleagues(
    db: &Connection,
    reader: Role,
    organization: OrganizationId,
    role: Option<Role>,
    q: Option<&str>,
    start: Option<(String, PersonId)>,
    limit: i64,
) -> Result<Vec<Contact>> {
    let mut select = Select::new(CONTACTS);
    // Nearly everybody has that role: the index to go by is the organization's.
    select.with("p.organization_id = ? AND +p.role = 'CUSTOMER' AND p.disabled_at IS NULL", organization.to_string());
    if let Some(part) = q.map(pattern) {
        if reader.is_staff() {
            named_or_at(&mut select, part);
        } else {
            select.with(" AND p.name LIKE ? ESCAPE '\\'", part);
        }
    }
    if let Some(role) = role {
        select.with(" AND +p.role = ?", role.as_str().to_owned());
    }
    page(db, select, start, limit, reader)
}

/// Those whose name or e-mail address has this part.
fn named_or_at(select: &mut Select, part: String) {
    select.push(" AND (p.name LIKE ? ESCAPE '\\' OR p.email LIKE ? ESCAPE '\\')").value(part.clone()).value(part);
}

fn page(
    db: &Connection,
    mut select: Select,
    start: Option<(String, PersonId)>,
    limit: i64,
    reader: Role,
) -> Result<Vec<Contact>> {
    if let Some((name, id)) = start {
        select.push(" AND (p.name, p.id) > (?, ?)").value(name).value(id.to_string());
    }
    select.with(" ORDER BY p.name, p.id LIMIT ?", limit);
    let (sql, values) = select.finish();
    db.prepare_cached(&sql)?.query_map(params_from_iter(values), |row| read(row, reader))?.collect()
}

fn read(row: &Row<'_>, reader: Role) -> Result<Contact> {
    let mut columns = Columns::of(row);
    let person = columns.person(reader)?;
    let organization_id: Option<OrganizationId> = columns.maybe_id()?;
    let name: Option<String> = columns.take()?;
    let organization = organization_id.zip(name).map(|(organization_id, name)| Organization { organization_id, name });
    Ok(Contact { person, organization, since: columns.time()?, disabled: columns.take()? })
}

fn pattern(part: &str) -> String {
    format!("%{}%", part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// The admins whose accounts are not disabled.
pub fn admins(db: &Connection) -> Result<Vec<PersonId>> {
    db.prepare_cached("SELECT id FROM people WHERE role = 'ADMIN' AND disabled_at IS NULL")?
        .query_map([], |row| Columns::of(row).id())?
        .collect()
}

pub fn accounts(db: &Connection) -> Result<Vec<Account>> {
    db.prepare_cached(
        "SELECT p.id, p.name, p.email, p.role, o.name, p.disabled_at IS NOT NULL
         FROM people p LEFT JOIN organizations o ON o.id = p.organization_id ORDER BY p.name, p.id",
    )?
    .query_map([], |row| {
        let mut columns = Columns::of(row);
        Ok(Account {
            id: columns.id()?,
            name: columns.take()?,
            email: columns.take()?,
            role: columns.choice()?,
            organization: columns.take()?,
            disabled: columns.take()?,
        })
    })?
    .collect()
}

pub fn by_email(db: &Connection, email: &str) -> Result<Option<PersonId>> {
    db.prepare_cached("SELECT id FROM people WHERE email = ?1")?
        .query_row([email], |row| Columns::of(row).id())
        .optional()
}

/// Who signs in with this address, when active: the person and the password's hash.
pub fn credentials(db: &Connection, email: &str) -> Result<Option<(PersonId, String)>> {
    db.prepare_cached("SELECT id, password_hash FROM people WHERE email = ?1 AND disabled_at IS NULL")?
        .query_row([email], |row| {
            let mut columns = Columns::of(row);
            Ok((columns.id()?, columns.take()?))
        })
        .optional()
}

/// Whether anybody can administer: without one, the first is to be made.
pub fn has_admin(db: &Connection) -> Result<bool> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM people WHERE role = 'ADMIN')")?.query_row([], |row| row.get(0))
}

pub fn insert(
    db: &Connection,
    id: PersonId,
    name: &str,
    email: &str,
    role: Role,
    organization: Option<OrganizationId>,
    password_hash: &str,
    at: Timestamp,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO people (id, name, email, role, organization_id, password_hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![Text(id), name, email, role.as_str(), organization.map(Text), password_hash, at.0])?;
    Ok(())
}

pub fn disable(db: &Connection, id: PersonId, at: Timestamp) -> Result<()> {
    db.prepare_cached("UPDATE people SET disabled_at = coalesce(disabled_at, ?2) WHERE id = ?1")?
        .execute(params![Text(id), at.0])?;
    Ok(())
}

pub fn set_password(db: &Connection, id: PersonId, hash: &str) -> Result<()> {
    db.prepare_cached("UPDATE people SET password_hash = ?2 WHERE id = ?1")?.execute(params![Text(id), hash])?;
    Ok(())
}

pub fn organization(db: &Connection, name: &str) -> Result<Option<OrganizationId>> {
    db.prepare_cached("SELECT id FROM organizations WHERE name = ?1")?
        .query_row([name], |row| Columns::of(row).id())
        .optional()
}

pub fn insert_organization(db: &Connection, id: OrganizationId, name: &str, at: Timestamp) -> Result<()> {
    db.prepare_cached("INSERT INTO organizations (id, name, created_at) VALUES (?1, ?2, ?3)")?.execute(params![
        Text(id),
        name,
        at.0
    ])?;
    Ok(())
}
