//! Everything that a fuzzer starts from or found worth keeping, answered once more, and each of it cut and changed.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the support modules serve several tests")]

#[path = "support/document.rs"]
mod document;
#[path = "support/forgery.rs"]
mod forgery;
#[path = "support/judge.rs"]
mod judge;
#[path = "../fuzz/packed.rs"]
mod packed;
#[path = "support/parcel.rs"]
mod parcel;
#[path = "support/vectors.rs"]
mod vectors;

use std::path::{Path, PathBuf};

use trail_seal::package::{verify_excerpt, verify_package};
use trail_seal::verify::{Expectation, Wholeness, verify};
use vectors::Content;

/// The seeds of packages: the vectors whose reading goes deepest.
const PACKED: [&str; 5] = ["whole", "signed-once", "relisted", "entry-missing", "practice"];

type Answer = fn(&[u8]) -> Wholeness;

fn form(bytes: &[u8]) -> Wholeness {
    verify(bytes, &Expectation::default()).wholeness()
}

fn excerpt(bytes: &[u8]) -> Wholeness {
    verify_excerpt(bytes).wholeness()
}

fn package(bytes: &[u8]) -> Wholeness {
    verify_package(&packed::unpacked(bytes), &Expectation::default()).wholeness()
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(here(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Inputs by their names.
type Named = Vec<(String, Vec<u8>)>;

/// Each target with the folders that it starts from.
fn targets() -> [(Answer, Named); 3] {
    let all = |folders: &[&str]| folders.iter().flat_map(|folder| files(folder)).collect();
    [
        (form, all(&["fuzz/corpus/form", "vectors/forms"])),
        (excerpt, all(&["fuzz/corpus/excerpt", "vectors/excerpts"])),
        (package, all(&["fuzz/corpus/package"])),
    ]
}

#[test]
fn the_seeds_of_packages_are_those_vectors() {
    for vector in vectors::all() {
        let Content::Package(files) = vector.content else { continue };
        let name = vector.path.trim_start_matches("packages/");
        assert_eq!(packed::unpacked(&packed::packed(&files)), files, "{name} is not the same after unpacking");
        if PACKED.contains(&name) {
            let path = here("fuzz/corpus/package").join(name);
            if std::env::var_os("TRAIL_WRITE_VECTORS").is_some() {
                std::fs::write(&path, packed::packed(&files)).unwrap();
            }
            assert!(std::fs::read(path).unwrap() == packed::packed(&files), "{name} is another package");
        }
    }
}

#[test]
fn each_seed_is_answered_whole_cut_and_changed() {
    for (answer, files) in targets() {
        assert!(files.len() >= 6, "too few seeds");
        let mut intact = 0;
        for (name, bytes) in files {
            intact += usize::from(answer(&bytes) == Wholeness::Intact);
            let step = (bytes.len() / 24).max(1);
            for at in (0..bytes.len()).step_by(step) {
                assert_ne!(answer(&bytes[..at]), Wholeness::Intact, "{name} cut at {at}");
                let mut changed = bytes.clone();
                changed[at] ^= 0x55;
                // In a packed package, a length or a name may say the same in another way; it is answered all the same.
                let _answered = answer(&changed);
            }
        }
        assert!(intact > 0, "no seed holds");
    }
}
