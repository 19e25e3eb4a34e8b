//! The way to the network: one proxy, and rules that keep a view from whatever would go past it.

use std::ffi::{CStr, CString, c_char};
use std::path::Path;

use block2::RcBlock;
use objc2::rc::Retained;
use objc2::runtime::AnyObject;
use objc2::{MainThreadMarker, msg_send, sel};
use objc2_foundation::{NSArray, NSError, NSString, NSURL};
use objc2_web_kit::{WKContentRuleList, WKContentRuleListStore, WKWebsiteDataStore};

use super::read::{answers, function, words};

/// Makes a proxy; since macOS 14. So it is asked for by name, and the program starts on an older system too.
const HTTP_CONNECT: &CStr = c"nw_proxy_config_create_http_connect";
/// Forbids to go past a proxy that does not answer; since macOS 14.
const SET_FAILOVER: &CStr = c"nw_proxy_config_set_failover_allowed";

/// The system's objects of this kind are counted as any other.
type Object = *mut AnyObject;

#[link(name = "Network", kind = "framework")]
unsafe extern "C" {
    fn nw_endpoint_create_host(host: *const c_char, port: *const c_char) -> Object;
}

/// A proxy on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proxy {
    port: u16,
}

impl Proxy {
    /// The one that listens on this port of the loopback address.
    #[must_use]
    pub fn on_port(port: u16) -> Self {
        Self { port }
    }

    /// A store that keeps nothing, and whose only way to the network is this proxy.
    pub(super) fn store(self, main: MainThreadMarker) -> Result<Retained<WKWebsiteDataStore>, String> {
        let store = unsafe { WKWebsiteDataStore::nonPersistentDataStore(main) };
        if unsafe { store.isPersistent() } {
            return Err("the web engine would keep what it loads; the evidence browser does not start".to_owned());
        }
        let proxy = self.make().ok_or(TOO_OLD)?;
        if !answers(&*store, sel!(setProxyConfigurations:)) {
            return Err(TOO_OLD.to_owned());
        }
        let only = NSArray::from_retained_slice(&[proxy]);
        // SAFETY: the property is a list of such objects.
        let there: Option<Retained<NSArray<AnyObject>>> = unsafe {
            let () = msg_send![&store, setProxyConfigurations: &*only];
            msg_send![&store, proxyConfigurations]
        };
        if there.is_some_and(|there| there.count() == 1) { Ok(store) } else { Err(TOO_OLD.to_owned()) }
    }

    fn make(self) -> Option<Retained<AnyObject>> {
        let (create, forbid) = (function(HTTP_CONNECT)?, function(SET_FAILOVER)?);
        let port = CString::new(self.port.to_string()).ok()?;
        // SAFETY: these are the functions' signatures in Network.framework, the texts end with a zero and outlive the
        // call, and what is made is ours.
        unsafe {
            let create: unsafe extern "C" fn(Object, Object) -> Object = std::mem::transmute(create.as_ptr());
            let forbid: unsafe extern "C" fn(Object, bool) = std::mem::transmute(forbid.as_ptr());
            let end = Retained::from_raw(nw_endpoint_create_host(c"127.0.0.1".as_ptr(), port.as_ptr()))?;
            let proxy = Retained::from_raw(create(Retained::as_ptr(&end).cast_mut(), std::ptr::null_mut()))?;
            forbid(Retained::as_ptr(&proxy).cast_mut(), false);
            Some(proxy)
        }
    }
}

const TOO_OLD: &str = "this version of macOS cannot bind the web engine to one way to the network; the evidence browser \
                       needs macOS 14 or newer";

/// What a view may not ask for, whatever asks for it.
#[derive(Debug, Clone)]
pub struct Rules {
    pub(super) list: Retained<WKContentRuleList>,
}

impl Rules {
    /// Compiles these rules, in the engine's own form (JSON), into this folder, and hands them over.
    pub fn compile(json: &str, folder: &Path, then: impl FnOnce(Result<Self, String>) + 'static) {
        let store = MainThreadMarker::new().and_then(|main| {
            let folder = NSURL::fileURLWithPath_isDirectory(&NSString::from_str(&folder.to_string_lossy()), true);
            // SAFETY: the folder is a folder of files.
            unsafe { WKContentRuleListStore::storeWithURL(Some(&folder), main) }
        });
        let Some(store) = store else {
            return then(Err("the web engine keeps no rules there".to_owned()));
        };
        let then = std::cell::Cell::new(Some(then));
        let done = RcBlock::new(move |list: *mut WKContentRuleList, error: *mut NSError| {
            // SAFETY: the engine hands over a list that lives until the block returns, or none.
            let list = unsafe { Retained::retain(list) };
            if let Some(then) = then.take() {
                let fault = || words(error).unwrap_or_else(|| "the web engine takes no rules".to_owned());
                then(list.map(|list| Self { list }).ok_or_else(fault));
            }
        });
        // SAFETY: the block takes what the engine hands over.
        unsafe {
            store.compileContentRuleListForIdentifier_encodedContentRuleList_completionHandler(
                Some(&NSString::from_str("evidence")),
                Some(&NSString::from_str(json)),
                Some(&done),
            );
        }
    }
}
