//! The web view, and what is kept beside it while the process lives.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use trail_windows::webview2::{View, shut};
use wry::{WebContext, WebViewBuilder, WebViewBuilderExtWindows, WebViewExtWindows};

use super::wire::{self, Evaluate};
use crate::address::{Terms, is_away, let_in};
use crate::engine::coverage::Coverage;
use crate::engine::layout::{LOOK, STATE, parse_layout};
use crate::engine::load::Load;
use crate::engine::tasks::{Tasks, within};
use crate::gateway::Gateway;
use crate::mouth::Mouth;
use crate::protocol::Pass;
use crate::protocol::bounded::{Address, Text};
use crate::protocol::facts::{Fact, Layout, Response};
use crate::protocol::observation::{Engine, Observation, Refused};

/// Our own scripts run in a world of their own: the page's script sees neither them nor what they change.
const OUR_WORLD: &str = "evidence";
const PATIENCE: Duration = Duration::from_secs(5);

/// What the engine is started with, besides its way to the network: nothing of its own that speaks to anybody, no way past
/// the gateway, and nothing that plays by itself.
const ARGUMENTS: &str = "--disable-features=msWebOOUI,msPdfOOUI,msSmartScreenProtection,Translate,AutofillServerCommunication \
    --proxy-bypass-list=<-loopback> --disable-quic --force-webrtc-ip-handling-policy=disable_non_proxied_udp \
    --webrtc-ip-handling-policy=disable_non_proxied_udp --disable-background-networking --disable-component-update \
    --disable-domain-reliability --disable-sync --dns-prefetch-disable --no-pings --disable-breakpad \
    --autoplay-policy=document-user-activation-required --disable-webgl --disable-print-preview";

/// The page and what is known of it.
pub(super) struct Page {
    pub(super) view: View,
    /// Kept so that the view lives.
    pub(super) built: wry::WebView,
    _context: WebContext,
    pub(super) tasks: Tasks,
    pub(super) mouth: Mouth,
    pub(super) terms: Terms,
    pub(super) gateway: Gateway,
    pub(super) load: RefCell<Load>,
    /// The page that stands in the view until the load under way brings its own.
    pub(super) before: RefCell<Option<Load>>,
    pub(super) network: RefCell<Network>,
    pub(super) layout: Cell<Layout>,
    pub(super) coverage: RefCell<Coverage>,
    /// Where one form may be sent.
    pub(super) one_form: RefCell<Option<String>>,
    /// The sites that pages may be of; none: of any.
    sites: RefCell<Option<Vec<String>>>,
    pub(super) capturing: Arc<AtomicBool>,
    /// The address somebody asked for, until its load begins.
    pub(super) asked: RefCell<Option<Address>>,
    /// Grows with every load, so that a picture begun on one page never ends as another's.
    pub(super) generation: Cell<u64>,
    /// Our world in this document, once it is made.
    world: Cell<Option<i64>>,
    pub(super) address_owed: Cell<bool>,
    pub(super) address_told: Cell<Option<Instant>>,
    pub(super) finding: Cell<bool>,
}

/// What the network said of the load under way.
#[derive(Default)]
pub(super) struct Network {
    /// The frame that is the page itself, by the engine's name for it.
    pub(super) main_frame: Option<String>,
    /// The main document's answer in the developer's protocol.
    pub(super) answer: Option<wire::Answer>,
    /// The same by the engine's event, which tells less.
    pub(super) response: Option<Response>,
}

impl Page {
    /// Builds the view into the window, with nothing of ours in it and every door shut.
    pub(super) fn build(
        into: &tao::window::Window,
        files: &Path,
        terms: Terms,
        gateway: Gateway,
        mouth: Mouth,
    ) -> Result<Rc<Self>, String> {
        let mut context = WebContext::new(Some(files.to_owned()));
        let built = WebViewBuilder::new_with_web_context(&mut context)
            .with_incognito(true)
            .with_devtools(false)
            .with_clipboard(false)
            .with_autoplay(false)
            .with_hotkeys_zoom(false)
            .with_back_forward_navigation_gestures(false)
            .with_browser_accelerator_keys(false)
            .with_default_context_menus(false)
            .with_browser_extensions_enabled(false)
            .with_additional_browser_args(format!("{ARGUMENTS} --proxy-server=http://127.0.0.1:{}", gateway.port()))
            .build_as_child(into)
            .map_err(|error| format!("the web engine did not start ({error})"))?;
        let view = View::of(built.controller())?;
        shut(&view)?;
        let sites = RefCell::new(terms.named_sites());
        Ok(Rc::new(Self {
            view,
            built,
            _context: context,
            tasks: Tasks::default(),
            mouth,
            terms,
            gateway,
            load: RefCell::default(),
            before: RefCell::default(),
            network: RefCell::default(),
            layout: Cell::default(),
            coverage: RefCell::default(),
            one_form: RefCell::default(),
            sites,
            capturing: Arc::default(),
            asked: RefCell::default(),
            generation: Cell::new(0),
            world: Cell::new(None),
            address_owed: Cell::new(false),
            address_told: Cell::new(None),
            finding: Cell::new(false),
        }))
    }

    /// What the engine says of itself.
    pub(super) fn engine(&self, known_page: Fact<Text>) -> Engine {
        Engine {
            name: Text::new("WebView2"),
            version: Text::new(&self.view.version().unwrap_or_else(|| "not told".to_owned())),
            user_agent: self.user_agent(),
            sandbox: Fact::NotTold(Text::new("the engine does not tell; its own sandbox was not turned off")),
            known_page,
        }
    }

    pub(super) fn user_agent(&self) -> Fact<Text> {
        Fact::from_option(self.view.user_agent().map(|agent| Text::new(&agent)), wire::SILENT)
    }

    /// Tells something that a page can cause as often as it likes.
    pub(super) fn observe(&self, what: Observation) {
        self.mouth.observe_of_page(what);
    }

    pub(super) fn refuse(&self, what: Refused, concerning: &str) {
        self.observe(Observation::Refused { what, concerning: Address::observed(concerning) });
    }

    /// Whether a page of this address is held.
    pub(super) fn is_away(&self, address: &str) -> bool {
        is_away(self.sites.borrow().as_deref(), address)
    }

    /// Lets something pass. The engine's box for a sign-in was answered before anybody could give a reason, so it stays
    /// refused.
    pub(super) fn let_through(&self, pass: &Pass) {
        match pass {
            Pass::Site(site) => let_in(&mut self.sites.borrow_mut(), site.as_str()),
            Pass::Form(address) => *self.one_form.borrow_mut() = Some(address.as_str().to_owned()),
            Pass::SignIn(_) => {}
        }
    }

    /// Another document stands in the view: our world in the one before is gone with it.
    pub(super) fn forget_world(&self) {
        self.world.set(None);
    }

    /// Runs one of our own scripts beside the page's, in our own world. `None` if it does not come to a text in time.
    pub(super) async fn evaluate(&self, script: &str) -> Option<String> {
        let context_id = match self.world.get() {
            Some(world) => world,
            None => self.make_world().await?,
        };
        let asked = Evaluate { expression: script, context_id, return_by_value: true };
        let answer = self.call("Runtime.evaluate", &serde_json::to_string(&asked).ok()?, PATIENCE).await;
        if answer.is_err() {
            self.forget_world();
        }
        wire::evaluated(&answer.ok()?)
    }

    /// Begins one of our own scripts, and does not wait for it.
    pub(super) fn run(self: &Rc<Self>, script: String) {
        let page = Rc::clone(self);
        self.tasks.begin(async move {
            page.evaluate(&script).await;
        });
    }

    async fn make_world(&self) -> Option<i64> {
        let frame = self.network.borrow().main_frame.clone()?;
        let asked = serde_json::json!({ "frameId": frame, "worldName": OUR_WORLD }).to_string();
        let world = wire::world(&self.call("Page.createIsolatedWorld", &asked, PATIENCE).await.ok()?)?;
        self.world.set(Some(world));
        Some(world)
    }

    /// Calls a method of the developer's protocol.
    pub(super) async fn call(&self, method: &str, parameters: &str, at_most: Duration) -> Result<String, String> {
        within(at_most, |then| self.view.call(method, parameters, then))
            .await
            .unwrap_or_else(|| Err(format!("the engine did not answer within {} seconds", at_most.as_secs())))
    }

    /// How the page stands at this moment. `None` if its process does not answer.
    pub(super) async fn stands(&self) -> Option<Layout> {
        self.evaluate(LOOK).await.as_deref().and_then(parse_layout)
    }

    /// How many pictures are still to come, and how many elements stand still in the window. `None` if it does not tell.
    pub(super) async fn state(&self) -> Option<(u32, u32)> {
        serde_json::from_str(&self.evaluate(STATE).await?).ok()
    }

    /// How large the page is shown, in percent.
    pub(super) fn zoom(&self) -> u32 {
        (self.view.size() * 100.0).round().clamp(1.0, 1000.0) as u32
    }

    /// Goes to the next place where these words stand.
    pub(super) fn find(self: &Rc<Self>, words: &str) {
        self.finding.set(true);
        let words = serde_json::Value::from(words);
        self.run(format!("window.find({words},false,false,true);''"));
    }

    /// Takes away the engine's selection of what was found.
    pub(super) fn stop_finding(self: &Rc<Self>) {
        if self.finding.take() {
            self.run("getSelection().removeAllRanges();''".to_owned());
        }
    }
}
