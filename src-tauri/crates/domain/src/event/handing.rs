//! What is recorded of packages that were handed over.

use serde::{Deserialize, Serialize};

use crate::ids::{Hash, Seq};
use crate::words::Words;

/// What a package is for. It decides what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HandOverVariant {
    /// For the police: all but what is sealed.
    Police,
    /// For the LADO: unredacted for the person concerned; addresses only where the record's pages print them.
    Lado,
    /// For the headteacher: the form and nothing else.
    Headteacher,
    /// For the Local Authority: words in which only chosen people are named, and pictures that were drawn over.
    LocalAuthority,
    /// For a subject access request: a draft for the data protection officer, redacted in the same way. One person is
    /// named: whose request it is.
    SubjectAccess,
}

impl HandOverVariant {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Police, Self::Lado, Self::LocalAuthority, Self::Headteacher, Self::SubjectAccess];
}

/// How a package is delivered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "as", rename_all_fields = "kebab-case")]
pub enum Delivery {
    /// A folder as it is (BagIt 1.0).
    #[default]
    Bag,
    /// A ZIP file, encrypted with AES-256. Its passphrase stands nowhere in the record.
    Zip {
        /// SHA-256 of the ZIP file.
        sha256: Hash,
        /// Its size in bytes.
        bytes: u64,
    },
    /// A flat folder of files for an upload portal, each of at most [`LARGEST_LOOSE`] bytes.
    Loose {
        /// SHA-256 of each file that is larger, and so is not there.
        left_out: Vec<Hash>,
    },
}

/// Bytes that a loose file for an upload portal has at most: 50 MB. Volumes of exhibits keep to it.
pub const LARGEST_LOOSE: u64 = 50_000_000;

/// A package that is handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct HandOver {
    /// Its number in the case, from 1.
    pub number: u32,
    /// What it is for.
    pub variant: HandOverVariant,
    /// To whom.
    pub to: Words,
    /// Their force or organisation.
    pub organisation: Words,
    /// Their reference, or why there is none.
    pub reference: Words,
    /// What it is handed over on.
    pub medium: Words,
    /// The medium's serial number, or why there is none.
    pub serial: Words,
    /// The name of its folder.
    pub name: String,
    /// SHA-256 of its statement: it stands for the whole package.
    pub statement: Hash,
    /// How many files.
    pub files: u32,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of each document in it.
    pub documents: Vec<Hash>,
    /// SHA-256 of each file of an exhibit in it: pictures.
    pub pictures: Vec<Hash>,
    /// Where the ledger ended in it.
    pub head: (Seq, Hash),
    /// Where it was written.
    pub place: Words,
    /// How it was delivered.
    #[serde(default)]
    pub delivery: Delivery,
    /// Of a redacted package, who is named in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<Words>,
}

/// What became of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HandOverEnd {
    /// Its medium came back.
    Returned,
    /// Its medium was wiped or destroyed.
    Wiped,
    /// It was not written whole. Where something of it could not be taken away, the words say so.
    NotWritten,
}
