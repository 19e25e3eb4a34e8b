//! Verifying a package: every byte of it is held to how it was written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::bag::{manifest, read_manifest};
use super::documents;
use super::excerpt::Excerpt;
use super::files::Files;
use super::judged::{Fact, PackageVerdict};
use super::loose::Flat;
use super::statement::Statement;
use super::{BAGIT, EXCERPT, hash};
use crate::authority::verify_message;
use crate::sha256;
use crate::sign::cms::{self, Parts};
use crate::verify::{Expectation, Standing, State, Verdict, Wholeness, verify};

/// The files beside `data`, in the order of their names; the last lists the others.
const TAGS: [&str; 6] =
    ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "statement.json", "statement.p7s", "tagmanifest-sha256.txt"];

/// One file of the payload, looked at.
pub(super) struct Seen {
    sum: Option<[u8; 32]>,
    pub(super) document: Option<Verdict>,
}

/// Says what holds of a package. It reads nothing else, needs no network and never fails: files that are no package at
/// all are a verdict too.
#[must_use]
pub fn verify_package(files: &dyn Files, expect: &Expectation) -> PackageVerdict {
    match Flat::of(files) {
        Some(flat) => verify_bag(&flat, expect),
        None => verify_bag(files, expect),
    }
}

fn verify_bag(files: &dyn Files, expect: &Expectation) -> PackageVerdict {
    let mut verdict = PackageVerdict::open();
    let tags: BTreeMap<&str, Vec<u8>> =
        TAGS.iter().filter_map(|name| files.read(name).ok().map(|bytes| (*name, bytes))).collect();
    let stated = tags.get("statement.json").and_then(|bytes| Some((Statement::read(bytes)?, sha256(bytes))));
    let is_meant = tags.contains_key("statement.json") || tags.contains_key("statement.p7s");
    look_at_tags(&mut verdict, &tags, stated.as_ref());
    let signature = tags.get("statement.p7s").and_then(|bytes| cms::decode(bytes).map(|parts| (parts, bytes)));
    look_at_signature(&mut verdict, signature.as_ref(), stated.as_ref(), expect);
    verdict.statement = stated;
    let listed = tags.get("manifest-sha256.txt").and_then(|bytes| read_manifest(bytes));
    look_at_payload(&mut verdict, files, listed.as_ref(), expect);
    documents::look_at_times(&mut verdict);
    verdict.wholeness = wholeness(&verdict, is_meant);
    verdict
}

/// Says what holds of a ledger's excerpt alone. Whose keys these are, only the package tells that it came in.
#[must_use]
pub fn verify_excerpt(bytes: &[u8]) -> PackageVerdict {
    let mut verdict = PackageVerdict::open();
    let read = Excerpt::read(bytes);
    look_at_chain(&mut verdict, read.as_ref(), true);
    verdict.facts.push(Fact::new(
        "signer",
        None,
        "An excerpt alone does not say whose keys these are. Check the package that it came in.",
    ));
    verdict.wholeness = wholeness(&verdict, Excerpt::is_meant(bytes));
    verdict
}

fn look_at_tags(verdict: &mut PackageVerdict, tags: &BTreeMap<&str, Vec<u8>>, stated: Option<&(Statement, [u8; 32])>) {
    let own: BTreeMap<&str, [u8; 32]> = tags.iter().map(|(name, bytes)| (*name, sha256(bytes))).collect();
    let listed = own.iter().filter(|(name, _)| **name != "tagmanifest-sha256.txt").map(|(name, sum)| (*name, *sum));
    let expected = manifest(listed);
    let has_form = tags.len() == TAGS.len()
        && tags.get("bagit.txt").is_some_and(|bytes| bytes == BAGIT.as_bytes())
        && tags.get("tagmanifest-sha256.txt").is_some_and(|bytes| bytes == expected.as_bytes());
    verdict.facts.push(said(
        "bag",
        has_form,
        "It is a whole bag (BagIt 1.0), and the list of its own files is right.",
        "It is not a whole bag (BagIt 1.0), or the list of its own files is not right.",
    ));
    let Some((statement, _)) = stated else {
        verdict.facts.push(Fact::new(
            "statement",
            Some(false),
            "There is no statement of Evidence Trail, or it was changed.",
        ));
        return;
    };
    let is_bound = |name: &str, figures: &str| own.get(name).copied() == hash(figures) && own.contains_key(name);
    let binds = is_bound("bagit.txt", &statement.bagit)
        && is_bound("bag-info.txt", &statement.bag_info)
        && is_bound("manifest-sha256.txt", &statement.manifest);
    verdict.is_practice |= statement.practice;
    verdict.facts.push(said(
        "statement",
        binds,
        "The statement names the list of files that is here.",
        "The statement names another list of files than the one that is here.",
    ));
}

fn look_at_signature(
    verdict: &mut PackageVerdict,
    signature: Option<&(Parts, &Vec<u8>)>,
    stated: Option<&(Statement, [u8; 32])>,
    expect: &Expectation,
) {
    let Some((parts, bytes)) = signature else {
        verdict.facts.push(Fact::new(
            "signature",
            Some(false),
            "The statement's signature is missing or cannot be read.",
        ));
        return;
    };
    let (signer, authority) = (&parts.signer, &parts.authority);
    let made = stated.and_then(|(statement, _)| statement.made_at());
    // A package's own signature has no time-stamp: one that has is not in its form.
    let value = cms::Signed { digest: &parts.digest, signature: &parts.signature, stamp: None };
    let again = cms::encode(&value, signer, authority);
    let message = cms::signed_bytes(&parts.digest, signer);
    let is_signed = match (stated, again, message, signer.public_key()) {
        (Some((_, digest)), Ok(again), Ok(message), Some(key)) => {
            parts.digest == digest && again == **bytes && verify_message(&key, &message, &parts.signature)
        }
        _ => false,
    };
    verdict.facts.push(said(
        "signature",
        is_signed,
        "The statement is the one that was signed, and the signature is in its one form.",
        "The statement is not the one that was signed, or the signature was rewritten.",
    ));
    let is_vouched_for = signer.is_signer()
        && authority.is_authority()
        && signer.is_issued_by(authority)
        && made.is_some_and(|at| signer.is_valid_at(at) && authority.is_valid_at(at));
    verdict.facts.push(said(
        "certificate",
        is_vouched_for,
        "The authority issued the signer's certificate, and both were valid at the stated time.",
        "The authority did not issue the signer's certificate, or it was not valid at the stated time.",
    ));
    let found = authority.fingerprint();
    verdict.is_practice |= signer.is_practice() || authority.is_practice();
    verdict.maker = Some((signer.common_name(), signer.position().unwrap_or_default()));
    verdict.authority = Some((authority.common_name(), found));
    verdict.standing = match expect.authority_fingerprint {
        None => Standing::NotCompared,
        Some(expected) if expected == found => Standing::Known,
        Some(_) => Standing::Unknown,
    };
    verdict.facts.push(match verdict.standing {
        Standing::Known => Fact::new("fingerprint", Some(true), "The authority is the one whose fingerprint you gave."),
        Standing::Unknown => {
            Fact::new("fingerprint", Some(false), "The authority is not the one whose fingerprint you gave.")
        }
        Standing::NotCompared => Fact::new(
            "fingerprint",
            None,
            "The authority's fingerprint was not compared. Compare it with the card that the headteacher keeps.",
        ),
    });
}

fn look_at_payload(
    verdict: &mut PackageVerdict,
    files: &dyn Files,
    listed: Option<&BTreeMap<String, [u8; 32]>>,
    expect: &Expectation,
) {
    let Some(listed) = listed else {
        verdict.facts.push(Fact::new("files", Some(false), "The list of files is missing, or is not in its one form."));
        return;
    };
    let here: Option<BTreeSet<String>> = files.names().ok().map(|names| names.into_iter().collect());
    let expected: BTreeSet<String> = listed.keys().cloned().chain(TAGS.iter().map(|name| (*name).to_owned())).collect();
    let strangers: Vec<&String> = here.iter().flat_map(|here| here.difference(&expected)).collect();
    let says = match strangers.as_slice() {
        [] => "No file is here that the list does not name.".to_owned(),
        [one, ..] => format!("{} here that the list does not name: {one}.", counted(strangers.len())),
    };
    verdict.facts.push(Fact::new("no-other-files", Some(here.is_some() && strangers.is_empty()), says));
    let looked = look_at_each(files, listed, expect);
    let wrong: Vec<&str> = looked
        .iter()
        .filter(|(name, seen)| seen.sum != listed.get(*name).copied())
        .map(|(name, _)| name.as_str())
        .collect();
    let says = match wrong.as_slice() {
        [] => format!("Each of the {} listed is here, and is the one that was listed.", counted(listed.len())),
        [one, ..] => format!("{} missing or not the one that was listed: {one}.", counted(wrong.len())),
    };
    verdict.facts.push(Fact::new("files", Some(wrong.is_empty()), says));
    let excerpt = files.read(EXCERPT).ok().and_then(|bytes| Excerpt::read(&bytes));
    documents::look_at_documents(verdict, looked, excerpt.as_ref(), listed);
    let is_redacted = verdict.statement().is_some_and(Statement::is_redacted);
    look_at_chain(verdict, excerpt.as_ref(), is_redacted);
    let stated = verdict.statement().and_then(|statement| statement.head.read());
    let head = excerpt.as_ref().map(|excerpt| excerpt.head);
    let store = excerpt.as_ref().zip(verdict.statement());
    let is_of_it = store.is_some_and(|(excerpt, said)| excerpt.store == said.store && excerpt.case == said.case);
    verdict.facts.push(said(
        "head",
        stated.is_some() && stated == head && is_of_it,
        "The excerpt is of this case and ends at the ledger's head that the statement names.",
        "The excerpt is not of this case, or does not end at the ledger's head that the statement names.",
    ));
}

/// Reads every listed file once; more than one at a time where the computer can.
fn look_at_each(
    files: &dyn Files,
    listed: &BTreeMap<String, [u8; 32]>,
    expect: &Expectation,
) -> BTreeMap<String, Seen> {
    // Whether the maker's authority is the documents' too is a fact of its own; here only the time's is compared.
    let of_time = Expectation { authority_fingerprint: None, ..expect.clone() };
    let names: Vec<&String> = listed.keys().collect();
    let next = AtomicUsize::new(0);
    let looked = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
            let seen = look_at_one(files, name, &of_time);
            looked.lock().unwrap_or_else(PoisonError::into_inner).insert((*name).clone(), seen);
        }
    };
    // A second thread costs more than a few small files.
    let hands = if names.len() < 24 { 1 } else { std::thread::available_parallelism().map_or(1, usize::from) };
    std::thread::scope(|scope| {
        for _ in 1..hands {
            scope.spawn(work);
        }
        work();
    });
    looked.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn look_at_one(files: &dyn Files, name: &str, of_time: &Expectation) -> Seen {
    if !documents::is_document(name) {
        return Seen { sum: files.sum(name).ok().map(|(sum, _)| sum), document: None };
    }
    match files.read(name) {
        Ok(bytes) => {
            let verdict = verify(&bytes, of_time);
            Seen { sum: Some(verdict.file_sha256()), document: Some(verdict) }
        }
        Err(_) => Seen { sum: None, document: None },
    }
}

/// Hashes alone are enough for a redacted package; of an excerpt by itself nobody knows what it came in.
fn look_at_chain(verdict: &mut PackageVerdict, excerpt: Option<&Excerpt>, hashes_are_enough: bool) {
    let Some(excerpt) = excerpt else {
        verdict.facts.push(Fact::new(
            "ledger",
            Some(false),
            "The ledger's excerpt is missing, or is not in its one form.",
        ));
        return;
    };
    let chain = excerpt.check();
    if !excerpt.gives_entries() {
        verdict.facts.push(said(
            "ledger",
            chain.is_chained && hashes_are_enough,
            "Every place from the case's first entry to the ledger's head has its hash. No entry is given, as in every \
             redacted package.",
            "The excerpt gives no entry although the package is not redacted, or it does not reach from the case's first \
             entry to the ledger's head.",
        ));
        verdict.facts.push(Fact::new(
            "other-entries",
            None,
            "What the entries say was not looked at, since only their hashes are given. The school's ledger must have each \
             of these hashes at its place.",
        ));
        return;
    }
    verdict.facts.extend([
        said(
            "ledger",
            chain.is_chained,
            "Each entry of the case follows the one before, and every place from its first entry to the ledger's head \
             has its hash.",
            "An entry is missing or does not follow the one before, or the excerpt does not reach the ledger's head.",
        ),
        said(
            "entries",
            chain.is_whole,
            "The hash of each entry that is given is right, and so is what each entry says.",
            "An entry was changed, or what it says is not what it was made for.",
        ),
        said(
            "entry-signatures",
            chain.is_signed,
            "Each entry that is given is signed.",
            "The signature of an entry is wrong.",
        ),
        said(
            "entry-keys",
            chain.keys_are_named,
            "Each entry is signed with the key of a person of the school, or of a session that two of them certified.",
            "An entry is signed with a key that no note of the excerpt names.",
        ),
    ]);
    verdict.facts.push(Fact::new(
        "other-entries",
        None,
        "Of other entries only the hash is given, so what they say was not looked at. The school's ledger must have each of \
         these hashes at its place.",
    ));
}

fn wholeness(verdict: &PackageVerdict, is_meant: bool) -> Wholeness {
    let fails = verdict
        .facts
        .iter()
        .any(|fact| fact.state() == State::DoesNotHold && !matches!(fact.code(), "fingerprint" | "time-authority"));
    match (fails, is_meant) {
        (false, _) => Wholeness::Intact,
        (true, true) => Wholeness::Altered,
        (true, false) => Wholeness::CannotTell,
    }
}

pub(super) fn said(code: &'static str, holds: bool, yes: &str, no: &str) -> Fact {
    Fact::new(code, Some(holds), if holds { yes } else { no })
}

pub(super) fn counted(files: usize) -> String {
    if files == 1 { "1 file".to_owned() } else { format!("{files} files") }
}
