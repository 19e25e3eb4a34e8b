//! The store that keeps: one encrypted database, its keys, and the signed ledger in it.
//!
//! A folder holds the store: `ledger.db` (SQLCipher), `keys.json` (wrapped keys and the labels of the sign-in page),
//! `lock` (held while the store is in use) and `tries.json` (wrong passphrases since the last sign-in).
//!
//! **Nothing is edited.** Every event is an entry of one hash-chained ledger, signed with Ed25519; the database
//! refuses to change or delete one, and [`Vault::verify`] does not rely on that.
//!
//! **A halted case has no pictures.** Keeping and reading them is refused here from memory, from the ledger and from
//! the table of halts, and a second time by trigger in the database.
//!
//! **Nothing is held before it is checked.** A file is handed out as [`Checked`] bytes only.
//!
//! Time and chance are arguments: [`trail_domain::time::Moment`] and [`Entropy`].

mod checked;
mod database;
mod entropy;
mod error;
mod folder;
mod keyfile;
mod keys;
mod ledger;
mod schema;
mod vault;

pub use checked::Checked;
pub use entropy::Entropy;
pub use error::StoreError;
pub use keyfile::{PersonLabel, parse_key_file};
pub use keys::kdf::KdfCost;
pub use keys::passphrase::{DeviceSecret, Passphrase, Strength};
pub use keys::recovery::{BadCode, RecoveryCode};
pub use ledger::verify::{Fault, FaultKind, LedgerVerdict, Progress};
pub use vault::anchor::Anchored;
pub use vault::create::{NewPerson, NewStore};
pub use vault::find::Found;
pub use vault::people::Warrant;
pub use vault::{Locked, Open, Signer, Vault};
