//! Doors that a page may knock at: each stays shut, and the knock is told.

use std::rc::Rc;

use block2::DynBlock;
use objc2::rc::Retained;
use objc2::runtime::{AnyObject, Bool};
use objc2::{DefinedClass, MainThreadMarker, MainThreadOnly, define_class, msg_send};
use objc2_foundation::{NSArray, NSObject, NSObjectProtocol, NSString, NSURL};
use objc2_web_kit::{
    WKFrameInfo, WKMediaCaptureType, WKNavigationAction, WKOpenPanelParameters, WKPermissionDecision, WKSecurityOrigin,
    WKUIDelegate, WKWebView, WKWebViewConfiguration, WKWindowFeatures,
};

use super::ears::{Ears, Knock};
use super::hear::Told;
use super::read::{address, address_of};

define_class!(
    // SAFETY: NSObject asks nothing of its subclasses, and this one has no `Drop`.
    #[unsafe(super = NSObject)]
    #[thread_kind = MainThreadOnly]
    #[ivars = Told]
    pub(super) struct Porter;

    // SAFETY: it asks for nothing.
    unsafe impl NSObjectProtocol for Porter {}

    // SAFETY: each method has the signature of its protocol, and each block is called once.
    unsafe impl WKUIDelegate for Porter {
        #[unsafe(method(webView:createWebViewWithConfiguration:forNavigationAction:windowFeatures:))]
        fn new_window(
            &self,
            _: &WKWebView,
            _: &WKWebViewConfiguration,
            action: &WKNavigationAction,
            _: &WKWindowFeatures,
        ) -> *mut WKWebView {
            // SAFETY: the action is the engine's own and alive.
            let request = unsafe { action.request() };
            self.tell(Knock::NewWindow, &address_of(&request));
            std::ptr::null_mut()
        }

        #[unsafe(method(webView:runJavaScriptAlertPanelWithMessage:initiatedByFrame:completionHandler:))]
        fn alert(&self, _: &WKWebView, message: &NSString, _: &WKFrameInfo, done: &DynBlock<dyn Fn()>) {
            done.call(());
            self.tell(Knock::Dialog, &message.to_string());
        }

        #[unsafe(method(webView:runJavaScriptConfirmPanelWithMessage:initiatedByFrame:completionHandler:))]
        fn confirm(&self, _: &WKWebView, message: &NSString, _: &WKFrameInfo, done: &DynBlock<dyn Fn(Bool)>) {
            done.call((Bool::NO,));
            self.tell(Knock::Dialog, &message.to_string());
        }

        #[unsafe(method(webView:runJavaScriptTextInputPanelWithPrompt:defaultText:initiatedByFrame:completionHandler:))]
        fn prompt(
            &self,
            _: &WKWebView,
            message: &NSString,
            _: Option<&NSString>,
            _: &WKFrameInfo,
            done: &DynBlock<dyn Fn(*mut NSString)>,
        ) {
            done.call((std::ptr::null_mut(),));
            self.tell(Knock::Dialog, &message.to_string());
        }

        #[unsafe(method(webView:requestMediaCapturePermissionForOrigin:initiatedByFrame:type:decisionHandler:))]
        fn capture(
            &self,
            _: &WKWebView,
            origin: &WKSecurityOrigin,
            _: &WKFrameInfo,
            _: WKMediaCaptureType,
            decision: &DynBlock<dyn Fn(WKPermissionDecision)>,
        ) {
            decision.call((WKPermissionDecision::Deny,));
            // SAFETY: the origin is the engine's own and alive.
            let (scheme, host) = unsafe { (origin.protocol(), origin.host()) };
            self.tell(Knock::Permission, &format!("{scheme}://{host}/"));
        }

        #[unsafe(method(webView:runOpenPanelWithParameters:initiatedByFrame:completionHandler:))]
        fn choose_files(
            &self,
            _: &WKWebView,
            _: &WKOpenPanelParameters,
            frame: &WKFrameInfo,
            done: &DynBlock<dyn Fn(*mut NSArray<NSURL>)>,
        ) {
            done.call((std::ptr::null_mut(),));
            // SAFETY: the frame is the engine's own and alive.
            let request = unsafe { frame.request() };
            self.tell(Knock::Upload, &address_of(&request));
        }
    }

    impl Porter {
        /// Not in the published interface: the engine asks whether it is here, and does not print by itself.
        #[unsafe(method(_webView:printFrame:))]
        fn print(&self, view: &WKWebView, _: Option<&AnyObject>) {
            // SAFETY: the view is the engine's own and alive.
            self.tell(Knock::Print, &address(unsafe { view.URL() }));
        }
    }
);

impl std::fmt::Debug for Porter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Porter")
    }
}

impl Porter {
    pub(super) fn make(main: MainThreadMarker, ears: &Rc<dyn Ears>) -> Retained<Self> {
        let this = Self::alloc(main).set_ivars(Told { ears: Rc::clone(ears) });
        // SAFETY: this is the signature of NSObject's `init`.
        unsafe { msg_send![super(this), init] }
    }

    fn tell(&self, at: Knock, concerning: &str) {
        self.ivars().ears.knocked(at, concerning);
    }
}
