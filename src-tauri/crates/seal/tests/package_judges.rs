//! Packages, judged by programs that nobody here wrote, and by the program that a stranger runs.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the support modules serve several tests")]

#[path = "support/document.rs"]
mod document;
#[path = "support/judge.rs"]
mod judge;
#[path = "support/parcel.rs"]
mod parcel;

use document::School;
use parcel::parcel;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use trail_seal::package::InMemory;

/// Writes a package into a folder of its own.
fn on_disk(name: &str, package: &InMemory) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_dir_all(&folder));
    for (name, bytes) in &package.0 {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

struct Case {
    school: School,
    folder: PathBuf,
}

fn case(name: &str) -> Case {
    let school = School::open(false);
    let folder = on_disk(&format!("package-{name}"), &parcel(&school, 3, 5000).sealed(&school, 0));
    Case { school, folder }
}

fn fingerprint(school: &School) -> String {
    hex::encode_upper(school.authority.certificate().fingerprint())
}

fn run(path: &Path, more: &[&str]) -> (String, i32) {
    let out = Command::new(env!("CARGO_BIN_EXE_evidence-trail-verify")).arg(path).args(more).output().unwrap();
    (String::from_utf8([out.stdout, out.stderr].concat()).unwrap(), out.status.code().unwrap())
}

/// The sheet, followed by a script that uses nothing of ours.
fn sheet(case: &Case, receipt: &str) -> (String, bool) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check_sheet.sh");
    let (card, scratch) = (fingerprint(&case.school), case.folder.with_extension("scratch"));
    let time = document::noon(30).timestamp().to_string();
    let arguments: [&OsStr; 6] =
        [script.as_ref(), case.folder.as_ref(), card.as_ref(), receipt.as_ref(), scratch.as_ref(), time.as_ref()];
    judge::ask("sh", &arguments)
}

fn receipt(case: &Case) -> String {
    hex::encode(parcel::sha256(&std::fs::read(case.folder.join("statement.json")).unwrap()))
}

#[test]
fn bagit_validates_the_bag_and_sees_a_changed_byte() {
    let case = case("bagit");
    assert!(judge::bagit(&case.folder));
    let view = case.folder.join("data/exhibits/JS-1/view-1.png");
    let mut bytes = std::fs::read(&view).unwrap();
    bytes[7] ^= 1;
    std::fs::write(&view, bytes).unwrap();
    assert!(!judge::bagit(&case.folder));
}

#[test]
fn the_check_sheet_holds_with_public_tools_alone() {
    let case = case("sheet");
    let receipt = receipt(&case);
    let (said, content) = sheet(&case, &receipt);
    assert!(content && said.contains("all of the sheet holds"), "{said}");
    let (said, content) = sheet(&case, &"0".repeat(64));
    assert!(!content && said.contains("differs: the receipt"), "{said}");
    std::fs::write(case.folder.join("data/extra.txt"), "x").unwrap();
    assert!(sheet(&case, &receipt).0.contains("a file is not listed"));
    std::fs::remove_file(case.folder.join("data/extra.txt")).unwrap();
    let metadata = case.folder.join("data/metadata/JS-1.json");
    std::fs::write(&metadata, "{\"mark\":\"JS/2\"}\n").unwrap();
    assert!(sheet(&case, &receipt).0.contains("a file is not the one that was listed"));
}

#[test]
fn the_check_sheet_finds_a_signature_that_is_not_this_schools() {
    let (case, other) = (case("sheet-other"), case("sheet-stranger"));
    std::fs::copy(other.folder.join("statement.p7s"), case.folder.join("statement.p7s")).unwrap();
    let receipt = receipt(&case);
    let (said, content) = sheet(&case, &receipt);
    assert!(!content && said.contains("the signature does not hold"), "{said}");
}

#[test]
fn the_program_says_what_holds_of_a_package() {
    let case = case("program");
    let card = fingerprint(&case.school);
    let (said, status) = run(&case.folder, &["--fingerprint", &card]);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("INTACT") && said.contains("the signer is known"), "{said}");
    assert!(said.contains("DC Rowan Ellery") && said.contains("every signature is there"), "{said}");
    assert!(said.contains("Of other entries only the hash is given"), "{said}");
    let (said, status) = run(&case.folder, &["--fingerprint", &"AB".repeat(32)]);
    assert!(status == 1 && said.contains("UNKNOWN SIGNER"), "{said}");
    std::fs::write(case.folder.join("data/stranger.txt"), "x").unwrap();
    let (said, status) = run(&case.folder, &[]);
    assert!(status == 1 && said.contains("ALTERED") && said.contains("data/stranger.txt"), "{said}");
}

#[test]
fn a_head_from_paper_is_compared_with_a_package_and_with_an_excerpt() {
    let case = case("head");
    let excerpt = case.folder.join("data/ledger/excerpt.jsonl");
    let read = trail_seal::package::Excerpt::read(&std::fs::read(&excerpt).unwrap()).unwrap();
    // Another case's entry, whose hash alone is there: what a card made at that time has on it.
    let (place, hash) = (7, hex::encode_upper(read.hash_at(7).unwrap()));
    let right = format!(
        "{place}:{}",
        hash.as_bytes().chunks(8).map(|group| str::from_utf8(group).unwrap()).collect::<Vec<_>>().join(" ")
    );
    let wrong = format!("8:{hash}");
    let absent = format!("4,187:{hash}");
    for path in [&case.folder, &excerpt] {
        let (said, status) = run(path, &["--head", &right]);
        assert!(status == 0 && said.contains("Ledger entry 7 has the hash that you gave"), "{said}");
        let (said, status) = run(path, &["--head", &wrong]);
        assert!(status == 1 && said.contains("Ledger entry 8 has another hash"), "{said}");
        let (said, status) = run(path, &["--head", &absent]);
        assert!(status == 1 && said.contains("Ledger entry 4187 is not in this excerpt"), "{said}");
    }
    assert_eq!(run(&excerpt, &["--head", "7"]).1, 2);
    assert_eq!(run(&case.folder.join("data/documents/HB-2026-0014-record-edition-1.pdf"), &["--head", &right]).1, 2);
}

#[test]
fn a_program_can_read_the_verdict_on_a_package() {
    let case = case("json");
    let (said, status) = run(&case.folder, &["--json"]);
    let read: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        (status, read["wholeness"].as_str(), read["signer"].as_str()),
        (0, Some("intact"), Some("not-compared"))
    );
    assert_eq!(read["statement"]["their_reference"], "EX/4711/26");
    assert_eq!(read["documents"][0]["signatures"], 3);
}

#[test]
fn a_folder_that_is_no_package_ends_with_status_2_and_practice_with_3() {
    let empty = on_disk("package-empty", &InMemory::default());
    std::fs::create_dir_all(&empty).unwrap();
    assert_eq!(run(&empty, &[]).1, 2);
    let school = School::open(true);
    let folder = on_disk("package-practice", &parcel(&school, 3, 10).sealed(&school, 0));
    let (said, status) = run(&folder, &[]);
    assert!(status == 3 && said.contains("It is not evidence"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_link_in_a_package_is_no_file_of_it() {
    let case = case("link");
    let metadata = case.folder.join("data/metadata/JS-1.json");
    let elsewhere = case.folder.with_extension("elsewhere");
    std::fs::rename(&metadata, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &metadata).unwrap();
    let (said, status) = run(&case.folder, &[]);
    assert!(status == 1 && said.contains("JS-1.json"), "{said}");
}
