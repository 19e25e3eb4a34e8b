//! Time-stamps of the documents in a package: the same facts as of a document that comes alone.

use std::process::Command;

use trail_seal::package::{InMemory, PackageVerdict, verify_package};
use trail_seal::verify::{Expectation, State, Times, Wholeness};

use crate::document::{School, record};
use crate::folder;
use crate::parcel::{loose, parcel_of};
use crate::stamped::{now, root, school, signed, stamped_by};
use crate::stamper::{Flaw, Stamper};

/// A package whose record was stamped, not stamped, and stamped; or with the first one's time-stamp in the third's place.
fn package(school: &School, stamper: &Stamper, is_swapped: bool) -> InMemory {
    let mut first = None;
    let form = signed(school, &record(), 0, |value| {
        first = stamped_by(stamper, school)(value);
        first.clone()
    });
    let form = signed(school, &form, 1, |_| None);
    let form =
        signed(school, &form, 2, |value| if is_swapped { first.clone() } else { stamped_by(stamper, school)(value) });
    parcel_of(form, now(), 3, 60).sealed(school, 0)
}

fn states(verdict: &PackageVerdict, code: &str) -> Vec<State> {
    verdict.facts().iter().filter(|fact| fact.code() == code).map(|fact| fact.state()).collect()
}

#[test]
fn a_time_authority_counts_for_each_document_of_a_package() {
    let folder = folder("package");
    let (school, stamper) = (school(), Stamper::make(&folder.join("authority"), Flaw::None));
    let bag = package(&school, &stamper, false);
    let known = root(&stamper).certificate().fingerprint();
    for package in [&bag, &loose(&bag)] {
        let judged =
            |given: Vec<[u8; 32]>| verify_package(package, &Expectation { time_authorities: given, ..school.card() });
        let held = judged(vec![[7; 32], known]);
        assert!(held.all_holds() && held.times() == Some(Times::Known), "{:#?}", held.facts());
        assert_eq!(states(&held, "time"), [State::NotChecked, State::Holds, State::NotChecked, State::Holds]);
        assert_eq!(states(&held, "time-authority"), [State::Holds; 2]);
        let unknown = judged(vec![[7; 32]]);
        assert!(unknown.wholeness() == Wholeness::Intact && !unknown.all_holds(), "{:#?}", unknown.facts());
        assert_eq!(states(&unknown, "documents"), [State::Holds], "it is no change of the document");
        assert_eq!(states(&unknown, "time-authority"), [State::DoesNotHold; 2]);
        assert_eq!(unknown.times(), Some(Times::Unknown));
        let open = judged(Vec::new());
        assert!(open.all_holds() && open.times() == Some(Times::NotCompared));
        assert_eq!(states(&open, "time-authority"), [State::NotChecked; 2]);
    }
}

#[test]
fn a_swapped_time_stamp_in_a_package_is_altered_and_named() {
    let (school, stamper) = (school(), Stamper::make(&folder("package-swapped"), Flaw::None));
    let verdict = verify_package(&package(&school, &stamper, true), &school.card());
    assert_eq!((verdict.wholeness(), verdict.times()), (Wholeness::Altered, Some(Times::Broken)));
    let fails = |fact: &&trail_seal::package::Fact| fact.state() == State::DoesNotHold;
    let wrong: Vec<&str> = verdict.facts().iter().filter(fails).map(|fact| fact.code()).collect();
    assert_eq!(wrong, ["documents", "time"]);
    let says = verdict.facts().iter().rfind(fails).unwrap().says();
    assert!(says.contains("record-edition-1.pdf: Signature 3: its time-stamp does not hold"), "{says}");
}

#[test]
fn the_program_compares_the_authority_of_a_package_and_not_of_an_excerpt() {
    let folder = folder("package-program");
    let (school, stamper) = (school(), Stamper::make(&folder.join("authority"), Flaw::None));
    let bag = package(&school, &stamper, false);
    for (name, bytes) in &bag.0 {
        let path = folder.join("bag").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let say = |path: &str, root: &str| {
        let program = env!("CARGO_BIN_EXE_evidence-trail-verify");
        let out = Command::new(program).arg(folder.join(path)).args(["--time-authority", root]).output().unwrap();
        (String::from_utf8([out.stdout, out.stderr].concat()).unwrap(), out.status.code().unwrap())
    };
    let known = hex::encode(root(&stamper).certificate().fingerprint());
    let (said, status) = say("bag", &known);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("Signature 1: the time-stamp authority is known"), "{said}");
    let (said, status) = say("bag", &"AB".repeat(32));
    assert!(status == 1 && said.contains("unknown time-stamp authority"), "{said}");
    let (said, status) = say("bag/data/ledger/excerpt.jsonl", &known);
    assert!(status == 2 && said.contains("A ledger's excerpt has no time-stamps"), "{said}");
}
