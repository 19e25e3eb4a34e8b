//! The program that a stranger runs.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the support module serves several tests")]

#[path = "support/document.rs"]
mod document;

use document::School;
use std::path::Path;
use std::process::Command;

fn run(name: &str, bytes: &[u8], more: &[&str]) -> (String, i32) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("program-{name}.pdf"));
    std::fs::write(&path, bytes).unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_evidence-trail-verify")).arg(&path).args(more).output().unwrap();
    (String::from_utf8([out.stdout, out.stderr].concat()).unwrap(), out.status.code().unwrap())
}

#[test]
fn a_whole_record_ends_with_status_0_and_says_what_was_not_checked() {
    let school = School::open(false);
    let (said, status) = run("whole", &school.signed(3), &[]);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("INTACT") && said.contains("compare the fingerprint with the card"), "{said}");
    assert!(said.contains("Nobody else vouches for them"), "{said}");
    let card = hex::encode_upper(school.authority.certificate().fingerprint());
    let spaced: Vec<&str> = (0..8).map(|group| &card[group * 8..group * 8 + 8]).collect();
    let (said, status) = run("known", &school.signed(3), &["--fingerprint", &spaced.join(" ")]);
    assert!(status == 0 && said.contains("the signers are known"), "{said}");
}

#[test]
fn an_unknown_signer_and_an_altered_or_unfinished_file_end_with_status_1() {
    let school = School::open(false);
    let (said, status) = run("unknown", &school.signed(3), &["--fingerprint", &"AB".repeat(32)]);
    assert!(status == 1 && said.contains("UNKNOWN SIGNER"), "{said}");
    let mut changed = school.signed(3);
    changed[120] ^= 1;
    let (said, status) = run("changed", &changed, &[]);
    assert!(status == 1 && said.contains("ALTERED"), "{said}");
    let (said, status) = run("unfinished", &school.signed(2), &[]);
    assert!(status == 1 && said.contains("A signature is missing"), "{said}");
}

#[test]
fn what_cannot_be_read_ends_with_status_2_and_practice_with_3() {
    assert_eq!(run("nothing", b"nothing", &[]).1, 2);
    assert_eq!(run("unsigned", &document::record(), &[]).1, 2);
    assert_eq!(run("usage", b"", &["--fingerprint", "12"]).1, 2);
    let (said, status) = run("practice", &School::open(true).signed(3), &[]);
    assert!(status == 3 && said.contains("It is not evidence"), "{said}");
}

#[test]
fn a_program_can_read_the_verdict() {
    let school = School::open(false);
    let (said, status) = run("json", &school.signed(3), &["--json"]);
    let read: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((status, read["wholeness"].as_str()), (0, Some("intact")));
    assert_eq!(read["signatures"][2]["name"], "Amara Okonkwo-Pryce");
    assert_eq!(read["file_sha256"].as_str().unwrap().len(), 64);
}
