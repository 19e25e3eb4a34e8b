//! From what the browser process tells, one observation after the other, to visits and the page now.

use trail_app::ports::{Glance, PageNow, PageState};
use trail_browser::client::Observed;
use trail_browser::protocol::facts::{Certificate, Fact, Response};
use trail_browser::protocol::observation::{Engine, Observation, Refused};
use trail_domain::event::review::{Visit, VisitKind};
use trail_domain::ids::Hash;
use trail_domain::time::Moment;
use trail_domain::words::Noted;

use super::facts;
use super::known_page;
use super::measure::{self, Measure};

/// The browser's address before any page is open.
const NO_PAGE: &str = "about:blank";
/// The longest words of a page, such as a dialog's, that are recorded with what was refused, in bytes.
const LONGEST_CONCERNED: usize = 4096;

#[cfg(test)]
mod tests;

/// What was seen so far.
#[derive(Default)]
pub(super) struct Seen {
    engine: String,
    private: Vec<String>,
    program: Option<Hash>,
    visits: Vec<Visit>,
    measure: Measure,
    answer: Option<Response>,
    page: PageNow,
    /// The page before the one that is on its way, while that one may still be held.
    before: PageNow,
    asked: Option<String>,
    status: Option<u16>,
    revealed_until: Option<Moment>,
    /// This page was revealed since it was loaded.
    was_revealed: bool,
    halted: bool,
}

impl Seen {
    /// Nothing yet, of this engine in this program.
    pub(super) fn of(engine: Option<&Engine>, private: &[String], program: Option<Hash>) -> Self {
        let engine = engine.map_or_else(|| "the engine did not name itself".to_owned(), name);
        Self { engine, private: private.to_vec(), program, ..Self::default() }
    }

    /// The engine and its version.
    pub(super) fn engine(&self) -> &str {
        &self.engine
    }

    /// Covered now, and revealed before since it was loaded.
    pub(super) fn covered_after_reveal(&self) -> bool {
        self.page.covered && self.was_revealed
    }

    /// Somebody asked for an address. The page before is no longer the one that the gate may be answered for.
    pub(super) fn asked(&mut self, address: &str) {
        self.count_anew();
        self.asked = Some(address.to_owned());
        self.remember_page();
        self.page =
            PageNow { state: PageState::Loading, address: address.to_owned(), covered: true, ..PageNow::default() };
        self.revealed_until = None;
        self.was_revealed = false;
    }

    /// The process has ended.
    pub(super) fn ended(&mut self) {
        self.count_anew();
        if self.page.state != PageState::None {
            self.page.state = PageState::Gone;
        }
        self.page.covered = true;
        self.revealed_until = None;
    }

    /// The process was found ended, and nobody here had ended it.
    pub(super) fn stopped(&mut self, found: Moment) {
        if !self.halted && !matches!(self.page.state, PageState::None | PageState::Gone) {
            self.gone(found, "the evidence browser stopped by itself");
        }
        self.ended();
    }

    /// HALT ended the process, and its own folder was left where it is.
    pub(super) fn kept(&mut self, at: Moment, folder: &std::path::Path) {
        let folder = folder.display().to_string();
        self.always(at, NO_PAGE, VisitKind::FolderKept { folder });
    }

    /// A reviewer acted: what was left out is said, and what comes now counts anew.
    fn count_anew(&mut self) {
        let count = self.measure.renew();
        if count > 0 {
            let at = self.measure.last();
            let address = if self.page.address.is_empty() { NO_PAGE.to_owned() } else { cut(&self.page.address) };
            self.always(at, &address, VisitKind::LeftOut { count });
        }
    }

    /// Takes in one observation.
    pub(super) fn take_in(&mut self, observed: &Observed) {
        let at = Moment::from_micros(observed.seen_at);
        match &observed.what {
            Observation::NavigationStarted(address) => self.started(at, address.as_str()),
            Observation::NavigationCommitted(address) => {
                self.page.address = address.as_str().to_owned();
                self.page.title.clear();
                self.page.secure = false;
            }
            Observation::NavigationFinished(address) => self.finished(at, address.as_str()),
            Observation::NavigationFailed { address, reason } => self.failed(at, address.as_str(), reason.as_str()),
            Observation::AddressChanged(address) => {
                self.page.address = address.as_str().to_owned();
                self.visit(at, address.as_str(), VisitKind::Followed);
            }
            Observation::Title(title) => self.page.title = title.as_str().to_owned(),
            Observation::Redirected(hop) => {
                let status = hop.status.observed().copied().unwrap_or_default();
                self.visit(at, hop.from.as_str(), VisitKind::SentOn { status });
            }
            Observation::Responded { response, .. } => {
                self.status = Some(response.status);
                self.answer = Some(response.clone());
            }
            Observation::Secured { address, certificate } => self.secured(at, address.as_str(), certificate),
            Observation::CertificateRefused { address, certificate } => {
                let certificate = facts::certificate(certificate);
                let because = format!("the server's certificate does not hold. {certificate}");
                self.failed(at, address.as_str(), &because);
            }
            Observation::Refused { what: Refused::SignIn, concerning } => {
                self.visit(at, concerning.as_str(), VisitKind::SignInHeld);
            }
            Observation::Refused { what, concerning } => {
                let what = word(*what).to_owned();
                // The page that was asked for is the one refused: nothing more will come of it.
                if self.page.state == PageState::Loading && same(concerning.as_str(), &self.page.address) {
                    self.page.state = PageState::Failed;
                    self.page.because = format!("{what}. It was refused, and nothing was opened");
                }
                self.visit(at, &concerned(concerning.as_str()), VisitKind::Refused { what });
            }
            Observation::FormPost { address, let_through } => {
                let what = if *let_through { VisitKind::FormSent } else { VisitKind::FormHeld };
                self.visit(at, address.as_str(), what);
            }
            Observation::PasswordForm { address, let_through } => {
                let what = if *let_through { VisitKind::FormSent } else { VisitKind::PasswordFormHeld };
                self.visit(at, address.as_str(), what);
            }
            Observation::SignInShown(host) => self.visit(at, host.as_str(), VisitKind::SignInShown),
            Observation::AwayHeld(address) => {
                // What was on its way is not coming: the page before stands in the window.
                if self.page.state == PageState::Loading {
                    self.page = std::mem::take(&mut self.before);
                }
                self.visit(at, address.as_str(), VisitKind::AwayHeld);
            }
            Observation::Revealed { seconds } => {
                self.count_anew();
                self.page.covered = false;
                self.was_revealed = true;
                self.revealed_until = Some(Moment::from_micros(at.micros() + i64::from(*seconds) * 1_000_000));
                self.visit_here(at, VisitKind::Revealed);
            }
            Observation::Covered(_) => self.cover(),
            Observation::ScrolledThrough { .. } => self.page.scrolled_through = true,
            Observation::Halted(_) => self.halted = true,
            Observation::WindowClosed => self.gone(at, "somebody closed its window"),
            Observation::Unresponsive => {
                self.page.because = "the page does not answer".to_owned();
                self.visit_here(at, VisitKind::Silent);
            }
            Observation::PageProcessEnded(why) => self.gone(at, why.as_str()),
            Observation::NotTold { count } => self.measure.leave_out(at, *count),
            Observation::Ready(engine) => {
                let sandbox = facts::text(&engine.sandbox);
                let private = self.private.clone();
                let self_test = Noted::Observed(known_page::judge(&engine.known_page));
                let program = facts::program(self.program);
                let engine = name(engine);
                self.always(at, NO_PAGE, VisitKind::Began { engine, sandbox, private, program, self_test });
            }
            Observation::Connected { host, remote } => {
                self.visit(at, host.as_str(), VisitKind::Reached { remote: remote.as_str().to_owned() });
            }
            Observation::NotConnected { host, why } => {
                self.visit(at, host.as_str(), VisitKind::NotReached { because: why.as_str().to_owned() });
            }
            Observation::Progress(_) | Observation::Layout(_) | Observation::Asked(_) | Observation::Responsive => {}
        }
        self.page.covers_in = self.seconds_left(Moment::from_micros(observed.received_at));
    }

    /// What is new, and the page now.
    pub(super) fn glance(&mut self) -> Glance {
        Glance {
            visits: std::mem::take(&mut self.visits),
            page: self.page.clone(),
            halt_pressed: std::mem::take(&mut self.halted),
        }
    }

    fn started(&mut self, at: Moment, address: &str) {
        let asked = self.asked.take_if(|asked| same(asked, address)).is_some();
        self.remember_page();
        self.page =
            PageNow { state: PageState::Loading, address: address.to_owned(), covered: true, ..PageNow::default() };
        self.status = None;
        self.was_revealed = false;
        self.answer = None;
        if asked {
            self.always(at, address, VisitKind::Asked);
        } else {
            self.visit(at, address, VisitKind::Followed);
        }
    }

    /// What stands in the window now, unless something else was on its way already.
    fn remember_page(&mut self) {
        if self.page.state != PageState::Loading {
            // Covered, and to be looked at anew: whether it is revealed is told by the browser.
            self.before = PageNow { covered: true, covers_in: 0, ..self.page.clone() };
        }
    }

    fn finished(&mut self, at: Moment, address: &str) {
        // After a failure the engine still says *finished*: the failure stands.
        if self.page.state == PageState::Failed {
            return;
        }
        self.page.state = PageState::Loaded;
        self.page.address = address.to_owned();
        self.page.loaded = Some(at);
        let status =
            self.status.map_or_else(|| Noted::NotRecorded("the engine does not tell".to_owned()), Noted::Observed);
        let title = if self.page.title.is_empty() {
            Noted::NotRecorded("the page has no title".to_owned())
        } else {
            Noted::Observed(self.page.title.clone())
        };
        self.visit(at, address, VisitKind::Loaded { status, title });
    }

    fn failed(&mut self, at: Moment, address: &str, because: &str) {
        if self.page.state == PageState::Failed {
            return;
        }
        // The engine's word for a load that was stopped in the browser or by the reviewers.
        let because = if because.contains("cancelled") { "loading was stopped" } else { because };
        self.page.state = PageState::Failed;
        self.page.because = because.to_owned();
        self.visit(at, address, VisitKind::Failed { because: because.to_owned() });
    }

    fn gone(&mut self, at: Moment, because: &str) {
        self.page.state = PageState::Gone;
        self.page.because = because.to_owned();
        self.cover();
        let address = if self.page.address.is_empty() { NO_PAGE.to_owned() } else { self.page.address.clone() };
        self.always(at, &address, VisitKind::Crashed { because: because.to_owned() });
    }

    fn secured(&mut self, at: Moment, address: &str, certificate: &Fact<Certificate>) {
        self.page.secure = certificate.observed().is_some();
        if let Some(answer) = self.answer.take() {
            let certificate = facts::fact(certificate, facts::certificate);
            let what = VisitKind::Answered { status: answer.status, headers: facts::headers(&answer), certificate };
            self.visit(at, address, what);
        }
    }

    fn cover(&mut self) {
        self.page.covered = true;
        self.page.covers_in = 0;
        self.revealed_until = None;
    }

    fn seconds_left(&self, now: Moment) -> u32 {
        let left = self.revealed_until.map_or(0, |until| (until.micros() - now.micros()).max(0) / 1_000_000);
        u32::try_from(left).unwrap_or(0)
    }

    fn visit_here(&mut self, at: Moment, what: VisitKind) {
        let address = self.page.address.clone();
        self.visit(at, &address, what);
    }

    /// Something that a page can cause as often as it likes.
    fn visit(&mut self, at: Moment, address: &str, what: VisitKind) {
        if self.measure.spend(at, address.len() + measure::text(&what)) {
            self.always(at, address, what);
        }
    }

    /// Something that people cause, or that happens once.
    fn always(&mut self, at: Moment, address: &str, what: VisitKind) {
        self.visits.push(Visit { at, address: address.to_owned(), what });
    }
}

fn name(engine: &Engine) -> String {
    format!("{} {}", engine.name.as_str(), engine.version.as_str())
}

/// What something refused was about; a page's own words, which may be of any length or none at all.
fn concerned(words: &str) -> String {
    if words.is_empty() {
        return "not told by the engine".to_owned();
    }
    let is_address = ["http://", "https://"].iter().any(|scheme| words.starts_with(scheme));
    if is_address { words.to_owned() } else { cut(words) }
}

fn cut(words: &str) -> String {
    if words.len() <= LONGEST_CONCERNED {
        return words.to_owned();
    }
    let end = (0..=LONGEST_CONCERNED).rev().find(|end| words.is_char_boundary(*end)).unwrap_or(0);
    format!("{} (cut here: {} bytes in all)", &words[..end], words.len())
}

/// Whether the engine's form of an address is the one that was asked for: it may add the stroke after the host.
fn same(asked: &str, address: &str) -> bool {
    asked.trim_end_matches('/').eq_ignore_ascii_case(address.trim_end_matches('/'))
}

fn word(refused: Refused) -> &'static str {
    match refused {
        Refused::NewWindow => "a new window",
        Refused::Download => "a download",
        Refused::Upload => "an upload",
        Refused::Permission => "a permission",
        Refused::Scheme => "an address that is not a web page",
        Refused::PrivateAddress => "a private address",
        Refused::Outside => "an address outside those allowed",
        Refused::Dialog => "a dialog",
        Refused::SignIn => "a sign-in box",
        Refused::Print => "printing",
        Refused::Fullscreen => "full screen",
        Refused::Notification => "a notification",
    }
}
