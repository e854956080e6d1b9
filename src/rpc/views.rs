//! Views that staff save. What one lists and shows travels as the query of the page that shows it.

use crate::error::AppError;
use contract::{
    id::ViewId,
    view::{Sharing, Views},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Every view of the viewer, with how many tickets each has.
#[server(endpoint = "views/all", input = GetUrl)]
pub async fn all_views() -> Result<Views, AppError> {
    Ok(crate::server::finsupport::finsupport()?.views().await?)
}

/// Saves what the page shows under a name, and goes there.
#[server(endpoint = "views/save")]
pub async fn save_view(
    name: String,
    query: String,
    #[server(default)] sharing: Option<Sharing>,
    key: String,
) -> Result<(), AppError> {
    use crate::server::{finsupport::finsupport, session, views};
    let (filter, columns) = views::shown(&query)?;
    let new = contract::view::NewView { name, sharing, filter, columns };
    let saved = finsupport()?.with_idempotency_key(key).save_view(&new).await?;
    session::go(&format!("/desk?view={}", saved.view_id));
    Ok(())
}

/// Lets the view list and show what the page does now.
#[server(endpoint = "views/change")]
pub async fn change_view(view_id: ViewId, query: String) -> Result<(), AppError> {
    use crate::server::{finsupport::finsupport, session, views};
    let (filter, columns) = views::shown(&query)?;
    let edit = contract::view::ViewEdit { filter: Some(filter), columns: Some(columns), ..Default::default() };
    finsupport()?.edit_view(view_id, &edit).await?;
    session::go(&format!("/desk?view={view_id}"));
    Ok(())
}

/// Calls the view something else, and shares it or not.
#[server(endpoint = "views/rename")]
pub async fn rename_view(
    view_id: ViewId,
    name: String,
    #[server(default)] sharing: Option<Sharing>,
) -> Result<(), AppError> {
    let edit = contract::view::ViewEdit { name: Some(name), sharing, ..Default::default() };
    crate::server::finsupport::finsupport()?.edit_view(view_id, &edit).await?;
    Ok(())
}

/// Deletes the view and goes to the first one.
#[server(endpoint = "views/delete")]
pub async fn delete_view(view_id: ViewId) -> Result<(), AppError> {
    use crate::server::{finsupport::finsupport, session};
    finsupport()?.delete_view(view_id).await?;
    session::go("/desk");
    Ok(())
}
