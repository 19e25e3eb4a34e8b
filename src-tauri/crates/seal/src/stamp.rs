//! Time-stamps (RFC 3161): somebody outside the school vouches that a signature was there at a time.
//!
//! [`Question`] is what an authority is asked. [`receive`] holds its reply to all that it must be, before anything of it
//! goes into a file. What goes in is written anew: the signed part as it came, with exactly the certificates of its way
//! up to the root and nothing unsigned besides, so that a verifier can build it again and no byte has any room.
//! Nothing here knows a network or a clock.

mod algorithm;
mod chain;
mod fault;
mod identity;
mod question;
mod reply;
mod root;
mod token;

use chrono::{DateTime, TimeDelta, Utc};

pub use fault::StampFault;
pub use question::Question;
pub use root::{Root, RootFault};

/// The largest reply that is read, in bytes.
pub const LARGEST_REPLY: usize = 64 * 1024;
/// How far an authority's time may be from the time that the signature states, in minutes, either way.
pub const MOST_MINUTES_APART: i64 = 10;

/// What a time-stamp says once everything in it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped {
    /// When the signature was there, by the authority's clock.
    pub at: DateTime<Utc>,
    /// The authority's name in its certificate.
    pub by: String,
    /// The SHA-256 of the root certificate that its certificate leads up to.
    pub root: [u8; 32],
}

/// A time-stamp that holds, ready to go into a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    token: Vec<u8>,
    says: Stamped,
}

impl Stamp {
    /// What it says.
    #[must_use]
    pub fn says(&self) -> &Stamped {
        &self.says
    }

    pub(crate) fn token(&self) -> &[u8] {
        &self.token
    }
}

/// Holds a reply to the question that was asked and to the root that was configured.
///
/// # Errors
///
/// - If the reply is longer than [`LARGEST_REPLY`], or is not in strict DER.
/// - If the authority refused.
/// - If it is for another signature, or answers another question.
/// - If its signature, its certificate or the way to the root does not hold.
/// - If its time is more than [`MOST_MINUTES_APART`] from `now`.
pub fn receive(question: &Question, reply: &[u8], root: &Root, now: DateTime<Utc>) -> Result<Stamp, StampFault> {
    let received = reply::granted(reply)?;
    let token = token::Token::read(&received)?;
    if token.nonce() != Some(question.nonce()) {
        return Err(StampFault::Nonce);
    }
    let path = chain::path(token.signer()?, token.certificates(), root.certificate(), token.at())?;
    let written = token.written(&path)?;
    if written.len() > crate::verify::revision::STAMP_ROOM {
        return Err(StampFault::TooLong);
    }
    let says = held(&written, question.imprint(), now)?;
    Ok(Stamp { token: written, says })
}

/// Looks at the time-stamp in a signature; `stated` is the time that the signature itself states.
pub(crate) fn held(token: &[u8], imprint: &[u8; 32], stated: DateTime<Utc>) -> Result<Stamped, StampFault> {
    let read = token::Token::read(token)?;
    let root = read.root().ok_or(StampFault::Chain)?;
    let path = chain::path(read.signer()?, read.certificates(), root, read.at())?;
    if read.written(&path)? != token {
        return Err(StampFault::Form);
    }
    read.check(imprint)?;
    let apart = read.at().signed_duration_since(stated).abs();
    if apart > TimeDelta::minutes(MOST_MINUTES_APART) {
        return Err(StampFault::Time { stamp: read.at(), stated });
    }
    Ok(Stamped { at: read.at(), by: read.signer()?.common_name(), root: root.fingerprint() })
}

/// Reads any bytes as a reply, for whoever tries to break it.
///
/// # Errors
///
/// - If the bytes are no reply that grants a time-stamp whose own signature holds.
pub fn parse_reply(bytes: &[u8]) -> Result<(), StampFault> {
    let received = reply::granted(bytes)?;
    let token = token::Token::read(&received)?;
    token.check_itself()
}
