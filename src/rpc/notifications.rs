//! Notifications of the viewer.

use crate::error::AppError;
use contract::{id::NotificationId, notification::Notifications};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// How many the viewer has not seen.
#[server(endpoint = "notifications/unread", input = GetUrl)]
pub async fn count_unread() -> Result<i64, AppError> {
    use crate::server::{finsupport::finsupport, notifications};
    Ok(notifications::count(&finsupport()?).await?)
}

/// A page of them, newest first.
#[server(endpoint = "notifications/mine", input = GetUrl)]
pub async fn my_notifications(#[server(default)] cursor: Option<String>) -> Result<Notifications, AppError> {
    let paging = contract::page::Paging { page_size: None, cursor };
    Ok(crate::server::finsupport::finsupport()?.notifications(&paging).await?)
}

/// Marks one as read.
#[server(endpoint = "notifications/see")]
pub async fn see_notification(notification_id: NotificationId) -> Result<(), AppError> {
    Ok(crate::server::finsupport::finsupport()?.see_notification(notification_id).await?)
}

/// Marks all as read.
#[server(endpoint = "notifications/see-all")]
pub async fn see_all_notifications() -> Result<(), AppError> {
    Ok(crate::server::finsupport::finsupport()?.see_all_notifications().await?)
}
