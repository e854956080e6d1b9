//! Signing in at a gateway: OAuth 2.0 client credentials (RFC 6749 section 4.4). One token serves every request; it is
//! renewed once for all that wait, before it ends and after it was refused.

mod grant;

use super::settings::{Settings, TokenSettings};
use contract::{Code, Problem};
use grant::Grant;
use std::time::Instant;
use tokio::sync::Mutex;

/// A token is renewed when this part of its life is over.
const RENEWED_AT: f64 = 0.9;

/// The token in use.
pub(super) struct Tokens {
    http: reqwest::Client,
    settings: Option<TokenSettings>,
    held: Mutex<Option<Held>>,
}

struct Held {
    token: String,
    renew_at: Instant,
    ends_at: Instant,
}

impl Tokens {
    pub fn new(http: reqwest::Client, settings: &Settings) -> Self {
        Self { http, settings: settings.token.clone(), held: Mutex::new(None) }
    }

    /// A token that is good for a while; `None` where nobody signs in.
    pub async fn get(&self) -> Result<Option<String>, Problem> {
        let Some(settings) = &self.settings else { return Ok(None) };
        let mut held = self.held.lock().await;
        let now = Instant::now();
        if let Some(held) = held.as_ref().filter(|held| now < held.renew_at) {
            return Ok(Some(held.token.clone()));
        }
        match self.sign_in(settings).await {
            Ok(granted) => {
                let life = granted.life();
                let token = granted.access_token;
                *held =
                    Some(Held { token: token.clone(), renew_at: now + life.mul_f64(RENEWED_AT), ends_at: now + life });
                Ok(Some(token))
            }
            // The old one is good a little longer.
            Err(problem) => match held.as_ref().filter(|held| now < held.ends_at) {
                Some(held) => Ok(Some(held.token.clone())),
                None => Err(problem),
            },
        }
    }

    /// The gateway refused this token: it is not used again.
    pub async fn refused(&self, token: &str) {
        let mut held = self.held.lock().await;
        if held.as_ref().is_some_and(|held| held.token == token) {
            *held = None;
        }
    }

    async fn sign_in(&self, settings: &TokenSettings) -> Result<Grant, Problem> {
        let mut form = vec![("grant_type", "client_credentials")];
        form.extend(settings.scope.as_deref().map(|scope| ("scope", scope)));
        let body = serde_html_form::to_string(form).expect("a flat form");
        let request = self
            .http
            .post(settings.url.clone())
            .basic_auth(&settings.client_id, Some(&settings.client_secret))
            .header(http::header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(http::header::ACCEPT, "application/json")
            .body(body);
        let failed = |why: &str| {
            tracing::error!(url = %settings.url, client = settings.client_id, why, "the gateway gives no token");
            Problem::new(
                Code::Unavailable,
                "Finsupport does not let this site in right now. Nothing was lost; try again.",
            )
        };
        let response = request.send().await.map_err(|cause| failed(&cause.to_string()))?;
        if !response.status().is_success() {
            return Err(failed(response.status().as_str()));
        }
        response.json().await.map_err(|cause| failed(&cause.to_string()))
    }
}
