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
        of_this_computer("is-there")
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
    of_this_computer(name).map_err(|error| KeychainFault(error.to_string()))
}

/// An entry that stays on this computer.
#[cfg(not(windows))]
fn of_this_computer(name: &str) -> keyring::Result<Entry> {
    Entry::new(SERVICE, name)
}

/// An entry that stays on this computer. By itself it would go with a person's profile to every computer of the domain
/// on which they sign in (`CRED_PERSIST_ENTERPRISE` of CREDENTIALW), and the secret of a device would be no longer that.
#[cfg(windows)]
fn of_this_computer(name: &str) -> keyring::Result<Entry> {
    // The first question chooses the keychain that the entry is made in.
    if Entry::store_status().is_err() {
        return Err(keyring::Error::NoDefaultStore);
    }
    let stays = std::collections::HashMap::from([("persistence", "Local")]);
    Ok(Entry { inner: keyring_core::Entry::new_with_modifiers(SERVICE, name, &stays)? })
}

#[cfg(all(test, windows))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use trail_app::ports::Keychain;

    use super::{SystemKeychain, of_this_computer};

    #[test]
    fn a_secret_is_kept_and_stays_on_this_computer() {
        let name = format!("a test of process {}", std::process::id());
        assert!(SystemKeychain.is_there());
        assert_eq!(SystemKeychain.read(&name).unwrap(), None);
        SystemKeychain.keep(&name, &[0, 159, 146, 150]).unwrap();
        let entry = of_this_computer(&name).unwrap();
        let kept = SystemKeychain.read(&name).map(|secret| secret.map(|bytes| bytes.to_vec()));
        let how = entry.inner.get_attributes();
        entry.delete_credential().unwrap();
        assert_eq!(kept.unwrap(), Some(vec![0, 159, 146, 150]));
        assert_eq!(how.unwrap()["persistence"], "Local");
    }
}
