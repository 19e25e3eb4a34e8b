//! Exhibits: kept with their entry in one transaction or not at all, and read back only with leave.

use std::collections::BTreeSet;

use trail_domain::event::capture::ExhibitKind;
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{CaseId, ExhibitMark, Hash, Seq};
use trail_domain::procedure::permit::{CapturePermit, ViewPermit};
use trail_domain::time::Moment;

use super::{Open, Signer, Vault};
use crate::checked::Checked;
use crate::database::large;
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::keys::{Key, seal};
use crate::ledger::verify::files_of;

/// What a [`CapturePermit`] allows, without the permit.
pub(super) struct Leave<'a> {
    pub(super) case: &'a CaseId,
    pub(super) kind: ExhibitKind,
    pub(super) mark: &'a ExhibitMark,
    pub(super) position: Seq,
}

impl Vault<Open> {
    /// Keeps one exhibit: its event, what else happened with it, and its files, durable when this returns. The
    /// transaction looks for a halt of the case again. On any error nothing is kept.
    ///
    /// # Errors
    /// - If the case is halted, in the record or in memory.
    /// - If the events do not hold exactly the exhibit that the permit is for.
    /// - If the files are not exactly those that the exhibit names, by SHA-256 and size.
    /// - If the case is not open to everybody signed in, or the signer is not here.
    /// - If it cannot be written.
    #[allow(clippy::needless_pass_by_value, reason = "a permit is consumed by the act that it allows")]
    pub fn keep(
        &mut self,
        permit: CapturePermit,
        events: &[Event],
        files: &[Checked],
        at: Moment,
        signer: &Signer<'_>,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, StoreError> {
        let leave =
            Leave { case: permit.case(), kind: permit.kind(), mark: permit.mark(), position: permit.position() };
        self.keep_with(&leave, events, files, at, signer, entropy)
    }

    pub(super) fn keep_with(
        &mut self,
        leave: &Leave<'_>,
        events: &[Event],
        files: &[Checked],
        at: Moment,
        signer: &Signer<'_>,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, StoreError> {
        let case = leave.case;
        self.refuse_if_halted(case)?;
        check_files(leave, events, files)?;
        let key = self.case_key(case)?;
        let pen = self.pen(signer, Some(case))?;
        let transaction = self.state.connection.unchecked_transaction()?;
        let recorded = self.write_events(&pen, Some(case), key, events, at, entropy)?;
        if self.last_seq(case)?.is_none_or(|last| last < leave.position) {
            return Err(StoreError::RolledBack {
                expected: leave.position,
                found: recorded.last().map_or(Seq(0), |last| last.seq),
            });
        }
        self.refuse_if_halted(case)?;
        let exhibit = recorded.iter().find(|recorded| matches!(recorded.event, Event::ExhibitKept { .. }));
        let seq = exhibit.map(|exhibit| exhibit.seq).ok_or(WRONG_EXHIBIT)?;
        let mut kept = BTreeSet::new();
        for file in files.iter().filter(|file| kept.insert(*file.sha256())) {
            let sha256 = file.sha256();
            let sealed = seal::seal(key, &file_aad(case, sha256), file.bytes(), entropy);
            self.state
                .connection
                .prepare_cached(
                    "INSERT INTO exhibit_file (case_id, name, seq, sealed) VALUES (?1, ?2, ?3, zeroblob(?4))",
                )?
                .execute((case.as_str(), file_name(key, sha256), seq.0, sealed.len()))?;
            large::fill(&self.state.connection, "exhibit_file", &sealed)?;
        }
        transaction.commit()?;
        Ok(recorded)
    }

    /// Reads one file of an exhibit, checked against its hash.
    ///
    /// # Errors
    /// - If the case is halted, and was not released since with this file unsealed.
    /// - If the case is not open to everybody signed in, or holds no such file.
    /// - If the file is not the one that was kept.
    pub fn read_file(&self, permit: &ViewPermit, sha256: &Hash) -> Result<Checked, StoreError> {
        if !permit.allows(sha256) {
            return Err(StoreError::Halted);
        }
        if permit.is_after_release() {
            self.refuse_unless_released(permit.case())?;
            return self.open_kept(permit.case(), sha256);
        }
        self.read_file_of(permit.case(), sha256)
    }

    pub(super) fn read_file_of(&self, case: &CaseId, sha256: &Hash) -> Result<Checked, StoreError> {
        self.refuse_if_halted(case)?;
        self.open_kept(case, sha256)
    }

    fn open_kept(&self, case: &CaseId, sha256: &Hash) -> Result<Checked, StoreError> {
        let key = self.case_key(case)?;
        let mut statement = self
            .state
            .connection
            .prepare_cached("SELECT sealed FROM exhibit_file WHERE case_id = ?1 AND name = ?2 LIMIT 1")?;
        let mut rows = statement.query((case.as_str(), file_name(key, sha256)))?;
        let sealed = rows.next()?.ok_or(StoreError::NoFile)?.get(0)?;
        open_file(key, case, sha256, sealed)
    }
}

/// The name that a file goes by in its table.
pub(crate) fn file_name(case_key: &Key, sha256: &Hash) -> [u8; 32] {
    case_key.name(&[b"evidence-trail/file/v1\0", sha256.bytes()])
}

/// What a sealed file is bound to.
pub(super) fn file_aad(case: &CaseId, sha256: &Hash) -> Vec<u8> {
    [b"evidence-trail/file/v1\0", case.as_str().as_bytes(), sha256.bytes()].concat()
}

pub(super) fn open_file(key: &Key, case: &CaseId, sha256: &Hash, sealed: Vec<u8>) -> Result<Checked, StoreError> {
    seal::open(key, &file_aad(case, sha256), sealed)
        .and_then(|bytes| Checked::take(bytes, sha256))
        .ok_or_else(|| StoreError::damaged("a file is not the one that was kept"))
}

const WRONG_EXHIBIT: StoreError = StoreError::Mismatch { what: "it is not the exhibit that was allowed" };

/// Exactly the allowed exhibit, and exactly its files.
fn check_files(leave: &Leave<'_>, events: &[Event], files: &[Checked]) -> Result<(), StoreError> {
    let mut exhibits = events
        .iter()
        .filter_map(|event| if let Event::ExhibitKept { exhibit, .. } = event { Some(exhibit) } else { None });
    let (Some(exhibit), None) = (exhibits.next(), exhibits.next()) else { return Err(WRONG_EXHIBIT) };
    let is_allowed = exhibit.mark == *leave.mark && exhibit.kind == leave.kind;
    let names_documents = events.iter().flat_map(files_of).any(|(_, document)| document.is_some());
    let halts = events.iter().any(|event| matches!(event, Event::Halted { .. }));
    if !is_allowed || names_documents || halts {
        return Err(WRONG_EXHIBIT);
    }
    let named: BTreeSet<(Hash, u64)> = exhibit.files.iter().map(|file| (file.sha256, file.bytes)).collect();
    let given = files.iter().map(|file| (*file.sha256(), file.bytes().len() as u64)).collect();
    if named == given {
        Ok(())
    } else {
        Err(StoreError::Mismatch { what: "its files are not the ones that its record names" })
    }
}
