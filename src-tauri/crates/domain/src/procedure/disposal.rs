//! Destruction: of a case after its review date, or early of one entry on a legal ground. Two people ask and agree,
//! the head decides; never under HALT, a referral or an interest of the police.

use crate::case::{Case, Destruction};
use crate::event::Event;
use crate::event::keeping::DestructionTarget;
use crate::event::report::TriageExit;
use crate::ids::Seq;
use crate::pack::Stage;
use crate::people::Standing;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::Now;
use super::permit::DisposePermit;

/// Leave to destroy what two people asked for and agreed on. Only the head, or who stands in, has it.
///
/// # Errors
/// - If the computer is frozen by a HALT, in whichever case.
/// - If HALT, a referral or the police have an interest in the case.
/// - If it was not asked for and agreed to, or is destroyed already.
/// - If who acts is not the head or who stands in, asked or agreed, or is the subject.
/// - If the case's review date has not come.
pub fn permit(case: &Case, asked: Seq, now: &Now<'_>) -> Result<DisposePermit, Refusal> {
    super::freeze::not_frozen(now.register)?;
    super::admitted(case, now)?;
    no_hold(case)?;
    let request = request(case, asked)?;
    let agreed = request.agreed.as_ref().ok_or(refuse(RefusalCode::NotAgreed))?;
    may_be_destroyed(case, request.target, now)?;
    let standing = now.register.person(now.by).map(|person| person.standing);
    let took_part = request.asked.by == *now.by || agreed.by == *now.by;
    if took_part || !matches!(standing, Some(Standing::Head | Standing::Deputy)) {
        return Err(refuse(RefusalCode::HeadOnly));
    }
    Ok(DisposePermit {
        case: case.id().clone(),
        target: request.target,
        asked,
        asked_by: request.asked.by.clone(),
        agreed_by: agreed.by.clone(),
        head: now.by.clone(),
        position: case.last(),
    })
}

pub(super) fn ask(case: &Case, target: DestructionTarget, ground: Words, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    no_hold(case)?;
    may_be_destroyed(case, target, now)?;
    let of = |entry| case.exhibits().iter().find(|(stamp, ..)| stamp.seq == entry);
    let mark = match target {
        DestructionTarget::Case => None,
        DestructionTarget::Entry { entry } => of(entry).map(|(_, _, exhibit)| exhibit.mark.clone()),
    };
    Ok(vec![Event::DestructionAsked { target, ground, mark }])
}

pub(super) fn agree(case: &Case, asked: Seq, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    no_hold(case)?;
    let request = request(case, asked)?;
    if request.agreed.is_some() {
        return Err(refuse(RefusalCode::AlreadyDone));
    }
    if request.asked.by == *now.by {
        return Err(refuse(RefusalCode::SamePerson));
    }
    may_be_destroyed(case, request.target, now)?;
    Ok(vec![Event::DestructionAgreed { asked }])
}

fn request(case: &Case, asked: Seq) -> Result<&Destruction, Refusal> {
    case.destructions().iter().find(|request| request.asked.seq == asked).ok_or(refuse(RefusalCode::NotAgreed))
}

/// The whole case after its review date; early, an exhibit or a note that still stands.
fn may_be_destroyed(case: &Case, target: DestructionTarget, now: &Now<'_>) -> Result<(), Refusal> {
    match target {
        DestructionTarget::Case => {
            let today = now.at.in_uk().0.date().format("%Y-%m-%d").to_string();
            let is_due = case.retained().is_some_and(|(_, review_on, _)| *review_on <= today);
            if is_due { Ok(()) } else { Err(refuse(RefusalCode::NotYet)) }
        }
        DestructionTarget::Entry { entry } => {
            let is_exhibit = case.exhibits().iter().any(|(stamp, ..)| stamp.seq == entry);
            let is_note = case.notes().iter().any(|(stamp, _)| stamp.seq == entry);
            let is_gone = case.erased().iter().any(|(_, gone)| *gone == entry);
            if is_gone {
                Err(refuse(RefusalCode::AlreadyDone))
            } else if is_exhibit || is_note {
                Ok(())
            } else {
                Err(refuse(RefusalCode::UnknownEntry))
            }
        }
    }
}

/// What somebody outside may still ask for is not destroyed (pack clause *retained*; the floor).
fn no_hold(case: &Case) -> Result<(), Refusal> {
    if case.was_halted() || case.holds().iter().any(|hold| hold.lifted.is_none()) {
        return Err(refuse(RefusalCode::UnderHold));
    }
    if of_interest_to_the_police(case) { Err(refuse(RefusalCode::UnderHold)) } else { Ok(()) }
}

/// Whether the police have, or may come to have, an interest in the case: its route, a response, a referral, or a site
/// that was stopped.
pub(super) fn of_interest_to_the_police(case: &Case) -> bool {
    let illegal = case.triage().is_some_and(|(_, exit, _)| *exit == TriageExit::IllegalRoute);
    let police = case.actions().is_some_and(|actions| actions.response.police);
    let referred = !case.referrals().is_empty() || !case.stopped().is_empty();
    illegal || police || referred
}

const fn refuse(code: RefusalCode) -> Refusal {
    Refusal::new(code, Stage::Retained)
}
