//! What can be read off a case of the turns it took.

use super::{Case, ChartAnswer, ClockTold, Computer, Hold, Stamp};
use crate::event::course::{ComputerChange, Decision};
use crate::event::report::{ChildSafe, Involved, Logged, Subject, TriageExit};
use crate::event::review::Finding;
use crate::ids::PersonId;
use crate::words::Words;

impl Case {
    /// Stricter ways that were taken after triage, oldest first.
    #[must_use]
    pub fn rerouted(&self) -> &[(Stamp, TriageExit, Words)] {
        &self.rerouted
    }

    /// Who was the person concerned before, until when, and why that changed.
    #[must_use]
    pub fn subjects_before(&self) -> &[(Stamp, Subject, Words)] {
        &self.subjects
    }

    /// When *is the child safe now?* was last answered.
    #[must_use]
    pub fn child_safe_since(&self) -> &Stamp {
        &self.child_safe_since
    }

    /// Later answers to *is the child safe now?*, oldest first, and what was learned.
    #[must_use]
    pub fn child_safe_answers(&self) -> &[(Stamp, ChildSafe, Words)] {
        &self.child_safe
    }

    /// Who turned out to be involved, oldest first, and what was learned.
    #[must_use]
    pub fn involved_since(&self) -> &[(Stamp, Involved, Words)] {
        &self.involved
    }

    /// What was done, where the incident was only logged.
    #[must_use]
    pub fn logged(&self) -> Option<&(Stamp, Logged)> {
        self.logged.as_ref()
    }

    /// Whether it is only logged.
    #[must_use]
    pub fn is_log_only(&self) -> bool {
        self.triage().is_some_and(|(_, exit, _)| *exit == TriageExit::LogOnly)
    }

    /// Computers before the present one, each with the change that ended it.
    #[must_use]
    pub fn computers_before(&self) -> &[(Stamp, Computer, ComputerChange)] {
        &self.computers_before
    }

    /// How sign-off decided where the reviewing people did not agree.
    #[must_use]
    pub fn decided(&self) -> Option<&(Stamp, Decision, Words)> {
        self.decided.as_ref()
    }

    /// Whether the concern has substance, as far as that is found or decided.
    #[must_use]
    pub fn substance(&self) -> Option<bool> {
        let (_, finding, ..) = self.finding()?;
        match (finding, self.decided().map(|(_, decision, _)| decision)) {
            (Finding::Substance, _) | (Finding::Disagreed, Some(Decision::Substance)) => Some(true),
            (Finding::NoSubstance, _) | (Finding::Disagreed, Some(Decision::NoSubstance)) => Some(false),
            (Finding::Disagreed, Some(Decision::ThirdMember { .. }) | None) => None,
        }
    }

    /// Who judges: the two reviewing people, and the third member where there is one.
    #[must_use]
    pub fn judges(&self) -> Vec<&PersonId> {
        let Some((first, second)) = self.reviewers() else { return Vec::new() };
        let third = self.group().and_then(|group| group.third.as_ref());
        [first, second].into_iter().chain(third).collect()
    }

    /// Whether this person is or was in the group.
    #[must_use]
    pub fn took_part(&self, person: &PersonId) -> bool {
        self.group().is_some_and(|group| {
            group.members.iter().any(|member| &member.person == person)
                || group.replaced.iter().any(|(_, left, ..)| left == person)
        })
    }

    /// Who reopened the case with whom, when and why.
    #[must_use]
    pub fn reopened(&self) -> &[(Stamp, PersonId, Words)] {
        &self.reopened
    }

    /// Legal holds, oldest first.
    #[must_use]
    pub fn holds(&self) -> &[Hold] {
        &self.holds
    }

    /// Clocks that were started by hand, oldest first.
    #[must_use]
    pub fn clocks_told(&self) -> &[ClockTold] {
        &self.clocks
    }

    /// Answers that people gave to questions of the pack's charts, oldest first. A later one to the same question counts.
    #[must_use]
    pub fn chart_answers(&self) -> &[ChartAnswer] {
        &self.chart_answers
    }

    /// The box that the newest answer to this question leads to.
    #[must_use]
    pub fn chart_answer(&self, chart: &str, question: &str) -> Option<&str> {
        let mut newest_first = self.chart_answers.iter().rev();
        let found = newest_first.find(|given| given.chart == chart && given.question == question);
        found.map(|given| given.answer.as_str())
    }
}
