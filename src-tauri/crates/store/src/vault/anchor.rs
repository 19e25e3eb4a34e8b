//! Anchors: a head kept outside the store (printed, in the keychain) shows a tail cut off or an old copy put back,
//! which a chain alone cannot.

use trail_domain::ids::{Hash, Seq};

use super::{Open, Vault};
use crate::error::StoreError;

/// How the ledger stands to an anchor that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchored {
    /// It ends there.
    There,
    /// It went on by so many entries.
    Since(u64),
}

impl Vault<Open> {
    /// Compares the ledger with a head that it had before. Says nothing of entries made after that head was taken.
    ///
    /// # Errors
    /// - If the ledger ends before it: cut, or an old copy put back.
    /// - If another entry stands there: rewritten.
    pub fn compare(&self, anchor: (Seq, Hash)) -> Result<Anchored, StoreError> {
        let (expected, hash) = anchor;
        let (found, _) = self.head()?.unwrap_or((Seq(0), hash));
        if found < expected {
            return Err(StoreError::RolledBack { expected, found });
        }
        let mut statement = self.state.connection.prepare_cached("SELECT hash FROM entry WHERE seq = ?1")?;
        let mut rows = statement.query([expected.0])?;
        let there: Option<[u8; 32]> = rows.next()?.map(|row| row.get(0)).transpose()?;
        if there != Some(*hash.bytes()) {
            return Err(StoreError::Rewritten { at: expected });
        }
        Ok(if found == expected { Anchored::There } else { Anchored::Since(found.0 - expected.0) })
    }
}
