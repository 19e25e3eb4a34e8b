//! A case goes over to a further designated computer, and its form says so.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use acceptance::house::{House, PASSPHRASE, default_people};
use acceptance::outside::{run, said};
use acceptance::perform::{Ended, Walk};
use acceptance::script::{sign_in, walk_to};
use serde_json::{Map, Value, json};
use trail_app::wire::store::RegisterComputer;

fn done(walk: &mut Walk, act: &str, values: &[(&str, Value)]) {
    let values: Map<String, Value> = values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    assert_eq!(walk.perform(act, values), Ended::Done, "{act}");
}

#[test]
fn a_change_of_computer_stands_in_the_form() {
    let mut walk = Walk::new(House::with(&default_people()));
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    walk_to(&mut walk, Some("review")).unwrap();
    let form = RegisterComputer {
        computer_name: "HB-REVIEW-02".to_owned(),
        asset_tag: "HB-0418".to_owned(),
        serial: "5CG0999XYZ".to_owned(),
        location: "Deputy's office".to_owned(),
        person: walk.house.id("JS"),
        passphrase: PASSPHRASE.to_owned(),
    };
    assert_eq!(walk.house.app.register_computer(&form).unwrap().len(), 2);
    assert_eq!(walk.house.app.register_computer(&form).unwrap_err().code(), "computer-known");
    done(&mut walk, "change-computer", &[]);
    done(&mut walk, "open-session", &[("assetTag", json!("HB-0418"))]);
    for act in ["end-session", "seal-view"] {
        done(&mut walk, act, &[]);
    }
    done(&mut walk, "seal-view", &[("who", json!("PA"))]);
    for act in ["find", "choose-actions", "isolate", "make-form"] {
        done(&mut walk, act, &[]);
    }
    let record = walk.view().unwrap().documents.into_iter().find(|document| document.kind == "record").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.pdf");
    std::fs::write(&file, walk.house.app.document(&walk.case, &record.sha256).unwrap().as_slice()).unwrap();
    let text = said(&run("pdftotext", &["-raw", &file.display().to_string(), "-"]));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let change =
        "from HB-REVIEW-01 to HB-REVIEW-02 (HB-0418), because: It failed. Recorded by Jo Stirling and Priya Anand.";
    assert!(text.contains(change), "{text}");
    assert!(text.contains("Jo Stirling has HB-REVIEW-01, Office safe"), "{text}");
}
