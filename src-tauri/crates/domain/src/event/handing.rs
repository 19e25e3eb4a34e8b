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
}

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
