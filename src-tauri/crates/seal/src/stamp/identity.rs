//! The signed attribute that names the certificate which signed: signing-certificate (RFC 2634, section 5.4) with SHA-1,
//! or signing-certificate-v2 (RFC 5035, section 3).

use const_oid::ObjectIdentifier;
use der::Sequence;
use der::asn1::{Any, OctetString};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use x509_cert::ext::pkix::name::GeneralName;

use super::algorithm;
use super::fault::StampFault;
use crate::authority::Certificate;
use crate::ess::{IssuerSerial, SIGNING_CERTIFICATE_V2, SigningCertificateV2};

/// signing-certificate.
pub(super) const FIRST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
/// signing-certificate-v2.
pub(super) const SECOND: ObjectIdentifier = SIGNING_CERTIFICATE_V2;

#[derive(Sequence)]
struct SigningCertificate {
    certs: Vec<EssCertId>,
    policies: Option<Vec<Any>>,
}

#[derive(Sequence)]
struct EssCertId {
    hash: OctetString,
    issuer_serial: Option<IssuerSerial>,
}

/// Whether each that is there names this certificate, and one is there.
pub(super) fn check(first: Option<&Any>, second: Option<&Any>, signer: &Certificate) -> Result<(), StampFault> {
    if first.is_none() && second.is_none() {
        return Err(StampFault::Certificate);
    }
    let mut names = Vec::new();
    if let Some(value) = first {
        let named: SigningCertificate = value.decode_as()?;
        let id = named.certs.into_iter().next().ok_or(StampFault::Certificate)?;
        let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, signer.der()).as_ref().to_vec();
        names.push((id.hash.as_bytes() == hash, id.issuer_serial));
    }
    if let Some(value) = second {
        let named: SigningCertificateV2 = value.decode_as()?;
        let id = named.certs.into_iter().next().ok_or(StampFault::Certificate)?;
        let hash = match &id.algorithm {
            Some(function) => algorithm::hash(function, signer.der())?,
            None => signer.fingerprint().to_vec(),
        };
        names.push((id.hash.as_bytes() == hash, id.issuer_serial));
    }
    let fits = names.iter().all(|(fits, named)| *fits && named.as_ref().is_none_or(|named| is_of(named, signer)));
    if fits { Ok(()) } else { Err(StampFault::Certificate) }
}

fn is_of(named: &IssuerSerial, signer: &Certificate) -> bool {
    let tbs = &signer.parsed().tbs_certificate;
    let issuer = GeneralName::DirectoryName(tbs.issuer.clone());
    named.serial_number == tbs.serial_number && named.issuer == [issuer]
}
