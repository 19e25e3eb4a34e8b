//! `keys.json`: wrapped keys, and in clear what the sign-in page must show before anybody has signed in.

use std::fs;

use serde::{Deserialize, Serialize};
use serde_json::json;
use trail_domain::ids::{Hash, Initials, PersonId, StoreId};
use trail_domain::people::Standing;
use zeroize::Zeroizing;

use crate::entropy::{Entropy, draw};
use crate::error::StoreError;
use crate::folder::{Folder, replace};
use crate::keys::passphrase::DeviceSecret;
use crate::keys::recovery::RecoveryCode;
use crate::keys::slot::Slot;
use crate::keys::{Key, seal};

const FORMAT: &str = "evidence-trail-keys";
const VERSION: u32 = 1;
/// A key file is some kilobytes; what is larger is something else.
const MOST_BYTES: u64 = 1 << 20;

/// A person as the sign-in page shows them. Stands in the key file **in clear**: whoever has the folder can read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PersonLabel {
    /// Who.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Position in the school.
    pub position: String,
    /// Initials, unique in the store.
    pub initials: Initials,
    /// What the procedure may ask of them.
    pub standing: Standing,
}

/// The key file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct KeyFile {
    format: String,
    version: u32,
    pub(crate) store: StoreId,
    /// Counts the re-keyings, so that an older slot does not fit a newer file.
    epoch: u32,
    pub(crate) school: String,
    pub(crate) practice: bool,
    /// Tells a keychain secret of another store from a wrong passphrase; says nothing about a secret of 256 bits.
    device_check: Option<Hash>,
    recovery: Recovery,
    pub(crate) slots: Vec<Slot>,
}

/// The slot that both recovery codes open together.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Recovery {
    salt: String,
    sealed: String,
}

impl KeyFile {
    /// A key file without slots, with what the recovery codes open: the data key and the seed of the recovery key.
    pub(crate) fn new(
        store: StoreId,
        school: &str,
        practice: bool,
        device: Option<&DeviceSecret>,
        codes: &[RecoveryCode; 2],
        (data_key, recovery_seed): (&Key, &Key),
        entropy: &dyn Entropy,
    ) -> Self {
        let salt: [u8; 32] = draw(entropy);
        let device_check = device.map(|secret| device_check(&store, secret));
        let mut file = Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            store,
            epoch: 1,
            school: school.to_owned(),
            practice,
            device_check,
            recovery: Recovery { salt: hex::encode(salt), sealed: String::new() },
            slots: Vec::new(),
        };
        let both = Zeroizing::new([*data_key.bytes(), *recovery_seed.bytes()].concat());
        let key = RecoveryCode::key(&codes[0], &codes[1], &salt);
        file.recovery.sealed = hex::encode(seal::seal(&key, &file.bound(), &both, entropy));
        file
    }

    pub(crate) fn read(folder: &Folder) -> Result<Self, StoreError> {
        let doing = "Reading the store's key file";
        let path = folder.keys();
        let length = fs::metadata(&path).map_err(StoreError::io(doing))?.len();
        if length > MOST_BYTES {
            return Err(StoreError::NotOurs { what: "its key file is too large" });
        }
        Self::parse(&fs::read(path).map_err(StoreError::io(doing))?)
    }

    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, StoreError> {
        #[derive(Deserialize)]
        struct Front {
            format: String,
            version: u32,
        }
        let ours = |front: &Front| front.format == FORMAT;
        let front: Front = serde_json::from_slice(bytes)
            .ok()
            .filter(ours)
            .ok_or(StoreError::NotOurs { what: "its key file is not one of ours" })?;
        if front.version > VERSION {
            return Err(StoreError::NewerVersion);
        }
        let file: Self =
            serde_json::from_slice(bytes).map_err(|_| StoreError::damaged("the key file cannot be read"))?;
        if file.version == VERSION { Ok(file) } else { Err(StoreError::damaged("the key file has an unknown version")) }
    }

    pub(crate) fn write(&self, folder: &Folder) -> Result<(), StoreError> {
        let text = serde_json::to_vec_pretty(self).map_err(|_| StoreError::Unrecordable)?;
        replace(&folder.keys(), &text)
    }

    /// What every slot is bound to, beside its own metadata.
    pub(crate) fn bound(&self) -> Vec<u8> {
        let said = json!({
            "format": self.format, "version": self.version, "store": self.store, "epoch": self.epoch,
            "school": self.school, "practice": self.practice, "device-check": self.device_check,
        });
        // A value made of texts, numbers and booleans always has a canonical form.
        serde_json_canonicalizer::to_vec(&said).unwrap_or_default()
    }

    pub(crate) fn slot(&self, person: &PersonId) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.person.id == *person)
    }

    pub(crate) fn needs_device_secret(&self) -> bool {
        self.slots.iter().any(|slot| slot.device)
    }

    /// Whether this is the secret that the store was made with.
    pub(crate) fn fits(&self, secret: &DeviceSecret) -> bool {
        self.device_check.is_none_or(|check| check == device_check(&self.store, secret))
    }

    /// The data key and the seed of the recovery key. The codes open in either order.
    pub(crate) fn recover(&self, one: &RecoveryCode, other: &RecoveryCode) -> Option<(Key, Key)> {
        let mut salt = [0; 32];
        hex::decode_to_slice(&self.recovery.salt, &mut salt).ok()?;
        let sealed = hex::decode(&self.recovery.sealed).ok()?;
        let bound = self.bound();
        let both = seal::open(&RecoveryCode::key(one, other, &salt), &bound, sealed.clone())
            .or_else(|| seal::open(&RecoveryCode::key(other, one, &salt), &bound, sealed))?;
        Some((Key::take(both.get(..32)?)?, Key::take(both.get(32..)?)?))
    }
}

fn device_check(store: &StoreId, secret: &DeviceSecret) -> Hash {
    let mut named = Zeroizing::new(b"evidence-trail/device-check/v1\0".to_vec());
    named.extend(store.as_str().as_bytes());
    named.extend(secret.bytes());
    Hash::of(&named)
}
