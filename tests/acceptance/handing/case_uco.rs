//! The exhibits of a police package as CASE and UCO: judged by the ontology's own validator, and compared with the files.

use std::path::{Path, PathBuf};

use acceptance::house::{House, default_people};
use acceptance::outside::{run, said};
use acceptance::perform::Ended;
use acceptance::script::{sign_in, walk_on, walk_to};
use serde_json::{Map, Value, json};

use super::{Walk, hand_over, read};

const FILE: &str = "data/metadata/case-uco.jsonld";

/// A case with a page, a device in words, and a picture that was drawn over.
fn walked() -> Walk {
    let mut walk = Walk::new(House::with(&default_people()));
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    walk_to(&mut walk, Some("captured")).unwrap();
    assert_eq!(walk.perform("mark", Map::new()), Ended::Done);
    let device = json!({ "kind": "device" }).as_object().cloned().unwrap();
    assert_eq!(walk.perform("words", device), Ended::Done);
    walk_on(&mut walk, "captured", "signed-1").unwrap();
    walk
}

fn graph(bytes: &[u8]) -> Vec<Value> {
    let whole: Value = serde_json::from_slice(bytes).unwrap();
    whole["@graph"].as_array().unwrap().clone()
}

fn of<'a>(graph: &'a [Value], class: &'a str) -> impl Iterator<Item = &'a Value> {
    graph.iter().filter(move |node| node["@type"] == class)
}

fn named<'a>(graph: &'a [Value], reference: &Value) -> &'a Value {
    graph.iter().find(|node| node["@id"] == reference["@id"]).unwrap()
}

/// What the ontology's validator says of a file.
fn validated(path: &Path) -> (String, bool) {
    let pyhanko = PathBuf::from(std::env::var_os("PYHANKO").expect("PYHANKO names pyHanko's program"));
    let program = pyhanko.with_file_name("case_validate").display().to_string();
    let judged = run(&program, &["--built-version", "case-1.4.0", &path.display().to_string()]);
    (said(&judged), judged.status.success())
}

#[test]
fn the_ontologys_validator_takes_the_exhibits_and_refuses_one_without_its_hash() {
    let mut walk = walked();
    let handed = hand_over(&mut walk, "police").unwrap();
    let path = Path::new(&handed.path).join(FILE);
    let (words, holds) = validated(&path);
    assert!(holds && words.contains("Conforms: True"), "{words}");
    assert!(!words.contains("Warning"), "{words}");
    let mut whole: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let nodes = whole["@graph"].as_array_mut().unwrap();
    let hash = nodes.iter_mut().find(|node| node["@type"] == "uco-types:Hash").unwrap();
    hash.as_object_mut().unwrap().remove("uco-types:hashValue");
    let broken = walk.house.folder().join("broken.jsonld");
    std::fs::write(&broken, whole.to_string()).unwrap();
    assert!(!validated(&broken).1, "a hash without a value is none");
}

#[test]
fn each_file_has_its_hash_and_its_place_and_each_exhibit_its_act() {
    let mut walk = walked();
    let handed = hand_over(&mut walk, "police").unwrap();
    let package = read(Path::new(&handed.path));
    let graph = graph(&package.0[FILE]);
    let mut places = Vec::new();
    for file in of(&graph, "uco-observable:File") {
        let facets = file["uco-core:hasFacet"].as_array().unwrap();
        let facet =
            |class: &str| facets.iter().map(|one| named(&graph, one)).find(|one| one["@type"] == class).unwrap();
        let (content, name) = (facet("uco-observable:ContentDataFacet"), facet("uco-observable:FileFacet"));
        let place = name["uco-observable:filePath"].as_str().unwrap();
        let bytes = &package.0[place];
        let sum = ring::digest::digest(&ring::digest::SHA256, bytes);
        let hash = &named(&graph, &content["uco-observable:hash"])["uco-types:hashValue"]["@value"];
        assert_eq!(*hash, hex::encode(sum.as_ref()), "{place}");
        assert_eq!(content["uco-observable:sizeInBytes"], bytes.len(), "{place}");
        places.push(place.to_owned());
    }
    let all: Vec<_> = package.0.keys().filter(|name| name.starts_with("data/exhibits/")).cloned().collect();
    places.sort();
    assert_eq!(places, all, "every file of an exhibit, and no other");
    let marks: Vec<_> =
        of(&graph, "case-investigation:ProvenanceRecord").map(|one| &one["case-investigation:exhibitNumber"]).collect();
    assert_eq!(marks.len(), 3, "{marks:?}");
    let acts: Vec<_> = of(&graph, "case-investigation:InvestigativeAction").collect();
    let kept = acts.iter().filter(|act| act.get("uco-action:participant").is_some());
    assert!(kept.clone().count() == 3 && kept.clone().all(|act| act.get("uco-action:endTime").is_some()), "{acts:#?}");
    let made: Vec<_> = acts.iter().filter(|act| act.get("uco-action:performer").is_none()).collect();
    assert!(!made.is_empty() && made.iter().all(|act| act.get("uco-action:endTime").is_none()), "no time is made up");
    let people: Vec<_> = of(&graph, "uco-identity:Person").map(|one| one["uco-core:name"].to_string()).collect();
    assert!(people.len() == 2 && people.iter().all(|name| !name.contains("Pupil A")), "{people:?}");
}

#[test]
fn each_row_of_continuity_is_an_act_with_its_entry_who_did_it_and_when() {
    let mut walk = walked();
    assert_eq!(walk.perform("print-exhibit", Map::new()), Ended::Done);
    let handed = hand_over(&mut walk, "police").unwrap();
    let package = read(Path::new(&handed.path)).0;
    let graph = graph(&package[FILE]);
    for record in of(&graph, "case-investigation:ProvenanceRecord") {
        let mark = record["case-investigation:exhibitNumber"].as_str().unwrap().replace('/', "-");
        let file: Value = serde_json::from_slice(&package[&format!("data/metadata/{mark}-continuity.json")]).unwrap();
        let rows = file["rows"].as_array().unwrap();
        let acts: Vec<_> = of(&graph, "case-investigation:InvestigativeAction")
            .filter(|act| act["uco-action:object"]["@id"] == record["@id"])
            .collect();
        assert_eq!(acts.len(), rows.len() - 1, "its keeping is an act of its own: {rows:#?}");
        for row in &rows[1..] {
            let entry = format!("Entry {} of the ledger.", row["ledger-entry"].as_str().unwrap());
            let act = acts.iter().find(|act| act["uco-core:description"] == entry.as_str()).expect("the row's act");
            assert_eq!(act["uco-core:name"], row["what"]);
            assert_eq!(named(&graph, &act["uco-action:performer"])["uco-core:name"], row["who"]);
            let time = act["uco-action:endTime"]["@value"].as_str().unwrap();
            assert_eq!(time[..19], row["at"].as_str().unwrap()[..19]);
        }
    }
}

#[test]
fn the_same_record_gives_the_same_file_and_it_is_in_police_packages_alone() {
    let mut walk = walked();
    let [one, other] = [0, 1].map(|_| hand_over(&mut walk, "police").unwrap());
    let bytes = |path: &str| read(Path::new(path)).0.remove(FILE);
    let [before, after] = [&one, &other].map(|handed| graph(&bytes(&handed.path).unwrap()));
    let more: Vec<_> = after.iter().filter(|node| !before.contains(node)).collect();
    let is_hand_over = |node: &&Value| node["uco-core:name"].as_str().is_some_and(|name| name.contains("Handed over"));
    assert!(!more.is_empty() && more.iter().all(is_hand_over), "only the hand-over between them is new: {more:#?}");
    assert_eq!(after.len(), before.len() + more.len());
    for variant in ["lado", "headteacher", "local-authority"] {
        let handed = hand_over(&mut walk, variant).unwrap();
        assert_eq!(bytes(&handed.path), None, "{variant}");
    }
}
