//! Signatures of others: RSA (PKCS #1 version 1.5) and ECDSA on P-256 and P-384, as time-stamp authorities use them.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912::{
    ECDSA_WITH_SHA_256, ECDSA_WITH_SHA_384, ID_EC_PUBLIC_KEY, ID_SHA_256, ID_SHA_384, ID_SHA_512, RSA_ENCRYPTION,
    SECP_256_R_1, SECP_384_R_1, SHA_256_WITH_RSA_ENCRYPTION, SHA_384_WITH_RSA_ENCRYPTION, SHA_512_WITH_RSA_ENCRYPTION,
};
use der::asn1::Any;
use ring::digest::{Algorithm, SHA256, SHA384, SHA512, digest};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA384_ASN1, ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, UnparsedPublicKey,
    VerificationAlgorithm,
};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::fault::StampFault;

/// The hash of a message by the named function.
pub(super) fn hash(function: &AlgorithmIdentifierOwned, message: &[u8]) -> Result<Vec<u8>, StampFault> {
    Ok(digest(named(function.oid)?, message).as_ref().to_vec())
}

fn named(oid: ObjectIdentifier) -> Result<&'static Algorithm, StampFault> {
    match oid {
        ID_SHA_256 => Ok(&SHA256),
        ID_SHA_384 => Ok(&SHA384),
        ID_SHA_512 => Ok(&SHA512),
        _ => Err(StampFault::Algorithm),
    }
}

/// The hash function in a signature's algorithm; `beside` is the one named beside it, where plain `rsaEncryption` stands.
pub(super) fn function(
    signature: &AlgorithmIdentifierOwned,
    beside: Option<ObjectIdentifier>,
) -> Result<ObjectIdentifier, StampFault> {
    let stated = match signature.oid {
        SHA_256_WITH_RSA_ENCRYPTION | ECDSA_WITH_SHA_256 => ID_SHA_256,
        SHA_384_WITH_RSA_ENCRYPTION | ECDSA_WITH_SHA_384 => ID_SHA_384,
        SHA_512_WITH_RSA_ENCRYPTION => ID_SHA_512,
        RSA_ENCRYPTION => beside.ok_or(StampFault::Algorithm)?,
        _ => return Err(StampFault::Algorithm),
    };
    if beside.is_none_or(|beside| beside == stated) { Ok(stated) } else { Err(StampFault::Algorithm) }
}

/// A signature's algorithm with the parameters that belong to it: NULL for RSA (RFC 5754, section 3.2), none for ECDSA.
pub(super) fn in_one_form(signature: &AlgorithmIdentifierOwned) -> AlgorithmIdentifierOwned {
    let is_ecdsa = [ECDSA_WITH_SHA_256, ECDSA_WITH_SHA_384].contains(&signature.oid);
    let parameters = (!is_ecdsa).then(Any::null);
    AlgorithmIdentifierOwned { oid: signature.oid, parameters }
}

/// Whether the signature over the message was made with the key.
pub(super) fn is_signed(
    key: &SubjectPublicKeyInfoOwned,
    function: ObjectIdentifier,
    message: &[u8],
    signature: &[u8],
) -> Result<bool, StampFault> {
    let bytes = key.subject_public_key.as_bytes().ok_or(StampFault::Algorithm)?;
    let way = way(key, function)?;
    Ok(UnparsedPublicKey::new(way, bytes).verify(message, signature).is_ok())
}

fn way(
    key: &SubjectPublicKeyInfoOwned,
    function: ObjectIdentifier,
) -> Result<&'static dyn VerificationAlgorithm, StampFault> {
    if key.algorithm.oid == RSA_ENCRYPTION {
        return match function {
            ID_SHA_256 => Ok(&RSA_PKCS1_2048_8192_SHA256),
            ID_SHA_384 => Ok(&RSA_PKCS1_2048_8192_SHA384),
            ID_SHA_512 => Ok(&RSA_PKCS1_2048_8192_SHA512),
            _ => Err(StampFault::Algorithm),
        };
    }
    if key.algorithm.oid != ID_EC_PUBLIC_KEY {
        return Err(StampFault::Algorithm);
    }
    let curve = key.algorithm.parameters.as_ref().ok_or(StampFault::Algorithm)?.decode_as::<ObjectIdentifier>()?;
    match (curve, function) {
        (SECP_256_R_1, ID_SHA_256) => Ok(&ECDSA_P256_SHA256_ASN1),
        (SECP_256_R_1, ID_SHA_384) => Ok(&ECDSA_P256_SHA384_ASN1),
        (SECP_384_R_1, ID_SHA_256) => Ok(&ECDSA_P384_SHA256_ASN1),
        (SECP_384_R_1, ID_SHA_384) => Ok(&ECDSA_P384_SHA384_ASN1),
        _ => Err(StampFault::Algorithm),
    }
}
