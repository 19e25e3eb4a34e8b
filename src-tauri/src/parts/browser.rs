//! The evidence browser behind the application's port: what its process tells becomes visits and the page now.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use trail_app::ports::{Browser, BrowserFault, Captured, Glance, Go, Kill, Pass, Picture, Reach};
use trail_browser::client::{self, BrowserProcess, Group, Launch};
use trail_browser::protocol::bounded::{Address, Text};
use trail_browser::protocol::facts::{CaptureRefusal, PageFacts};
use trail_browser::protocol::{self, CaptureKind, Navigate};
use trail_domain::ids::Hash;
use trail_domain::time::Moment;
use zeroize::Zeroizing;

mod facts;
mod known_page;
mod measure;
mod seen;

use seen::Seen;

/// The argument that makes the program the evidence browser.
pub const BROWSER_MODE: &str = "--evidence-browser";

/// How long a page may stand revealed for a capture that the gate allowed.
const LIFT_SECONDS: u16 = 10;

/// Longest wait for a picture.
const PICTURE: Duration = Duration::from_secs(60);

/// The evidence browser's process, or none.
pub struct EvidenceBrowser {
    program: PathBuf,
    process: Option<BrowserProcess>,
    /// The processes that the brake may kill; empty as soon as they are reaped.
    group: Arc<Mutex<Option<Group>>>,
    seen: Seen,
}

impl EvidenceBrowser {
    /// Run by this program in browser mode.
    #[must_use]
    pub fn run_by(program: PathBuf) -> Self {
        Self { program, process: None, group: Arc::default(), seen: Seen::default() }
    }

    /// The gate covers the page before it asks. After *no* twice, a page that was revealed since it was loaded is
    /// shown again for the moment of the capture; one that never was stays covered, and the capture is refused.
    fn lift_cover(&mut self) -> Result<bool, BrowserFault> {
        if !self.seen.covered_after_reveal() {
            return Ok(false);
        }
        let seconds = LIFT_SECONDS;
        self.running()?.send(Navigate::Reveal { seconds }).map_err(|fault| gone(&fault))?;
        let deadline = Instant::now() + Duration::from_secs(seconds.into());
        while self.seen.covered_after_reveal() && Instant::now() < deadline {
            for observed in self.running()?.observations() {
                self.seen.take_in(&observed);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(true)
    }

    fn running(&mut self) -> Result<&mut BrowserProcess, BrowserFault> {
        self.process.as_mut().ok_or_else(|| BrowserFault::Gone("it was not started".to_owned()))
    }
}

impl Browser for EvidenceBrowser {
    fn open(&mut self, reach: &Reach) -> Result<Kill, BrowserFault> {
        self.kill();
        let mut launch =
            Launch::new(self.program.clone(), [OsString::from(BROWSER_MODE)]).keeping_to(reach.sites.clone());
        for place in &reach.private {
            launch = launch.allowing(place);
        }
        if reach.only_these {
            launch = launch.and_nothing_else();
        }
        // At each start anew: an upgrade may have put another file there since the last. Beside the start, so that HALT
        // can end the browser as soon as there is one.
        let path = self.program.clone();
        let hashing = std::thread::Builder::new()
            .name("hashing".to_owned())
            .spawn(move || std::fs::read(path).ok().map(|bytes| Hash::of(&bytes)));
        let process = BrowserProcess::spawn(&launch).map_err(|fault| BrowserFault::NotStarted(fault.to_string()))?;
        let program = hashing.ok().and_then(|hashing| hashing.join().ok().flatten());
        self.seen = Seen::of(process.engine(), &reach.private, program);
        *self.group.lock().unwrap_or_else(PoisonError::into_inner) = Some(process.group());
        self.process = Some(process);
        let group = Arc::clone(&self.group);
        Ok(Box::new(move || kill_group(&group)))
    }

    fn go(&mut self, go: &Go) -> Result<(), BrowserFault> {
        let order = match go {
            Go::Open(address) => Navigate::Open(checked(address)?),
            Go::Back => Navigate::Back,
            Go::Forward => Navigate::Forward,
            Go::Reload => Navigate::Reload,
            Go::StopLoading => Navigate::StopLoading,
            Go::Reveal(seconds) => Navigate::Reveal { seconds: u16::try_from(*seconds).unwrap_or(u16::MAX) },
            Go::Cover => Navigate::Cover,
            Go::ScrollThrough => Navigate::ScrollThrough,
            Go::Show => Navigate::ShowWindow,
            Go::LetThrough(pass) => Navigate::LetThrough(passing(pass)?),
        };
        if let Go::Open(address) = go {
            self.seen.asked(address);
        }
        self.running()?.send(order).map_err(|fault| gone(&fault))
    }

    fn is_running(&mut self) -> bool {
        let alive = self.process.as_mut().is_some_and(BrowserProcess::is_alive);
        if !alive {
            // It may have been reaped by asking: its number must not be killed again.
            *self.group.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
        alive
    }

    fn look(&mut self) -> Glance {
        let told = self.process.as_ref().map(BrowserProcess::observations).unwrap_or_default();
        for observed in told {
            self.seen.take_in(&observed);
        }
        let was = self.process.is_some();
        if was && !self.is_running() {
            self.seen.stopped(now());
        }
        self.seen.glance()
    }

    fn capture(&mut self, whole: bool) -> Result<Captured, BrowserFault> {
        let kind = if whole { CaptureKind::WholePage } else { CaptureKind::Viewport };
        let engine = self.seen.engine().to_owned();
        let lifted = self.lift_cover()?;
        let captured = self.running()?.capture(kind, PICTURE);
        if lifted {
            self.running()?.send(Navigate::Cover).map_err(|fault| gone(&fault))?;
        }
        let captured = captured.map_err(refused)?;
        let facts = facts::page(&captured.page, &engine, &captured.views);
        let at_once = facts::at_once(&captured.views);
        Ok(Captured {
            views: captured.views.into_iter().map(picture).collect(),
            derived: derived(captured.stitched, &captured.page, at_once),
            facts,
        })
    }

    fn kill(&mut self) {
        self.end(false);
    }

    fn halt(&mut self) {
        self.end(true);
    }
}

/// The pictures of the whole page, each with how it was made.
fn derived(stitched: Vec<client::Picture>, page: &PageFacts, at_once: bool) -> Vec<(Picture, String)> {
    let count = stitched.len();
    let how = |place: usize| facts::how_derived(&page.standing, (place + 1, count), at_once);
    stitched.into_iter().enumerate().map(|(place, tile)| (picture(tile), how(place))).collect()
}

impl EvidenceBrowser {
    /// Ends the process; what it told before its end is still to be recorded.
    fn end(&mut self, for_halt: bool) {
        if let Some(mut process) = self.process.take() {
            for observed in process.observations() {
                self.seen.take_in(&observed);
            }
            if for_halt {
                let (_, folder) = process.kill_and_keep();
                self.seen.kept(now(), &folder);
            } else {
                process.kill();
            }
            *self.group.lock().unwrap_or_else(PoisonError::into_inner) = None;
            for observed in process.observations() {
                self.seen.take_in(&observed);
            }
            self.seen.ended();
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "a process that ended by itself told nobody when")]
fn now() -> Moment {
    chrono::Utc::now().into()
}

fn passing(pass: &Pass) -> Result<protocol::Pass, BrowserFault> {
    Ok(match pass {
        Pass::Site(site) => protocol::Pass::Site(Text::new(site)),
        Pass::Form(address) => protocol::Pass::Form(checked(address)?),
        Pass::SignIn(host) => protocol::Pass::SignIn(Text::new(host)),
    })
}

fn checked(address: &str) -> Result<Address, BrowserFault> {
    Address::new(address).map_err(|_| BrowserFault::BadAddress("it is too long".to_owned()))
}

fn picture(picture: client::Picture) -> Picture {
    Picture {
        size: (picture.facts.width, picture.facts.height),
        offset: (picture.facts.scroll_x, picture.facts.scroll_y),
        taken: Moment::from_micros(picture.facts.taken_at),
        png: Zeroizing::new(picture.png),
    }
}

fn refused(fault: client::BrowserFault) -> BrowserFault {
    match fault {
        client::BrowserFault::Refused(CaptureRefusal::Covered) => BrowserFault::Covered,
        client::BrowserFault::Refused(CaptureRefusal::NotScrolledThrough) => BrowserFault::NotScrolledThrough,
        client::BrowserFault::Refused(CaptureRefusal::NoPage) => BrowserFault::NothingOpen,
        client::BrowserFault::Refused(CaptureRefusal::TooTall) => {
            BrowserFault::NoPicture("the page has more views than are kept".to_owned())
        }
        client::BrowserFault::Refused(CaptureRefusal::Busy) => {
            BrowserFault::NoPicture("another capture is still under way".to_owned())
        }
        client::BrowserFault::Refused(CaptureRefusal::ChangedMeanwhile) => {
            BrowserFault::NoPicture("the page changed while the picture was being made".to_owned())
        }
        client::BrowserFault::Refused(CaptureRefusal::Engine(why)) => BrowserFault::NoPicture(why.as_str().to_owned()),
        client::BrowserFault::NotStarted(_)
        | client::BrowserFault::Crashed(_)
        | client::BrowserFault::Ended
        | client::BrowserFault::Garbled
        | client::BrowserFault::Late(_)
        | client::BrowserFault::Deaf => gone(&fault),
    }
}

fn gone(fault: &client::BrowserFault) -> BrowserFault {
    BrowserFault::Gone(fault.to_string())
}

fn kill_group(group: &Mutex<Option<Group>>) {
    if let Some(group) = group.lock().unwrap_or_else(PoisonError::into_inner).take() {
        group.kill();
    }
}
