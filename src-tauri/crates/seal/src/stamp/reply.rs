//! An authority's reply, without what it vouches for (RFC 3161, section 2.4.2).

use der::asn1::{Any, BitString};
use der::{Decode, Encode, Sequence};

use super::LARGEST_REPLY;
use super::fault::StampFault;

/// The longest words of an authority that are passed on, in characters.
const MOST_WORDS: usize = 120;

#[derive(Sequence)]
struct TimeStampResp {
    status: PkiStatusInfo,
    token: Option<Any>,
}

#[derive(Sequence)]
struct PkiStatusInfo {
    status: u8,
    words: Option<Vec<String>>,
    fail_info: Option<BitString>,
}

/// The token of a reply that grants one, in DER.
pub(super) fn granted(reply: &[u8]) -> Result<Vec<u8>, StampFault> {
    if reply.len() > LARGEST_REPLY {
        return Err(StampFault::TooLong);
    }
    let read = TimeStampResp::from_der(reply)?;
    match (read.status.status, read.token) {
        // Granted, and granted with modifications: what they are is checked in the token itself.
        (0 | 1, Some(token)) => Ok(token.to_der()?),
        (0 | 1, None) => Err(StampFault::Unreadable),
        (status, _) => {
            Err(StampFault::Refused { status, said: said(read.status.words.as_deref().unwrap_or_default()) })
        }
    }
}

/// An authority's words, cut, and with nothing in them that is no letter of a line.
fn said(words: &[String]) -> String {
    let all = words.join("; ");
    let plain: String = all.chars().filter(|letter| !letter.is_control()).take(MOST_WORDS).collect();
    if plain.is_empty() { plain } else { format!(": {plain}") }
}
