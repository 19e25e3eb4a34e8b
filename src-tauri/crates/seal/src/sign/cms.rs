//! The signature itself: CMS SignedData (RFC 5652) as PAdES baseline B-B and B-T ask for it (ETSI EN 319 142-1).
//!
//! All of it follows from the file's digest, the two certificates, the signature value and the time-stamp, if there is
//! one. So the verifier builds it again and compares, and nothing else that is unsigned has any room.

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{ID_CONTENT_TYPE, ID_DATA, ID_MESSAGE_DIGEST};
use const_oid::db::rfc5912::ID_SHA_256;
use der::asn1::{Any, OctetString, SetOfVec};
use der::{Decode, Encode, Tag, Tagged};
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::{Attribute, Attributes};
use x509_cert::ext::pkix::name::GeneralName;

use crate::authority::{Certificate, ECDSA_WITH_SHA_256};
use crate::ess::{EssCertIdV2, IssuerSerial, SIGNING_CERTIFICATE_V2, SigningCertificateV2};
use crate::signed_data;
use crate::verify::revision::{ROOM, STAMPED_ROOM};

/// id-aa-signatureTimeStampToken (RFC 3161, appendix A).
const SIGNATURE_TIME_STAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");

/// What a signature says apart from what follows from the rest.
pub(crate) struct Parts {
    pub(crate) digest: Vec<u8>,
    pub(crate) signer: Certificate,
    pub(crate) authority: Certificate,
    pub(crate) signature: Vec<u8>,
    /// The time-stamp of the signature value, in DER, not yet believed.
    pub(crate) stamp: Option<Vec<u8>>,
}

/// What was signed, the value that came of it, and the time-stamp of that value.
#[derive(Clone, Copy)]
pub(crate) struct Signed<'a> {
    pub(crate) digest: &'a [u8],
    pub(crate) signature: &'a [u8],
    pub(crate) stamp: Option<&'a [u8]>,
}

/// How many bytes such a signature has room for in a file.
pub(crate) fn room(signed: &Signed<'_>) -> usize {
    match signed.stamp {
        Some(_) => STAMPED_ROOM,
        None => ROOM,
    }
}

/// The bytes that are signed: content type, digest, and the hash of the signer's certificate.
pub(crate) fn signed_bytes(digest: &[u8], signer: &Certificate) -> der::Result<Vec<u8>> {
    attributes(digest, signer)?.to_der()
}

/// The whole signature in DER.
pub(crate) fn encode(signed: &Signed<'_>, signer: &Certificate, authority: &Certificate) -> der::Result<Vec<u8>> {
    let unsigned = signed.stamp.map(|token| attribute(SIGNATURE_TIME_STAMP, Any::from_der(token)?)).transpose()?;
    let tbs = &signer.parsed().tbs_certificate;
    let info = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: tbs.issuer.clone(),
            serial_number: tbs.serial_number.clone(),
        }),
        digest_alg: algorithm(ID_SHA_256),
        signed_attrs: Some(attributes(signed.digest, signer)?),
        signature_algorithm: algorithm(ECDSA_WITH_SHA_256),
        signature: OctetString::new(signed.signature)?,
        unsigned_attrs: unsigned.map(|one| SetOfVec::try_from(vec![one])).transpose()?,
    };
    let content = EncapsulatedContentInfo { econtent_type: ID_DATA, econtent: None };
    signed_data::encode(CmsVersion::V1, content, &[signer.clone(), authority.clone()], info)
}

/// Takes a signature apart, if it has one signer, the two certificates, and nothing unsigned but a time-stamp.
pub(crate) fn decode(bytes: &[u8]) -> Option<Parts> {
    let info = ContentInfo::from_der(bytes).ok()?;
    let data: SignedData = info.content.decode_as().ok()?;
    let mut certificates = Vec::new();
    for choice in data.certificates?.0.iter() {
        let CertificateChoices::Certificate(certificate) = choice else {
            return None;
        };
        certificates.push(Certificate::from_der(&certificate.to_der().ok()?).ok()?);
    }
    let [one, other] = <[Certificate; 2]>::try_from(certificates).ok()?;
    let (signer, authority) = if one.is_signer() { (one, other) } else { (other, one) };
    let [info] = data.signer_infos.0.as_slice() else {
        return None;
    };
    let stated = info.signed_attrs.as_ref()?.iter().find(|found| found.oid == ID_MESSAGE_DIGEST)?;
    let digest = stated.values.get(0)?.decode_as::<OctetString>().ok()?;
    let stamp = match info.unsigned_attrs.as_ref().map(SetOfVec::as_slice) {
        None => None,
        Some([only]) if only.oid == SIGNATURE_TIME_STAMP => Some(token(only.values.get(0)?)?),
        Some(_) => return None,
    };
    Some(Parts {
        digest: digest.as_bytes().to_vec(),
        signer,
        authority,
        signature: info.signature.as_bytes().to_vec(),
        stamp,
    })
}

/// The bytes of a token, which is a SEQUENCE whatever is in it (RFC 5652, section 3).
fn token(value: &Any) -> Option<Vec<u8>> {
    if value.tag() == Tag::Sequence { value.to_der().ok() } else { None }
}

fn attributes(digest: &[u8], signer: &Certificate) -> der::Result<Attributes> {
    let tbs = &signer.parsed().tbs_certificate;
    let identity = SigningCertificateV2 {
        certs: vec![EssCertIdV2 {
            algorithm: None,
            hash: OctetString::new(signer.fingerprint().as_slice())?,
            issuer_serial: Some(IssuerSerial {
                issuer: vec![GeneralName::DirectoryName(tbs.issuer.clone())],
                serial_number: tbs.serial_number.clone(),
            }),
        }],
        policies: None,
    };
    SetOfVec::try_from(vec![
        attribute(ID_CONTENT_TYPE, Any::encode_from(&ID_DATA)?)?,
        attribute(ID_MESSAGE_DIGEST, Any::encode_from(&OctetString::new(digest)?)?)?,
        attribute(SIGNING_CERTIFICATE_V2, Any::encode_from(&identity)?)?,
    ])
}

fn attribute(oid: ObjectIdentifier, value: Any) -> der::Result<Attribute> {
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
}

fn algorithm(oid: ObjectIdentifier) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid, parameters: None }
}
