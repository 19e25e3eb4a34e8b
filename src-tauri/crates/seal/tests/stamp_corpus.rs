//! Everything that fuzzing of replies found worth keeping, read once more. Files are named after what they are: `real-`
//! is read, `bad-` is refused, any other came from a fuzzer and only has to be answered.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use trail_seal::stamp::parse_reply;

/// The corpus is read in every run of the tests.
const MOST_FILES: usize = 40;
const MOST_BYTES: usize = 200_000;

fn files() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/stamp_reply");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()));
    named.collect()
}

#[test]
fn each_reply_is_read_or_refused_as_its_name_says() {
    let (mut real, mut bad) = (0, 0);
    for (name, bytes) in files() {
        let answer = parse_reply(&bytes);
        if name.starts_with("real-") {
            real += 1;
            assert_eq!(answer, Ok(()), "{name}");
        }
        if name.starts_with("bad-") {
            bad += 1;
            assert!(answer.is_err(), "{name} is read");
        }
    }
    assert!(real >= 3 && bad >= 3, "{real} real replies and {bad} bad ones are too few to say anything");
}

/// No panic on any of some thousand altered replies, and none that is cut is read.
#[test]
fn a_real_reply_that_is_cut_or_altered_is_answered() {
    for (name, bytes) in files().into_iter().filter(|(name, _)| name.starts_with("real-")) {
        for length in 0..bytes.len() {
            assert!(parse_reply(&bytes[..length]).is_err(), "{name}: its first {length} bytes are read");
        }
        let mut altered = bytes.clone();
        for at in (0..bytes.len()).step_by(2) {
            for value in [0xFF, bytes[at] ^ 1] {
                altered[at] = value;
                let _answered = parse_reply(&altered);
            }
            altered[at] = bytes[at];
        }
    }
}

#[test]
fn the_corpus_stays_small() {
    let files = files();
    assert!(files.len() <= MOST_FILES, "{} files", files.len());
    assert!(files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() <= MOST_BYTES);
}
