//! Permits: acts that need permission take the permission as an argument. Only this crate's procedure makes one.

use crate::event::capture::{ExhibitKind, GateAnswers};
use crate::ids::{CaseId, ExhibitMark, PersonId, Seq, SessionId};

/// Leave to keep one exhibit with pictures. Made by the gate alone, consumed by keeping.
#[derive(Debug)]
pub struct CapturePermit {
    pub(in crate::procedure) case: CaseId,
    pub(in crate::procedure) session: SessionId,
    pub(in crate::procedure) operator: PersonId,
    pub(in crate::procedure) observer: PersonId,
    pub(in crate::procedure) kind: ExhibitKind,
    pub(in crate::procedure) mark: ExhibitMark,
    pub(in crate::procedure) answers: GateAnswers,
    pub(in crate::procedure) address: String,
    pub(in crate::procedure) position: Seq,
}

impl CapturePermit {
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

/// Leave to read the pictures of one case now, to show or to bind them. Never made for a halted case.
#[derive(Debug)]
pub struct ViewPermit {
    pub(in crate::procedure) case: CaseId,
    pub(in crate::procedure) position: Seq,
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
}
