//! The ten stages that every case goes through, whatever the pack.

use serde::{Deserialize, Serialize};

/// A stage of the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Who reported what, and what was preserved.
    Reported,
    /// Which way the case goes.
    Triage,
    /// Who looks into it.
    Group,
    /// On which computer.
    Computer,
    /// Looking, in sessions of two.
    Review,
    /// What each member thinks, and the group's finding.
    Judgement,
    /// What is done about it.
    Action,
    /// Keeping the computer as it is.
    Isolation,
    /// Signatures.
    SignOff,
    /// Keeping the record.
    Retained,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Self; 10] = [
        Self::Reported,
        Self::Triage,
        Self::Group,
        Self::Computer,
        Self::Review,
        Self::Judgement,
        Self::Action,
        Self::Isolation,
        Self::SignOff,
        Self::Retained,
    ];

    /// Its number, from 1 to 10.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Reported => 1,
            Self::Triage => 2,
            Self::Group => 3,
            Self::Computer => 4,
            Self::Review => 5,
            Self::Judgement => 6,
            Self::Action => 7,
            Self::Isolation => 8,
            Self::SignOff => 9,
            Self::Retained => 10,
        }
    }

    /// The word by which packs, addresses of pages and scripts name it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Triage => "triage",
            Self::Group => "group",
            Self::Computer => "computer",
            Self::Review => "review",
            Self::Judgement => "judgement",
            Self::Action => "action",
            Self::Isolation => "isolation",
            Self::SignOff => "sign-off",
            Self::Retained => "retained",
        }
    }

    /// The stage with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.id() == id)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn stages_are_numbered_in_order_and_named_as_they_are_kept() {
        for (place, stage) in Stage::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(stage.number()), place + 1);
            assert_eq!(serde_json::to_string(&stage).unwrap(), format!("\"{}\"", stage.id()));
            assert_eq!(Stage::from_id(stage.id()), Some(stage));
        }
        assert_eq!(Stage::from_id("signoff"), None);
    }
}
