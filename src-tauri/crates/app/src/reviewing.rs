//! The review: the session, the evidence browser beside it, the gate, captures, and HALT.

use trail_domain::event::capture::{Exhibit, ExhibitFile, ExhibitKind, Shows};
use trail_domain::event::review::{ComputerCheck, SessionEnd, Visit};
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{CaseId, PersonId, SessionId};
use trail_domain::procedure::gate::{self, Gate};
use trail_domain::procedure::permit::CapturePermit;
use trail_domain::procedure::review::Draft;
use trail_domain::procedure::{self, Command};
use trail_domain::time::Moment;
use trail_domain::words::{Noted, Words};
use trail_store::{Checked, Signer};
use zeroize::Zeroizing;

use crate::app::{App, State};
use crate::fault::{Fault, Stop};
use crate::ports::{PageNow, Picture, Reach};
use crate::reading;
use crate::wire::Answer;
use crate::wire::forms::{CaptureForm, SessionForm, WordsExhibit};
use crate::wire::review::ReviewView;

mod browsing;
mod halting;
mod importing;
mod marking;
mod opening;
pub(crate) mod pin;
mod sharing;
mod viewing;
mod workspace;

/// Seconds that a session may last.
const LIMIT_SECONDS: u32 = 45 * 60;
/// Seconds between two confirmations of the observer.
const CONFIRM_SECONDS: f64 = 15.0 * 60.0;

/// A review that runs.
pub(crate) struct Review {
    pub(crate) case: CaseId,
    /// Opened, and last confirmed, on the steady clock.
    pub(crate) opened: f64,
    pub(crate) confirmed: f64,
    /// The page as last seen.
    pub(crate) page: PageNow,
    /// HALT was pressed in the browser's own window, and is not answered yet.
    pub(crate) halt_pressed: bool,
    /// What the observer confirms with.
    pub(crate) pin: pin::Pin,
    /// What the browser, or the address that was typed, waits for a reason with.
    pub(crate) held: Option<browsing::Held>,
}

/// What the person typed beside an exhibit.
struct Described {
    title: Words,
    nature: Words,
    concern: Words,
}

impl Described {
    fn read(title: &str, nature: &str, concern: &str) -> Result<Self, Fault> {
        Ok(Self {
            title: reading::words("title", title)?,
            nature: reading::words("nature", nature)?,
            concern: reading::words("concern", concern)?,
        })
    }
}

impl App {
    /// Opens a session: the check of the computer first, then both people's certificate, then the browser.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn open_session(&mut self, case: &str, form: &SessionForm) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let pack = self.pack_of(&id)?;
        match self.try_open_session(&id, form) {
            Ok(()) => self.done(&id, "The session is open", None),
            Err(stop) => Ok(self.stopped(stop, &pack)),
        }
    }

    /// Ends the session.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn end_session(&mut self, case: &str) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let by = self.desk_mut()?.first()?;
        if let Some(halted) = self.halted_in_its_window(case)? {
            return Ok(halted);
        }
        let answer = self.command(&id, Command::EndSession(SessionEnd::Ended), &by, "The session has ended")?;
        self.close_review();
        Ok(answer)
    }

    /// The observer confirms that they are watching, with their PIN of this session.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn confirm_observer(&mut self, case: &str, pin: &str) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let observer = self.desk_mut()?.case(&id)?.open_session().map(|session| session.observer.clone());
        let by = observer.map_or_else(|| self.desk()?.first(), Ok)?;
        self.confirm_observer_by(case, by.as_str(), pin)
    }

    /// A confirmation by the person with this id: the core takes it from the observer alone.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn confirm_observer_by(&mut self, case: &str, by: &str, pin: &str) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let by = reading::person_id("person", by)?;
        // Whoever is not the observer is refused by the core, whatever they type.
        if let Some(review) = self.review_mut().filter(|review| review.case == id && *review.pin.of() == by)
            && let Err(fault) = review.pin.check(pin)
        {
            return Ok(Answer::Trouble { trouble: fault.in_words(&self.phrases) });
        }
        let answer = self.command(&id, Command::Confirm, &by, "Confirmed")?;
        let now = self.ports.clock.steady_seconds();
        if let (Answer::Done { .. }, Some(review)) = (&answer, self.review_mut()) {
            review.confirmed = now;
        }
        Ok(answer)
    }

    /// Captures what is revealed, after the gate.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn capture(&mut self, case: &str, form: &CaptureForm) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let pack = self.pack_of(&id)?;
        if let Some(halted) = self.halted_in_its_window(case)? {
            return Ok(halted);
        }
        match self.try_capture(&id, form) {
            Ok(answer) => Ok(answer),
            Err(stop) => {
                self.note_fault(&id, &stop);
                Ok(self.stopped(stop, &pack))
            }
        }
    }

    /// Keeps words instead of a picture.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn record_words(&mut self, case: &str, form: &WordsExhibit) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let by = self.desk_mut()?.first()?;
        match reading::words_only(form) {
            Err(fault) => Ok(Answer::Trouble { trouble: fault.in_words(&self.phrases) }),
            Ok(words) => self.command(&id, Command::KeepWords(words), &by, "Kept in words"),
        }
    }

    fn try_capture(&mut self, id: &CaseId, form: &CaptureForm) -> Result<Answer, Stop> {
        self.running_review(id)?;
        let (kind, answers) = reading::capture(form)?;
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        let case = desk.case(id)?;
        let by = self.operator(id)?;
        let here = desk.people();
        let page = desk.review.as_ref().map(|review| review.page.clone()).unwrap_or_default();
        if page.address.is_empty() {
            return Err(Fault::new("nothing-open").into());
        }
        let pack = self.pack(case.pack())?;
        let gate = gate::answer(case, pack, kind, &page.address, answers, &desk.now(at, &by, &here))?;
        match gate {
            Gate::Halted(events) => self.halted_at_the_gate(id, &events, &by),
            Gate::Stopped(events) => {
                self.ports.browser.kill();
                self.record(id, &events, &by)?;
                Ok(Answer::Stopped { case: Box::new(self.show_case(id)?) })
            }
            Gate::Open(events, permit) => {
                let described = Described::read(&form.title, &form.nature, &form.concern)?;
                self.record(id, &events, &by)?;
                self.keep_capture(id, permit, described, &by)
            }
        }
    }

    /// HALT from an answer at the gate. The browser is dead before the entry is written.
    fn halted_at_the_gate(&mut self, id: &CaseId, events: &[Event], by: &PersonId) -> Result<Answer, Stop> {
        let written = self.pressed(|app| {
            // That the browser's folder is left is told by its end. A press in its window is answered by this HALT.
            let _ = app.drain();
            let written = app.record(id, events, by);
            app.close_review();
            written.inspect_err(|_| app.hold_in_memory(id))
        });
        written?;
        Ok(Answer::Halted { case: Box::new(self.show_case(id)?) })
    }

    /// From the browser's picture to the durable exhibit. A press of the brake that is not answered voids it.
    fn keep_capture(
        &mut self,
        id: &CaseId,
        permit: CapturePermit,
        described: Described,
        by: &PersonId,
    ) -> Result<Answer, Stop> {
        let whole = permit.kind() == ExhibitKind::WholePage;
        let captured = self.ports.browser.capture(whole).map_err(Fault::from)?;
        let (files, bytes) = files(&permit, captured.views, captured.derived);
        let draft = Draft {
            title: described.title,
            nature: described.nature,
            concern: described.concern,
            files,
            page: captured.facts,
        };
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        let here = desk.people();
        let event = procedure::review::exhibit(&permit, desk.case(id)?, draft, &desk.now(at, by, &here))?;
        self.store_exhibit(id, permit, event, &bytes, by)
    }

    /// The exhibit and its files, durable before it is told. A press of the brake that is not answered voids it.
    fn store_exhibit(
        &mut self,
        id: &CaseId,
        permit: CapturePermit,
        event: Event,
        bytes: &[Checked],
        by: &PersonId,
    ) -> Result<Answer, Stop> {
        let at = self.ports.clock.now();
        let mark = permit.mark().to_string();
        self.not_halted()?;
        // Drawing may take seconds, and HALT may have been pressed in the browser's own window meanwhile.
        if self.drain() {
            return Err(Fault::new("capture-void").into());
        }
        let entropy = &self.ports.entropy;
        if let State::Open(desk) = &mut self.state {
            let session = desk.signing_session(id);
            let signer = session.as_ref().map_or(Signer::Person(by), Signer::Session);
            let recorded = desk.vault.keep(permit, &[event], bytes, at, &signer, entropy.as_ref())?;
            desk.fold(id, &recorded)?;
        }
        Ok(self.done(id, &format!("{mark} kept"), Some(mark.clone()))?)
    }

    fn record(&mut self, id: &CaseId, events: &[Event], by: &PersonId) -> Result<Vec<Recorded>, Stop> {
        let at = self.ports.clock.now();
        let entropy = &self.ports.entropy;
        match &mut self.state {
            State::Open(desk) => desk.record(id, events, at, by, entropy.as_ref()),
            State::NoStore | State::Locked(_) | State::Trouble(_) => Err(Fault::new("locked").into()),
        }
    }

    /// Who produces exhibits now: the session's operator, or without one the first who is signed in.
    fn operator(&self, id: &CaseId) -> Result<PersonId, Fault> {
        let desk = self.desk()?;
        let session = desk.case(id)?.open_session().map(|session| session.operator.clone());
        session.map_or_else(|| desk.first(), Ok)
    }

    /// Puts a capture that failed in the record. What stopped the capture is told either way.
    fn note_fault(&mut self, id: &CaseId, stop: &Stop) {
        let Stop::Fault(fault) = stop else { return };
        let because = fault.in_words(&self.phrases).happened;
        let by = self.desk().and_then(crate::desk::Desk::first);
        if let Ok(by) = by
            && self.carry_out(id, Command::RecordFault(because), &by).is_err()
        {
            // The fault itself is on the screen; the record is checked as a whole at the next sign-in.
            self.flag_ledger("A failed capture could not be put in the record");
        }
    }

    pub(crate) fn flag_ledger(&mut self, text: &str) {
        if let State::Open(desk) = &mut self.state {
            desk.ledger_line = crate::wire::LedgerLine { text: text.to_owned(), holds: false };
        }
    }

    pub(crate) fn review_mut(&mut self) -> Option<&mut Review> {
        match &mut self.state {
            State::Open(desk) => desk.review.as_mut(),
            State::NoStore | State::Locked(_) | State::Trouble(_) => None,
        }
    }
}

/// The files of an exhibit, and their bytes. Our own captures are encoded once and never again.
fn files(
    permit: &CapturePermit,
    views: Vec<Picture>,
    derived: Option<(Picture, String)>,
) -> (Vec<ExhibitFile>, Vec<Checked>) {
    let stem = permit.mark().to_string().replace('/', "-");
    let mut files = Vec::new();
    let mut bytes: Vec<Checked> = Vec::new();
    let mut keep = |name: String, picture: Picture, shows: Shows| {
        let picture = Checked::of(picture.png);
        let sha256 = *picture.sha256();
        files.push(ExhibitFile {
            name,
            media_type: "image/png".to_owned(),
            bytes: u64::try_from(picture.bytes().len()).unwrap_or(u64::MAX),
            sha256,
            shows,
        });
        // Two views may be the same picture, as on a page of one colour: its bytes are kept once.
        if !bytes.iter().any(|kept| *kept.sha256() == sha256) {
            bytes.push(picture);
        }
        sha256
    };
    let mut from = Vec::new();
    for (place, picture) in views.into_iter().enumerate() {
        let shows = Shows::View { size: picture.size, offset: picture.offset, taken: picture.taken };
        from.push(keep(format!("{stem}-view-{}.png", place + 1), picture, shows));
    }
    if let Some((picture, how)) = derived {
        let shows = Shows::Derived { size: picture.size, from, how };
        keep(format!("{stem}-derived.png"), picture, shows);
    }
    (files, bytes)
}
