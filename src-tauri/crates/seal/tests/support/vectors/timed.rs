//! Documents and packages with a time-stamp of `openssl ts`. An authority stamps by its own clock and draws by chance, so
//! its answer is kept beside this file, with its root and the moment of signing that it belongs to.

use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use trail_seal::package::InMemory;
use trail_seal::sign::{Signer, sign_timed};
use trail_seal::stamp::{Question, Root, Stamp, receive};

use super::{Content, Vector, schools};
use crate::document::{ONE, School, build};
use crate::parcel::parcel_of;

/// What was kept of an authority's answer.
pub(crate) struct Kept {
    reply: Vec<u8>,
    root: String,
    at: DateTime<Utc>,
}

/// Where it is kept.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/vectors/time")
}

pub(crate) fn kept() -> Kept {
    let read = |name: &str| std::fs::read(folder().join(name)).unwrap();
    let text = |name: &str| String::from_utf8(read(name)).unwrap();
    let at = DateTime::parse_from_rfc3339(text("signed-at.txt").trim()).unwrap().to_utc();
    Kept { reply: read("reply.tsr"), root: text("root.pem"), at }
}

/// Asks an authority anew, for the signature that is made at this moment, and keeps what it answers.
pub(crate) fn keep(at: DateTime<Utc>, root: &str, ask: impl Fn(&[u8]) -> Vec<u8>) {
    let [school, _] = schools();
    let mut reply = Vec::new();
    signed(&school, at, 0, &mut |value| {
        reply = ask(question(&school, value).der());
        None
    });
    std::fs::create_dir_all(folder()).unwrap();
    for (name, bytes) in [
        ("reply.tsr", reply.as_slice()),
        ("root.pem", root.as_bytes()),
        ("signed-at.txt", format!("{}\n", at.to_rfc3339()).as_bytes()),
    ] {
        std::fs::write(folder().join(name), bytes).unwrap();
    }
}

/// SHA-256 of the root of the authority that stamped.
pub(crate) fn authority() -> [u8; 32] {
    Root::from_pem(&kept().root).unwrap().certificate().fingerprint()
}

fn question(school: &School, value: &[u8]) -> Question {
    Question::of(value, school.dice()).unwrap()
}

/// A document that one of the people signed, with the time-stamp that there is.
fn signed(school: &School, at: DateTime<Utc>, by: usize, stamp: &mut dyn FnMut(&[u8]) -> Option<Stamp>) -> Vec<u8> {
    let signer = Signer { at, ..school.signer(by) };
    let form = build(&ONE, 0, |_| {});
    sign_timed(&form, Some(ONE[0]), &signer, &school.fonts, school.dice(), stamp).unwrap().0
}

pub(super) fn all() -> Vec<Vector> {
    let (kept, [school, _]) = (kept(), schools());
    let root = Root::from_pem(&kept.root).unwrap();
    let mut stamp = None;
    let whole = signed(&school, kept.at, 0, &mut |value| {
        let question = question(&school, value);
        let received = receive(&question, &kept.reply, &root, kept.at);
        let other = "TRAIL_STAMP_VECTORS=1 asks anew where the kept answer is for another signature";
        stamp = Some(received.unwrap_or_else(|fault| panic!("{fault}; {other}")));
        stamp.clone()
    });
    let another = signed(&school, kept.at, 1, &mut |_| stamp.clone());
    let form = |name: &str, why: &str, bytes: Vec<u8>| Vector {
        path: format!("forms/{name}.pdf"),
        why: why.to_owned(),
        content: Content::Form(bytes),
    };
    let package = |name: &str, why: &str, form: Vec<u8>| Vector {
        path: format!("packages/{name}"),
        why: why.to_owned(),
        content: Content::Package(packed(&school, kept.at, form)),
    };
    vec![
        form("stamped", "A document that one person signed, with a time-stamp. It holds.", whole.clone()),
        form("stamp-altered", "One bit of the time-stamp's own signature is another.", altered(&whole)),
        form("stamp-of-another", "The time-stamp is one that was made for another person's signature.", another),
        package("stamped", "A package with a time-stamped document. It holds.", whole.clone()),
        package("stamp-altered", "One bit of the time-stamp in a document is another.", altered(&whole)),
    ]
}

fn packed(school: &School, at: DateTime<Utc>, form: Vec<u8>) -> InMemory {
    let mut parcel = parcel_of(form, at + TimeDelta::minutes(1), 3, 60);
    parcel.statement.documents[0].what = "A volume of exhibits".to_owned();
    parcel.sealed(school, 0)
}

/// The last byte of a document's one signature is the last of the time-stamp's own.
fn altered(whole: &[u8]) -> Vec<u8> {
    let start = whole.windows(11).rposition(|found| found == b"/Contents <").unwrap() + 11;
    let length = usize::from_str_radix(std::str::from_utf8(&whole[start + 4..start + 8]).unwrap(), 16).unwrap();
    let last = start + 2 * (4 + length) - 1;
    let mut bytes = whole.to_vec();
    let digit = char::from(bytes[last]).to_digit(16).unwrap() ^ 1;
    bytes[last] = char::from_digit(digit, 16).unwrap().to_ascii_uppercase() as u8;
    bytes
}
