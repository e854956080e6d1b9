//! Notifications: operations 95–97.

use crate::{Client, Result};
use contract::{endpoints::Operation as Op, id::NotificationId, notification::Notifications, page::Paging};

impl Client {
    /// 95, *Notifications*: the caller's, newest first, and how many they have not seen.
    pub async fn notifications(&self, paging: &Paging) -> Result<Notifications> {
        self.call(Op::GetNotifications, &[]).query(paging).send().await
    }

    /// 96, *See All Notifications*.
    pub async fn see_all_notifications(&self) -> Result<()> {
        self.call(Op::PutNotificationsSeen, &[]).done().await
    }

    /// 97, *See Notification*.
    pub async fn see_notification(&self, id: NotificationId) -> Result<()> {
        self.call(Op::PutNotificationSeen, &[&id]).done().await
    }
}
