//! The store that keeps: one encrypted database, its keys, and the signed ledger in it.
//!
//! A folder holds the store: `ledger.db` (SQLCipher), `keys.json` (wrapped keys and the labels of the sign-in page),
//! `lock` (held while the store is in use), `tries.json` (wrong passphrases since the last sign-in), and `reserve` and
//! `ballast` (room for a halt on a full disk).
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
pub use ledger::parse_ledger_body;
pub use ledger::verify::{Fault, FaultKind, LedgerVerdict, Progress};
pub use vault::anchor::Anchored;
pub use vault::backup::header::BackupHeader;
pub use vault::backup::{BackupAbout, BackupMade, BackupStep};
pub use vault::checker::{CheckPart, CheckStep, Checker};
pub use vault::create::{NewPerson, NewStore};
pub use vault::dispose::Destroyed;
pub use vault::excerpt::{ExcerptEntry, ExcerptLine};
pub use vault::find::Found;
pub use vault::people::Warrant;
pub use vault::place::synced_by;
pub use vault::read_only::{FileListed, ReadOnly, read_only};
pub use vault::restore::{BackupFolder, Restoring, parse_backup_header};
pub use vault::{Locked, Open, Signer, Vault};
