//! Forms: one that is posted, or that has a field for a password, is held until people give a reason for it.

use std::cell::Cell;
use std::rc::Rc;

use gtk::glib;
use webkit2gtk::{NavigationAction, NavigationType, PolicyDecision, PolicyDecisionExt, URIRequestExt};

use super::page::Page;
use crate::engine::form::{ANSWER, Form, HAS_PASSWORD};
use crate::protocol::bounded::Address;
use crate::protocol::observation::Observation;

/// The form that this action sends, if it sends one.
pub(super) fn of(action: &NavigationAction, address: &str, is_redirect: bool) -> Option<Form> {
    let method = action.request().and_then(|request| request.http_method());
    let is_form = matches!(action.navigation_type(), NavigationType::FormSubmitted | NavigationType::FormResubmitted);
    Form::of(method.as_deref(), address, is_form, is_redirect)
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
