//! A certificate, read once and kept with its exact bytes.

use chrono::{DateTime, Utc};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc4519::{COMMON_NAME, ORGANIZATIONAL_UNIT_NAME, TITLE};
use der::{Decode, Encode};
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage};
use x509_cert::name::Name;
use x509_cert::time::Time;

use super::ecdsa;
use super::key::PublicKey;
use super::x509::{ECDSA_WITH_SHA_256, PRACTICE_UNIT};

/// An X.509 certificate of the school's authority or of a signer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    parsed: x509_cert::Certificate,
}

impl Certificate {
    /// Reads a certificate.
    ///
    /// # Errors
    ///
    /// - If the bytes are not a certificate in strict DER.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        let parsed = x509_cert::Certificate::from_der(der).map_err(|_| CertificateError::Unreadable)?;
        let again = parsed.to_der().map_err(|_| CertificateError::Unreadable)?;
        if again != der {
            return Err(CertificateError::Unreadable);
        }
        Ok(Self { der: again, parsed })
    }

    /// The certificate's exact bytes.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate as PEM text, the form in which other programs take it.
    #[must_use]
    pub fn pem(&self) -> String {
        use der::EncodePem;
        // A certificate that was read can be written: the encoding was checked when it was made.
        self.parsed.to_pem(der::pem::LineEnding::LF).unwrap_or_default()
    }

    /// The SHA-256 of the certificate's bytes.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        crate::sha256(&self.der)
    }

    /// The first 16 figures of the fingerprint in groups of four, as the form prints them.
    #[must_use]
    pub fn short_fingerprint(&self) -> String {
        let figures = hex::encode_upper(&self.fingerprint()[..8]);
        let groups: Vec<&str> = (0..4).filter_map(|n| figures.get(n * 4..n * 4 + 4)).collect();
        groups.join(" ")
    }

    /// The name of the person or authority.
    #[must_use]
    pub fn common_name(&self) -> String {
        attribute(&self.parsed.tbs_certificate.subject, COMMON_NAME).unwrap_or_default()
    }

    /// The person's position, if the certificate says one.
    #[must_use]
    pub fn position(&self) -> Option<String> {
        attribute(&self.parsed.tbs_certificate.subject, TITLE)
    }

    /// Whether it was made in practice mode, by its subject or by its issuer.
    #[must_use]
    pub fn is_practice(&self) -> bool {
        let tbs = &self.parsed.tbs_certificate;
        [&tbs.subject, &tbs.issuer]
            .into_iter()
            .any(|name| attribute(name, ORGANIZATIONAL_UNIT_NAME).is_some_and(|unit| unit == PRACTICE_UNIT))
    }

    /// The public key, if it is one on P-256.
    #[must_use]
    pub fn public_key(&self) -> Option<PublicKey> {
        let info = &self.parsed.tbs_certificate.subject_public_key_info;
        PublicKey::from_point(info.subject_public_key.as_bytes()?)
    }

    /// Whether the certificate says that it is an authority's, signed by itself.
    #[must_use]
    pub fn is_authority(&self) -> bool {
        let constraints = self.parsed.tbs_certificate.get::<BasicConstraints>();
        let usage = self.parsed.tbs_certificate.get::<KeyUsage>();
        matches!(constraints, Ok(Some((true, BasicConstraints { ca: true, path_len_constraint: Some(0) }))))
            && matches!(usage, Ok(Some((true, usage))) if usage.key_cert_sign())
            && self.is_issued_by(self)
    }

    /// Whether the certificate says that it is a signer's: it may sign documents and nothing else.
    #[must_use]
    pub fn is_signer(&self) -> bool {
        let constraints = self.parsed.tbs_certificate.get::<BasicConstraints>();
        let usage = self.parsed.tbs_certificate.get::<KeyUsage>();
        !matches!(constraints, Ok(Some((_, BasicConstraints { ca: true, .. }))) | Err(_))
            && matches!(usage, Ok(Some((true, usage))) if usage.non_repudiation() && !usage.key_cert_sign())
    }

    /// Whether the other certificate's key signed this one.
    #[must_use]
    pub fn is_issued_by(&self, issuer: &Self) -> bool {
        let tbs = &self.parsed.tbs_certificate;
        let algorithm_fits = [&tbs.signature, &self.parsed.signature_algorithm]
            .into_iter()
            .all(|alg| alg.oid == ECDSA_WITH_SHA_256 && alg.parameters.is_none());
        let (Some(key), Ok(message), Some(signature)) =
            (issuer.public_key(), tbs.to_der(), self.parsed.signature.as_bytes())
        else {
            return false;
        };
        algorithm_fits
            && tbs.issuer == issuer.parsed.tbs_certificate.subject
            && ecdsa::verify(&key, &message, signature)
    }

    /// Whether the time lies within the certificate's validity.
    #[must_use]
    pub fn is_valid_at(&self, at: DateTime<Utc>) -> bool {
        let validity = &self.parsed.tbs_certificate.validity;
        instant(&validity.not_before) <= at && at <= instant(&validity.not_after)
    }

    /// The last moment at which the certificate is valid.
    #[must_use]
    pub fn valid_until(&self) -> DateTime<Utc> {
        instant(&self.parsed.tbs_certificate.validity.not_after)
    }

    pub(crate) fn parsed(&self) -> &x509_cert::Certificate {
        &self.parsed
    }
}

/// Why a certificate could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The bytes are not a certificate in strict DER.
    #[error("The certificate cannot be read. Restore it from a backup.")]
    Unreadable,
}

fn instant(time: &Time) -> DateTime<Utc> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::UNIX_EPOCH)
}

fn attribute(name: &Name, wanted: ObjectIdentifier) -> Option<String> {
    let found = name.0.iter().flat_map(|rdn| rdn.0.iter()).find(|attribute| attribute.oid == wanted)?;
    String::from_utf8(found.value.value().to_vec()).ok()
}
