//! What all handlers share: the database, the settings, the clock, the live hub, the guards of the door.

use crate::{
    clock::Clock,
    config::Config,
    db::{Db, OpenError},
    error::Error,
    events::{hub::Hub, watch::Watches},
    pace::Pace,
    presence::Presences,
    sessions::{password::Passwords, service::Services, setup, throttle::Throttle},
    storage::Storage,
};
use client::{Client, Transport, gateway::Gateway};
use std::{ops::Deref, path::Path, sync::Arc};

/// The running service. Clones are cheap, for each request is handed some, and share everything.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What the service consists of.
#[derive(Clone)]
pub struct Parts {
    pub db: Db,
    pub storage: Storage,
    pub config: Arc<Config>,
    pub clock: Clock,
    pub hub: Hub,
    pub presences: Presences,
    pub passwords: Passwords,
    pub throttle: Throttle,
    pub pace: Pace,
    pub services: Services,
    /// Who keeps the tickets, when it is not this service: the 53 operations pass through to there.
    pub gateway: Option<Remote>,
}

/// A remote Finsupport.
#[derive(Clone)]
pub struct Remote {
    pub gateway: Gateway,
    /// Asks it, in nobody's name yet.
    pub client: Client,
    pub watches: Watches,
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Opens the service on this data folder, making the folder when it is not there.
    ///
    /// # Errors
    /// When the folder cannot be used, or was written by a newer version.
    pub fn open(folder: &Path, config: Config, clock: Clock) -> Result<Self, OpenError> {
        std::fs::create_dir_all(folder).map_err(|error| OpenError::Folder(folder.to_owned(), error))?;
        let files = folder.join("files");
        let storage = Storage::open(&files).map_err(|error| OpenError::Folder(files, error))?;
        let pace = Pace::new(config.customer_writes);
        let config = Arc::new(config);
        let hub = Hub::default();
        let db = Db::open(folder, config.clone(), clock.clone(), hub.clone())?;
        let services = Services::new(config.service.clone());
        Ok(Self(Arc::new(Parts {
            db,
            storage,
            config,
            clock,
            hub,
            presences: Presences::default(),
            passwords: Passwords::default(),
            throttle: Throttle::default(),
            pace,
            services,
            gateway: None,
        })))
    }

    /// The same service in front of a gateway, which keeps the tickets.
    #[must_use]
    pub fn before(self, gateway: Gateway, poll: std::time::Duration) -> Self {
        let client = Client::over(Transport::Remote(gateway.clone()));
        let remote = Remote { gateway, client, watches: Watches::new(poll) };
        Self(Arc::new(Parts { gateway: Some(remote), ..Arc::unwrap_or_clone(self.0) }))
    }

    /// The one-time token of the link that makes the first admin; `None` when there is one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn setup_token(&self) -> Result<Option<String>, Error> {
        setup::token(self).await
    }
}
