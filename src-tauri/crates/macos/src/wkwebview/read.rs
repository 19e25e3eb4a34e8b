//! Reading what the engine gives, and asking for switches that not every version of it has.

use std::ffi::{CStr, c_char, c_void};
use std::ptr::NonNull;

use objc2::Message;
use objc2::rc::Retained;
use objc2::runtime::{AnyObject, NSObjectProtocol, Sel};
use objc2_foundation::{NSError, NSString, NSURL, NSURLRequest};

/// Looks in everything that is loaded, as in dlfcn.h.
const EVERYWHERE: *mut c_void = -2_isize as *mut c_void;

unsafe extern "C" {
    fn dlsym(within: *mut c_void, name: *const c_char) -> *mut c_void;
}

/// A function of the system by its name. `None` if this version of the system has none.
pub(super) fn function(name: &CStr) -> Option<NonNull<c_void>> {
    // SAFETY: the name ends with a zero, and outlives the call.
    NonNull::new(unsafe { dlsym(EVERYWHERE, name.as_ptr()) })
}

/// Whether an object of any class answers to this.
pub(super) fn has(object: &AnyObject, switch: Sel) -> bool {
    let class = object.class();
    class.instance_method(switch).is_some()
}

/// An address in the engine's own words; empty if there is none.
pub(super) fn address(of: Option<Retained<NSURL>>) -> String {
    of.and_then(|url| url.absoluteString()).map(|text| text.to_string()).unwrap_or_default()
}

pub(super) fn address_of(request: &NSURLRequest) -> String {
    address(request.URL())
}

/// What an error says.
pub(super) fn words(error: *mut NSError) -> Option<String> {
    // SAFETY: the engine hands over an error that lives until its block returns, or none.
    let error = unsafe { error.as_ref() }?;
    Some(error.localizedDescription().to_string())
}

/// A text, if this object is one.
pub(super) fn text(object: Option<Retained<AnyObject>>) -> Option<String> {
    object?.downcast::<NSString>().ok().map(|text| text.to_string())
}

/// Whether an object whose class is known answers to this.
pub(super) fn answers(object: &(impl NSObjectProtocol + Message), to: Sel) -> bool {
    object.respondsToSelector(to)
}
