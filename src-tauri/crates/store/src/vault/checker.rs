//! The full check behind an open store: with a connection and keys of its own, at one moment of the ledger, while
//! people go on working.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use trail_domain::ids::{CaseId, StoreId};

use super::check::{Checking, with_pages};
use super::{Open, Vault};
use crate::database::{self, pages};
use crate::error::StoreError;
use crate::keys::Key;
use crate::ledger::verify::{LedgerVerdict, Signatures};

/// A check that can be run on another thread. Its keys are wiped when it ends.
pub struct Checker {
    connection: Connection,
    path: PathBuf,
    store: StoreId,
    data_key: Key,
    store_key: Key,
    cases: BTreeMap<CaseId, Key>,
    halts: BTreeSet<CaseId>,
}

/// What a check is doing, and how far it has come in that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckStep {
    /// How many are done.
    pub done: u64,
    /// Of how many.
    pub of: u64,
    /// What is checked.
    pub what: CheckPart,
}

/// The parts of a check, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckPart {
    /// The pages of the file.
    Pages,
    /// How they hang together.
    Structure,
    /// The entries of the ledger.
    Entries,
    /// The files that they name.
    Files,
}

impl Vault<Open> {
    /// A check of the whole, to be run beside the work.
    ///
    /// # Errors
    /// - If the database cannot be opened a second time.
    pub fn checker(&self) -> Result<Checker, StoreError> {
        let path = self.grounds.folder.database();
        let mut connection = database::open(&path, &self.state.data_key)?;
        database::guard_reading(&mut connection)?;
        let mut cases = self.state.recovered.clone().unwrap_or_default();
        for person in &self.state.people {
            cases.extend(person.cases.iter().map(|(case, key)| (case.clone(), key.clone())));
        }
        Ok(Checker {
            connection,
            path,
            store: self.store().clone(),
            data_key: self.state.data_key.clone(),
            store_key: self.state.store_key.clone(),
            cases,
            halts: self.grounds.halts.clone(),
        })
    }
}

impl Checker {
    /// Checks pages, structure, ledger and files, as they are when it begins; what is added meanwhile is left out.
    ///
    /// # Errors
    /// - If `stop` was set ([`StoreError::Stopped`]): within a moment, wherever it is.
    /// - If the database cannot be read. What does not hold is in the verdict, not an error.
    pub fn run(self, stop: &AtomicBool, on: impl FnMut(CheckStep)) -> Result<LedgerVerdict, StoreError> {
        let done = AtomicBool::new(false);
        let interrupt = self.connection.get_interrupt_handle();
        thread::scope(|scope| {
            let watch = scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    if stop.load(Ordering::Relaxed) {
                        interrupt.interrupt();
                    }
                    thread::park_timeout(Duration::from_millis(20));
                }
            });
            let verdict = self.check(stop, on);
            done.store(true, Ordering::Relaxed);
            watch.thread().unpark();
            verdict
        })
    }

    fn check(&self, stop: &AtomicBool, mut on: impl FnMut(CheckStep)) -> Result<LedgerVerdict, StoreError> {
        let mut step = |what, done, of| on(CheckStep { done, of, what });
        // What is in the log goes into the file first, as far as it can, so that its pages are checked too.
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", (), |_| Ok(()));
        self.connection.execute_batch("BEGIN")?;
        crate::ledger::head(&self.connection)?;
        let are_sealed = pages::are_sealed(&self.path, &self.data_key, stop, |done, of| {
            step(CheckPart::Pages, done, of);
        })?;
        step(CheckPart::Structure, 0, 1);
        let hang_together = pages::hang_together(&self.connection)?;
        step(CheckPart::Structure, 1, 1);
        let checking = Checking {
            connection: &self.connection,
            store: &self.store,
            store_key: &self.store_key,
            case_key: &|case| self.cases.get(case),
            halts: &self.halts,
            signatures: Signatures::Together,
            stop: Some(stop),
        };
        let step = std::cell::RefCell::new(step);
        let whole = checking.whole(
            |progress| (step.borrow_mut())(CheckPart::Entries, progress.done, progress.of),
            |progress| (step.borrow_mut())(CheckPart::Files, progress.done, progress.of),
        );
        with_pages(whole, are_sealed && hang_together)
    }
}

impl fmt::Debug for Checker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Checker({})", self.store)
    }
}
