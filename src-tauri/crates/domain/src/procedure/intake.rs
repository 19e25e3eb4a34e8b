//! From the report to the designated computer: stages 1 to 4.

use crate::case::Case;
use crate::event::Event;
use crate::event::report::{HarmTest, PreservedItem, Report, TriageExit};
use crate::ids::{CaseId, CaseReference};
use crate::pack::{PolicyPack, Route, Stage};
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::{Now, group, log};

/// Opens a case with its report. One signed-in person may do so alone.
///
/// # Errors
/// - If nobody acts who is signed in, or the subject acts.
/// - If the computer is frozen by a HALT.
/// - If the pack has no such category.
pub fn open(
    id: CaseId,
    reference: CaseReference,
    pack: &PolicyPack,
    report: Report,
    now: &Now<'_>,
) -> Result<Vec<Event>, Refusal> {
    if !now.is_signed_in(now.by) {
        return Err(Refusal::new(RefusalCode::NotSignedIn, Stage::Reported));
    }
    if report.subject.enrolled.as_ref().is_some_and(|subject| now.is_signed_in(subject)) {
        return Err(Refusal::new(RefusalCode::SubjectExcluded, Stage::Reported));
    }
    super::freeze::not_frozen(now.register)?;
    if pack.category(&report.category).is_none() {
        return Err(Refusal::new(RefusalCode::UnknownCategory, Stage::Reported));
    }
    Ok(vec![Event::CaseOpened { case: id, reference, pack: pack.reference(), report }])
}

/// The triage exits that the case leaves open. A rating is not a route: only the route decides.
#[must_use]
pub fn exits(case: &Case, pack: &PolicyPack) -> Vec<TriageExit> {
    let mut open = exits_of_the_category(case, pack);
    if log::allowed(case, pack).is_ok() {
        open.push(TriageExit::LogOnly);
    }
    open
}

fn exits_of_the_category(case: &Case, pack: &PolicyPack) -> Vec<TriageExit> {
    match pack.category(&case.report().category).map(crate::pack::Category::route) {
        Some(Route::ChildProtection | Route::PoliceFirst) | None => vec![TriageExit::IllegalRoute],
        Some(Route::AdviceFirst | Route::School) => vec![TriageExit::OtherIncidents, TriageExit::IllegalRoute],
    }
}

pub(super) fn preserve(case: &Case, item: PreservedItem) -> Result<Vec<Event>, Refusal> {
    still_open(case, Stage::Reported)?;
    Ok(vec![Event::ItemPreserved { item }])
}

pub(super) fn finish_preserve(case: &Case, nothing_because: Option<Words>) -> Result<Vec<Event>, Refusal> {
    if case.preserve_finished().is_some() {
        return Err(Refusal::new(RefusalCode::AlreadyDone, Stage::Reported));
    }
    if case.preserved().is_empty() && nothing_because.is_none() {
        return Err(Refusal::new(RefusalCode::NothingPreserved, Stage::Reported));
    }
    Ok(vec![Event::PreserveFinished { nothing_because }])
}

pub(super) fn triage(case: &Case, pack: &PolicyPack, exit: TriageExit, reason: Words) -> Result<Vec<Event>, Refusal> {
    if case.triage().is_some() {
        return Err(Refusal::new(RefusalCode::AlreadyDone, Stage::Triage));
    }
    if exit == TriageExit::LogOnly {
        log::allowed(case, pack)?;
        return Err(Refusal::new(RefusalCode::LogWithAction, Stage::Triage));
    }
    may_start(case, Stage::Triage)?;
    if !exits(case, pack).contains(&exit) {
        return Err(Refusal::new(RefusalCode::RouteTooLax, Stage::Triage));
    }
    Ok(vec![Event::Triaged { exit, reason }])
}

pub(super) fn answer_harm_test(case: &Case, test: HarmTest) -> Result<Vec<Event>, Refusal> {
    if !case.needs_harm_test() {
        return Err(Refusal::new(RefusalCode::NoHarmTestNeeded, Stage::Group));
    }
    still_open(case, Stage::Group)?;
    if case.harm_test_met().is_some() && matches!(test, HarmTest::No { .. }) {
        return Err(Refusal::new(RefusalCode::HarmTestMet, Stage::Group));
    }
    Ok(vec![Event::HarmTested { test }])
}

pub(super) fn choose_computer(
    case: &Case,
    asset_tag: &Words,
    not_for_pupils: bool,
    can_leave: bool,
    filter: Words,
    now: &Now<'_>,
) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Computer));
    may_start(case, Stage::Computer)?;
    if case.computer().is_some() {
        return refuse(RefusalCode::AlreadyDone);
    }
    let tag_is = |computer: &&crate::people::Computer| &computer.asset_tag == asset_tag;
    let Some(computer) = now.register.computers().iter().find(tag_is) else {
        return refuse(RefusalCode::WrongComputer);
    };
    if !not_for_pupils {
        return refuse(RefusalCode::PupilsUseIt);
    }
    if !can_leave {
        return refuse(RefusalCode::MustBeMovable);
    }
    Ok(vec![Event::ComputerChosen { computer: computer.clone(), filter }])
}

/// Whether the stages before this one leave it to start.
pub(crate) fn may_start(case: &Case, stage: Stage) -> Result<(), Refusal> {
    still_open(case, stage)?;
    let first = |code, opens| Err(Refusal::opened_by(code, stage, opens));
    // The police have decided: the case goes on from judgement, whatever route it was on.
    let released = case.release().is_some();
    let reported = case.preserve_finished().is_some();
    let reviewed = !case.sessions().is_empty() && case.open_session().is_none();
    match stage {
        Stage::Reported => Ok(()),
        Stage::Triage => {
            if reported {
                Ok(())
            } else {
                first(RefusalCode::ReportFirst, Stage::Reported)
            }
        }
        Stage::Group if released => Ok(()),
        Stage::Group => match case.triage() {
            None => first(RefusalCode::TriageFirst, Stage::Triage),
            Some((_, TriageExit::IllegalRoute, _)) => Err(Refusal::new(RefusalCode::NoReviewHere, Stage::Triage)),
            Some((_, TriageExit::LogOnly, _)) => Err(Refusal::new(RefusalCode::OnlyLogged, Stage::Triage)),
            Some((_, TriageExit::OtherIncidents, _)) => Ok(()),
        },
        Stage::Computer => {
            may_start(case, Stage::Group).map_err(|refusal| for_stage(refusal, stage))?;
            if case.group().is_some() { Ok(()) } else { first(RefusalCode::GroupFirst, Stage::Group) }
        }
        Stage::Review => {
            super::halt::no_capture(case)?;
            may_start(case, Stage::Computer).map_err(|refusal| for_stage(refusal, stage))?;
            if case.computer().is_none() {
                return first(RefusalCode::ComputerFirst, Stage::Computer);
            }
            group::fits(case, stage)?;
            harm_tested(case, stage)
        }
        Stage::Judgement if released => {
            if case.group().is_none() {
                return first(RefusalCode::GroupFirst, Stage::Group);
            }
            group::fits(case, stage)?;
            harm_tested(case, stage)
        }
        Stage::Judgement => {
            may_start(case, Stage::Review).map_err(|refusal| for_stage(refusal, stage))?;
            if reviewed { Ok(()) } else { first(RefusalCode::ReviewFirst, Stage::Review) }
        }
        Stage::Action => {
            may_start(case, Stage::Judgement).map_err(|refusal| for_stage(refusal, stage))?;
            match (case.finding(), case.substance()) {
                (None, _) => first(RefusalCode::JudgementFirst, Stage::Judgement),
                (Some(_), None) => first(RefusalCode::DisagreementOpen, Stage::Judgement),
                (Some(_), Some(_)) => Ok(()),
            }
        }
        Stage::Isolation => {
            // Under HALT the computer is isolated at once, however far the case had come.
            if case.was_halted() || case.triage().is_some() {
                Ok(())
            } else {
                first(RefusalCode::TriageFirst, Stage::Triage)
            }
        }
        Stage::SignOff => super::closing::may_sign_off(case),
        Stage::Retained => super::closing::may_retain(case),
    }
}

/// The harm test is answered, where the subject works with children.
fn harm_tested(case: &Case, stage: Stage) -> Result<(), Refusal> {
    if case.harm_test_open() {
        return Err(Refusal::opened_by(RefusalCode::HarmTestFirst, stage, Stage::Group));
    }
    Ok(())
}

/// The same refusal, as the answer for a later stage.
fn for_stage(refusal: Refusal, stage: Stage) -> Refusal {
    match refusal.opens() {
        Some(opens) => Refusal::opened_by(refusal.code(), stage, opens),
        None => refusal,
    }
}

/// Nothing is added to a case that is retained, but corrections, referrals and custody.
pub(super) fn still_open(case: &Case, stage: Stage) -> Result<(), Refusal> {
    if case.retained().is_some() { Err(Refusal::new(RefusalCode::Closed, stage)) } else { Ok(()) }
}
