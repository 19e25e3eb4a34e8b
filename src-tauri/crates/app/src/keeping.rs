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

use trail_domain::event::Event;
use trail_domain::ids::PersonId;
use trail_domain::procedure::Now;
use trail_domain::refusal::{Refusal, RefusalCode};

pub(crate) use people::groups;

use crate::app::App;
use crate::fault::Fault;

impl App {
    /// Records what two people choose: who acts, by their passphrase, and another who is signed in and stands behind it.
    /// `known` where it stands so already.
    fn by_two(
        &mut self,
        person: &str,
        passphrase: &str,
        known: Fault,
        act: impl FnOnce(PersonId, &Now<'_>) -> Result<Vec<Event>, Refusal>,
    ) -> Result<(), Fault> {
        let two = || Fault::new("two-needed-now");
        let here = self.desk()?.people();
        if here.len() < 2 {
            return Err(two());
        }
        let by = self.acting_with(person, passphrase, "passphrase")?;
        let with = here.iter().find(|one| **one != by).cloned().ok_or_else(two)?;
        let events = act(with, &self.desk()?.now(self.ports.clock.now(), &by, &here)).map_err(|refusal| {
            let code = refusal.code();
            if code == RefusalCode::AlreadyDone {
                known
            } else if code == RefusalCode::Frozen {
                Fault::new("frozen")
            } else {
                two()
            }
        })?;
        self.append_store(&events, &by)?;
        Ok(())
    }
}
