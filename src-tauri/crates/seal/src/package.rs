//! The hand-over package: a bag (BagIt 1.0, RFC 8493) that a stranger can check.
//!
//! ```text
//! bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt
//! statement.json   what the package is, with the hashes of the three files above it
//! statement.p7s    the maker's signature over it (CMS, detached), with both certificates
//! data/...         the documents, exhibits, what was recorded of them, the ledger's excerpt
//! ```
//!
//! Every byte of a bag is bound: the manifest names the files in `data`, the statement the manifest, the signature the
//! statement, and the tag manifest has one form only. [`Bag`] is what is to be written; of a disk only [`Folder`] knows, which reads.

mod bag;
mod documents;
mod entry;
mod excerpt;
mod files;
mod folder;
mod judged;
mod looked;
mod loose;
mod statement;

pub use bag::{Bag, Content, PackageError, Payload, SealedBy};
pub use entry::{Body, Entry};
pub use excerpt::{Excerpt, Line};
pub use files::{Files, InMemory};
pub use folder::{Folder, summed};
pub use judged::{Fact, PackageVerdict};
pub use looked::{verify_excerpt, verify_package};
pub use loose::{Flat, LOOSE_LIST, Loose, loose_name};
pub use statement::{Head, StatedDocument, Statement};

/// The declaration of RFC 8493, section 2.1.1.
pub(crate) const BAGIT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// The ledger's excerpt in a bag.
pub const EXCERPT: &str = "data/ledger/excerpt.jsonl";

/// Canonical JSON (RFC 8785).
fn canonical(value: &impl serde::Serialize) -> Option<Vec<u8>> {
    serde_json_canonicalizer::to_vec(value).ok()
}

/// A hash as its 64 figures, in small letters; nothing if the text is anything else.
fn hash(text: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    let is_small = !text.bytes().any(|byte| byte.is_ascii_uppercase());
    (is_small && hex::decode_to_slice(text, &mut out).is_ok()).then_some(out)
}
