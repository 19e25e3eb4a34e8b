//! What the engine asks about is answered here, and what it tells is passed on.

use std::rc::{Rc, Weak};

use trail_windows::webview2::{Answered, Certificate, Ears, End, Failure, Knock, Wish};

use super::kit::WebView2;
use super::wire;
use crate::gateway::refusal;
use crate::protocol::bounded::{Address, Text};
use crate::protocol::observation::{Observation, Refused};

/// Listens for the view.
pub(super) struct Eyes(Weak<WebView2>);

impl Eyes {
    pub(super) fn of(kit: &Rc<WebView2>) -> Rc<dyn Ears> {
        Rc::new(Self(Rc::downgrade(kit)))
    }

    /// The view lives no longer than this does; one that is gone decides nothing.
    fn kit(&self) -> Option<Rc<WebView2>> {
        self.0.upgrade()
    }
}

impl Ears for Eyes {
    fn may_go(&self, wish: &Wish) -> bool {
        let Some(kit) = self.kit() else { return false };
        if matches!(wish.address.as_str(), "about:blank" | "about:srcdoc") {
            return true;
        }
        if let Some(what) = refusal(kit.page.terms.judge(&wish.address)) {
            kit.page.refuse(what, &wish.address);
            return false;
        }
        if !wish.in_frame && kit.page.is_away(&wish.address) {
            kit.hold(&wish.address, wish.redirected);
            return false;
        }
        if !wish.in_frame && !wish.redirected {
            kit.load_begins(&wish.address);
        }
        true
    }

    /// A form that is posted needs a reason first; one that only asks is a page like any other.
    fn may_ask(&self, method: &str, address: &str) -> bool {
        let Some(kit) = self.kit() else { return false };
        if method.eq_ignore_ascii_case("GET") {
            return true;
        }
        let let_through = kit.page.one_form.borrow_mut().take_if(|let_in| let_in == address).is_some();
        kit.page.observe(Observation::FormPost { address: Address::observed(address), let_through });
        let_through
    }

    fn content_comes(&self, is_error_page: bool) {
        let Some(kit) = self.kit() else { return };
        // The empty first page is no page, and one of the engine's own is not the site's.
        if !is_error_page && kit.page.view.address() != "about:blank" {
            kit.committed();
        }
    }

    fn address_changed(&self, is_new_document: bool) {
        if let Some(kit) = self.kit().filter(|_| !is_new_document) {
            kit.address_is_new();
        }
    }

    fn load_ended(&self, end: &End) {
        if let Some(kit) = self.kit() {
            kit.show_ways();
            kit.ended(end);
        }
    }

    fn answered(&self, answer: &Answered) {
        if let Some(kit) = self.kit() {
            kit.main_answered(answer);
        }
    }

    fn titled(&self, title: &str) {
        if let Some(kit) = self.kit() {
            kit.page.observe(Observation::Title(Text::new(title)));
        }
    }

    fn knocked(&self, at: Knock, concerning: &str) {
        let Some(kit) = self.kit() else { return };
        let what = match at {
            Knock::NewWindow => Refused::NewWindow,
            Knock::Download => Refused::Download,
            Knock::Permission => Refused::Permission,
            Knock::Dialog => Refused::Dialog,
            Knock::SignIn => Refused::SignIn,
            Knock::OtherProgram => Refused::Scheme,
            Knock::Fullscreen => Refused::Fullscreen,
        };
        kit.page.refuse(what, concerning);
        if at == Knock::Fullscreen {
            kit.page.run("document.exitFullscreen();''".to_owned());
        }
    }

    fn certificate_refused(&self, address: &str, fault: &'static str, certificate: &Certificate) {
        if let Some(kit) = self.kit() {
            kit.certificate_is_bad(address, fault, certificate);
        }
    }

    fn failed(&self, failure: Failure) {
        if let Some(kit) = self.kit() {
            kit.process_failed(failure);
        }
    }

    /// A message that cannot be read tells nothing: what it would have told is then *not told*.
    fn told(&self, event: &'static str, json: &str) {
        let Some(kit) = self.kit() else { return };
        match event {
            wire::FRAME_NAVIGATED => {
                if let Some(frame) = wire::main_frame(json) {
                    kit.page.network.borrow_mut().main_frame = Some(frame);
                    kit.page.forget_world();
                }
            }
            wire::REQUEST => {
                let Ok(request) = serde_json::from_str::<wire::Request>(json) else { return };
                if request.is_document()
                    && kit.is_main(&request.frame_id)
                    && let Some((from, to, status)) = request.redirected()
                {
                    kit.sent_on(from, to, status);
                }
            }
            wire::RESPONSE => {
                let Ok(received) = serde_json::from_str::<wire::Received>(json) else { return };
                if received.is_document() && kit.is_main(&received.frame_id) {
                    kit.page.network.borrow_mut().answer = Some(received.response);
                }
            }
            wire::FILE_CHOOSER => kit.page.refuse(Refused::Upload, &kit.page.view.address()),
            _ => {}
        }
    }
}
