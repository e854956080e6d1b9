//! What the viewer has chosen for themselves.

use crate::error::AppError;
use leptos::prelude::*;

/// Replaces the viewer's preferences, written as JSON.
#[server(endpoint = "preferences/set")]
pub async fn set_preferences(preferences: String) -> Result<(), AppError> {
    let preferences = serde_json::from_str(&preferences)
        .map_err(|error| contract::Problem::new(contract::Code::Malformed, error.to_string()))?;
    crate::server::finsupport::finsupport()?.set_preferences(&preferences).await?;
    Ok(())
}
