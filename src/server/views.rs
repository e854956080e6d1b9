//! Views, as pages name them: by the query of the page that shows one.

use crate::http::left_with_request;
use client::Client;
use contract::{
    Code, Problem,
    choice::Choices,
    session::Viewer,
    view::{Column, Preset, ViewFilter, Views},
};

/// The views that stand on each page of the desk. Where a gateway keeps the tickets there are none.
pub async fn of(client: &Client, viewer: &Viewer) -> Option<Views> {
    let staff = viewer.person.role.is_staff() && !viewer.remote;
    if staff { client.views().await.ok() } else { None }
}

/// What the page with this query lists, and what its rows show.
///
/// # Errors
/// When a value is not one the filter knows.
pub fn shown(query: &str) -> Result<(ViewFilter, Vec<Column>), Problem> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    let values = |name: &str| -> Vec<String> {
        pairs.iter().filter(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.clone()).collect()
    };
    let role = left_with_request::<Viewer>().map_or(contract::Role::Customer, |viewer| viewer.person.role);
    let base = values("base").iter().find_map(|slug| Preset::named(slug)).unwrap_or(Preset::of(role)[0]);
    let filter = ViewFilter::read(base, values).map_err(|_| {
        Problem::new(Code::Malformed, "This address asks for a filter that does not exist. Reset the filters.")
    })?;
    let columns = values("columns").iter().filter_map(|word| Column::parse(word)).collect();
    Ok((filter, columns))
}
