//! The operating system's keychain, through the keyring crate.

use keyring::Entry;
use trail_app::ports::{Keychain, KeychainFault};
use zeroize::Zeroizing;

/// The service under which our secrets stand.
const SERVICE: &str = "uk.example.evidence-trail";

/// The system's keychain.
#[derive(Debug)]
pub struct SystemKeychain;

impl Keychain for SystemKeychain {
    fn is_there(&self) -> bool {
        if Entry::store_status().is_err() {
            return false;
        }
        // A keychain that is there but locked answers a look-up with a fault, and *no entry* otherwise.
        Entry::new(SERVICE, "is-there")
            .is_ok_and(|entry| matches!(entry.get_secret(), Ok(_) | Err(keyring::Error::NoEntry)))
    }

    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainFault> {
        match entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(KeychainFault(error.to_string())),
        }
    }

    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), KeychainFault> {
        entry(name)?.set_secret(secret).map_err(|error| KeychainFault(error.to_string()))
    }
}

fn entry(name: &str) -> Result<Entry, KeychainFault> {
    Entry::new(SERVICE, name).map_err(|error| KeychainFault(error.to_string()))
}
