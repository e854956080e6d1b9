//! Signing in and out, one's sessions, one's password, and the first admin.

use crate::{Client, Result, call::read};
use axum::body::Body;
use base64::{Engine, prelude::BASE64_STANDARD};
use contract::{
    endpoints::Operation as Op,
    id::SessionId,
    session::{Credentials, PasswordChange, Session, Setup, Token, Viewer},
};
use http::header;

impl Client {
    /// Trades credentials for a token.
    pub async fn sign_in(&self, credentials: &Credentials) -> Result<Token> {
        self.call(Op::PostToken, &[]).json(credentials).await
    }

    /// A site signs in for itself (RFC 6749 section 4.4).
    pub async fn service_token(&self, client_id: &str, client_secret: &str) -> Result<Token> {
        let basic = BASE64_STANDARD.encode(format!("{client_id}:{client_secret}"));
        let call = self
            .call(Op::PostServiceToken, &[])
            .header(header::AUTHORIZATION, format!("Basic {basic}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let granted = call.stream(Body::from("grant_type=client_credentials")).await?;
        Ok(read(granted, self.transport.answer_max()).await?.value)
    }

    /// Makes the first admin.
    pub async fn set_up(&self, setup: &Setup) -> Result<Token> {
        self.call(Op::PostSetup, &[]).json(setup).await
    }

    /// Who this token speaks for.
    pub async fn viewer(&self) -> Result<Viewer> {
        self.call(Op::GetSession, &[]).send().await
    }

    /// Ends this session.
    pub async fn sign_out(&self) -> Result<()> {
        self.call(Op::DeleteSession, &[]).done().await
    }

    /// The caller's sessions, the newest first.
    pub async fn sessions(&self) -> Result<Vec<Session>> {
        self.call(Op::GetSessions, &[]).send().await
    }

    /// Ends one of the caller's sessions.
    pub async fn revoke_session(&self, id: SessionId) -> Result<()> {
        self.call(Op::DeleteSessionById, &[&id]).done().await
    }

    /// Changes the caller's password; every other session of theirs ends.
    pub async fn change_password(&self, change: &PasswordChange) -> Result<()> {
        self.call(Op::PutPassword, &[]).json_done(change).await
    }
}
