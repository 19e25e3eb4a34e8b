//! Bytes that were checked against the hash under which the ledger names them.

use std::fmt;

use trail_domain::ids::Hash;
use zeroize::Zeroizing;

/// Bytes whose SHA-256 is the one that the ledger names. Wiped when dropped.
pub struct Checked {
    bytes: Zeroizing<Vec<u8>>,
    sha256: Hash,
}

impl Checked {
    /// Takes the bytes if they are the ones named.
    pub(crate) fn take(bytes: Zeroizing<Vec<u8>>, sha256: &Hash) -> Option<Self> {
        (Hash::of(&bytes) == *sha256).then_some(Self { bytes, sha256: *sha256 })
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
