//! The web view, and what is kept beside it while the process lives.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use trail_macos::wkwebview::{Answer, Load as UnderWay, Painted, Proxy, Setup, View, version};

use super::told::SILENT;
use crate::address::{Terms, is_away, let_in};
use crate::engine::coverage::Coverage;
use crate::engine::layout::{LOOK, STATE, parse_layout};
use crate::engine::load::Load;
use crate::engine::tasks::{Tasks, within};
use crate::gateway::Gateway;
use crate::mouth::Mouth;
use crate::protocol::Pass;
use crate::protocol::bounded::{Address, Text};
use crate::protocol::facts::{Fact, Layout};
use crate::protocol::observation::{Engine, Observation, Refused};

/// Our own scripts run in a world of their own: the page's script sees neither them nor what they change.
const OUR_WORLD: &str = "evidence";
const PATIENCE: Duration = Duration::from_secs(5);

/// The page and what is known of it.
pub(super) struct Page {
    pub(super) view: View,
    pub(super) tasks: Tasks,
    pub(super) mouth: Mouth,
    pub(super) terms: Terms,
    pub(super) gateway: Gateway,
    /// Whether the engine was tried, and may go somewhere.
    pub(super) ready: Cell<bool>,
    /// How many documents of ours came into the view while it was tried.
    pub(super) tried: Cell<u32>,
    pub(super) load: RefCell<Load>,
    /// The page that stands in the view until the load under way brings its own.
    pub(super) before: RefCell<Option<Load>>,
    /// The load that began last, by the engine's name for it.
    pub(super) under_way: Cell<UnderWay>,
    /// Where the page was let go, until that load begins.
    pub(super) let_go: RefCell<Option<String>>,
    /// Where the load under way goes, by the latest that the engine told.
    pub(super) on_way_to: RefCell<String>,
    /// The main document's answer, until its load brings it.
    pub(super) answer: RefCell<Option<Answer>>,
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
    pub(super) user_agent: RefCell<Option<String>>,
    pub(super) title: RefCell<Option<String>>,
    pub(super) looked_at: Cell<Option<Instant>>,
    pub(super) finding: Cell<bool>,
}

impl Page {
    /// Builds the view, with nothing of ours in it and every door shut. It belongs to no window yet.
    pub(super) fn build(terms: Terms, gateway: Gateway, mouth: Mouth) -> Result<Rc<Self>, String> {
        let view = View::build(Setup { proxy: Proxy::on_port(gateway.port()) })?;
        let sites = RefCell::new(terms.named_sites());
        Ok(Rc::new(Self {
            view,
            tasks: Tasks::default(),
            mouth,
            terms,
            gateway,
            ready: Cell::new(false),
            tried: Cell::new(0),
            load: RefCell::default(),
            before: RefCell::default(),
            under_way: Cell::default(),
            let_go: RefCell::default(),
            on_way_to: RefCell::default(),
            answer: RefCell::default(),
            layout: Cell::default(),
            coverage: RefCell::default(),
            one_form: RefCell::default(),
            sites,
            capturing: Arc::default(),
            asked: RefCell::default(),
            generation: Cell::new(0),
            user_agent: RefCell::default(),
            title: RefCell::default(),
            looked_at: Cell::new(None),
            finding: Cell::new(false),
        }))
    }

    /// What the engine says of itself.
    pub(super) fn engine(&self, known_page: Fact<Text>) -> Engine {
        Engine {
            name: Text::new("WKWebView"),
            version: Text::new(&version().unwrap_or_else(|| "not told".to_owned())),
            user_agent: self.user_agent(),
            sandbox: Fact::NotTold(Text::new(
                "the engine does not tell; the system's own sandbox cannot be turned off",
            )),
            known_page,
        }
    }

    pub(super) fn user_agent(&self) -> Fact<Text> {
        Fact::from_option(self.user_agent.borrow().as_deref().map(Text::new), SILENT)
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

    /// Lets something pass. The engine's question for a sign-in was answered before anybody could give a reason, so it
    /// stays refused.
    pub(super) fn let_through(&self, pass: &Pass) {
        match pass {
            Pass::Site(site) => let_in(&mut self.sites.borrow_mut(), site.as_str()),
            Pass::Form(address) => *self.one_form.borrow_mut() = Some(address.as_str().to_owned()),
            Pass::SignIn(_) => {}
        }
    }

    /// Runs one of our own scripts beside the page's, in our own world. `None` if it does not come to a text in time.
    pub(super) async fn evaluate(&self, script: &str) -> Option<String> {
        self.evaluate_within(script, PATIENCE).await
    }

    /// As [`Self::evaluate`], but waits no longer than this.
    pub(super) async fn evaluate_within(&self, script: &str, at_most: Duration) -> Option<String> {
        within(at_most, |then| self.view.evaluate(script, OUR_WORLD, then)).await.flatten()
    }

    /// Begins one of our own scripts, and does not wait for it.
    pub(super) fn run(&self, script: &str) {
        self.view.evaluate(script, OUR_WORLD, |_| {});
    }

    /// Paints what the view shows. `settled` waits until what the page changed last is on the screen.
    pub(super) async fn paint_view(&self, settled: bool, at_most: Duration) -> Result<Painted, String> {
        let late = || Err(format!("the engine did not paint within {} seconds", at_most.as_secs()));
        within(at_most, |then| self.view.paint(settled, then)).await.unwrap_or_else(late)
    }

    /// How the page stands at this moment. `None` if its process does not answer.
    pub(super) async fn stands(&self) -> Option<Layout> {
        self.evaluate(LOOK).await.as_deref().and_then(parse_layout)
    }

    /// How many pictures are still to come, and how many elements stand still in the window. `None` if it does not
    /// tell.
    pub(super) async fn state(&self) -> Option<(u32, u32)> {
        serde_json::from_str(&self.evaluate(STATE).await?).ok()
    }

    /// The address of the document that is shown. While another one was asked for the view names that one already.
    pub(super) fn shown_address(&self) -> String {
        if self.asked.borrow().is_some() { self.load.borrow().shown.clone() } else { self.view.address() }
    }

    /// How large the page is shown, in percent.
    pub(super) fn zoom(&self) -> u32 {
        (self.view.size() * 100.0).round().clamp(1.0, 1000.0) as u32
    }

    /// Goes to the next place where these words stand.
    pub(super) fn find(&self, words: &str) {
        self.finding.set(true);
        let words = serde_json::Value::from(words);
        self.run(&format!("window.find({words},false,false,true);''"));
    }

    /// Takes away the engine's selection of what was found.
    pub(super) fn stop_finding(&self) {
        if self.finding.take() {
            self.run("getSelection().removeAllRanges();''");
        }
    }
}
