//! What is recorded when people, the computer or a judgement change in the course of a case.

use serde::{Deserialize, Serialize};

use super::report::GroupMember;
use crate::ids::PersonId;
use crate::people::Computer;
use crate::words::Words;

/// A change of the designated computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ComputerChange {
    /// The computer from here on.
    pub computer: Computer,
    /// Which filter categories were opened for it, by whom and until when.
    pub filter: Words,
    /// Why: it failed, was seized or replaced.
    pub reason: Words,
    /// Who has the computer before it.
    pub custodian: Words,
    /// Where that is.
    pub place: Words,
    /// The second person; the first signs the entry.
    pub with: PersonId,
}

/// How sign-off decides where the reviewing people did not agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is", rename_all_fields = "kebab-case")]
pub enum Decision {
    /// The concern has substance.
    Substance,
    /// The concern has no substance.
    NoSubstance,
    /// A third member judges too.
    ThirdMember {
        /// Who.
        member: GroupMember,
    },
}

/// Why a review was paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PausedBy {
    /// Its people asked for it.
    Asked,
    /// The observer did not confirm in time.
    Missed,
}
