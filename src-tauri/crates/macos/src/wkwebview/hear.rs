//! What the engine asks before a page goes somewhere, and what it tells of a load.

use std::rc::Rc;

use block2::DynBlock;
use objc2::rc::Retained;
use objc2::runtime::{AnyObject, ProtocolObject};
use objc2::{DefinedClass, MainThreadMarker, MainThreadOnly, Message, define_class, msg_send, sel};
use objc2_foundation::{
    NSDictionary, NSError, NSHTTPURLResponse, NSObject, NSObjectProtocol, NSString, NSURL,
    NSURLAuthenticationChallenge, NSURLCredential, NSURLSessionAuthChallengeDisposition,
};
use objc2_web_kit::{
    WKNavigation, WKNavigationAction, WKNavigationActionPolicy, WKNavigationDelegate, WKNavigationResponse,
    WKNavigationResponsePolicy, WKNavigationType, WKWebView,
};

use super::certificate::{Certificate, SecTrust};
use super::doors::Porter;
use super::ears::{Answer, Decision, Ears, Fault, Knock, Load, Wish};
use super::read::{address, address_of, answers, has, text};
use super::view::View;

/// As many headers as are read of one answer.
const MOST_HEADERS: usize = 1024;
/// `NSURLErrorCancelled`: called off.
const CANCELLED: isize = -999;
/// `WebKitErrorFrameLoadInterruptedByPolicyChange`: called off by an answer of ours.
const BY_POLICY: isize = 102;
/// Faults of TLS: from `NSURLErrorClientCertificateRequired` to `NSURLErrorSecureConnectionFailed`.
const OF_TLS: std::ops::RangeInclusive<isize> = -1206..=-1200;
const OF_THE_NETWORK: &str = "NSURLErrorDomain";
const OF_THE_ENGINE: &str = "WebKitErrorDomain";
const TRUST: &str = "NSURLErrorFailingURLPeerTrustErrorKey";
const FAILING: &str = "NSErrorFailingURLKey";
/// How a server asks for trust in itself; any other way asks for a sign-in.
const SERVER_TRUST: &str = "NSURLAuthenticationMethodServerTrust";

/// Who listens to a view. The engine forgets them when this is dropped.
#[derive(Debug)]
pub struct Hearing {
    _guide: Retained<Guide>,
    _porter: Retained<Porter>,
}

/// Asks and tells these ears, for as long as what is returned lives.
///
/// # Errors
/// - If this is not the main thread.
pub fn listen(view: &View, ears: &Rc<dyn Ears>) -> Result<Hearing, String> {
    let Some(main) = MainThreadMarker::new() else {
        return Err("a web view can be heard on the main thread only".to_owned());
    };
    let (guide, porter) = (Guide::make(main, ears), Porter::make(main, ears));
    // SAFETY: both are delegates of the right kind.
    unsafe {
        view.web().setNavigationDelegate(Some(ProtocolObject::from_ref(&*guide)));
        view.web().setUIDelegate(Some(ProtocolObject::from_ref(&*porter)));
    }
    Ok(Hearing { _guide: guide, _porter: porter })
}

/// Whom the delegates ask.
pub(super) struct Told {
    pub(super) ears: Rc<dyn Ears>,
}

define_class!(
    // SAFETY: NSObject asks nothing of its subclasses, and this one has no `Drop`.
    #[unsafe(super = NSObject)]
    #[thread_kind = MainThreadOnly]
    #[ivars = Told]
    pub(super) struct Guide;

    // SAFETY: it asks for nothing.
    unsafe impl NSObjectProtocol for Guide {}

    // SAFETY: each method has the signature of its protocol, and each block is called once.
    unsafe impl WKNavigationDelegate for Guide {
        #[unsafe(method(webView:decidePolicyForNavigationAction:decisionHandler:))]
        fn decide_action(
            &self,
            _: &WKWebView,
            action: &WKNavigationAction,
            decision: &DynBlock<dyn Fn(WKNavigationActionPolicy)>,
        ) {
            self.ivars().ears.may_go(&wish(action), Decision::of(decision));
        }

        #[unsafe(method(webView:decidePolicyForNavigationResponse:decisionHandler:))]
        fn decide_response(
            &self,
            _: &WKWebView,
            response: &WKNavigationResponse,
            decision: &DynBlock<dyn Fn(WKNavigationResponsePolicy)>,
        ) {
            let may = self.ivars().ears.may_show(&answer(response));
            decision.call((if may { WKNavigationResponsePolicy::Allow } else { WKNavigationResponsePolicy::Cancel },));
        }

        #[unsafe(method(webView:didStartProvisionalNavigation:))]
        fn did_start(&self, _: &WKWebView, load: Option<&WKNavigation>) {
            self.ivars().ears.begins(named(load));
        }

        #[unsafe(method(webView:didReceiveServerRedirectForProvisionalNavigation:))]
        fn did_redirect(&self, _: &WKWebView, load: Option<&WKNavigation>) {
            self.ivars().ears.sent_on(named(load));
        }

        #[unsafe(method(webView:didCommitNavigation:))]
        fn did_commit(&self, _: &WKWebView, load: Option<&WKNavigation>) {
            self.ivars().ears.content_comes(named(load));
        }

        #[unsafe(method(webView:didFinishNavigation:))]
        fn did_finish(&self, _: &WKWebView, load: Option<&WKNavigation>) {
            self.ivars().ears.load_ended(named(load), None);
        }

        #[unsafe(method(webView:didFailProvisionalNavigation:withError:))]
        fn did_not_begin(&self, _: &WKWebView, load: Option<&WKNavigation>, error: &NSError) {
            self.ivars().ears.load_ended(named(load), Some(&fault(error)));
        }

        #[unsafe(method(webView:didFailNavigation:withError:))]
        fn did_fail(&self, _: &WKWebView, load: Option<&WKNavigation>, error: &NSError) {
            self.ivars().ears.load_ended(named(load), Some(&fault(error)));
        }

        #[unsafe(method(webViewWebContentProcessDidTerminate:))]
        fn did_terminate(&self, _: &WKWebView) {
            self.ivars().ears.process_ended();
        }

        /// Whether a server is who it says is for the system to judge, as it does by itself; a certificate that does
        /// not hold fails the load. Every other question is one for a sign-in.
        #[unsafe(method(webView:didReceiveAuthenticationChallenge:completionHandler:))]
        fn challenged(
            &self,
            _: &WKWebView,
            challenge: &NSURLAuthenticationChallenge,
            done: &DynBlock<dyn Fn(NSURLSessionAuthChallengeDisposition, *mut NSURLCredential)>,
        ) {
            let space = challenge.protectionSpace();
            if space.authenticationMethod().to_string() == SERVER_TRUST {
                return done.call((NSURLSessionAuthChallengeDisposition::PerformDefaultHandling, std::ptr::null_mut()));
            }
            done.call((NSURLSessionAuthChallengeDisposition::RejectProtectionSpace, std::ptr::null_mut()));
            let concerning = format!("{}:{}", space.host(), space.port());
            self.ivars().ears.knocked(Knock::SignIn, &concerning);
        }
    }

    impl Guide {
        /// Not in the published interface: the engine asks whether it is here, and tells what the rules did.
        #[unsafe(method(_webView:contentRuleListWithIdentifier:performedAction:forURL:))]
        fn rules_acted(&self, _: &WKWebView, _: Option<&NSString>, action: &AnyObject, url: &NSURL) {
            // SAFETY: it is asked for what it has.
            if has(action, sel!(blockedLoad)) && unsafe { msg_send![action, blockedLoad] } {
                self.ivars().ears.knocked(Knock::Rules, &address(Some(url.retain())));
            }
        }
    }
);

impl std::fmt::Debug for Guide {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Guide")
    }
}

impl Guide {
    fn make(main: MainThreadMarker, ears: &Rc<dyn Ears>) -> Retained<Self> {
        let this = Self::alloc(main).set_ivars(Told { ears: Rc::clone(ears) });
        // SAFETY: this is the signature of NSObject's `init`.
        unsafe { msg_send![super(this), init] }
    }
}

/// A load is known by the engine's own object for it, which lives until the load is over.
fn named(load: Option<&WKNavigation>) -> Load {
    Load(load.map_or(0, |load| std::ptr::from_ref(load).addr()))
}

fn wish(action: &WKNavigationAction) -> Wish {
    // SAFETY: the action is the engine's own and alive.
    unsafe {
        let request = action.request();
        let (target, kind) = (action.targetFrame(), action.navigationType());
        Wish {
            address: address_of(&request),
            method: request.HTTPMethod().map(|method| method.to_string()).unwrap_or_default(),
            is_form: kind == WKNavigationType::FormSubmitted || kind == WKNavigationType::FormResubmitted,
            in_frame: target.as_ref().is_some_and(|target| !target.isMainFrame()),
            in_new_window: target.is_none(),
            redirected: answers(action, sel!(_isRedirect)) && msg_send![action, _isRedirect],
            to_save: action.shouldPerformDownload(),
        }
    }
}

fn answer(response: &WKNavigationResponse) -> Answer {
    // SAFETY: the response is the engine's own and alive.
    let (of, in_frame, can_show) =
        unsafe { (response.response(), !response.isForMainFrame(), response.canShowMIMEType()) };
    let (url, media_type) = (of.URL(), of.MIMEType());
    let http = of.downcast::<NSHTTPURLResponse>().ok();
    Answer {
        address: address(url),
        status: http.as_ref().and_then(|http| u16::try_from(http.statusCode()).ok()),
        media_type: media_type.map(|kind| kind.to_string()).filter(|kind| !kind.is_empty()),
        headers: http.map(|http| headers(&http)).unwrap_or_default(),
        in_frame,
        can_show,
    }
}

fn headers(http: &NSHTTPURLResponse) -> Vec<(String, String)> {
    let all: Retained<NSDictionary> = http.allHeaderFields();
    // SAFETY: a dictionary whose keys and values may be anything.
    let all: &NSDictionary<AnyObject, AnyObject> =
        unsafe { &*Retained::as_ptr(&all).cast::<NSDictionary<AnyObject, AnyObject>>() };
    let (names, values) = all.to_vecs();
    let mut read: Vec<(String, String)> = names
        .into_iter()
        .zip(values)
        .take(MOST_HEADERS)
        .filter_map(|(name, value)| Some((text(Some(name))?, text(Some(value))?)))
        .collect();
    // A dictionary has no order. This one is the same each time.
    read.sort();
    read
}

fn fault(error: &NSError) -> Fault {
    let (domain, code) = (error.domain().to_string(), error.code());
    let told = error.userInfo();
    let of_tls = domain == OF_THE_NETWORK && OF_TLS.contains(&code);
    let trust = told.objectForKey(&NSString::from_str(TRUST)).filter(|_| of_tls);
    // SAFETY: under this key stands the trust, which lives as long as the error does.
    let certificate = trust.and_then(|trust| Certificate::of(Retained::as_ptr(&trust).cast::<SecTrust>()));
    let failing = told.objectForKey(&NSString::from_str(FAILING)).and_then(|url| url.downcast::<NSURL>().ok());
    Fault {
        called_off: (domain == OF_THE_NETWORK && code == CANCELLED) || (domain == OF_THE_ENGINE && code == BY_POLICY),
        why: error.localizedDescription().to_string(),
        address: failing.map(|url| address(Some(url))),
        certificate: certificate.or_else(|| of_tls.then(Certificate::default)),
    }
}
