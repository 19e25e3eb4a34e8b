//! A server's certificate.

use webview2_com::Microsoft::Web::WebView2::Win32::ICoreWebView2Certificate;

use super::read::{text, value};

/// A chain may be as long as whoever sent it liked.
const MOST_LINKS: u32 = 10;

/// A certificate as the engine reads it; `None` is what it does not tell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Certificate {
    /// Subject.
    pub subject: Option<String>,
    /// Issuer.
    pub issuer: Option<String>,
    /// Not valid after, in seconds since 1970 UTC.
    pub expires: Option<f64>,
    /// The certificates in PEM, the server's first.
    pub chain: Vec<String>,
}

impl Certificate {
    pub(super) fn read(certificate: &ICoreWebView2Certificate) -> Self {
        let mut chain: Vec<String> = text(|to| com!(certificate.ToPemEncoding(to))).into_iter().collect();
        if let Ok(issuers) = com!(certificate.PemEncodedIssuerCertificateChain()) {
            let count = value(|to| com!(issuers.Count(to))).unwrap_or(0).min(MOST_LINKS);
            chain.extend((0..count).filter_map(|at| text(|to| com!(issuers.GetValueAtIndex(at, to)))));
        }
        Self {
            subject: text(|to| com!(certificate.Subject(to))),
            issuer: text(|to| com!(certificate.Issuer(to))),
            expires: value(|to| com!(certificate.ValidTo(to))),
            chain,
        }
    }
}
