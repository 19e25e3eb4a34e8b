//! Removing a person: their keys are revoked in the ledger, and the database gets a key that they never had.

use trail_domain::event::{Event, Recorded};
use trail_domain::ids::PersonId;
use trail_domain::people::Standing;

use super::super::migrate::{Between, Step, open_with_either};
use super::super::{Open, Vault};
use super::authority::drop_shares_of;
use super::tidy::mark_epoch;
use super::{Act, Allowed};
use crate::database;
use crate::error::StoreError;
use crate::keyfile::KeyFile;
use crate::keys::epoch::StoreKeys;
use crate::ledger::note::{Change, Note};

impl Vault<Open> {
    pub(in crate::vault) fn remove_by(
        &mut self,
        person: &PersonId,
        act: &Act<'_>,
        between: Between<'_>,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.check_leaving(person, act.event)?;
        let allowed = self.allow(act, person)?;
        let next = self.keys().next(act.entropy);
        let missing = || StoreError::damaged("a person's public key is missing");
        let recovery = *self.state.ring.recovery().ok_or_else(missing)?;
        let labels: Vec<PersonId> = self.grounds.keyfile.labels().map(|label| label.id.clone()).collect();
        let publics: Vec<(PersonId, [u8; 32])> =
            labels.into_iter().filter_map(|id| Some((id.clone(), *self.state.ring.seal_key_of(&id)?))).collect();
        let public_of = |id: &PersonId| publics.iter().find(|(known, _)| known == id).map(|(_, public)| *public);
        let add = |file: &mut KeyFile| file.give(&next, &recovery, &public_of, Some(person), act.entropy);
        let recorded = self.pending_then(add, &mut *between, |vault| vault.record_leaving(person, act, &allowed))?;
        self.leave(person);
        if let Err(error) = database::rekey(&mut self.state.connection, &next.data) {
            self.open_again(&next)?;
            return Err(StoreError::OnlyRemoved { because: error.to_string() });
        }
        self.state.epoch = next.epoch;
        self.state.data_key = next.data;
        between(Step::Rekeyed)?;
        mark_epoch(&self.grounds.folder, next.epoch);
        self.grounds.keyfile.settle_on(next.epoch);
        // Where it cannot be written the next sign-in does it.
        let _ = self.grounds.keyfile.write(&self.grounds.folder);
        Ok(recorded)
    }

    /// After a failed re-key the connection is made anew, with the keys that the database took.
    fn open_again(&mut self, next: &StoreKeys) -> Result<(), StoreError> {
        let either = [next.clone(), self.keys()];
        let (mut connection, at) = open_with_either(&self.grounds, &either)?;
        database::guard(&mut connection)?;
        self.state.connection = connection;
        self.state.epoch = at.epoch;
        self.state.data_key = at.data.clone();
        Ok(())
    }

    fn check_leaving(&self, person: &PersonId, event: &Event) -> Result<(), StoreError> {
        if self.state.ring.holder_of(person).is_none() {
            return Err(StoreError::UnknownPerson);
        }
        if !matches!(event, Event::PersonRemoved { person: named, .. } if named == person) {
            return Err(StoreError::NotDone { what: "what would be recorded is about somebody else" });
        }
        let staying = |standing: Standing| {
            self.grounds.keyfile.labels().filter(|label| label.id != *person && label.standing == standing).count()
        };
        if staying(Standing::Senior) < 2 {
            return Err(StoreError::NotDone { what: "two senior members of staff must stay; enrol another one first" });
        }
        if staying(Standing::Head) < 1 {
            return Err(StoreError::NotDone { what: "a headteacher must stay; enrol the new one first" });
        }
        Ok(())
    }

    fn record_leaving(&self, person: &PersonId, act: &Act<'_>, allowed: &Allowed) -> Result<Vec<Recorded>, StoreError> {
        let Act { event, at, by, entropy, .. } = *act;
        let pen = self.pen_of(by)?;
        let ledger = self.state.ring.ledger_key_of(person).ok_or(StoreError::UnknownPerson)?;
        let ledger = hex::encode(ledger.as_bytes());
        let change = Change { kind: "store/keys-removed", store: self.store(), person, ledger: &ledger, seal: None };
        let approval = self.approve(&change, allowed)?;
        let note = Note::KeysRemoved { person: person.clone(), ledger, approval };
        let transaction = self.state.connection.unchecked_transaction()?;
        self.write_store_note(&pen, &note, at, entropy)?;
        let under = &self.state.store_key;
        let recorded = self.write_events(&pen, None, under, std::slice::from_ref(event), at, entropy)?;
        drop_shares_of(&self.state.connection, person)?;
        transaction.commit()?;
        Ok(recorded)
    }
}
