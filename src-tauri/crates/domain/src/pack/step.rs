//! The steps of the procedure as the policy words them, each tied to a stage.

use serde::Deserialize;
use toml::Spanned;

use super::stage::Stage;
use crate::words::Words;

/// A safeguard of the floor that a step of the pack has to carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Safeguard {
    /// At least two senior people review.
    TwoPeople,
    /// The person concerned takes no part.
    SubjectExcluded,
    /// The questions before every capture.
    Gate,
    /// Nothing is disposed of while a hold stands.
    Hold,
}

impl Safeguard {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [Self::TwoPeople, Self::SubjectExcluded, Self::Gate, Self::Hold];

    /// The word by which packs name it.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::TwoPeople => "two-people",
            Self::SubjectExcluded => "subject-excluded",
            Self::Gate => "gate",
            Self::Hold => "hold",
        }
    }
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub(super) id: Spanned<String>,
    title: Words,
    instruction: Words,
    clause: Words,
    stage: Stage,
    required: bool,
    safeguard: Option<Safeguard>,
    source_note: Option<Words>,
}

impl Step {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.get_ref()
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.as_str()
    }

    /// What to do.
    #[must_use]
    pub fn instruction(&self) -> &str {
        self.instruction.as_str()
    }

    /// The place in the policy that says so.
    #[must_use]
    pub fn clause(&self) -> &str {
        self.clause.as_str()
    }

    /// The stage it belongs to.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// Whether a case cannot do without it.
    #[must_use]
    pub fn required(&self) -> bool {
        self.required
    }

    /// The safeguard of the floor that it carries, where it carries one.
    #[must_use]
    pub fn safeguard(&self) -> Option<Safeguard> {
        self.safeguard
    }

    /// What of it was inferred or added, where anything was.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.source_note.as_ref().map(Words::as_str)
    }

    /// Where its id stands in the file, in bytes from the start.
    pub(crate) fn at(&self) -> usize {
        self.id.span().start
    }
}
