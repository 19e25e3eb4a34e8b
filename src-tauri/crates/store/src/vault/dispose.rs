//! Destruction: of a case by destroying its key, and early of one entry's body and files. The chain stands, and tells
//! that something was there, when, and who decided.

use trail_domain::event::keeping::DestructionTarget;
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{CaseId, Hash, PersonId, Seq};
use trail_domain::procedure::permit::DisposePermit;
use trail_domain::time::Moment;

use super::{Open, Vault};
use crate::database;
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::ledger::note::Note;

/// The line of the ledger that tells of a case's destruction: what its certificate keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destroyed {
    /// Its position.
    pub seq: Seq,
    /// When.
    pub at: Moment,
    /// The head, who decided and signed it.
    pub by: PersonId,
    /// Its hash.
    pub hash: Hash,
}

/// What a [`DisposePermit`] allows, without the permit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ruling<'a> {
    pub(super) case: &'a CaseId,
    pub(super) target: DestructionTarget,
    pub(super) asked: Seq,
    pub(super) asked_by: &'a PersonId,
    pub(super) agreed_by: &'a PersonId,
    pub(super) head: &'a PersonId,
    pub(super) position: Seq,
}

impl<'a> From<&'a DisposePermit> for Ruling<'a> {
    fn from(permit: &'a DisposePermit) -> Self {
        Self {
            case: permit.case(),
            target: permit.target(),
            asked: permit.asked(),
            asked_by: permit.asked_by(),
            agreed_by: permit.agreed_by(),
            head: permit.head(),
            position: permit.position(),
        }
    }
}

impl Vault<Open> {
    /// Destroys a case: writes down that it is, then destroys its key wherever it is held, its exhibits and its
    /// documents. Nobody can open it from then on, with the recovery codes neither. Backups made before still hold it.
    ///
    /// # Errors
    /// - If the permit is for one entry only, or something happened in the case since it was given.
    /// - If the case is halted, or not open to everybody signed in.
    /// - If the head is not signed in.
    /// - If it cannot be written; then nothing is destroyed.
    #[allow(clippy::needless_pass_by_value, reason = "a permit is consumed by the act that it allows")]
    pub fn dispose(
        &mut self,
        permit: DisposePermit,
        at: Moment,
        entropy: &dyn Entropy,
    ) -> Result<Destroyed, StoreError> {
        self.dispose_with(&Ruling::from(&permit), at, entropy)
    }

    /// Erases one entry's body and files before their time, and writes down that they are.
    ///
    /// # Errors
    /// - If the permit is for the whole case, or something happened in the case since it was given.
    /// - If the case is halted, or not open to everybody signed in.
    /// - If the head is not signed in.
    /// - If it cannot be written; then nothing is erased.
    #[allow(clippy::needless_pass_by_value, reason = "a permit is consumed by the act that it allows")]
    pub fn erase(
        &mut self,
        permit: DisposePermit,
        at: Moment,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.erase_with(&Ruling::from(&permit), at, entropy)
    }

    pub(super) fn dispose_with(
        &mut self,
        ruling: &Ruling<'_>,
        at: Moment,
        entropy: &dyn Entropy,
    ) -> Result<Destroyed, StoreError> {
        let DestructionTarget::Case = ruling.target else { return Err(WRONG_TARGET) };
        self.may_be_destroyed(ruling)?;
        let note = Note::Disposed {
            asked_by: ruling.asked_by.clone(),
            agreed_by: ruling.agreed_by.clone(),
            head: ruling.head.clone(),
            at,
        };
        let pen = self.pen_of(ruling.head)?;
        let case = ruling.case;
        let transaction = self.state.connection.unchecked_transaction()?;
        let seq = self.write_note(&pen, case, &note, at, entropy)?;
        self.refuse_if_halted(case)?;
        for table in ["exhibit_file", "document", "own_case_key", "case_access"] {
            let sql = format!("DELETE FROM {table} WHERE case_id = ?1");
            transaction.prepare_cached(&sql)?.execute([case.as_str()])?;
        }
        let (_, hash) = self.head()?.filter(|(last, _)| *last == seq).ok_or(StoreError::Unrecordable)?;
        transaction.commit()?;
        self.forget_case(case);
        self.fold_log();
        Ok(Destroyed { seq, at, by: ruling.head.clone(), hash })
    }

    pub(super) fn erase_with(
        &mut self,
        ruling: &Ruling<'_>,
        at: Moment,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, StoreError> {
        let DestructionTarget::Entry { entry } = ruling.target else { return Err(WRONG_TARGET) };
        self.may_be_destroyed(ruling)?;
        let key = self.case_key(ruling.case)?;
        let pen = self.pen_of(ruling.head)?;
        let event = Event::Erased { asked: ruling.asked, entry };
        let transaction = self.state.connection.unchecked_transaction()?;
        let recorded = self.write_events(&pen, Some(ruling.case), key, &[event], at, entropy)?;
        self.refuse_if_halted(ruling.case)?;
        let seq = recorded.first().map(|recorded| recorded.seq).ok_or(StoreError::Unrecordable)?;
        transaction.execute("INSERT INTO erased (entry, seq) VALUES (?1, ?2)", (entry.0, seq.0))?;
        let bodies = transaction.execute("DELETE FROM body WHERE seq = ?1", [entry.0])?;
        transaction.execute("DELETE FROM exhibit_file WHERE seq = ?1", [entry.0])?;
        if bodies != 1 {
            return Err(StoreError::NotAsAgreed { what: "there is nothing left to erase" });
        }
        transaction.commit()?;
        self.fold_log();
        Ok(recorded)
    }

    /// The permit is still about the case as it is: nothing happened in it since.
    fn may_be_destroyed(&self, ruling: &Ruling<'_>) -> Result<(), StoreError> {
        self.refuse_if_halted(ruling.case)?;
        self.case_key(ruling.case)?;
        let sql = "SELECT max(seq) FROM entry WHERE case_id = ?1 AND kind NOT LIKE 'store/%'";
        let mut statement = self.state.connection.prepare_cached(sql)?;
        let last: Option<u64> = statement.query_row([ruling.case.as_str()], |row| row.get(0))?;
        let last = Seq(last.unwrap_or(0));
        if last == ruling.position {
            Ok(())
        } else if last < ruling.position {
            Err(StoreError::RolledBack { expected: ruling.position, found: last })
        } else {
            Err(StoreError::NotAsAgreed { what: "something was recorded in the case since" })
        }
    }

    fn forget_case(&mut self, case: &CaseId) {
        for person in &mut self.state.people {
            person.cases.remove(case);
        }
        if let Some(recovered) = &mut self.state.recovered {
            recovered.remove(case);
        }
        self.state.sessions.retain(|_, live| live.case != *case);
    }

    /// What was destroyed must not stay in the log. Where somebody still reads, it goes when the store is closed.
    pub(super) fn fold_log(&self) {
        let _ = database::settle(&self.state.connection);
    }
}

const WRONG_TARGET: StoreError = StoreError::NotAsAgreed { what: "it is not what two people asked for and agreed to" };
