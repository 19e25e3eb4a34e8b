//! The school's local authority: the key and certificate that vouch for each signer's key.
//!
//! Trust in a form does not come from the file. It comes from the fingerprint of this authority's
//! certificate, which is printed on a card that the headteacher keeps.

mod certificate;
mod ecdsa;
mod key;
mod x509;

use chrono::{DateTime, Months, Utc};
use ring::rand::SecureRandom;
use zeroize::Zeroizing;

pub use certificate::{Certificate, CertificateError};
pub use key::{FormKey, KeyError, PublicKey};

pub(crate) use ecdsa::{sign as sign_message, verify as verify_message};
pub(crate) use x509::ECDSA_WITH_SHA_256;

/// How long an authority's certificate is valid: longer than any record is kept.
const AUTHORITY_MONTHS: u32 = 20 * 12;
/// How long a signer's certificate is valid.
const SIGNER_MONTHS: u32 = 3 * 12;

/// A school's authority: its certificate and the key that signs other certificates.
#[derive(Debug)]
pub struct Authority {
    certificate: Certificate,
    key: FormKey,
}

/// The person a certificate is issued to.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The person's name as it stands on the form.
    pub name: &'a str,
    /// The person's position at the school.
    pub position: &'a str,
    /// The initials that mark this person's exhibits.
    pub initials: &'a str,
    /// The school's name.
    pub school: &'a str,
}

impl Authority {
    /// Makes a new authority for a school, with a key of its own and a certificate signed by itself.
    ///
    /// # Errors
    ///
    /// - If the source of randomness fails.
    /// - If the school's name cannot stand in a certificate.
    pub fn create(
        school: &str,
        practice: bool,
        at: DateTime<Utc>,
        rng: &dyn SecureRandom,
    ) -> Result<Self, AuthorityError> {
        let key = FormKey::generate(rng)?;
        let subject = x509::authority_name(school, practice)?;
        let validity = x509::Period { from: at, until: later(at, AUTHORITY_MONTHS)? };
        let der = x509::self_signed(subject, validity, &key, rng)?;
        Ok(Self { certificate: Certificate::from_der(&der)?, key })
    }

    /// Takes up an authority again from its kept certificate and key.
    ///
    /// # Errors
    ///
    /// - If the certificate or the key cannot be read.
    /// - If the certificate is not an authority's, or belongs to another key.
    pub fn from_parts(cert_der: &[u8], pkcs8: Zeroizing<Vec<u8>>) -> Result<Self, AuthorityError> {
        let certificate = Certificate::from_der(cert_der)?;
        let key = FormKey::from_pkcs8(pkcs8)?;
        if !certificate.is_authority() || certificate.public_key() != Some(key.public()) {
            return Err(AuthorityError::Mismatch);
        }
        Ok(Self { certificate, key })
    }

    /// The authority's own certificate.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The authority's private key, in PKCS#8, to be kept encrypted.
    #[must_use]
    pub fn pkcs8(&self) -> &Zeroizing<Vec<u8>> {
        self.key.pkcs8()
    }

    /// Issues a certificate that says whose signing key this is.
    ///
    /// # Errors
    ///
    /// - If the source of randomness fails.
    /// - If the authority's certificate is not valid at that time.
    /// - If a name is empty or cannot stand in a certificate.
    pub fn issue(
        &self,
        subject: &Subject<'_>,
        key: &PublicKey,
        at: DateTime<Utc>,
        rng: &dyn SecureRandom,
    ) -> Result<Certificate, AuthorityError> {
        if !self.certificate.is_valid_at(at) {
            return Err(AuthorityError::NotValidThen);
        }
        let period = x509::Period { from: at, until: later(at, SIGNER_MONTHS)?.min(self.certificate.valid_until()) };
        let der = x509::issued(self, subject, key, period, rng)?;
        Ok(Certificate::from_der(&der)?)
    }

    fn key(&self) -> &FormKey {
        &self.key
    }
}

/// Why an authority could not be made, taken up or used.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// A key could not be made or read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A certificate could not be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The certificate and the key do not belong together.
    #[error("The authority's certificate does not belong to its key. Restore both from the same backup.")]
    Mismatch,
    /// The authority's certificate is not valid at the time of issue.
    #[error("The school's authority is not valid on this date. Check this computer's clock, or make a new authority.")]
    NotValidThen,
    /// A name has no place in a certificate.
    #[error("A name is empty or longer than 200 characters, so no certificate can be made for it. Correct the name.")]
    Name,
    /// The date lies outside what a certificate can say.
    #[error("The date is outside the range a certificate can hold. Check this computer's clock.")]
    Date,
    /// The certificate could not be put together.
    #[error("The certificate could not be made: {0}. Try again; if it happens again, report it.")]
    Encoding(#[from] der::Error),
}

fn later(at: DateTime<Utc>, months: u32) -> Result<DateTime<Utc>, AuthorityError> {
    at.checked_add_months(Months::new(months)).ok_or(AuthorityError::Date)
}

#[cfg(test)]
mod tests;
