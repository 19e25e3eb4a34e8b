//! What the police release after HALT, recorded by two people: the computer, and the case.

use crate::case::Case;
use crate::event::release::{CaseRelease, ComputerRelease, PoliceSaid, Verdict};
use crate::event::{Event, Turn};
use crate::ids::PersonId;
use crate::pack::Stage;
use crate::refusal::{Refusal, RefusalCode};

use super::{Now, outcome};

/// The computer may be used again, or is with the police. The case stays sealed.
pub(super) fn computer(case: &Case, release: ComputerRelease, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    if !case.was_halted() {
        return Err(refuse(RefusalCode::NoHaltHere));
    }
    if !now.register.is_frozen() {
        return Err(refuse(RefusalCode::NotFrozen));
    }
    two_people(&release.with, now, Stage::Isolation)?;
    told(&release.said, now)?;
    Ok(vec![Event::Turn(Turn::ComputerReleased { release })])
}

/// The case goes back to judgement. Only *not illegal* unseals, and only what it names.
pub(super) fn case(case: &Case, release: CaseRelease, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    if case.halt().is_none() {
        return Err(refuse(RefusalCode::NoHaltHere));
    }
    two_people(&release.with, now, Stage::Isolation)?;
    told(&release.said, now)?;
    let unseals = match release.verdict {
        Verdict::NotIllegal => true,
        Verdict::SchoolMayProceed | Verdict::NoFurtherAction | Verdict::DirectedToDispose => false,
    };
    if !unseals && !release.exhibits.is_empty() {
        return Err(refuse(RefusalCode::StaysSealed));
    }
    let sealed = |mark| {
        let mut exhibits = case.exhibits().iter();
        exhibits.any(|(_, _, exhibit)| &exhibit.mark == mark && case.is_sealed(exhibit))
    };
    if !release.exhibits.iter().all(sealed) {
        return Err(refuse(RefusalCode::NotSealedHere));
    }
    Ok(vec![Event::Turn(Turn::CaseReleased { release })])
}

/// Who acts and a second person, both enrolled and signed in.
pub(super) fn two_people(with: &PersonId, now: &Now<'_>, stage: Stage) -> Result<(), Refusal> {
    let here = |person| now.is_signed_in(person) && now.register.person(person).is_some();
    if with == now.by {
        return Err(Refusal::new(RefusalCode::SamePerson, stage));
    }
    if here(with) && here(now.by) { Ok(()) } else { Err(Refusal::new(RefusalCode::TwoSignedIn, stage)) }
}

/// What was said was said on a day that has come.
fn told(said: &PoliceSaid, now: &Now<'_>) -> Result<(), Refusal> {
    let today = now.at.in_uk().0.date().format("%Y-%m-%d").to_string();
    if outcome::is_day(&said.on) && said.on <= today { Ok(()) } else { Err(refuse(RefusalCode::DayToCome)) }
}

const fn refuse(code: RefusalCode) -> Refusal {
    Refusal::new(code, Stage::Isolation)
}
