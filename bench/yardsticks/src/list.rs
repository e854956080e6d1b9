//! The list behind the queue page, asked of the file by one thread: the very statement that the API runs, then the same
//! with its JSON. No HTTP, no routing, no hand-over between threads.

use super::spread::Spread;
use api::{App, Caller, clock::Clock, config::Config, tickets::list::visible};
use contract::{Actor, id::SessionId, ticket::TicketFilter};
use serde_json::{Value, json};
use std::{path::Path, time::Instant};

/// How often each is asked, after a tenth as many that warm up.
const TIMES: usize = 2_000;

/// What `GET /tickets?pageSize=50` costs this person below HTTP.
///
/// # Errors
/// When the folder cannot be opened, or nobody has this address.
pub async fn measure(data: &Path, email: &str) -> Result<Value, String> {
    let app = App::open(data, Config::default(), Clock::System).map_err(|error| error.to_string())?;
    let accounts = api::people::actions::accounts(&app).await.map_err(|error| error.to_string())?;
    let account = accounts.into_iter().find(|one| one.email == email).ok_or("nobody has this address")?;
    let caller = Caller {
        actor: Actor { id: account.id, role: account.role, organization_id: None },
        name: account.name,
        email: account.email,
        session_id: SessionId(account.id.0),
    };
    let filter = TicketFilter { page_size: Some(50), ..TicketFilter::default() };
    let now = app.clock.now();
    app.db
        .read(move |db| {
            let mut rows = 0;
            let (mut asked, mut written) = (Spread::default(), Spread::default());
            for nth in 0..TIMES + TIMES / 10 {
                let start = Instant::now();
                let page = visible(db, &caller, &filter, now)?;
                let found = start.elapsed();
                let json = serde_json::to_vec(&page).unwrap_or_default();
                let both = start.elapsed();
                rows = page.items.len().min(json.len());
                if nth >= TIMES / 10 {
                    asked.add(found);
                    written.add(both);
                }
            }
            Ok(json!({ "rows": rows, "sql": asked.told(), "sqlAndJson": written.told() }))
        })
        .await
        .map_err(|error| error.to_string())
}
