//! The engine, its page and its window.

use std::rc::Rc;
use std::time::{Duration, Instant};

use futures_channel::mpsc::UnboundedReceiver;
use tao::event::{Event, WindowEvent};
use tao::event_loop::{ControlFlow, EventLoop, EventLoopBuilder};
use tao::platform::run_return::EventLoopExtRunReturn;
use trail_windows::webview2::listen;

use super::eyes::Eyes;
use super::page::Page;
use super::start::known_page;
use super::window::{Window, hear_window_keys};
use super::wire::EVENTS;
use crate::address::Terms;
use crate::engine::Engine;
use crate::engine::press::{LAST_WORD, Press, REVEAL_SECONDS, Way, hearing};
use crate::engine::revealed::Revealed;
use crate::gateway::{Gateway, refusal};
use crate::mouth::{Mouth, end_now};
use crate::protocol::bounded::Address;
use crate::protocol::observation::{HaltedBy, Observation, WhyCovered};
use crate::protocol::{CaptureRequest, Navigate, ToBrowser};

/// How often orders are looked for, and what is under way goes on.
const TURN: Duration = Duration::from_millis(15);
/// What the engine must say yes to before it is ready, and with which parameters.
const BEFORE_READY: [(&str, &str); 3] = [
    ("Network.enable", "{}"),
    ("Page.enable", "{}"),
    // No window of the system to choose files in: the wish is told instead.
    ("Page.setInterceptFileChooserDialog", "{\"enabled\":true}"),
];
const PATIENCE: Duration = Duration::from_secs(15);

/// The adapter.
pub(crate) struct WebView2 {
    pub(super) page: Rc<Page>,
    pub(super) window: Rc<Window>,
    pub(super) revealed: Revealed,
}

impl Engine for WebView2 {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the window system's events are not ours")]
    fn run(terms: Terms, mouth: &Mouth, mut orders: UnboundedReceiver<ToBrowser>) -> String {
        let mut turns = EventLoopBuilder::new().build();
        let kit = match Self::open(&turns, terms, mouth) {
            Ok(kit) => kit,
            Err(reason) => return reason,
        };
        turns.run_return(move |event, _, flow| {
            *flow = ControlFlow::WaitUntil(Instant::now() + TURN);
            match event {
                Event::WindowEvent { event: WindowEvent::CloseRequested, .. } => kit.press(Press::Close),
                Event::WindowEvent {
                    event: WindowEvent::Resized(_) | WindowEvent::ScaleFactorChanged { .. }, ..
                } => kit.window.arrange(&kit.page, kit.is_revealed()),
                Event::WindowEvent { event: WindowEvent::KeyboardInput { event, .. }, .. } => {
                    if let Some(press) = hear_window_keys(&event) {
                        kit.press(press);
                    }
                }
                Event::MainEventsCleared => {
                    while let Ok(order) = orders.try_recv() {
                        kit.obey(order);
                    }
                    kit.page.tasks.go_on();
                    kit.tick();
                }
                _ => {}
            }
        });
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

impl WebView2 {
    fn open(turns: &EventLoop<()>, terms: Terms, mouth: &Mouth) -> Result<Rc<Self>, String> {
        let gateway = Gateway::open(terms.clone(), mouth.clone()).map_err(|error| {
            format!("no way to the network could be opened ({error}); restart the computer and try again")
        })?;
        // The folder that was made for this process, and that is removed with it.
        let files = std::env::current_dir().map_err(|error| format!("there is no folder for the engine ({error})"))?;
        let (ear, on) = hearing(Self::press);
        let top = Window::frame(turns)?;
        let page = Page::build(&top, &files.join("data").join("page"), terms, gateway, mouth.clone())?;
        let window = Window::build(top, &files.join("data").join("chrome"), &page, &on)?;
        let kit = Rc::new(Self { page, window: Rc::new(window), revealed: Revealed::default() });
        *ear.borrow_mut() = Some(Rc::clone(&kit));
        listen(&kit.page.view, &Eyes::of(&kit), &EVENTS)?;
        kit.window.arrange(&kit.page, false);
        kit.make_ready();
        Ok(kit)
    }

    /// Tells that the browser stands ready once every door is shut that only the protocol can shut.
    fn make_ready(self: &Rc<Self>) {
        let kit = Rc::clone(self);
        self.page.tasks.begin(async move {
            for (method, parameters) in BEFORE_READY {
                if let Err(why) = kit.page.call(method, parameters, PATIENCE).await {
                    kit.page.mouth.crash(&format!("the web engine did not get ready ({method}: {why})"));
                }
            }
            // The empty first page tells which frame is the page itself.
            if let Err(why) = kit.page.view.open("about:blank") {
                kit.page.mouth.crash(&format!("the web engine did not get ready ({why})"));
            }
            let known_page = known_page(&kit.page).await;
            kit.page.mouth.observe(Observation::Ready(kit.page.engine(known_page)));
        });
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
        // Unreadable addresses never reach the engine, which would guess at them.
        if let Some(what) = refusal(self.page.terms.judge(address.as_str())) {
            return self.page.refuse(what, address.as_str());
        }
        *self.page.asked.borrow_mut() = Some(address.clone());
        self.page.gateway.wants(address.as_str());
        if let Err(why) = self.page.view.open(address.as_str()) {
            self.page.asked.take();
            self.load_failed(address.as_str(), &why);
        }
    }

    fn go(&self, way: Way) {
        self.page.mouth.count_anew();
        let view = &self.page.view;
        let gone = match way {
            Way::Back => view.go_back(),
            Way::Forward => view.go_forward(),
            Way::Reload => {
                let page = Rc::clone(&self.page);
                self.page.tasks.begin(async move {
                    if let Err(why) = page.call("Page.reload", "{\"ignoreCache\":true}", PATIENCE).await {
                        page.mouth.observe(not_gone(&page.view.address(), &why));
                    }
                });
                Ok(())
            }
            Way::Stop => view.stop(),
        };
        if let Err(why) = gone {
            self.page.mouth.observe(not_gone(&view.address(), &why));
        }
    }

    pub(super) fn is_main(&self, frame: &str) -> bool {
        self.page.network.borrow().main_frame.as_deref() == Some(frame)
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
                    let shown = match self.page.view.resize(f64::from(percent) / 100.0) {
                        Ok(()) => format!("Shown at {percent} %"),
                        Err(why) => format!("The size did not change: {why}"),
                    };
                    self.window.show_state(&shown);
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

fn not_gone(address: &str, why: &str) -> Observation {
    Observation::NavigationFailed { address: Address::observed(address), reason: why.into() }
}
