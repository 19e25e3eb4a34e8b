//! An enrolled person who is the subject of a case, with the file and the own passphrase.

use acceptance::house::{House, PASSPHRASE, default_people};
use acceptance::perform::{Ended, Walk};
use acceptance::script::{sign_in, walk_to};
use serde_json::{Map, json};
use trail_store::{Found, Passphrase, Vault};

const WORDS: &[&str] = &["Fernyhalgh Wobblecroft", "Snodgrass Pimpernel"];

/// A school in which Tom Oakes is the subject of a case that has come far; or in which nothing was reported.
fn school(with_case: bool) -> (Walk, String) {
    let mut walk = Walk::new(House::with(&default_people()));
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    let mut reference = String::new();
    if with_case {
        let tom = walk.house.id("TO");
        for (key, value) in [
            ("title", json!(WORDS[0])),
            ("what", json!(WORDS[1])),
            ("subjectKind", json!("staff")),
            ("subjectEnrolled", json!(tom)),
        ] {
            walk.case_values.insert(key.to_owned(), value);
        }
        walk_to(&mut walk, Some("reported")).unwrap();
        for act in ["preserve", "finish-preserve", "triage", "note"] {
            assert_eq!(walk.perform(act, Map::new()), Ended::Done, "{act}");
        }
        reference = serde_json::to_value(walk.view().unwrap()).unwrap()["head"]["reference"].to_string();
    }
    walk.house.app.lock();
    (walk, reference)
}

/// Everything that the application shows to Tom Oakes.
fn shown(walk: &mut Walk) -> Vec<(String, String)> {
    sign_in(walk, &["TO".to_owned()]).unwrap();
    let app = &mut walk.house.app;
    let mut shown = vec![("the view".to_owned(), serde_json::to_string(&app.view()).unwrap())];
    shown.push(("the record".to_owned(), serde_json::to_string(&app.store_timeline().unwrap()).unwrap()));
    shown.push(("the cases".to_owned(), serde_json::to_string(&app.cases(None, None).unwrap()).unwrap()));
    for word in WORDS {
        let found = serde_json::to_string(&app.cases(None, Some(word)).unwrap()).unwrap();
        shown.push(("a search".to_owned(), found));
    }
    let head = walk.house.app.check_ledger().map(|line| line.text).unwrap_or_default();
    shown.push(("the check".to_owned(), head));
    shown
}

#[test]
fn the_subject_of_a_case_finds_no_trace_of_it() {
    let (mut walk, reference) = school(true);
    let case = walk.case.clone();
    let (mut empty, _) = school(false);
    let (shown_here, shown_there) = (shown(&mut walk), shown(&mut empty));
    let mut traces = vec![case.clone(), "HB-2026-".to_owned(), reference.replace('"', "")];
    traces.extend(WORDS.iter().map(ToString::to_string));
    traces.retain(|trace| !trace.is_empty() && trace != "null");
    for (what, text) in &shown_here {
        for trace in &traces {
            assert!(!text.contains(trace.as_str()), "{trace} is in {what}: {text}");
        }
    }
    // A number that differs from a school in which nothing was reported is a trace as well.
    // The store's own rows carry their positions; no command of the window gives them to anybody.
    let seen_by_people = shown_here.iter().zip(&shown_there).filter(|((what, _), _)| what != "the record");
    for ((what, here), (_, there)) in seen_by_people {
        assert_eq!(
            numbers(here),
            numbers(there),
            "{what} counts otherwise than where nothing was reported:\n{here}\n{there}"
        );
    }
    let app = &mut walk.house.app;
    assert!(app.case_view(&case).is_err() && app.timeline(&case).is_err());
    assert!(app.picture(&case, &"0".repeat(64)).is_err());
    app.lock();
    drop(empty);
    in_the_store(walk, &traces);
}

/// The control: who is admitted finds all of it.
#[test]
fn who_is_admitted_does_find_it() {
    let (mut walk, _) = school(true);
    sign_in(&mut walk, &["JS".to_owned()]).unwrap();
    let cases = serde_json::to_string(&walk.house.app.cases(None, None).unwrap()).unwrap();
    assert!(cases.contains(WORDS[0]) && cases.contains(&walk.case), "{cases}");
    let found = serde_json::to_string(&walk.house.app.cases(None, Some(WORDS[0])).unwrap()).unwrap();
    assert!(found.contains(&walk.case), "{found}");
}

/// The store's own interface, opened by the subject.
fn in_the_store(walk: Walk, traces: &[String]) {
    let (case, folder) = (walk.case.clone(), walk.house.folder().join("store"));
    let tom = walk.house.id("TO");
    let kept = walk.house.keep();
    let Found::Locked(locked) = Vault::find(&folder).unwrap() else { panic!("there is a store") };
    let person = trail_domain::ids::PersonId::try_from(tom).unwrap();
    let opened = locked.unlock(&person, &Passphrase::new(PASSPHRASE.to_owned()), None);
    let vault = opened.map_err(|(_, error)| error).unwrap();
    assert!(vault.cases().unwrap().is_empty());
    let id = trail_domain::ids::CaseId::try_from(case).unwrap();
    assert!(vault.events(&id).is_err() && !vault.may_open(&id));
    let events =
        serde_json::to_string(&vault.store_events().unwrap().iter().map(|entry| &entry.event).collect::<Vec<_>>());
    let events = events.unwrap();
    for trace in traces {
        assert!(!events.contains(trace.as_str()), "{trace} is in the store's events");
    }
    drop(vault);
    std::fs::remove_dir_all(kept).unwrap();
}

/// The numbers in a text, without times of day, dates and ids, which differ by chance.
fn numbers(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| !letter.is_ascii_alphanumeric() && !":-.".contains(letter));
    let plain = parts.map(|part| part.trim_matches(['.', '-', ':']));
    let all =
        plain.filter(|part| !part.is_empty() && part.len() <= 6 && part.chars().all(|digit| digit.is_ascii_digit()));
    all.map(ToOwned::to_owned).collect()
}
