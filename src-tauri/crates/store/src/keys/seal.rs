//! Sealing: AES-256-GCM under a key that is held, and HPKE (RFC 9180) to a person who is not there.

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::Zeroizing;

use super::Key;
use crate::entropy::{Draw, Entropy, draw};

const SEAL_INFO: &[u8] = b"evidence-trail/hpke/v1";

/// `nonce || ciphertext || tag` of the plain bytes, bound to `aad`. The nonce is random.
pub(crate) fn seal(key: &Key, aad: &[u8], plain: &[u8], entropy: &dyn Entropy) -> Vec<u8> {
    seal_with(key, draw(entropy), aad, plain)
}

/// As [`seal`], for a key that seals one thing only and always the same: no nonce is drawn.
pub(crate) fn seal_once(key: &Key, aad: &[u8], plain: &[u8]) -> Vec<u8> {
    seal_with(key, [0; NONCE_LEN], aad, plain)
}

/// The plain bytes, if the key and `aad` are those they were sealed with and no bit has changed.
pub(crate) fn open(key: &Key, aad: &[u8], sealed: Vec<u8>) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(sealed);
    let nonce = Nonce::try_assume_unique_for_key(bytes.get(..NONCE_LEN)?).ok()?;
    let length = aead(key)?.open_within(nonce, Aad::from(aad), &mut bytes, NONCE_LEN..).ok()?.len();
    bytes.truncate(length);
    Some(bytes)
}

/// The public half of a seed.
pub(crate) fn public_of(seed: &Key) -> [u8; 32] {
    let (_, public) = X25519HkdfSha256::derive_keypair(seed.bytes());
    public.to_bytes().into()
}

/// Seals a key to the holder of a seed: `encapsulated key || ciphertext`. None where the public key is no point.
pub(crate) fn seal_to(public: &[u8; 32], aad: &[u8], key: &Key, entropy: &dyn Entropy) -> Option<Vec<u8>> {
    seal_bytes_to(public, aad, key.bytes(), entropy)
}

/// Opens what [`seal_to`] sealed.
pub(crate) fn open_from(seed: &Key, aad: &[u8], sealed: &[u8]) -> Option<Key> {
    Key::take(&open_bytes_from(seed, aad, sealed)?)
}

/// As [`seal_to`], for bytes of any length.
pub(crate) fn seal_bytes_to(public: &[u8; 32], aad: &[u8], plain: &[u8], entropy: &dyn Entropy) -> Option<Vec<u8>> {
    let public = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(public).ok()?;
    let (encapped, sealed) = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &public,
        SEAL_INFO,
        plain,
        aad,
        &mut Draw(entropy),
    )
    .ok()?;
    let mut out = encapped.to_bytes().to_vec();
    out.extend(sealed);
    Some(out)
}

/// Opens what [`seal_bytes_to`] sealed.
pub(crate) fn open_bytes_from(seed: &Key, aad: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (encapped, sealed) = sealed.split_at_checked(32)?;
    let encapped = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapped).ok()?;
    let (secret, _) = X25519HkdfSha256::derive_keypair(seed.bytes());
    let plain = hpke::single_shot_open::<AesGcm256, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &secret,
        &encapped,
        SEAL_INFO,
        sealed,
        aad,
    )
    .ok()?;
    Some(Zeroizing::new(plain))
}

fn seal_with(key: &Key, nonce: [u8; NONCE_LEN], aad: &[u8], plain: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(NONCE_LEN + plain.len() + AES_256_GCM.tag_len());
    out.extend(nonce);
    out.extend(plain);
    let nonce = Nonce::assume_unique_for_key(nonce);
    let tag = aead(key).and_then(|aead| {
        let body = out.get_mut(NONCE_LEN..)?;
        aead.seal_in_place_separate_tag(nonce, Aad::from(aad), body).ok()
    });
    match tag {
        Some(tag) => out.extend(tag.as_ref()),
        // Reached only above 2^36 bytes; nothing plain may leave.
        None => out.clear(),
    }
    out
}

fn aead(key: &Key) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, key.bytes()).ok().map(LessSafeKey::new)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    struct Counting;

    impl Entropy for Counting {
        fn fill(&self, out: &mut [u8]) {
            out.fill(9);
        }
    }

    #[test]
    fn what_is_sealed_opens_only_as_it_was_sealed() {
        let key = Key::new([1; 32]);
        let sealed = seal(&key, b"entry 7", b"words", &Counting);
        assert_eq!(&**open(&key, b"entry 7", sealed.clone()).unwrap(), b"words");
        assert!(open(&key, b"entry 8", sealed.clone()).is_none());
        assert!(open(&Key::new([2; 32]), b"entry 7", sealed.clone()).is_none());
        for at in 0..sealed.len() {
            let mut flipped = sealed.clone();
            flipped[at] ^= 1;
            assert!(open(&key, b"entry 7", flipped).is_none(), "byte {at}");
        }
        assert!(open(&key, b"entry 7", sealed[..11].to_vec()).is_none());
    }

    #[test]
    fn a_key_sealed_to_somebody_opens_for_them_alone() {
        let (seed, other, key) = (Key::new([3; 32]), Key::new([4; 32]), Key::new([5; 32]));
        let sealed = seal_to(&public_of(&seed), b"case", &key, &Counting).unwrap();
        assert_eq!(open_from(&seed, b"case", &sealed).unwrap(), key);
        assert!(open_from(&other, b"case", &sealed).is_none());
        assert!(open_from(&seed, b"another case", &sealed).is_none());
        assert!(open_from(&seed, b"case", &sealed[..31]).is_none());
    }
}
