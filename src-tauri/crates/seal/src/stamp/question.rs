//! What an authority is asked (RFC 3161, section 2.4.1).

use const_oid::db::rfc5912::ID_SHA_256;
use der::asn1::{Int, OctetString};
use der::{Encode, Sequence};
use ring::rand::SecureRandom;
use spki::AlgorithmIdentifierOwned;

use super::fault::StampFault;
use crate::sha256;

/// A hash of something, and which.
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
pub(super) struct MessageImprint {
    pub(super) algorithm: AlgorithmIdentifierOwned,
    pub(super) hash: OctetString,
}

#[derive(Sequence)]
struct TimeStampReq {
    version: u8,
    imprint: MessageImprint,
    nonce: Int,
    cert_req: bool,
}

/// A question for a time-stamp authority: SHA-256 of a signature value, a number used once, and the wish for its
/// certificate. The authority learns nothing but a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    der: Vec<u8>,
    imprint: [u8; 32],
    nonce: [u8; 8],
}

impl Question {
    /// The question for this signature value.
    ///
    /// # Errors
    ///
    /// - If the source of randomness fails.
    pub fn of(signature: &[u8], rng: &dyn SecureRandom) -> Result<Self, StampFault> {
        let mut nonce = [0; 8];
        rng.fill(&mut nonce).map_err(|_| StampFault::Randomness)?;
        // Positive, and never shorter than 8 bytes.
        nonce[0] = nonce[0] & 0x7F | 0x40;
        let imprint = sha256(signature);
        let request = TimeStampReq {
            version: 1,
            imprint: MessageImprint {
                algorithm: AlgorithmIdentifierOwned { oid: ID_SHA_256, parameters: None },
                hash: OctetString::new(imprint)?,
            },
            nonce: Int::new(&nonce)?,
            cert_req: true,
        };
        Ok(Self { der: request.to_der()?, imprint, nonce })
    }

    /// The question in DER, as it is sent.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    pub(super) fn imprint(&self) -> &[u8; 32] {
        &self.imprint
    }

    pub(super) fn nonce(&self) -> &[u8] {
        &self.nonce
    }
}
