//! A new passphrase: the same secrets, wrapped anew.

use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{PersonId, Seq};
use trail_domain::time::Moment;

use super::super::migrate::Between;
use super::super::{Open, Vault};
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::keys::kdf::KdfCost;
use crate::keys::passphrase::{DeviceSecret, Passphrase};
use crate::keys::slot::{Contents, Pending, Slot};
use crate::ledger;

/// The passphrase that was, the one that will be, and what a try of it costs.
pub(in crate::vault) struct Exchange<'a> {
    pub(in crate::vault) old: &'a Passphrase,
    pub(in crate::vault) new: &'a Passphrase,
    pub(in crate::vault) device: Option<&'a DeviceSecret>,
    pub(in crate::vault) cost: KdfCost,
}

impl Vault<Open> {
    /// Changes the passphrase of somebody who is signed in, and records that it was changed.
    ///
    /// # Errors
    /// - If the person is not signed in, or the old passphrase is wrong.
    /// - If the keychain's secret is needed and missing or of another store, or the cost is out of bounds.
    /// - If it cannot be written; then the old passphrase stays.
    #[allow(clippy::too_many_arguments, reason = "each is decided by another part of the app")]
    pub fn change_passphrase(
        &mut self,
        person: &PersonId,
        old: &Passphrase,
        new: &Passphrase,
        device: Option<&DeviceSecret>,
        cost: KdfCost,
        at: Moment,
        entropy: &dyn Entropy,
    ) -> Result<Recorded, StoreError> {
        self.exchange_passphrase(person, &Exchange { old, new, device, cost }, at, entropy, &mut |_| Ok(()))
    }

    pub(in crate::vault) fn exchange_passphrase(
        &mut self,
        person: &PersonId,
        exchange: &Exchange<'_>,
        at: Moment,
        entropy: &dyn Entropy,
        between: Between<'_>,
    ) -> Result<Recorded, StoreError> {
        let Exchange { old, new, device, cost } = *exchange;
        self.person(person)?;
        let (_, secrets) = self.grounds.open_slot(person, old, device)?;
        let form_key = self.grounds.try_slots(person, device, |slot, bound| slot.open_form_key(old, device, bound))?;
        let form_key = form_key.map_err(|shut| self.grounds.shut(person, shut))?;
        let before = self.grounds.keyfile.slots_of(person).next().ok_or(StoreError::UnknownPerson)?;
        let device = device.filter(|_| before.device);
        let (made, bound) = self.grounds.keyfile.binding();
        let contents = Contents { secrets: &secrets, form_key: &form_key };
        let mut slot = Slot::make(before.person.clone(), new, device, cost, &contents, (made, &bound), entropy)
            .ok_or(StoreError::NotDone { what: "the cost of a passphrase is out of bounds" })?;
        slot.keys.clone_from(&before.keys);
        let (after, _) = ledger::head(&self.state.connection)?.unwrap_or((Seq(0), ledger::genesis(self.store())));
        slot.pending = Some(Pending::Passphrase { after });
        let add = |file: &mut crate::keyfile::KeyFile| {
            file.slots.push(slot);
            Some(())
        };
        let event = Event::PassphraseChanged { person: person.clone() };
        let recorded = self.pending_then(add, between, |vault| {
            let pen = vault.pen_of(person)?;
            let transaction = vault.state.connection.unchecked_transaction()?;
            let events = std::slice::from_ref(&event);
            let recorded = vault.write_events(&pen, None, &vault.state.store_key, events, at, entropy)?;
            transaction.commit()?;
            recorded.into_iter().next().ok_or(StoreError::Unrecordable)
        })?;
        self.settle_slots()?;
        Ok(recorded)
    }
}
