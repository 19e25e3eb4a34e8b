//! ECDSA on P-256 with SHA-256, in the one encoding that cannot be rewritten.
//!
//! For every signature (r, s) the pair (r, n - s) is valid too, and anyone can work it out. Only the
//! smaller s is written and accepted here, so that a signature has exactly one form.

use der::asn1::UintRef;
use der::{Decode, Encode, Sequence};
use ring::rand::SecureRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};

use super::key::{FormKey, KeyError, PublicKey};

/// The order of the group (SEC 2, secp256r1).
const ORDER: [u8; 32] = [
    0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6, 0xFA,
    0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
];

#[derive(Sequence)]
struct Pair<'a> {
    r: UintRef<'a>,
    s: UintRef<'a>,
}

/// Signs a message; the answer is the DER form (RFC 3279, section 2.2.3) with the smaller s.
pub(crate) fn sign(key: &FormKey, message: &[u8], rng: &dyn SecureRandom) -> Result<Vec<u8>, KeyError> {
    let fixed = key.pair(rng)?.sign(rng, message).map_err(|_| KeyError::Randomness)?;
    let (r, s) = fixed.as_ref().split_at(32);
    let s: [u8; 32] = s.try_into().map_err(|_| KeyError::Unreadable)?;
    encode(r, &smaller(s)).map_err(|_| KeyError::Unreadable)
}

/// Whether the signature is valid, in strict DER, and the one of its two forms that is accepted.
pub(crate) fn verify(key: &PublicKey, message: &[u8], signature: &[u8]) -> bool {
    is_canonical(signature)
        && UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, key.as_bytes()).verify(message, signature).is_ok()
}

fn is_canonical(signature: &[u8]) -> bool {
    let Ok(pair) = Pair::from_der(signature) else {
        return false;
    };
    let bytes = pair.s.as_bytes();
    let mut s = [0; 32];
    let Some(room) = s.len().checked_sub(bytes.len()) else {
        return false;
    };
    s[room..].copy_from_slice(bytes);
    s == smaller(s) && pair.to_der().is_ok_and(|again| again == signature)
}

fn encode(r: &[u8], s: &[u8]) -> der::Result<Vec<u8>> {
    Pair { r: UintRef::new(r)?, s: UintRef::new(s)? }.to_der()
}

fn smaller(s: [u8; 32]) -> [u8; 32] {
    let other = negated(&s);
    if other < s { other } else { s }
}

/// n - s, byte by byte from the right.
fn negated(s: &[u8; 32]) -> [u8; 32] {
    let mut out = [0; 32];
    let mut borrow = false;
    for place in (0..32).rev() {
        let (first, under) = ORDER[place].overflowing_sub(s[place]);
        let (second, again) = first.overflowing_sub(u8::from(borrow));
        out[place] = second;
        borrow = under || again;
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use ring::rand::SystemRandom;

    #[test]
    fn only_one_of_the_two_forms_of_a_signature_is_accepted() {
        let rng = SystemRandom::new();
        let key = FormKey::generate(&rng).unwrap();
        for round in 0..16u8 {
            let signature = sign(&key, &[round], &rng).unwrap();
            assert!(verify(&key.public(), &[round], &signature));
            let pair = Pair::from_der(&signature).unwrap();
            let mut s = [0; 32];
            s[32 - pair.s.as_bytes().len()..].copy_from_slice(pair.s.as_bytes());
            let twin = encode(pair.r.as_bytes(), &negated(&s)).unwrap();
            let plain = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, key.public().as_bytes().to_vec());
            assert!(plain.verify(&[round], &twin).is_ok(), "the twin is a valid signature");
            assert!(!verify(&key.public(), &[round], &twin), "and is refused");
        }
    }
}
