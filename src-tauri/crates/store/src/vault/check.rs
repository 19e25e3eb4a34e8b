//! Checking the record: the ledger, and every file that it names.

use trail_domain::ids::CaseId;

use super::keep::{file_name, open_file};
use super::{Open, Vault};
use crate::error::StoreError;
use crate::keys::Key;
use crate::ledger::verify::{self, Fault, FaultKind, LedgerVerdict, Means, Named, Progress, Signatures};

impl Vault<Open> {
    /// Checks the whole record: positions, chain, signatures, certificates of sessions, admissions, halts, the bodies
    /// that may be opened, and the files they name. Files of a halted case are looked for but not read.
    ///
    /// # Errors
    /// - If the database cannot be read. What does not hold is in the verdict, not an error.
    pub fn verify(&self, on: impl FnMut(Progress)) -> Result<LedgerVerdict, StoreError> {
        self.check_whole(Signatures::Together, on)
    }

    /// The same check, each signature by itself. Only for measuring [`Vault::verify`] against it.
    ///
    /// # Errors
    /// - If the database cannot be read.
    #[doc(hidden)]
    pub fn verify_one_by_one(&self) -> Result<LedgerVerdict, StoreError> {
        self.check_whole(Signatures::OneByOne, |_| {})
    }

    fn check_whole(&self, signatures: Signatures, on: impl FnMut(Progress)) -> Result<LedgerVerdict, StoreError> {
        let case_key = |case: &CaseId| self.any_case_key(case);
        let (mut verdict, named) = verify::check(&self.means(signatures, &case_key), None, on)?;
        for file in &named {
            self.check_file(file, &mut verdict)?;
        }
        Ok(verdict)
    }

    /// Checks the last `most` entries, without files.
    pub(super) fn check_recent(&self, most: u64) -> Result<(), StoreError> {
        let case_key = |case: &CaseId| self.any_case_key(case);
        let (verdict, _) = verify::check(&self.means(Signatures::Together, &case_key), Some(most), |_| {})?;
        match verdict.faults.first() {
            None => Ok(()),
            Some(Fault { seq, .. }) => Err(StoreError::damaged(format!("entry {seq} of the record does not hold"))),
        }
    }

    fn means<'a>(&'a self, signatures: Signatures, case_key: &'a dyn Fn(&CaseId) -> Option<&'a Key>) -> Means<'a> {
        let (connection, store_key) = (&self.state.connection, &self.state.store_key);
        Means { connection, store: self.store(), store_key, case_key, signatures }
    }

    fn check_file(&self, file: &Named, verdict: &mut LedgerVerdict) -> Result<(), StoreError> {
        let Some(key) = self.any_case_key(&file.case) else { return Ok(()) };
        let table = if file.is_document { "document" } else { "exhibit_file" };
        let sql = format!("SELECT sealed FROM {table} WHERE case_id = ?1 AND name = ?2 AND seq = ?3");
        let mut statement = self.state.connection.prepare_cached(&sql)?;
        let mut rows = statement.query((file.case.as_str(), file_name(key, &file.sha256), file.seq.0))?;
        let Some(row) = rows.next()? else {
            verdict.fault(file.seq, FaultKind::FileMissing);
            return Ok(());
        };
        if self.is_halted(&file.case) {
            verdict.unread_files += 1;
            return Ok(());
        }
        match open_file(key, &file.case, &file.sha256, row.get(0)?) {
            Ok(_) => verdict.files += 1,
            Err(_) => verdict.fault(file.seq, FaultKind::FileAltered),
        }
        Ok(())
    }
}
