//! What is to be written: every file of the bag, each with its bytes or with the hash of what the store keeps.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use ring::rand::SecureRandom;

use super::BAGIT;
use super::statement::Statement;
use crate::authority::{Certificate, FormKey, KeyError, sign_message};
use crate::sha256;
use crate::sign::cms;

/// Longest name of a file in a bag.
const LONGEST: usize = 160;

/// A file of a bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Its bytes.
    Here(Vec<u8>),
    /// The store keeps it: whoever writes the bag reads it there, and must find this hash.
    Kept {
        /// SHA-256 of the file.
        sha256: [u8; 32],
        /// Its size in bytes.
        bytes: u64,
    },
}

/// The files under `data/`, by their whole names.
#[derive(Debug, Clone, Default)]
pub struct Payload {
    files: BTreeMap<String, Content>,
}

/// Who makes the package and signs for it.
#[derive(Debug, Clone, Copy)]
pub struct SealedBy<'a> {
    /// The person's key.
    pub key: &'a FormKey,
    /// Their certificate.
    pub certificate: &'a Certificate,
    /// The certificate of the school's authority that issued it.
    pub authority: &'a Certificate,
}

/// A whole bag, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bag {
    files: BTreeMap<String, Content>,
    statement: [u8; 32],
}

/// Why a package could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// A name has no place in a package.
    #[error("A file called “{name}” cannot be put into a package. Report this; it is a fault of the program.")]
    Name {
        /// The name.
        name: String,
    },
    /// Two files have one name, or names that differ in capitals only.
    #[error("Two files of the package would be called “{name}”. Report this; it is a fault of the program.")]
    Twice {
        /// The name.
        name: String,
    },
    /// The certificate is not the signer's, or is not valid.
    #[error("The school's authority does not vouch for this certificate now. Check this computer's clock.")]
    NotVouchedFor,
    /// The key failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The signature or the statement could not be put together.
    #[error("The package could not be sealed. Try again; if it happens again, report it.")]
    Encoding,
}

impl Content {
    /// SHA-256 of the file.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        match self {
            Self::Here(bytes) => sha256(bytes),
            Self::Kept { sha256, .. } => *sha256,
        }
    }

    /// Its size in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Here(bytes) => bytes.len() as u64,
            Self::Kept { bytes, .. } => *bytes,
        }
    }
}

impl Payload {
    /// Adds a file.
    ///
    /// # Errors
    /// - If the name does not lie under `data/`, or has anything but small words, figures, dots, dashes and slashes.
    /// - If there is such a file already.
    pub fn add(&mut self, name: &str, content: Content) -> Result<(), PackageError> {
        if !is_plain(name) || !name.starts_with("data/") {
            return Err(PackageError::Name { name: name.to_owned() });
        }
        let is_taken = self.files.keys().any(|there| there.eq_ignore_ascii_case(name));
        if is_taken {
            return Err(PackageError::Twice { name: name.to_owned() });
        }
        self.files.insert(name.to_owned(), content);
        Ok(())
    }

    /// The files, by their names.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<String, Content> {
        &self.files
    }
}

impl Bag {
    /// Binds and signs a package.
    ///
    /// # Errors
    /// - If the authority does not vouch for the maker's certificate at the time that the statement names.
    /// - If the source of randomness fails.
    pub fn sealed(
        mut statement: Statement,
        payload: Payload,
        by: &SealedBy<'_>,
        rng: &dyn SecureRandom,
    ) -> Result<Self, PackageError> {
        let made = statement.made_at().ok_or(PackageError::Encoding)?;
        if !is_vouched_for(by, made) {
            return Err(PackageError::NotVouchedFor);
        }
        let manifest = manifest(payload.files.iter().map(|(name, content)| (name.as_str(), content.sha256())));
        let info = bag_info(&statement, &payload);
        statement.bagit = hex::encode(sha256(BAGIT.as_bytes()));
        statement.bag_info = hex::encode(sha256(info.as_bytes()));
        statement.manifest = hex::encode(sha256(manifest.as_bytes()));
        let stated = statement.bytes().ok_or(PackageError::Encoding)?;
        let digest = sha256(&stated);
        let message = cms::signed_bytes(&digest, by.certificate).map_err(|_| PackageError::Encoding)?;
        let signature = sign_message(by.key, &message, rng)?;
        let signed = cms::Signed { digest: &digest, signature: &signature, stamp: None };
        let signature = cms::encode(&signed, by.certificate, by.authority).map_err(|_| PackageError::Encoding)?;
        let tags = [
            ("bag-info.txt", info.into_bytes()),
            ("bagit.txt", BAGIT.as_bytes().to_vec()),
            ("manifest-sha256.txt", manifest.into_bytes()),
            ("statement.json", stated),
            ("statement.p7s", signature),
        ];
        let list = super::bag::manifest(tags.iter().map(|(name, bytes)| (*name, sha256(bytes))));
        let mut files = payload.files;
        files.extend(tags.map(|(name, bytes)| (name.to_owned(), Content::Here(bytes))));
        files.insert("tagmanifest-sha256.txt".to_owned(), Content::Here(list.into_bytes()));
        Ok(Self { files, statement: digest })
    }

    /// Every file of the bag, by its name.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<String, Content> {
        &self.files
    }

    /// SHA-256 of the statement: it stands for the whole package.
    #[must_use]
    pub fn statement_sha256(&self) -> [u8; 32] {
        self.statement
    }

    /// How many bytes all files have together.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.files.values().map(Content::bytes).sum()
    }
}

/// A manifest of RFC 8493, section 2.1.3: in the order of names, two spaces between.
pub(super) fn manifest<'a>(files: impl Iterator<Item = (&'a str, [u8; 32])>) -> String {
    files.map(|(name, sha256)| format!("{}  {name}\n", hex::encode(sha256))).collect()
}

/// The names and hashes of a manifest; nothing if it is not in its one form.
pub(super) fn read_manifest(bytes: &[u8]) -> Option<BTreeMap<String, [u8; 32]>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut files = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for line in text.lines() {
        let (figures, name) = line.split_once("  ")?;
        let is_new = is_plain(name) && name.starts_with("data/") && seen.insert(name.to_ascii_lowercase());
        files.insert(name.to_owned(), super::hash(figures).filter(|_| is_new)?);
    }
    let again = manifest(files.iter().map(|(name, hash)| (name.as_str(), *hash)));
    (!files.is_empty() && again.as_bytes() == bytes).then_some(files)
}

/// Whether a name means the same file on every system.
fn is_plain(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    name.len() <= LONGEST
        && name.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.ends_with('.'))
        && name.bytes().all(|byte| byte == b'/' || is_letter(byte))
}

fn is_vouched_for(by: &SealedBy<'_>, at: DateTime<Utc>) -> bool {
    let certificate = by.certificate;
    certificate.public_key() == Some(by.key.public())
        && certificate.is_signer()
        && by.authority.is_authority()
        && certificate.is_issued_by(by.authority)
        && certificate.is_valid_at(at)
        && by.authority.is_valid_at(at)
}

fn bag_info(statement: &Statement, payload: &Payload) -> String {
    let bytes: u64 = payload.files.values().map(Content::bytes).sum();
    let day = statement.made.get(..10).unwrap_or_default();
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    [
        ("Source-Organization", one_line(&statement.school)),
        ("Bagging-Date", day.to_owned()),
        ("External-Identifier", one_line(&format!("{} hand-over {}", statement.reference, statement.number))),
        ("Payload-Oxum", format!("{bytes}.{}", payload.files.len())),
        ("Bag-Software-Agent", concat!("Evidence Trail ", env!("CARGO_PKG_VERSION")).to_owned()),
    ]
    .iter()
    .map(|(label, value)| format!("{label}: {value}\n"))
    .collect()
}
