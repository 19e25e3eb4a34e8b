//! Verifying: what holds of a signed document, what does not, and what was not looked at.
//!
//! "Signature is valid" is not enough: files are known that a viewer calls valid and that show
//! something else than what was signed. So a document is held to the one form in which our own code
//! writes it. **Each revision is written again from what was read of it and compared byte by byte.**

pub(crate) mod base;
pub(crate) mod inspect;
pub(crate) mod revision;
pub(crate) mod value;

mod layout;
mod reader;
mod stamp;
mod verdict;
mod words;

use std::cmp::Ordering;

use crate::sha256;
use inspect::{Inspection, Seen, inspect};

pub use stamp::Times;
pub use verdict::{About, Code, Finding, Signature, Standing, State, Verdict, Wholeness};

/// What the reader of the document knows from elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expectation {
    /// The SHA-256 of the authority's certificate, from the card that the headteacher keeps.
    pub authority_fingerprint: Option<[u8; 32]>,
    /// The SHA-256 of the root certificates of the time-stamp authorities that the reader trusts.
    pub time_authorities: Vec<[u8; 32]>,
}

/// Says what holds of a document. It reads no other file, needs no network and never fails: bytes
/// that are no document at all are a verdict too.
#[must_use]
pub fn verify(bytes: &[u8], expect: &Expectation) -> Verdict {
    let file_sha256 = sha256(bytes);
    let seen = match inspect(bytes) {
        Ok(seen) => seen,
        Err(fault) => {
            let wholeness = if claims_to_be_ours(bytes) { Wholeness::Altered } else { Wholeness::CannotTell };
            return Verdict::unreadable(file_sha256, wholeness, words::fault(fault));
        }
    };
    let mut findings = about_file(&seen);
    for (place, signature) in seen.signatures().iter().enumerate() {
        findings.extend(about_signature(place + 1, signature));
        findings.extend(stamp::findings(place + 1, signature, &seen, expect));
    }
    let authority = seen.parts().last().map(|parts| &parts.authority);
    let fingerprint = authority.map(crate::authority::Certificate::fingerprint);
    let standing = match (expect.authority_fingerprint, fingerprint) {
        (None, _) => Standing::NotCompared,
        (Some(expected), Some(found)) if expected == found && seen.has_one_authority() => Standing::Known,
        (Some(_), _) => Standing::Unknown,
    };
    findings.push(Finding::new(Code::Fingerprint, About::File, standing_state(standing)));
    if !stamp::has_any(&seen) {
        findings.push(Finding::new(Code::Time, About::File, State::NotChecked));
    }
    findings.extend(never_checked());
    let is_practice = seen.parts().any(|parts| parts.signer.is_practice() || parts.authority.is_practice());
    Verdict::new(verdict::Facts {
        wholeness: wholeness(&seen, &findings),
        standing,
        is_practice,
        file_sha256,
        authority_fingerprint: fingerprint,
        authority_name: authority.map(crate::authority::Certificate::common_name),
        signatures: seen.signatures().iter().filter_map(signature).collect(),
        expected_signatures: seen.fields().len(),
        findings,
    })
}

fn about_file(seen: &Inspection<'_>) -> Vec<Finding> {
    let mut findings = vec![
        Finding::fact(Code::Structure, About::File, true),
        Finding::fact(Code::Producer, About::File, seen.is_ours),
        Finding::fact(Code::Base, About::File, seen.is_plain),
        Finding::fact(Code::Fields, About::File, seen.has_our_fields),
    ];
    let (count, places) = (seen.signatures().len(), seen.fields().len());
    let completeness = match count.cmp(&places) {
        Ordering::Less => State::DoesNotHold,
        Ordering::Equal if count == 0 => State::DoesNotHold,
        Ordering::Equal => State::Holds,
        // What was added after the last signature is a finding of its own.
        Ordering::Greater => State::NotChecked,
    };
    findings.push(Finding::new(Code::Complete, About::File, completeness));
    if count > 1 {
        findings.push(Finding::fact(Code::People, About::File, seen.has_different_people()));
        findings.push(Finding::fact(Code::Authority, About::File, seen.has_one_authority()));
        let times: Vec<_> = seen.signatures().iter().filter_map(Seen::at).collect();
        // A clock that went back changes nothing in the file; it is said, not held against it.
        let state = if times.is_sorted() { State::Holds } else { State::NotChecked };
        findings.push(Finding::new(Code::TimeOrder, About::File, state));
    }
    findings
}

fn about_signature(number: usize, seen: &Seen) -> Vec<Finding> {
    let about = About::Signature(number);
    let facts = [
        (Code::Revision, Some(seen.is_one_signature)),
        (Code::Encoding, seen.is_canonical),
        (Code::Digest, seen.digest_fits),
        (Code::Signature, seen.is_signed),
        (Code::Certificate, seen.is_vouched_for),
        (Code::Validity, seen.is_in_time),
        (Code::Name, seen.name_fits),
    ];
    facts
        .into_iter()
        .map(|(code, fact)| match fact {
            Some(holds) => Finding::fact(code, about, holds),
            None => Finding::new(code, about, State::NotChecked),
        })
        .collect()
}

fn never_checked() -> [Finding; 2] {
    [Code::Withdrawal, Code::Drawing].map(|code| Finding::new(code, About::File, State::NotChecked))
}

fn standing_state(standing: Standing) -> State {
    match standing {
        Standing::Known => State::Holds,
        Standing::Unknown => State::DoesNotHold,
        Standing::NotCompared => State::NotChecked,
    }
}

fn wholeness(seen: &Inspection<'_>, findings: &[Finding]) -> Wholeness {
    let fails =
        |code: Code| findings.iter().any(|finding| finding.code() == code && finding.state() == State::DoesNotHold);
    let is_broken = findings.iter().any(|finding| {
        finding.state() == State::DoesNotHold
            && match finding.code() {
                Code::Producer | Code::Complete | Code::Fingerprint | Code::TimeAuthority => false,
                Code::Base | Code::Fields => seen.is_ours,
                Code::Structure
                | Code::People
                | Code::Authority
                | Code::TimeOrder
                | Code::Revision
                | Code::Encoding
                | Code::Digest
                | Code::Signature
                | Code::Certificate
                | Code::Validity
                | Code::Name
                | Code::Time
                | Code::Withdrawal
                | Code::Drawing => true,
            }
    });
    if is_broken {
        Wholeness::Altered
    } else if fails(Code::Producer) || fails(Code::Base) || fails(Code::Fields) || fails(Code::Complete) {
        Wholeness::CannotTell
    } else {
        Wholeness::Intact
    }
}

fn signature(seen: &Seen) -> Option<Signature> {
    let (words, parts) = (seen.words.as_ref()?, seen.parts.as_ref()?);
    Some(Signature {
        field: seen.field.clone()?,
        name: parts.signer.common_name(),
        position: parts.signer.position(),
        reason: words.reason.clone(),
        location: words.location.clone(),
        at: words.at,
        certificate: parts.signer.short_fingerprint(),
        stamp: seen.stamp.as_ref().and_then(|stamp| stamp.as_ref().ok()).cloned(),
        holds: seen.holds(),
    })
}

/// Whether bytes that cannot be read as a document still say that they were one of ours.
fn claims_to_be_ours(bytes: &[u8]) -> bool {
    let has = |word: &[u8]| memchr::memmem::find(bytes, word).is_some();
    has(b"Evidence Trail") && has(b"ETSI.CAdES.detached")
}
