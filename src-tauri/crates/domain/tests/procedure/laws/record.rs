//! Nothing is lost: what is accepted is recorded in full, what is refused is not, and the entries make the case.

use trail_domain::case::Case;
use trail_domain::event::Event;

use super::{Came, Held};
use crate::tally::Tally;

/// An accepted command leaves events, each with its place in the case; a refused one leaves none.
pub(super) fn no_silent_loss(came: &Came<'_>, tally: &mut Tally) -> Held {
    let events = &came.answer.events;
    let (log, case) = (&came.world.log, &came.world.case);
    if log.len() != came.stood.entries + events.len() || case.entries().len() != log.len() {
        return Err("the case has not as many entries as were recorded");
    }
    if !events.iter().eq(log[came.stood.entries..].iter().map(|entry| &entry.event)) {
        return Err("an event did not come back from the disk as it was");
    }
    if case.last() != log[log.len() - 1].seq {
        return Err("the case does not know its last entry");
    }
    let accepted = came.answer.asked && came.answer.refusal.is_none();
    let gives_leave = came.answer.view.is_some() || came.answer.leave.is_some();
    if accepted && events.is_empty() && !gives_leave {
        return Err("something was accepted and left no event");
    }
    if !accepted && !events.is_empty() {
        return Err("something was refused and left an event");
    }
    tally.notes("accepted, with its events", u64::from(accepted && !gives_leave));
    tally.notes("refused, with none", u64::from(came.answer.refusal.is_some()));
    Ok(())
}

/// Every text in an accepted command is a text in its events.
pub(super) fn nothing_left_out(came: &Came<'_>, tally: &mut Tally) -> Held {
    let Some(said) = came.answer.said.as_deref().filter(|_| came.answer.refusal.is_none()) else { return Ok(()) };
    let recorded = format!("{:?}", came.answer.events);
    // Between quotation marks stands every second part; no text of the dice has a quotation mark in it.
    for text in said.split('"').skip(1).step_by(2).filter(|text| !text.is_empty()) {
        tally.note("texts found again in the events");
        if !recorded.contains(text) {
            return Err("something that was said in an accepted command is not in its events");
        }
    }
    Ok(())
}

/// The entries, as they come back from the disk, make the case as it was kept entry by entry.
pub(super) fn state_is_replay(came: &Came<'_>, tally: &mut Tally) -> Held {
    let ended = |event: &Event| matches!(event, Event::Retained { .. });
    tally.notes("cases retained", u64::from(came.answer.events.iter().any(ended)));
    if !came.looks_back {
        return Ok(());
    }
    tally.note("cases replayed");
    match Case::replay(&came.world.log) {
        Ok(replayed) if replayed == came.world.case => Ok(()),
        Ok(_) => Err("the state is not the replay of the entries"),
        Err(_) => Err("the entries do not make a case"),
    }
}
