//! A signing key: ECDSA on P-256, kept as PKCS#8 and wiped when dropped.

use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use zeroize::Zeroizing;

/// The private key with which one person signs forms.
#[derive(Clone)]
pub struct FormKey {
    pkcs8: Zeroizing<Vec<u8>>,
    public: PublicKey,
}

/// A public key: an uncompressed point on P-256 (SEC 1, 65 bytes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 65]);

impl FormKey {
    /// Makes a new key.
    ///
    /// # Errors
    ///
    /// - If the source of randomness fails.
    pub fn generate(rng: &dyn SecureRandom) -> Result<Self, KeyError> {
        let document =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, rng).map_err(|_| KeyError::Randomness)?;
        Self::from_pkcs8(Zeroizing::new(document.as_ref().to_vec()))
    }

    /// Takes up a kept key again.
    ///
    /// # Errors
    ///
    /// - If the bytes are not a P-256 key in PKCS#8 with its public key inside.
    pub fn from_pkcs8(pkcs8: Zeroizing<Vec<u8>>) -> Result<Self, KeyError> {
        // The checking code asks for a source of randomness; nothing drawn from it is kept.
        let pair = pair(&pkcs8, &SystemRandom::new())?;
        let public = PublicKey::from_point(pair.public_key().as_ref()).ok_or(KeyError::Unreadable)?;
        Ok(Self { pkcs8, public })
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// The private key in PKCS#8, to be kept encrypted.
    #[must_use]
    pub fn pkcs8(&self) -> &Zeroizing<Vec<u8>> {
        &self.pkcs8
    }

    pub(super) fn pair(&self, rng: &dyn SecureRandom) -> Result<EcdsaKeyPair, KeyError> {
        pair(&self.pkcs8, rng)
    }
}

impl std::fmt::Debug for FormKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FormKey").field("public", &self.public).finish_non_exhaustive()
    }
}

impl PublicKey {
    /// Takes the bytes of an uncompressed point; nothing if they are not one.
    #[must_use]
    pub fn from_point(bytes: &[u8]) -> Option<Self> {
        let point: [u8; 65] = bytes.try_into().ok()?;
        (point.first() == Some(&4)).then_some(Self(point))
    }

    /// The uncompressed point.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Why a key could not be made or used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The source of randomness failed.
    #[error("This computer gave no random numbers, so no key was made or used. Try again.")]
    Randomness,
    /// The bytes are not a signing key.
    #[error("The signing key cannot be read. Restore it from a backup.")]
    Unreadable,
}

fn pair(pkcs8: &[u8], rng: &dyn SecureRandom) -> Result<EcdsaKeyPair, KeyError> {
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8, rng).map_err(|_| KeyError::Unreadable)
}
