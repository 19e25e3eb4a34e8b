//! The time-stamps of the documents that are handed over: in each delivery, for the program and for the app's own page.

use std::path::{Path, PathBuf};

use acceptance::handing::{received, to_stick};
use acceptance::outside::{built, run, said};
use acceptance::script::walk_to;
use acceptance::time::Does;
use trail_app::wire::verifying::{VerifyForm, VerifyView};

use super::{Ended, School, expect, school};

/// Hands the case over and gives the folder that the recipient has in the end.
fn delivered(school: &mut School, delivery: &str) -> PathBuf {
    let under = |name: &str| school.folder.path().join(name);
    let form = to_stick(school.walk.house.id("JS"), "police", delivery, &under(&format!("stick-{delivery}")));
    let into = under("unpacked");
    let case = school.walk.case.clone();
    received(&school.walk.house.app.hand_over(&case, &form).unwrap(), &into)
}

fn verified(school: &School, path: &Path) -> VerifyView {
    let form = VerifyForm {
        path: path.display().to_string(),
        entry: String::new(),
        hash: String::new(),
        fingerprint: String::new(),
    };
    school.walk.house.app.verify(&form).unwrap()
}

/// What the page says of the time, and the states of its facts about time-stamp authorities.
fn time(view: &VerifyView) -> (String, Vec<&str>) {
    let about = view.facts.iter().filter(|fact| fact.says.contains("time-stamp authority"));
    (view.time.as_ref().unwrap().is.clone(), about.map(|fact| fact.state.as_str()).collect())
}

#[test]
fn in_every_delivery_the_authority_of_each_document_is_compared() {
    let mut made = school();
    let [server, next] = ["first", "next"].map(|name| made.server(name, Does::Stamp));
    made.choose(&[&server]).unwrap();
    walk_to(&mut made.walk, Some("form")).unwrap();
    assert_eq!(made.sign("first"), Ended::Done);
    let mut other = school();
    let known = hex::encode(expect(&server).time_authorities[0]);
    for delivery in ["bag", "zip", "loose"] {
        let package = delivered(&mut made, delivery);
        let program = |root: &str| {
            let path = package.display().to_string();
            run(&built("evidence-trail-verify").display().to_string(), &[&path, "--time-authority", root])
        };
        let good = program(&known);
        assert!(good.status.success() && said(&good).contains("the time-stamp authority is known"), "{}", said(&good));
        let bad = program(&"AB".repeat(32));
        assert!(bad.status.code() == Some(1) && said(&bad).contains("INTACT"), "{}", said(&bad));
        assert!(said(&bad).contains("unknown time-stamp authority"), "{}", said(&bad));

        let view = verified(&made, &package);
        let (is, states) = time(&view);
        assert_eq!((is.as_str(), view.wholeness.as_str()), ("known", "intact"), "{view:#?}");
        assert!(states.len() > 1 && states.iter().all(|state| *state == "holds"), "{view:#?}");
        assert!(view.details.iter().any(|fact| fact.value.replace(' ', "").eq_ignore_ascii_case(&known)), "{view:#?}");

        // A school that never chose one knows none; one that chose another does not know this one.
        let view = verified(&other, &package);
        let (is, states) = time(&view);
        assert_eq!((is.as_str(), states.iter().all(|state| *state == "not-checked")), ("not-compared", true));
        other.choose(&[&next]).unwrap();
        let view = verified(&other, &package);
        let (is, states) = time(&view);
        assert_eq!((is.as_str(), states.iter().all(|state| *state == "fails")), ("unknown", true), "{view:#?}");
        assert_eq!(view.wholeness, "intact");
        other = school();
    }
    // Another is chosen: what the one before stamped stays known.
    let package = delivered(&mut made, "bag");
    made.choose(&[&next]).unwrap();
    assert_eq!(time(&verified(&made, &package)).0, "known");
    let document = package.join("data/documents");
    let document = std::fs::read_dir(document).unwrap().map(|entry| entry.unwrap().path());
    let volume = document.into_iter().find(|path| path.display().to_string().contains("exhibits")).unwrap();
    assert_eq!(time(&verified(&made, &volume)).0, "known", "a document by itself too");
}

#[test]
fn without_a_time_stamp_the_page_says_whose_clock_it_was() {
    let mut school = school();
    walk_to(&mut school.walk, Some("form")).unwrap();
    let package = delivered(&mut school, "bag");
    let view = verified(&school, &package);
    assert_eq!(time(&view), ("by-computer".to_owned(), Vec::new()));
    assert!(view.time.unwrap().says.contains("Nobody else vouches for it"));
    let excerpt = verified(&school, &package.join("data/ledger/excerpt.jsonl"));
    assert!(excerpt.time.is_none(), "an excerpt has no documents");
}
