//! Certificates put together by hand (RFC 5280), so that each extension is a decision one can read.

use chrono::{DateTime, Datelike, Utc};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc4519::{COMMON_NAME, INITIALS, ORGANIZATION_NAME, ORGANIZATIONAL_UNIT_NAME, TITLE};
use der::asn1::{Any, BitString, GeneralizedTime, OctetString, SetOfVec, UtcTime, Utf8StringRef};
use der::flagset::FlagSet;
use der::{DateTime as DerDateTime, Encode};
use ring::rand::SecureRandom;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, BasicConstraints, KeyUsage, KeyUsages, SubjectKeyIdentifier};
use x509_cert::ext::{AsExtension, Extension};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::{Time, Validity};
use x509_cert::{TbsCertificate, Version};

use super::key::{FormKey, KeyError, PublicKey};
use super::{Authority, AuthorityError, Subject, ecdsa};

/// ecdsa-with-SHA256 (RFC 5758, section 3.2), which takes no parameters.
pub(crate) const ECDSA_WITH_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
/// The organisational unit in every certificate of an authority made in practice mode.
pub(super) const PRACTICE_UNIT: &str = "PRACTICE - NOT EVIDENCE";

const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
/// The longest name, in characters. RFC 5280 suggests 64; people have longer names, and a cut name is a wrong one.
const NAME_LIMIT: usize = 200;

/// From when until when a certificate is valid.
#[derive(Clone, Copy)]
pub(super) struct Period {
    pub(super) from: DateTime<Utc>,
    pub(super) until: DateTime<Utc>,
}

pub(super) fn authority_name(school: &str, practice: bool) -> Result<Name, AuthorityError> {
    let school = checked(school)?;
    let common =
        if practice { format!("PRACTICE {school} records authority") } else { format!("{school} records authority") };
    let mut parts = vec![(ORGANIZATION_NAME, school)];
    if practice {
        parts.push((ORGANIZATIONAL_UNIT_NAME, PRACTICE_UNIT));
    }
    parts.push((COMMON_NAME, &common));
    name(&parts)
}

pub(super) fn self_signed(
    subject: Name,
    period: Period,
    key: &FormKey,
    rng: &dyn SecureRandom,
) -> Result<Vec<u8>, AuthorityError> {
    let id = key_id(&key.public())?;
    let constraints = BasicConstraints { ca: true, path_len_constraint: Some(0) };
    let usage = KeyUsage(KeyUsages::KeyCertSign | KeyUsages::CRLSign);
    let extensions = vec![critical(&constraints)?, critical(&usage)?, plain(&SubjectKeyIdentifier(id))?];
    let body = body(subject.clone(), subject, period, &key.public(), extensions, rng)?;
    signed(body, key, rng)
}

pub(super) fn issued(
    authority: &Authority,
    subject: &Subject<'_>,
    key: &PublicKey,
    period: Period,
    rng: &dyn SecureRandom,
) -> Result<Vec<u8>, AuthorityError> {
    let issuer = authority.certificate().parsed().tbs_certificate.subject.clone();
    let subject = name(&[
        (ORGANIZATION_NAME, checked(subject.school)?),
        (TITLE, checked(subject.position)?),
        (INITIALS, checked(subject.initials)?),
        (COMMON_NAME, checked(subject.name)?),
    ])?;
    let issuer_id = AuthorityKeyIdentifier {
        key_identifier: Some(key_id(&authority.key().public())?),
        authority_cert_issuer: None,
        authority_cert_serial_number: None,
    };
    // No extended key usage: mail protection would be untrue, and the checking programs ask for none.
    let usage: FlagSet<KeyUsages> = KeyUsages::DigitalSignature | KeyUsages::NonRepudiation;
    let extensions = vec![critical(&KeyUsage(usage))?, plain(&issuer_id)?, plain(&SubjectKeyIdentifier(key_id(key)?))?];
    let body = body(issuer, subject, period, key, extensions, rng)?;
    signed(body, authority.key(), rng)
}

fn body(
    issuer: Name,
    subject: Name,
    period: Period,
    key: &PublicKey,
    extensions: Vec<Extension>,
    rng: &dyn SecureRandom,
) -> Result<TbsCertificate, AuthorityError> {
    let mut serial = [0; 16];
    rng.fill(&mut serial).map_err(|_| KeyError::Randomness)?;
    // Positive, and never shorter than 16 bytes.
    serial[0] = serial[0] & 0x7F | 0x40;
    Ok(TbsCertificate {
        version: Version::V3,
        serial_number: SerialNumber::new(&serial)?,
        signature: ecdsa_algorithm(),
        issuer,
        validity: Validity { not_before: time(period.from)?, not_after: time(period.until)? },
        subject,
        subject_public_key_info: SubjectPublicKeyInfoOwned {
            algorithm: AlgorithmIdentifierOwned { oid: EC_PUBLIC_KEY, parameters: Some(Any::encode_from(&P_256)?) },
            subject_public_key: BitString::from_bytes(key.as_bytes())?,
        },
        issuer_unique_id: None,
        subject_unique_id: None,
        extensions: Some(extensions),
    })
}

fn signed(body: TbsCertificate, key: &FormKey, rng: &dyn SecureRandom) -> Result<Vec<u8>, AuthorityError> {
    let signature = ecdsa::sign(key, &body.to_der()?, rng)?;
    let certificate = x509_cert::Certificate {
        tbs_certificate: body,
        signature_algorithm: ecdsa_algorithm(),
        signature: BitString::from_bytes(&signature)?,
    };
    Ok(certificate.to_der()?)
}

fn ecdsa_algorithm() -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA_256, parameters: None }
}

fn checked(text: &str) -> Result<&str, AuthorityError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > NAME_LIMIT {
        return Err(AuthorityError::Name);
    }
    Ok(text)
}

fn name(parts: &[(ObjectIdentifier, &str)]) -> Result<Name, AuthorityError> {
    let mut sequence = Vec::new();
    for &(oid, text) in parts {
        let value = Any::encode_from(&Utf8StringRef::new(text)?)?;
        let set = SetOfVec::try_from(vec![AttributeTypeAndValue { oid, value }])?;
        sequence.push(RelativeDistinguishedName(set));
    }
    Ok(RdnSequence(sequence))
}

/// The leftmost 160 bits of the key's SHA-256 (RFC 7093, section 2, method 1).
fn key_id(key: &PublicKey) -> Result<OctetString, AuthorityError> {
    let digest = ring::digest::digest(&ring::digest::SHA256, key.as_bytes());
    Ok(OctetString::new(&digest.as_ref()[..20])?)
}

/// UTCTime up to 2049, GeneralizedTime after (RFC 5280, section 4.1.2.5).
fn time(at: DateTime<Utc>) -> Result<Time, AuthorityError> {
    let seconds = u64::try_from(at.timestamp()).map_err(|_| AuthorityError::Date)?;
    let exact = DerDateTime::from_unix_duration(std::time::Duration::from_secs(seconds))?;
    if at.year() < 2050 {
        Ok(Time::UtcTime(UtcTime::from_date_time(exact)?))
    } else {
        Ok(Time::GeneralTime(GeneralizedTime::from_date_time(exact)))
    }
}

fn critical<E: AsExtension>(extension: &E) -> Result<Extension, AuthorityError> {
    encoded(extension, true)
}

fn plain<E: AsExtension>(extension: &E) -> Result<Extension, AuthorityError> {
    encoded(extension, false)
}

fn encoded<E: AsExtension>(extension: &E, critical: bool) -> Result<Extension, AuthorityError> {
    Ok(Extension { extn_id: E::OID, critical, extn_value: OctetString::new(extension.to_der()?)? })
}
