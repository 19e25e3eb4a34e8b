//! Changes of people and keys: each is an entry, allowed by two people or by both recovery codes.
//!
//! The key file takes the change first, marked as pending; then the ledger; then the mark goes. A process that dies
//! between leaves a store that opens, and the next sign-in ends what was begun or takes it back.

use ed25519_dalek::SigningKey;
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{PersonId, Seq};
use trail_domain::time::Moment;

use super::migrate::Between;
use super::{Open, Vault};
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::keyfile::{KeyFile, Recovered};
use crate::keys::Key;
use crate::keys::epoch::StoreKeys;
use crate::keys::kdf::KdfCost;
use crate::keys::passphrase::DeviceSecret;
use crate::keys::recovery::RecoveryCode;
use crate::ledger::keyring::KeyRing;
use crate::ledger::note::{Approval, Change, Note};
use crate::ledger::{self, Line, Pen};
use crate::vault::create::NewPerson;
pub(super) use enter::Entering;

pub(super) mod authority;
mod enter;
pub(super) mod passphrase;
mod remove;
pub(super) mod tidy;

/// Who allows a change of people or keys.
#[derive(Debug, Clone, Copy)]
pub enum Warrant<'a> {
    /// Two people who are signed in.
    TwoPeople,
    /// Both recovery codes.
    Codes(&'a RecoveryCode, &'a RecoveryCode),
}

/// What is recorded of a change, who does it, and who allows it.
#[derive(Clone, Copy)]
pub(super) struct Act<'a> {
    pub(super) event: &'a Event,
    pub(super) warrant: &'a Warrant<'a>,
    pub(super) at: Moment,
    pub(super) by: &'a PersonId,
    pub(super) entropy: &'a dyn Entropy,
}

/// A warrant that was looked at.
enum Allowed {
    Second(PersonId),
    Codes(Recovered),
}

impl Vault<Open> {
    /// Enrols a further person: their slot, their public keys, and the shares of the authority's key that they will
    /// hold. `event` is [`Event::PersonEnrolled`].
    ///
    /// # Errors
    /// - If the warrant does not stand: a second person is not signed in, or the codes are wrong.
    /// - If `by` is not signed in.
    /// - If the person was enrolled before, their initials are taken, or the cost is out of bounds.
    /// - If the store has a keychain secret, and it is missing or another one.
    /// - If it cannot be written; then nothing is changed.
    #[allow(clippy::too_many_arguments, reason = "each is decided by another part of the app")]
    pub fn enrol(
        &mut self,
        new: NewPerson,
        event: &Event,
        warrant: &Warrant<'_>,
        device: Option<&DeviceSecret>,
        cost: KdfCost,
        at: Moment,
        by: &PersonId,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, StoreError> {
        let entering = Entering { new, device, cost, is_again: false };
        self.take_in(&entering, &Act { event, warrant, at, by, entropy }, &mut |_| Ok(()))
    }

    /// Gives new keys to a person who forgot their passphrase; the old ones are revoked. They are admitted again to
    /// their cases: by the codes to all of them, by two people to those that these two hold. `event` is
    /// [`Event::PersonRenewed`].
    ///
    /// # Errors
    /// - If the warrant does not stand, or is that of the person themselves.
    /// - If `by` is not signed in.
    /// - If the person is not enrolled, or the cost is out of bounds.
    /// - If the store has a keychain secret, and it is missing or another one.
    /// - If it cannot be written; then nothing is changed.
    #[allow(clippy::too_many_arguments, reason = "each is decided by another part of the app")]
    pub fn renew(
        &mut self,
        new: NewPerson,
        event: &Event,
        warrant: &Warrant<'_>,
        device: Option<&DeviceSecret>,
        cost: KdfCost,
        at: Moment,
        by: &PersonId,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, StoreError> {
        let entering = Entering { new, device, cost, is_again: true };
        self.take_in(&entering, &Act { event, warrant, at, by, entropy }, &mut |_| Ok(()))
    }

    /// Removes a person and encrypts the database anew: an old copy of the key file opens only what was copied with
    /// it. Whoever is removed while signed in is signed out. `event` is [`Event::PersonRemoved`].
    ///
    /// # Errors
    /// - If the warrant does not stand, or is that of the person themselves.
    /// - If `by` is not signed in, or the person is not enrolled.
    /// - If two senior people and a headteacher would not be left.
    /// - If it cannot be written. Where the removal is in the record and the encryption did not end, the next sign-in
    ///   ends it.
    pub fn remove(
        &mut self,
        person: &PersonId,
        event: &Event,
        warrant: &Warrant<'_>,
        at: Moment,
        by: &PersonId,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.remove_by(person, &Act { event, warrant, at, by, entropy }, &mut |_| Ok(()))
    }

    /// Looks whether the warrant stands. Nobody stands behind a change of their own keys.
    fn allow(&self, act: &Act<'_>, about: &PersonId) -> Result<Allowed, StoreError> {
        self.person(act.by)?;
        if act.by == about {
            return Err(StoreError::NotDone { what: "somebody else has to do this for you" });
        }
        if self.grounds.keyfile.is_between_epochs() {
            return Err(StoreError::NotDone { what: "a removal has not ended; lock the app, sign in and try again" });
        }
        match act.warrant {
            Warrant::TwoPeople => {
                let mut others = self.state.people.iter().filter(|other| other.id != *act.by && other.id != *about);
                others.next().map(|second| Allowed::Second(second.id.clone())).ok_or(StoreError::TwoNeeded)
            }
            Warrant::Codes(one, other) => {
                self.grounds.keyfile.recover(one, other).map(Allowed::Codes).ok_or(StoreError::WrongCodes)
            }
        }
    }

    fn approve(&self, change: &Change<'_>, allowed: &Allowed) -> Result<Approval, StoreError> {
        Ok(match allowed {
            Allowed::Second(person) => {
                Approval::Second { person: person.clone(), signature: change.sign(&self.person(person)?.ledger)? }
            }
            Allowed::Codes(recovered) => Approval::Codes { signature: change.sign(&approves(&recovered.seed))? },
        })
    }

    /// Writes a note that belongs to no case; part of the caller's transaction.
    pub(super) fn write_store_note(
        &self,
        pen: &Pen<'_>,
        note: &Note,
        at: Moment,
        entropy: &dyn Entropy,
    ) -> Result<Seq, StoreError> {
        let body = note.body()?;
        let line = Line { case: None, at, kind: note.kind(), body: &body, under: &self.state.store_key };
        ledger::write(&self.state.connection, self.store(), pen, &line, entropy)
    }

    /// What opens the store now.
    fn keys(&self) -> StoreKeys {
        let Open { epoch, data_key, store_key, .. } = &self.state;
        StoreKeys { epoch: *epoch, data: data_key.clone(), store: store_key.clone() }
    }

    /// Writes the key file with what is about to be recorded, and records it. Where that fails the file is taken back.
    fn pending_then<T>(
        &mut self,
        change: impl FnOnce(&mut KeyFile) -> Option<()>,
        between: Between<'_>,
        record: impl FnOnce(&Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let before = self.grounds.keyfile.clone();
        let mut file = before.clone();
        change(&mut file).ok_or_else(|| StoreError::damaged("a person's public key was altered"))?;
        file.write(&self.grounds.folder)?;
        self.grounds.keyfile = file;
        between(super::migrate::Step::Pending)?;
        match record(self) {
            Ok(recorded) => {
                self.read_ring()?;
                between(super::migrate::Step::Recorded)?;
                Ok(recorded)
            }
            Err(error) => {
                // Where this fails too, the next sign-in finds that the ledger does not agree.
                let _ = before.write(&self.grounds.folder);
                self.grounds.keyfile = before;
                Err(error)
            }
        }
    }

    /// Reads the public keys again.
    fn read_ring(&mut self) -> Result<(), StoreError> {
        let Open { connection, store_key, .. } = &self.state;
        self.state.ring = KeyRing::load(connection, self.store(), store_key, Seq(u64::MAX >> 1))?;
        Ok(())
    }

    /// Takes the marks off what the ledger agrees with.
    fn settle_slots(&mut self) -> Result<(), StoreError> {
        let mut file = self.grounds.keyfile.clone();
        tidy::settle_slots(&mut file, &self.state.connection, &self.state.ring)?;
        // Where it cannot be written the next sign-in does it.
        let _ = file.write(&self.grounds.folder);
        self.grounds.keyfile = file;
        Ok(())
    }
}

/// The key that signs for both recovery codes.
pub(super) fn approves(recovery_seed: &Key) -> SigningKey {
    SigningKey::from_bytes(recovery_seed.derive(&[b"evidence-trail/recovery-approves/v1"]).bytes())
}
