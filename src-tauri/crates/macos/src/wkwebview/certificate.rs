//! A server's certificate.

use std::ffi::{CStr, c_void};

use objc2::encode::{Encoding, RefEncode};
use objc2::rc::Retained;
use objc2::runtime::AnyObject;
use objc2_foundation::{NSArray, NSData, NSString};

use super::read::function;

/// A chain may be as long as whoever sent it liked.
const MOST_LINKS: usize = 10;

/// Gives the chain of a trust; since macOS 12.
const CHAIN: &CStr = c"SecTrustCopyCertificateChain";

/// `SecTrustRef` points to one.
#[repr(C)]
pub(super) struct SecTrust {
    _nothing_of_ours: [u8; 0],
}

// SAFETY: this is how the system writes `SecTrustRef`.
unsafe impl RefEncode for SecTrust {
    const ENCODING_REF: Encoding = Encoding::Pointer(&Encoding::Struct("__SecTrust", &[]));
}

#[link(name = "Security", kind = "framework")]
unsafe extern "C" {
    fn SecCertificateCopyData(certificate: *const c_void) -> *mut NSData;
    fn SecCertificateCopySubjectSummary(certificate: *const c_void) -> *mut NSString;
}

/// A certificate as the system tells it; `None` is what it does not tell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Certificate {
    /// Subject, in the system's own short words.
    pub subject: Option<String>,
    /// The certificates in DER, the server's first.
    pub chain: Vec<Vec<u8>>,
}

impl Certificate {
    /// Reads the chain of this trust. `None` if it has none, or the system does not give it.
    pub(super) fn of(trust: *const SecTrust) -> Option<Self> {
        if trust.is_null() {
            return None;
        }
        let copy = function(CHAIN)?;
        // SAFETY: this is the function's signature in SecTrust.h, the trust is alive, and what is returned is ours.
        let chain: Retained<NSArray<AnyObject>> = unsafe {
            let copy: unsafe extern "C" fn(*const SecTrust) -> *mut NSArray<AnyObject> =
                std::mem::transmute(copy.as_ptr());
            Retained::from_raw(copy(trust))?
        };
        let links: Vec<Retained<AnyObject>> = chain.iter().take(MOST_LINKS).collect();
        let subject = links.first().and_then(|first| summary(first));
        Some(Self { subject, chain: links.iter().filter_map(|link| der(link)).collect() })
    }
}

fn der(certificate: &AnyObject) -> Option<Vec<u8>> {
    // SAFETY: a chain holds certificates alone, and what is returned is ours; CFData is NSData.
    let data = unsafe { Retained::from_raw(SecCertificateCopyData(std::ptr::from_ref(certificate).cast())) }?;
    Some(data.to_vec())
}

fn summary(certificate: &AnyObject) -> Option<String> {
    // SAFETY: a chain holds certificates alone, and what is returned is ours; CFString is NSString.
    let text = unsafe { Retained::from_raw(SecCertificateCopySubjectSummary(std::ptr::from_ref(certificate).cast())) }?;
    Some(text.to_string())
}
