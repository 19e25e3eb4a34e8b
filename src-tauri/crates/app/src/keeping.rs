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
mod support;
mod time_server;
pub(crate) mod watch;

use trail_domain::ids::PersonId;
use trail_domain::refusal::{Refusal, RefusalCode};

pub(crate) use people::groups;

use crate::app::App;
use crate::fault::Fault;

impl App {
    /// Who acts, by their passphrase; another who is signed in and stands behind it; and everybody who is.
    fn with_another(&mut self, person: &str, passphrase: &str) -> Result<(PersonId, PersonId, Vec<PersonId>), Fault> {
        let two = || Fault::new("two-needed-now");
        let here = self.desk()?.people();
        if here.len() < 2 {
            return Err(two());
        }
        let by = self.acting_with(person, passphrase, "passphrase")?;
        let with = here.iter().find(|one| **one != by).cloned().ok_or_else(two)?;
        Ok((by, with, here))
    }
}

/// A refusal of the core as a trouble of a page on which two people choose; `known` where it stands so already.
fn refused(refusal: &Refusal, known: Fault) -> Fault {
    let code = refusal.code();
    if code == RefusalCode::AlreadyDone {
        known
    } else if code == RefusalCode::Frozen {
        Fault::new("frozen")
    } else {
        Fault::new("two-needed-now")
    }
}
