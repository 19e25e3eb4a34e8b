//! A second verifier, in another language and without a line of ours, agrees on every vector and on mutants of them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "the authority stamps by the real clock")]
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
#[path = "support/stamped.rs"]
mod stamped;
#[path = "support/stamper.rs"]
mod stamper;
#[path = "support/vectors.rs"]
mod vectors;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use document::record;
use mutate::Dice;
use serde_json::{Value, json};
use stamped::{school, signed, stamped_by};
use stamper::{Flaw, Stamper};
use trail_seal::verify::Expectation;
use vectors::{Content, Found, card, folder, found};

const MUTANTS: usize = 160;
/// id-aa-signatureTimeStampToken (RFC 3161, appendix A) as it stands in a file.
const ATTRIBUTE: &[u8] = b"060B2A864886F70D010910020E";

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
fn the_second_verifier_compares_time_authorities_as_ours_does() {
    let list = list();
    let paths = ["forms/stamped.pdf", "packages/stamped", "forms/whole-one.pdf"].map(|path| folder().join(path));
    let given = list["time_authority"].as_str().unwrap();
    let all = vectors::all();
    for (root, fails) in [(given, 0), (&*"AB".repeat(32), 2)] {
        let said = second(&paths, "--time-authority", root);
        let expect = Expectation {
            time_authorities: vec![hex::decode(root).unwrap().try_into().unwrap()],
            ..Expectation::default()
        };
        let ours: Vec<Value> = paths
            .iter()
            .map(|path| all.iter().find(|vector| path.ends_with(&vector.path)).unwrap())
            .map(|vector| as_json(&found(&vector.content, &expect)))
            .collect();
        assert_eq!(said, ours);
        assert_eq!(said.iter().filter(|one| one["fails"] == json!(["time-authority"])).count(), fails);
    }
}

/// Forms with time-stamps of `openssl ts`, whole, mixed, swapped, and with one digit of a signature that is another.
fn stamped_forms() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("second-stamped");
    drop(std::fs::remove_dir_all(&folder));
    let (mut forms, mut dice) = (Vec::new(), Dice::of(23));
    for flaw in [Flaw::None, Flaw::Rsa] {
        let (school, stamper) = (school(), Stamper::make(&folder.join(format!("{flaw:?}")), flaw));
        let by = |pdf: Vec<u8>, place| signed(&school, &pdf, place, stamped_by(&stamper, &school));
        let mut kept = None;
        let one = signed(&school, &record(), 0, |value| {
            kept = stamped_by(&stamper, &school)(value);
            kept.clone()
        });
        forms.push(signed(&school, &one, 1, |_| None));
        forms.push(signed(&school, &record(), 0, |_| kept.clone()));
        forms.push((0..3).fold(record(), by));
        // From the name of its attribute on, a signature is its time-stamp.
        let start = one.windows(ATTRIBUTE.len()).position(|found| found == ATTRIBUTE).unwrap() + ATTRIBUTE.len();
        let length = one[start..].iter().position(|byte| *byte == b'>').unwrap();
        let used = one[start..start + length].iter().rposition(|byte| *byte != b'0').unwrap();
        for _mutant in 0..MUTANTS / 2 {
            let mut bytes = one.clone();
            bytes[start + dice.below(used)] = b"0123456789ABCDEF"[dice.below(16)];
            forms.push(bytes);
        }
        forms.push(one);
    }
    forms
}

#[test]
fn the_second_verifier_judges_time_stamps_as_ours_does() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("second-forms");
    std::fs::create_dir_all(&folder).unwrap();
    let forms = stamped_forms();
    let paths: Vec<PathBuf> = (0..forms.len()).map(|number| folder.join(format!("{number}.pdf"))).collect();
    let list = list();
    for (path, form) in paths.iter().zip(&forms) {
        std::fs::write(path, form).unwrap();
    }
    let said = second(&paths, "--fingerprint", fingerprint(&list));
    let (mut intact, mut by_time) = (0, 0);
    for ((path, form), said) in paths.iter().zip(forms).zip(&said) {
        let found = found(&Content::Form(form), &card());
        intact += usize::from(found.wholeness == "intact");
        by_time += usize::from(found.fails.iter().any(|code| code == "time"));
        assert_eq!(&as_json(&found), said, "{}", path.display());
    }
    assert_eq!(said.len(), MUTANTS + 8);
    assert!(intact >= 2 && by_time > MUTANTS / 4, "{intact} intact, {by_time} with a time-stamp that does not hold");
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
