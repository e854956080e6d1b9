//! The two ends of a gateway: what `serve` is told to stand in front of one, and to be one.

use api::sessions::service::ServiceClient;
use clap::Args;
use client::gateway::{Gateway, Settings, TokenSettings};
use std::{fs, path::PathBuf, time::Duration};
use url::Url;

/// In front of a gateway.
#[derive(Args)]
pub struct InFront {
    /// Serve the tickets of a Finsupport gateway instead of our own.
    #[arg(long, env = "FINSUPPORT_GATEWAY_URL", value_name = "URL")]
    gateway: Option<Url>,
    /// What differs at the gateway: a file like `gateway.sample.toml`.
    #[arg(long, env = "FINSUPPORT_GATEWAY_CONFIG", value_name = "FILE")]
    gateway_config: Option<PathBuf>,
    /// Where this site gets its token (OAuth 2.0 client credentials).
    #[arg(long, env = "FINSUPPORT_GATEWAY_TOKEN_URL", value_name = "URL")]
    gateway_token_url: Option<Url>,
    /// As whom this site signs in there. Its secret is read from a file, or from FINSUPPORT_GATEWAY_CLIENT_SECRET.
    #[arg(long, env = "FINSUPPORT_GATEWAY_CLIENT", value_name = "ID")]
    gateway_client: Option<String>,
    #[arg(long, env = "FINSUPPORT_GATEWAY_CLIENT_SECRET", hide = true, hide_env_values = true)]
    gateway_client_secret: Option<String>,
    /// The file that holds the secret.
    #[arg(long, env = "FINSUPPORT_GATEWAY_CLIENT_SECRET_FILE", value_name = "FILE")]
    gateway_client_secret_file: Option<PathBuf>,
    /// How often the gateway is asked what is new, in seconds, for whoever has a page open.
    #[arg(long, env = "FINSUPPORT_GATEWAY_POLL", value_name = "SECONDS", default_value_t = 3.0)]
    gateway_poll: f64,
}

/// As a gateway for other sites.
#[derive(Args)]
pub struct AsGateway {
    /// Let a site sign in for itself under this name and ask in the name of people. Its secret is read from a file, or
    /// from FINSUPPORT_SERVICE_SECRET.
    #[arg(long, env = "FINSUPPORT_SERVICE_CLIENT", value_name = "ID")]
    service_client: Option<String>,
    #[arg(long, env = "FINSUPPORT_SERVICE_SECRET", hide = true, hide_env_values = true)]
    service_secret: Option<String>,
    /// The file that holds the secret.
    #[arg(long, env = "FINSUPPORT_SERVICE_SECRET_FILE", value_name = "FILE")]
    service_secret_file: Option<PathBuf>,
    /// How long a service's token is good.
    #[arg(long, env = "FINSUPPORT_SERVICE_TOKEN_SECONDS", value_name = "SECONDS", default_value_t = 10_000)]
    service_token_seconds: i64,
}

impl InFront {
    /// The gateway, if there is one, and how often it is asked what is new.
    pub fn settled(&self) -> Result<Option<(Gateway, Duration)>, String> {
        let mut settings = match &self.gateway_config {
            Some(file) => read(file)?,
            None => Settings::default(),
        };
        if let Some(url) = &self.gateway {
            settings.url = Some(url.clone());
        }
        if settings.url.is_none() && self.gateway_config.is_none() {
            return Ok(None);
        }
        if let (Some(url), Some(client)) = (&self.gateway_token_url, &self.gateway_client) {
            let scope = settings.token.take().and_then(|token| token.scope);
            settings.token = Some(TokenSettings {
                url: url.clone(),
                client_id: client.clone(),
                client_secret: String::new(),
                scope,
            });
        }
        if let Some(token) = &mut settings.token {
            token.client_secret = secret(self.gateway_client_secret.as_deref(), self.gateway_client_secret_file.as_ref())?
                .ok_or("the gateway's client secret is missing: set FINSUPPORT_GATEWAY_CLIENT_SECRET, or name a file with --gateway-client-secret-file")?;
        }
        if !(self.gateway_poll >= 0.1 && self.gateway_poll <= 3600.0) {
            return Err("--gateway-poll: give seconds, from 0.1 to 3600".to_owned());
        }
        let gateway = Gateway::new(settings).map_err(|problem| match &self.gateway_config {
            Some(file) => format!("{}: {problem}", file.display()),
            None => format!("--gateway: {problem}"),
        })?;
        Ok(Some((gateway, Duration::from_secs_f64(self.gateway_poll))))
    }
}

impl AsGateway {
    /// The site that may sign in for itself, if any.
    pub fn service(&self) -> Result<Option<ServiceClient>, String> {
        let Some(id) = &self.service_client else { return Ok(None) };
        let secret = secret(self.service_secret.as_deref(), self.service_secret_file.as_ref())?
            .filter(|secret| secret.len() >= 16)
            .ok_or("the service's secret is missing or shorter than 16 characters: set FINSUPPORT_SERVICE_SECRET, or name a file with --service-secret-file")?;
        Ok(Some(ServiceClient { id: id.clone(), secret, token_seconds: self.service_token_seconds }))
    }
}

fn read(file: &PathBuf) -> Result<Settings, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    toml::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))
}

fn secret(given: Option<&str>, file: Option<&PathBuf>) -> Result<Option<String>, String> {
    match (given, file) {
        (Some(secret), _) => Ok(Some(secret.to_owned())),
        (None, Some(file)) => {
            let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
            Ok(Some(text.trim().to_owned()))
        }
        (None, None) => Ok(None),
    }
}
