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
    #[arg(long = "gateway", env = "FINSUPPORT_GATEWAY_URL", value_name = "URL")]
    url: Option<Url>,
    /// What differs at the gateway: a file like `gateway.sample.toml`.
    #[arg(long = "gateway-config", env = "FINSUPPORT_GATEWAY_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where this site gets its token (OAuth 2.0 client credentials).
    #[arg(long = "gateway-token-url", env = "FINSUPPORT_GATEWAY_TOKEN_URL", value_name = "URL")]
    token_url: Option<Url>,
    /// As whom this site signs in there. Its secret is read from a file, or from FINSUPPORT_GATEWAY_CLIENT_SECRET.
    #[arg(long = "gateway-client", env = "FINSUPPORT_GATEWAY_CLIENT", value_name = "ID")]
    client: Option<String>,
    #[arg(
        long = "gateway-client-secret",
        env = "FINSUPPORT_GATEWAY_CLIENT_SECRET",
        hide = true,
        hide_env_values = true
    )]
    secret: Option<String>,
    /// The file that holds the secret.
    #[arg(long = "gateway-client-secret-file", env = "FINSUPPORT_GATEWAY_CLIENT_SECRET_FILE", value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// How often the gateway is asked what is new, in seconds, for whoever has a page open.
    #[arg(long = "gateway-poll", env = "FINSUPPORT_GATEWAY_POLL", value_name = "SECONDS", default_value_t = 3.0)]
    poll: f64,
}

/// As a gateway for other sites.
#[derive(Args)]
pub struct AsGateway {
    /// Let a site sign in for itself under this name and ask in the name of people. Its secret is read from a file, or
    /// from FINSUPPORT_SERVICE_SECRET.
    #[arg(long = "service-client", env = "FINSUPPORT_SERVICE_CLIENT", value_name = "ID")]
    id: Option<String>,
    #[arg(long = "service-secret", env = "FINSUPPORT_SERVICE_SECRET", hide = true, hide_env_values = true)]
    secret: Option<String>,
    /// The file that holds the secret.
    #[arg(long = "service-secret-file", env = "FINSUPPORT_SERVICE_SECRET_FILE", value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// How long a service's token is good.
    #[arg(
        long = "service-token-seconds",
        env = "FINSUPPORT_SERVICE_TOKEN_SECONDS",
        value_name = "SECONDS",
        default_value_t = 10_000
    )]
    token_seconds: i64,
}

impl InFront {
    /// The gateway, if there is one, and how often it is asked what is new.
    pub fn gateway(&self) -> Result<Option<(Gateway, Duration)>, String> {
        let mut settings = match &self.config {
            Some(file) => read(file)?,
            None => Settings::default(),
        };
        if let Some(url) = &self.url {
            settings.url = Some(url.clone());
        }
        if settings.url.is_none() && self.config.is_none() {
            return Ok(None);
        }
        if let (Some(url), Some(client)) = (&self.token_url, &self.client) {
            let scope = settings.token.take().and_then(|token| token.scope);
            settings.token = Some(TokenSettings {
                url: url.clone(),
                client_id: client.clone(),
                client_secret: String::new(),
                scope,
            });
        }
        if let Some(token) = &mut settings.token {
            token.client_secret = secret(self.secret.as_deref(), self.secret_file.as_ref())?
                .ok_or("the gateway's client secret is missing: set FINSUPPORT_GATEWAY_CLIENT_SECRET, or name a file with --gateway-client-secret-file")?;
        }
        if !(self.poll >= 0.1 && self.poll <= 3600.0) {
            return Err("--gateway-poll: give seconds, from 0.1 to 3600".to_owned());
        }
        let gateway = Gateway::new(settings).map_err(|problem| match &self.config {
            Some(file) => format!("{}: {problem}", file.display()),
            None => format!("--gateway: {problem}"),
        })?;
        Ok(Some((gateway, Duration::from_secs_f64(self.poll))))
    }
}

impl AsGateway {
    /// The site that may sign in for itself, if any.
    pub fn service(&self) -> Result<Option<ServiceClient>, String> {
        let Some(id) = &self.id else { return Ok(None) };
        let secret = secret(self.secret.as_deref(), self.secret_file.as_ref())?
            .filter(|secret| secret.len() >= 16)
            .ok_or("the service's secret is missing or shorter than 16 characters: set FINSUPPORT_SERVICE_SECRET, or name a file with --service-secret-file")?;
        Ok(Some(ServiceClient { id: id.clone(), secret, token_seconds: self.token_seconds }))
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
