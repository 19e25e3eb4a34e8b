//! Reopening a retained case, legal holds, clocks by hand, and the change of the designated computer.

use crate::case::{Case, Document};
use crate::event::course::ComputerChange;
use crate::event::{Event, Turn};
use crate::ids::{PersonId, Seq};
use crate::pack::{PolicyPack, Stage};
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::release::two_people;
use super::{Now, intake};

pub(super) fn reopen(case: &Case, reason: Words, with: PersonId, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    if case.retained().is_none() {
        return Err(Refusal::new(RefusalCode::NotRetained, Stage::Retained));
    }
    two_people(&with, now, Stage::Retained)?;
    Ok(vec![Event::Turn(Turn::Reopened { reason, with })])
}

pub(super) fn lift_hold(
    case: &Case,
    hold: Seq,
    reason: Words,
    with: PersonId,
    now: &Now<'_>,
) -> Result<Vec<Event>, Refusal> {
    if !case.holds().iter().any(|placed| placed.placed.seq == hold && placed.lifted.is_none()) {
        return Err(Refusal::new(RefusalCode::UnknownEntry, Stage::Retained));
    }
    two_people(&with, now, Stage::Retained)?;
    Ok(vec![Event::Turn(Turn::HoldLifted { hold, reason, with })])
}

pub(super) fn start_clock(pack: &PolicyPack, clock: String, words: Words) -> Result<Vec<Event>, Refusal> {
    if pack.clocks().iter().all(|known| known.id() != clock) {
        return Err(Refusal::new(RefusalCode::UnknownClock, Stage::Reported));
    }
    Ok(vec![Event::Turn(Turn::ClockStarted { clock, words })])
}

pub(super) fn stop_clock(case: &Case, clock: String, words: Words) -> Result<Vec<Event>, Refusal> {
    if !case.clocks_told().iter().any(|told| told.clock == clock && told.stopped.is_none()) {
        return Err(Refusal::new(RefusalCode::UnknownClock, Stage::Reported));
    }
    Ok(vec![Event::Turn(Turn::ClockStopped { clock, words })])
}

/// Another registered computer takes the place of the case's. Anything else would be a second computer.
pub(super) fn change_computer(
    case: &Case,
    asset_tag: &Words,
    change: impl FnOnce(crate::people::Computer) -> ComputerChange,
    with: &PersonId,
    now: &Now<'_>,
) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Computer));
    intake::still_open(case, Stage::Computer)?;
    let Some((_, present, _)) = case.computer() else {
        return Err(Refusal::opened_by(RefusalCode::ComputerFirst, Stage::Computer, Stage::Computer));
    };
    if case.open_session().is_some() {
        return refuse(RefusalCode::SessionOpen);
    }
    if case.form().is_some_and(Document::is_current) {
        return refuse(RefusalCode::InSigning);
    }
    if &present.asset_tag == asset_tag {
        return refuse(RefusalCode::AlreadyDone);
    }
    let Some(computer) = now.register.computers().iter().find(|computer| &computer.asset_tag == asset_tag) else {
        return refuse(RefusalCode::WrongComputer);
    };
    two_people(with, now, Stage::Computer)?;
    Ok(vec![Event::Turn(Turn::ComputerChanged { change: change(computer.clone()) })])
}
