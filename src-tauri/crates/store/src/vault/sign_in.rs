//! Signing in: from a passphrase to open keys; and the two recovery codes, which sign nothing.

use std::collections::BTreeMap;

use ed25519_dalek::SigningKey;
use rusqlite::Connection;
use trail_domain::ids::{CaseId, PersonId, StoreId};
use zeroize::Zeroizing;

use super::migrate::{self, Between};
use super::people::tidy;
use super::{Grounds, Locked, Open, SignedIn, Vault};
use crate::error::StoreError;
pub(super) use crate::keyfile::RECOVERY;
use crate::keyfile::open_newest_first;
use crate::keys::epoch::StoreKeys;
use crate::keys::passphrase::{DeviceSecret, Passphrase};
use crate::keys::recovery::RecoveryCode;
use crate::keys::slot::{Secrets, Shut, Slot};
use crate::keys::{Key, seal};
use crate::ledger::keyring::KeyRing;
use crate::{database, schema};

/// Checked at each unlocking; the whole ledger is checked by [`Vault::verify`].
const CHECKED_AT_UNLOCK: u64 = 1000;

impl Vault<Locked> {
    /// Opens the store for one person. Chain and signatures of the last 1,000 entries are checked on the way.
    ///
    /// # Errors
    /// The vault comes back locked, with the reason.
    /// - If the passphrase is wrong: with how often by now, and how long to wait.
    /// - If the keychain's secret is needed and missing, or belongs to another store.
    /// - If the database is damaged, not ours, newer, or does not hold.
    pub fn unlock(
        mut self,
        person: &PersonId,
        pass: &Passphrase,
        device: Option<&DeviceSecret>,
    ) -> Result<Vault<Open>, (Self, StoreError)> {
        let opened = self.grounds.open_slot(person, pass, device).and_then(|(keys, secrets)| {
            let state = Open::start(&mut self.grounds, &keys, device, &mut |_| Ok(()))?;
            Ok((state, secrets))
        });
        let (state, secrets) = match opened {
            Ok(opened) => opened,
            Err(error) => return Err((self, error)),
        };
        let mut vault = Vault { grounds: self.grounds, state };
        if let Err(error) = vault.admit_to_vault(person, &secrets).and_then(|()| vault.check_recent(CHECKED_AT_UNLOCK))
        {
            return Err((vault.lock(), error));
        }
        vault.state.wrong_before = vault.grounds.tries.right(person, &vault.grounds.folder);
        Ok(vault)
    }

    /// Opens the store for reading with both recovery codes, in either order, without any keychain. Nobody is signed
    /// in: everything can be read, nothing can be signed.
    ///
    /// # Errors
    /// The vault comes back locked, with the reason.
    /// - If the codes do not open this store.
    /// - If the database is damaged, not ours, newer, or does not hold.
    pub fn open_with_recovery(
        mut self,
        one: &RecoveryCode,
        other: &RecoveryCode,
    ) -> Result<Vault<Open>, (Self, StoreError)> {
        let opened = self.grounds.keyfile.recover(one, other).ok_or(StoreError::WrongCodes).and_then(|recovered| {
            let mut state = Open::start(&mut self.grounds, &recovered.keys, None, &mut |_| Ok(()))?;
            state.recovered = Some(case_keys_sealed_to(&state.connection, self.store(), RECOVERY, &recovered.seed)?);
            Ok(state)
        });
        match opened {
            Ok(state) => Ok(Vault { grounds: self.grounds, state }),
            Err(error) => Err((self, error)),
        }
    }
}

impl Vault<Open> {
    /// Signs a further person in.
    ///
    /// # Errors
    /// - If they are signed in already.
    /// - If the passphrase is wrong, or the keychain's secret is needed and missing or of another store.
    /// - If their slot opens another store's key.
    pub fn join(
        &mut self,
        person: &PersonId,
        pass: &Passphrase,
        device: Option<&DeviceSecret>,
    ) -> Result<(), StoreError> {
        if self.state.people.iter().any(|signed_in| signed_in.id == *person) {
            return Err(StoreError::SamePerson);
        }
        let (keys, secrets) = self.grounds.open_slot(person, pass, device)?;
        if !keys.iter().any(|keys| keys.data == self.state.data_key) {
            return Err(StoreError::damaged("the key file holds the key of another store"));
        }
        self.admit_to_vault(person, &secrets)?;
        let before = self.grounds.tries.right(person, &self.grounds.folder);
        self.state.wrong_before = self.state.wrong_before.saturating_add(before);
        Ok(())
    }

    /// The person's key for signing forms (P-256, PKCS#8). The passphrase is typed at this moment; the key is not kept.
    ///
    /// # Errors
    /// - If the person is not signed in.
    /// - If the passphrase is wrong, or the keychain's secret is needed and missing or of another store.
    pub fn form_key(
        &mut self,
        person: &PersonId,
        pass: &Passphrase,
        device: Option<&DeviceSecret>,
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        self.person(person)?;
        let opened = self.grounds.try_slots(person, device, |slot, bound| slot.open_form_key(pass, device, bound))?;
        opened.map_err(|shut| self.grounds.shut(person, shut))
    }

    /// Takes a person's open secrets in, if they are the ones that the ledger enrolled.
    pub(super) fn admit_to_vault(&mut self, id: &PersonId, secrets: &Secrets) -> Result<(), StoreError> {
        if self.state.ring.knows(id) && self.state.ring.holder_of(id).is_none() {
            return Err(StoreError::UnknownPerson);
        }
        let ledger = SigningKey::from_bytes(secrets.ledger.bytes());
        let enrolled = self.state.ring.ledger_key_of(id) == Some(&ledger.verifying_key())
            && self.state.ring.seal_key_of(id) == Some(&seal::public_of(&secrets.seal));
        if !enrolled {
            return Err(StoreError::damaged("this person's keys are not the ones that the record enrolled"));
        }
        self.refuse_older_slot(id, &ledger)?;
        let holder = self.state.ring.holder_of(id).ok_or(StoreError::UnknownPerson)?;
        let cases = own_case_keys(&self.state.connection, self.store(), &holder, secrets)?;
        let Secrets { seal, own, .. } = secrets.clone();
        self.state.people.push(SignedIn { id: id.clone(), ledger, seal, own, cases });
        Ok(())
    }
}

impl Vault<Open> {
    /// An old key file put back must not bring an old passphrase back.
    fn refuse_older_slot(&self, id: &PersonId, ledger: &SigningKey) -> Result<(), StoreError> {
        let sql = "SELECT coalesce(max(seq), 0) FROM entry WHERE kind = 'passphrase-changed' AND key = ?1";
        let key = ledger.verifying_key().to_bytes();
        let last: u64 = self.state.connection.query_row(sql, [key], |row| row.get(0))?;
        let slot = self.grounds.keyfile.slots_of(id).next().ok_or(StoreError::UnknownPerson)?;
        // The entry that told of it came right behind the one that the slot remembers.
        let known = slot.changed.map_or(0, |after| after.0.saturating_add(1));
        if last > known {
            return Err(StoreError::damaged(
                "its key file is older than its record; a passphrase was changed since, and an old key file put back",
            ));
        }
        Ok(())
    }
}

impl Open {
    /// Opens the database, brings it to this version, ends what was begun and not ended, and reads the public keys.
    /// Nobody is signed in yet. `between` is called between the steps.
    pub(super) fn start(
        grounds: &mut Grounds,
        keys: &[StoreKeys],
        device: Option<&DeviceSecret>,
        between: Between<'_>,
    ) -> Result<Self, StoreError> {
        let (mut connection, at) = migrate::open_with_either(grounds, keys)?;
        let migrated = migrate::bring_up(grounds, &connection, at, device, between)?;
        schema::check(&connection, &grounds.keyfile.store, grounds.keyfile.practice)?;
        database::guard(&mut connection)?;
        let ring = KeyRing::quick(&connection, &grounds.keyfile.store, &at.store)?;
        let at = tidy::tidy(grounds, &mut connection, keys, at, &ring, device)?.clone();
        Ok(Self {
            connection,
            data_key: at.data,
            epoch: at.epoch,
            store_key: at.store,
            ring,
            people: Vec::new(),
            recovered: None,
            sessions: BTreeMap::new(),
            wrong_before: 0,
            migrated,
        })
    }
}

impl Grounds {
    /// Tries each slot of a person until one opens.
    pub(super) fn try_slots<T>(
        &self,
        person: &PersonId,
        device: Option<&DeviceSecret>,
        open: impl Fn(&Slot, &[u8]) -> Result<T, Shut>,
    ) -> Result<Result<T, Shut>, StoreError> {
        let mut answer = None;
        for slot in self.keyfile.slots_of(person) {
            match device {
                None if slot.device => return Err(StoreError::NeedsDeviceSecret),
                Some(secret) if slot.device && !self.keyfile.fits(secret) => return Err(StoreError::WrongDeviceSecret),
                None | Some(_) => {}
            }
            let opened = open(slot, &self.keyfile.bound(slot.made));
            if opened.is_ok() {
                return Ok(opened);
            }
            answer = answer.or(Some(opened));
        }
        answer.ok_or(StoreError::UnknownPerson)
    }

    /// The store's keys, the newest first, and the person's own secrets.
    pub(super) fn open_slot(
        &mut self,
        person: &PersonId,
        pass: &Passphrase,
        device: Option<&DeviceSecret>,
    ) -> Result<(Vec<StoreKeys>, Secrets), StoreError> {
        let opened = self.try_slots(person, device, |slot, bound| {
            let (data, secrets) = slot.open(pass, device, bound)?;
            let keys = match data {
                Some(data) => vec![StoreKeys::of_version_1(slot.made.epoch, data)],
                None => open_newest_first(&slot.keys, &secrets.seal, &self.keyfile.store, person.as_str()),
            };
            if keys.is_empty() { Err(Shut::Malformed) } else { Ok((keys, secrets)) }
        })?;
        opened.map_err(|shut| self.shut(person, shut))
    }

    pub(super) fn shut(&mut self, person: &PersonId, shut: Shut) -> StoreError {
        match shut {
            Shut::Malformed => StoreError::damaged("the key file was altered"),
            Shut::WrongPassphrase => {
                let (times, wait) = self.tries.wrong(person, &self.folder);
                StoreError::WrongPassphrase { times, wait }
            }
        }
    }
}

/// What a sealed case key is bound to.
pub(super) fn case_key_aad(store: &StoreId, case: &CaseId, holder: &str) -> Vec<u8> {
    [b"evidence-trail/case-key/v1\0", store.as_str().as_bytes(), case.as_str().as_bytes(), holder.as_bytes()].concat()
}

/// Writes a copy of a case key under its holder's own key. That key seals nothing else, and never anything different.
pub(super) fn keep_own_case_key(
    connection: &Connection,
    store: &StoreId,
    (holder, own): (&str, &Key),
    case: &CaseId,
    key: &Key,
) -> Result<(), StoreError> {
    let sealed = seal::seal_once(&own_wrap(own, case), &case_key_aad(store, case, holder), key.bytes());
    connection.prepare_cached("INSERT INTO own_case_key (holder, case_id, sealed) VALUES (?1, ?2, ?3)")?.execute((
        holder,
        case.as_str(),
        sealed,
    ))?;
    Ok(())
}

/// The person's case keys: from the copy under their own key, else from the seal, which is then copied.
fn own_case_keys(
    connection: &Connection,
    store: &StoreId,
    holder: &str,
    secrets: &Secrets,
) -> Result<BTreeMap<CaseId, Key>, StoreError> {
    let mut keys = BTreeMap::new();
    let mut fresh = Vec::new();
    let mut statement = connection.prepare(
        "SELECT a.case_id, a.sealed, o.sealed FROM case_access a \
         LEFT JOIN own_case_key o ON o.holder = a.holder AND o.case_id = a.case_id WHERE a.holder = ?1",
    )?;
    let mut rows = statement.query([holder])?;
    while let Some(row) = rows.next()? {
        let case = case_id(row.get(0)?)?;
        let aad = case_key_aad(store, &case, holder);
        let own: Option<Vec<u8>> = row.get(2)?;
        let is_copied = own.is_some();
        let copied = own
            .and_then(|sealed| seal::open(&own_wrap(&secrets.own, &case), &aad, sealed))
            .and_then(|key| Key::take(&key));
        let key = match copied {
            Some(key) => key,
            None => seal::open_from(&secrets.seal, &aad, &row.get::<_, Vec<u8>>(1)?)
                .ok_or_else(|| StoreError::damaged("the key of a case was altered"))?,
        };
        if !is_copied {
            fresh.push((case.clone(), key.clone()));
        }
        keys.insert(case, key);
    }
    // A full disk must not keep anybody out: the copies are made at the next sign-in.
    let _ = copy_case_keys(connection, store, (holder, &secrets.own), &fresh);
    Ok(keys)
}

fn copy_case_keys(
    connection: &Connection,
    store: &StoreId,
    holder: (&str, &Key),
    fresh: &[(CaseId, Key)],
) -> Result<(), StoreError> {
    if fresh.is_empty() {
        return Ok(());
    }
    let transaction = connection.unchecked_transaction()?;
    for (case, key) in fresh {
        keep_own_case_key(&transaction, store, holder, case, key)?;
    }
    Ok(transaction.commit()?)
}

pub(super) fn case_keys_sealed_to(
    connection: &Connection,
    store: &StoreId,
    holder: &str,
    seed: &Key,
) -> Result<BTreeMap<CaseId, Key>, StoreError> {
    let mut keys = BTreeMap::new();
    let mut statement = connection.prepare("SELECT case_id, sealed FROM case_access WHERE holder = ?1")?;
    let mut rows = statement.query([holder])?;
    while let Some(row) = rows.next()? {
        let case = case_id(row.get(0)?)?;
        let sealed: Vec<u8> = row.get(1)?;
        let key = seal::open_from(seed, &case_key_aad(store, &case, holder), &sealed)
            .ok_or_else(|| StoreError::damaged("the key of a case was altered"))?;
        keys.insert(case, key);
    }
    Ok(keys)
}

pub(super) fn case_id(text: String) -> Result<CaseId, StoreError> {
    CaseId::try_from(text).map_err(|_| StoreError::damaged("the id of a case was altered"))
}

fn own_wrap(own: &Key, case: &CaseId) -> Key {
    own.derive(&[b"evidence-trail/own-case-key/v1\0", case.as_str().as_bytes()])
}
