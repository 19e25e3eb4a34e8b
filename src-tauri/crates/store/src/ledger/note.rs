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
    /// Whoever came after the store was made was let in by two people or by the recovery codes.
    KeysEnrolled {
        person: PersonId,
        ledger: String,
        seal: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approval: Option<Approval>,
    },
    /// A person has new public keys; the ones before sign nothing from here on.
    #[serde(rename = "store/keys-renewed")]
    KeysRenewed { person: PersonId, ledger: String, seal: String, approval: Approval },
    /// A person's keys sign nothing from here on.
    #[serde(rename = "store/keys-removed")]
    KeysRemoved { person: PersonId, ledger: String, approval: Approval },
    /// The X25519 key that both recovery codes open, and the Ed25519 key that approves for them (stores made by
    /// version 1 have none).
    #[serde(rename = "store/recovery-keyed")]
    RecoveryKeyed {
        seal: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approves: Option<String>,
    },
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

/// Who stands behind a change of keys, beside the person who signs the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) enum Approval {
    /// A second person.
    Second { person: PersonId, signature: String },
    /// Both recovery codes.
    Codes { signature: String },
}

/// A change of keys, as it is approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Change<'a> {
    pub(crate) kind: &'static str,
    pub(crate) store: &'a StoreId,
    pub(crate) person: &'a PersonId,
    pub(crate) ledger: &'a str,
    pub(crate) seal: Option<&'a str>,
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
            Self::KeysRenewed { .. } => "store/keys-renewed",
            Self::KeysRemoved { .. } => "store/keys-removed",
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

impl Change<'_> {
    pub(crate) fn sign(&self, key: &SigningKey) -> Result<String, StoreError> {
        sign(self.message(), key)
    }

    pub(crate) fn is_signed(&self, signature: &str, key: &VerifyingKey) -> bool {
        is_signed(self.message(), signature, key)
    }

    fn message(&self) -> Option<Vec<u8>> {
        message(b"evidence-trail/approval/v1\0", self)
    }
}

impl Certificate {
    pub(crate) fn sign(&self, key: &SigningKey) -> Result<String, StoreError> {
        sign(self.message(), key)
    }

    pub(crate) fn is_signed(&self, signature: &str, key: &VerifyingKey) -> bool {
        is_signed(self.message(), signature, key)
    }

    fn message(&self) -> Option<Vec<u8>> {
        message(b"evidence-trail/session/v1\0", self)
    }
}

/// What a signature is over: for what it is given, and the hash of the canonical JSON.
fn message(given_for: &[u8], what: &impl Serialize) -> Option<Vec<u8>> {
    let canonical = serde_json_canonicalizer::to_vec(what).ok()?;
    Some([given_for, Hash::of(&canonical).bytes()].concat())
}

fn sign(message: Option<Vec<u8>>, key: &SigningKey) -> Result<String, StoreError> {
    let message = message.ok_or(StoreError::Unrecordable)?;
    Ok(hex::encode(key.sign(&message).to_bytes()))
}

fn is_signed(message: Option<Vec<u8>>, signature: &str, key: &VerifyingKey) -> bool {
    let mut bytes = [0; 64];
    hex::decode_to_slice(signature, &mut bytes).is_ok()
        && message.is_some_and(|message| key.verify_strict(&message, &Signature::from_bytes(&bytes)).is_ok())
}
