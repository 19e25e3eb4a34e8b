//! SignedData (RFC 5652, section 5.1) in the one form in which it is written here.
//!
//! `cms` reads it; it does not write it. It puts certificates of one length in an order of their bytes as INTEGERs, which is
//! not that of DER (X.690, section 11.6).

use cms::cert::CertificateChoices;
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{EncapsulatedContentInfo, SignerInfo, SignerInfos};
use const_oid::db::rfc5911::ID_SIGNED_DATA;
use der::asn1::{Any, SetOfVec};
use der::{Encode, Sequence};
use spki::AlgorithmIdentifierOwned;

use crate::authority::Certificate;

#[derive(Sequence)]
struct SignedData {
    version: CmsVersion,
    digest_algorithms: SetOfVec<AlgorithmIdentifierOwned>,
    content: EncapsulatedContentInfo,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    certificates: Option<SetOfVec<Any>>,
    signer_infos: SignerInfos,
}

/// The whole in DER: one signer, with the hash function that it names, and these certificates.
pub(crate) fn encode(
    version: CmsVersion,
    content: EncapsulatedContentInfo,
    certificates: &[Certificate],
    signer: SignerInfo,
) -> der::Result<Vec<u8>> {
    let raw =
        |certificate: &Certificate| Any::encode_from(&CertificateChoices::Certificate(certificate.parsed().clone()));
    let certificates = certificates.iter().map(raw).collect::<der::Result<Vec<Any>>>()?;
    let data = SignedData {
        version,
        digest_algorithms: SetOfVec::try_from(vec![signer.digest_alg.clone()])?,
        content,
        certificates: Some(SetOfVec::try_from(certificates)?),
        signer_infos: SignerInfos(SetOfVec::try_from(vec![signer])?),
    };
    ContentInfo { content_type: ID_SIGNED_DATA, content: Any::encode_from(&data)? }.to_der()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use chrono::DateTime;
    use cms::cert::IssuerAndSerialNumber;
    use cms::signed_data::SignerIdentifier;
    use const_oid::db::rfc5911::ID_DATA;
    use const_oid::db::rfc5912::ID_SHA_256;
    use der::asn1::OctetString;
    use ring::rand::SystemRandom;

    use super::*;
    use crate::authority::Authority;

    fn signer(of: &Certificate) -> SignerInfo {
        let tbs = &of.parsed().tbs_certificate;
        let named = IssuerAndSerialNumber { issuer: tbs.issuer.clone(), serial_number: tbs.serial_number.clone() };
        let algorithm = AlgorithmIdentifierOwned { oid: ID_SHA_256, parameters: None };
        SignerInfo {
            version: CmsVersion::V1,
            sid: SignerIdentifier::IssuerAndSerialNumber(named),
            digest_alg: algorithm.clone(),
            signed_attrs: None,
            signature_algorithm: algorithm,
            signature: OctetString::new([1]).unwrap(),
            unsigned_attrs: None,
        }
    }

    #[test]
    fn certificates_of_one_length_stand_in_the_order_of_der() {
        let at = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let made = || Authority::create("Placeholder School", false, at, &SystemRandom::new()).unwrap();
        let certificates: Vec<Certificate> = (0..40).map(|_| made().certificate().clone()).collect();
        let content = EncapsulatedContentInfo { econtent_type: ID_DATA, econtent: None };
        let der = encode(CmsVersion::V1, content, &certificates, signer(&certificates[0])).unwrap();
        let places = certificates.iter().map(|one| {
            let place = der.windows(one.der().len()).position(|found| found == one.der());
            (place.unwrap(), one.der())
        });
        let mut places: Vec<_> = places.collect();
        places.sort_unstable();
        assert!(places.windows(2).all(|two| two[0].1 < two[1].1), "in their place each is greater than the one before");
        assert!(places.windows(2).any(|two| two[0].1.len() == two[1].1.len()), "some are of one length");
    }
}
