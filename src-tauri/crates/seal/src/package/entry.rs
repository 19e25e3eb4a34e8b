//! One entry of the ledger, as an excerpt writes it, and what can be checked of it alone.
//!
//! `hash = SHA-256("evidence-trail/entry/v1" NUL front)`, where the front is canonical JSON of all but the hash, the
//! signature and the body; the signature is Ed25519 (RFC 8032) over `"evidence-trail/signature/v1" NUL hash`. The
//! body's hash is SHA-256 of its salt and its canonical JSON.

use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use super::{canonical, hash};
use crate::sha256;

/// An entry in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its place in the ledger, from 1, in decimal figures.
    pub seq: String,
    /// The case's own id; none for an entry of the store.
    pub case: Option<String>,
    /// When it was made: microseconds since 1970, UTC, in decimal figures.
    pub at: String,
    /// What kind of entry it is.
    pub kind: String,
    /// SHA-256 of the salt and the body.
    pub body_hash: String,
    /// The hash of the entry before.
    pub prev: String,
    /// The session it was made in, whose key signs.
    pub session: Option<String>,
    /// The Ed25519 key that signs, 64 figures.
    pub key: String,
    /// This entry's hash.
    pub hash: String,
    /// The signature, 128 figures.
    pub signature: String,
    /// What the entry says, where the package gives it.
    pub body: Option<Body>,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// 32 bytes drawn by chance, so that a short body cannot be guessed from its hash.
    pub salt: String,
    /// The exact canonical JSON.
    pub json: String,
}

/// The part of an entry that its hash is made of.
#[derive(Serialize)]
struct Front<'a> {
    v: u8,
    seq: &'a str,
    case: Option<&'a str>,
    at: &'a str,
    kind: &'a str,
    body_hash: &'a str,
    prev: &'a str,
    session: Option<&'a str>,
    key: &'a str,
}

impl Entry {
    /// Its place in the ledger.
    pub(super) fn place(&self) -> Option<u64> {
        self.seq.parse::<u64>().ok().filter(|seq| seq.to_string() == self.seq)
    }

    /// Whether the hash is that of what the entry states.
    pub(super) fn hash_fits(&self) -> bool {
        let front = Front {
            v: 1,
            seq: &self.seq,
            case: self.case.as_deref(),
            at: &self.at,
            kind: &self.kind,
            body_hash: &self.body_hash,
            prev: &self.prev,
            session: self.session.as_deref(),
            key: &self.key,
        };
        let Some(front) = canonical(&front) else { return false };
        let named = [b"evidence-trail/entry/v1\0".as_slice(), &front].concat();
        hash(&self.hash) == Some(sha256(&named))
    }

    /// Whether the key that it names signed it.
    pub(super) fn is_signed(&self) -> bool {
        let (Some(key), Some(hash)) = (hash(&self.key), hash(&self.hash)) else { return false };
        let message = [b"evidence-trail/signature/v1\0".as_slice(), &hash].concat();
        is_signed_by(&key, &message, &self.signature)
    }

    /// Whether the body, where there is one, is the one that the entry was made for.
    pub(super) fn body_fits(&self) -> bool {
        let Some(body) = &self.body else { return true };
        let Some(salt) = hash(&body.salt) else { return false };
        let is_of_this_kind = self.says().and_then(|says| says["kind"].as_str().map(|kind| kind == self.kind));
        hash(&self.body_hash) == Some(sha256(&[salt.as_slice(), body.json.as_bytes()].concat()))
            && is_of_this_kind == Some(true)
    }

    /// What the body says, if it is JSON.
    pub(super) fn says(&self) -> Option<serde_json::Value> {
        serde_json::from_str(&self.body.as_ref()?.json).ok()
    }
}

/// Whether the key signed the message; the signature is 128 figures in small letters.
pub(super) fn is_signed_by(key: &[u8; 32], message: &[u8], signature: &str) -> bool {
    let mut bytes = [0; 64];
    let is_small = !signature.bytes().any(|byte| byte.is_ascii_uppercase());
    is_small
        && hex::decode_to_slice(signature, &mut bytes).is_ok()
        && UnparsedPublicKey::new(&ED25519, key).verify(message, &bytes).is_ok()
}
