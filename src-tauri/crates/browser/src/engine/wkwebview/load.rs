//! A load from its beginning to its end, told as it happens.

use std::time::{Duration, Instant};

use trail_macos::wkwebview::{Certificate as Offered, Fault};

use super::kit::WkWebView;
use super::told::{self, SILENT};
use crate::clock::now;
use crate::engine::load::{Load, Stage};
use crate::protocol::bounded::{Address, Text};
use crate::protocol::facts::{Fact, Hop};
use crate::protocol::observation::{Observation, WhyCovered};

/// How often the address and the title that a page gives itself are looked at.
const LOOK_EACH: Duration = Duration::from_millis(100);

impl WkWebView {
    pub(super) fn load_begins(&self, address: &str) {
        let page = &self.page;
        let seen = Address::observed(address);
        let asked = page.asked.take().unwrap_or_else(|| seen.clone());
        let before = page.load.replace(Load::begin(asked));
        if before.has_page() {
            *page.before.borrow_mut() = Some(before);
        }
        page.answer.take();
        address.clone_into(&mut page.on_way_to.borrow_mut());
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
            let before = page.before.take().unwrap_or_default();
            self.window.show_address(&before.shown);
            *page.load.borrow_mut() = before;
            self.window.show_state("Another site: held");
        }
    }

    /// A server sends the main document on.
    pub(super) fn sent_on(&self, to: &str) {
        let from = self.page.on_way_to.replace(to.to_owned());
        let status = Fact::NotTold(Text::new(SILENT));
        let hop = Hop { from: Address::observed(&from), to: Address::observed(to), status };
        self.page.load.borrow_mut().redirects.push(hop.clone());
        self.page.observe(Observation::Redirected(hop));
        self.window.show_address(to);
    }

    pub(super) fn committed(&self) {
        let page = &self.page;
        let answer = page.answer.take();
        let on_way_to = page.on_way_to.borrow().clone();
        let address = match &answer {
            Some(answer) => told::document_address(&on_way_to, &answer.address).to_owned(),
            None => on_way_to,
        };
        let seen = Address::observed(&address);
        page.coverage.borrow_mut().forget();
        page.title.take();
        *page.before.borrow_mut() = None;
        let response =
            answer.and_then(|answer| told::response(answer.status, answer.media_type.as_deref(), &answer.headers));
        let offered = page.view.certificate();
        let certificate = offered.as_ref().map(|offered| read(offered, ""));
        let mut load = page.load.borrow_mut();
        load.stage = Stage::Coming;
        address.clone_into(&mut load.shown);
        load.response.clone_from(&response);
        load.certificate.clone_from(&certificate);
        drop(load);
        page.view.resize(1.0);
        self.cover(WhyCovered::NewPage);
        page.mouth.observe(Observation::NavigationCommitted(seen.clone()));
        if let Some(response) = response {
            page.observe(Observation::Responded { address: seen.clone(), response });
        }
        self.window.show_address(&address);
        let is_https = address.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"));
        self.window.show_connection(match (is_https, &certificate) {
            (false, _) => "Not encrypted",
            (true, Some(_)) => "\u{1f512}\u{fe0e} Certificate noted",
            (true, None) => "",
        });
        let why_none = if is_https { SILENT } else { "the connection was not encrypted" };
        let certificate = Fact::from_option(certificate, why_none);
        page.observe(Observation::Secured { address: seen, certificate });
    }

    pub(super) fn ended(&self, fault: Option<&Fault>) {
        let page = &self.page;
        let stage = page.load.borrow().stage;
        match (stage, fault) {
            (Stage::Coming, None) => {
                let mut load = page.load.borrow_mut();
                load.stage = Stage::Done;
                load.finished_at = Some(now());
                drop(load);
                page.mouth.observe(Observation::NavigationFinished(Address::observed(&page.shown_address())));
                self.window.show_state("Loaded");
                self.refresh_cover();
            }
            (Stage::Coming, Some(fault)) => {
                let address = page.load.borrow().shown.clone();
                self.stopped(&address, &fault.why);
            }
            (Stage::Asked, Some(fault)) => self.not_begun(fault),
            (Stage::Asked, None) | (Stage::Nothing | Stage::Done | Stage::Failed, _) => {}
        }
    }

    /// Nothing of the page that was asked for came.
    fn not_begun(&self, fault: &Fault) {
        let page = &self.page;
        let asked = page.load.borrow().requested.clone();
        let asked = asked.map_or_else(String::new, |asked| asked.as_str().to_owned());
        if let Some(offered) = &fault.certificate {
            let address = Address::observed(fault.address.as_deref().unwrap_or(&asked));
            page.observe(Observation::CertificateRefused { address, certificate: read(offered, &fault.why) });
        }
        match page.before.take().filter(|_| fault.called_off) {
            Some(before) => {
                self.window.show_address(&before.shown);
                *page.load.borrow_mut() = before;
                self.stopped(&asked, &fault.why);
            }
            None => self.load_failed(&asked, &fault.why),
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

    /// A page may change its own address and title without end. They are looked at now and then, and told where they
    /// are others than before.
    pub(super) fn tell_what_it_calls_itself(&self) {
        let page = &self.page;
        let stage = page.load.borrow().stage;
        let is_time = page.looked_at.get().is_none_or(|at| at.elapsed() >= LOOK_EACH);
        if !is_time || !matches!(stage, Stage::Coming | Stage::Done) {
            return;
        }
        page.looked_at.set(Some(Instant::now()));
        if !page.view.is_loading() {
            // It led to another place of the same document.
            page.asked.take();
        }
        let title = page.view.title();
        if *page.title.borrow() != title {
            page.title.borrow_mut().clone_from(&title);
            if let Some(title) = &title {
                page.observe(Observation::Title(Text::new(title)));
            }
        }
        let address = page.shown_address();
        if page.load.borrow().shown != address {
            address.clone_into(&mut page.load.borrow_mut().shown);
            self.window.show_address(&address);
            page.mouth.observe(Observation::AddressChanged(Address::observed(&address)));
        }
    }

    /// The engine tells it also where the process was ended by ourselves, for another load: that goes on in a new one.
    pub(super) fn process_ended(&self) {
        let page = &self.page;
        page.observe(Observation::PageProcessEnded(Text::new("the engine does not tell why")));
        page.before.take();
        self.cover(WhyCovered::PageGone);
        self.window.show_state("Page ended");
        self.window.say("The page's process ended", "Open the address again if you still need it.", false);
        let mut load = page.load.borrow_mut();
        if load.stage != Stage::Asked {
            load.stage = Stage::Failed;
        }
    }
}

fn read(offered: &Offered, faults: &str) -> crate::protocol::facts::Certificate {
    told::certificate(offered.subject.as_deref(), &offered.chain, faults)
}
