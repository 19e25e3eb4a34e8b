//! Names of things: newtypes, parsed once, never guessed.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a text is no valid name of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadId {
    wanted: &'static str,
}

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.wanted)
    }
}

impl std::error::Error for BadId {}

macro_rules! opaque_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Makes the id from 16 random bytes, given by the caller.
            #[must_use]
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(hex::encode(bytes))
            }

            /// The id as 32 lower-case hexadecimal digits.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;

            fn try_from(text: String) -> Result<Self, BadId> {
                let good = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                if good { Ok(Self(text)) } else { Err(BadId { wanted: "32 lower-case hexadecimal digits" }) }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

opaque_id!(
    /// A case, inside the store. Says nothing about the case.
    CaseId
);
opaque_id!(
    /// An enrolled person.
    PersonId
);
opaque_id!(
    /// A review session.
    SessionId
);
opaque_id!(
    /// A store.
    StoreId
);

/// The position of an entry in the ledger; the first entry is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A SHA-256 value (FIPS 180-4), written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash([u8; 32]);

impl Hash {
    /// Takes 32 bytes as they are.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The SHA-256 of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
        let mut out = [0; 32];
        out.copy_from_slice(digest.as_ref());
        Self(out)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl TryFrom<String> for Hash {
    type Error = BadId;

    fn try_from(text: String) -> Result<Self, BadId> {
        let mut out = [0; 32];
        hex::decode_to_slice(&text, &mut out).map_err(|_| BadId { wanted: "64 hexadecimal digits" })?;
        Ok(Self(out))
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hex::encode(hash.0)
    }
}

/// Initials under which a person produces exhibits: 2 to 4 capital letters, unique in the store.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Initials(String);

impl Initials {
    /// The letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Initials {
    type Error = BadId;

    fn try_from(text: String) -> Result<Self, BadId> {
        let good = (2..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase());
        if good { Ok(Self(text)) } else { Err(BadId { wanted: "2 to 4 capital letters" }) }
    }
}

impl From<Initials> for String {
    fn from(initials: Initials) -> Self {
        initials.0
    }
}

impl fmt::Display for Initials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An exhibit's mark in the form used in UK courts: producer's initials, a stroke, a number from 1 (`JS/1`).
/// Unique in a case, never reused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ExhibitMark {
    initials: Initials,
    number: u32,
}

impl ExhibitMark {
    /// The mark with this number, from 1.
    #[must_use]
    pub fn new(initials: Initials, number: u32) -> Self {
        Self { initials, number }
    }

    /// Who produced the exhibit.
    #[must_use]
    pub fn initials(&self) -> &Initials {
        &self.initials
    }

    /// The running number under these initials in this case, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }
}

impl fmt::Display for ExhibitMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.initials, self.number)
    }
}

impl TryFrom<String> for ExhibitMark {
    type Error = BadId;

    fn try_from(text: String) -> Result<Self, BadId> {
        let bad = BadId { wanted: "initials, a stroke and a number, as in JS/1" };
        let (initials, number) = text.split_once('/').ok_or(bad)?;
        let number: u32 = number.parse().map_err(|_| bad)?;
        let initials = Initials::try_from(initials.to_owned()).map_err(|_| bad)?;
        if number == 0 { Err(bad) } else { Ok(Self { initials, number }) }
    }
}

impl From<ExhibitMark> for String {
    fn from(mark: ExhibitMark) -> Self {
        mark.to_string()
    }
}

/// The reference that people use for a case: the school's prefix, the year and a running number
/// (`HB-2026-0001`; in practice mode `PRACTICE-HB-2026-0001`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseReference(String);

impl CaseReference {
    /// The reference as printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CaseReference {
    type Error = BadId;

    fn try_from(text: String) -> Result<Self, BadId> {
        let good = (3..=40).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
        if good { Ok(Self(text)) } else { Err(BadId { wanted: "capital letters, digits and hyphens" }) }
    }
}

impl From<CaseReference> for String {
    fn from(reference: CaseReference) -> Self {
        reference.0
    }
}

impl fmt::Display for CaseReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
