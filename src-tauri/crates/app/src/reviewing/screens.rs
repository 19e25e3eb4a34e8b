//! A screen or a window outside the evidence browser becomes an exhibit: chosen by its name alone, the gate, and only
//! then the picture.

use std::sync::atomic::Ordering;

use trail_domain::event::capture::screen::{GatedScreen, Surface};
use trail_domain::procedure::gate::{self, Gate};
use trail_domain::procedure::permit::CapturePermit;
use trail_domain::procedure::screen::{self, ScreenDraft};

use super::{App, CaseId, Described, Fault, PersonId, Stop, reading};
use crate::ports::{NoShot, OnScreen};
use crate::show::addresses;
use crate::wire::Answer;
use crate::wire::forms::ScreenForm;
use crate::wire::review::{ScreenRow, ScreensView};

impl App {
    /// The screens and windows that may be asked about, by name alone.
    ///
    /// # Errors
    /// - If HALT stands or is pressed, or no session runs in this case with both people signed in.
    /// - If capture is forbidden for the category.
    pub fn screens(&mut self, case: &str) -> Result<ScreensView, Stop> {
        let id = reading::case_id(case)?;
        self.running_review(&id)?;
        if self.drain() {
            return Err(Fault::new("capture-void").into());
        }
        self.not_halted()?;
        if self.practice {
            return Ok(self.none_to_choose(Fault::new("practice-no-screen")));
        }
        let at = self.ports.clock.now();
        let by = self.operator(&id)?;
        let desk = self.desk()?;
        let case = desk.case(&id)?;
        let here = desk.people();
        screen::may_choose(case, self.pack(case.pack())?, &desk.now(at, &by, &here))?;
        let stop = self.brake.stops();
        let listed = self.ports.screens.list(&stop);
        if listed == Err(NoShot::Stopped) || stop.load(Ordering::SeqCst) {
            return Err(Fault::new("capture-void").into());
        }
        match listed {
            Ok(named) => {
                let all = named.all.into_iter().map(|one| self.screen_row(one)).collect();
                let said = |why: String| self.phrases.say("screen.no-windows", &[("detail", &why)]);
                Ok(ScreensView { all, no_windows: named.no_windows.map(said), cannot: None })
            }
            Err(why) => Ok(self.none_to_choose(why.into())),
        }
    }

    /// Shoots a screen or window, after the gate.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn capture_screen(&mut self, case: &str, form: &ScreenForm) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let pack = self.pack_of(&id)?;
        if let Some(halted) = self.halted_in_its_window(case)? {
            return Ok(halted);
        }
        match self.try_shoot(&id, form) {
            Ok(answer) => Ok(answer),
            Err(stop) => Ok(self.stopped(stop, &pack)),
        }
    }

    fn try_shoot(&mut self, id: &CaseId, form: &ScreenForm) -> Result<Answer, Stop> {
        self.running_review(id)?;
        if self.practice {
            return Err(Fault::new("practice-no-screen").into());
        }
        let answers = reading::answers(&form.child, form.extreme.as_deref())?;
        let surface = reading::surface(&form.what)?;
        let asked = GatedScreen { surface, number: form.number, name: form.name.clone() };
        let at = self.ports.clock.now();
        let by = self.operator(id)?;
        let desk = self.desk()?;
        let case = desk.case(id)?;
        let here = desk.people();
        let gate = gate::answer_for_screen(case, self.pack(case.pack())?, &asked, answers, &desk.now(at, &by, &here))?;
        match gate {
            Gate::Halted(events) => self.halted_at_the_gate(id, &events, &by),
            Gate::Stopped(events) => {
                self.record(id, &events, &by)?;
                Ok(Answer::Stopped { case: Box::new(self.show_case(id)?) })
            }
            Gate::Open(events, permit) => {
                // Looked at after the answers: no page keeps anybody from HALT.
                self.shows_no_page(asked.surface)?;
                let described = Described::read(&form.title, &form.nature, &form.concern)?;
                self.record(id, &events, &by)?;
                let kept = self.keep_screen(id, permit, described, &asked, &by);
                if let Err(stop) = &kept {
                    self.note_fault(id, stop);
                }
                kept
            }
        }
    }

    /// A whole screen shows the evidence browser's window too, and the answers were for no page in it.
    ///
    /// # Errors
    /// - If a page stands revealed there.
    fn shows_no_page(&self, asked: Surface) -> Result<(), Fault> {
        let is_revealed = self.desk()?.review.as_ref().is_some_and(|review| review.page.is_revealed());
        match asked {
            Surface::Screen if is_revealed => Err(Fault::new("screen-page-revealed")),
            Surface::Screen | Surface::Window => Ok(()),
        }
    }

    /// From the picture to the durable exhibit. HALT while it is shot voids it.
    fn keep_screen(
        &mut self,
        id: &CaseId,
        permit: CapturePermit,
        described: Described,
        asked: &GatedScreen,
        by: &PersonId,
    ) -> Result<Answer, Stop> {
        let stop = self.brake.stops();
        let shot = self.ports.screens.shoot(asked, &stop).map_err(Fault::from)?;
        if stop.load(Ordering::SeqCst) {
            return Err(Fault::new("capture-void").into());
        }
        let (files, bytes) = super::files(&permit, vec![shot.picture], Vec::new());
        let Described { title, nature, concern } = described;
        let draft = ScreenDraft { title, nature, concern, files, facts: shot.facts };
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        let here = desk.people();
        let event = screen::exhibit(&permit, desk.case(id)?, draft, &desk.now(at, by, &here))?;
        self.store_exhibit(id, permit, event, &bytes, by)
    }

    fn screen_row(&self, one: OnScreen) -> ScreenRow {
        let (what, said) = match (one.of.surface, &one.program) {
            (Surface::Screen, _) => ("screen", self.phrases.say("screen.whole", &[])),
            (Surface::Window, Some(program)) => {
                ("window", self.phrases.say("screen.window-of", &[("program", &addresses::plain(program))]))
            }
            (Surface::Window, None) => ("window", self.phrases.say("screen.window", &[])),
        };
        ScreenRow {
            what: what.to_owned(),
            number: one.of.number,
            shown: addresses::plain(&one.of.name),
            name: one.of.name,
            said,
        }
    }

    fn none_to_choose(&self, why: Fault) -> ScreensView {
        ScreensView { all: Vec::new(), no_windows: None, cannot: Some(why.in_words(&self.phrases).happened) }
    }
}

impl From<NoShot> for Fault {
    fn from(why: NoShot) -> Self {
        match why {
            NoShot::NotOffered(detail) => Self::with("screen-not-offered", "detail", detail),
            NoShot::Gone => Self::new("screen-gone"),
            NoShot::Stopped => Self::new("capture-void"),
            NoShot::Failed(detail) => Self::with("screen-failed", "detail", detail),
        }
    }
}
