//! The engine, its page and its window.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use futures_channel::mpsc::UnboundedReceiver;
use trail_macos::window::Happening;
use trail_macos::wkwebview::{Hearing, listen};

use super::bound::bind;
use super::eyes::Eyes;
use super::page::Page;
use super::start::known_page;
use super::window::{Window, heard};
use crate::address::Terms;
use crate::engine::Engine;
use crate::engine::load::Stage;
use crate::engine::press::{LAST_WORD, Press, REVEAL_SECONDS, Way, hearing};
use crate::engine::revealed::Revealed;
use crate::gateway::{Gateway, refusal};
use crate::mouth::{Mouth, end_now};
use crate::protocol::bounded::Address;
use crate::protocol::observation::{HaltedBy, Observation, WhyCovered};
use crate::protocol::{CaptureRequest, Navigate, ToBrowser};

/// How often orders are looked for, and what is under way goes on.
const TURN: Duration = Duration::from_millis(15);

/// The adapter.
pub(crate) struct WkWebView {
    pub(super) page: Rc<Page>,
    pub(super) window: Rc<Window>,
    pub(super) revealed: Revealed,
    /// The engine forgets who listens once this is gone.
    hearing: RefCell<Option<Hearing>>,
}

impl Engine for WkWebView {
    fn run(terms: Terms, mouth: &Mouth, orders: UnboundedReceiver<ToBrowser>) -> String {
        let kit = match Self::open(terms, mouth) {
            Ok(kit) => kit,
            Err(reason) => return reason,
        };
        let orders = RefCell::new(orders);
        let window = Rc::clone(&kit.window);
        window.run(TURN, Rc::new(move |what| kit.happens(&what, &orders)));
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
            Navigate::ShowWindow => self.window.present(),
            Navigate::LetThrough(pass) => self.page.let_through(pass),
        }
    }

    fn capture(&self, request: CaptureRequest) {
        self.take(request);
    }
}

impl WkWebView {
    fn open(terms: Terms, mouth: &Mouth) -> Result<Rc<Self>, String> {
        let gateway = Gateway::open(terms.clone(), mouth.clone()).map_err(|error| {
            format!("no way to the network could be opened ({error}); restart the computer and try again")
        })?;
        let (ear, on) = hearing(Self::press);
        let page = Page::build(terms, gateway, mouth.clone())?;
        let window = Rc::new(Window::build(&page, &on)?);
        let kit = Rc::new(Self { page, window, revealed: Revealed::default(), hearing: RefCell::default() });
        *ear.borrow_mut() = Some(Rc::clone(&kit));
        *kit.hearing.borrow_mut() = Some(listen(&kit.page.view, &Eyes::of(&kit))?);
        kit.window.arrange(&kit.page, false);
        kit.make_ready();
        Ok(kit)
    }

    /// Tells that the browser stands ready once it was seen that the view is bound to the gateway, and how it draws.
    fn make_ready(self: &Rc<Self>) {
        let kit = Rc::clone(self);
        self.page.tasks.begin(async move {
            let page = &kit.page;
            if let Err(why) = bind(page).await {
                page.mouth.crash(&format!("{why}; the evidence browser does not start"));
            }
            match known_page(page).await {
                Ok(known_page) => {
                    page.ready.set(true);
                    page.mouth.observe(Observation::Ready(page.engine(known_page)));
                }
                Err(why) => page.mouth.crash(&format!("the web engine did not get ready ({why})")),
            }
        });
    }

    /// Hears what happens to the window. Whether a key was ours.
    fn happens(self: &Rc<Self>, what: &Happening, orders: &RefCell<UnboundedReceiver<ToBrowser>>) -> bool {
        match what {
            Happening::Close => self.press(Press::Close),
            Happening::Shape => self.window.arrange(&self.page, self.is_revealed()),
            Happening::Key(key) => {
                let (is_ours, press) = heard(key);
                if let Some(press) = press {
                    self.press(press);
                }
                return is_ours;
            }
            Happening::Turn => {
                while let Some(order) = next(orders) {
                    self.obey(order);
                }
                self.window.catch_up();
                self.page.tasks.go_on();
                self.tick();
            }
        }
        true
    }

    fn obey(&self, order: ToBrowser) {
        match order {
            ToBrowser::Navigate(order) => self.navigate(&order),
            ToBrowser::Capture(request) => self.capture(request),
            ToBrowser::Stop => end_now(),
        }
    }

    fn open_address(&self, address: &Address) {
        self.page.mouth.count_anew();
        if !self.page.ready.get() {
            return self.page.mouth.observe(not_gone(address.as_str(), "the web engine is not ready yet"));
        }
        // Unreadable addresses never reach the engine, which would guess at them.
        if let Some(what) = refusal(self.page.terms.judge(address.as_str())) {
            return self.page.refuse(what, address.as_str());
        }
        *self.page.asked.borrow_mut() = Some(address.clone());
        self.page.gateway.wants(address.as_str());
        self.end_if_silent();
        // Written as the standard asks, which is how the engine would write it.
        let written = url::Url::parse(address.as_str()).map(String::from);
        let opened = written.map_err(|error| error.to_string()).and_then(|written| self.page.view.open(&written));
        if let Err(why) = opened {
            self.page.asked.take();
            self.load_failed(address.as_str(), &why);
        }
    }

    fn go(&self, way: Way) {
        self.page.mouth.count_anew();
        let (view, address) = (&self.page.view, self.page.view.address());
        let is_way = match way {
            Way::Back => view.can_go_back(),
            Way::Forward => view.can_go_forward(),
            Way::Reload => self.page.load.borrow().stage != Stage::Nothing,
            Way::Stop => true,
        };
        if !self.page.ready.get() || !is_way {
            return self.page.mouth.observe(not_gone(&address, "there is no page that way"));
        }
        self.end_if_silent();
        match way {
            Way::Back => view.go_back(),
            Way::Forward => view.go_forward(),
            Way::Reload => view.reload(),
            Way::Stop => view.stop(),
        }
    }

    /// A page that hangs would not let go: its process is ended first, where the engine can do that.
    fn end_if_silent(&self) {
        if self.revealed.unresponsive.get() {
            self.page.view.end_process();
        }
    }

    pub(super) fn show_ways(&self) {
        self.window.show_ways(self.page.view.can_go_back(), self.page.view.can_go_forward());
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
            Press::Find => self.window.open_find(),
            Press::FindNext => self.page.find(&self.window.words()),
            Press::Zoom(by) => {
                if let Some(percent) = by.after(self.page.zoom()) {
                    // What was in view in another size counts no more.
                    self.page.coverage.borrow_mut().forget();
                    self.page.view.resize(f64::from(percent) / 100.0);
                    self.window.show_state(&format!("Shown at {} %", self.page.zoom()));
                }
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

/// The next order, if one waits. Whoever obeys it may hear of more.
fn next(orders: &RefCell<UnboundedReceiver<ToBrowser>>) -> Option<ToBrowser> {
    orders.borrow_mut().try_recv().ok()
}

fn not_gone(address: &str, why: &str) -> Observation {
    Observation::NavigationFailed { address: Address::observed(address), reason: why.into() }
}
