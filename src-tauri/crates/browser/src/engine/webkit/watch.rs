//! What happens to the page, told as it happens.
//!
//! What says which page stands in the window is told always, however often it changes: the gate is answered for one page.
//! All else that a page can cause is told within a measure.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use gio::prelude::*;
use webkit2gtk::{
    BackForwardListExt, BackForwardListItemExt, LoadEvent, URIRequest, URIRequestExt, URIResponse, URIResponseExt,
    WebProcessTerminationReason, WebResource, WebResourceExt, WebViewExt,
};

use super::told::{certificate_facts, response_facts};
use super::{WebKit, is_past};
use crate::clock::now;
use crate::engine::load::{Load, Stage};
use crate::protocol::bounded::{Address, Text};
use crate::protocol::facts::{Fact, Hop};
use crate::protocol::observation::{Observation, WhyCovered};

/// How often an address that a page gives itself is told.
const ADDRESS_EACH: Duration = Duration::from_millis(100);

/// Connects every observation.
pub(super) fn open_eyes(kit: &Rc<WebKit>) {
    let view = &kit.page.view;
    with(kit, |kit| view.connect_load_changed(move |_, event| kit.load_changed(event)));
    with(kit, |kit| {
        view.connect_load_failed(move |_, _, address, error| {
            kit.load_failed(address, error);
            // Handled: the engine shows no page of its own in the place of the site's.
            true
        })
    });
    with(kit, |kit| {
        view.connect_load_failed_with_tls_errors(move |_, address, certificate, faults| {
            // The page before stands, and nothing was shown of the one that is held.
            if kit.was_held() {
                return true;
            }
            let certificate = certificate_facts(certificate, faults);
            let reason = format!("the site's certificate does not hold: {}", certificate.faults);
            let address_seen = Address::observed(address);
            kit.page.observe(Observation::CertificateRefused { address: address_seen, certificate });
            kit.failed(address, &reason);
            true
        })
    });
    with(kit, |kit| view.connect_resource_load_started(move |_, resource, _| follow(&kit, resource)));
    with(kit, |kit| {
        view.connect_title_notify(move |view| {
            if let Some(title) = view.title().filter(|title| !title.is_empty()) {
                kit.page.observe(Observation::Title(Text::new(&title)));
            }
        })
    });
    with(kit, |kit| view.connect_uri_notify(move |_| kit.address_changed()));
    let told = RefCell::new(0);
    with(kit, |kit| {
        view.connect_estimated_load_progress_notify(move |view| {
            // Tenths are enough for a bar.
            let percent = (view.estimated_load_progress() * 10.0).clamp(0.0, 10.0) as u8 * 10;
            if told.replace(percent) != percent && kit.page.load.borrow().stage != Stage::Nothing {
                kit.page.observe(Observation::Progress(percent));
            }
        })
    });
    with(kit, |kit| view.connect_web_process_terminated(move |_, reason| kit.page_process_ended(reason)));
    with(kit, |kit| {
        gtk::prelude::WidgetExt::connect_destroy(view, move |_| {
            kit.page.mouth.crash("the page closed its own view; start the evidence browser again")
        })
    });
}

fn with<T>(kit: &Rc<WebKit>, connect: impl FnOnce(Rc<WebKit>) -> T) {
    // Both live as long as the process.
    connect(Rc::clone(kit));
}

impl WebKit {
    fn load_changed(&self, event: LoadEvent) {
        let page = &self.page;
        if !self.is_ready(event) {
            return;
        }
        let address = page.address();
        // The empty first page is no page to go back to.
        let can_go_back = page
            .view
            .back_forward_list()
            .and_then(|list| list.back_item())
            .and_then(|item| item.uri())
            .is_some_and(|uri| uri != "about:blank");
        self.window.show_ways(can_go_back, page.view.can_go_forward());
        let seen = Address::observed(&address);
        match event {
            LoadEvent::Started if self.holds(&address) => {}
            LoadEvent::Started => {
                page.insist_at.set(None);
                let asked = page.asked.take().unwrap_or_else(|| seen.clone());
                let before = page.load.replace(Load::begin(asked));
                *page.load_before.borrow_mut() = if before.has_page() { before } else { Load::default() };
                page.generation.set(page.generation.get() + 1);
                page.mouth.observe(Observation::NavigationStarted(seen));
                self.window.bar.show_address(&address);
                self.window.bar.show_connection(None);
                self.window.bar.show_state("Loading");
            }
            LoadEvent::Redirected if page.is_away(&address) => page.hold(&address),
            LoadEvent::Redirected => self.window.bar.show_address(&address),
            LoadEvent::Committed => self.committed(&address, seen),
            LoadEvent::Finished if page.load.borrow().stage == Stage::Coming => {
                let mut load = page.load.borrow_mut();
                load.stage = Stage::Done;
                load.finished_at = Some(now());
                drop(load);
                page.mouth.observe(Observation::NavigationFinished(seen));
                self.window.bar.show_state(&format!("Loaded {}", clock()));
                self.refresh_cover();
            }
            // The engine also says "finished" after a failure: the failure stands.
            LoadEvent::Finished | _ => {}
        }
    }

    fn committed(&self, address: &str, seen: Address) {
        let page = &self.page;
        page.ordered.take();
        page.coverage.borrow_mut().forget();
        let response = page.view.main_resource().and_then(|main| main.response());
        let response = response.as_ref().map(response_facts);
        let certificate = page.view.tls_info().map(|(certificate, faults)| certificate_facts(&certificate, faults));
        let mut load = page.load.borrow_mut();
        load.stage = Stage::Coming;
        address.clone_into(&mut load.shown);
        load.response.clone_from(&response);
        load.certificate.clone_from(&certificate);
        drop(load);
        page.view.set_zoom_level(1.0);
        self.cover(WhyCovered::NewPage);
        page.mouth.observe(Observation::NavigationCommitted(seen.clone()));
        if let Some(response) = response {
            page.observe(Observation::Responded { address: seen.clone(), response });
        }
        self.window.bar.show_address(address);
        self.window.bar.show_connection(Some(certificate.is_some()));
        let certificate = Fact::from_option(certificate, "the connection was not encrypted");
        page.observe(Observation::Secured { address: seen, certificate });
    }

    fn load_failed(&self, address: &str, error: &gtk::glib::Error) {
        if self.was_held() {
            return;
        }
        // A load that was stopped for the next one, or because its answer was refused, has left the
        // page before in its place.
        let stopped = error.matches(webkit2gtk::NetworkError::Cancelled)
            || error.matches(webkit2gtk::PolicyError::FrameLoadInterruptedByPolicyChange);
        let was_there = self.page.load.borrow().has_page();
        if stopped && was_there {
            return self.stopped_coming(address, error.message());
        }
        let is_ordered = self.is_ordered();
        let is_starved = stopped && is_ordered && self.is_waiting();
        self.failed(address, error.message());
        if is_starved {
            self.open_again();
        } else if is_ordered {
            self.page.ordered.take();
        }
    }

    fn stopped_coming(&self, address: &str, why: &str) {
        let mut load = self.page.load.borrow_mut();
        load.stage = Stage::Done;
        drop(load);
        let address = Address::observed(address);
        self.page.mouth.observe(Observation::NavigationFailed { address, reason: Text::new(why) });
        self.window.bar.show_state("Stopped before the end");
    }

    fn failed(&self, address: &str, why: &str) {
        self.page.load.borrow_mut().stage = Stage::Failed;
        self.cover(WhyCovered::PageGone);
        let address = Address::observed(address);
        self.page.mouth.observe(Observation::NavigationFailed { address, reason: Text::new(why) });
        self.window.bar.show_state("Not loaded");
        self.window.cover.say("The page did not load", why, false);
        self.window.cover.show_squares(None);
    }

    fn address_changed(&self) {
        let address = self.page.address();
        // After a load that was held the engine names the page before again: it went nowhere.
        let is_new = self.page.load.borrow().shown != address;
        if is_new && self.page.load.borrow().stage == Stage::Done && !self.page.view.is_loading() {
            self.window.bar.show_address(&address);
            self.page.load.borrow_mut().shown = address;
            if self.page.address_owed.replace(true) {
                self.page.mouth.leave_out(1);
            }
            self.tell_address_owed();
        }
    }

    /// A page may change its own address without end. It is told now and then, the latest one always.
    pub(super) fn tell_address_owed(&self) {
        let page = &self.page;
        let may_tell = page.address_told.get().is_none_or(|at| is_past(at, ADDRESS_EACH));
        if may_tell && page.address_owed.take() {
            page.address_told.set(Some(Instant::now()));
            page.mouth.observe(Observation::AddressChanged(Address::observed(&page.address())));
        }
    }

    fn page_process_ended(&self, reason: WebProcessTerminationReason) {
        let why = if reason == WebProcessTerminationReason::ExceededMemoryLimit {
            "the page used more memory than it may"
        } else if reason == WebProcessTerminationReason::TerminatedByApi {
            "it was ended"
        } else {
            "it crashed"
        };
        self.page.load.borrow_mut().stage = Stage::Failed;
        self.cover(WhyCovered::PageGone);
        self.page.mouth.observe(Observation::PageProcessEnded(Text::new(why)));
        self.window.bar.show_state("Page ended");
        self.window.cover.say("The page's process ended", "Open the address again if you still need it.", false);
        self.window.cover.show_squares(None);
    }
}

/// Follows the main document's requests: each one after a redirect names the answer before it.
fn follow(kit: &Rc<WebKit>, resource: &WebResource) {
    let kit = Rc::clone(kit);
    // The crate's own signal takes an answer that may be absent for one that is there.
    resource.connect_local("sent-request", false, move |values| {
        let resource = values.first()?.get::<WebResource>().ok()?;
        let request = values.get(1)?.get::<URIRequest>().ok()?;
        let before = values.get(2)?.get::<Option<URIResponse>>().ok()??;
        if kit.page.held.borrow().is_none() && kit.page.view.main_resource().as_ref() == Some(&resource) {
            kit.redirected(&before, &request);
        }
        None
    });
}

impl WebKit {
    fn redirected(&self, before: &URIResponse, request: &URIRequest) {
        let status = u16::try_from(before.status_code()).ok().filter(|status| *status != 0);
        let hop = Hop {
            from: Address::observed(&before.uri().unwrap_or_default()),
            to: Address::observed(&request.uri().unwrap_or_default()),
            status: Fact::from_option(status, "the engine does not tell"),
        };
        self.page.load.borrow_mut().redirects.push(hop.clone());
        self.page.observe(Observation::Redirected(hop));
    }
}

fn clock() -> String {
    gtk::glib::DateTime::now_local().and_then(|now| now.format("%H:%M:%S %Z")).map(String::from).unwrap_or_default()
}
