//! Words and a picture that nobody else has: a whole worked example holds them, and neither who has the disk nor an
//! enrolled subject finds one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use acceptance::given;
use acceptance::outside::{built, run, said};
use serde_json::{Map, Value, json};

#[path = "canaries/needle.rs"]
mod needle;
#[path = "canaries/page.rs"]
mod page;
#[path = "canaries/subject.rs"]
mod subject;

use needle::{Needle, of_bytes, of_word, search};

/// Fields that people write freely. Names, positions and the school's name stand in the key file in clear, and the
/// sign-in page says so.
const FREE: &[&str] = &[
    "title",
    "what",
    "when",
    "reporter",
    "reportedTo",
    "subject",
    "place",
    "childSafeWords",
    "identity",
    "custodian",
    "seal",
    "reason",
    "declared",
    "filter",
    "referenceIs",
    "remoteControl",
    "nature",
    "concern",
    "reasons",
    "to",
    "person",
    "reference",
    "advice",
    "item",
    "words",
    "rule",
];
const ACTS: &[&str] = &[
    "open-case",
    "preserve",
    "triage",
    "form-group",
    "choose-computer",
    "open-session",
    "capture",
    "words",
    "seal-view",
    "find",
    "retain",
    "refer",
];

#[test]
fn who_has_the_disk_finds_no_word_and_no_picture() {
    assert!(std::env::var_os("DISPLAY").is_some(), "this test needs a display: run it by `cargo xtask test`");
    let ground = tempfile::tempdir().unwrap();
    let at = |name: &str| ground.path().join(name);
    for folder in ["disk/tmp", "disk/home", "disk/runtime", "out"] {
        std::fs::create_dir_all(at(folder)).unwrap();
    }
    let (values, words) = canary_values();
    std::fs::write(at("values.json"), Value::Object(values).to_string()).unwrap();
    let page = page::serve();
    let mut example = Command::new(built("worked-example"));
    example.arg("--keep-store").arg("--out").arg(at("out")).arg("--values").arg(at("values.json"));
    example.args(["--url", &page.address, "--url", &page.address]);
    let log = |name: &str| Stdio::from(std::fs::File::create(at(name)).unwrap());
    example.env("TMPDIR", at("disk/tmp")).env("HOME", at("disk/home")).env("XDG_RUNTIME_DIR", at("disk/runtime"));
    for name in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"] {
        example.env_remove(name);
    }
    let mut child = example.stdout(log("table.txt")).stderr(log("disk/stderr.log")).spawn().unwrap();

    let mut needles: Vec<Needle> = words.iter().chain(&page.words).flat_map(|word| of_word(word)).collect();
    needles.extend(of_bytes("the picture's file", &page.picture));
    needles.extend(of_bytes("the picture's pixels", &page.pixels));
    let mut during = Vec::new();
    while child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1500));
        during.extend(search(&at("disk"), &needles).0);
    }
    assert!(child.wait().unwrap().success(), "{}", std::fs::read_to_string(at("table.txt")).unwrap());
    for capture in captures(&at("out")) {
        needles.extend(of_bytes("a capture", &std::fs::read(capture).unwrap()));
    }

    // The controls: the words are in the signed form, the captures were saved, and the search finds what lies open.
    let form = captured_text(&at("out"));
    let entered = words.iter().filter(|word| form.contains(word.as_str())).count();
    assert!(entered >= 8, "only {entered} of the words came into the form");
    let (open, _) = search(&at("out"), &needles);
    assert!(open.iter().any(|found| found.contains("a capture")), "the search does not find a saved capture");
    planted(&needles);

    // The backup is the whole record too, and lies with whoever holds it.
    let (backup, files) = search(&at("out/backup"), &needles);
    assert!(files == 4 && backup.is_empty(), "in clear in the backup ({files} files): {backup:#?}");
    let (after, searched) = search(&at("disk"), &needles);
    println!("{} needles, {searched} files", needles.len());
    assert!(searched >= 4, "only {searched} files were searched");
    during.sort();
    during.dedup();
    assert!(after.is_empty() && during.is_empty(), "in clear at the end: {after:#?}\nin clear meanwhile: {during:#?}");
}

/// Every free field of every act, with a word of its own.
fn canary_values() -> (Map<String, Value>, Vec<String>) {
    let (mut values, mut words) = (Map::new(), Vec::new());
    for act in ACTS {
        let mut fields = Map::new();
        for (key, value) in given::values(act).as_object().unwrap() {
            if let (true, Some(text)) = (FREE.contains(&key.as_str()), value.as_str()) {
                let word = format!("Quxo{:02}velp{}", words.len(), ["arn", "dim", "ost"][words.len() % 3]);
                fields.insert(key.clone(), json!(format!("{text} {word}")));
                words.push(word);
            }
        }
        values.insert((*act).to_owned(), Value::Object(fields));
    }
    assert!(words.len() >= 25, "{} words", words.len());
    (values, words)
}

fn captures(out: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path());
    let found: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|it| it == "png")).collect();
    assert!(!found.is_empty(), "nothing was captured");
    found
}

fn captured_text(out: &Path) -> String {
    let entries = std::fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path());
    let mut text = String::new();
    for pdf in entries.filter(|path| path.extension().is_some_and(|it| it == "pdf")) {
        let output = run("pdftotext", &[pdf.to_str().unwrap(), "-"]);
        assert!(output.status.success(), "{}", said(&output));
        text += &String::from_utf8_lossy(&output.stdout);
    }
    text
}

/// Each needle is found where it is planted.
fn planted(needles: &[Needle]) {
    let folder = tempfile::tempdir().unwrap();
    for needle in needles {
        std::fs::write(folder.path().join("planted"), [b"before ", needle.bytes.as_slice(), b" after"].concat())
            .unwrap();
        assert!(!search(folder.path(), std::slice::from_ref(needle)).0.is_empty(), "{} is not found", needle.name);
    }
}
