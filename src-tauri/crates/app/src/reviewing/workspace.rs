//! The workspace: what the browser did goes into the record as it is seen, and the page goes on the screen.

use trail_domain::case::Session;
use trail_domain::event::course::PausedBy;
use trail_domain::event::review::{SelfTest, VisitKind};
use trail_domain::words::Noted;

use super::browsing::Held;
use super::{
    App, CONFIRM_SECONDS, CaseId, Command, Exhibit, Fault, LIMIT_SECONDS, ReviewView, SessionEnd, State, Visit, reading,
};
use crate::ports::{PageNow, PageState};
use crate::show::exhibits;
use crate::show::{addresses, dates, people, visits};
use crate::wire::Answer;
use crate::wire::review::{GateQuestion, HeldView, PageView, VisitRow};

/// Seconds after the time limit that a session may go on to be ended by hand.
const GRACE_SECONDS: f64 = 60.0;

impl App {
    /// The workspace now. Records what the browser did since the last look; ends the session where its time is up.
    ///
    /// # Errors
    /// - If no session is or was open in this case.
    pub fn review(&mut self, case: &str) -> Result<ReviewView, Fault> {
        let id = reading::case_id(case)?;
        let pressed = self.drain();
        if pressed {
            self.halt(Some(case))?;
        }
        self.end_when_due(&id);
        self.show_review(&id)
    }

    /// The answer to a HALT that was pressed in the browser's own window, where one was.
    ///
    /// # Errors
    /// - If nobody is signed in.
    /// - If HALT was pressed and there is nothing of the case to answer with.
    pub(super) fn halted_in_its_window(&mut self, case: &str) -> Result<Option<Answer>, Fault> {
        if !self.drain() {
            return Ok(None);
        }
        self.halt(Some(case))?.map(Some).ok_or_else(|| Fault::new("capture-void"))
    }

    /// Takes what the browser saw into the record. True from when HALT was pressed in its window until it is answered.
    #[must_use]
    pub(super) fn drain(&mut self) -> bool {
        let Some(id) = self.review_mut().map(|review| review.case.clone()) else { return false };
        let glance = self.ports.browser.look();
        if let Some(review) = self.review_mut() {
            review.page = glance.page;
            review.halt_pressed |= glance.halt_pressed;
        }
        if !glance.visits.is_empty() {
            let recorded = self
                .session_person(&id)
                .map_err(Into::into)
                .and_then(|by| self.carry_out(&id, Command::Record(glance.visits.clone()), &by));
            if recorded.is_ok() {
                self.note_held(&glance.visits);
            } else {
                self.hold(None);
                // Without a record there is no looking on: the page closes, and the foot of the page says why.
                if glance.halt_pressed {
                    self.ports.browser.halt();
                } else {
                    self.ports.browser.kill();
                }
                self.flag_ledger("A visit could not be put in the record, so the page was closed");
            }
        }
        self.review_mut().is_some_and(|review| review.halt_pressed)
    }

    fn end_when_due(&mut self, id: &CaseId) {
        let now = self.ports.clock.steady_seconds();
        let (late, missed) = match self.review_mut() {
            Some(review) if &review.case == id => (
                now - review.opened > f64::from(LIMIT_SECONDS) + GRACE_SECONDS,
                now - review.confirmed > CONFIRM_SECONDS + GRACE_SECONDS,
            ),
            Some(_) | None => (false, false),
        };
        if late {
            self.end_session_as(SessionEnd::Left);
        } else if missed && !self.is_paused(id) {
            self.pause(id);
        }
    }

    /// A confirmation was missed: the page is closed, and nothing goes on until the observer confirms.
    fn pause(&mut self, id: &CaseId) {
        self.ports.browser.kill();
        // What the page wanted went with it.
        self.hold(None);
        let paused = self
            .session_person(id)
            .map_err(Into::into)
            .and_then(|by| self.carry_out(id, Command::Pause(PausedBy::Missed), &by));
        if paused.is_err() {
            // What cannot be recorded as paused does not go on.
            self.end_session_as(SessionEnd::Left);
        }
    }

    pub(super) fn is_paused(&self, id: &CaseId) -> bool {
        let session = |desk: &crate::desk::Desk| desk.case(id).ok()?.open_session().map(|session| session.is_paused);
        self.desk().ok().and_then(session).unwrap_or(false)
    }

    fn show_review(&mut self, id: &CaseId) -> Result<ReviewView, Fault> {
        let now = self.ports.clock.steady_seconds();
        let (paused, practice) = (self.is_paused(id), self.practice);
        let (used, due, page, open, held) = match &self.state {
            State::Open(desk) => match desk.review.as_ref().filter(|review| &review.case == id) {
                Some(review) => {
                    let due = paused || now - review.confirmed > CONFIRM_SECONDS;
                    (now - review.opened, due, review.page.clone(), true, review.held.clone())
                }
                None => (0.0, false, PageNow::default(), false, None),
            },
            State::NoStore | State::Locked(_) | State::Trouble(_) => return Err(Fault::new("locked")),
        };
        self.on_scene(id, |scene| {
            let case = scene.case;
            let session = case.sessions().last()?;
            let operator = scene.register.person(&session.operator)?;
            let mut shown = exhibits::in_short(scene);
            shown.reverse();
            let kept: Vec<&Exhibit> = case.exhibits().iter().map(|(_, _, exhibit)| exhibit).collect();
            let withheld = exhibits::addresses_withheld(scene);
            let visits = session.visits.iter().rev().map(|visit| visit_row(visit, &kept, withheld, scene.phrases));
            Some(ReviewView {
                case: id.to_string(),
                reference: case.reference().to_string(),
                session: u32::try_from(case.sessions().len()).unwrap_or(u32::MAX),
                operator: operator.name.to_string(),
                observer: people::name(scene.register, &session.observer),
                used_seconds: whole(used),
                limit_seconds: LIMIT_SECONDS,
                observer_due: due,
                page: page_view(&page, scene.phrases),
                self_test: not_passed(session),
                held: held.as_ref().map(|held| held_view(held, withheld, scene.phrases)),
                visits: visits.collect(),
                exhibits: shown,
                next_mark: case.next_mark(&operator.initials).to_string(),
                gate: ["child", "extreme"].map(|which| question(scene.phrases, "gate", which)),
                gate_for_file: ["child", "extreme"].map(|which| question(scene.phrases, "gate-for-file", which)),
                import_limit: super::importing::LARGEST,
                cannot_import: practice.then(|| scene.phrases.say("trouble.practice-no-import.happened", &[])),
                halted: case.halt().is_some(),
                open,
            })
        })?
        .ok_or_else(|| Fault::new("no-session-here"))
    }
}

/// What the latest start of the browser tells of its test of itself, where that did not pass.
fn not_passed(session: &Session) -> Option<String> {
    let latest = session.visits.iter().rev().find_map(|visit| {
        let VisitKind::Began { self_test, .. } = &visit.what else { return None };
        Some(self_test)
    })?;
    (!matches!(latest, Noted::Observed(SelfTest::Passed { .. }))).then(|| visits::tested(latest))
}

fn page_view(page: &PageNow, phrases: &crate::phrases::Phrases) -> PageView {
    let (before_host, host, after_host) = addresses::split(&page.address);
    let (state, said) = match page.state {
        PageState::None => ("none", phrases.say("page-state.none", &[])),
        PageState::Loading => ("loading", phrases.say("page-state.loading", &[])),
        PageState::Loaded => {
            let when = page.loaded.map_or_else(String::new, dates::second);
            ("loaded", phrases.say("page-state.loaded", &[("time", when.as_str())]))
        }
        PageState::Failed => ("failed", phrases.say("page-state.failed", &[("because", page.because.as_str())])),
        PageState::Gone => ("gone", phrases.say("page-state.gone", &[("because", page.because.as_str())])),
    };
    let why_not = match page.state {
        PageState::None | PageState::Gone => Some("nothing-open"),
        PageState::Loading | PageState::Loaded | PageState::Failed if page.covered => Some("capture-covered"),
        PageState::Loading | PageState::Loaded | PageState::Failed => None,
    };
    PageView {
        state: state.to_owned(),
        said,
        before_host,
        host,
        after_host: addresses::plain(&after_host),
        address: page.address.clone(),
        title: addresses::plain(&page.title),
        secure: page.secure,
        covered: page.covered,
        covers_in: page.covers_in,
        scrolled_through: page.scrolled_through,
        cannot_capture: why_not.map(|code| phrases.say(&format!("trouble.{code}.happened"), &[])),
    }
}

fn held_view(held: &Held, withheld: bool, phrases: &crate::phrases::Phrases) -> HeldView {
    let say = |part: &str| phrases.say(&format!("held.{}.{part}", held.id()), &[]);
    HeldView {
        what: held.id().to_owned(),
        title: say("title"),
        hint: say("hint"),
        address: shown(&held.address, withheld),
        needs_account: held.sends.is_some(),
    }
}

/// An address for reading.
fn shown(address: &str, withheld: bool) -> String {
    if withheld { "Address withheld".to_owned() } else { addresses::plain(&addresses::defanged(address)) }
}

fn question(phrases: &crate::phrases::Phrases, gate: &str, which: &str) -> GateQuestion {
    let say = |part: &str| phrases.say(&format!("{gate}.{which}.{part}"), &[]);
    GateQuestion {
        question: say("question"),
        whole: say("whole"),
        yes_hint: say("yes-hint"),
        not_sure_hint: say("not-sure-hint"),
        no_hint: say("no-hint"),
    }
}

fn visit_row(visit: &Visit, kept: &[&Exhibit], withheld: bool, phrases: &crate::phrases::Phrases) -> VisitRow {
    let loaded = matches!(visit.what, VisitKind::Loaded { .. });
    let mark = kept.iter().find(|exhibit| loaded && exhibit.address.as_deref() == Some(visit.address.as_str()));
    VisitRow {
        at: dates::second(visit.at),
        what: visits::words(visit, withheld, phrases),
        address: shown(&visit.address, withheld),
        mark: mark.map(|exhibit| exhibit.mark.to_string()),
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded to the range of the type first")]
fn whole(seconds: f64) -> u32 {
    seconds.clamp(0.0, f64::from(u32::MAX)) as u32
}
