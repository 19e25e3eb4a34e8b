//! What changed in the course of a case, and what can change now.

use serde::Serialize;
use ts_rs::TS;

use super::{Choice, Fact};

/// The turns of a case.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TurnsView {
    /// Stricter ways that can be taken now.
    pub stricter: Vec<Choice>,
    /// Why the incident cannot be only logged, where it cannot.
    pub log_refused: Option<String>,
    /// What was done, where it was only logged.
    pub logged: Vec<Fact>,
    /// Ways that were taken after triage, who was the person concerned before, who came for whom, changes of the
    /// computer, a decided disagreement, reopening: a group for each, oldest first.
    pub changes: Vec<Vec<Fact>>,
    /// Members of the group.
    pub members: Vec<MemberRow>,
    /// Other registered computers, by asset tag.
    pub other_computers: Vec<Choice>,
    /// The reviewing people did not agree, and sign-off has not decided.
    pub disagreement_open: bool,
    /// Who of those enrolled may decide it, by id.
    pub deciders: Vec<Choice>,
    /// Who may come as a third member, or for somebody who leaves.
    pub newcomers: Vec<Choice>,
    /// Legal holds that stand.
    pub holds: Vec<HoldRow>,
    /// The review is paused until the observer confirms.
    pub paused: bool,
    /// Clocks of the pack that can be started.
    pub clocks: Vec<Choice>,
    /// Clocks that were started by hand and run.
    pub running: Vec<Choice>,
    /// Somebody outside must say first that the person concerned and the family may be alerted.
    pub must_wait: bool,
    /// Actions that would alert them, by id.
    pub alerting: Vec<String>,
}

/// A member of the group.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberRow {
    /// Id.
    pub id: String,
    /// Name, with what is special about them.
    pub label: String,
}

/// A legal hold.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HoldRow {
    /// The entry that placed it.
    pub entry: String,
    /// Since when, by whom, why.
    pub line: String,
}
