//! What is recorded when the police release a computer or a case after HALT.

use serde::{Deserialize, Serialize};

use crate::ids::{ExhibitMark, PersonId};
use crate::words::Words;

/// Who of the police said it, and how it reached the school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PoliceSaid {
    /// The force.
    pub force: Words,
    /// The officer, with number.
    pub officer: Words,
    /// Their reference.
    pub reference: Words,
    /// On which day (`2026-11-25`).
    pub on: String,
    /// How: a letter, an e-mail from which address, a call to which number.
    pub channel: Words,
}

/// What becomes of the computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComputerUse {
    /// It may be used again.
    MayBeUsed,
    /// The police have taken it, or an image of its disk.
    Taken,
}

/// The release of a computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ComputerRelease {
    /// Who said so, and how.
    pub said: PoliceSaid,
    /// What becomes of it.
    pub what: ComputerUse,
    /// The second person; the first signs the entry.
    pub with: PersonId,
}

/// What the police decided on the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Not illegal: the exhibits that are named are unsealed.
    NotIllegal,
    /// Illegal, and the school may proceed in words.
    SchoolMayProceed,
    /// No further action by the police.
    NoFurtherAction,
    /// The school is directed to dispose of what was kept.
    DirectedToDispose,
}

/// The release of a halted case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CaseRelease {
    /// Who said so, and how.
    pub said: PoliceSaid,
    /// What they decided.
    pub verdict: Verdict,
    /// The exhibits that are not illegal; empty with any other verdict.
    pub exhibits: Vec<ExhibitMark>,
    /// The second person; the first signs the entry.
    pub with: PersonId,
}
