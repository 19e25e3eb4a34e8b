//! One view: where it goes, and what can be asked of it.

use std::cell::Cell;

use block2::RcBlock;
use objc2::rc::Retained;
use objc2::runtime::{AnyClass, AnyObject};
use objc2::{ClassType, MainThreadMarker, MainThreadOnly, define_class, msg_send, sel};
use objc2_app_kit::{NSEvent, NSMenu, NSPasteboardType, NSView};
use objc2_foundation::{NSBundle, NSError, NSObjectProtocol, NSPoint, NSRect, NSSize, NSString, NSURL, NSURLRequest};
use objc2_web_kit::{WKContentWorld, WKWebView, WKWebViewConfiguration};

use super::certificate::{Certificate, SecTrust};
use super::network::{Proxy, Rules};
use super::read::{address, answers, text};
use super::shut::configure;

/// Audio is muted; camera and microphone are left as they are.
const MUTED: usize = 1;
/// What the engine calls the version of itself.
const VERSION: &str = "CFBundleVersion";

/// How a view is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setup {
    /// Its way to the network.
    pub proxy: Proxy,
}

/// A view of the engine. Copies are the same view.
#[derive(Debug, Clone)]
pub struct View {
    web: Retained<Shut>,
    configuration: Retained<WKWebViewConfiguration>,
}

impl View {
    /// Builds a view whose doors are shut: no menus, no services of the system, no dropping of files, no inspector, no
    /// previews of links, no swiping back, no magnifying, no sound.
    ///
    /// # Errors
    /// - If this is not the main thread.
    /// - If the view would keep anything, or its way to the network cannot be bound.
    /// - If its sound cannot be turned off.
    pub fn build(setup: Setup) -> Result<Self, String> {
        let Some(main) = MainThreadMarker::new() else {
            return Err("a web view can be built on the main thread only".to_owned());
        };
        let configuration = configure(main, setup.proxy)?;
        let web = Shut::make(main, &configuration);
        // SAFETY: each switch takes a yes or no.
        unsafe {
            web.setAllowsBackForwardNavigationGestures(false);
            web.setAllowsMagnification(false);
            web.setAllowsLinkPreview(false);
            if answers(&*web, sel!(setInspectable:)) {
                web.setInspectable(false);
            }
        }
        web.unregisterDraggedTypes();
        let view = Self { web, configuration };
        if !answers(&*view.web, sel!(_setPageMuted:)) {
            return Err("the web engine's sound cannot be turned off; the evidence browser does not start".to_owned());
        }
        // SAFETY: the switch takes a set of bits.
        let () = unsafe { msg_send![&*view.web, _setPageMuted: MUTED] };
        Ok(view)
    }

    pub(crate) fn inner(&self) -> &NSView {
        &self.web
    }

    pub(super) fn web(&self) -> &WKWebView {
        &self.web
    }

    pub(super) fn configuration(&self) -> &WKWebViewConfiguration {
        &self.configuration
    }

    /// Binds the view to these rules.
    pub fn keep_to(&self, rules: &Rules) {
        // SAFETY: the rules are compiled.
        unsafe { self.configuration.userContentController().addContentRuleList(&rules.list) };
    }

    /// The address of the document in the view; while another one is asked for, of that.
    #[must_use]
    pub fn address(&self) -> String {
        address(unsafe { self.web.URL() })
    }

    /// What the document calls itself, if anything.
    #[must_use]
    pub fn title(&self) -> Option<String> {
        unsafe { self.web.title() }.map(|title| title.to_string()).filter(|title| !title.is_empty())
    }

    /// Whether a document is on its way, or was asked for.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        unsafe { self.web.isLoading() }
    }

    /// Whether there is a document before this one.
    #[must_use]
    pub fn can_go_back(&self) -> bool {
        unsafe { self.web.canGoBack() }
    }

    /// Whether there is a document after this one.
    #[must_use]
    pub fn can_go_forward(&self) -> bool {
        unsafe { self.web.canGoForward() }
    }

    /// Opens an address that is written as the standard of addresses asks.
    ///
    /// # Errors
    /// - If the system cannot read it.
    pub fn open(&self, address: &str) -> Result<(), String> {
        let Some(url) = NSURL::URLWithString_encodingInvalidCharacters(&NSString::from_str(address), false) else {
            return Err("the system cannot read this address".to_owned());
        };
        // SAFETY: the request is the system's own.
        let begun = unsafe { self.web.loadRequest(&NSURLRequest::requestWithURL(&url)) };
        begun.map(|_| ()).ok_or_else(|| "the engine does not open it".to_owned())
    }

    /// Shows a document of ours that came from nowhere.
    pub fn show(&self, html: &str) {
        // SAFETY: without an address there is nothing to point to.
        unsafe { self.web.loadHTMLString_baseURL(&NSString::from_str(html), None) };
    }

    /// One document back.
    pub fn go_back(&self) {
        unsafe { self.web.goBack() };
    }

    /// One document forward.
    pub fn go_forward(&self) {
        unsafe { self.web.goForward() };
    }

    /// The document once more, from its server.
    pub fn reload(&self) {
        unsafe { self.web.reloadFromOrigin() };
    }

    /// No further.
    pub fn stop(&self) {
        unsafe { self.web.stopLoading() };
    }

    /// Ends the page's process. Returns whether the engine can do that.
    pub fn end_process(&self) -> bool {
        let can = answers(&*self.web, sel!(_killWebContentProcessAndResetState));
        if can {
            // SAFETY: it takes nothing and returns nothing.
            let () = unsafe { msg_send![&*self.web, _killWebContentProcessAndResetState] };
        }
        can
    }

    /// How large documents are shown: 1 is their own size.
    #[must_use]
    pub fn size(&self) -> f64 {
        unsafe { self.web.pageZoom() }
    }

    /// Shows documents so large.
    pub fn resize(&self, factor: f64) {
        unsafe { self.web.setPageZoom(factor) };
    }

    /// The certificate of the document's server. `None` if the system gives none.
    #[must_use]
    pub fn certificate(&self) -> Option<Certificate> {
        // SAFETY: the trust lives as long as the view names it, and it is read at once.
        let trust: *const SecTrust = unsafe { msg_send![&*self.web, serverTrust] };
        Certificate::of(trust)
    }

    /// Runs a script in a world of this name, apart from the page's own. What it comes to, if that is a text.
    pub fn evaluate(&self, script: &str, world: &str, then: impl FnOnce(Option<String>) + 'static) {
        let Some(main) = MainThreadMarker::new() else { return then(None) };
        let then = Cell::new(Some(then));
        let done = RcBlock::new(move |came: *mut AnyObject, _: *mut NSError| {
            if let Some(then) = then.take() {
                // SAFETY: the engine hands over an object that lives until the block returns, or none.
                then(text(unsafe { Retained::retain(came) }));
            }
        });
        // SAFETY: without a frame it is the page itself, and the block takes what the engine hands over.
        unsafe {
            let world = WKContentWorld::worldWithName(&NSString::from_str(world), main);
            self.web.evaluateJavaScript_inFrame_inContentWorld_completionHandler(
                &NSString::from_str(script),
                None,
                &world,
                Some(&done),
            );
        }
    }
}

/// The engine's version, if it tells.
#[must_use]
pub fn version() -> Option<String> {
    let class: &AnyClass = WKWebView::class();
    // SAFETY: the class is loaded, and so is its bundle.
    let bundle = unsafe { NSBundle::bundleForClass(class) };
    text(bundle.objectForInfoDictionaryKey(&NSString::from_str(VERSION)))
}

define_class!(
    // SAFETY: only what is made to be replaced is replaced, with the same signatures, and this class has no `Drop`.
    #[unsafe(super = WKWebView)]
    #[thread_kind = MainThreadOnly]
    #[ivars = ()]
    #[derive(Debug)]
    struct Shut;

    // SAFETY: it asks for nothing.
    unsafe impl NSObjectProtocol for Shut {}

    impl Shut {
        /// A menu without a line does not open.
        #[unsafe(method(willOpenMenu:withEvent:))]
        fn will_open_menu(&self, menu: &NSMenu, _: &NSEvent) {
            menu.removeAllItems();
        }

        /// No service of the system gets what is selected.
        #[unsafe(method(validRequestorForSendType:returnType:))]
        fn valid_requestor(&self, _: Option<&NSPasteboardType>, _: Option<&NSPasteboardType>) -> *mut AnyObject {
            std::ptr::null_mut()
        }
    }
);

impl Shut {
    fn make(main: MainThreadMarker, configuration: &WKWebViewConfiguration) -> Retained<Self> {
        let this = Self::alloc(main).set_ivars(());
        let frame = NSRect::new(NSPoint::new(0.0, 0.0), NSSize::new(1.0, 1.0));
        // SAFETY: this is the signature of the engine's own `initWithFrame:configuration:`.
        unsafe { msg_send![super(this), initWithFrame: frame, configuration: configuration] }
    }
}
