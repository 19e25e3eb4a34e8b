//! Where things are on this computer, and what the person who starts the app has set.

use std::path::PathBuf;

use trail_app::{Folders, Settings};

/// Names the folder for stores and outgoing documents, instead of the system's own place for them.
pub const HOME: &str = "EVIDENCE_TRAIL_HOME";

/// Private addresses (`host:port`, separated by commas) that the evidence browser may open: an explicit opt-in of
/// whoever starts the app.
pub const PRIVATE: &str = "EVIDENCE_TRAIL_PRIVATE_ADDRESSES";

/// The folders: under [`HOME`], or where the system keeps an app's data and a person's documents.
#[must_use]
pub fn folders() -> Folders {
    let (data, documents) = match std::env::var_os(HOME).map(PathBuf::from) {
        Some(home) => (home.clone(), home),
        None => {
            let here = || PathBuf::from(".");
            let data = dirs::data_local_dir().unwrap_or_else(here).join("evidence-trail");
            (data, dirs::document_dir().or_else(dirs::home_dir).unwrap_or_else(here).join("Evidence Trail"))
        }
    };
    Folders { store: data.join("store"), practice: data.join("practice"), outgoing: documents.join("outgoing") }
}

/// What was set for this start.
#[must_use]
pub fn settings() -> Settings {
    let listed = std::env::var(PRIVATE).unwrap_or_default();
    let private_addresses = listed.split(',').map(str::trim).filter(|part| !part.is_empty()).map(ToOwned::to_owned);
    Settings { private_addresses: private_addresses.collect(), ..Settings::default() }
}
