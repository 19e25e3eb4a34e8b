//! HALT: the brake and the browser first, the record after.

use trail_domain::event::Event;
use trail_domain::event::capture::StoppedBy;
use trail_domain::ids::{CaseId, PersonId};
use trail_domain::procedure::{self, Command};
use trail_domain::time::Moment;
use trail_store::Signer;

use crate::app::{App, State};
use crate::desk::UnwrittenHalt;
use crate::fault::{Fault, Stop};
use crate::reading;
use crate::shelf;
use crate::wire::Answer;

impl App {
    /// HALT, by any one signed-in person. The brake was pressed before this is called, or is pressed now: the
    /// browser dies before anything is written.
    ///
    /// # Errors
    /// - If nobody is signed in.
    pub fn halt(&mut self, case: Option<&str>) -> Result<Option<Answer>, Fault> {
        self.pressed(|app| {
            let by = app.desk_mut()?.first()?;
            app.halted_by(case, &by)
        })
    }

    /// HALT by the signed-in person with this id.
    ///
    /// # Errors
    /// - If nobody is signed in.
    pub fn halt_by(&mut self, case: Option<&str>, by: &str) -> Result<Option<Answer>, Fault> {
        self.pressed(|app| {
            let by = reading::person_id("person", by)?;
            app.halted_by(case, &by)
        })
    }

    /// Presses the brake, ends the browser, acts, and answers the press whatever came of it.
    pub(super) fn pressed<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> T {
        let presses = self.brake.press();
        self.ports.browser.halt();
        let came = act(self);
        self.brake.answer(presses);
        came
    }

    fn halted_by(&mut self, case: Option<&str>, by: &PersonId) -> Result<Option<Answer>, Fault> {
        let address = self.review_mut().map(|review| review.page.address.clone()).filter(|text| !text.is_empty());
        // Also one that was pressed in the browser's window is answered here.
        let _ = self.drain();
        let reviewing = self.review_mut().map(|review| review.case.clone());
        let id = match (case, reviewing) {
            (Some(case), _) => Some(reading::case_id(case)?),
            (None, reviewing) => reviewing,
        };
        let Some(id) = id else {
            // No case: the browser is dead, and there is nothing that a HALT could seal.
            return Ok(None);
        };
        if self.desk_mut()?.case(&id).is_err() {
            return self.halt_aside(&id, by);
        }
        let pack = self.pack_of(&id)?;
        let halted = self.carry_out(&id, Command::Halt(StoppedBy::Pressed, address), by);
        self.close_review();
        self.note_head();
        match halted {
            Ok(()) => Ok(Some(Answer::Halted { case: Box::new(self.show_case(&id)?) })),
            // It stands already: pressing again changes nothing and is answered with the page of HALT.
            Err(Stop::Refused(_)) if self.desk()?.case(&id)?.halt().is_some() => {
                Ok(Some(Answer::Halted { case: Box::new(self.show_case(&id)?) }))
            }
            Err(stop) => {
                self.hold_in_memory(&id);
                Ok(Some(self.stopped(stop, &pack)))
            }
        }
    }

    /// HALT in a case that one of those signed in may open and another may not: nothing of it is shown.
    fn halt_aside(&mut self, id: &CaseId, by: &PersonId) -> Result<Option<Answer>, Fault> {
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        let case = shelf::aside(&desk.vault, id)?;
        let here = desk.people();
        let pack = self.pack(case.pack())?;
        let command = Command::Halt(StoppedBy::Pressed, None);
        let Ok(events) = procedure::decide(&case, pack, command, &desk.now(at, by, &here)) else {
            return Ok(None);
        };
        let entropy = &self.ports.entropy;
        if let State::Open(desk) = &mut self.state {
            let recorded = desk.vault.append(Some(id), &events, at, &Signer::Person(by), entropy.as_ref())?;
            desk.fold(id, &recorded)?;
        }
        self.note_head();
        Ok(None)
    }

    /// Writes down the halts that were held beside the record, because it could not be written when they were pressed.
    pub(crate) fn write_held_halts(&mut self, by: &PersonId) {
        let held = self.desk().map(|desk| desk.vault.unwritten_halts()).unwrap_or_default();
        for (id, pressed) in held {
            if self.write_held_halt(&id, pressed, by).is_err()
                && let State::Open(desk) = &mut self.state
            {
                let case = desk.vault.may_open(&id).then_some(id);
                desk.unwritten_halt = Some(UnwrittenHalt { case, at: pressed });
            }
        }
    }

    fn write_held_halt(&mut self, id: &CaseId, pressed: Moment, by: &PersonId) -> Result<(), Stop> {
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        let case = shelf::aside(&desk.vault, id)?;
        let here = desk.people();
        let command = Command::Halt(StoppedBy::Pressed, None);
        let mut events = procedure::decide(&case, self.pack(case.pack())?, command, &desk.now(at, by, &here))?;
        let words = self.phrases.say("halt.written-late", &[("at", &crate::show::dates::exact(pressed))]);
        events.push(Event::NoteAdded { words: reading::words("words", &words)? });
        let entropy = &self.ports.entropy;
        if let State::Open(desk) = &mut self.state {
            let recorded = desk.vault.append(Some(id), &events, at, &Signer::Person(by), entropy.as_ref())?;
            desk.fold(id, &recorded)?;
        }
        Ok(())
    }

    /// HALT holds although its entry could not be written: nothing of the case is shown from now on.
    pub(super) fn hold_in_memory(&mut self, id: &CaseId) {
        let at = self.ports.clock.now();
        if let State::Open(desk) = &mut self.state {
            desk.unwritten_halt = Some(UnwrittenHalt { case: Some(id.clone()), at });
            desk.look_at_freeze();
        }
    }
}
