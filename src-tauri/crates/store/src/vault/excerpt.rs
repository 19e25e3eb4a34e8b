//! The ledger's excerpt of one case: its entries in full, and of every other entry behind its first only the hash.

use rusqlite::Row;
use trail_domain::ids::{CaseId, Hash, Seq, SessionId};
use trail_domain::time::Moment;
use zeroize::Zeroizing;

use super::{Open, Vault};
use crate::error::StoreError;
use crate::ledger::note::Note;
use crate::ledger::{COLUMNS, Entry};

/// One line of an excerpt.
#[derive(Debug)]
pub struct ExcerptLine {
    /// Its place in the ledger.
    pub seq: Seq,
    /// Its hash.
    pub hash: Hash,
    /// The rest of it, where it is of the case or names a key that signs.
    pub entry: Option<ExcerptEntry>,
}

/// An entry in full.
#[derive(Debug)]
pub struct ExcerptEntry {
    /// The case; none for an entry of the store.
    pub case: Option<CaseId>,
    /// When it was made.
    pub at: Moment,
    /// Its kind.
    pub kind: String,
    /// SHA-256 of the body with its salt.
    pub body_hash: Hash,
    /// The hash of the entry before.
    pub prev: Hash,
    /// The session it was made in.
    pub session: Option<SessionId>,
    /// The key that signs, Ed25519.
    pub key: [u8; 32],
    /// The signature.
    pub signature: [u8; 64],
    /// The salt and the canonical JSON of the body; none where it was erased.
    pub body: Option<([u8; 32], Zeroizing<Vec<u8>>)>,
}

impl Vault<Open> {
    /// The excerpt of a case: the notes that name people's keys, and from the case's first entry on a line for every
    /// entry of the ledger.
    ///
    /// # Errors
    /// - If the case is not open to everybody signed in.
    /// - If an entry's body is not the one it was made for.
    pub fn excerpt(&self, case: &CaseId) -> Result<Vec<ExcerptLine>, StoreError> {
        let case_key = self.case_key(case)?;
        let sql = format!(
            "SELECT {COLUMNS}, sealed FROM entry LEFT JOIN body USING (seq) \
             WHERE seq >= (SELECT min(seq) FROM entry WHERE case_id = ?1) \
             OR kind IN ('store/keys-enrolled', 'store/keys-renewed') ORDER BY seq"
        );
        let mut statement = self.state.connection.prepare(&sql)?;
        let mut rows = statement.query([case.as_str()])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let entry = Entry::read(row)?;
            let names_a_key = matches!(entry.kind.as_str(), "store/keys-enrolled" | "store/keys-renewed");
            let is_needed = entry.case.as_ref() == Some(case) || names_a_key;
            let key = if Note::is(&entry.kind) { &self.state.store_key } else { case_key };
            let (seq, hash) = (entry.seq, entry.hash);
            let entry = if is_needed { Some(in_full(entry, key, row)?) } else { None };
            lines.push(ExcerptLine { seq, hash, entry });
        }
        Ok(lines)
    }
}

fn in_full(entry: Entry, key: &crate::keys::Key, row: &Row<'_>) -> Result<ExcerptEntry, StoreError> {
    let altered = || StoreError::damaged(format!("entry {} is not the one that was written", entry.seq));
    let body = match row.get::<_, Option<Vec<u8>>>(10)? {
        Some(sealed) => Some(entry.open_salted(key, sealed).ok_or_else(altered)?),
        None => None,
    };
    Ok(ExcerptEntry {
        case: entry.case,
        at: entry.at,
        kind: entry.kind,
        body_hash: entry.body_hash,
        prev: entry.prev,
        session: entry.session,
        key: entry.key,
        signature: entry.signature,
        body,
    })
}
