//! A load from its beginning to its end, told as it happens.

use std::rc::Rc;
use std::time::{Duration, Instant};

use trail_windows::webview2::{Answered, Certificate as Offered, End, Failure};

use super::kit::WebView2;
use super::wire::{self, SILENT};
use crate::clock::now;
use crate::engine::load::{Load, Stage};
use crate::protocol::bounded::{Address, List, Text};
use crate::protocol::facts::{Certificate, Fact, Hop, Response};
use crate::protocol::observation::{Observation, WhyCovered};

/// How often an address that a page gives itself is told.
const ADDRESS_EACH: Duration = Duration::from_millis(100);
const PATIENCE: Duration = Duration::from_secs(5);

impl WebView2 {
    pub(super) fn load_begins(&self, address: &str) {
        let page = &self.page;
        let seen = Address::observed(address);
        let asked = page.asked.take().unwrap_or_else(|| seen.clone());
        let before = page.load.replace(Load::begin(asked));
        if before.has_page() {
            *page.before.borrow_mut() = Some(before);
        }
        let mut network = page.network.borrow_mut();
        network.answer = None;
        network.response = None;
        drop(network);
        page.generation.set(page.generation.get() + 1);
        page.mouth.observe(Observation::NavigationStarted(seen));
        self.window.show_address(address);
        self.window.show_connection("");
        self.window.show_state("Loading");
    }

    /// A page of another site is held. Where a server sends a load on to it, the page before stands again, so that the
    /// end of the load that is called off is not told of it.
    pub(super) fn hold(&self, address: &str, redirected: bool) {
        let page = &self.page;
        page.asked.take();
        page.observe(Observation::AwayHeld(Address::observed(address)));
        if redirected && page.load.borrow().stage == Stage::Asked {
            *page.load.borrow_mut() = page.before.take().unwrap_or_default();
            self.window.show_address(&page.view.address());
            self.window.show_state("Another site: held");
        }
    }

    /// A server sends the main document on.
    pub(super) fn sent_on(&self, from: &str, to: &str, status: Option<u16>) {
        let hop =
            Hop { from: Address::observed(from), to: Address::observed(to), status: Fact::from_option(status, SILENT) };
        self.page.load.borrow_mut().redirects.push(hop.clone());
        self.page.observe(Observation::Redirected(hop));
        self.window.show_address(to);
    }

    /// The engine's own event tells an answer of the main document too; it is used where the protocol says nothing.
    pub(super) fn main_answered(&self, answer: &Answered) {
        let of_the_main = self.page.load.borrow().stage == Stage::Asked && self.page.view.address() == answer.address;
        if !of_the_main || (300..400).contains(&answer.status) {
            return;
        }
        let mut headers = List::default();
        for (name, value) in &answer.headers {
            headers.push((Text::new(name), Text::new(value)));
        }
        let media_type = Fact::NotTold(Text::new(SILENT));
        self.page.network.borrow_mut().response = Some(Response { status: answer.status, media_type, headers });
    }

    pub(super) fn committed(self: &Rc<Self>) {
        let page = &self.page;
        let address = page.view.address();
        let seen = Address::observed(&address);
        page.forget_world();
        page.coverage.borrow_mut().forget();
        *page.before.borrow_mut() = None;
        let network = page.network.borrow();
        let answer = network.answer.clone();
        let response = answer.as_ref().map(wire::Answer::response).or_else(|| network.response.clone());
        drop(network);
        let mut load = page.load.borrow_mut();
        load.stage = Stage::Coming;
        load.response.clone_from(&response);
        load.certificate = answer.as_ref().and_then(|answer| answer.certificate(List::default()));
        load.protocol = answer.as_ref().and_then(wire::Answer::protocol);
        drop(load);
        // A size that cannot be set back is told with each picture.
        let _ = page.view.resize(1.0);
        self.cover(WhyCovered::NewPage);
        page.mouth.observe(Observation::NavigationCommitted(seen.clone()));
        if let Some(response) = response {
            page.observe(Observation::Responded { address: seen.clone(), response });
        }
        self.window.show_address(&address);
        self.secure(&address, seen, answer);
    }

    /// Tells the certificate, with the chain that the engine gives when it is asked for it.
    fn secure(self: &Rc<Self>, address: &str, seen: Address, answer: Option<wire::Answer>) {
        let is_https = address.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"));
        if !is_https {
            self.window.show_connection("Not encrypted");
            let certificate = Fact::NotTold(Text::new("the connection was not encrypted"));
            return self.page.observe(Observation::Secured { address: seen, certificate });
        }
        let Some(answer) = answer else {
            let certificate = Fact::NotTold(Text::new(SILENT));
            return self.page.observe(Observation::Secured { address: seen, certificate });
        };
        let kit = Rc::clone(self);
        let generation = self.page.generation.get();
        let origin = url::Url::parse(address).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
        self.page.tasks.begin(async move {
            let asked = serde_json::json!({ "origin": origin }).to_string();
            let told = kit.page.call("Network.getCertificate", &asked, PATIENCE).await;
            let certificate = answer.certificate(told.map(|json| wire::chain(&json)).unwrap_or_default());
            if kit.page.generation.get() == generation {
                kit.page.load.borrow_mut().certificate.clone_from(&certificate);
                if certificate.is_some() {
                    kit.window.show_connection("\u{1f512}\u{fe0e} Certificate noted");
                }
            }
            let certificate = Fact::from_option(certificate, SILENT);
            kit.page.observe(Observation::Secured { address: seen, certificate });
        });
    }

    pub(super) fn ended(&self, end: &End) {
        let page = &self.page;
        let address = page.view.address();
        let stage = page.load.borrow().stage;
        match stage {
            // The engine calls an answer such as *404 Not found* a failure: the page stands all the same.
            Stage::Coming if end.loaded || !end.called_off => {
                let mut load = page.load.borrow_mut();
                load.stage = Stage::Done;
                load.finished_at = Some(now());
                drop(load);
                page.mouth.observe(Observation::NavigationFinished(Address::observed(&address)));
                self.window.show_state("Loaded");
                self.refresh_cover();
            }
            Stage::Coming => self.stopped(&address, end.why),
            Stage::Asked => {
                let asked = page.load.borrow().requested.clone();
                let asked = asked.map_or_else(String::new, |asked| asked.as_str().to_owned());
                match page.before.take().filter(|_| end.called_off) {
                    Some(before) => {
                        *page.load.borrow_mut() = before;
                        self.window.show_address(&address);
                        self.stopped(&asked, end.why);
                    }
                    None => self.load_failed(&asked, end.why),
                }
            }
            Stage::Nothing | Stage::Done | Stage::Failed => {}
        }
    }

    fn stopped(&self, address: &str, why: &str) {
        self.page.load.borrow_mut().stage = Stage::Done;
        let address = Address::observed(address);
        self.page.mouth.observe(Observation::NavigationFailed { address, reason: Text::new(why) });
        self.window.show_state("Stopped before the end");
    }

    pub(super) fn load_failed(&self, address: &str, why: &str) {
        self.page.load.borrow_mut().stage = Stage::Failed;
        self.cover(WhyCovered::PageGone);
        let address = Address::observed(address);
        self.page.mouth.observe(Observation::NavigationFailed { address, reason: Text::new(why) });
        self.window.show_state("Not loaded");
        self.window.say("The page did not load", why, false);
    }

    pub(super) fn certificate_is_bad(&self, address: &str, fault: &str, offered: &Offered) {
        let text = |text: &Option<String>| Fact::from_option(text.as_deref().map(Text::new), SILENT);
        let mut chain = List::default();
        for pem in &offered.chain {
            chain.push(Text::new(pem));
        }
        let certificate = Certificate {
            subject: text(&offered.subject),
            issuer: text(&offered.issuer),
            expires: text(&offered.expires.and_then(wire::iso_8601)),
            chain,
            faults: Text::new(fault),
        };
        let address = Address::observed(address);
        self.page.observe(Observation::CertificateRefused { address, certificate });
    }

    pub(super) fn address_is_new(&self) {
        if self.page.load.borrow().stage == Stage::Done {
            self.window.show_address(&self.page.view.address());
            if self.page.address_owed.replace(true) {
                self.page.mouth.leave_out(1);
            }
            self.tell_address_owed();
        }
    }

    /// A page may change its own address without end. It is told now and then, the latest one always.
    pub(super) fn tell_address_owed(&self) {
        let page = &self.page;
        let may_tell = page.address_told.get().is_none_or(|at| at.elapsed() >= ADDRESS_EACH);
        if may_tell && page.address_owed.take() {
            page.address_told.set(Some(Instant::now()));
            page.mouth.observe(Observation::AddressChanged(Address::observed(&page.view.address())));
        }
    }

    pub(super) fn process_failed(&self, failure: Failure) {
        match failure {
            Failure::PageEnded => {
                self.page.load.borrow_mut().stage = Stage::Failed;
                self.cover(WhyCovered::PageGone);
                self.page.mouth.observe(Observation::PageProcessEnded(Text::new("the engine does not tell why")));
                self.window.show_state("Page ended");
                self.window.say("The page's process ended", "Open the address again if you still need it.", false);
            }
            Failure::FrameEnded => {
                self.page.observe(Observation::PageProcessEnded(Text::new("that of a frame within the page")));
            }
            Failure::PageSilent => self.falls_silent(),
            Failure::EngineEnded => self.page.mouth.crash("the web engine ended; open the evidence browser again"),
            Failure::Other => {}
        }
    }
}
