//! Bytes together with their hash, which is computed once: they cannot be held under another one.

use std::fmt;

use trail_domain::ids::Hash;
use zeroize::Zeroizing;

/// Bytes whose SHA-256 is the one that the ledger names, or is about to. Wiped when dropped.
pub struct Checked {
    bytes: Zeroizing<Vec<u8>>,
    sha256: Hash,
}

impl Checked {
    /// Takes bytes that are about to be kept, and hashes them.
    #[must_use]
    pub fn of(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self { sha256: Hash::of(&bytes), bytes }
    }

    /// Takes the bytes if they are the ones named.
    pub(crate) fn take(bytes: Zeroizing<Vec<u8>>, sha256: &Hash) -> Option<Self> {
        Some(Self::of(bytes)).filter(|taken| taken.sha256 == *sha256)
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Their SHA-256.
    #[must_use]
    pub fn sha256(&self) -> &Hash {
        &self.sha256
    }
}

impl fmt::Debug for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Checked({} bytes, {})", self.bytes.len(), self.sha256)
    }
}
