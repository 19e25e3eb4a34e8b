//! Documents: forms and referral records in words, which can be read under HALT, and volumes of exhibits, which cannot.

use rusqlite::OptionalExtension;
use trail_domain::event::document::DocumentKind;
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{CaseId, Hash};
use trail_domain::procedure::permit::ViewPermit;
use trail_domain::time::Moment;

use super::keep::{file_aad, file_name, open_file};
use super::{Open, Signer, Vault};
use crate::checked::Checked;
use crate::database::large;
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::keys::seal;
use crate::ledger::verify::{files_of, holds_pictures};

impl Vault<Open> {
    /// Keeps a document with the events that make it or sign it, in one transaction. Exactly one of them names the
    /// document, by its SHA-256 and size. A volume holds pictures; the other kinds hold none.
    ///
    /// # Errors
    /// - If it holds pictures and the case is halted.
    /// - If not exactly one event names it, or its bytes are not the ones named.
    /// - If the case is not open to everybody signed in, or the signer is not here.
    /// - If it cannot be written; then nothing is.
    pub fn put_document(
        &mut self,
        case: &CaseId,
        events: &[Event],
        document: &Checked,
        at: Moment,
        signer: &Signer<'_>,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, StoreError> {
        let holds_pictures = check_document(events, document)?;
        let sha256 = document.sha256();
        if holds_pictures {
            self.refuse_if_halted(case)?;
        }
        let key = self.case_key(case)?;
        let pen = self.pen(signer, Some(case))?;
        let transaction = self.state.connection.unchecked_transaction()?;
        let recorded = self.write_events(&pen, Some(case), key, events, at, entropy)?;
        let made = recorded.iter().find(|recorded| files_of(&recorded.event).next().is_some());
        let seq = made.map(|made| made.seq).ok_or(WRONG_DOCUMENT)?;
        let sealed = seal::seal(key, &file_aad(case, sha256), document.bytes(), entropy);
        self.state
            .connection
            .prepare_cached(
                "INSERT INTO document (case_id, name, seq, holds_pictures, sealed) VALUES (?1, ?2, ?3, ?4, zeroblob(?5))",
            )?
            .execute((case.as_str(), file_name(key, sha256), seq.0, holds_pictures, sealed.len()))?;
        large::fill(&self.state.connection, "document", &sealed)?;
        transaction.commit()?;
        Ok(recorded)
    }

    /// Reads a document, checked against its hash. One that holds pictures needs a permit for this case.
    ///
    /// # Errors
    /// - If it holds pictures and the case is halted, or there is no permit for it.
    /// - If the case is not open to everybody signed in, or holds no such document.
    /// - If the document is not the one that was kept.
    pub fn get_document(
        &self,
        case: &CaseId,
        sha256: &Hash,
        permit: Option<&ViewPermit>,
    ) -> Result<Checked, StoreError> {
        self.get_document_with(case, sha256, permit.is_some_and(|permit| permit.case() == case))
    }

    pub(super) fn get_document_with(
        &self,
        case: &CaseId,
        sha256: &Hash,
        may_view: bool,
    ) -> Result<Checked, StoreError> {
        let key = self.case_key(case)?;
        let name = file_name(key, sha256);
        let mut statement = self.state.connection.prepare_cached(
            "SELECT max(holds_pictures) OVER (), sealed FROM document WHERE case_id = ?1 AND name = ?2 LIMIT 1",
        )?;
        let found: Option<(bool, Vec<u8>)> =
            statement.query_row((case.as_str(), name), |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (holds_pictures, sealed) = found.ok_or(StoreError::NoFile)?;
        if holds_pictures {
            self.refuse_if_halted(case)?;
            if !may_view {
                return Err(StoreError::NotAdmitted);
            }
        }
        open_file(key, case, sha256, sealed)
    }
}

const WRONG_DOCUMENT: StoreError = StoreError::Mismatch { what: "the document is not the one that its record names" };

/// Whether the document holds pictures, after making sure that it is the one named.
fn check_document(events: &[Event], document: &Checked) -> Result<bool, StoreError> {
    let mut named = events.iter().filter_map(named_document);
    let (Some((kind, hash, size)), None) = (named.next(), named.next()) else { return Err(WRONG_DOCUMENT) };
    let others = events.iter().flat_map(files_of).any(|(_, document)| document.is_none());
    let halts = events.iter().any(|event| matches!(event, Event::Halted { .. }));
    let fits = hash == *document.sha256() && size == document.bytes().len() as u64;
    if others || halts || !fits {
        return Err(WRONG_DOCUMENT);
    }
    Ok(holds_pictures(kind))
}

fn named_document(event: &Event) -> Option<(DocumentKind, Hash, u64)> {
    if let Event::DocumentMade { document } = event {
        return Some((document.kind, document.sha256, document.bytes));
    }
    if let Event::DocumentSigned { signed } = event {
        return Some((signed.kind, signed.sha256, signed.bytes));
    }
    None
}
