//! The store's own entries, beside events: whose keys sign, and who was given which case's key.
//!
//! Their bodies are sealed under the store's key, so that whoever opens the store can check every signature.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use trail_domain::ids::{CaseId, Hash, PersonId, SessionId, StoreId};
use trail_domain::time::Moment;
use zeroize::Zeroizing;

use crate::error::StoreError;

/// Kinds of notes begin with this; no event's kind does.
const PREFIX: &str = "store/";
/// The kind of the note that a case's key was destroyed; the triggers know it too.
pub(crate) const DISPOSED: &str = "store/disposed";

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub(crate) enum Note {
    /// A person's public keys: Ed25519 for entries, X25519 for case keys; in hexadecimal digits.
    #[serde(rename = "store/keys-enrolled")]
    KeysEnrolled { person: PersonId, ledger: String, seal: String },
    /// The X25519 key that both recovery codes open.
    #[serde(rename = "store/recovery-keyed")]
    RecoveryKeyed { seal: String },
    /// A holder (a person, or recovery) was given a case's key; `sealed` is the hash of what they were given.
    #[serde(rename = "store/admitted")]
    Admitted { holder: String, sealed: Hash },
    /// Two people certified the key of a review session.
    #[serde(rename = "store/session-certified")]
    SessionCertified { certificate: Certificate, first_signature: String, second_signature: String },
    /// A case's key was destroyed: two people asked and agreed, the head decided and signs.
    #[serde(rename = "store/disposed")]
    Disposed { asked_by: PersonId, agreed_by: PersonId, head: PersonId, at: Moment },
}

/// The certificate of a session's key. Says who was signed in, not who was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Certificate {
    pub(crate) v: u8,
    pub(crate) store: StoreId,
    pub(crate) case: CaseId,
    pub(crate) session: SessionId,
    pub(crate) key: String,
    pub(crate) first: PersonId,
    pub(crate) second: PersonId,
    pub(crate) at: Moment,
}

impl Note {
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::KeysEnrolled { .. } => "store/keys-enrolled",
            Self::RecoveryKeyed { .. } => "store/recovery-keyed",
            Self::Admitted { .. } => "store/admitted",
            Self::SessionCertified { .. } => "store/session-certified",
            Self::Disposed { .. } => DISPOSED,
        }
    }

    /// Whether an entry of this kind is a note.
    pub(crate) fn is(kind: &str) -> bool {
        kind.starts_with(PREFIX)
    }

    pub(crate) fn body(&self) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        serde_json_canonicalizer::to_vec(self).map(Zeroizing::new).map_err(|_| StoreError::Unrecordable)
    }
}

impl Certificate {
    pub(crate) fn sign(&self, key: &SigningKey) -> Result<String, StoreError> {
        let message = self.message().ok_or(StoreError::Unrecordable)?;
        Ok(hex::encode(key.sign(&message).to_bytes()))
    }

    pub(crate) fn is_signed(&self, signature: &str, key: &VerifyingKey) -> bool {
        let mut bytes = [0; 64];
        hex::decode_to_slice(signature, &mut bytes).is_ok()
            && self.message().is_some_and(|message| key.verify_strict(&message, &Signature::from_bytes(&bytes)).is_ok())
    }

    fn message(&self) -> Option<Vec<u8>> {
        let canonical = serde_json_canonicalizer::to_vec(self).ok()?;
        Some([b"evidence-trail/session/v1\0".as_slice(), Hash::of(&canonical).bytes()].concat())
    }
}
