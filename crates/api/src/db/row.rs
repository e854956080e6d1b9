//! Reading a row from left to right, with the contract's types.

use crate::clock::Timestamp;
use contract::{Role, choice::Choices, id::PersonId, person::Person};
use rusqlite::{
    Row, ToSql,
    types::{FromSql, ToSqlOutput, Type},
};
use std::{fmt::Display, str::FromStr};

/// Binds an id as the text it is kept as.
pub struct Text<T>(pub T);

impl<T: Display> ToSql for Text<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0.to_string()))
    }
}

/// The columns of a row, taken in the order in which the SQL names them.
pub struct Columns<'r> {
    row: &'r Row<'r>,
    next: usize,
}

impl<'r> Columns<'r> {
    /// From the first column.
    pub const fn of(row: &'r Row<'r>) -> Self {
        Self { row, next: 0 }
    }

    /// From the column at this index.
    pub const fn from(row: &'r Row<'r>, index: usize) -> Self {
        Self { row, next: index }
    }

    /// The next column as it is.
    pub fn take<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        let index = self.next;
        self.next += 1;
        self.row.get(index)
    }

    /// The next column as an id.
    pub fn id<T: FromStr>(&mut self) -> rusqlite::Result<T> {
        self.maybe_id()?.ok_or_else(|| self.broken("an id"))
    }

    /// The next column as an id, when there is one.
    pub fn maybe_id<T: FromStr>(&mut self) -> rusqlite::Result<Option<T>> {
        let text = self.text()?;
        text.map(|text| text.parse().map_err(|_| self.broken("an id"))).transpose()
    }

    /// The next column as one of an enumeration.
    pub fn choice<T: Choices>(&mut self) -> rusqlite::Result<T> {
        let text = self.text()?;
        text.and_then(T::parse).ok_or_else(|| self.broken("a known word"))
    }

    /// The next column as a time, in the wire's form.
    pub fn time(&mut self) -> rusqlite::Result<String> {
        Ok(Timestamp(self.take()?).text())
    }

    /// The next column as a time, when there is one.
    pub fn maybe_time(&mut self) -> rusqlite::Result<Option<String>> {
        Ok(self.take::<Option<i64>>()?.map(|at| Timestamp(at).text()))
    }

    /// The next four columns (id, name, role, e-mail) as a person for a reader of this role: e-mail is for staff.
    pub fn person(&mut self, reader: Role) -> rusqlite::Result<Person> {
        self.maybe_person(reader)?.ok_or_else(|| self.broken("a person"))
    }

    /// The next four columns as a person, when there is one.
    pub fn maybe_person(&mut self, reader: Role) -> rusqlite::Result<Option<Person>> {
        let Some(id) = self.maybe_id::<PersonId>()? else {
            self.next += 3;
            return Ok(None);
        };
        let name = self.take()?;
        let role = self.choice()?;
        let email: String = self.take()?;
        Ok(Some(Person { id, name, role, email: reader.is_staff().then_some(email) }))
    }

    /// The next column where it stands, to be read into something else.
    fn text(&mut self) -> rusqlite::Result<Option<&'r str>> {
        let index = self.next;
        self.next += 1;
        self.row.get_ref(index)?.as_str_or_null().map_err(|_| self.broken("a text"))
    }

    fn broken(&self, wanted: &str) -> rusqlite::Error {
        let message = format!("column {} is not {wanted}", self.next.saturating_sub(1));
        rusqlite::Error::FromSqlConversionFailure(self.next.saturating_sub(1), Type::Text, message.into())
    }
}
