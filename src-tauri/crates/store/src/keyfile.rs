//! `keys.json`: wrapped keys, and in clear what the sign-in page must show before anybody has signed in.
//!
//! A slot wraps a person's own secrets under their passphrase. The store's keys are sealed to each slot's holder and to
//! the recovery key, once for each epoch; while the store is being re-keyed there are two.

use std::collections::BTreeSet;
use std::fs;

use serde::{Deserialize, Serialize};
use serde_json::json;
use trail_domain::ids::{Hash, Initials, PersonId, StoreId};
use trail_domain::people::Standing;
use zeroize::Zeroizing;

use crate::entropy::{Entropy, draw};
use crate::error::StoreError;
use crate::folder::{Folder, replace};
use crate::keys::epoch::{SealedKeys, StoreKeys};
use crate::keys::passphrase::DeviceSecret;
use crate::keys::recovery::RecoveryCode;
use crate::keys::slot::{Made, Slot};
use crate::keys::{Key, seal};

mod version_1;

const FORMAT: &str = "evidence-trail-keys";
pub(crate) const VERSION: u32 = 2;
/// A key file is some kilobytes; what is larger is something else.
const MOST_BYTES: u64 = 1 << 20;
/// More slots than any school has people to review.
const MOST_SLOTS: usize = 200;
/// Who the store's keys and the case keys are sealed to, beside people.
pub(crate) const RECOVERY: &str = "recovery";

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct KeyFile {
    format: String,
    version: u32,
    pub(crate) store: StoreId,
    pub(crate) school: String,
    pub(crate) practice: bool,
    /// Tells a keychain secret of another store from a wrong passphrase; says nothing about a secret of 256 bits.
    device_check: Option<Hash>,
    pub(crate) slots: Vec<Slot>,
    recovery: Recovery,
}

/// What both recovery codes open together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Recovery {
    made: Made,
    salt: String,
    /// The seed of the recovery key. Where made by version 1: the data key of that time before it.
    sealed: String,
    /// The store's keys, sealed to the recovery key; the newest last.
    keys: Vec<SealedKeys>,
    /// The secret of the store's computer, sealed to the recovery key: on another computer people then sign in with
    /// their own passphrases.
    device: Option<String>,
}

/// What the recovery codes opened.
pub(crate) struct Recovered {
    /// The store's keys, the newest first.
    pub(crate) keys: Vec<StoreKeys>,
    /// The seed of the recovery key, which case keys are sealed to.
    pub(crate) seed: Key,
    /// The secret of the store's computer.
    pub(crate) device: Option<DeviceSecret>,
}

/// Looks at the bytes of a key file, whatever they are.
///
/// # Errors
/// - If they are no key file of this version or an earlier one.
#[doc(hidden)]
pub fn parse_key_file(bytes: &[u8]) -> Result<(), StoreError> {
    KeyFile::parse(bytes).map(|_| ())
}

impl KeyFile {
    /// A key file without slots, with what the recovery codes open.
    pub(crate) fn new(
        store: StoreId,
        (school, practice): (&str, bool),
        device: Option<&DeviceSecret>,
        codes: &[RecoveryCode; 2],
        (keys, recovery_seed): (&StoreKeys, &Key),
        entropy: &dyn Entropy,
    ) -> Option<Self> {
        let salt: [u8; 32] = draw(entropy);
        let made = Made { version: VERSION, epoch: keys.epoch };
        let mut file = Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            device_check: device.map(|secret| device_check(&store, secret)),
            store,
            school: school.to_owned(),
            practice,
            slots: Vec::new(),
            recovery: Recovery { made, salt: hex::encode(salt), sealed: String::new(), keys: Vec::new(), device: None },
        };
        let key = RecoveryCode::key(&codes[0], &codes[1], &salt);
        file.recovery.sealed = hex::encode(seal::seal(&key, &file.bound(made), recovery_seed.bytes(), entropy));
        let public = seal::public_of(recovery_seed);
        file.recovery.keys.push(keys.seal_to(&public, &file.store, RECOVERY, entropy)?);
        if let Some(secret) = device {
            file.keep_device(secret, &public, entropy)?;
        }
        Some(file)
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
        let front: Front = serde_json::from_slice(bytes)
            .ok()
            .filter(|front: &Front| front.format == FORMAT)
            .ok_or(StoreError::NotOurs { what: "its key file is not one of ours" })?;
        let file = match front.version {
            1 => version_1::read(bytes),
            VERSION => serde_json::from_slice(bytes).ok().filter(Self::is_sound),
            0 => None,
            _ => return Err(StoreError::NewerVersion),
        };
        file.ok_or_else(|| StoreError::damaged("the key file cannot be read"))
    }

    pub(crate) fn write(&self, folder: &Folder) -> Result<(), StoreError> {
        let text = serde_json::to_vec_pretty(self).map_err(|_| StoreError::Unrecordable)?;
        replace(&folder.keys(), &text)
    }

    /// Whether it is still as version 1 made it.
    pub(crate) fn is_version_1(&self) -> bool {
        self.version == 1
    }

    /// What is wrapped is bound to this, beside its own metadata.
    pub(crate) fn bound(&self, made: Made) -> Vec<u8> {
        let said = json!({
            "format": self.format, "version": made.version, "store": self.store, "epoch": made.epoch,
            "school": self.school, "practice": self.practice, "device-check": self.device_check,
        });
        // A value made of texts, numbers and booleans always has a canonical form.
        serde_json_canonicalizer::to_vec(&said).unwrap_or_default()
    }

    /// What a slot made now is bound to.
    pub(crate) fn binding(&self) -> (Made, Vec<u8>) {
        let made = Made { version: VERSION, epoch: self.epoch() };
        (made, self.bound(made))
    }

    /// The newest epoch.
    pub(crate) fn epoch(&self) -> u32 {
        self.recovery.keys.last().map_or(self.recovery.made.epoch, |keys| keys.epoch)
    }

    /// Whether there are the keys of two epochs: a re-key has begun.
    pub(crate) fn is_between_epochs(&self) -> bool {
        self.recovery.keys.len() > 1
    }

    /// The slots of a person: more than one only while one of them is being replaced.
    pub(crate) fn slots_of(&self, person: &PersonId) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(move |slot| slot.person.id == *person)
    }

    /// Who may sign in.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &PersonLabel> {
        self.slots.iter().filter(|slot| slot.pending.is_none()).map(|slot| &slot.person)
    }

    pub(crate) fn needs_device_secret(&self) -> bool {
        self.slots.iter().any(|slot| slot.device)
    }

    /// Whether this is the secret that the store was made with.
    pub(crate) fn fits(&self, secret: &DeviceSecret) -> bool {
        self.device_check.is_none_or(|check| check == device_check(&self.store, secret))
    }

    /// Whether the codes would open the secret of the store's computer, where the store has one.
    pub(crate) fn keeps_device(&self) -> bool {
        self.device_check.is_none() || self.recovery.device.is_some()
    }

    /// Seals the secret of the store's computer to the recovery key.
    pub(crate) fn keep_device(
        &mut self,
        secret: &DeviceSecret,
        recovery: &[u8; 32],
        entropy: &dyn Entropy,
    ) -> Option<()> {
        let sealed = seal::seal_bytes_to(recovery, &device_aad(&self.store), secret.bytes(), entropy)?;
        self.recovery.device = Some(hex::encode(sealed));
        Some(())
    }

    /// What both codes open, in either order.
    pub(crate) fn recover(&self, one: &RecoveryCode, other: &RecoveryCode) -> Option<Recovered> {
        let mut salt = [0; 32];
        hex::decode_to_slice(&self.recovery.salt, &mut salt).ok()?;
        let sealed = hex::decode(&self.recovery.sealed).ok()?;
        let bound = self.bound(self.recovery.made);
        let opened = seal::open(&RecoveryCode::key(one, other, &salt), &bound, sealed.clone())
            .or_else(|| seal::open(&RecoveryCode::key(other, one, &salt), &bound, sealed))?;
        let (data, seed) = match self.recovery.made.version {
            1 => opened.split_at_checked(32)?,
            _ => (&[][..], &opened[..]),
        };
        let seed = Key::take(seed)?;
        let keys = if self.is_version_1() {
            vec![StoreKeys::of_version_1(self.recovery.made.epoch, Key::take(data)?)]
        } else {
            open_newest_first(&self.recovery.keys, &seed, &self.store, RECOVERY)
        };
        let device = self.recovery.device.as_ref().and_then(|sealed| {
            let secret = seal::open_from(&seed, &device_aad(&self.store), &hex::decode(sealed).ok()?)?;
            Some(DeviceSecret::new(*secret.bytes()))
        });
        Some(Recovered { keys, seed, device })
    }

    /// Gives every holder the keys of an epoch: recovery, and everybody in a slot whose public key is known and who is
    /// not left out. A key file of version 1 is of this version from here on.
    pub(crate) fn give(
        &mut self,
        keys: &StoreKeys,
        recovery: &[u8; 32],
        public_of: &dyn Fn(&PersonId) -> Option<[u8; 32]>,
        leave_out: Option<&PersonId>,
        entropy: &dyn Entropy,
    ) -> Option<()> {
        let store = self.store.clone();
        self.recovery.keys.push(keys.seal_to(recovery, &store, RECOVERY, entropy)?);
        for slot in self.slots.iter_mut().filter(|slot| leave_out != Some(&slot.person.id)) {
            let public = public_of(&slot.person.id)?;
            slot.keys.push(keys.seal_to(&public, &store, slot.person.id.as_str(), entropy)?);
            slot.forget_version_1();
        }
        self.version = VERSION;
        Some(())
    }

    /// Keeps one epoch's keys, and only the slots that have them.
    pub(crate) fn settle_on(&mut self, epoch: u32) {
        self.recovery.keys.retain(|keys| keys.epoch == epoch);
        for slot in &mut self.slots {
            slot.keys.retain(|keys| keys.epoch == epoch);
        }
        self.slots.retain(|slot| !slot.keys.is_empty());
    }

    /// What a reader of this version may rely on. Everything else is looked at when it is opened.
    fn is_sound(&self) -> bool {
        let epochs: Vec<u32> = self.recovery.keys.iter().map(|keys| keys.epoch).collect();
        let is_known = |slot: &Slot| slot.keys.iter().all(|keys| epochs.contains(&keys.epoch));
        let rises = |keys: &[SealedKeys]| keys.is_sorted_by(|one, other| one.epoch < other.epoch);
        let settled: Vec<&PersonId> = self.labels().map(|label| &label.id).collect();
        let once: BTreeSet<&PersonId> = settled.iter().copied().collect();
        (1..=2).contains(&epochs.len())
            && epochs.iter().all(|epoch| (1..u32::MAX).contains(epoch))
            && rises(&self.recovery.keys)
            && self.slots.len() <= MOST_SLOTS
            && settled.len() == once.len()
            && self.slots.iter().all(|slot| !slot.keys.is_empty() && is_known(slot) && rises(&slot.keys))
    }
}

/// Opens what is sealed to a holder.
pub(crate) fn open_newest_first(sealed: &[SealedKeys], seed: &Key, store: &StoreId, holder: &str) -> Vec<StoreKeys> {
    sealed.iter().rev().filter_map(|keys| keys.open(seed, store, holder)).collect()
}

fn device_check(store: &StoreId, secret: &DeviceSecret) -> Hash {
    let mut named = Zeroizing::new(b"evidence-trail/device-check/v1\0".to_vec());
    named.extend(store.as_str().as_bytes());
    named.extend(secret.bytes());
    Hash::of(&named)
}

fn device_aad(store: &StoreId) -> Vec<u8> {
    [b"evidence-trail/device-secret/v2\0", store.as_str().as_bytes()].concat()
}
