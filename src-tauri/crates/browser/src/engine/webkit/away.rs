//! Pages of another site are held until people give a reason, and the page before stays as it is.
//!
//! The engine does not say whether a navigation is of the page or of a frame in it. A redirect of the page is held before
//! it is followed. A page that opens another site by itself is held at the beginning of its load, where the engine names
//! its address by then, and at the latest at its answer: the site may have been asked for the page, and nothing of the
//! answer is shown. The gateway puts connections to other sites off for a moment, so that as few as can be are made for what is held.

use std::rc::Rc;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use gtk::glib;

use super::WebKit;
use super::page::Page;
use crate::address::{is_away, is_host_away, let_in};
use crate::engine::load::Stage;
use crate::gateway::{Leave, host_and_port};
use crate::protocol::Pass;
use crate::protocol::bounded::Address;
use crate::protocol::observation::Observation;

/// How long a page that is held keeps its host from being connected to. Parts of other pages come from there after it.
const HELD_FOR: Duration = Duration::from_secs(1);
/// Longest wait for the window's thread, before a connection to another site is left unmade.
const AT_MOST: Duration = Duration::from_secs(5);

/// After a navigation to another site, so long may pass until its load begins, where it is the page's and no frame's.
const BEGINS_WITHIN: Duration = Duration::from_millis(500);
const LOOK_EACH: Duration = Duration::from_millis(5);

/// A `host:port`, and since when.
type Since = Option<(String, Instant)>;

/// What the gateway is told of pages of other sites.
#[derive(Debug)]
pub(super) struct Holding {
    /// The sites that pages may be of; none: of any.
    sites: Mutex<Option<Vec<String>>>,
    /// The host that a navigation leads to: of the page, or of a frame in it.
    may_begin: Mutex<Since>,
    /// The host of the page that is being held.
    held: Mutex<Since>,
}

impl Holding {
    /// Holds what is of none of these sites.
    pub(super) fn of(sites: Option<Vec<String>>) -> Self {
        Self { sites: Mutex::new(sites), may_begin: Mutex::default(), held: Mutex::default() }
    }

    fn sites(&self) -> MutexGuard<'_, Option<Vec<String>>> {
        self.sites.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_held(&self, name: &str) -> bool {
        within(&self.held, name, HELD_FOR)
    }
}

fn set(of: &Mutex<Since>, since: Since) {
    *of.lock().unwrap_or_else(PoisonError::into_inner) = since;
}

fn within(of: &Mutex<Since>, name: &str, length: Duration) -> bool {
    let since = of.lock().unwrap_or_else(PoisonError::into_inner);
    since.as_ref().is_some_and(|(host, since)| host == name && since.elapsed() < length)
}

/// Puts connections to other sites off until it is known whether they are for a page that is held.
pub(super) fn keep(page: &Rc<Page>) {
    let holding = Arc::clone(&page.holding);
    if holding.sites().is_none() {
        return;
    }
    page.gateway.ask(move |name| {
        if !is_host_away(holding.sites().as_deref(), name) {
            return Leave::Given;
        }
        while within(&holding.may_begin, name, BEGINS_WITHIN) && !holding.is_held(name) {
            std::thread::sleep(LOOK_EACH);
        }
        // What the engine told by now is heard first, however busy the window is.
        let (heard, hearing) = channel();
        glib::MainContext::default().invoke_with_priority(glib::Priority::LOW, move || {
            let _ = heard.send(());
        });
        let is_heard = hearing.recv_timeout(AT_MOST).is_ok();
        if holding.is_held(name) {
            Leave::Withheld
        } else if is_heard {
            Leave::Given
        } else {
            Leave::Unsaid
        }
    });
}

impl Page {
    /// Whether a page of this address is held.
    pub(super) fn is_away(&self, address: &str) -> bool {
        is_away(self.holding.sites().as_deref(), address)
    }

    /// A navigation leads to another site. If it is the page's, it is held as soon as it begins.
    pub(super) fn may_leave(&self, address: &str) {
        if self.is_away(address) {
            set(&self.holding.may_begin, host_and_port(address).map(|host| (host, Instant::now())));
        }
    }

    /// Lets something pass.
    pub(super) fn let_through(&self, pass: &Pass) {
        match pass {
            Pass::Site(site) => {
                let_in(&mut self.holding.sites(), site.as_str());
                set(&self.holding.held, None);
                set(&self.holding.may_begin, None);
            }
            Pass::Form(address) => *self.one_form.borrow_mut() = Some(address.as_str().to_owned()),
            Pass::SignIn(host) => *self.one_sign_in.borrow_mut() = Some(host.as_str().to_owned()),
        }
    }

    /// Holds a page: told once, and the load before it stands again.
    pub(super) fn hold(&self, address: &str) {
        if self.held.replace(Some(address.to_owned())).is_some_and(|held| held == address) {
            return;
        }
        set(&self.holding.held, host_and_port(address).map(|host| (host, Instant::now())));
        if self.load.borrow().stage == Stage::Asked {
            *self.load.borrow_mut() = self.load_before.take();
        }
        self.observe(Observation::AwayHeld(Address::observed(address)));
    }
}

impl WebKit {
    /// Whether the load that begins is held. Nothing of it reaches the window.
    pub(super) fn holds(&self, address: &str) -> bool {
        let page = &self.page;
        if !page.is_away(address) {
            page.held.take();
            return false;
        }
        page.asked.take();
        page.insist_at.set(None);
        page.ordered.take();
        page.hold(address);
        self.show_held();
        true
    }

    /// Whether what failed is a load that was held: the page before stands.
    pub(super) fn was_held(&self) -> bool {
        if self.page.held.take().is_none() {
            return false;
        }
        self.show_held();
        true
    }

    fn show_held(&self) {
        self.window.bar.show_address(&self.page.load.borrow().shown);
        self.window.bar.show_state("Another site: held");
    }
}
