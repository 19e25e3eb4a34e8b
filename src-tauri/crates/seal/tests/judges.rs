//! Signed documents, judged by programs that nobody here wrote.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the support modules serve several tests")]

#[path = "support/document.rs"]
mod document;
#[path = "support/judge.rs"]
mod judge;

use document::School;
use std::path::{Path, PathBuf};
use trail_seal::verify::verify;

struct Case {
    school: School,
    folder: PathBuf,
    pdf: PathBuf,
    pem: PathBuf,
}

fn case(name: &str, signatures: usize) -> Case {
    let school = School::open(false);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let (pdf, pem) = (folder.join("record.pdf"), folder.join("ca.pem"));
    std::fs::write(&pdf, school.signed(signatures)).unwrap();
    std::fs::write(&pem, school.authority.certificate().pem()).unwrap();
    Case { school, folder, pdf, pem }
}

#[test]
fn poppler_finds_three_valid_signatures_and_the_last_covers_the_document() {
    judge::poppler(&case("poppler", 3).pdf, 3);
}

#[test]
fn qpdf_finds_no_fault_after_each_signature() {
    for signatures in 0..=3 {
        judge::qpdf(&case(&format!("qpdf-{signatures}"), signatures).pdf);
    }
}

#[test]
fn pyhanko_trusts_the_authority_and_finds_only_signing_between_the_signatures() {
    let case = case("pyhanko", 3);
    judge::pyhanko(&case.pdf, &case.pem, 3);
}

#[test]
fn openssl_finds_the_signing_certificate_bound_into_each_signature() {
    let case = case("openssl", 3);
    judge::openssl(&case.pdf, &case.pem, &case.folder, 3);
}

#[test]
fn ours_agrees_with_theirs_on_the_same_file() {
    let case = case("ours", 3);
    let bytes = std::fs::read(&case.pdf).unwrap();
    let verdict = verify(&bytes, &case.school.card());
    assert!(verdict.all_holds(), "{:#?}", verdict.findings());
    judge::poppler(&case.pdf, 3);
}

#[test]
fn theirs_see_a_changed_byte_too() {
    let case = case("changed", 3);
    let mut bytes = std::fs::read(&case.pdf).unwrap();
    let at = bytes.windows(3).position(|found| found == b"re ").unwrap();
    bytes[at - 2] ^= 1;
    std::fs::write(&case.pdf, &bytes).unwrap();
    let (said, _) = judge::ask("pdfsig", &["-nocert".as_ref(), case.pdf.as_ref()]);
    assert_eq!(said.matches("Digest Mismatch").count(), 3, "{said}");
}
