//! The signed attribute that names the certificate which signed, in its second version (RFC 5035, section 3): ours is
//! written in it, and time-stamp authorities use it.

use const_oid::ObjectIdentifier;
use der::Sequence;
use der::asn1::{Any, OctetString};
use spki::AlgorithmIdentifierOwned;
use x509_cert::ext::pkix::name::GeneralNames;
use x509_cert::serial_number::SerialNumber;

/// signing-certificate-v2.
pub(crate) const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

#[derive(Sequence)]
pub(crate) struct SigningCertificateV2 {
    /// The certificate that signed, and any of those above it.
    pub(crate) certs: Vec<EssCertIdV2>,
    pub(crate) policies: Option<Vec<Any>>,
}

#[derive(Sequence)]
pub(crate) struct EssCertIdV2 {
    /// Absent for SHA-256, which is the default.
    pub(crate) algorithm: Option<AlgorithmIdentifierOwned>,
    pub(crate) hash: OctetString,
    pub(crate) issuer_serial: Option<IssuerSerial>,
}

#[derive(Sequence)]
pub(crate) struct IssuerSerial {
    pub(crate) issuer: GeneralNames,
    pub(crate) serial_number: SerialNumber,
}
