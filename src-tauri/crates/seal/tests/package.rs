//! Packages: what a whole one is, and that whatever is changed in it is found.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the support modules serve several tests")]

#[path = "support/document.rs"]
mod document;
#[path = "support/parcel.rs"]
mod parcel;

use document::School;
use parcel::{Ledger, Parcel, parcel, pen};
use serde_json::json;
use trail_seal::package::{EXCERPT, Excerpt, InMemory, Line, PackageVerdict, verify_excerpt, verify_package};
use trail_seal::verify::{Expectation, Standing, State, Wholeness};

fn look(package: &InMemory) -> PackageVerdict {
    verify_package(package, &Expectation::default())
}

/// The codes of what does not hold.
fn wrong(verdict: &PackageVerdict) -> Vec<&str> {
    verdict.facts().iter().filter(|fact| fact.state() == State::DoesNotHold).map(|fact| fact.code()).collect()
}

#[test]
fn a_whole_package_holds_and_says_who_made_it() {
    let school = School::open(false);
    let package = parcel(&school, 3, 5000).sealed(&school, 0);
    let verdict = verify_package(&package, &school.card());
    assert!(verdict.all_holds(), "{:#?}", verdict.facts());
    assert_eq!((verdict.wholeness(), verdict.standing()), (Wholeness::Intact, Standing::Known));
    assert_eq!(verdict.maker(), Some(("Jo Stirling", "Designated safeguarding lead")));
    assert_eq!(verdict.statement().unwrap().their_reference, "EX/4711/26");
    assert!(!verdict.is_practice());
    let not_looked_at: Vec<&str> =
        verdict.facts().iter().filter(|fact| fact.state() == State::NotChecked).map(|fact| fact.code()).collect();
    assert_eq!(not_looked_at, ["other-entries", "time", "time"]);
}

#[test]
fn the_same_contents_give_the_same_statement() {
    let school = School::open(false);
    let made = parcel(&school, 3, 100);
    let [one, other] = [0, 1].map(|_| made.sealed(&school, 0));
    let but_for_the_signature = |package: &InMemory| {
        let mut files = package.0.clone();
        files.retain(|name, _| name != "statement.p7s" && name != "tagmanifest-sha256.txt");
        files
    };
    assert_eq!(but_for_the_signature(&one), but_for_the_signature(&other));
}

#[test]
fn a_package_of_another_authority_is_an_unknown_signer() {
    let (school, stranger) = (School::open(false), School::open(false));
    let package = parcel(&stranger, 3, 100).sealed(&stranger, 0);
    let verdict = verify_package(&package, &school.card());
    assert_eq!((verdict.wholeness(), verdict.standing()), (Wholeness::Intact, Standing::Unknown));
    assert!(!verdict.all_holds());
    assert_eq!(wrong(&verdict), ["fingerprint"]);
}

#[test]
fn a_form_of_another_school_in_a_package_is_found() {
    let (school, stranger) = (School::open(false), School::open(false));
    let other = parcel(&stranger, 3, 100);
    let verdict = look(&other.sealed(&school, 0));
    assert_eq!(wrong(&verdict), ["documents"]);
}

#[test]
fn practice_is_said() {
    let school = School::open(true);
    let verdict = look(&parcel(&school, 3, 100).sealed(&school, 0));
    assert!(verdict.is_practice() && verdict.all_holds(), "{:#?}", verdict.facts());
}

#[test]
fn a_form_that_lacks_signatures_is_taken_only_where_the_statement_says_so() {
    let school = School::open(false);
    let made = parcel(&school, 2, 100);
    assert!(look(&made.sealed(&school, 0)).all_holds());
    let silent = Parcel { statement: parcel(&school, 3, 100).statement, ..made };
    let mut statement = silent.statement.clone();
    statement.head = parcel(&school, 2, 100).statement.head;
    let verdict = look(&Parcel { statement, excerpt: silent.excerpt.clone(), ..silent }.sealed(&school, 0));
    assert!(wrong(&verdict).contains(&"documents"), "{:?}", wrong(&verdict));
}

#[test]
fn what_no_entry_names_is_found() {
    let school = School::open(false);
    let mut made = parcel(&school, 3, 100);
    made.picture.push(0);
    assert_eq!(wrong(&look(&made.sealed(&school, 0))), ["kept"]);
}

#[test]
fn a_statement_about_another_head_or_case_is_found() {
    let school = School::open(false);
    let mut made = parcel(&school, 3, 100);
    made.statement.head.seq = "8".to_owned();
    assert_eq!(wrong(&look(&made.sealed(&school, 0))), ["head"]);
    let mut made = parcel(&school, 3, 100);
    "another".clone_into(&mut made.statement.case);
    assert_eq!(wrong(&look(&made.sealed(&school, 0))), ["head"]);
}

#[test]
fn a_file_more_less_or_under_another_name_is_found() {
    let school = School::open(false);
    let whole = parcel(&school, 3, 100).sealed(&school, 0);
    for name in whole.0.keys() {
        let mut less = whole.clone();
        less.0.remove(name);
        assert!(!look(&less).all_holds(), "{name} was taken away");
        let mut renamed = whole.clone();
        let bytes = renamed.0.remove(name).unwrap();
        renamed.0.insert(format!("{name}x"), bytes);
        assert!(!look(&renamed).all_holds(), "{name} was renamed");
    }
    for name in ["data/extra.txt", "fetch.txt", "extra", "data/documents/extra.pdf"] {
        let mut more = whole.clone();
        more.0.insert(name.to_owned(), b"x".to_vec());
        assert!(wrong(&look(&more)).contains(&"no-other-files"), "{name}");
    }
}

#[test]
fn hashes_alone_hold_in_a_redacted_package_only() {
    let school = School::open(false);
    for variant in ["local-authority", "subject-access"] {
        let verdict = look(&parcel::redacted(&school, variant));
        assert!(verdict.all_holds(), "{variant}: {:#?}", verdict.facts());
    }
    for variant in ["police", "lado", "headteacher", "another"] {
        assert_eq!(wrong(&look(&parcel::redacted(&school, variant))), ["ledger"], "{variant}");
    }
}

#[test]
fn loose_files_are_the_package_under_other_names() {
    let school = School::open(false);
    let whole = parcel(&school, 3, 400).sealed(&school, 0);
    let loose = parcel::loose(&whole);
    assert!(look(&loose).all_holds(), "{:#?}", look(&loose).facts());
    // What was too large to be there has no line, and is laid beside the others later.
    let large = "data__exhibits__JS-1__view-1.png";
    let mut later = loose.clone();
    let list = String::from_utf8(later.0["hashes-sha256.txt"].clone()).unwrap();
    let list: String = list.lines().filter(|line| !line.ends_with(large)).map(|line| format!("{line}\n")).collect();
    later.0.insert("hashes-sha256.txt".to_owned(), list.into_bytes());
    assert!(look(&later).all_holds(), "{:#?}", look(&later).facts());
    later.0.remove(large);
    assert_eq!(wrong(&look(&later)), ["files"]);
}

#[test]
fn nothing_at_all_is_no_package_and_no_alteration() {
    let verdict = look(&InMemory::default());
    assert_eq!(verdict.wholeness(), Wholeness::CannotTell);
    assert!(!verdict.all_holds());
}

#[test]
fn one_flipped_bit_in_any_byte_of_a_package_is_refused() {
    let school = School::open(false);
    let whole = parcel(&school, 3, 400).sealed(&school, 0);
    let mut flips = 0;
    for (name, bytes) in &whole.0 {
        // A share: the campaign flips every byte of a whole package, and of a form a test of its own does.
        let step = if bytes.len() > 20_000 { 1999 } else { 9 };
        for at in (0..bytes.len()).step_by(step) {
            let mut changed = whole.clone();
            changed.0.get_mut(name).unwrap()[at] ^= 1 << (at % 8);
            let verdict = look(&changed);
            assert_eq!(verdict.wholeness(), Wholeness::Altered, "{name} at {at}: {:?}", verdict.facts());
            flips += 1;
        }
    }
    assert!(flips > 1000, "{flips}");
}

#[test]
fn an_excerpt_alone_holds_and_says_that_nobody_vouches_for_its_keys() {
    let school = School::open(false);
    let package = parcel(&school, 3, 100).sealed(&school, 0);
    let bytes = &package.0[EXCERPT];
    let verdict = verify_excerpt(bytes);
    assert!(verdict.all_holds(), "{:#?}", verdict.facts());
    assert!(verdict.facts().iter().any(|fact| fact.code() == "signer" && fact.state() == State::NotChecked));
    let read = Excerpt::read(bytes).unwrap();
    assert_eq!(read.hash_at(read.head.0), Some(read.head.1));
    assert_eq!(verify_excerpt(b"{}\n").wholeness(), Wholeness::CannotTell);
    for at in (0..bytes.len()).step_by(3) {
        let mut changed = bytes.clone();
        changed[at] ^= 4;
        assert!(!verify_excerpt(&changed).all_holds() || is_only_another_neighbour(bytes, &changed), "at {at}");
    }
}

/// The hash of an entry that is followed by another case's is bound by the package alone.
fn is_only_another_neighbour(one: &[u8], other: &[u8]) -> bool {
    let (Some(one), Some(other)) = (Excerpt::read(one), Excerpt::read(other)) else { return false };
    one.entries().eq(other.entries())
}

#[test]
fn entries_that_are_moved_resigned_or_taken_out_are_found() {
    let school = School::open(false);
    let made = parcel(&school, 3, 100);
    let check = |excerpt: Excerpt| {
        let verdict = verify_excerpt(&excerpt.bytes().unwrap());
        wrong(&verdict).into_iter().map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    assert!(check(made.excerpt.clone()).is_empty());
    for place in 0..made.excerpt.lines.len() {
        let mut without = made.excerpt.clone();
        without.lines.remove(place);
        assert!(!check(without).is_empty(), "line {place} was taken out");
        let mut hidden = made.excerpt.clone();
        if let Line::Entry(entry) = &hidden.lines[place] {
            let (seq, hash) = (entry.seq.parse().unwrap(), hex::decode(&entry.hash).unwrap().try_into().unwrap());
            let names_a_key = entry.kind.starts_with("store/") || entry.seq == "5";
            hidden.lines[place] = Line::Hash { seq, hash };
            // An entry of the case may be given by its hash alone; a key that signs must be named.
            assert_eq!(check(hidden).is_empty(), !names_a_key, "line {place} was hidden");
        }
    }
    let mut swapped = made.excerpt.clone();
    let last = swapped.lines.len() - 1;
    swapped.lines.swap(last, last - 1);
    assert!(!check(swapped).is_empty());
    // The same entries written again with a key that no note names.
    let mut ledger = Ledger::new();
    parcel::keys(&mut ledger);
    ledger.write(&pen(9), Some(parcel::CASE), None, &json!({"kind": "case-opened"}));
    assert_eq!(check(ledger.excerpt()), ["entry-keys"]);
    // A session that one person certified for both.
    let mut ledger = Ledger::new();
    parcel::keys(&mut ledger);
    let mut alone = parcel::session();
    alone["second_signature"] = alone["first_signature"].clone();
    ledger.write(&pen(1), Some(parcel::CASE), None, &alone);
    assert_eq!(check(ledger.excerpt()), ["entry-keys"]);
}
