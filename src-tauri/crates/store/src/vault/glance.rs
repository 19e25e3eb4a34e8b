//! Short looks over all cases: what the first page needs, without reading a single body of a case.

use trail_domain::event::Recorded;
use trail_domain::ids::CaseId;
use trail_domain::register::Register;

use super::sign_in::case_id;
use super::{Open, Vault};
use crate::error::StoreError;

impl Vault<Open> {
    /// Every halted case, also those that nobody here may open: HALT binds whoever sees it. Says no more than the id.
    ///
    /// # Errors
    /// - If they cannot be read.
    pub fn halted_cases(&self) -> Result<Vec<CaseId>, StoreError> {
        let mut cases = self.case_ids(
            "SELECT case_id FROM halted UNION SELECT case_id FROM entry WHERE kind = 'halted' AND case_id IS NOT NULL",
        )?;
        let unwritten = self.grounds.halts.iter().filter(|case| !cases.contains(case)).cloned().collect::<Vec<_>>();
        cases.extend(unwritten);
        Ok(cases)
    }

    /// Cases open to everybody signed in whose last review session has no end.
    ///
    /// # Errors
    /// - If they cannot be read.
    pub fn unfinished_sessions(&self) -> Result<Vec<CaseId>, StoreError> {
        let mut cases = self.case_ids(
            "SELECT case_id FROM entry WHERE kind IN ('session-opened', 'session-ended') AND case_id IS NOT NULL \
             GROUP BY case_id HAVING max(CASE kind WHEN 'session-opened' THEN seq ELSE 0 END) \
             > max(CASE kind WHEN 'session-ended' THEN seq ELSE 0 END)",
        )?;
        cases.retain(|case| self.may_open(case));
        Ok(cases)
    }

    /// The events of a case that **anybody** signed in may open, so that HALT can name what it seals. Nothing of it
    /// may be shown.
    ///
    /// # Errors
    /// - If nobody signed in is admitted to the case.
    /// - If an entry's body is missing or not the one it was made for.
    pub fn events_for_halt(&self, case: &CaseId) -> Result<Vec<Recorded>, StoreError> {
        let key = self.any_case_key(case).ok_or(StoreError::NotAdmitted)?;
        self.read("case_id = ?1", [case.as_str()], key)
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

    fn case_ids(&self, sql: &str) -> Result<Vec<CaseId>, StoreError> {
        let mut statement = self.state.connection.prepare_cached(sql)?;
        let ids: Vec<String> = statement.query_map((), |row| row.get(0))?.collect::<Result<_, _>>()?;
        ids.into_iter().map(case_id).collect()
    }
}
