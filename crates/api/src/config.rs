//! The settings of the service. The command line reads them from the environment; here they only have names, units
//! and defaults.

use crate::sessions::service::ServiceClient;
use contract::file;

/// What a deployment may choose.
#[derive(Clone, Debug)]
pub struct Config {
    /// `FINSUPPORT_DEMO`: whether this runs on demo data. Only shown, never trusted.
    pub demo: bool,
    /// `FINSUPPORT_FILE_SIZE_MAX`: most bytes of an uploaded file.
    pub file_size_max: u64,
    /// `FINSUPPORT_FILES_MAX`: most files of one ticket, reply, note or batch.
    pub files_max: usize,
    /// `FINSUPPORT_SESSION_DAYS`, in seconds: how long a session lasts after it was last used.
    pub session_seconds: i64,
    /// `FINSUPPORT_UNDO_SECONDS`, 0 to 60: how long a reply sent at the desk waits, so that it can be taken back.
    pub undo_seconds: i64,
    /// `FINSUPPORT_CUSTOMER_WRITES`: what a customer may file, send and change in a minute; 0 for any number.
    pub customer_writes: u32,
    /// `FINSUPPORT_READERS`: connections that read the database at the same time.
    pub readers: usize,
    /// `FINSUPPORT_SERVICE_CLIENT`: a site that may sign in for itself and ask in the name of people.
    pub service: Option<ServiceClient>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            demo: false,
            file_size_max: file::FILE_SIZE_MAX,
            files_max: file::FILES_MAX,
            session_seconds: 14 * 24 * 60 * 60,
            undo_seconds: 10,
            customer_writes: 120,
            readers: 4,
            service: None,
        }
    }
}
