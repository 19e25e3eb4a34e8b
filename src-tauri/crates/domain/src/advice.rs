//! What is done, what is next, what is refused and why: one answer for each of the ten stages.

pub mod clocks;

use crate::case::Case;
use crate::event::report::TriageExit;
use crate::pack::Stage;
use crate::procedure::{intake, outcome};
use crate::refusal::{Refusal, RefusalCode};

/// How a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Done.
    Done,
    /// The one next thing.
    Next,
    /// May be done, and is not the next thing.
    Open,
    /// Cannot start yet.
    Waiting(Refusal),
    /// Not needed so far.
    NotNeeded,
}

/// The advice for a case: a standing for each stage, in order.
#[must_use]
pub fn advise(case: &Case) -> [(Stage, Standing); 10] {
    let mut next_given = false;
    Stage::ALL.map(|stage| (stage, stand(case, stage, &mut next_given)))
}

/// The next stage, where one is.
#[must_use]
pub fn next(case: &Case) -> Option<Stage> {
    advise(case).into_iter().find(|(_, standing)| *standing == Standing::Next).map(|(stage, _)| stage)
}

fn stand(case: &Case, stage: Stage, next_given: &mut bool) -> Standing {
    if done(case, stage) {
        return Standing::Done;
    }
    if case.halt().is_some() && stage != Stage::Isolation {
        return Standing::Waiting(Refusal::new(RefusalCode::Halted, stage));
    }
    if !needed(case, stage) {
        return Standing::NotNeeded;
    }
    match intake::may_start(case, stage) {
        Err(refusal) => Standing::Waiting(refusal),
        Ok(()) if *next_given => Standing::Open,
        Ok(()) => {
            *next_given = true;
            Standing::Next
        }
    }
}

fn done(case: &Case, stage: Stage) -> bool {
    match stage {
        Stage::Reported => case.preserve_finished().is_some(),
        Stage::Triage => case.triage().is_some(),
        Stage::Group => case.group().is_some() && !case.harm_test_open(),
        Stage::Computer => case.computer().is_some(),
        Stage::Review => !case.sessions().is_empty() && case.open_session().is_none(),
        Stage::Judgement => case.substance().is_some(),
        Stage::Action => case.actions().is_some(),
        Stage::Isolation => outcome::is_isolated(case),
        Stage::SignOff => case.signed_off().is_some(),
        Stage::Retained => case.retained().is_some(),
    }
}

fn needed(case: &Case, stage: Stage) -> bool {
    let unreviewed = case.triage().is_some_and(|(_, exit, _)| *exit == TriageExit::IllegalRoute);
    let illegal = unreviewed && case.release().is_none();
    if case.is_log_only() {
        return match stage {
            Stage::Triage | Stage::Retained => true,
            Stage::Reported
            | Stage::Group
            | Stage::Computer
            | Stage::Review
            | Stage::Judgement
            | Stage::Action
            | Stage::Isolation
            | Stage::SignOff => false,
        };
    }
    match stage {
        Stage::Reported | Stage::Triage | Stage::Retained => true,
        Stage::Group | Stage::Judgement | Stage::SignOff => !illegal,
        Stage::Computer | Stage::Review => !illegal && !case.was_halted(),
        Stage::Action => !illegal && case.substance() != Some(false),
        Stage::Isolation => outcome::isolation_required(case),
    }
}
