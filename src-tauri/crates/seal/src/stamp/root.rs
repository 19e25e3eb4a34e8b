//! A root certificate that a school trusts for the time.

use super::chain;
use crate::authority::Certificate;

/// The largest root certificate as PEM text, in bytes.
const LARGEST_PEM: usize = 16 * 1024;

/// The root certificate of a time-stamp authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    certificate: Certificate,
}

impl Root {
    /// Reads it from PEM text with exactly one certificate.
    ///
    /// # Errors
    ///
    /// - If the text is no certificate as PEM, or has more than one.
    /// - If the certificate is no root, or signed in a way that is not checked here.
    pub fn from_pem(text: &str) -> Result<Self, RootFault> {
        let text = text.trim();
        if text.len() > LARGEST_PEM || text.matches("-----BEGIN").count() != 1 {
            return Err(RootFault::NotOne);
        }
        let (label, der) = der::pem::decode_vec(text.as_bytes()).map_err(|_| RootFault::NotOne)?;
        if label != "CERTIFICATE" {
            return Err(RootFault::NotOne);
        }
        Self::from_der(&der)
    }

    /// Reads it from DER.
    ///
    /// # Errors
    ///
    /// - If the bytes are no certificate in strict DER.
    /// - If the certificate is no root, or signed in a way that is not checked here.
    pub fn from_der(der: &[u8]) -> Result<Self, RootFault> {
        let certificate = Certificate::from_der(der).map_err(|_| RootFault::NotOne)?;
        if !chain::may_issue(&certificate, 0) || !chain::has_issued(&certificate, &certificate) {
            return Err(RootFault::NoRoot);
        }
        Ok(Self { certificate })
    }

    /// The certificate.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }
}

/// Why a root certificate is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RootFault {
    /// Not one certificate as PEM.
    #[error("the text is not one certificate as PEM")]
    NotOne,
    /// No root that can be checked.
    #[error(
        "the certificate is not a root that signed itself with RSA and SHA-256, SHA-384 or SHA-512, or with ECDSA on P-256 or P-384 and SHA-256 or SHA-384"
    )]
    NoRoot,
}
