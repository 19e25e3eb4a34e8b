//! A person's slot in the key file: their own secrets and their form key, each wrapped on its own under Argon2id of the
//! passphrase and the secret of this computer's keychain; and the store's keys, sealed to them.

use serde::{Deserialize, Serialize};
use serde_json::json;
use trail_domain::ids::{Hash, Seq};
use zeroize::Zeroizing;

use super::epoch::SealedKeys;
use super::kdf::KdfCost;
use super::passphrase::{DeviceSecret, Passphrase};
use super::{Key, seal};
use crate::entropy::{Entropy, draw};
use crate::keyfile::PersonLabel;

const ALGORITHM: &str = "argon2id-v1.3";

/// One person's slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Slot {
    pub(crate) person: PersonLabel,
    /// Whether the keychain's secret is needed as well.
    pub(crate) device: bool,
    /// What the wrapped parts are bound to.
    pub(crate) made: Made,
    kdf: Kdf,
    secrets: String,
    form_key: String,
    /// The store's keys, sealed to this person; the newest last.
    pub(crate) keys: Vec<SealedKeys>,
    /// Until the ledger is known to agree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pending: Option<Pending>,
    /// The passphrase is the one that was changed behind this entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) changed: Option<Seq>,
    /// In a key file of version 1: the data key, wrapped as the rest is.
    #[serde(skip)]
    data_key: Option<String>,
}

/// The version and epoch of the key file when something was wrapped. It stays bound to these when the store is
/// re-keyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Made {
    pub(crate) version: u32,
    pub(crate) epoch: u32,
}

/// What the ledger must say for a new slot to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", tag = "until", rename_all_fields = "kebab-case")]
pub(crate) enum Pending {
    /// That the person signs with the key that has this SHA-256.
    Keys { ledger: Hash },
    /// That the person changed their passphrase, behind this entry.
    Passphrase { after: Seq },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Kdf {
    algorithm: String,
    cost: KdfCost,
    salt: String,
}

/// A person's own secrets, all made at enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Secrets {
    /// Seed of the Ed25519 key that signs ledger entries.
    pub(crate) ledger: Key,
    /// Seed of the X25519 key that case keys are sealed to.
    pub(crate) seal: Key,
    /// The key that only this person has: drafts, and copies of case keys.
    pub(crate) own: Key,
}

/// What a slot wraps.
pub(crate) struct Contents<'a> {
    pub(crate) secrets: &'a Secrets,
    pub(crate) form_key: &'a [u8],
}

/// Why a slot did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shut {
    /// Its algorithm or cost is not one that is accepted, or it cannot be read.
    Malformed,
    /// The passphrase is wrong, or the slot was altered.
    WrongPassphrase,
}

impl Secrets {
    pub(crate) fn random(entropy: &dyn Entropy) -> Self {
        Self { ledger: Key::random(entropy), seal: Key::random(entropy), own: Key::random(entropy) }
    }
}

impl Slot {
    /// Wraps. `bound` is the part of the key file that the slot holds true for. None where the cost is out of bounds.
    pub(crate) fn make(
        person: PersonLabel,
        passphrase: &Passphrase,
        device: Option<&DeviceSecret>,
        cost: KdfCost,
        contents: &Contents<'_>,
        (made, bound): (Made, &[u8]),
        entropy: &dyn Entropy,
    ) -> Option<Self> {
        let salt: [u8; 16] = draw(entropy);
        let kdf = Kdf { algorithm: ALGORITHM.to_owned(), cost, salt: hex::encode(salt) };
        let mut slot = Self {
            person,
            device: device.is_some(),
            made,
            kdf,
            secrets: String::new(),
            form_key: String::new(),
            keys: Vec::new(),
            pending: None,
            changed: None,
            data_key: None,
        };
        let material = slot.material(passphrase, device).ok()?;
        let wrap = |what: &str, plain: &[u8], slot: &Self| {
            hex::encode(seal::seal(&material.derive(&[what.as_bytes()]), &slot.aad(what, bound), plain, entropy))
        };
        slot.secrets = wrap("secrets", &contents.secrets.joined(), &slot);
        slot.form_key = wrap("form-key", contents.form_key, &slot);
        Some(slot)
    }

    /// A slot as version 1 made it: the data key, the secrets and the form key wrapped.
    pub(crate) fn of_version_1(
        person: PersonLabel,
        device: bool,
        made: Made,
        kdf: Kdf,
        (data_key, secrets, form_key): (String, String, String),
    ) -> Self {
        Self {
            person,
            device,
            made,
            kdf,
            secrets,
            form_key,
            keys: Vec::new(),
            pending: None,
            changed: None,
            data_key: Some(data_key),
        }
    }

    /// Lets go of the data key that version 1 wrapped: it is sealed to the slot's holder now.
    pub(crate) fn forget_version_1(&mut self) {
        self.data_key = None;
    }

    /// Opens the person's secrets; in a key file of version 1, also the data key.
    pub(crate) fn open(
        &self,
        passphrase: &Passphrase,
        device: Option<&DeviceSecret>,
        bound: &[u8],
    ) -> Result<(Option<Key>, Secrets), Shut> {
        let material = self.material(passphrase, device)?;
        let secrets = self.unwrap(&material, "secrets", &self.secrets, bound)?;
        let secrets = Secrets::split(&secrets).ok_or(Shut::Malformed)?;
        let Some(sealed) = &self.data_key else { return Ok((None, secrets)) };
        let data_key = self.unwrap(&material, "data-key", sealed, bound)?;
        Ok((Some(Key::take(&data_key).ok_or(Shut::Malformed)?), secrets))
    }

    /// Opens the key that signs forms (PKCS#8).
    pub(crate) fn open_form_key(
        &self,
        passphrase: &Passphrase,
        device: Option<&DeviceSecret>,
        bound: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Shut> {
        let material = self.material(passphrase, device)?;
        self.unwrap(&material, "form-key", &self.form_key, bound)
    }

    fn unwrap(&self, material: &Key, what: &str, sealed: &str, bound: &[u8]) -> Result<Zeroizing<Vec<u8>>, Shut> {
        let sealed = hex::decode(sealed).map_err(|_| Shut::Malformed)?;
        seal::open(&material.derive(&[what.as_bytes()]), &self.aad(what, bound), sealed).ok_or(Shut::WrongPassphrase)
    }

    /// HKDF over Argon2id of the passphrase and the keychain's secret.
    fn material(&self, passphrase: &Passphrase, device: Option<&DeviceSecret>) -> Result<Key, Shut> {
        let mut salt = [0; 16];
        hex::decode_to_slice(&self.kdf.salt, &mut salt).map_err(|_| Shut::Malformed)?;
        if self.kdf.algorithm != ALGORITHM {
            return Err(Shut::Malformed);
        }
        let stretched = self.kdf.cost.material(passphrase.bytes(), &salt).ok_or(Shut::Malformed)?;
        let mut material = Zeroizing::new([0; 64]);
        material[..32].copy_from_slice(stretched.bytes());
        let device = device.filter(|_| self.device);
        if let Some(secret) = device {
            material[32..].copy_from_slice(secret.bytes());
        }
        let with = if device.is_some() { b"+device" } else { b"-device" };
        Ok(Key::from_material(&salt, &*material, &[b"evidence-trail/slot/v1", with]))
    }

    /// Everything that the slot says in clear, so that nothing of it can be changed without the passphrase.
    fn aad(&self, what: &str, bound: &[u8]) -> Vec<u8> {
        let said = json!({ "what": what, "person": self.person, "device": self.device, "kdf": self.kdf });
        // A value made of texts, numbers and booleans always has a canonical form.
        let mut aad = serde_json_canonicalizer::to_vec(&said).unwrap_or_default();
        aad.push(0);
        aad.extend(bound);
        aad
    }
}

impl Secrets {
    fn joined(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new([*self.ledger.bytes(), *self.seal.bytes(), *self.own.bytes()].concat())
    }

    fn split(joined: &[u8]) -> Option<Self> {
        let mut keys = joined.chunks_exact(32).map(Key::take);
        let secrets = Self { ledger: keys.next()??, seal: keys.next()??, own: keys.next()?? };
        (joined.len() == 96).then_some(secrets)
    }
}
