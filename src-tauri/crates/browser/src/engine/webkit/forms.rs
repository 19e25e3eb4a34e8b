//! Forms: one that is posted, or that has a field for a password, is held until people give a reason for it.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use gtk::glib;
use webkit2gtk::{NavigationAction, NavigationType, PolicyDecision, PolicyDecisionExt, URIRequestExt};

use super::page::Page;
use crate::protocol::bounded::Address;
use crate::protocol::observation::Observation;

/// Asks the page for a field for a password. Frames of other sites are not seen.
const HAS_PASSWORD: &str = "(function within(page) {
    if (page.querySelector('input[type=password]')) return true;
    return [...page.querySelectorAll('iframe,frame')].some(frame => {
        try { return frame.contentDocument && within(frame.contentDocument); } catch { return false; }
    });
})(document) ? 'yes' : 'no'";
/// Longest wait for a page's answer. One that does not answer is taken to have such a field.
const ANSWER: Duration = Duration::from_millis(500);

/// A form on its way.
pub(super) struct Form {
    address: String,
    is_posted: bool,
}

impl Form {
    /// The form that this action sends, if it sends one. Where a server sends the engine on after a form, it is one only
    /// where it is posted again.
    pub(super) fn of(action: &NavigationAction, address: &str, is_redirect: bool) -> Option<Self> {
        let method = action.request().and_then(|request| request.http_method());
        let is_posted = !method.is_none_or(|method| method.eq_ignore_ascii_case("GET"));
        let is_form =
            matches!(action.navigation_type(), NavigationType::FormSubmitted | NavigationType::FormResubmitted);
        (is_posted || (is_form && !is_redirect)).then(|| Self { address: address.to_owned(), is_posted })
    }

    /// Where it leads: without the fragment, and where the answers stand in the address, without them.
    fn leads_to(&self) -> &str {
        let ends: &[char] = if self.is_posted { &['#'] } else { &['?', '#'] };
        self.address.split(ends).next().unwrap_or(&self.address)
    }
}

/// Decides about a form once the page has said what kind of one it is.
pub(super) fn decide(page: &Rc<Page>, decision: PolicyDecision, form: Form) {
    let open = Rc::new(Cell::new(Some((decision, form))));
    let (late, there) = (Rc::clone(&open), Rc::clone(page));
    glib::timeout_add_local_once(ANSWER, move || settle(&there, &late, true));
    let there = Rc::clone(page);
    page.evaluate(HAS_PASSWORD, move |answer| settle(&there, &open, answer.as_deref() != Some("no")));
}

fn settle(page: &Page, open: &Cell<Option<(PolicyDecision, Form)>>, has_password: bool) {
    let Some((decision, form)) = open.take() else { return };
    if !form.is_posted && !has_password {
        return answer(&decision, true);
    }
    let to = form.leads_to();
    let let_through = page.one_form.borrow_mut().take_if(|let_in| let_in == to).is_some();
    let address = Address::observed(to);
    page.observe(if has_password {
        Observation::PasswordForm { address, let_through }
    } else {
        Observation::FormPost { address, let_through }
    });
    answer(&decision, let_through);
}

/// Answers the engine.
pub(super) fn answer(decision: &PolicyDecision, allowed: bool) {
    if allowed { decision.use_() } else { decision.ignore() }
}
