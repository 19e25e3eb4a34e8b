//! The cases of those who are signed in. A case is folded from the ledger when it is first asked for, so that signing
//! in does not take longer the more cases there are.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use trail_domain::case::Case;
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::CaseId;
use trail_domain::time::Moment;
use trail_store::{Open, Vault};

use crate::fault::Fault;

/// The shelf.
#[derive(Default)]
pub(crate) struct Shelf {
    /// Open to everybody here, in the order they were opened.
    open: Vec<CaseId>,
    folded: BTreeMap<CaseId, OnceCell<Case>>,
    /// Cases in which HALT stands and that are open to everybody here.
    halted: Vec<CaseId>,
    /// A case that is open to everybody here was halted, whether or not it was released since.
    knows_of_halt: bool,
    /// When a case was halted that somebody here may open and somebody beside them may not. Nothing else is said of it.
    halted_aside: Option<Moment>,
}

impl Shelf {
    /// Looks which cases there are, after somebody came or left.
    ///
    /// # Errors
    /// - If the ledger cannot be read.
    pub(crate) fn look(&mut self, vault: &Vault<Open>) -> Result<(), Fault> {
        // Whoever turned out to be the person concerned was admitted before that was known, and is shut out here.
        let (changed, here) = (vault.cases_with("subject-changed")?, vault.signed_in());
        let concerns = |id: &CaseId| {
            // One that cannot be read is shown to nobody.
            let shut_out = |case: Case| case.report().subject.enrolled.as_ref().is_some_and(|one| here.contains(one));
            aside(vault, id).map_or(true, shut_out)
        };
        self.open = vault.cases()?;
        self.open.retain(|id| !changed.contains(id) || !concerns(id));
        let mut before = std::mem::take(&mut self.folded);
        for id in &self.open {
            self.folded.insert(id.clone(), before.remove(id).unwrap_or_default());
        }
        let (open, hidden): (Vec<CaseId>, Vec<CaseId>) =
            vault.halted_cases()?.into_iter().partition(|id| self.folded.contains_key(id));
        self.knows_of_halt = !open.is_empty();
        // One that cannot be read counts as halted.
        let stands = |id: &CaseId| self.case(vault, id).map_or(true, |case| case.halt().is_some());
        self.halted = open.into_iter().filter(stands).collect();
        let aside = hidden.iter().filter_map(|id| aside(vault, id).ok());
        self.halted_aside = aside.filter_map(|case| case.halt().map(|halt| halt.stamp.at)).next();
        Ok(())
    }

    /// The cases that are open to everybody here, newest first.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &CaseId> {
        self.open.iter().rev()
    }

    /// A case that is open to everybody here.
    ///
    /// # Errors
    /// - If there is none for them, or its entries do not fold.
    pub(crate) fn case(&self, vault: &Vault<Open>, id: &CaseId) -> Result<&Case, Fault> {
        let cell = self.folded.get(id).ok_or_else(|| Fault::new("no-such-case"))?;
        if let Some(case) = cell.get() {
            return Ok(case);
        }
        let case = Case::replay(&vault.events(id)?).map_err(|broken| broken_case(&broken))?;
        Ok(cell.get_or_init(|| case))
    }

    /// Whether the case was folded.
    pub(crate) fn is_folded(&self, id: &CaseId) -> bool {
        self.folded.get(id).is_some_and(|cell| cell.get().is_some())
    }

    /// A case in which HALT stands and that is open to everybody here.
    pub(crate) fn halted(&self) -> Option<&CaseId> {
        self.halted.first()
    }

    /// Whether those here may know that there was a HALT: the subject of a halted case, alone, is told of none.
    pub(crate) fn knows_of_halt(&self) -> bool {
        self.knows_of_halt || self.halted_aside.is_some()
    }

    /// When a case was halted that somebody here may open and somebody beside them may not.
    pub(crate) fn halted_aside(&self) -> Option<Moment> {
        self.halted_aside
    }

    /// Folds new entries into their case. One that was not folded yet is folded with them when it is asked for.
    ///
    /// # Errors
    /// - If there is no such case here, or the entries do not fit it.
    pub(crate) fn fold(&mut self, id: &CaseId, recorded: &[Recorded]) -> Result<(), Fault> {
        let halt = recorded.iter().find(|entry| matches!(entry.event, Event::Halted { .. }));
        let Some(cell) = self.folded.get_mut(id) else {
            self.halted_aside = halt.map(|entry| entry.at).or(self.halted_aside);
            return Ok(());
        };
        if recorded.iter().any(|entry| entry.event.kind() == "case-released") {
            self.halted.retain(|halted| halted != id);
        }
        self.knows_of_halt |= halt.is_some();
        if halt.is_some() && !self.halted.contains(id) {
            self.halted.push(id.clone());
        }
        if let Some(case) = cell.get_mut() {
            for entry in recorded {
                case.evolve(entry).map_err(|broken| broken_case(&broken))?;
            }
        }
        Ok(())
    }

    /// Has the case folded anew when it is asked for: what an entry held is gone.
    pub(crate) fn forget(&mut self, id: &CaseId) {
        if let Some(cell) = self.folded.get_mut(id) {
            *cell = OnceCell::new();
        }
    }

    /// Takes in a case that was just opened.
    pub(crate) fn add(&mut self, case: Case) {
        let id = case.id().clone();
        self.open.push(id.clone());
        self.folded.insert(id, OnceCell::from(case));
    }
}

/// A case that somebody here may open and somebody beside them may not. Nothing of it is shown; HALT reaches it.
///
/// # Errors
/// - If nobody here may open it, or its entries do not fold.
pub(crate) fn aside(vault: &Vault<Open>, id: &CaseId) -> Result<Case, Fault> {
    Case::replay(&vault.events_for_halt(id)?).map_err(|broken| broken_case(&broken))
}

fn broken_case(broken: &impl ToString) -> Fault {
    Fault::with("ledger-fault", "detail", broken.to_string())
}
