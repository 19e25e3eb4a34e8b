//! The test vectors and the table of attacks: both are made here, and both are held to what is in the tree.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the table of attacks is printed")]
#![allow(clippy::disallowed_methods, reason = "an authority stamps by the real clock")]
#![allow(dead_code, reason = "the support modules serve several tests")]

#[path = "support/document.rs"]
mod document;
#[path = "support/forgery.rs"]
mod forgery;
#[path = "support/judge.rs"]
mod judge;
#[path = "support/parcel.rs"]
mod parcel;
#[path = "support/stamper.rs"]
mod stamper;
#[path = "support/vectors.rs"]
mod vectors;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use chrono::{DateTime, SubsecRound, Utc};
use serde_json::Value;
use stamper::{Flaw, Stamper};
use trail_seal::verify::{Expectation, verify};
use vectors::{card, cases, folder, found, grounds, of_form, poppler};

/// Writes instead of comparing.
const WRITE: &str = "TRAIL_WRITE_VECTORS";
/// Asks an authority for the time-stamps anew, too: its clock is the real one.
const STAMP: &str = "TRAIL_STAMP_VECTORS";
const LARGEST: usize = 2_400_000;

fn is_writing() -> bool {
    std::env::var_os(WRITE).is_some()
}

fn on_disk(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            on_disk(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, std::fs::read(path).unwrap());
        }
    }
}

/// The list as it is in the tree, where its answers of pdfsig are not those of the program that is installed.
fn recorded() -> Option<Value> {
    let list = std::fs::read(folder().join("vectors.json")).ok().filter(|_| !is_writing())?;
    let list: Value = serde_json::from_slice(&list).unwrap();
    (list["pdfsig"].as_str() != Some(poppler::version().as_str())).then_some(list)
}

#[test]
fn the_folder_of_vectors_is_what_the_generator_makes() {
    if is_writing() && std::env::var_os(STAMP).is_some() {
        stamp_anew();
    }
    let made = vectors::files(recorded().as_ref());
    let size: usize = made.values().map(Vec::len).sum();
    assert!(size < LARGEST, "the vectors have {size} bytes");
    let folder = folder();
    if is_writing() {
        // Where nothing is written, the comparison with the tree says the same.
        assert_eq!(made, vectors::files(None), "the generator makes other bytes each time");
        drop(std::fs::remove_dir_all(&folder));
        for (name, bytes) in &made {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }
    let mut there = BTreeMap::new();
    on_disk(&folder, "", &mut there);
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&there), names(&made), "{WRITE}=1 cargo test --test vectors writes the folder anew");
    let other: Vec<&String> =
        made.iter().filter(|(name, bytes)| there[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(other.is_empty(), "{other:?} differ; {WRITE}=1 cargo test --test vectors writes the folder anew");
}

/// Has the one signature stamped that is made at this second.
fn stamp_anew() {
    let stamper = Stamper::make(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("vectors-time"), Flaw::None);
    let now = DateTime::<Utc>::from(SystemTime::now()).trunc_subsecs(0);
    vectors::timed::keep(now, &stamper.root_pem(), |question| stamper.reply(question));
}

#[test]
fn the_vectors_time_authority_is_known_where_it_is_given_and_unknown_where_another_is() {
    let all = vectors::all();
    let stamped: Vec<_> = all.iter().filter(|vector| vector.path.contains("/stamped")).collect();
    assert_eq!(stamped.len(), 2, "a form and a package have a time-stamp that holds");
    for (given, fails) in [(vectors::timed::authority(), &[][..]), ([7; 32], &["time-authority"])] {
        let expect = Expectation { time_authorities: vec![given], ..card() };
        let fails: Vec<String> = fails.iter().map(ToString::to_string).collect();
        for vector in &stamped {
            let found = found(&vector.content, &expect);
            assert_eq!((found.wholeness, &found.fails), ("intact", &fails), "{}", vector.path);
        }
    }
}

#[test]
fn what_should_hold_holds_and_every_other_vector_fails() {
    let card = card();
    let all = vectors::all();
    let holds: Vec<&str> = all
        .iter()
        .filter(|vector| found(&vector.content, &card).fails.is_empty())
        .map(|vector| vector.path.as_str())
        .collect();
    assert_eq!(
        holds,
        [
            "excerpts/hashes-alone.jsonl",
            "excerpts/whole.jsonl",
            "forms/stamped.pdf",
            "forms/whole-one.pdf",
            "forms/whole-three.pdf",
            "packages/loose-redacted",
            "packages/redacted",
            "packages/signed-once",
            "packages/stamped",
            "packages/whole"
        ]
    );
    assert!(all.len() > 70, "{}", all.len());
    for vector in all.iter().filter(|vector| vector.path.ends_with("practice") || vector.path.ends_with("practice.pdf"))
    {
        let found = found(&vector.content, &card);
        assert!(found.practice && found.fails == ["fingerprint"], "{}: {found:?}", vector.path);
    }
}

/// Rows of `ATTACKS.md`: each attack on a record of three signatures, what is said of it here, and what pdfsig says.
fn table() -> String {
    let [_, three] = grounds();
    let card = card();
    let mut out = format!("| attack | ours | `pdfsig` {} |\n|---|---|---|\n", poppler::version());
    let mut class = String::new();
    for case in cases() {
        if case.class != class {
            class.clone_from(&case.class);
            out.push_str(&format!("| **{class}** | | |\n"));
        }
        let file = forgery::made(&case.act, &three);
        let found = of_form(&verify(&file, &card));
        assert!(!found.fails.is_empty(), "{} holds", case.act);
        let theirs = poppler::says(&format!("attack-{}.pdf", case.act), &file);
        let ours = if found.wholeness == "intact" { "unknown signer" } else { found.wholeness };
        out.push_str(&format!("| `{}`: {} | {ours}: {} | {theirs} |\n", case.act, case.why, found.fails.join(", ")));
    }
    out
}

#[test]
fn each_published_attack_is_refused_beside_what_pdfsig_says_of_it() {
    const MARK: &str = "\n| attack |";
    let table = table();
    println!("{table}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ATTACKS.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let words = page.split(MARK).next().unwrap();
    if is_writing() {
        std::fs::write(&path, format!("{words}\n{table}")).unwrap();
        return;
    }
    let there = &page[words.len() + 1..];
    if there.lines().next() == table.lines().next() {
        assert_eq!(there, table, "{WRITE}=1 cargo test --test vectors writes the table anew");
    } else {
        // Another version of pdfsig: what is said here must be the same all the same.
        let ours = |table: &str| -> Vec<String> {
            table.lines().skip(1).map(|line| line.rsplit_once(" | ").unwrap_or_default().0.to_owned()).collect()
        };
        assert_eq!(ours(there), ours(&table));
    }
    for published in [
        "shadow: hide",
        "shadow: replace",
        "shadow: hide and replace",
        "universal signature forgery",
        "incremental saving",
        "signature wrapping",
        "evil annotation",
        "sneaky signature",
        "gap and padding",
        "certificate swap",
        "revision dropped",
    ] {
        assert!(table.contains(&format!("| **{published}** |")), "{published}");
    }
}
