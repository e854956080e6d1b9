//! What the service does unasked: removing what interrupted uploads left, once at the start, and uploads that nobody
//! attached, every hour. Sessions and idempotency keys that ended are removed where new ones are made.

use crate::{app::App, files};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(60 * 60);

/// Starts them. They end with the runtime.
pub fn start_jobs(app: &App) {
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(error) = files::recover(&app).await {
            tracing::error!(%error, "bytes of interrupted uploads could not be removed; the next start tries again");
        }
        let mut hourly = tokio::time::interval(HOUR);
        loop {
            hourly.tick().await;
            if let Err(error) = files::sweep(&app).await {
                tracing::error!(%error, "tidying up failed; the next try is in an hour");
            }
        }
    });
}
