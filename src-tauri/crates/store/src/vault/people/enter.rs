//! A further person, or new keys for one who forgot their passphrase.

use ed25519_dalek::SigningKey;
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{CaseId, Hash, PersonId};

use super::super::create::NewPerson;
use super::super::migrate::Between;
use super::super::sign_in::{case_id, case_keys_sealed_to};
use super::super::{Open, Vault};
use super::authority::{Shares, drop_shares_of};
use super::{Act, Allowed};
use crate::error::StoreError;
use crate::keyfile::{KeyFile, RECOVERY};
use crate::keys::kdf::KdfCost;
use crate::keys::passphrase::DeviceSecret;
use crate::keys::slot::{Contents, Pending, Secrets, Slot};
use crate::keys::{Key, seal};
use crate::ledger;
use crate::ledger::note::{Change, Note};

/// Who gets keys.
pub(in crate::vault) struct Entering<'a> {
    pub(in crate::vault) new: NewPerson,
    pub(in crate::vault) device: Option<&'a DeviceSecret>,
    pub(in crate::vault) cost: KdfCost,
    /// They had keys before.
    pub(in crate::vault) is_again: bool,
}

/// The public halves of a person's new keys.
struct Publics {
    ledger: [u8; 32],
    seal: [u8; 32],
}

impl Vault<Open> {
    pub(in crate::vault) fn take_in(
        &mut self,
        entering: &Entering<'_>,
        act: &Act<'_>,
        between: Between<'_>,
    ) -> Result<Vec<Recorded>, StoreError> {
        let id = &entering.new.id;
        self.check_entering(entering, act.event)?;
        let allowed = self.allow(act, id)?;
        let authority = self.authority_with(&allowed)?;
        let cases = if entering.is_again { self.cases_of(id, &allowed)? } else { Vec::new() };
        let secrets = Secrets::random(act.entropy);
        let ledger = SigningKey::from_bytes(secrets.ledger.bytes()).verifying_key().to_bytes();
        let publics = Publics { ledger, seal: seal::public_of(&secrets.seal) };
        let slot = self.slot_for(entering, &secrets, &publics, act)?;
        let add = |file: &mut KeyFile| {
            file.slots.push(slot);
            Some(())
        };
        let recorded = self.pending_then(add, between, |vault| {
            vault.record_entering(entering, act, &allowed, &publics, &authority, &cases)
        })?;
        if entering.is_again {
            self.leave(id);
        }
        self.settle_slots()?;
        Ok(recorded)
    }

    fn check_entering(&self, entering: &Entering<'_>, event: &Event) -> Result<(), StoreError> {
        let bad = |what| Err(StoreError::NotDone { what });
        let Entering { new, device, cost, is_again } = entering;
        let names_them = if *is_again {
            matches!(event, Event::PersonRenewed { renewed } if renewed.person == new.id)
        } else {
            matches!(event, Event::PersonEnrolled { person, .. } if person.id == new.id)
        };
        if !names_them {
            return bad("what would be recorded is about somebody else");
        }
        let file = &self.grounds.keyfile;
        if *is_again && self.state.ring.holder_of(&new.id).is_none() {
            return Err(StoreError::UnknownPerson);
        }
        if !is_again && self.state.ring.knows(&new.id) {
            return bad("this person was enrolled before; enrol them under a new entry");
        }
        if file.labels().any(|label| label.id != new.id && label.initials == new.initials) {
            return bad("somebody else has these initials; choose others");
        }
        if !cost.is_within_bounds() {
            return bad("the cost of a passphrase is out of bounds");
        }
        match device {
            None if file.needs_device_secret() => Err(StoreError::NeedsDeviceSecret),
            Some(secret) if !file.fits(secret) => Err(StoreError::WrongDeviceSecret),
            None | Some(_) => Ok(()),
        }
    }

    fn slot_for(
        &self,
        entering: &Entering<'_>,
        secrets: &Secrets,
        publics: &Publics,
        act: &Act<'_>,
    ) -> Result<Slot, StoreError> {
        let Entering { new, device, cost, .. } = entering;
        let file = &self.grounds.keyfile;
        let (made, bound) = file.binding();
        let contents = Contents { secrets, form_key: &new.form_key_pkcs8 };
        let device = device.filter(|_| file.needs_device_secret());
        let mut slot = Slot::make(new.label(), &new.passphrase, device, *cost, &contents, (made, &bound), act.entropy)
            .ok_or(StoreError::NotDone { what: "the cost of a passphrase is out of bounds" })?;
        let keys = self.keys().seal_to(&publics.seal, self.store(), new.id.as_str(), act.entropy);
        slot.keys.push(keys.ok_or(StoreError::Unrecordable)?);
        slot.pending = Some(Pending::Keys { ledger: Hash::of(&publics.ledger) });
        Ok(slot)
    }

    fn record_entering(
        &self,
        entering: &Entering<'_>,
        act: &Act<'_>,
        allowed: &Allowed,
        publics: &Publics,
        authority: &[u8],
        cases: &[(CaseId, Key)],
    ) -> Result<Vec<Recorded>, StoreError> {
        let (person, Act { event, at, by, entropy, .. }) = (&entering.new.id, *act);
        let connection = &self.state.connection;
        let pen = self.pen_of(by)?;
        let transaction = connection.unchecked_transaction()?;
        self.write_store_note(&pen, &self.entering_note(entering, publics, allowed)?, at, entropy)?;
        let under = &self.state.store_key;
        let recorded = self.write_events(&pen, None, under, std::slice::from_ref(event), at, entropy)?;
        if entering.is_again {
            drop_shares_of(connection, person)?;
            let holder = self.state.ring.next_holder_of(person).ok_or(StoreError::UnknownPerson)?;
            for (case, key) in cases {
                self.give_key_as(&pen, (case, key), (&holder, &publics.seal), at, entropy)?;
            }
        }
        let ring = &self.state.ring;
        let others = self.grounds.keyfile.labels().filter(|label| label.id != *person);
        let mut people: Vec<(&PersonId, &[u8; 32])> =
            others.filter_map(|label| Some((&label.id, ring.seal_key_of(&label.id)?))).collect();
        people.push((person, &publics.seal));
        let (seq, _) = ledger::head(connection)?.ok_or(StoreError::Unrecordable)?;
        Shares { connection, store: self.store(), seq, authority, entropy }.keep(&people, Some(person))?;
        transaction.commit()?;
        Ok(recorded)
    }

    fn entering_note(&self, entering: &Entering<'_>, publics: &Publics, allowed: &Allowed) -> Result<Note, StoreError> {
        let person = entering.new.id.clone();
        let (ledger, seal) = (hex::encode(publics.ledger), hex::encode(publics.seal));
        let kind = if entering.is_again { "store/keys-renewed" } else { "store/keys-enrolled" };
        let change = Change { kind, store: self.store(), person: &person, ledger: &ledger, seal: Some(&seal) };
        let approval = self.approve(&change, allowed)?;
        Ok(if entering.is_again {
            Note::KeysRenewed { person, ledger, seal, approval }
        } else {
            Note::KeysEnrolled { person, ledger, seal, approval: Some(approval) }
        })
    }

    /// The person's cases, with those of their keys that whoever allows this can open.
    fn cases_of(&self, person: &PersonId, allowed: &Allowed) -> Result<Vec<(CaseId, Key)>, StoreError> {
        let holder = self.state.ring.holder_of(person).ok_or(StoreError::UnknownPerson)?;
        let connection = &self.state.connection;
        let mut statement = connection.prepare("SELECT case_id FROM case_access WHERE holder = ?1")?;
        let ids: Vec<String> = statement.query_map([holder], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let cases: Vec<CaseId> = ids.into_iter().map(case_id).collect::<Result<_, _>>()?;
        let mut keys = match allowed {
            Allowed::Codes(recovered) => case_keys_sealed_to(connection, self.store(), RECOVERY, &recovered.seed)?,
            Allowed::Second(_) => {
                let held = cases.iter().filter_map(|case| Some((case.clone(), self.any_case_key(case)?.clone())));
                held.collect()
            }
        };
        Ok(cases.into_iter().filter_map(|case| keys.remove_entry(&case)).collect())
    }
}
