//! `evidence-trail open --read-only`: the real program on a real store. It writes nothing there.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the school is shared with the tests of the application")]

#[path = "../crates/app/tests/keeping/school.rs"]
mod school;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use school::School;

fn open(words: &[&Path], codes: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_evidence-trail"));
    command.args(["open", "--read-only"]).arg(words[0]);
    if let Some(folder) = words.get(1) {
        command.arg("--extract").arg(folder);
    }
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    // A program that refused has closed its end.
    let _ = child.stdin.take().unwrap().write_all(codes.as_bytes());
    child.wait_with_output().unwrap()
}

fn contents(folder: &Path) -> BTreeMap<String, (Vec<u8>, std::time::SystemTime)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let read = |entry: fs::DirEntry| {
        let changed = entry.metadata().unwrap().modified().unwrap();
        (entry.file_name().to_string_lossy().into_owned(), (fs::read(entry.path()).unwrap(), changed))
    };
    entries.map(read).collect()
}

#[test]
fn a_store_is_told_and_written_out_and_stays_as_it_is() {
    let mut school = School::new().both();
    let (plain, halted) = (school.open_case(None), school.open_case(None));
    school.app.halt(Some(&halted)).unwrap();
    let reference = |school: &School, id: &str| school.app.case_view(id).unwrap().reference;
    let references = [reference(&school, &plain), reference(&school, &halted)];
    let codes = format!("{}\n{}\n", school.codes[1], school.codes[0]);
    let School { app, dir, .. } = school;
    drop(app);
    let store = dir.path().join("store");
    let before = contents(&store);
    let out = dir.path().join("out");

    let answer = open(&[&store, &out], &codes);
    let text = String::from_utf8(answer.stdout).unwrap();
    assert_eq!(answer.status.code(), Some(0), "{text}{}", String::from_utf8_lossy(&answer.stderr));
    assert!(text.contains("Hollybrook School") && text.contains("The record holds"), "{text}");
    assert!(references.iter().all(|reference| text.contains(reference.as_str())), "{text}");
    assert_eq!(text.matches("HALTED: its pictures are sealed").count(), 1, "{text}");
    for reference in &references {
        let entries = fs::read_to_string(out.join(reference).join("entries.json")).unwrap();
        assert!(entries.contains("case-opened"));
    }
    assert_eq!(contents(&store), before, "nothing was written to the store");
    assert_eq!(open(&[&store, &out], &codes).status.code(), Some(2), "a folder that holds something is refused");
    let within = store.join("out");
    assert_eq!(open(&[&store, &within], &codes).status.code(), Some(2), "nothing is written within the store");
    assert_eq!(contents(&store), before);
}

#[test]
fn wrong_codes_and_wrong_words_open_nothing() {
    let school = School::new();
    let store = school.store();
    let same = format!("{}\n{}\n", school.codes[0], school.codes[0]);
    for codes in [same.as_str(), "", "not a code\n"] {
        let answer = open(&[&store], codes);
        assert_eq!((answer.status.code(), answer.stdout.len()), (Some(2), 0));
        assert!(!answer.stderr.is_empty());
    }
    let nowhere = school.dir.path().join("nowhere");
    let codes = format!("{}\n{}\n", school.codes[0], school.codes[1]);
    assert_eq!(open(&[&nowhere], &codes).status.code(), Some(2));
}
