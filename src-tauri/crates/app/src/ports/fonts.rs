//! Fonts beside the program's own.

use std::path::PathBuf;

/// Where a font pack for Chinese, Japanese and Korean may be.
pub trait FontPacks: Send + Sync {
    /// Looks for the pack of this computer.
    ///
    /// # Errors
    /// - If there is none, or it cannot be read: why.
    fn pack(&self) -> Result<FoundPack, String>;
}

/// A file that should be a font pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPack {
    /// The file.
    pub file: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
}
