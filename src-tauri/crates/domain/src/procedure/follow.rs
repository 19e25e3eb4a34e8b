//! What follows the choice of actions: they go on, and held ones wait until police, LADO or social care say so.

use crate::case::{Actions, Case};
use crate::event::review::{ActionChosen, ActionState};
use crate::event::{Event, Turn};
use crate::pack::Stage;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::intake;

/// Actions, by the ids that packs use, of which the person concerned and the family notice nothing: somebody at the
/// school or outside is told, something is written down, or a child who was harmed is supported.
const UNNOTICED: [&str; 24] = [
    "advice",
    "agencies",
    "class-teacher",
    "e-safety-coordinator",
    "e-safety-log",
    "head-of-department",
    "headteacher",
    "hr-advice",
    "ict-service",
    "incident-log",
    "it-support",
    "keep-evidence",
    "lado",
    "liaison-officer",
    "line-manager",
    "local-authority",
    "outside-agencies",
    "police",
    "pupil-support",
    "safeguarding-lead",
    "safeguarding-procedures",
    "second-form",
    "senior-colleague",
    "senior-leadership",
];

/// Whether an action would tell the person concerned or the family that something is going on. Any that is not known
/// here counts as one, such as a column whose heading the source lost: waiting does no harm, a warning too soon may.
#[must_use]
pub fn alerts(action: &str) -> bool {
    !UNNOTICED.contains(&action)
}

/// Whether somebody outside has to say first that the person concerned and the family may be alerted.
#[must_use]
pub fn must_wait(case: &Case, police: bool) -> bool {
    let lado = case.lado().is_some() || case.harm_test_met().is_some();
    police || lado || case.was_halted() || !case.referrals().is_empty() || !case.stopped().is_empty()
}

/// Whether a chosen action is held, where it must be.
pub(super) fn held_where_needed(case: &Case, police: bool, lines: &[ActionChosen]) -> Result<(), Refusal> {
    let alerts = |line: &&ActionChosen| line.chosen && alerts(&line.action);
    let on_its_way = |line: &&ActionChosen| line.held.is_none() || line.state != ActionState::Proposed;
    if must_wait(case, police) && lines.iter().filter(alerts).any(|line| on_its_way(&line)) {
        return Err(Refusal::new(RefusalCode::MustBeHeld, Stage::Action));
    }
    Ok(())
}

pub(super) fn go_on(case: &Case, action: String, state: ActionState, outcome: Words) -> Result<Vec<Event>, Refusal> {
    let line = chosen(case, &action)?;
    if line.held.is_some() {
        return Err(Refusal::new(RefusalCode::StillHeld, Stage::Action));
    }
    if state == ActionState::NotChosen {
        return Err(Refusal::new(RefusalCode::UnknownAction, Stage::Action));
    }
    Ok(vec![Event::Turn(Turn::ActionMoved { action, state, outcome })])
}

pub(super) fn release(case: &Case, action: String, said: Words) -> Result<Vec<Event>, Refusal> {
    if chosen(case, &action)?.held.is_none() {
        return Err(Refusal::new(RefusalCode::AlreadyDone, Stage::Action));
    }
    Ok(vec![Event::Turn(Turn::ActionReleased { action, said })])
}

fn chosen<'a>(case: &'a Case, action: &str) -> Result<&'a ActionChosen, Refusal> {
    intake::still_open(case, Stage::Action)?;
    let lines = case.actions().map(|actions: &Actions| actions.lines.as_slice()).unwrap_or_default();
    let line = lines.iter().find(|line| line.chosen && line.action == action);
    line.ok_or(Refusal::new(RefusalCode::UnknownAction, Stage::Action))
}
