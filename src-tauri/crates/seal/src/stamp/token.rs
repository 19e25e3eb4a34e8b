//! A time-stamp token: CMS SignedData over a TSTInfo (RFC 3161, sections 2.4.2 and 3; RFC 5652; RFC 5816).

use chrono::{DateTime, NaiveDateTime, Utc};
use cms::cert::CertificateChoices;
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{ID_CONTENT_TYPE, ID_MESSAGE_DIGEST, ID_SIGNED_DATA};
use const_oid::db::rfc5912::ID_SHA_256;
use der::asn1::{Any, Int, OctetString, SetOfVec};
use der::{Decode, Encode, Sequence, Tag, Tagged};
use spki::AlgorithmIdentifierOwned;
use x509_cert::ext::Extensions;
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_cert::ext::pkix::name::GeneralName;

use super::fault::StampFault;
use super::question::MessageImprint;
use super::{algorithm, identity};
use crate::authority::Certificate;

/// id-ct-TSTInfo (RFC 3161, section 2.4.2).
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// More certificates than a way to a root has.
const MOST_CERTIFICATES: usize = 12;

#[derive(Sequence)]
struct TstInfo {
    version: u8,
    policy: ObjectIdentifier,
    imprint: MessageImprint,
    serial: Int,
    /// A GeneralizedTime, which here may have fractions of a second.
    at: Any,
    accuracy: Option<Accuracy>,
    #[asn1(default = "no")]
    ordering: bool,
    nonce: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    tsa: Option<GeneralName>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    extensions: Option<Extensions>,
}

fn no() -> bool {
    false
}

#[derive(Sequence)]
struct Accuracy {
    seconds: Option<u32>,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    millis: Option<u16>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    micros: Option<u16>,
}

/// A token, taken apart and not yet believed.
pub(super) struct Token {
    content: Vec<u8>,
    info: TstInfo,
    at: DateTime<Utc>,
    signed: SignerInfo,
    certificates: Vec<Certificate>,
}

impl Token {
    /// Takes a token apart.
    pub(super) fn read(der: &[u8]) -> Result<Self, StampFault> {
        let outer = ContentInfo::from_der(der)?;
        if outer.content_type != ID_SIGNED_DATA {
            return Err(StampFault::Unreadable);
        }
        let data: SignedData = outer.content.decode_as()?;
        let holds = data.encap_content_info;
        if holds.econtent_type != TST_INFO {
            return Err(StampFault::Unreadable);
        }
        let content: OctetString = holds.econtent.ok_or(StampFault::Unreadable)?.decode_as()?;
        let info = TstInfo::from_der(content.as_bytes())?;
        if info.version != 1 || info.to_der()? != content.as_bytes() {
            return Err(StampFault::Unreadable);
        }
        let [signed] =
            <[SignerInfo; 1]>::try_from(data.signer_infos.0.into_vec()).map_err(|_| StampFault::Unreadable)?;
        // The version says which way the signer is named (RFC 5652, section 5.3); nothing else holds it.
        let version = match signed.sid {
            SignerIdentifier::IssuerAndSerialNumber(_) => CmsVersion::V1,
            SignerIdentifier::SubjectKeyIdentifier(_) => CmsVersion::V3,
        };
        if signed.version != version {
            return Err(StampFault::Unreadable);
        }
        let mut certificates = Vec::new();
        for choice in data.certificates.ok_or(StampFault::Chain)?.0.into_vec() {
            // Certificates of other kinds are no part of any way to a root.
            if let CertificateChoices::Certificate(certificate) = choice {
                certificates.push(Certificate::from_der(&certificate.to_der()?).map_err(|_| StampFault::Unreadable)?);
            }
        }
        if certificates.len() > MOST_CERTIFICATES {
            return Err(StampFault::TooLong);
        }
        Ok(Self { content: content.into_bytes(), at: time(&info.at)?, info, signed, certificates })
    }

    /// When, by the authority's clock, to the second before.
    pub(super) fn at(&self) -> DateTime<Utc> {
        self.at
    }

    pub(super) fn nonce(&self) -> Option<&[u8]> {
        self.info.nonce.as_ref().map(Int::as_bytes)
    }

    pub(super) fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// The certificate of the key that signed.
    pub(super) fn signer(&self) -> Result<&Certificate, StampFault> {
        let is_named = |certificate: &&Certificate| {
            let tbs = &certificate.parsed().tbs_certificate;
            match &self.signed.sid {
                SignerIdentifier::IssuerAndSerialNumber(named) => {
                    named.issuer == tbs.issuer && named.serial_number == tbs.serial_number
                }
                SignerIdentifier::SubjectKeyIdentifier(named) => {
                    matches!(tbs.get::<SubjectKeyIdentifier>(), Ok(Some((_, id))) if id == *named)
                }
            }
        };
        self.certificates.iter().find(is_named).ok_or(StampFault::Certificate)
    }

    /// The certificate that signed itself: a token in a file has one.
    pub(super) fn root(&self) -> Option<&Certificate> {
        self.certificates.iter().find(|certificate| super::chain::has_issued(certificate, certificate))
    }

    /// Everything that the token must say of itself, and that it is for this hash.
    pub(super) fn check(&self, imprint: &[u8; 32]) -> Result<(), StampFault> {
        if self.info.imprint.algorithm.oid != ID_SHA_256 || self.info.imprint.hash.as_bytes() != imprint {
            return Err(StampFault::Imprint);
        }
        self.check_itself()
    }

    /// The message digest, the certificate that is named, and the signature.
    pub(super) fn check_itself(&self) -> Result<(), StampFault> {
        let attributes = self.signed.signed_attrs.as_ref().ok_or(StampFault::Signature)?;
        let one = |oid: ObjectIdentifier| -> Result<Option<&Any>, StampFault> {
            let mut found = attributes.iter().filter(|attribute| attribute.oid == oid);
            match (found.next(), found.next()) {
                (None, _) => Ok(None),
                (Some(only), None) if only.values.len() == 1 => Ok(only.values.get(0)),
                (Some(_), _) => Err(StampFault::Unreadable),
            }
        };
        let kind = one(ID_CONTENT_TYPE)?.ok_or(StampFault::Digest)?.decode_as::<ObjectIdentifier>()?;
        let stated = one(ID_MESSAGE_DIGEST)?.ok_or(StampFault::Digest)?.decode_as::<OctetString>()?;
        if kind != TST_INFO || stated.as_bytes() != algorithm::hash(&self.signed.digest_alg, &self.content)? {
            return Err(StampFault::Digest);
        }
        let signer = self.signer()?;
        identity::check(one(identity::FIRST)?, one(identity::SECOND)?, signer)?;
        let function = algorithm::function(&self.signed.signature_algorithm, Some(self.signed.digest_alg.oid))?;
        let key = &signer.parsed().tbs_certificate.subject_public_key_info;
        let message = attributes.to_der()?;
        if algorithm::is_signed(key, function, &message, self.signed.signature.as_bytes())? {
            Ok(())
        } else {
            Err(StampFault::Signature)
        }
    }

    /// The one form in which it goes into a signature: what is signed as it came, these certificates, nothing else.
    pub(super) fn written(&self, path: &[Certificate]) -> Result<Vec<u8>, StampFault> {
        let choice = |certificate: &Certificate| CertificateChoices::Certificate(certificate.parsed().clone());
        let certificates: Vec<CertificateChoices> = path.iter().map(choice).collect();
        // No signature holds the parameters, and others stand there for the same: they are written in one way.
        let digest_alg = AlgorithmIdentifierOwned { oid: self.signed.digest_alg.oid, parameters: None };
        let signature_algorithm = algorithm::in_one_form(&self.signed.signature_algorithm);
        let algorithms: Vec<AlgorithmIdentifierOwned> = vec![digest_alg.clone()];
        let signed = SignerInfo { unsigned_attrs: None, digest_alg, signature_algorithm, ..self.signed.clone() };
        let content = Any::encode_from(&OctetString::new(self.content.clone())?)?;
        let data = SignedData {
            version: CmsVersion::V3,
            digest_algorithms: SetOfVec::try_from(algorithms)?,
            encap_content_info: EncapsulatedContentInfo { econtent_type: TST_INFO, econtent: Some(content) },
            certificates: Some(CertificateSet(SetOfVec::try_from(certificates)?)),
            crls: None,
            signer_infos: SignerInfos(SetOfVec::try_from(vec![signed])?),
        };
        Ok(ContentInfo { content_type: ID_SIGNED_DATA, content: Any::encode_from(&data)? }.to_der()?)
    }
}

/// A GeneralizedTime of RFC 3161: in UTC, with seconds, perhaps with fractions that do not end in a zero.
fn time(value: &Any) -> Result<DateTime<Utc>, StampFault> {
    if value.tag() != Tag::GeneralizedTime {
        return Err(StampFault::Unreadable);
    }
    let text = std::str::from_utf8(value.value()).map_err(|_| StampFault::Unreadable)?;
    let text = text.strip_suffix('Z').ok_or(StampFault::Unreadable)?;
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_fraction =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty() && !part.ends_with('0');
    let is_time = whole.len() == 14 && whole.bytes().all(|byte| byte.is_ascii_digit());
    if !is_time || !fraction.is_none_or(is_fraction) {
        return Err(StampFault::Unreadable);
    }
    let at = NaiveDateTime::parse_from_str(whole, "%Y%m%d%H%M%S").map_err(|_| StampFault::Unreadable)?;
    Ok(at.and_utc())
}
