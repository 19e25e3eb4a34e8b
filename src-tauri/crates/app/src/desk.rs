//! What is on the desk while somebody is signed in: the open vault, the cases folded from its ledger, the review.

use std::collections::BTreeMap;

use trail_domain::case::Case;
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{CaseId, PersonId};
use trail_domain::procedure::Now;
use trail_domain::register::Register;
use trail_domain::time::Moment;
use trail_store::{Entropy, Open, Signer, Vault};

use crate::fault::{Fault, Stop};
use crate::reviewing::Review;
use crate::show::dates;
use crate::wire::LedgerLine;

/// The desk.
pub(crate) struct Desk {
    pub(crate) vault: Vault<Open>,
    pub(crate) register: Register,
    /// Who is signed in, since when.
    pub(crate) here: Vec<(PersonId, Moment)>,
    pub(crate) cases: BTreeMap<CaseId, Case>,
    /// Cases that somebody here may open and somebody beside them may not. Never shown; HALT reaches them.
    pub(crate) aside: BTreeMap<CaseId, Case>,
    pub(crate) review: Option<Review>,
    pub(crate) unwritten_halt: Option<UnwrittenHalt>,
    pub(crate) ledger_line: LedgerLine,
    /// When somebody last acted, on the steady clock.
    pub(crate) touched: f64,
}

/// A HALT that holds in memory because its entry could not be written.
pub(crate) struct UnwrittenHalt {
    pub(crate) case: Option<CaseId>,
    pub(crate) at: Moment,
}

impl Desk {
    /// Lays out the desk for a vault that was just opened.
    pub(crate) fn lay(vault: Vault<Open>, at: Moment, touched: f64) -> Result<Self, Fault> {
        let here = vault.signed_in().into_iter().map(|person| (person, at)).collect();
        let register = Register::replay(&vault.store_events()?);
        let mut desk = Self {
            vault,
            register,
            here,
            cases: BTreeMap::new(),
            aside: BTreeMap::new(),
            review: None,
            unwritten_halt: None,
            ledger_line: LedgerLine { text: String::new(), holds: true },
            touched,
        };
        desk.read_cases()?;
        Ok(desk)
    }

    /// Folds every case that all who are signed in may open.
    pub(crate) fn read_cases(&mut self) -> Result<(), Fault> {
        self.aside.append(&mut self.cases);
        for id in self.vault.cases()? {
            let case = Case::replay(&self.vault.events(&id)?)
                .map_err(|broken| Fault::with("ledger-fault", "detail", broken.to_string()))?;
            self.aside.remove(&id);
            self.cases.insert(id, case);
        }
        Ok(())
    }

    /// A case.
    pub(crate) fn case(&self, id: &CaseId) -> Result<&Case, Fault> {
        self.cases.get(id).ok_or_else(|| Fault::new("no-such-case"))
    }

    /// Who is signed in.
    pub(crate) fn people(&self) -> Vec<PersonId> {
        self.here.iter().map(|(person, _)| person.clone()).collect()
    }

    /// The person who acts where none is named: the first who signed in.
    pub(crate) fn first(&self) -> Result<PersonId, Fault> {
        self.here.first().map(|(person, _)| person.clone()).ok_or_else(|| Fault::new("locked"))
    }

    /// What the core must be told.
    pub(crate) fn now<'a>(&'a self, at: Moment, by: &'a PersonId, here: &'a [PersonId]) -> Now<'a> {
        Now { at, by, signed_in: here, register: &self.register }
    }

    /// Records what was decided, and folds it into the case. In an open session whose two people are signed in, the
    /// session's key signs.
    pub(crate) fn record(
        &mut self,
        id: &CaseId,
        events: &[Event],
        at: Moment,
        by: &PersonId,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, Stop> {
        let session = self.signing_session(id);
        let signer = session.as_ref().map_or(Signer::Person(by), Signer::Session);
        let recorded = self.vault.append(Some(id), events, at, &signer, entropy)?;
        self.fold(id, &recorded)?;
        Ok(recorded)
    }

    /// The session whose key signs entries of this case now.
    pub(crate) fn signing_session(&self, id: &CaseId) -> Option<trail_domain::ids::SessionId> {
        let session = &self.cases.get(id)?.open_session()?.id;
        self.vault.is_session_open(session).then(|| session.clone())
    }

    /// Folds entries into their case, and says so at the foot of the page.
    pub(crate) fn fold(&mut self, id: &CaseId, recorded: &[Recorded]) -> Result<(), Fault> {
        let case = self.cases.get_mut(id).ok_or_else(|| Fault::new("no-such-case"))?;
        for entry in recorded {
            case.evolve(entry).map_err(|broken| Fault::with("ledger-fault", "detail", broken.to_string()))?;
        }
        self.note_last(recorded);
        Ok(())
    }

    /// Says at the foot of the page which entry was kept last.
    pub(crate) fn note_last(&mut self, recorded: &[Recorded]) {
        if let Some(last) = recorded.last() {
            let text = format!("Ledger: entry {} kept at {}", last.seq, dates::second(last.at));
            self.ledger_line = LedgerLine { text, holds: true };
        }
    }
}
