//! A second verifier, in another language and without a line of ours, agrees on every vector and on mutants of them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the support modules serve several tests")]

#[path = "support/document.rs"]
mod document;
#[path = "support/forgery.rs"]
mod forgery;
#[path = "support/judge.rs"]
mod judge;
#[path = "../soak/mutate.rs"]
mod mutate;
#[path = "support/parcel.rs"]
mod parcel;
#[path = "support/vectors.rs"]
mod vectors;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use mutate::Dice;
use serde_json::{Value, json};
use vectors::{Content, Found, card, folder, found};

const MUTANTS: usize = 160;

fn list() -> Value {
    serde_json::from_slice(&std::fs::read(folder().join("vectors.json")).unwrap()).unwrap()
}

/// What the second verifier says, one value for each path.
fn second(paths: &[PathBuf], option: &str, value: &str) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/second/verify.py");
    let mut arguments: Vec<OsString> = vec!["-B".into(), script.into(), option.into(), value.into()];
    arguments.extend(paths.iter().map(Into::into));
    let arguments: Vec<_> = arguments.iter().map(OsString::as_os_str).collect();
    let (said, content) = judge::ask(judge::python(), &arguments);
    assert!(content, "{said}");
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn fingerprint(list: &Value) -> &str {
    list["fingerprint"].as_str().unwrap()
}

fn as_json(found: &Found) -> Value {
    json!({"wholeness": found.wholeness, "signer": found.signer, "practice": found.practice, "fails": found.fails})
}

#[test]
fn the_second_verifier_agrees_on_every_vector() {
    let list = list();
    let lines = list["vectors"].as_array().unwrap();
    let paths: Vec<PathBuf> = lines.iter().map(|line| folder().join(line["path"].as_str().unwrap())).collect();
    let said = second(&paths, "--fingerprint", fingerprint(&list));
    assert_eq!(said.len(), lines.len());
    let mut wrong = Vec::new();
    for (line, said) in lines.iter().zip(said) {
        let ours: Value =
            ["wholeness", "signer", "practice", "fails"].map(|key| (key, line[key].clone())).into_iter().collect();
        if ours != said {
            wrong.push(format!("{}: {ours} expected, {said} said", line["path"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_second_verifier_finds_the_entries_from_paper() {
    for head in list()["heads"].as_array().unwrap() {
        let path = folder().join(head["path"].as_str().unwrap());
        let said = second(&[path], "--head", head["head"].as_str().unwrap());
        assert_eq!(said, [json!({"found": head["found"]})], "{head}");
    }
}

#[test]
fn the_second_verifier_says_that_it_does_not_judge_a_time_stamp() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("second-stamped.pdf");
    let room = [b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<".as_slice(), &b"0".repeat(49_152), b">\nendobj\n"].concat();
    std::fs::write(&path, room).unwrap();
    let said = second(&[path], "--fingerprint", fingerprint(&list()));
    assert_eq!(said, [json!({"wholeness": "not-judged", "why": "a signature has a time-stamp"})]);
}

#[test]
fn the_second_verifier_agrees_on_mutants_of_a_form_and_of_an_excerpt() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("second");
    std::fs::create_dir_all(&scratch).unwrap();
    let mut dice = Dice::of(11);
    let grounds = ["forms/whole-one.pdf", "forms/whole-three.pdf", "excerpts/whole.jsonl"];
    let (mut paths, mut ours, mut refused) = (Vec::new(), Vec::new(), 0);
    for number in 0..MUTANTS {
        let mut bytes = std::fs::read(folder().join(grounds[number % 3])).unwrap();
        mutate::bytes(&mut dice, &mut bytes);
        let path = scratch.join(format!("mutant-{number}"));
        std::fs::write(&path, &bytes).unwrap();
        let content = if bytes.starts_with(b"{") { Content::Excerpt(bytes) } else { Content::Form(bytes) };
        let found = found(&content, &card());
        refused += usize::from(!found.fails.is_empty());
        ours.push(as_json(&found));
        paths.push(path);
    }
    let list = list();
    let said = second(&paths, "--fingerprint", fingerprint(&list));
    for ((path, ours), said) in paths.iter().zip(&ours).zip(&said) {
        assert_eq!(ours, said, "{}", path.display());
    }
    // A change of nothing, such as a byte set to what it was, is no mutant.
    assert!(said.len() == MUTANTS && refused > MUTANTS * 9 / 10, "{refused}");
}
