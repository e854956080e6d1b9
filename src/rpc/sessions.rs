//! Signing in and out, one's sessions and password, the first admin, the theme.

use crate::error::AppError;
use contract::{id::SessionId, session::Session};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Signs in and goes to `next`, or home.
#[server(endpoint = "sessions/sign_in")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<(), AppError> {
    use crate::server::{finsupport::finsupport, session};
    let token = finsupport()?.sign_in(&contract::session::Credentials { email, password }).await?;
    session::begin(&token);
    session::go(next.as_deref().unwrap_or_default());
    Ok(())
}

/// Signs out and goes to the sign-in page.
#[server(endpoint = "sessions/sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    use crate::server::{finsupport::finsupport, session};
    // A session that ended already is as good as one that ends now.
    _ = finsupport()?.sign_out().await;
    session::end();
    session::go("/sign-in");
    Ok(())
}

/// Makes the first admin with the one-time token, and signs them in.
#[server(endpoint = "sessions/set_up")]
pub async fn set_up(token: String, name: String, email: String, password: String) -> Result<(), AppError> {
    use crate::server::{finsupport::finsupport, session};
    let token = finsupport()?.set_up(&contract::session::Setup { token, name, email, password }).await?;
    session::begin(&token);
    session::go("");
    Ok(())
}

/// The viewer's sessions.
#[server(endpoint = "sessions/mine", input = GetUrl)]
pub async fn my_sessions() -> Result<Vec<Session>, AppError> {
    Ok(crate::server::finsupport::finsupport()?.sessions().await?)
}

/// Ends one of the viewer's sessions.
#[server(endpoint = "sessions/revoke")]
pub async fn revoke_session(session_id: SessionId) -> Result<(), AppError> {
    Ok(crate::server::finsupport::finsupport()?.revoke_session(session_id).await?)
}

/// Changes the viewer's password.
#[server(endpoint = "sessions/change_password")]
pub async fn change_password(current_password: String, new_password: String) -> Result<(), AppError> {
    let change = contract::session::PasswordChange { current_password, new_password };
    Ok(crate::server::finsupport::finsupport()?.change_password(&change).await?)
}

/// Remembers the theme in this browser: `light`, `dark`, or anything else to follow the system.
#[server(endpoint = "sessions/set_theme")]
pub async fn set_theme(theme: String) -> Result<(), AppError> {
    crate::server::session::remember_theme(&theme);
    Ok(())
}
