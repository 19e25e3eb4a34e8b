//! Why a time-stamp is not taken, or does not hold.

use chrono::{DateTime, Utc};

use crate::authority::KeyError;

/// Why a time-stamp is not taken, or does not hold. The words end a sentence that began with whose it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StampFault {
    /// More bytes than a reply has.
    #[error("its answer is longer than 64 KiB")]
    TooLong,
    /// Not an answer in strict DER, or not one of the shape of RFC 3161.
    #[error("its answer cannot be read as a time-stamp")]
    Unreadable,
    /// The authority said no.
    #[error("it refused, with status {status}{said}")]
    Refused {
        /// The status of RFC 3161, section 2.4.2.
        status: u8,
        /// What it said, after a colon, or nothing.
        said: String,
    },
    /// The answer is to another question.
    #[error("its answer is to another question: the number used once is another")]
    Nonce,
    /// The time-stamp is for another signature.
    #[error("the time-stamp is for another signature")]
    Imprint,
    /// What was signed is not what the time-stamp says.
    #[error("the time-stamp was changed after it was made")]
    Digest,
    /// The signature of the authority does not hold.
    #[error("the authority\u{2019}s own signature does not hold")]
    Signature,
    /// The signed attributes do not name the certificate that signed.
    #[error("the time-stamp does not name the certificate that signed it")]
    Certificate,
    /// The certificate is not one for time-stamping alone.
    #[error("the certificate that signed it is not for time-stamping alone")]
    Purpose,
    /// A certificate on the way was not valid then.
    #[error("a certificate of the authority was not valid at the time that it states")]
    Expired,
    /// The certificates do not lead up to the root.
    #[error("its certificates do not lead up to a root certificate that was given")]
    Chain,
    /// The bytes are not in the one form that goes into a signature.
    #[error("the time-stamp is not in the one form that Evidence Trail writes")]
    Form,
    /// The two clocks do not agree.
    #[error("its time, {}, is more than 10 minutes from the stated one, {}", stamp.format("%Y-%m-%d %H:%M:%S UTC"), stated.format("%Y-%m-%d %H:%M:%S UTC"))]
    Time {
        /// By the authority's clock.
        stamp: DateTime<Utc>,
        /// By the signing computer's clock.
        stated: DateTime<Utc>,
    },
    /// An algorithm that is not known here.
    #[error("it is signed in a way that Evidence Trail does not check")]
    Algorithm,
    /// The source of randomness failed before the question was asked.
    #[error("no number to use once could be had")]
    Randomness,
}

impl From<der::Error> for StampFault {
    fn from(_: der::Error) -> Self {
        Self::Unreadable
    }
}

impl From<KeyError> for StampFault {
    fn from(_: KeyError) -> Self {
        Self::Randomness
    }
}
