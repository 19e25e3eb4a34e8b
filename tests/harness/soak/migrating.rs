//! The journey that brings the kept store of version 1 to this one, on the store itself: it happens at a sign-in.

use std::path::Path;

use trail_domain::event::Event;
use trail_domain::ids::PersonId;
use trail_domain::time::Moment;
use trail_store::{Open, Passphrase, Signer, Vault};

use super::check::{found, recovered};
use super::line::{Ack, Seen, Teller};
use super::template::{JOURNEY, everything};

/// Its name.
pub(super) const NAME: &str = "store-migrate";
/// Its acts. The second sign-in takes the copies of the old store away.
pub(super) const ACTS: &[&str] = &["sign-in", "say-so", "note", "lock", "sign-in", "note"];

/// Performs it on the folder.
///
/// # Errors
/// - If the people of the fixture are not there.
pub(super) fn run(folder: &Path, teller: &Teller) -> Result<(), String> {
    let mut at_work = AtWork { folder, vault: None, by: PersonId::from_bytes([1; 16]), last: 0 };
    teller.ready();
    for (number, act) in ACTS.iter().enumerate() {
        let ended = at_work.perform(act, number);
        let mut ack = Ack { act: (*act).to_owned(), ..Ack::default() };
        if ended.is_ok() {
            ack.seen = at_work.new_entries();
        }
        ack.ended = ended.err();
        teller.done(ack);
    }
    teller.end();
    Ok(())
}

/// Signs somebody of the fixture in.
///
/// # Errors
/// - If they cannot.
pub(super) fn unlocked(folder: &Path, number: u8) -> Result<Vault<Open>, String> {
    let locked = found(&folder.join("store"))?;
    let pass = Passphrase::new(format!("lantern quilt harbour {number}"));
    let who = PersonId::from_bytes([number + 1; 16]);
    locked.unlock(&who, &pass, None).map_err(|(_, error)| error.to_string())
}

/// Looks at what is particular to it: people of before sign in, and what was copied goes once that is recorded.
///
/// # Errors
/// - If anything of it does not hold.
pub(super) fn holds(folder: &Path, codes: &[String; 2]) -> Result<(), String> {
    let vault = unlocked(folder, 1)?;
    let is_recorded = everything(&vault)?.iter().any(|seen| seen.kind == "migrated");
    if !is_recorded && vault.migrated().is_none() {
        return Err("it was brought to this version, and nobody is told".to_owned());
    }
    drop(vault);
    drop(recovered(&folder.join("store"), codes)?);
    let copied = folder.join("store/before-v2.db").exists();
    if is_recorded && copied { Err("the copy of before outlives its use".to_owned()) } else { Ok(()) }
}

struct AtWork<'a> {
    folder: &'a Path,
    vault: Option<Vault<Open>>,
    by: PersonId,
    last: u64,
}

impl AtWork<'_> {
    fn perform(&mut self, act: &str, number: usize) -> Result<(), String> {
        match act {
            "sign-in" => {
                self.vault = Some(unlocked(self.folder, 0)?);
                Ok(())
            }
            "lock" => {
                self.vault = None;
                Ok(())
            }
            "say-so" => {
                let (from, to) = self.open()?.migrated().ok_or("it was not migrated")?;
                self.append(Event::Migrated { from, to })
            }
            _ => self.append(Event::WrongPassphrases { times: u32::try_from(number).unwrap_or(1) }),
        }
    }

    fn open(&self) -> Result<&Vault<Open>, String> {
        self.vault.as_ref().ok_or_else(|| "nobody is signed in".to_owned())
    }

    fn append(&mut self, event: Event) -> Result<(), String> {
        let at = Moment::try_from(JOURNEY.to_owned()).map_err(|_| "a moment".to_owned())?;
        let vault = self.vault.as_mut().ok_or("nobody is signed in")?;
        let entropy = evidence_trail::parts::clock::SystemEntropy::new();
        vault
            .append(None, &[event], at, &Signer::Person(&self.by), &entropy)
            .map(drop)
            .map_err(|error| error.to_string())
    }

    fn new_entries(&mut self) -> Vec<Seen> {
        let all = self.vault.as_ref().and_then(|vault| everything(vault).ok()).unwrap_or_default();
        let new: Vec<Seen> = all.into_iter().filter(|seen| seen.seq > self.last).collect();
        self.last = new.iter().map(|seen| seen.seq).max().unwrap_or(self.last);
        new
    }
}
