//! A view of our own document: it is shown once, goes nowhere, and may say something to us.

use std::rc::Rc;

use objc2::rc::Retained;
use objc2::runtime::ProtocolObject;
use objc2::{DefinedClass, MainThreadMarker, MainThreadOnly, define_class, msg_send};
use objc2_foundation::{NSObject, NSObjectProtocol, NSString};
use objc2_web_kit::{WKScriptMessage, WKScriptMessageHandler, WKUserContentController};

use super::ears::{Answer, Decision, Ears, Fault, Knock, Load, Wish};
use super::hear::{Hearing, listen};
use super::network::Proxy;
use super::read::text;
use super::view::{Setup, View};

/// The name under which our document finds us.
const US: &str = "ipc";
/// A port at which nobody listens: our document asks for nothing.
const NOWHERE: u16 = 9;

/// The view, and who hears its document.
#[derive(Debug)]
pub struct Ours {
    view: View,
    _hearing: Hearing,
}

impl Ours {
    /// Builds the view, shows the document in it, and lets `heard` hear what it says. `ended` is told where the process
    /// with our document is gone.
    ///
    /// # Errors
    /// - As [`View::build`].
    pub fn build(html: &str, heard: impl Fn(&str) + 'static, ended: impl Fn() + 'static) -> Result<Self, String> {
        let view = View::build(Setup { proxy: Proxy::on_port(NOWHERE) })?;
        let Some(main) = MainThreadMarker::new() else {
            return Err("a web view can be built on the main thread only".to_owned());
        };
        let hearer = Hearer::make(main, Box::new(heard));
        // SAFETY: the handler is of the right kind, and the engine keeps it as long as the view.
        unsafe {
            view.configuration()
                .userContentController()
                .addScriptMessageHandler_name(ProtocolObject::from_ref(&*hearer), &NSString::from_str(US));
        }
        let ears: Rc<dyn Ears> = Rc::new(Deaf { ended: Box::new(ended) });
        let hearing = listen(&view, &ears)?;
        view.show(html);
        Ok(Self { view, _hearing: hearing })
    }

    /// The view.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Begins a script of ours in our document, and does not wait for it.
    pub fn run(&self, script: &str) {
        // SAFETY: nobody waits for what it comes to.
        unsafe { self.view.web().evaluateJavaScript_completionHandler(&NSString::from_str(script), None) };
    }
}

/// Our document goes nowhere else.
struct Deaf {
    ended: Box<dyn Fn()>,
}

impl Ears for Deaf {
    fn may_go(&self, wish: &Wish, decision: Decision) {
        if wish.address == "about:blank" && !wish.in_frame && !wish.in_new_window {
            decision.allow();
        } else {
            decision.refuse();
        }
    }

    fn may_show(&self, _: &Answer) -> bool {
        true
    }

    fn begins(&self, _: Load) {}

    fn sent_on(&self, _: Load) {}

    fn content_comes(&self, _: Load) {}

    fn load_ended(&self, _: Load, _: Option<&Fault>) {}

    fn knocked(&self, _: Knock, _: &str) {}

    fn process_ended(&self) {
        (self.ended)();
    }
}

struct Said {
    heard: Box<dyn Fn(&str)>,
}

define_class!(
    // SAFETY: NSObject asks nothing of its subclasses, and this one has no `Drop`.
    #[unsafe(super = NSObject)]
    #[thread_kind = MainThreadOnly]
    #[ivars = Said]
    struct Hearer;

    // SAFETY: it asks for nothing.
    unsafe impl NSObjectProtocol for Hearer {}

    // SAFETY: the method has the signature of its protocol.
    unsafe impl WKScriptMessageHandler for Hearer {
        #[unsafe(method(userContentController:didReceiveScriptMessage:))]
        fn received(&self, _: &WKUserContentController, message: &WKScriptMessage) {
            // SAFETY: the message is the engine's own and alive.
            if let Some(said) = text(Some(unsafe { message.body() })) {
                (self.ivars().heard)(&said);
            }
        }
    }
);

impl Hearer {
    fn make(main: MainThreadMarker, heard: Box<dyn Fn(&str)>) -> Retained<Self> {
        let this = Self::alloc(main).set_ivars(Said { heard });
        // SAFETY: this is the signature of NSObject's `init`.
        unsafe { msg_send![super(this), init] }
    }
}
