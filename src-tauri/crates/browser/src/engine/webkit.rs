//! The adapter for WebKitGTK.

mod address_bar;
mod away;
mod capture;
mod cover;
mod find;
mod forms;
mod page;
mod reveal;
mod start;
mod surface;
mod told;
mod watch;
mod window;
mod withheld;

use std::rc::Rc;
use std::time::{Duration, Instant};

use futures_channel::mpsc::UnboundedReceiver;
use gtk::glib;
use gtk::prelude::*;
use webkit2gtk::WebViewExt;

use self::page::Page;
use self::start::Start;
use self::watch::open_eyes;
use self::window::Window;
use self::withheld::shut;
use super::Engine;
use super::load::Stage;
use super::press::{LAST_WORD, Press, REVEAL_SECONDS, Way, hearing};
use super::revealed::Revealed;
use crate::address::Terms;
use crate::gateway::{Gateway, refusal};
use crate::mouth::{Mouth, end_now};
use crate::protocol::bounded::Address;
use crate::protocol::observation::{HaltedBy, Observation, WhyCovered};
use crate::protocol::{CaptureRequest, Navigate, ToBrowser};

/// After so long without a beginning, a load was dropped.
const DROPPED_AFTER: Duration = Duration::from_millis(1500);
/// A load that the engine itself gives up after so long without an answer was kept out by others.
const STARVED_AFTER: Duration = Duration::from_secs(5);

/// The engine, its page and its window.
pub(crate) struct WebKit {
    page: Rc<Page>,
    window: Rc<Window>,
    revealed: Revealed,
    start: Rc<Start>,
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
        let (ear, on) = hearing(Self::press);
        let window = Window::build(&on);
        let (page, sandbox) = Page::build(&window.web, terms, gateway, mouth.clone())?;
        let start = Start::of(sandbox);
        let kit = Rc::new(Self { page, window: Rc::new(window), revealed: Revealed::default(), start });
        *ear.borrow_mut() = Some(Rc::clone(&kit));
        shut(&kit.page);
        away::keep(&kit.page);
        open_eyes(&kit);
        kit.window.show_toggle(None, false);
        kit.window.show_ways(false, false);
        kit.window.top.show_all();
        kit.window.cover.close();
        kit.watch_layout();
        kit.begin();
        Ok(kit)
    }

    fn open_address(&self, address: &Address) {
        self.page.mouth.count_anew();
        // Unreadable addresses never reach the engine, which would guess at them.
        match refusal(self.page.terms.judge(address.as_str())) {
            None => {
                self.end_if_stuck();
                *self.page.asked.borrow_mut() = Some(address.clone());
                *self.page.ordered.borrow_mut() = Some((address.clone(), Instant::now()));
                self.page.insist_at.set(Some(Instant::now() + DROPPED_AFTER));
                self.page.gateway.wants(address.as_str());
                self.page.view.load_uri(address.as_str());
            }
            Some(what) => self.page.refuse(what, address.as_str()),
        }
    }

    /// Goes back, forward, again, or no further. A page that hangs would not let go: its process is ended first.
    fn go(&self, way: Way) {
        self.page.mouth.count_anew();
        self.page.ordered.take();
        self.end_if_stuck();
        match way {
            Way::Back => self.page.view.go_back(),
            Way::Forward => self.page.view.go_forward(),
            Way::Reload => self.page.view.reload_bypass_cache(),
            Way::Stop => self.page.view.stop_loading(),
        }
    }

    /// A page that hangs, or that kept out for long what somebody asked for, is not let keep them any longer.
    fn end_if_stuck(&self) {
        if self.is_waiting() || self.revealed.is_silent() {
            self.page.view.terminate_web_process();
        }
    }

    /// A page that changes its own address without end makes the engine drop the load that a reviewer asked for. Then
    /// the page's process is ended, and the address opened again.
    fn insist(&self) {
        let is_late = self.page.insist_at.get().is_some_and(|at| Instant::now() >= at);
        if !is_late || self.page.load.borrow().stage == Stage::Asked {
            return;
        }
        self.page.insist_at.set(None);
        let asked = self.page.asked.borrow().clone();
        if let Some(address) = asked {
            self.page.view.terminate_web_process();
            self.page.view.load_uri(address.as_str());
        }
    }

    /// Whether the load is the one that somebody asked for, and nothing of it has come.
    fn is_ordered(&self) -> bool {
        let (load, ordered) = (self.page.load.borrow(), self.page.ordered.borrow());
        ordered.as_ref().is_some_and(|(address, _)| load.requested.as_ref() == Some(address))
    }

    /// Whether somebody asked for an address long ago, and nothing of it has come.
    fn is_waiting(&self) -> bool {
        let waits = self.page.ordered.borrow().as_ref().is_some_and(|(_, at)| is_past(*at, STARVED_AFTER));
        waits && self.page.load.borrow().stage == Stage::Asked
    }

    /// A page kept the engine so busy with its own requests that what somebody asked for was given up before anything of
    /// it came. Has the address opened once more, where [`Self::insist`] looks next.
    fn open_again(&self) {
        if let Some((address, _)) = self.page.ordered.take() {
            *self.page.asked.borrow_mut() = Some(address);
            self.page.insist_at.set(Some(Instant::now()));
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

/// Whether so much time has passed.
fn is_past(since: Instant, length: Duration) -> bool {
    since.elapsed() >= length
}
