//! The way from the certificate that signed a time-stamp up to a root (RFC 5280, section 6, RFC 3161, section 2.3).

use chrono::{DateTime, Utc};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5280::{
    ID_CE_BASIC_CONSTRAINTS, ID_CE_CERTIFICATE_POLICIES, ID_CE_EXT_KEY_USAGE, ID_CE_KEY_USAGE, ID_KP_TIME_STAMPING,
};
use der::Encode;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};

use super::algorithm;
use super::fault::StampFault;
use crate::authority::Certificate;

/// The longest way, both ends counted.
const LONGEST: usize = 6;
/// Any use of a key at all (RFC 5280, section 4.2.1.12).
const ANY_USE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37.0");
/// Critical extensions with which a certificate is taken; with any other it is not. The first three are looked at. Policies
/// are not compared: no particular one is asked for (RFC 5280, section 6.1.1).
const KNOWN: [ObjectIdentifier; 4] =
    [ID_CE_BASIC_CONSTRAINTS, ID_CE_KEY_USAGE, ID_CE_EXT_KEY_USAGE, ID_CE_CERTIFICATE_POLICIES];

/// The certificates from the signer's to the root's, each issued by the next, all valid at the time.
pub(super) fn path(
    signer: &Certificate,
    others: &[Certificate],
    root: &Certificate,
    at: DateTime<Utc>,
) -> Result<Vec<Certificate>, StampFault> {
    if !is_for_stamping(signer) {
        return Err(StampFault::Purpose);
    }
    let mut path = vec![signer.clone()];
    while let Some(last) = path.last().filter(|last| **last != *root) {
        if path.len() == LONGEST {
            return Err(StampFault::Chain);
        }
        // The root itself first, so that the shortest way is the one way.
        let issuers = [root].into_iter().chain(others).filter(|other| !path.contains(other));
        let below = path.len() - 1;
        let mut issuers = issuers.filter(|other| may_issue(other, below) && has_issued(other, last));
        let next = issuers.next().ok_or(StampFault::Chain)?.clone();
        path.push(next);
    }
    if path.len() < 2 || !has_issued(root, root) {
        return Err(StampFault::Chain);
    }
    if path.iter().any(has_unknown_critical) {
        return Err(StampFault::Chain);
    }
    if path.iter().all(|certificate| certificate.is_valid_at(at)) { Ok(path) } else { Err(StampFault::Expired) }
}

/// Whether the certificate's key signed the other one.
pub(super) fn has_issued(issuer: &Certificate, other: &Certificate) -> bool {
    let (issuer, other) = (issuer.parsed(), other.parsed());
    let tbs = &other.tbs_certificate;
    if tbs.issuer != issuer.tbs_certificate.subject || tbs.signature != other.signature_algorithm {
        return false;
    }
    let (Ok(function), Ok(message), Some(signature)) =
        (algorithm::function(&tbs.signature, None), tbs.to_der(), other.signature.as_bytes())
    else {
        return false;
    };
    let key = &issuer.tbs_certificate.subject_public_key_info;
    matches!(algorithm::is_signed(key, function, &message, signature), Ok(true))
}

/// Whether it is an authority's certificate, with so many others of authorities below it on the way.
pub(super) fn may_issue(certificate: &Certificate, below: usize) -> bool {
    let tbs = &certificate.parsed().tbs_certificate;
    let is_authority = match tbs.get::<BasicConstraints>() {
        Ok(Some((_, constraints))) => {
            constraints.ca && constraints.path_len_constraint.is_none_or(|most| usize::from(most) >= below)
        }
        Ok(None) | Err(_) => false,
    };
    let may_sign = match tbs.get::<KeyUsage>() {
        Ok(Some((_, usage))) => usage.key_cert_sign(),
        Ok(None) => true,
        Err(_) => false,
    };
    let may_stamp = match tbs.get::<ExtendedKeyUsage>() {
        Ok(Some((_, uses))) => uses.0.contains(&ID_KP_TIME_STAMPING) || uses.0.contains(&ANY_USE),
        Ok(None) => true,
        Err(_) => false,
    };
    is_authority && may_sign && may_stamp
}

/// Whether the certificate is for time-stamping, critical, and for nothing else.
fn is_for_stamping(certificate: &Certificate) -> bool {
    let tbs = &certificate.parsed().tbs_certificate;
    let is_alone = matches!(tbs.get::<ExtendedKeyUsage>(), Ok(Some((true, uses))) if uses.0 == [ID_KP_TIME_STAMPING]);
    let may_sign = match tbs.get::<KeyUsage>() {
        Ok(Some((_, usage))) => (usage.digital_signature() || usage.non_repudiation()) && !usage.key_cert_sign(),
        Ok(None) => true,
        Err(_) => false,
    };
    let is_authority =
        !matches!(tbs.get::<BasicConstraints>(), Ok(None | Some((_, BasicConstraints { ca: false, .. }))));
    is_alone && may_sign && !is_authority
}

fn has_unknown_critical(certificate: &Certificate) -> bool {
    let extensions = certificate.parsed().tbs_certificate.extensions.as_deref().unwrap_or_default();
    extensions.iter().any(|extension| extension.critical && !KNOWN.contains(&extension.extn_id))
}
