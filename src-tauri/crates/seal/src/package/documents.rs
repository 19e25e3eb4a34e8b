//! The documents in a package: each is judged like one that comes alone, by the same rules.

use std::collections::{BTreeMap, BTreeSet};

use super::excerpt::Excerpt;
use super::judged::{Fact, PackageVerdict};
use super::looked::{Seen, counted, said};
use crate::verify::{Code, Finding, State, Times, Verdict, Wholeness};

/// Where a package has its documents.
const FOLDER: &str = "data/documents/";

/// Whether a file of this name is a document that people sign.
pub(super) fn is_document(name: &str) -> bool {
    name.starts_with(FOLDER)
}

pub(super) fn look_at_documents(
    verdict: &mut PackageVerdict,
    looked: BTreeMap<String, Seen>,
    excerpt: Option<&Excerpt>,
    listed: &BTreeMap<String, [u8; 32]>,
) {
    let stated: BTreeMap<String, Vec<String>> = verdict
        .statement()
        .map(|statement| statement.documents.iter().map(|one| (one.path.clone(), one.missing.clone())).collect())
        .unwrap_or_default();
    let authority = verdict.authority().map(|(_, fingerprint)| fingerprint);
    let found: BTreeSet<&String> =
        looked.iter().filter(|(_, seen)| seen.document.is_some()).map(|(name, _)| name).collect();
    let all_are_stated = stated.keys().collect::<BTreeSet<_>>() == found;
    let mut wrong = Vec::new();
    let mut documents = Vec::new();
    for (name, seen) in looked {
        let Some(document) = seen.document else { continue };
        let lacks = document.expected_signatures().saturating_sub(document.signatures().len());
        let is_same_school = document.authority_fingerprint().is_none_or(|found| Some(found) == authority);
        let is_as_stated = stated.get(&name).is_some_and(|missing| missing.len() == lacks);
        if !(stands(&document) && is_same_school && is_as_stated) {
            wrong.push(name.clone());
        }
        documents.push((name, document));
    }
    let says = match wrong.as_slice() {
        [] if documents.is_empty() => "No document is in the package.".to_owned(),
        [] => "Each document is as it was signed, by this school's people, and lacks only the signatures that the \
               statement names."
            .to_owned(),
        [one, ..] => format!("{} not as the statement says, or not as it was signed: {one}.", counted(wrong.len())),
    };
    verdict.facts.push(Fact::new("documents", Some(wrong.is_empty() && all_are_stated), says));
    verdict.documents = documents;
    let named = excerpt.map(|excerpt| {
        let bodies: Vec<&str> =
            excerpt.entries().filter_map(|entry| entry.body.as_ref()).map(|body| body.json.as_str()).collect();
        let is_named = |sum: &[u8; 32]| {
            let figures = hex::encode(sum);
            bodies.iter().any(|body| body.contains(&figures))
        };
        let kept = listed.iter().filter(|(name, _)| is_document(name) || name.starts_with("data/exhibits/"));
        kept.map(|(_, sum)| sum).all(is_named)
    });
    verdict.facts.push(said(
        "kept",
        named == Some(true),
        "Each document and each file of an exhibit is one that an entry of the ledger names.",
        "A document or a file of an exhibit is not named by any entry of the ledger that is here.",
    ));
}

/// Whether nothing is wrong with a document, but that somebody has not signed it yet.
fn stands(document: &Verdict) -> bool {
    document.wholeness() != Wholeness::Altered
        && document
            .findings()
            .iter()
            .all(|finding| finding.state() != State::DoesNotHold || is_of_its_own(finding.code()))
}

/// What does not hold of a document and is no change of it: somebody has not signed yet, or who vouches for the time is
/// nobody whom the reader knows.
fn is_of_its_own(code: Code) -> bool {
    matches!(code, Code::Complete | Code::TimeAuthority)
}

/// Whose time each document has. The package's own signature never has a time-stamp.
pub(super) fn look_at_times(verdict: &mut PackageVerdict) {
    verdict.facts.push(Fact::new(
        "time",
        None,
        "When the package was made is by the clock of the school's computer. Nobody else vouches for it.",
    ));
    match verdict.times() {
        None => {}
        Some(Times::ByComputer) => verdict.facts.push(Fact::new(
            "time",
            None,
            "No document has a time-stamp: their times are by the clocks of the computers that they were signed on. \
             Nobody else vouches for them.",
        )),
        Some(Times::Known | Times::NotCompared | Times::Unknown | Times::Broken) => {
            let of_time = |finding: &&Finding| matches!(finding.code(), Code::Time | Code::TimeAuthority);
            for (name, document) in &verdict.documents {
                let facts = document.findings().iter().filter(of_time);
                verdict.facts.extend(facts.map(|finding| Fact::of_document(short(name), finding)));
            }
        }
    }
}

/// A document's name without the folder that all of them are in.
fn short(name: &str) -> &str {
    name.strip_prefix(FOLDER).unwrap_or(name)
}
