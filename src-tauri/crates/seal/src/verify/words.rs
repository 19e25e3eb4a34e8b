//! The facts in plain words.

use super::reader::Fault;
use super::verdict::{About, Code, State};

pub(super) fn fault(fault: Fault) -> String {
    format!("The file is not as Evidence Trail writes it: at byte {}, {}.", fault.at, fault.what)
}

pub(super) fn says(code: Code, about: About, state: State) -> String {
    let [holds, fails, open] = sentences(code);
    let text = match state {
        State::Holds => holds,
        State::DoesNotHold => fails,
        State::NotChecked => open,
    };
    match about {
        About::File => text.to_owned(),
        About::Signature(number) => format!("Signature {number}: {text}"),
    }
}

/// What is said if the fact holds, if it does not, and if it was not looked at.
fn sentences(code: Code) -> [&'static str; 3] {
    const BEFORE: &str = "not checked, because something before it does not hold.";
    match code {
        Code::Structure => [
            "Every byte of the file belongs to a part that Evidence Trail writes.",
            "The file is not as Evidence Trail writes it.",
            "How the file is put together was not checked.",
        ],
        Code::Producer => [
            "The file says that Evidence Trail made it.",
            "The file does not say that Evidence Trail made it.",
            "Who made the file was not checked.",
        ],
        Code::Base => [
            "The pages hold nothing that acts, fetches or hides.",
            "The pages hold something that Evidence Trail does not write: a script, an action, a link or a note.",
            "What the pages hold was not checked.",
        ],
        Code::Fields => [
            "The places for signatures are those of an Evidence Trail document.",
            "The places for signatures are not those of an Evidence Trail document.",
            "The places for signatures were not checked.",
        ],
        Code::Complete => [
            "Every place for a signature is filled, and the last signature covers the file to its end.",
            "A signature is missing. Either somebody has not signed yet, or a signature was taken away. Ask for the complete document.",
            "Whether all signatures are there was not checked.",
        ],
        Code::People => [
            "Each signature was made with another person's key.",
            "One key made more than one signature.",
            "Whether different people signed was not checked.",
        ],
        Code::Authority => [
            "One authority vouches for all signers.",
            "The signers were vouched for by different authorities.",
            "Whether one authority vouches for all signers was not checked.",
        ],
        Code::TimeOrder => [
            "The stated times are in the order of signing.",
            "The stated times are not in the order of signing.",
            "A later signature states an earlier time, so the clock was set back or two computers differed. The order of signing is certain all the same.",
        ],
        Code::Revision => [
            "it adds one signature in its place, and not one byte else.",
            "what was added to the file here is not one signature in its place and nothing else.",
            BEFORE,
        ],
        Code::Encoding => [
            "its bytes are in their one allowed form, followed by zeros only.",
            "its bytes were changed, or something was put where they end.",
            BEFORE,
        ],
        Code::Digest => [
            "the file up to here is the one that was signed.",
            "the file was changed after this signature was made.",
            BEFORE,
        ],
        Code::Signature => [
            "it was made with the key in the signer's certificate.",
            "it was not made with the key in the signer's certificate.",
            BEFORE,
        ],
        Code::Certificate => [
            "the authority in the file issued the signer's certificate.",
            "the authority in the file did not issue the signer's certificate.",
            BEFORE,
        ],
        Code::Validity => [
            "the certificates were valid at the time that it states.",
            "the certificates were not valid at the time that it states.",
            BEFORE,
        ],
        Code::Name => [
            "the name beside it is the one in the certificate.",
            "the name beside it is not the one in the certificate.",
            BEFORE,
        ],
        Code::Fingerprint => [
            "The authority's fingerprint is the one you gave.",
            "Unknown signer: the authority's fingerprint is not the one you gave. Do not rely on who signed.",
            "Who signed was not checked. Compare the authority's fingerprint below with the card that the headteacher keeps.",
        ],
        Code::Time => [
            "The time is vouched for by a time-stamp authority.",
            "The time-stamp does not hold.",
            "The times are those of the signing computer's clock. Nobody else vouches for them.",
        ],
        Code::TimeAuthority => [
            "the time-stamp authority is known: it is one of those that were given.",
            "unknown time-stamp authority: it is none of those that were given. Do not rely on its time.",
            "who the time-stamp authority is was not compared, because no root certificate was given to compare it with.",
        ],
        Code::Withdrawal => [
            "No certificate had been withdrawn.",
            "A certificate had been withdrawn.",
            "Whether a certificate had been withdrawn cannot be seen from the file. Ask the school.",
        ],
        Code::Drawing => [
            "The words drawn in the signatures' boxes are those of the certificates.",
            "The words drawn in the signatures' boxes are not those of the certificates.",
            "The words drawn in the signatures' boxes were not read. The names given here come from the certificates.",
        ],
    }
}
