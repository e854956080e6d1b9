//! For whoever watches the process: is it alive, can it answer, what has it done.

use crate::{app::App, caller::Caller, db::Connection, error::Error, meters};
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Response},
};
use contract::{Code, Role, session::ClientAddress};
use http::{HeaderMap, header};

/// The process runs.
pub async fn alive() -> &'static str {
    "ok"
}

/// The database answers, and can be written. In front of a gateway it says how that is too, and stays ready without it: the
/// pages tell people what is the matter, which a balancer that takes the site away cannot.
pub async fn ready(State(app): State<App>) -> Result<String, Error> {
    app.db.read(|db: &Connection| Ok(crate::db::ping(db)?)).await?;
    if !app.db.can_write().await {
        return Err(Error::new(
            Code::Unavailable,
            "Nothing can be written. Look at the log, and whether the disk is full.",
        ));
    }
    Ok(match &app.gateway {
        None => "ok".to_owned(),
        Some(remote) => format!("ok; gateway {}", remote.gateway.health().as_str()),
    })
}

/// Counters and durations in the text format of Prometheus: for a scraper on this machine, or an admin.
pub async fn metrics(
    State(app): State<App>,
    address: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let passed_on = headers.contains_key("x-forwarded-for") || headers.contains_key(header::FORWARDED);
    let local = address.is_some_and(|Extension(ClientAddress(ip))| ip.is_loopback()) && !passed_on;
    if !local && Caller::of(&app, &headers).await?.role() != Role::Admin {
        return Err(Error::forbidden());
    }
    if let Some(remote) = &app.gateway {
        metrics::gauge!("finsupport_gateway_in_flight").set(remote.gateway.in_flight() as f64);
        for health in client::gateway::Health::ALL {
            let is = if remote.gateway.health() == health { 1.0 } else { 0.0 };
            metrics::gauge!("finsupport_gateway_health", "state" => health.as_str()).set(is);
        }
    }
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], meters::render()).into_response())
}
