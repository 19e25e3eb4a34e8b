//! What is recorded of the documents that were made and signed.

use serde::{Deserialize, Serialize};

use crate::ids::{ExhibitMark, Hash, PersonId, Seq};
use crate::time::Moment;
use crate::words::Words;

/// What kind of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// The record of review: the evidence form.
    Record,
    /// A volume of exhibits.
    Volume,
    /// The police referral record: words only.
    Referral,
}

/// A document that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct DocumentMade {
    /// Its kind.
    pub kind: DocumentKind,
    /// The edition, from 1; of a volume, its number.
    pub edition: u32,
    /// The edition of the form that the document belongs to.
    pub form_edition: u32,
    /// Its file name.
    pub name: String,
    /// SHA-256 of the file before signing.
    pub sha256: Hash,
    /// Its size in bytes.
    pub bytes: u64,
    /// How many pages.
    pub pages: u32,
    /// The ledger's head that it prints.
    pub head: (Seq, Hash),
    /// The exhibits that a volume binds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub binds: Vec<ExhibitMark>,
}

/// Which field a signature fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureField {
    /// First reviewing person.
    First,
    /// Second reviewing person.
    Second,
    /// Headteacher, or who stands in.
    Head,
    /// The person who made a volume or referral record.
    Maker,
}

/// A signature that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Signed {
    /// The document.
    pub kind: DocumentKind,
    /// Its edition or volume number.
    pub edition: u32,
    /// The edition of the form that the document belongs to.
    pub form_edition: u32,
    /// Which field.
    pub field: SignatureField,
    /// Who.
    pub person: PersonId,
    /// SHA-256 of the file before.
    pub before: Hash,
    /// SHA-256 of the file with this signature.
    pub sha256: Hash,
    /// Its size in bytes.
    pub bytes: u64,
    /// How its time is known, where the school has a time-stamp authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Box<SignatureTime>>,
}

/// How the time of a signature is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum SignatureTime {
    /// A time-stamp authority vouches for it (RFC 3161).
    Authority {
        /// Its name in its certificate.
        name: String,
        /// Where it was asked.
        address: String,
        /// When the signature was there, by the authority's clock.
        at: Moment,
        /// SHA-256 of the root certificate that its own leads up to.
        root: Hash,
        /// The authority's whole reply as it came, DER as base64.
        reply: String,
    },
    /// This computer's clock alone.
    Computer {
        /// Why no authority vouches for it.
        because: String,
    },
}

/// The head returned the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Returned {
    /// The edition.
    pub edition: u32,
    /// Who.
    pub by: PersonId,
    /// Why.
    pub reasons: Words,
}
