//! At a sign-in: what a change of people or keys began is ended where the ledger has it, and taken back where not.

use rusqlite::Connection;
use trail_domain::ids::Hash;

use super::super::Grounds;
use super::super::migrate::open_with_either;
use crate::database;
use crate::entropy::Drawn;
use crate::error::StoreError;
use crate::folder::{Folder, replace};
use crate::keyfile::KeyFile;
use crate::keys::epoch::StoreKeys;
use crate::keys::passphrase::DeviceSecret;
use crate::keys::slot::{Pending, Slot};
use crate::ledger::keyring::KeyRing;

/// `held` are the keys that were opened, the newest first; `at` are those that opened the database. Answers the keys
/// that open it from here on.
pub(in crate::vault) fn tidy<'a>(
    grounds: &mut Grounds,
    connection: &mut Connection,
    held: &'a [StoreKeys],
    at: &'a StoreKeys,
    ring: &KeyRing,
    device: Option<&DeviceSecret>,
) -> Result<&'a StoreKeys, StoreError> {
    let mut file = grounds.keyfile.clone();
    let mut at = at;
    // Whoever lacks the newest keys is somebody being removed: it is not theirs to end.
    let newest = held.first().filter(|keys| file.is_between_epochs() && keys.epoch == file.epoch());
    if let Some(newest) = newest {
        let is_to_end = at.epoch != newest.epoch && somebody_left(&file, ring);
        if is_to_end && database::rekey(connection, &newest.data).is_ok() {
            at = newest;
        } else if is_to_end {
            // A full disk must not keep anybody out: the next sign-in tries again.
            (*connection, at) = open_with_either(grounds, held)?;
            database::guard(connection)?;
        }
        if at.epoch == newest.epoch {
            mark_epoch(&grounds.folder, at.epoch);
        }
        if at.epoch == newest.epoch || !is_to_end {
            file.settle_on(at.epoch);
        }
    }
    settle_slots(&mut file, connection, ring)?;
    let secret = device.filter(|secret| !file.keeps_device() && file.fits(secret));
    if let (Some(secret), Some(recovery)) = (secret, ring.recovery()) {
        file.keep_device(secret, recovery, &Drawn::from(secret.bytes(), b"device"));
    }
    if file != grounds.keyfile {
        // A full disk must not keep anybody out: the next sign-in tries again.
        let _ = file.write(&grounds.folder);
        grounds.keyfile = file;
    }
    Ok(at)
}

/// Says beside the database which epoch it was encrypted to. Without it an old key file is only said not to fit.
pub(super) fn mark_epoch(folder: &Folder, epoch: u32) {
    let _ = replace(&folder.epoch(), epoch.to_string().as_bytes());
}

/// Takes the mark off the slots that the ledger agrees with, and drops what they replace; drops the others.
pub(super) fn settle_slots(file: &mut KeyFile, connection: &Connection, ring: &KeyRing) -> Result<(), StoreError> {
    while let Some(at) = file.slots.iter().position(|slot| slot.pending.is_some()) {
        let mut slot = file.slots.remove(at);
        if is_agreed(&slot, connection, ring)? {
            if let Some(Pending::Passphrase { after }) = slot.pending.take() {
                slot.changed = Some(after);
            }
            let before = file.slots.iter().position(|other| other.person.id == slot.person.id);
            file.slots.retain(|other| other.person.id != slot.person.id);
            let at = before.unwrap_or(file.slots.len()).min(file.slots.len());
            file.slots.insert(at, slot);
        }
    }
    Ok(())
}

fn is_agreed(slot: &Slot, connection: &Connection, ring: &KeyRing) -> Result<bool, StoreError> {
    let key = ring.ledger_key_of(&slot.person.id);
    let (Some(pending), Some(key)) = (slot.pending, key) else { return Ok(false) };
    match pending {
        Pending::Keys { ledger } => Ok(Hash::of(key.as_bytes()) == ledger),
        Pending::Passphrase { after } => {
            let sql = "SELECT EXISTS (SELECT 1 FROM entry WHERE kind = 'passphrase-changed' AND seq > ?1 AND key = ?2)";
            Ok(connection.query_row(sql, (after.0, key.as_bytes()), |row| row.get(0))?)
        }
    }
}

fn somebody_left(file: &KeyFile, ring: &KeyRing) -> bool {
    let has_left = |slot: &Slot| ring.knows(&slot.person.id) && ring.holder_of(&slot.person.id).is_none();
    file.slots.iter().any(has_left)
}
