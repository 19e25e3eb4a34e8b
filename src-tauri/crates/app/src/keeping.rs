//! Keeping the store: people and their keys, backups, restoring, checking the record, destruction.
//!
//! **What leaves the store, or changes keys, asks for the passphrase again.** While the record does not agree with a
//! head that it had before, or the check of it has not come to its end, nothing leaves it.

pub(crate) mod anchor;
mod backup;
mod card;
mod check;
mod computers;
mod destroy;
pub(crate) mod heads;
mod people;
pub(crate) mod restore;
pub(crate) mod stamping;
pub(crate) mod watch;

pub(crate) use people::groups;
