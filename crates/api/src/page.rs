//! Pages of a list: how many rows, and the opaque cursor that says where the next page starts.
//!
//! A cursor carries the name of the list and order that it belongs to; in another list it is malformed.

use crate::error::Error;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contract::{
    Code,
    page::{PAGE_SIZE, PAGE_SIZE_MAX, Page, Paging},
};
use serde::{Serialize, de::DeserializeOwned};

/// How many rows were asked for.
///
/// # Errors
/// When it is not 1 to 200.
pub fn size(paging: &Paging) -> Result<usize, Error> {
    match paging.page_size.unwrap_or(PAGE_SIZE) {
        size @ 1..=PAGE_SIZE_MAX => Ok(size as usize),
        _ => Err(Error::invalid("pageSize", format!("Ask for 1 to {PAGE_SIZE_MAX} rows."))),
    }
}

/// Where the page starts: `None` at the beginning.
///
/// # Errors
/// When the cursor is not one that this list gave.
pub fn start<K: DeserializeOwned>(paging: &Paging, list: &str) -> Result<Option<K>, Error> {
    let Some(cursor) = &paging.cursor else { return Ok(None) };
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).map_err(|_| malformed())?;
    let (of, key): (String, K) = serde_json::from_slice(&bytes).map_err(|_| malformed())?;
    if of == list { Ok(Some(key)) } else { Err(malformed()) }
}

/// Makes a page of `rows`, of which one more than `size` was fetched to learn whether there is a next page.
pub fn of<T, K: Serialize>(mut rows: Vec<T>, size: usize, list: &str, key: impl Fn(&T) -> K) -> Page<T> {
    let more = rows.len() > size;
    rows.truncate(size);
    let next_cursor = rows.last().filter(|_| more).map(|last| cursor(list, key(last)));
    Page { items: rows, next_cursor }
}

/// The cursor of the page after `key`.
pub fn cursor(list: &str, key: impl Serialize) -> String {
    let bytes = serde_json::to_vec(&(list, key)).expect("keys are plain values");
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn malformed() -> Error {
    Error::new(Code::MalformedCursor, "That cursor is not one that this list gave. Start again without a cursor.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_list() {
        let page = of(vec![1, 2, 3], 2, "numbers", |n| *n);
        assert_eq!(page.items, [1, 2]);
        let paging = Paging { page_size: None, cursor: page.next_cursor };
        assert_eq!(start::<i64>(&paging, "numbers").unwrap(), Some(2));
        assert_eq!(start::<i64>(&paging, "others").unwrap_err().problem().code, Code::MalformedCursor);
    }

    #[test]
    fn the_last_page_has_no_cursor() {
        assert_eq!(of(vec![1, 2], 2, "numbers", |n| *n).next_cursor, None);
    }
}
