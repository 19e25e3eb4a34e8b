//! Keys: what they are made from, how they are wrapped, and for whom.
//!
//! A random **data key** opens the database, and a **store key** opens what belongs to no case. Both are sealed to each
//! person; what opens the seal is wrapped under Argon2id of their passphrase and the secret of this computer's
//! keychain. Each case has a **case key**, sealed to the people admitted to it.

use std::fmt;

use ring::{hkdf, hmac};
use zeroize::Zeroizing;

use crate::entropy::{Entropy, draw};

pub(crate) mod epoch;
pub(crate) mod kdf;
pub(crate) mod passphrase;
pub(crate) mod recovery;
pub(crate) mod seal;
pub(crate) mod slot;

/// 32 secret bytes. Wiped when dropped, never shown. They stand in one place: what holds a key may be moved about, and
/// leaves no copy of it on the stack.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Key(Box<Zeroizing<[u8; 32]>>);

impl Key {
    pub(crate) fn new(bytes: [u8; 32]) -> Self {
        Self(Box::new(Zeroizing::new(bytes)))
    }

    pub(crate) fn random(entropy: &dyn Entropy) -> Self {
        Self::new(draw(entropy))
    }

    /// Takes exactly 32 bytes.
    pub(crate) fn take(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::new)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A key for one use, derived from this one (HKDF-SHA256, RFC 5869; `use_for` is the info).
    pub(crate) fn derive(&self, use_for: &[&[u8]]) -> Self {
        Self::from_material(b"", self.bytes(), use_for)
    }

    /// A key from a salt and secret material (HKDF-SHA256, RFC 5869).
    pub(crate) fn from_material(salt: &[u8], material: &[u8], use_for: &[&[u8]]) -> Self {
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(material);
        let mut out = Zeroizing::new([0; 32]);
        // Expanding to the hash's own length cannot fail (RFC 5869, 2.3: up to 255 times that length).
        let filled = prk.expand(use_for, hkdf::HKDF_SHA256).and_then(|okm| okm.fill(&mut *out));
        debug_assert!(filled.is_ok());
        Self(Box::new(out))
    }

    /// A name that says nothing to whoever lacks this key (HMAC-SHA256).
    pub(crate) fn name(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, self.bytes()));
        for part in parts {
            context.update(part);
        }
        let mut out = [0; 32];
        out.copy_from_slice(context.sign().as_ref());
        out
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}
