//! Everything that fuzzing found worth keeping, read once more. Files are named after what they are: `real-` is read,
//! `bad-` is refused, any other came from a fuzzer and only has to be answered.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use trail_store::{StoreError, parse_backup_header, parse_key_file, parse_ledger_body};

/// All three corpora together: they are read in every run of the tests.
const MOST_FILES: usize = 60;
const MOST_BYTES: u64 = 300_000;

type Parse = fn(&[u8]) -> Result<(), StoreError>;

const TARGETS: [(&str, Parse); 3] =
    [("key_file", parse_key_file), ("ledger_body", parse_ledger_body), ("backup_header", parse_backup_header)];

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus")
}

/// The files of a target's corpus, in the order of their names.
fn files(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = corpus().join(target);
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn each_file_is_read_or_refused_as_its_name_says() {
    for (target, parse) in TARGETS {
        let (mut real, mut bad) = (0, 0);
        for (name, bytes) in files(target) {
            let answer = parse(&bytes);
            if name.starts_with("real-") {
                real += 1;
                assert!(answer.is_ok(), "{target}/{name}: {answer:?}");
            }
            if name.starts_with("bad-") {
                bad += 1;
                assert!(answer.is_err(), "{target}/{name} is read");
            }
        }
        assert!(real >= 3 && bad >= 3, "{target}: {real} real files and {bad} bad ones are too few to say anything");
    }
}

/// What a stick that was pulled, or a bad sector, makes of a real file.
#[test]
fn a_real_file_that_is_cut_is_refused() {
    for (target, parse) in TARGETS {
        for (name, bytes) in files(target).into_iter().filter(|(name, _)| name.starts_with("real-")) {
            let step = (bytes.len() / 64).max(1);
            for length in (0..bytes.len()).step_by(step) {
                assert!(parse(&bytes[..length]).is_err(), "{target}/{name}: its first {length} bytes are read");
            }
        }
    }
}

#[test]
fn the_corpora_stay_small() {
    let all: Vec<(String, Vec<u8>)> = TARGETS.into_iter().flat_map(|(target, _)| files(target)).collect();
    let bytes: u64 = all.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    assert!(all.len() <= MOST_FILES, "{} files", all.len());
    assert!(bytes <= MOST_BYTES, "{bytes} bytes");
    for entry in fs::read_dir(corpus()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(TARGETS.iter().any(|(target, _)| *target == name), "{name} is no target's corpus");
    }
}
