//! Reading the ledger back: what a case's events are, which cases there are, where it ends.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Params};
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{CaseId, Hash, Seq};
use trail_domain::register::Register;
use trail_domain::time::Moment;

use super::sign_in::case_id;
use super::{Open, Vault};
use crate::database::freeze;
use crate::error::StoreError;
use crate::keys::Key;
use crate::ledger::keyring::KeyRing;
use crate::ledger::note::Note;
use crate::ledger::{self, COLUMNS, Entry};

impl Vault<Open> {
    /// The events of a case, in order. Each body is checked against its entry.
    ///
    /// # Errors
    /// - If the case is not open to everybody signed in.
    /// - If an entry's body is missing or not the one it was made for.
    pub fn events(&self, case: &CaseId) -> Result<Vec<Recorded>, StoreError> {
        self.read("case_id = ?1", [case.as_str()], self.case_key(case)?)
    }

    /// The hashes of a case's entries, each with its position, in order; the store's own notes are among them.
    ///
    /// # Errors
    /// - If they cannot be read.
    pub fn entry_hashes(&self, case: &CaseId) -> Result<Vec<(Seq, Hash)>, StoreError> {
        self.case_key(case)?;
        let mut statement =
            self.state.connection.prepare_cached("SELECT seq, hash FROM entry WHERE case_id = ?1 ORDER BY seq")?;
        let rows = statement.query_map([case.as_str()], |row| Ok((Seq(row.get(0)?), Hash::new(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The events that belong to no case, in order.
    ///
    /// # Errors
    /// - If an entry's body is missing or not the one it was made for.
    pub fn store_events(&self) -> Result<Vec<Recorded>, StoreError> {
        self.read("case_id IS NULL", (), &self.state.store_key)
    }

    /// The events that the register is folded from: those that belong to no case, but for the comings and goings,
    /// which are most of them after some years.
    ///
    /// # Errors
    /// - If an entry's body is missing or not the one it was made for.
    pub fn register_events(&self) -> Result<Vec<Recorded>, StoreError> {
        let passing = Register::PASSING.map(|kind| format!("'{kind}'")).join(", ");
        self.read(&format!("case_id IS NULL AND kind NOT IN ({passing})"), (), &self.state.store_key)
    }

    /// The cases that are open to everybody signed in, in the order they were opened.
    ///
    /// # Errors
    /// - If they cannot be read.
    pub fn cases(&self) -> Result<Vec<CaseId>, StoreError> {
        let mut cases = case_ids(&self.state.connection, IN_ORDER)?;
        cases.retain(|case| self.may_open(case));
        Ok(cases)
    }

    /// The cases with an entry of this kind, also those that nobody signed in is admitted to. Only for telling which of
    /// the cases that may be opened are.
    ///
    /// # Errors
    /// - If they cannot be read.
    pub fn cases_with(&self, kind: &str) -> Result<Vec<CaseId>, StoreError> {
        let sql = "SELECT DISTINCT case_id FROM entry WHERE kind = ?1 AND case_id NOT NULL";
        let mut statement = self.state.connection.prepare_cached(sql)?;
        let ids: Vec<String> = statement.query_map([kind], |row| row.get(0))?.collect::<Result<_, _>>()?;
        ids.into_iter().map(case_id).collect()
    }

    /// Every halted case, also those that nobody signed in is admitted to: in the record, or noted beside it. Only for
    /// telling which of the cases that may be opened are.
    ///
    /// # Errors
    /// - If they cannot be read.
    pub fn halted_cases(&self) -> Result<Vec<CaseId>, StoreError> {
        let sql =
            "SELECT case_id FROM halted UNION SELECT case_id FROM entry WHERE kind = 'halted' AND case_id NOT NULL";
        let mut cases: BTreeSet<CaseId> = case_ids(&self.state.connection, sql)?.into_iter().collect();
        cases.extend(self.grounds.halts.iter().cloned());
        Ok(cases.into_iter().collect())
    }

    /// Whether the computer is frozen: a HALT stands, in the record or beside it, that it was not released from.
    ///
    /// # Errors
    /// - If it cannot be read.
    pub fn is_frozen(&self) -> Result<bool, StoreError> {
        Ok(!self.grounds.unwritten.is_empty() || freeze::stands(&self.state.connection)?)
    }

    /// The cases open to everybody signed in whose last review session was opened and not ended.
    ///
    /// # Errors
    /// - If they cannot be read.
    pub fn unfinished_sessions(&self) -> Result<Vec<CaseId>, StoreError> {
        let sql = "SELECT case_id FROM entry WHERE seq IN (SELECT max(seq) FROM entry WHERE kind IN \
                   ('session-opened', 'session-ended') GROUP BY case_id) AND kind = 'session-opened'";
        let mut cases = case_ids(&self.state.connection, sql)?;
        cases.retain(|case| self.may_open(case));
        Ok(cases)
    }

    /// The events of a case that somebody signed in is admitted to, whoever is signed in beside them: only so that
    /// HALT can name what it seals.
    ///
    /// # Errors
    /// - If nobody signed in is admitted to the case.
    /// - If an entry's body is missing or not the one it was made for.
    pub fn events_for_halt(&self, case: &CaseId) -> Result<Vec<Recorded>, StoreError> {
        self.read("case_id = ?1", [case.as_str()], self.any_case_key(case).ok_or(StoreError::NotAdmitted)?)
    }

    /// The position of the case's last entry; none where there is no such case.
    ///
    /// # Errors
    /// - If it cannot be read.
    pub fn last_seq(&self, case: &CaseId) -> Result<Option<Seq>, StoreError> {
        let mut statement = self.state.connection.prepare_cached("SELECT max(seq) FROM entry WHERE case_id = ?1")?;
        let last: Option<u64> = statement.query_row([case.as_str()], |row| row.get(0))?;
        Ok(last.map(Seq))
    }

    /// Where the ledger ends: to be printed, and kept outside the store.
    ///
    /// # Errors
    /// - If it cannot be read.
    pub fn head(&self) -> Result<Option<(Seq, Hash)>, StoreError> {
        ledger::head(&self.state.connection)
    }

    /// When the last entry was made, so that a clock set back is noticed.
    ///
    /// # Errors
    /// - If it cannot be read.
    pub fn last_moment(&self) -> Result<Option<Moment>, StoreError> {
        let sql = "SELECT at FROM entry ORDER BY seq DESC LIMIT 1";
        let mut statement = self.state.connection.prepare_cached(sql)?;
        let mut rows = statement.query(())?;
        Ok(rows.next()?.map(|row| row.get(0).map(Moment::from_micros)).transpose()?)
    }

    fn read(&self, of: &str, params: impl Params, under: &Key) -> Result<Vec<Recorded>, StoreError> {
        read(&self.state.connection, &self.state.ring, of, params, under)
    }
}

/// Every case, in the order they were opened.
pub(super) const IN_ORDER: &str =
    "SELECT case_id FROM entry WHERE case_id IS NOT NULL GROUP BY case_id ORDER BY min(seq)";

/// The cases that such a question names.
pub(super) fn case_ids(connection: &Connection, sql: &str) -> Result<Vec<CaseId>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let ids: Vec<String> = statement.query_map((), |row| row.get(0))?.collect::<Result<_, _>>()?;
    ids.into_iter().map(case_id).collect()
}

/// The events of the rows that are asked for. One whose body was erased is left out, where a later one says so.
pub(super) fn read(
    connection: &Connection,
    ring: &KeyRing,
    of: &str,
    params: impl Params,
    under: &Key,
) -> Result<Vec<Recorded>, StoreError> {
    let sql = format!("SELECT {COLUMNS}, sealed FROM entry LEFT JOIN body USING (seq) WHERE {of} ORDER BY seq");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params)?;
    let mut recorded = Vec::new();
    let mut bodiless = Vec::new();
    while let Some(row) = rows.next()? {
        let entry = Entry::read(row)?;
        if Note::is(&entry.kind) {
            continue;
        }
        let Some(sealed) = row.get::<_, Option<Vec<u8>>>(10)? else {
            bodiless.push(entry.seq);
            continue;
        };
        let body = entry.open_body(under, sealed).ok_or_else(|| altered(entry.seq))?;
        let event: Event = serde_json::from_slice(&body).map_err(|_| altered(entry.seq))?;
        let by = ring.author(&entry).filter(|_| event.kind() == entry.kind).ok_or_else(|| altered(entry.seq))?;
        let by = by.clone();
        recorded.push(Recorded { seq: entry.seq, at: entry.at, by, session: entry.session, event });
    }
    for seq in bodiless {
        if !is_erased(connection, seq, &recorded)? {
            return Err(altered(seq));
        }
    }
    Ok(recorded)
}

/// Whether the table names the entry among these that tells of the erasure.
fn is_erased(connection: &Connection, entry: Seq, recorded: &[Recorded]) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT seq FROM erased WHERE entry = ?1")?;
    let telling: Option<u64> = statement.query_row([entry.0], |row| row.get(0)).optional()?;
    Ok(telling.is_some_and(|telling| {
        let tells = |told: &Recorded| matches!(told.event, Event::Erased { entry: erased, .. } if erased == entry);
        recorded.iter().any(|told| told.seq.0 == telling && tells(told))
    }))
}

fn altered(seq: Seq) -> StoreError {
    StoreError::damaged(format!("entry {seq} is not the one that was written"))
}
