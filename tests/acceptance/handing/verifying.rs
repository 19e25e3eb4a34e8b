//! Verifying in the app: the same facts as the program for strangers, with the school's own authority as the known signer.

use std::path::Path;

use acceptance::house::{House, PASSPHRASE, default_people};
use trail_app::wire::verifying::{VerifyForm, VerifyView};
use trail_app::{Fault, wire::handing::HandedOver};

use super::{Walk, form, hand_over, walked};

fn verify(walk: &Walk, path: &str) -> Result<VerifyView, Fault> {
    with_head(walk, path, "", "")
}

fn with_head(walk: &Walk, path: &str, entry: &str, hash: &str) -> Result<VerifyView, Fault> {
    walk.house.app.verify(&VerifyForm { entry: entry.to_owned(), hash: hash.to_owned(), ..named(path, "") })
}

fn named(path: &str, fingerprint: &str) -> VerifyForm {
    let nothing = String::new;
    VerifyForm { path: path.to_owned(), entry: nothing(), hash: nothing(), fingerprint: fingerprint.to_owned() }
}

fn seen(view: &VerifyView) -> (&str, &str, &str) {
    (&view.is, &view.wholeness, &view.signer)
}

fn handed() -> (Walk, HandedOver) {
    let mut walk = walked("closed");
    let handed = hand_over(&mut walk, "police").unwrap();
    (walk, handed)
}

/// A document of a package, by a part of its name.
fn document(handed: &HandedOver, part: &str) -> String {
    let folder = Path::new(&handed.path).join("data/documents");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| path.display().to_string()).find(|path| path.contains(part)).unwrap()
}

#[test]
fn a_package_a_form_and_an_excerpt_are_each_known_for_what_they_are() {
    let (walk, handed) = handed();
    let package = verify(&walk, &handed.path).unwrap();
    assert_eq!(seen(&package), ("package", "intact", "known"), "{package:#?}");
    assert!(!package.practice && package.facts.iter().all(|fact| fact.state != "fails"));
    let record = verify(&walk, &document(&handed, "record-of-review")).unwrap();
    assert_eq!(seen(&record), ("form", "intact", "known"), "{record:#?}");
    assert!(record.details.iter().any(|fact| fact.label == "Jo Stirling"));
    let excerpt = verify(&walk, &format!("{}/data/ledger/excerpt.jsonl", handed.path)).unwrap();
    assert_eq!(seen(&excerpt), ("excerpt", "intact", "not-compared"), "{excerpt:#?}");
    let dropped = std::fs::read(document(&handed, "record-of-review")).unwrap();
    let dropped = walk.house.app.verify_file(&dropped, "").unwrap();
    assert_eq!((dropped.wholeness, dropped.facts.len()), (record.wholeness, record.facts.len()));
}

#[test]
fn what_was_changed_is_altered_and_what_is_nothing_of_ours_cannot_be_told() {
    let (walk, handed) = handed();
    let path = document(&handed, "record-of-review");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    assert_eq!(verify(&walk, &path).unwrap().wholeness, "altered");
    assert_eq!(verify(&walk, &handed.path).unwrap().wholeness, "altered");
    let letter = walk.house.folder().join("letter.txt");
    std::fs::write(&letter, "Dear parents").unwrap();
    assert_eq!(verify(&walk, &letter.display().to_string()).unwrap().wholeness, "cannot-tell");
}

#[test]
fn a_package_of_another_school_has_an_unknown_signer() {
    let (walk, handed) = handed();
    let mut other = Walk::new(House::under("durants", &default_people()));
    acceptance::script::sign_in(&mut other, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    let package = verify(&other, &handed.path).unwrap();
    assert_eq!(seen(&package), ("package", "intact", "unknown"), "{package:#?}");
    let card = walk.house.app.authority_fingerprint().unwrap();
    let own = other.house.app.authority_fingerprint().unwrap();
    let record = std::fs::read(document(&handed, "record-of-review")).unwrap();
    let app = &other.house.app;
    for (typed, expected) in [(card.as_str(), "known"), (own.as_str(), "unknown"), (" \n", "unknown")] {
        let package = app.verify(&named(&handed.path, typed)).unwrap();
        let dropped = app.verify_file(&record, typed).unwrap();
        assert_eq!((package.signer.as_str(), dropped.signer.as_str()), (expected, expected), "{typed:?}");
        assert_eq!(package.signer_says.contains("you entered"), !typed.trim().is_empty(), "{}", package.signer_says);
    }
    let short = app.verify(&named(&handed.path, &card[1..])).unwrap_err();
    assert_eq!(short.code(), "hash-form");
    assert_eq!(app.verify_file(&record, "a card").unwrap_err().code(), "hash-form");
}

#[test]
fn a_head_from_paper_is_compared_and_a_zip_is_unpacked_first() {
    let (mut walk, handed) = handed();
    let excerpt = std::fs::read_to_string(format!("{}/data/ledger/excerpt.jsonl", handed.path)).unwrap();
    let title: serde_json::Value = serde_json::from_str(excerpt.lines().next().unwrap()).unwrap();
    let (entry, hash) = (title["head"]["seq"].as_str().unwrap(), title["head"]["hash"].as_str().unwrap());
    let state = |view: VerifyView| view.facts[0].state.clone();
    assert_eq!(state(with_head(&walk, &handed.path, entry, &hash.to_uppercase()).unwrap()), "holds");
    assert_eq!(state(with_head(&walk, &handed.path, entry, &"0".repeat(64)).unwrap()), "fails");
    assert_eq!(state(with_head(&walk, &handed.path, "999999", hash).unwrap()), "not-checked");
    let fault = with_head(&walk, &document(&handed, "record-of-review"), entry, hash).unwrap_err();
    assert_eq!(fault.code(), "verify-no-head");
    assert_eq!(with_head(&walk, &handed.path, entry, "0a").unwrap_err().code(), "hash-form");
    let (case, mut form) = (walk.case.clone(), form(&walk, "police"));
    "zip".clone_into(&mut form.delivery);
    PASSPHRASE.clone_into(&mut form.passphrase);
    let zip = walk.house.app.hand_over(&case, &form).unwrap();
    assert_eq!(verify(&walk, &zip.path).unwrap_err().code(), "verify-zip");
    assert_eq!(verify(&walk, "/nowhere/at/all").unwrap_err().code(), "verify-unread");
    walk.house.app.lock();
    assert!(verify(&walk, &handed.path).is_err(), "nobody is signed in");
}
