//! Checking the record: the ledger, and every file that it names.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use rusqlite::Connection;
use trail_domain::ids::{CaseId, Seq, StoreId};

use super::keep::{file_name, open_file};
use super::{Open, Vault};
use crate::error::StoreError;
use crate::keys::Key;
use crate::ledger::verify::{self, FaultKind, LedgerVerdict, Means, Named, Progress, Signatures};

/// Checked at each unlocking without a name for what stands before.
const NONE_BEFORE: &str = "none before it was checked";

impl Vault<Open> {
    /// Checks the whole record: positions, chain, signatures, certificates of sessions, admissions, halts, the bodies
    /// that may be opened, the files they name, and that no row is there that no entry tells of. Files of a halted
    /// case are looked for but not read.
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
        self.checking(signatures, &|case| self.any_case_key(case)).whole(on, |_| {})
    }

    /// Checks the last `most` entries, without files.
    pub(super) fn check_recent(&self, most: u64) -> Result<(), StoreError> {
        let case_key = |case: &CaseId| self.any_case_key(case);
        let checking = self.checking(Signatures::Together, &case_key);
        let (verdict, _) = verify::check(&checking.means(), Some(most), |_| {})?;
        let Some(fault) = verdict.faults.iter().min_by_key(|fault| fault.seq) else { return Ok(()) };
        let seq = fault.seq;
        let first = verdict.head.map_or(1, |(last, _)| last.0.saturating_sub(most.saturating_sub(1)).max(1));
        let holds = match seq.0.checked_sub(1) {
            Some(last) if last >= first => format!("entry {last} is the last that holds"),
            Some(_) | None => NONE_BEFORE.to_owned(),
        };
        Err(StoreError::damaged(format!("entry {seq} of the record does not hold; {holds}")))
    }

    pub(super) fn checking<'a>(
        &'a self,
        signatures: Signatures,
        case_key: &'a dyn Fn(&CaseId) -> Option<&'a Key>,
    ) -> Checking<'a> {
        let (connection, store_key) = (&self.state.connection, &self.state.store_key);
        let halts = &self.grounds.halts;
        Checking { connection, store: self.store(), store_key, case_key, halts, signatures, stop: None }
    }
}

/// What a check of the whole is made with.
pub(super) struct Checking<'a> {
    pub(super) connection: &'a Connection,
    pub(super) store: &'a StoreId,
    pub(super) store_key: &'a Key,
    pub(super) case_key: &'a dyn Fn(&CaseId) -> Option<&'a Key>,
    /// Halts that the record does not hold.
    pub(super) halts: &'a BTreeSet<CaseId>,
    pub(super) signatures: Signatures,
    pub(super) stop: Option<&'a AtomicBool>,
}

impl<'a> Checking<'a> {
    /// The ledger, then the files it names.
    pub(super) fn whole(
        &self,
        on_entries: impl FnMut(Progress),
        mut on_files: impl FnMut(Progress),
    ) -> Result<LedgerVerdict, StoreError> {
        let means = self.means();
        let (mut verdict, named) = verify::check(&means, None, on_entries)?;
        for (at, file) in named.iter().enumerate() {
            means.go_on()?;
            self.check_file(file, &mut verdict)?;
            on_files(Progress { done: at as u64 + 1, of: named.len() as u64 });
        }
        Ok(verdict)
    }

    fn means(&self) -> Means<'a> {
        let Self { connection, store, store_key, case_key, signatures, stop, .. } = *self;
        Means { connection, store, store_key, case_key, signatures, stop }
    }

    fn check_file(&self, file: &Named, verdict: &mut LedgerVerdict) -> Result<(), StoreError> {
        let Some(key) = (self.case_key)(&file.case) else { return Ok(()) };
        let table = if file.document.is_some() { "document" } else { "exhibit_file" };
        let sql = format!("SELECT sealed FROM {table} WHERE case_id = ?1 AND name = ?2 AND seq = ?3");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query((file.case.as_str(), file_name(key, &file.sha256), file.seq.0))?;
        let Some(row) = rows.next()? else {
            let holds_pictures = file.document.unwrap_or(true);
            if holds_pictures && left_out_after(self.connection, &file.case, file.seq)? {
                verdict.left_out += 1;
            } else {
                verdict.fault(file.seq, FaultKind::FileMissing);
            }
            return Ok(());
        };
        if self.halts.contains(&file.case) || is_halted(self.connection, &file.case)? {
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

/// The verdict on the ledger with what the pages are found to be.
pub(super) fn with_pages(
    ledger: Result<LedgerVerdict, StoreError>,
    pages_hold: bool,
) -> Result<LedgerVerdict, StoreError> {
    let mut verdict = match ledger {
        // Pages that do not hold are a finding; that the ledger could not be read for it is not another.
        Err(StoreError::Damaged { .. }) if !pages_hold => LedgerVerdict::default(),
        other => other?,
    };
    if !pages_hold {
        verdict.fault(Seq(0), FaultKind::BadPages);
    }
    Ok(verdict)
}

/// Both the table and the entries are asked: an old page put back must not lift a halt.
pub(super) fn is_halted(connection: &Connection, case: &CaseId) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM halted WHERE case_id = ?1) \
         OR EXISTS (SELECT 1 FROM entry WHERE kind = 'halted' AND case_id = ?1)",
    )?;
    Ok(statement.query_row([case.as_str()], |row| row.get(0))?)
}

/// Whether a later entry of the case, which is halted, tells that a restored store came without its pictures.
fn left_out_after(connection: &Connection, case: &CaseId, seq: Seq) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM entry WHERE kind = 'exhibits-left-out' AND case_id = ?1 AND seq > ?2)",
    )?;
    let is_told: bool = statement.query_row((case.as_str(), seq.0), |row| row.get(0))?;
    Ok(is_told && is_halted(connection, case)?)
}
