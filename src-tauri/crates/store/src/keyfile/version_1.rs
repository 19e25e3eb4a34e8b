//! The key file of version 1: each slot wrapped the data key under the passphrase, and the epoch stood in front.

use serde::Deserialize;
use trail_domain::ids::{Hash, StoreId};

use super::{KeyFile, MOST_SLOTS, PersonLabel, Recovery};
use crate::keys::slot::{Kdf, Made, Slot};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Old {
    format: String,
    version: u32,
    store: StoreId,
    epoch: u32,
    school: String,
    practice: bool,
    device_check: Option<Hash>,
    recovery: OldRecovery,
    slots: Vec<OldSlot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OldRecovery {
    salt: String,
    sealed: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct OldSlot {
    person: PersonLabel,
    device: bool,
    kdf: Kdf,
    data_key: String,
    secrets: String,
    form_key: String,
}

/// Reads it into the shape of this version. Until [`KeyFile::give`] nobody in it holds an epoch's keys.
pub(super) fn read(bytes: &[u8]) -> Option<KeyFile> {
    let old: Old = serde_json::from_slice(bytes).ok()?;
    let made = Made { version: old.version, epoch: old.epoch };
    let slots = old.slots.into_iter().map(|slot| {
        let OldSlot { person, device, kdf, data_key, secrets, form_key } = slot;
        Slot::of_version_1(person, device, made, kdf, (data_key, secrets, form_key))
    });
    let slots: Vec<Slot> = slots.collect();
    let OldRecovery { salt, sealed } = old.recovery;
    (slots.len() <= MOST_SLOTS).then_some(KeyFile {
        format: old.format,
        version: old.version,
        store: old.store,
        school: old.school,
        practice: old.practice,
        device_check: old.device_check,
        slots,
        recovery: Recovery { made, salt, sealed, keys: Vec::new(), device: None },
    })
}
