//! Doubles behind the application's ports. They record; they decide nothing.

#[path = "doubles/none.rs"]
mod none;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use trail_app::ports::{
    Browser, BrowserFault, Captured, Clock, Computer, Glance, Go, Keychain, KeychainFault, Kill, Named, NoShot,
    OnScreen, PageNow, PageState, Picture, Pictures, Reach, Screens, Shot,
};
use trail_domain::event::capture::PageFacts;
use trail_domain::event::capture::screen::{GatedScreen, ScreenFacts, Surface};
use trail_domain::event::review::{Visit, VisitKind};
use trail_domain::time::Moment;
use trail_domain::words::Noted;
use trail_picture::message::{Drawn, NoPicture, Shape, Task};
use zeroize::Zeroizing;

pub use none::{NoFontPack, NoTimeServers, NoTimeStamps, NoTraining};

/// A clock that moves a second at each look, from a given moment.
pub struct SteppingClock {
    at: Mutex<i64>,
    steady: Arc<Mutex<f64>>,
}

impl SteppingClock {
    /// Starts at this moment.
    #[must_use]
    pub fn from(start: &str) -> Self {
        let start = Moment::try_from(start.to_owned()).unwrap().micros();
        Self { at: Mutex::new(start), steady: Arc::default() }
    }

    /// The steady clock's seconds, to be set from outside.
    #[must_use]
    pub fn steady(&self) -> Arc<Mutex<f64>> {
        Arc::clone(&self.steady)
    }
}

impl Clock for SteppingClock {
    fn now(&self) -> Moment {
        let mut at = self.at.lock().unwrap();
        *at += 1_000_000;
        Moment::from_micros(*at)
    }

    fn steady_seconds(&self) -> f64 {
        *self.steady.lock().unwrap()
    }
}

/// No keychain at all.
pub struct NoKeychain;

impl Keychain for NoKeychain {
    fn is_there(&self) -> bool {
        false
    }

    fn read(&self, _name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainFault> {
        Err(KeychainFault("there is none".to_owned()))
    }

    fn keep(&self, _name: &str, _secret: &[u8]) -> Result<(), KeychainFault> {
        Err(KeychainFault("there is none".to_owned()))
    }
}

/// A computer of which little can be told.
pub struct PlainComputer;

impl Computer for PlainComputer {
    fn free_bytes(&self) -> Result<u64, String> {
        Ok(52_000_000_000)
    }

    fn disk_encrypted(&self) -> Result<bool, String> {
        Err("the double does not look".to_owned())
    }

    fn synced_folder(&self) -> Result<bool, String> {
        Ok(false)
    }
}

/// Decodes nothing: what begins as a PNG is a picture of one colour, all else is none.
#[derive(Default)]
pub struct PlainPictures {
    told: Arc<Mutex<Told>>,
}

impl PlainPictures {
    /// Presses the same brake as this browser while it is at work, and goes on as if it had not noticed.
    #[must_use]
    pub fn beside(browser: &RecordingBrowser) -> Self {
        Self { told: browser.told() }
    }
}

impl Pictures for PlainPictures {
    fn draw(&self, _task: Task, shapes: &[Shape], file: &[u8], stop: &AtomicBool) -> Result<Drawn, NoPicture> {
        if stop.load(Ordering::SeqCst) {
            return Err(NoPicture::Stopped);
        }
        meanwhile(&self.told);
        if !file.starts_with(b"\x89PNG") {
            return Err(NoPicture::Malformed);
        }
        let many = u8::try_from(shapes.len()).unwrap_or(u8::MAX);
        let png = Zeroizing::new(coloured(320, 200, [many, 90, 200]));
        Ok(Drawn { png, size: (320, 200), whole: (320, 200) })
    }
}

/// One window that shows one colour, and a browser beside it whose HALT comes meanwhile.
#[derive(Default)]
pub struct OneWindow {
    told: Arc<Mutex<Told>>,
}

impl OneWindow {
    /// Presses the same brake as this browser while it is at work, and goes on as if it had not noticed.
    #[must_use]
    pub fn beside(browser: &RecordingBrowser) -> Self {
        Self { told: browser.told() }
    }

    fn window(&self) -> GatedScreen {
        let name = self.told.lock().unwrap().renamed.clone().unwrap_or_else(|| "Placeholder chat".to_owned());
        GatedScreen { surface: Surface::Window, number: 7, name }
    }
}

impl Screens for OneWindow {
    fn list(&self, stop: &AtomicBool) -> Result<Named, NoShot> {
        if stop.load(Ordering::SeqCst) {
            return Err(NoShot::Stopped);
        }
        self.told.lock().unwrap().asked.push("listed windows".to_owned());
        meanwhile(&self.told);
        Ok(Named { all: vec![OnScreen { of: self.window(), program: Some("Chat".to_owned()) }], no_windows: None })
    }

    fn shoot(&self, _of: &GatedScreen, stop: &AtomicBool) -> Result<Shot, NoShot> {
        if stop.load(Ordering::SeqCst) {
            return Err(NoShot::Stopped);
        }
        self.told.lock().unwrap().asked.push("shot a window".to_owned());
        meanwhile(&self.told);
        let double = || "the double does not tell".to_owned();
        Ok(Shot {
            picture: Picture {
                png: Zeroizing::new(coloured(320, 200, [120, 80, 20])),
                size: (320, 200),
                offset: (0, 0),
                taken: Moment::from_micros(2),
            },
            // It says what it shot, whatever it was asked for.
            facts: ScreenFacts {
                of: self.window(),
                program: Noted::Observed("Chat".to_owned()),
                display: Noted::NotRecorded(double()),
                overlaid: Noted::NotRecorded(double()),
                taken_by: "recording double 1".to_owned(),
            },
        })
    }
}

/// What the recording browser was asked, and what it shall do next.
#[derive(Default)]
pub struct Told {
    /// What was asked, in order.
    pub asked: Vec<String>,
    /// It stops by itself at the next look.
    pub crash: bool,
    /// Somebody presses HALT in its window before the next look.
    pub halt: bool,
    /// Somebody presses HALT in its window while a picture is captured, decoded or drawn over.
    pub halt_meanwhile: bool,
    /// A page of this address, of another site, is wanted before the next look.
    pub wants: Option<String>,
    /// The name of the one window, where it is another than at first.
    pub renamed: Option<String>,
    /// Pressed while a capture is being made or the windows are listed: HALT comes in between.
    pub brake: Option<trail_app::brake::Brake>,
}

/// What comes between the questions and what is kept. The brake asks for `told` itself.
fn meanwhile(told: &Mutex<Told>) {
    let mut held = told.lock().unwrap();
    held.halt |= std::mem::take(&mut held.halt_meanwhile);
    let brake = held.brake.clone();
    drop(held);
    if let Some(brake) = brake {
        brake.press();
    }
}

/// A browser that records what it was asked, and answers with plain coloured pictures.
#[derive(Clone, Default)]
pub struct RecordingBrowser {
    told: Arc<Mutex<Told>>,
    page: Arc<Mutex<PageNow>>,
    visits: Arc<Mutex<Vec<Visit>>>,
}

impl RecordingBrowser {
    /// What it was told, shared.
    #[must_use]
    pub fn told(&self) -> Arc<Mutex<Told>> {
        Arc::clone(&self.told)
    }

    fn note(&self, what: &str) {
        self.told.lock().unwrap().asked.push(what.to_owned());
    }

    fn running(&self) -> bool {
        !matches!(self.page.lock().unwrap().state, PageState::None | PageState::Gone)
    }
}

impl Browser for RecordingBrowser {
    fn open(&mut self, _reach: &Reach) -> Result<Kill, BrowserFault> {
        self.note("opened");
        *self.page.lock().unwrap() = PageNow { state: PageState::Loading, covered: true, ..PageNow::default() };
        let mine = self.clone();
        Ok(Box::new(move || {
            mine.note("killed");
            mine.page.lock().unwrap().state = PageState::Gone;
        }))
    }

    fn go(&mut self, go: &Go) -> Result<(), BrowserFault> {
        if !self.running() {
            return Err(BrowserFault::Gone("it was not started".to_owned()));
        }
        let mut page = self.page.lock().unwrap();
        match go {
            Go::Open(address) => {
                self.told.lock().unwrap().asked.push(format!("open {address}"));
                *page = PageNow {
                    state: PageState::Loaded,
                    address: address.clone(),
                    title: "Placeholder page".to_owned(),
                    covered: false,
                    scrolled_through: true,
                    ..PageNow::default()
                };
                let visit = |what| Visit { at: Moment::from_micros(1), address: address.clone(), what };
                let loaded = VisitKind::Loaded {
                    status: Noted::Observed(200),
                    title: Noted::Observed("Placeholder page".to_owned()),
                };
                self.visits.lock().unwrap().extend([visit(VisitKind::Asked), visit(loaded)]);
            }
            Go::Reveal(_) => page.covered = false,
            Go::Cover => page.covered = true,
            Go::Back | Go::Forward | Go::Reload | Go::StopLoading | Go::ScrollThrough | Go::Show => {}
            Go::LetThrough(pass) => self.note(&format!("let through {pass:?}")),
        }
        Ok(())
    }

    fn is_running(&mut self) -> bool {
        self.running()
    }

    fn look(&mut self) -> Glance {
        let mut told = self.told.lock().unwrap();
        let mut page = self.page.lock().unwrap();
        if std::mem::take(&mut told.crash) {
            page.state = PageState::Gone;
            page.because = "it stopped by itself".to_owned();
        }
        let wanted = told.wants.take();
        let held = wanted.map(|address| Visit { at: Moment::from_micros(1), address, what: VisitKind::AwayHeld });
        let mut visits = std::mem::take(&mut *self.visits.lock().unwrap());
        visits.extend(held);
        Glance { visits, page: page.clone(), halt_pressed: std::mem::take(&mut told.halt) }
    }

    fn capture(&mut self, whole: bool) -> Result<Captured, BrowserFault> {
        if !self.running() {
            return Err(BrowserFault::Gone("it stopped".to_owned()));
        }
        self.note(if whole { "captured whole page" } else { "captured view" });
        meanwhile(&self.told);
        let page = self.page.lock().unwrap().clone();
        if page.covered {
            return Err(BrowserFault::Covered);
        }
        let taken = Moment::from_micros(2);
        let picture = |green: u8, top: u32| Picture {
            png: Zeroizing::new(coloured(320, 200, [20, green, 120])),
            size: (320, 200),
            offset: (0, top),
            taken,
        };
        Ok(Captured {
            views: if whole { vec![picture(80, 0), picture(160, 200)] } else { vec![picture(80, 0)] },
            derived: Vec::new(),
            facts: facts(&page.address),
        })
    }

    fn kill(&mut self) {
        if self.running() {
            self.note("killed");
            self.page.lock().unwrap().state = PageState::Gone;
        }
    }
}

/// A plain picture of one colour: opaque RGB8, not interlaced.
#[must_use]
pub fn coloured(width: u32, height: u32, colour: [u8; 3]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    let pixels: Vec<u8> = colour.iter().copied().cycle().take((width * height * 3) as usize).collect();
    writer.write_image_data(&pixels).unwrap();
    writer.finish().unwrap();
    out
}

fn facts(address: &str) -> PageFacts {
    let double = || "the double does not tell".to_owned();
    PageFacts {
        requested: address.to_owned(),
        shown: Noted::Observed(address.to_owned()),
        redirects: Noted::Observed(Vec::new()),
        title: Noted::Observed("Placeholder page".to_owned()),
        status: Noted::Observed(200),
        headers: Noted::NotRecorded(double()),
        tls: Noted::NotRecorded(double()),
        chain: Some(Noted::NotRecorded(double())),
        remote: Noted::NotRecorded(double()),
        engine: "recording double 1".to_owned(),
        user_agent: Noted::NotRecorded(double()),
        viewport: (320, 200),
        scroll_height: Noted::Observed(400),
        times: (Moment::from_micros(1), Moment::from_micros(2)),
        loading: Noted::Observed(false),
    }
}
