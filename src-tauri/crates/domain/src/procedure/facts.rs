//! Facts that come later: who is concerned, who else, whether the child is safe; and the stricter way they may ask for.
//! The way becomes stricter and never laxer, at any stage.

use crate::case::Case;
use crate::event::report::{ChildSafe, Involved, Role, Subject, TriageExit};
use crate::event::review::SessionEnd;
use crate::event::{Event, Turn};
use crate::pack::{PolicyPack, Stage};
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::{Now, intake, log};

/// How strict a way out of triage is.
const fn strictness(exit: TriageExit) -> u8 {
    match exit {
        TriageExit::LogOnly => 0,
        TriageExit::OtherIncidents => 1,
        TriageExit::IllegalRoute => 2,
    }
}

/// Takes a stricter way. Any one signed-in person may: a stricter way is always safe.
pub(super) fn reroute(case: &Case, exit: TriageExit, reason: Words) -> Result<Vec<Event>, Refusal> {
    let Some((_, present, _)) = case.triage() else {
        return Err(Refusal::opened_by(RefusalCode::TriageFirst, Stage::Triage, Stage::Triage));
    };
    if exit == *present {
        return Err(Refusal::new(RefusalCode::AlreadyDone, Stage::Triage));
    }
    if strictness(exit) < strictness(*present) {
        return Err(Refusal::new(RefusalCode::RouteTooLax, Stage::Triage));
    }
    if !case.is_log_only() {
        intake::still_open(case, Stage::Triage)?;
    }
    let mut events = vec![Event::Turn(Turn::Rerouted { exit, reason })];
    events.extend(session_ends(case));
    Ok(events)
}

pub(super) fn change_subject(
    case: &Case,
    pack: &PolicyPack,
    subject: Subject,
    reason: Words,
    now: &Now<'_>,
) -> Result<Vec<Event>, Refusal> {
    if !case.is_log_only() {
        intake::still_open(case, Stage::Reported)?;
    }
    if subject.enrolled.as_ref().is_some_and(|person| now.is_signed_in(person)) {
        return Err(Refusal::new(RefusalCode::SubjectExcluded, Stage::Group));
    }
    let changed = Event::Turn(Turn::SubjectChanged { subject, reason: reason.clone() });
    let mut after = case.clone();
    after.imagine(&changed);
    let mut events = vec![changed];
    if after.harm_test_open() {
        events.extend(session_ends(case));
    }
    followed(case, pack, events, reason)
}

pub(super) fn involve(
    case: &Case,
    pack: &PolicyPack,
    involved: Involved,
    reason: Words,
) -> Result<Vec<Event>, Refusal> {
    if !case.is_log_only() {
        intake::still_open(case, Stage::Reported)?;
    }
    followed(case, pack, vec![Event::Turn(Turn::InvolvedAdded { involved, reason: reason.clone() })], reason)
}

/// *Is the child safe now?*, answered again by any one person at any stage, under HALT too.
pub(super) fn child_safe(
    case: &Case,
    pack: &PolicyPack,
    child_safe: ChildSafe,
    reason: Words,
) -> Result<Vec<Event>, Refusal> {
    followed(case, pack, vec![Event::Turn(Turn::ChildSafetyAnswered { child_safe, reason: reason.clone() })], reason)
}

/// Where a case was only logged and the facts no longer allow that, it goes on as another incident.
fn followed(case: &Case, pack: &PolicyPack, mut events: Vec<Event>, reason: Words) -> Result<Vec<Event>, Refusal> {
    if case.is_log_only() {
        let mut after = case.clone();
        for event in &events {
            after.imagine(event);
        }
        if log::allowed(&after, pack).is_err() {
            events.push(Event::Turn(Turn::Rerouted { exit: TriageExit::OtherIncidents, reason }));
        }
    }
    Ok(events)
}

/// The open session ends, where one is open.
pub(super) fn session_ends(case: &Case) -> Option<Event> {
    case.open_session().map(|session| Event::SessionEnded { session: session.id.clone(), how: SessionEnd::Ended })
}

/// Whether a child is involved who may be harmed.
pub(super) fn child_may_be_harmed(case: &Case) -> bool {
    let report = case.report();
    let unsafe_now = matches!(report.child_safe, ChildSafe::NotSafe { .. });
    unsafe_now || report.others.iter().any(|other| other.role == Role::ChildAtRisk)
}
