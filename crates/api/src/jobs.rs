//! What the service does unasked: at the start, removing what interrupted uploads left, and making tickets findable by files
//! that an earlier version attached; every hour, removing uploads that nobody attached, and versions of drafts and
//! notifications, and answers kept by idempotency keys, that are too old, and packing past days for reports; every few
//! seconds, forgetting who is no longer at a ticket, and adding up what was measured; sending what waits in the outbox.
//! Sessions that ended are removed where new ones are made.

use crate::{
    app::App, drafts, events::hub::Signal, files, idempotency, meters, notifications, outbox, reports, search,
};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(60 * 60);
/// How late it may be noticed that somebody left without a word, and how long measurements are kept one by one.
const SOON: Duration = Duration::from_secs(5);

/// Starts them. They end with the runtime.
pub fn start_jobs(app: &App) {
    tokio::spawn(every_few_seconds(app.clone()));
    if app.gateway.is_none() {
        tokio::spawn(outbox::delivery::run(app.clone()));
    }
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(error) = files::recover(&app).await {
            tracing::error!(%error, "bytes of interrupted uploads could not be removed; the next start tries again");
        }
        if let Err(error) = search::files::catch_up(&app).await {
            tracing::error!(%error, "older files are not found by their names yet; the next start goes on");
        }
        let mut hourly = tokio::time::interval(HOUR);
        loop {
            hourly.tick().await;
            if let Err(error) = files::sweep(&app).await {
                tracing::error!(%error, "tidying up failed; the next try is in an hour");
            }
            if let Err(error) = drafts::forget(&app).await {
                tracing::error!(%error, "old versions of drafts stay; the next try is in an hour");
            }
            if let Err(error) = notifications::forget(&app).await {
                tracing::error!(%error, "old notifications stay; the next try is in an hour");
            }
            if let Err(error) = idempotency::forget(&app).await {
                tracing::error!(%error, "old answers to idempotency keys stay; the next try is in an hour");
            }
            if let Err(error) = reports::pack(&app).await {
                tracing::error!(%error, "reports look at more tickets than they need; the next try is in an hour");
            }
        }
    });
}

async fn every_few_seconds(app: App) {
    let mut soon = tokio::time::interval(SOON);
    loop {
        soon.tick().await;
        app.hub.publish(app.presences.forget(app.clock.now()).into_iter().map(Signal::Present));
        meters::settle();
    }
}
