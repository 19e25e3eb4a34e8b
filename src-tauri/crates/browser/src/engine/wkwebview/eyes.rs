//! What the engine asks about is answered here, and what it tells is passed on.

use std::rc::{Rc, Weak};

use trail_macos::wkwebview::{Answer, Decision, Ears, Fault, Knock, Load, Wish};

use super::kit::WkWebView;
use super::page::Page;
use super::told;
use crate::engine::form::{ANSWER, Form, HAS_PASSWORD};
use crate::gateway::refusal;
use crate::protocol::bounded::Address;
use crate::protocol::observation::{Observation, Refused};

/// Where a document of ours stands while the engine is tried.
const OURS: &str = "about:blank";

/// Listens for the view.
pub(super) struct Eyes(Weak<WkWebView>);

impl Eyes {
    pub(super) fn of(kit: &Rc<WkWebView>) -> Rc<dyn Ears> {
        Rc::new(Self(Rc::downgrade(kit)))
    }

    /// The view lives no longer than this does; one that is gone decides nothing.
    fn kit(&self) -> Option<Rc<WkWebView>> {
        self.0.upgrade()
    }

    /// The kit, once the engine was tried: what is told before is not of a page.
    fn ready(&self) -> Option<Rc<WkWebView>> {
        self.kit().filter(|kit| kit.page.ready.get())
    }

    /// The same, for the load that began last: what becomes of the ones before it is of no page.
    fn ready_for(&self, load: Load) -> Option<Rc<WkWebView>> {
        self.ready().filter(|kit| kit.page.under_way.get().may_be(load))
    }
}

impl Ears for Eyes {
    fn may_go(&self, wish: &Wish, decision: Decision) {
        let Some(kit) = self.kit() else { return };
        if let Some(refused) = is_kept_out(&kit.page, wish) {
            kit.page.refuse(refused, &wish.address);
            return decision.refuse();
        }
        if is_empty(wish) || !kit.page.ready.get() {
            return decision.allow();
        }
        if !wish.in_frame && kit.page.is_away(&wish.address) {
            kit.hold(&wish.address, wish.redirected);
            return decision.refuse();
        }
        match Form::of(Some(&wish.method), &wish.address, wish.is_form, wish.redirected) {
            Some(form) => ask_about(&kit.page, form, wish, decision),
            None => let_go(&kit.page, wish, decision),
        }
    }

    fn may_show(&self, answer: &Answer) -> bool {
        let Some(kit) = self.kit() else { return false };
        if told::is_to_save(answer.media_type.as_deref(), &answer.headers, answer.can_show) {
            kit.page.refuse(Refused::Download, &answer.address);
            return false;
        }
        if !answer.in_frame {
            *kit.page.answer.borrow_mut() = Some(answer.clone());
        }
        true
    }

    fn begins(&self, load: Load) {
        if let Some(kit) = self.ready() {
            kit.page.under_way.set(load);
            // The view may name an address already that a reviewer asked for meanwhile.
            let address = kit.page.let_go.take().unwrap_or_else(|| kit.page.view.address());
            kit.load_begins(&address);
        }
    }

    fn sent_on(&self, load: Load) {
        if let Some(kit) = self.ready_for(load) {
            kit.sent_on(&kit.page.view.address());
        }
    }

    fn content_comes(&self, load: Load) {
        let Some(kit) = self.kit() else { return };
        if kit.page.ready.get() {
            kit.page.under_way.set(load);
            kit.committed();
        } else {
            kit.page.tried.set(kit.page.tried.get().wrapping_add(1));
        }
    }

    fn load_ended(&self, load: Load, fault: Option<&Fault>) {
        if let Some(kit) = self.ready_for(load) {
            kit.show_ways();
            kit.ended(fault);
        }
    }

    fn knocked(&self, at: Knock, concerning: &str) {
        let Some(kit) = self.ready() else { return };
        let what = match at {
            Knock::NewWindow => Refused::NewWindow,
            Knock::Upload => Refused::Upload,
            Knock::Permission => Refused::Permission,
            Knock::Dialog => Refused::Dialog,
            Knock::SignIn => Refused::SignIn,
            Knock::Print => Refused::Print,
            // They keep out what is private, and nothing else.
            Knock::Rules => Refused::PrivateAddress,
        };
        kit.page.refuse(what, concerning);
    }

    fn process_ended(&self) {
        let Some(kit) = self.kit() else { return };
        if !kit.page.ready.get() {
            kit.page.mouth.crash("the page's process ended before the web engine was ready; try again");
        }
        kit.process_ended();
    }
}

/// An empty document: that of a frame, or one of ours before the engine is ready.
fn is_empty(wish: &Wish) -> bool {
    matches!(wish.address.as_str(), OURS | "about:srcdoc")
}

/// What is refused whoever asks, if anything is.
fn is_kept_out(page: &Page, wish: &Wish) -> Option<Refused> {
    if wish.in_new_window {
        return Some(Refused::NewWindow);
    }
    if wish.to_save {
        return Some(Refused::Download);
    }
    if is_empty(wish) && (wish.in_frame || !page.ready.get()) {
        return None;
    }
    refusal(page.terms.judge(&wish.address))
}

/// Lets a document go where it wants. That of the page is the next one to begin.
fn let_go(page: &Page, wish: &Wish, decision: Decision) {
    if !wish.in_frame && !wish.redirected {
        *page.let_go.borrow_mut() = Some(wish.address.clone());
    }
    decision.allow();
}

/// A form that is posted, or whose page has a field for a password, needs a reason first. The engine waits for the
/// page's answer.
fn ask_about(page: &Rc<Page>, form: Form, wish: &Wish, decision: Decision) {
    let (there, wish) = (Rc::clone(page), wish.clone());
    page.tasks.begin(async move {
        let has_password = there.evaluate_within(HAS_PASSWORD, ANSWER).await.as_deref() != Some("no");
        if !form.is_posted && !has_password {
            return let_go(&there, &wish, decision);
        }
        let to = form.leads_to();
        let let_through = there.one_form.borrow_mut().take_if(|let_in| let_in == to).is_some();
        let address = Address::observed(to);
        there.observe(if has_password {
            Observation::PasswordForm { address, let_through }
        } else {
            Observation::FormPost { address, let_through }
        });
        if let_through { let_go(&there, &wish, decision) } else { decision.refuse() }
    });
}
