//! From what the browser process tells, one observation after the other, to visits and the page now.

use trail_app::ports::{Glance, PageNow, PageState};
use trail_browser::client::Observed;
use trail_browser::protocol::observation::{Engine, Observation, Refused};
use trail_domain::event::review::{Visit, VisitKind};
use trail_domain::time::Moment;
use trail_domain::words::Noted;

/// What was seen so far.
#[derive(Default)]
pub(super) struct Seen {
    engine: String,
    visits: Vec<Visit>,
    page: PageNow,
    asked: Option<String>,
    status: Option<u16>,
    revealed_until: Option<Moment>,
    /// This page was revealed since it was loaded.
    was_revealed: bool,
    halted: bool,
}

impl Seen {
    /// Nothing yet, of this engine.
    pub(super) fn of(engine: Option<&Engine>) -> Self {
        let engine = engine.map_or_else(
            || "the engine did not name itself".to_owned(),
            |engine| format!("{} {}", engine.name.as_str(), engine.version.as_str()),
        );
        Self { engine, ..Self::default() }
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
        self.asked = Some(address.to_owned());
        self.page =
            PageNow { state: PageState::Loading, address: address.to_owned(), covered: true, ..PageNow::default() };
        self.revealed_until = None;
        self.was_revealed = false;
    }

    /// The process has ended.
    pub(super) fn ended(&mut self) {
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
            Observation::Responded { response, .. } => self.status = Some(response.status),
            Observation::Secured { certificate, .. } => self.page.secure = certificate.observed().is_some(),
            Observation::CertificateRefused { address, .. } => {
                self.failed(at, address.as_str(), "the server's certificate does not hold");
            }
            Observation::Refused { what, concerning } => {
                let what = word(*what).to_owned();
                // The page that was asked for is the one refused: nothing more will come of it.
                if self.page.state == PageState::Loading && same(concerning.as_str(), &self.page.address) {
                    self.page.state = PageState::Failed;
                    self.page.because = format!("{what}. It was refused, and nothing was opened");
                }
                self.visit(at, concerning.as_str(), VisitKind::Refused { what });
            }
            Observation::FormPost { address, let_through } => {
                let what = if *let_through { "form sent, with a reason" } else { "form post" };
                self.visit(at, address.as_str(), VisitKind::Refused { what: what.to_owned() });
            }
            Observation::Revealed { seconds } => {
                self.page.covered = false;
                self.was_revealed = true;
                self.revealed_until = Some(Moment::from_micros(at.micros() + i64::from(*seconds) * 1_000_000));
                self.visit_here(at, VisitKind::Revealed);
            }
            Observation::Covered(_) => self.cover(),
            Observation::ScrolledThrough { .. } => self.page.scrolled_through = true,
            Observation::Halted(_) => self.halted = true,
            Observation::WindowClosed => self.gone(at, "somebody closed its window"),
            Observation::Unresponsive => self.page.because = "the page does not answer".to_owned(),
            Observation::PageProcessEnded(why) => self.gone(at, why.as_str()),
            Observation::NotTold { count } => {
                let what = format!("{count} more things that were not told one by one");
                self.visit_here(at, VisitKind::Refused { what });
            }
            Observation::Ready(_)
            | Observation::Connected { .. }
            | Observation::NotConnected { .. }
            | Observation::Progress(_)
            | Observation::Layout(_)
            | Observation::Asked(_)
            | Observation::Responsive => {}
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
        self.page =
            PageNow { state: PageState::Loading, address: address.to_owned(), covered: true, ..PageNow::default() };
        self.status = None;
        self.was_revealed = false;
        self.visit(at, address, if asked { VisitKind::Asked } else { VisitKind::Followed });
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
        self.visit_here(at, VisitKind::Crashed { because: because.to_owned() });
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

    fn visit(&mut self, at: Moment, address: &str, what: VisitKind) {
        self.visits.push(Visit { at, address: address.to_owned(), what });
    }
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
