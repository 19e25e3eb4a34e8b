//! The adapter for WebKitGTK.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use futures_channel::mpsc::UnboundedReceiver;
use gtk::glib;
use gtk::prelude::*;
use webkit2gtk::WebViewExt;

use super::Engine;
use super::away;
use super::load::Stage;
use super::page::Page;
use super::press::Press;
use super::reveal::Revealed;
use super::watch::open_eyes;
use super::window::Window;
use super::withheld::shut;
use crate::address::{Terms, Verdict};
use crate::gateway::Gateway;
use crate::mouth::{Mouth, end_now};
use crate::protocol::bounded::Address;
use crate::protocol::observation::{HaltedBy, Observation, Refused, WhyCovered};
use crate::protocol::{CaptureRequest, Navigate, ToBrowser};

/// Seconds of one reveal by key or button.
const REVEAL_SECONDS: u16 = 30;
/// After so long without a beginning, a load was dropped.
const DROPPED_AFTER: Duration = Duration::from_millis(1500);
/// How long HALT waits for its last word to be on the pipe.
const LAST_WORD: Duration = Duration::from_millis(30);

/// Ways that lead away from a page, or stop it.
#[derive(Debug, Clone, Copy)]
enum Way {
    Back,
    Forward,
    Reload,
    Stop,
}

/// The engine, its page and its window.
pub(crate) struct WebKit {
    pub(super) page: Rc<Page>,
    pub(super) window: Rc<Window>,
    pub(super) revealed: Revealed,
    /// What is told once the empty first page stands.
    ready: RefCell<Option<Observation>>,
}

impl Engine for WebKit {
    fn run(terms: Terms, mouth: &Mouth, mut orders: UnboundedReceiver<ToBrowser>) -> String {
        let kit = match Self::open(terms, mouth) {
            Ok(kit) => kit,
            Err(reason) => return reason,
        };
        glib::MainContext::default().spawn_local(async move {
            while let Ok(order) = orders.recv().await {
                match order {
                    ToBrowser::Navigate(order) => kit.navigate(&order),
                    ToBrowser::Capture(request) => kit.capture(request),
                    ToBrowser::Stop => end_now(),
                }
            }
        });
        gtk::main();
        "the window system ended the evidence browser".to_owned()
    }

    fn navigate(&self, order: &Navigate) {
        match order {
            Navigate::Open(address) => self.open_address(address),
            Navigate::Back => self.go(Way::Back),
            Navigate::Forward => self.go(Way::Forward),
            Navigate::Reload => self.go(Way::Reload),
            Navigate::StopLoading => self.go(Way::Stop),
            Navigate::Reveal { seconds } => self.reveal(*seconds),
            Navigate::Cover => self.cover(WhyCovered::Asked),
            Navigate::ScrollThrough => self.scroll_through(),
            Navigate::ScrollTo { top } => self.scroll_to(*top),
            Navigate::ShowWindow => self.window.top.present(),
            Navigate::LetThrough(pass) => self.page.let_through(pass),
        }
    }

    fn capture(&self, request: CaptureRequest) {
        self.take(request);
    }
}

impl WebKit {
    fn open(terms: Terms, mouth: &Mouth) -> Result<Rc<Self>, String> {
        gtk::init()
            .map_err(|_| "there is no display to open a window on; sign in at the screen and try again".to_owned())?;
        let gateway = Gateway::open(terms.clone(), mouth.clone()).map_err(|error| {
            format!("no way to the network could be opened ({error}); restart the computer and try again")
        })?;
        let (ear, on) = hearing();
        let window = Window::build(&on);
        let (page, sandbox) = Page::build(&window.web, terms, gateway, mouth.clone())?;
        let ready = RefCell::new(Some(Observation::Ready(page.engine(sandbox))));
        let kit = Rc::new(Self { page, window: Rc::new(window), revealed: Revealed::default(), ready });
        ear.set(Some(Rc::clone(&kit)));
        shut(&kit.page);
        away::keep(&kit.page);
        open_eyes(&kit);
        kit.window.show_toggle(None, false);
        kit.window.show_ways(false, false);
        kit.window.top.show_all();
        kit.window.cover.close();
        kit.watch_layout();
        kit.page.view.load_uri("about:blank");
        Ok(kit)
    }

    /// Whether the browser stands ready. Tells it when the empty first page has come.
    pub(super) fn is_ready(&self, event: webkit2gtk::LoadEvent) -> bool {
        if self.ready.borrow().is_none() {
            return true;
        }
        if event == webkit2gtk::LoadEvent::Finished
            && let Some(ready) = self.ready.take()
        {
            self.page.mouth.observe(ready);
        }
        false
    }

    fn open_address(&self, address: &Address) {
        self.page.mouth.count_anew();
        // Unreadable addresses never reach the engine, which would guess at them.
        let refused = match self.page.terms.judge(address.as_str()) {
            Verdict::Allowed => None,
            Verdict::Scheme | Verdict::Unreadable => Some(Refused::Scheme),
            Verdict::Private => Some(Refused::PrivateAddress),
            Verdict::Outside => Some(Refused::Outside),
        };
        match refused {
            None => {
                *self.page.asked.borrow_mut() = Some(address.clone());
                self.page.asked_at.set(Some(Instant::now()));
                self.page.gateway.wants(address.as_str());
                self.end_if_silent();
                self.page.view.load_uri(address.as_str());
            }
            Some(what) => self.page.refuse(what, address.as_str()),
        }
    }

    /// Goes back, forward, again, or no further. A page that hangs would not let go: its process is ended first.
    fn go(&self, way: Way) {
        self.page.mouth.count_anew();
        self.end_if_silent();
        match way {
            Way::Back => self.page.view.go_back(),
            Way::Forward => self.page.view.go_forward(),
            Way::Reload => self.page.view.reload_bypass_cache(),
            Way::Stop => self.page.view.stop_loading(),
        }
    }

    fn end_if_silent(&self) {
        if self.is_silent() {
            self.page.view.terminate_web_process();
        }
    }

    /// A page that changes its own address without end makes the engine drop the load that a reviewer asked for. Then
    /// the page's process is ended, and the address opened again.
    pub(super) fn insist(&self) {
        let is_late = self.page.asked_at.get().is_some_and(|at| is_past(at, DROPPED_AFTER));
        if !is_late || self.page.load.borrow().stage == Stage::Asked {
            return;
        }
        self.page.asked_at.set(None);
        let asked = self.page.asked.borrow().clone();
        if let Some(address) = asked {
            self.page.view.terminate_web_process();
            self.page.view.load_uri(address.as_str());
        }
    }

    fn press(&self, press: Press) {
        match press {
            Press::Back => self.go(Way::Back),
            Press::Forward => self.go(Way::Forward),
            Press::Reload => self.go(Way::Reload),
            Press::StopLoading => self.go(Way::Stop),
            Press::ToggleReveal if self.is_revealed() => self.cover(WhyCovered::Asked),
            Press::ToggleReveal => self.reveal(REVEAL_SECONDS),
            Press::Cover => self.cover(WhyCovered::Asked),
            Press::Find => self.window.find.open(),
            Press::FindNext => self.page.find(&self.window.find.words()),
            Press::Zoom(by) => {
                self.page.resize(by);
                self.window.bar.show_state(&format!("Shown at {} %", self.page.zoom()));
            }
            Press::Ask(ask) => self.page.mouth.observe(Observation::Asked(ask)),
            Press::Halt(by) => self.halt(by),
            Press::Close => self.end(Observation::WindowClosed),
        }
    }

    /// HALT: the page is off the screen, the application is told, and the process is gone. It waits
    /// for nothing that a page could hold up.
    fn halt(&self, by: HaltedBy) -> ! {
        self.end(Observation::Halted(by))
    }

    fn end(&self, last: Observation) -> ! {
        self.window.vanish();
        self.page.mouth.last_observation(last, LAST_WORD);
        end_now()
    }
}

type Ear = Rc<Cell<Option<Rc<WebKit>>>>;

/// The window is built before there is anybody to hear its buttons. HALT ends the process even then.
fn hearing() -> (Ear, Rc<dyn Fn(Press)>) {
    let ear: Ear = Rc::default();
    let inner = Rc::clone(&ear);
    let on = move |press| match inner.take() {
        Some(kit) => {
            inner.set(Some(Rc::clone(&kit)));
            kit.press(press);
        }
        None if matches!(press, Press::Halt(_)) => end_now(),
        None => {}
    };
    (ear, Rc::new(on))
}

/// Whether so much time has passed.
pub(super) fn is_past(since: Instant, length: Duration) -> bool {
    since.elapsed() >= length
}
