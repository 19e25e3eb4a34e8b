//! Permits: acts that need permission take the permission as an argument. Only this crate's procedure makes one.

use crate::event::capture::screen::GatedScreen;
use crate::event::capture::{Exhibit, ExhibitFile, ExhibitKind, GateAnswers, GatedFile};
use crate::event::keeping::DestructionTarget;
use crate::ids::{CaseId, ExhibitMark, Hash, PersonId, Seq, SessionId};
use crate::time::Moment;
use crate::words::Words;

/// Leave to keep one exhibit with pictures. Made by the gate, or for what is drawn over a picture that was
/// kept (`marked`); consumed by keeping.
#[derive(Debug)]
pub struct CapturePermit {
    pub(in crate::procedure) case: CaseId,
    pub(in crate::procedure) session: SessionId,
    pub(in crate::procedure) operator: PersonId,
    pub(in crate::procedure) observer: PersonId,
    pub(in crate::procedure) kind: ExhibitKind,
    pub(in crate::procedure) mark: ExhibitMark,
    pub(in crate::procedure) answers: Option<GateAnswers>,
    pub(in crate::procedure) address: String,
    pub(in crate::procedure) file: Option<Box<GatedFile>>,
    pub(in crate::procedure) screen: Option<Box<GatedScreen>>,
    pub(in crate::procedure) position: Seq,
}

impl CapturePermit {
    /// The exhibit that it allows, with the title, nature and concern that people gave it; its kind adds the rest.
    pub(in crate::procedure) fn exhibit(
        &self,
        (title, nature, concern): (Words, Words, Words),
        files: Vec<ExhibitFile>,
        at: Moment,
    ) -> Exhibit {
        Exhibit {
            mark: self.mark.clone(),
            kind: self.kind,
            title,
            nature,
            concern,
            operator: self.operator.clone(),
            observer: self.observer.clone(),
            at,
            files,
            page: None,
            gate: self.answers,
            address: None,
            import: None,
            screen: None,
            thing: None,
            marks: None,
        }
    }

    /// The case it is for.
    #[must_use]
    pub fn case(&self) -> &CaseId {
        &self.case
    }

    /// The case's last entry when the permit was made: the storing transaction looks for a HALT after it.
    #[must_use]
    pub fn position(&self) -> Seq {
        self.position
    }

    /// The address that the gate was answered for, exactly.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What it allows.
    #[must_use]
    pub fn kind(&self) -> ExhibitKind {
        self.kind
    }

    /// The mark the exhibit will have.
    #[must_use]
    pub fn mark(&self) -> &ExhibitMark {
        &self.mark
    }
}

/// Leave to read the pictures of one case now, to show or to bind them. Never made while HALT stands; after the police
/// released the case, for the files of those exhibits alone that they named as not illegal.
#[derive(Debug)]
pub struct ViewPermit {
    pub(in crate::procedure) case: CaseId,
    pub(in crate::procedure) position: Seq,
    pub(in crate::procedure) unsealed: Option<Vec<Hash>>,
}

impl ViewPermit {
    /// The case it is for.
    #[must_use]
    pub fn case(&self) -> &CaseId {
        &self.case
    }

    /// The case's last entry when the permit was made.
    #[must_use]
    pub fn position(&self) -> Seq {
        self.position
    }

    /// Whether it was made after the police released a halted case.
    #[must_use]
    pub fn is_after_release(&self) -> bool {
        self.unsealed.is_some()
    }

    /// Whether this file may be read: any of the case, or after a HALT those that were unsealed.
    #[must_use]
    pub fn allows(&self, sha256: &Hash) -> bool {
        self.unsealed.as_ref().is_none_or(|unsealed| unsealed.contains(sha256))
    }
}

/// Leave to destroy a case, or early one entry of it. Made for the head alone, after two people asked and agreed;
/// consumed by destroying.
#[derive(Debug)]
pub struct DisposePermit {
    pub(in crate::procedure) case: CaseId,
    pub(in crate::procedure) target: DestructionTarget,
    pub(in crate::procedure) asked: Seq,
    pub(in crate::procedure) asked_by: PersonId,
    pub(in crate::procedure) agreed_by: PersonId,
    pub(in crate::procedure) head: PersonId,
    pub(in crate::procedure) position: Seq,
}

impl DisposePermit {
    /// The case it is for.
    #[must_use]
    pub fn case(&self) -> &CaseId {
        &self.case
    }

    /// What may be destroyed.
    #[must_use]
    pub fn target(&self) -> DestructionTarget {
        self.target
    }

    /// The entry that asked.
    #[must_use]
    pub fn asked(&self) -> Seq {
        self.asked
    }

    /// Who asked.
    #[must_use]
    pub fn asked_by(&self) -> &PersonId {
        &self.asked_by
    }

    /// Who agreed.
    #[must_use]
    pub fn agreed_by(&self) -> &PersonId {
        &self.agreed_by
    }

    /// The head, or who stands in: decides, and signs the entry.
    #[must_use]
    pub fn head(&self) -> &PersonId {
        &self.head
    }

    /// The case's last entry when the permit was made.
    #[must_use]
    pub fn position(&self) -> Seq {
        self.position
    }
}
