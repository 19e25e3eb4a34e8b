//! Nothing is destroyed without three people, before its day, or while somebody outside may ask for it.

use trail_domain::case::Case;
use trail_domain::event::keeping::DestructionTarget;
use trail_domain::event::release::Verdict;
use trail_domain::event::report::TriageExit;
use trail_domain::people::Standing;

use super::{Came, Held};
use crate::tally::Tally;

pub(super) fn by_three(came: &Came<'_>, tally: &mut Tally) -> Held {
    let Some(leave) = &came.answer.leave else { return Ok(()) };
    let case = &came.world.case;
    match leave.target() {
        DestructionTarget::Case => {
            tally.note("cases to be destroyed");
            if case.retained().is_none() || !came.world.has_waited() {
                return Err("a case may go before its day");
            }
        }
        DestructionTarget::Entry { entry } => {
            tally.note("entries to be destroyed early");
            let exhibit = case.exhibits().iter().any(|(stamp, ..)| stamp.seq == entry);
            if !exhibit && !case.notes().iter().any(|(stamp, _)| stamp.seq == entry) {
                return Err("an entry may go that is neither an exhibit nor a note");
            }
        }
    }
    let three = [leave.asked_by(), leave.agreed_by(), leave.head()];
    if three[0] == three[1] || three[1] == three[2] || three[0] == three[2] {
        return Err("fewer than three people destroy");
    }
    let now = came.world.school.now(came.world.at(), came.by, came.company);
    if now.register.person(leave.head()).is_none_or(|who| who.standing == Standing::Senior) {
        return Err("somebody decided who may not");
    }
    if leave.head() != came.by || !came.company.contains(came.by) {
        return Err("somebody decided for another person");
    }
    if came.subject().is_some_and(|subject| three.contains(&subject) || came.company.contains(subject)) {
        return Err("the subject had a part in it");
    }
    let police = case.actions().is_some_and(|actions| actions.response.police);
    let illegal = matches!(case.triage(), Some((_, TriageExit::IllegalRoute, _)));
    let held = illegal || !case.referrals().is_empty() || !case.stopped().is_empty();
    let legal_hold = case.holds().iter().any(|hold| hold.lifted.is_none());
    if police || legal_hold || (held && !case.was_halted()) || (case.was_halted() && !let_go(case)) {
        return Err("something is destroyed that is held");
    }
    Ok(())
}

/// The police let go of a halted case, and heard nothing of it since.
fn let_go(case: &Case) -> bool {
    let Some((told, release)) = case.release() else { return false };
    release.verdict != Verdict::SchoolMayProceed && case.referrals().iter().all(|(stamp, _)| stamp.seq < told.seq)
}
