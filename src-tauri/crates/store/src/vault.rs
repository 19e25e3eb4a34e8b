//! The vault: [`Vault<Locked>`] knows who may sign in, [`Vault<Open>`] keeps and reads. Keys live in the second only
//! and are wiped when it is locked or dropped.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::File;

use ed25519_dalek::SigningKey;
use rusqlite::Connection;
use trail_domain::ids::{CaseId, PersonId, SessionId};
use trail_domain::time::Moment;

use crate::error::StoreError;
use crate::folder::Folder;
use crate::keyfile::KeyFile;
use crate::keys::Key;
use crate::ledger::keyring::KeyRing;
pub(crate) use keep::file_name;
use tries::Tries;

pub(crate) mod anchor;
mod append;
pub(crate) mod backup;
mod check;
pub(crate) mod checker;
pub(crate) mod create;
pub(crate) mod dispose;
mod documents;
mod drafts;
pub(crate) mod excerpt;
pub(crate) mod find;
mod keep;
mod migrate;
pub(crate) mod people;
pub(crate) mod place;
mod quiet;
pub(crate) mod read_only;
mod reading;
mod reserve;
pub(crate) mod restore;
mod sessions;
mod sign_in;
#[cfg(test)]
mod tests;
mod tries;

/// A store, locked or open. While it exists no second one can be had of the same folder.
pub struct Vault<S> {
    grounds: Box<Grounds>,
    state: S,
}

/// The state of a vault that holds no key.
pub struct Locked(());

/// The state of a vault that people are signed in to.
pub struct Open {
    connection: Connection,
    /// Opens the database.
    data_key: Key,
    /// The epoch that this key belongs to.
    epoch: u32,
    /// Seals what belongs to no case.
    store_key: Key,
    ring: KeyRing,
    people: Vec<SignedIn>,
    /// The case keys that the recovery codes opened; without them, none.
    recovered: Option<BTreeMap<CaseId, Key>>,
    sessions: BTreeMap<SessionId, LiveSession>,
    wrong_before: u32,
    /// From which version the store was brought to this one.
    migrated: Option<(u32, u32)>,
}

/// Who signs an entry.
#[derive(Debug, Clone, Copy)]
pub enum Signer<'a> {
    /// One person who is signed in.
    Person(&'a PersonId),
    /// The key of a review session, certified by two people.
    Session(&'a SessionId),
}

/// What a vault has whether or not it is open.
struct Grounds {
    folder: Folder,
    /// Held for as long as the vault is; the system lets go of it with the process.
    _lock: File,
    keyfile: KeyFile,
    tries: Tries,
    /// Halts that were asked for, also where writing one failed, and those noted in the reserve.
    halts: BTreeSet<CaseId>,
    /// Those of them that are not in the record.
    unwritten: BTreeMap<CaseId, Moment>,
}

struct SignedIn {
    id: PersonId,
    ledger: SigningKey,
    seal: Key,
    own: Key,
    cases: BTreeMap<CaseId, Key>,
}

struct LiveSession {
    key: SigningKey,
    case: CaseId,
    first: PersonId,
    second: PersonId,
}

impl Vault<Open> {
    /// Who is signed in, in the order they came.
    #[must_use]
    pub fn signed_in(&self) -> Vec<PersonId> {
        self.state.people.iter().map(|person| person.id.clone()).collect()
    }

    /// How many wrong passphrases were tried since the last sign-in, for the first person who came.
    #[must_use]
    pub fn wrong_before(&self) -> u32 {
        self.state.wrong_before
    }

    /// From which version to which the store was brought, where that is not in the record yet.
    #[must_use]
    pub fn migrated(&self) -> Option<(u32, u32)> {
        self.state.migrated
    }

    /// Signs somebody out: their keys are wiped, and the sessions they certified end.
    pub fn leave(&mut self, person: &PersonId) {
        self.state.people.retain(|signed_in| signed_in.id != *person);
        self.state.sessions.retain(|_, live| live.first != *person && live.second != *person);
    }

    /// Signs everybody out, and wipes all keys.
    #[must_use]
    pub fn lock(self) -> Vault<Locked> {
        Vault { grounds: self.grounds, state: Locked(()) }
    }

    /// Whether **everybody** who is signed in is admitted to the case: what is on the screen is seen by all of them.
    #[must_use]
    pub fn may_open(&self, case: &CaseId) -> bool {
        if let Some(recovered) = &self.state.recovered {
            return recovered.contains_key(case);
        }
        !self.state.people.is_empty() && self.state.people.iter().all(|person| person.cases.contains_key(case))
    }

    /// Whether the case is halted: in the record, or since the app was started where the record could not be written.
    #[must_use]
    pub fn is_halted(&self, case: &CaseId) -> bool {
        self.grounds.halts.contains(case) || self.is_halted_on_disk(case).unwrap_or(true)
    }

    fn is_halted_on_disk(&self, case: &CaseId) -> Result<bool, StoreError> {
        check::is_halted(&self.state.connection, case)
    }

    fn refuse_if_halted(&self, case: &CaseId) -> Result<(), StoreError> {
        let halted = self.grounds.halts.contains(case) || self.is_halted_on_disk(case)?;
        if halted { Err(StoreError::Halted) } else { Ok(()) }
    }

    /// Refuses a halted case but where the police released it after its last halt.
    fn refuse_unless_released(&self, case: &CaseId) -> Result<(), StoreError> {
        let sql = "SELECT coalesce((SELECT max(seq) FROM entry WHERE kind = 'case-released' AND case_id = ?1), 0) \
             > coalesce((SELECT max(seq) FROM entry WHERE kind = 'halted' AND case_id = ?1), 0)";
        let mut statement = self.state.connection.prepare_cached(sql)?;
        let released = statement.query_row([case.as_str()], |row| row.get(0))?;
        if released && !self.grounds.unwritten.contains_key(case) { Ok(()) } else { Err(StoreError::Halted) }
    }

    fn person(&self, id: &PersonId) -> Result<&SignedIn, StoreError> {
        self.state.people.iter().find(|person| person.id == *id).ok_or(StoreError::NotSignedIn)
    }

    /// The case's key, where anybody who is signed in has it.
    fn any_case_key(&self, case: &CaseId) -> Option<&Key> {
        let held = self.state.people.iter().find_map(|person| person.cases.get(case));
        held.or_else(|| self.state.recovered.as_ref().and_then(|cases| cases.get(case)))
    }

    /// The case's key, where everybody who is signed in has it.
    fn case_key(&self, case: &CaseId) -> Result<&Key, StoreError> {
        self.any_case_key(case).filter(|_| self.may_open(case)).ok_or(StoreError::NotAdmitted)
    }
}

impl<S> fmt::Debug for Vault<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Vault({})", self.grounds.keyfile.store)
    }
}
