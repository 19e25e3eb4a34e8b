//! Rows beside the ledger that no entry tells of. A fact about a case that nobody signed is a fault.

use std::collections::{BTreeMap, BTreeSet};

use trail_domain::ids::{CaseId, Hash, Seq};

use super::{FaultKind, LedgerVerdict, Means, Named, erasure};
use crate::error::StoreError;
use crate::ledger::keyring::KeyRing;
use crate::ledger::{COLUMNS, Entry};
use crate::vault::file_name;

/// Looks through every table that states facts.
pub(super) fn look(
    means: &Means<'_>,
    ring: &KeyRing,
    named: &[Named],
    verdict: &mut LedgerVerdict,
) -> Result<(), StoreError> {
    for (sql, what) in [
        (
            "SELECT f.seq FROM exhibit_file f LEFT JOIN entry e ON e.seq = f.seq \
             WHERE e.kind IS NOT 'exhibit-kept' OR e.case_id IS NOT f.case_id",
            FaultKind::FileUnaccounted,
        ),
        (
            "SELECT d.seq FROM document d LEFT JOIN entry e ON e.seq = d.seq \
             WHERE e.kind IS NULL OR e.kind NOT IN ('document-made', 'document-signed') OR e.case_id IS NOT d.case_id",
            FaultKind::FileUnaccounted,
        ),
        (
            "SELECT h.seq FROM halted h LEFT JOIN entry e ON e.seq = h.seq \
             WHERE e.kind IS NOT 'halted' OR e.case_id IS NOT h.case_id",
            FaultKind::HaltUnaccounted,
        ),
        ("SELECT b.seq FROM body b LEFT JOIN entry e ON e.seq = b.seq WHERE e.seq IS NULL", FaultKind::BodyUnaccounted),
        ("SELECT x.entry FROM erased x JOIN body b ON b.seq = x.entry", FaultKind::ErasureUnaccounted),
        ("SELECT x.entry FROM erased x JOIN exhibit_file f ON f.seq = x.entry", FaultKind::ErasureUnaccounted),
    ] {
        means.go_on()?;
        let mut statement = means.connection.prepare(sql)?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            verdict.fault(Seq(row.get(0)?), what);
        }
    }
    files(means, named, verdict)?;
    access(means, ring, verdict)?;
    erasures(means, ring, verdict)
}

/// Of the cases that are open: exactly the files that their entries name.
fn files(means: &Means<'_>, named: &[Named], verdict: &mut LedgerVerdict) -> Result<(), StoreError> {
    let mut accounted = BTreeMap::new();
    for file in named {
        if let Some(key) = (means.case_key)(&file.case) {
            let name = file_name(key, &file.sha256);
            accounted.insert((file.seq, name), file.document);
        }
    }
    for sql in
        ["SELECT case_id, name, seq, NULL FROM exhibit_file", "SELECT case_id, name, seq, holds_pictures FROM document"]
    {
        let mut statement = means.connection.prepare(sql)?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            means.go_on()?;
            let case = CaseId::try_from(row.get::<_, String>(0)?).ok();
            let seq = Seq(row.get(2)?);
            let is_open = case.is_some_and(|case| (means.case_key)(&case).is_some());
            let document: Option<bool> = row.get(3)?;
            let name = <[u8; 32]>::try_from(row.get::<_, Vec<u8>>(1)?).unwrap_or_default();
            if is_open && accounted.get(&(seq, name)) != Some(&document) {
                verdict.fault(seq, FaultKind::FileUnaccounted);
            }
        }
    }
    Ok(())
}

/// No key of a case is given out but as an entry tells.
fn access(means: &Means<'_>, ring: &KeyRing, verdict: &mut LedgerVerdict) -> Result<(), StoreError> {
    let told: BTreeSet<(&str, &str, &Hash)> = ring
        .admissions
        .iter()
        .filter(|admission| !ring.disposed.contains_key(&admission.case))
        .map(|admission| (admission.case.as_str(), admission.holder.as_str(), &admission.sealed))
        .collect();
    let mut statement = means.connection.prepare("SELECT case_id, holder, seq, sealed FROM case_access")?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let (case, holder): (String, String) = (row.get(0)?, row.get(1)?);
        let sealed: Vec<u8> = row.get(3)?;
        if !told.contains(&(case.as_str(), holder.as_str(), &Hash::of(&sealed))) {
            verdict.fault(Seq(row.get(2)?), FaultKind::AccessUnaccounted);
        }
    }
    Ok(())
}

/// Every line of the table of erasures is told of by an entry.
fn erasures(means: &Means<'_>, ring: &KeyRing, verdict: &mut LedgerVerdict) -> Result<(), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM entry WHERE seq IN (SELECT entry FROM erased)");
    let mut statement = means.connection.prepare(&sql)?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let entry = Entry::read(row)?;
        if !erasure::tells(means, ring, &entry)? {
            verdict.fault(entry.seq, FaultKind::ErasureUnaccounted);
        }
    }
    Ok(())
}
