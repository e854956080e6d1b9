//! Composes a query from constant fragments and bound values: no value ever becomes part of the text.

use rusqlite::types::Value;

/// A query in the making. Each `?` in a fragment stands for the next value bound with it.
#[derive(Clone, Debug, Default)]
pub struct Select {
    sql: String,
    values: Vec<Value>,
}

impl Select {
    /// A query that begins like this.
    pub fn new(fragment: &'static str) -> Self {
        Self { sql: fragment.to_owned(), values: Vec::new() }
    }

    /// Appends a fragment.
    pub fn push(&mut self, fragment: &'static str) -> &mut Self {
        self.sql.push_str(fragment);
        self
    }

    /// Appends a fragment with one `?`, and its value.
    pub fn with(&mut self, fragment: &'static str, value: impl Into<Value>) -> &mut Self {
        self.push(fragment).value(value)
    }

    /// Binds a value to the next `?`.
    pub fn value(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self
    }

    /// Appends `<fragment> (?, ?, …)` when there are values.
    pub fn among(&mut self, fragment: &'static str, values: Vec<Value>) -> &mut Self {
        if values.is_empty() {
            return self;
        }
        self.push(fragment).push(" (?");
        for _ in 1..values.len() {
            self.push(", ?");
        }
        self.values.extend(values);
        self.push(")")
    }

    /// Appends another query.
    pub fn append(&mut self, other: Self) -> &mut Self {
        self.sql.push_str(&other.sql);
        self.values.extend(other.values);
        self
    }

    /// Appends `<fragment> (<query>)`, where the query was composed elsewhere in this folder.
    pub(crate) fn within(&mut self, fragment: &'static str, (sql, values): (String, Vec<Value>)) -> &mut Self {
        self.push(fragment).push(" (");
        self.sql.push_str(&sql);
        self.values.extend(values);
        self.push(")")
    }

    /// The text and the values.
    pub fn finish(self) -> (String, Vec<Value>) {
        (self.sql, self.values)
    }
}
