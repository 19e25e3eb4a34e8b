//! Addresses after HALT: they stand in the police's package, and nowhere in any other, however it is delivered.

use std::path::{Path, PathBuf};

use acceptance::handing::received;
use acceptance::house::{House, default_people};
use acceptance::outside::{run, said};
use acceptance::perform::Ended;
use acceptance::script::{sign_in, walk_on, walk_to};
use serde_json::{Map, Value, json};

use super::redacted::found;
use super::{Walk, form, read, verdict};

/// Where the case's page is: its host as it was sent and as it is printed, and the rest of its address.
const PARTS: [&str; 3] = ["board.example", "board[.]example", "topic/88214"];

/// A case whose report names the page too, in which HALT was pressed at that point and the police released everything.
fn halted_at(upto: &str) -> Walk {
    let mut walk = Walk::new(House::with(&default_people()));
    let case = json!({ "what": "Pupil A was seen on https://board.example/topic/88214 in period 3." });
    walk.case_values = case.as_object().cloned().unwrap();
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    walk_to(&mut walk, Some(upto)).unwrap();
    let mark = walk.pictures[0].0.clone();
    let values = |values: Value| values.as_object().cloned().unwrap();
    assert_eq!(walk.perform("halt", Map::new()), Ended::Done);
    assert_eq!(walk.perform("release-computer", values(json!({ "who": "JS" }))), Ended::Done);
    assert_eq!(walk.perform("release-case", values(json!({ "who": "JS", "exhibits": [mark] }))), Ended::Done);
    walk
}

/// Hands the case over and gives the folder that the recipient has in the end, with what is said of it.
fn delivered(walk: &mut Walk, variant: &str, delivery: &str) -> PathBuf {
    let (case, mut form) = (walk.case.clone(), form(walk, variant));
    delivery.clone_into(&mut form.delivery);
    let handed = walk.house.app.hand_over(&case, &form).unwrap();
    let receipt = said(&run("pdftotext", &["-raw", &handed.receipt, "-"]));
    assert!(PARTS.iter().all(|part| !receipt.contains(part)), "{variant}, {delivery}: on the receipt");
    received(&handed, &walk.house.folder().join(format!("unpacked-{variant}")))
}

/// The files in which a part of the address stands, by bytes and by the words of every PDF.
fn telling(walk: &Walk, folder: &Path) -> Vec<String> {
    let package = read(folder);
    let judged = verdict(walk, &package);
    assert!(judged.all_holds(), "{:#?}", judged.facts());
    PARTS.iter().flat_map(|part| found(&package, folder, part)).map(|name| name.replace("__", "/")).collect()
}

#[test]
fn after_a_halt_no_package_but_the_polices_tells_an_address_in_any_delivery() {
    let mut walk = halted_at("captured");
    walk_on(&mut walk, "judgement", "signed-1").unwrap();
    for delivery in ["bag", "zip", "loose"] {
        let folder = delivered(&mut walk, "police", delivery);
        let told = telling(&walk, &folder);
        for part in ["data/metadata/", "data/ledger/excerpt.jsonl"] {
            assert!(told.iter().any(|name| name.starts_with(part)), "the search finds none in {part}: {told:?}");
        }
        let withholds = |name: &String| !name.starts_with("data/documents/") && !name.ends_with(".jsonld");
        assert!(told.iter().all(withholds), "the form and the JSON-LD withhold them: {told:?}");
        for variant in ["lado", "headteacher", "local-authority"] {
            let folder = delivered(&mut walk, variant, delivery);
            assert_eq!(telling(&walk, &folder), Vec::<String>::new(), "{variant}, {delivery}");
        }
    }
}

#[test]
fn a_form_that_was_made_before_halt_leaves_in_the_polices_package_alone() {
    let mut walk = halted_at("signed-1");
    let folder = delivered(&mut walk, "police", "bag");
    let told = telling(&walk, &folder);
    assert!(told.iter().any(|name| name.starts_with("data/documents/")), "it prints the address: {told:?}");
    for delivery in ["bag", "zip", "loose"] {
        let folder = delivered(&mut walk, "lado", delivery);
        assert_eq!(telling(&walk, &folder), Vec::<String>::new(), "{delivery}");
    }
    let (case, form) = (walk.case.clone(), form(&walk, "headteacher"));
    let stopped = walk.house.app.hand_over(&case, &form);
    assert!(stopped.is_err(), "there is no form that withholds the address: {stopped:?}");
}
