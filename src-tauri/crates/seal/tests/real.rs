//! The documents as they are really drawn, signed and judged by everyone.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the support modules serve several tests")]

#[path = "support/document.rs"]
mod document;
#[path = "support/judge.rs"]
mod judge;

use document::School;
use std::path::Path;
use trail_seal::form::record::RecordModel;
use trail_seal::form::referral::ReferralModel;
use trail_seal::form::{Fonts, record, referral};
use trail_seal::sign::sign_one;
use trail_seal::verify::verify;

const RECORD: &str = include_str!("../../../../tests/golden/record.json");
const REFERRAL: &str = include_str!("../../../../tests/golden/referral.json");

fn judged(name: &str, school: &School, pdf: &[u8], signatures: usize) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let (file, pem) = (folder.join("signed.pdf"), folder.join("ca.pem"));
    std::fs::write(&file, pdf).unwrap();
    std::fs::write(&pem, school.authority.certificate().pem()).unwrap();
    let verdict = verify(pdf, &school.card());
    assert!(verdict.all_holds(), "{:#?}", verdict.findings());
    judge::poppler(&file, signatures);
    judge::qpdf(&file);
    judge::pyhanko(&file, &pem, signatures);
}

#[test]
fn the_record_of_review_is_signed_three_times_and_everyone_agrees() {
    let school = School::open(false);
    let model: RecordModel = serde_json::from_str(RECORD).unwrap();
    let drawn = record::lay_out(&model, &Fonts::bundled().unwrap()).unwrap();
    let names = [record::FIRST, record::SECOND, record::HEAD];
    assert_eq!(names, document::THREE);
    let signed = (0..3).fold(drawn.into_bytes(), |pdf, place| school.sign(&pdf, place).unwrap());
    judged("real-record", &school, &signed, 3);
}

#[test]
fn the_referral_record_is_signed_once_and_everyone_agrees() {
    let school = School::open(false);
    let model: ReferralModel = serde_json::from_str(REFERRAL).unwrap();
    let drawn = referral::lay_out(&model, &Fonts::bundled().unwrap()).unwrap();
    let signed = sign_one(drawn.bytes(), &school.signer(0), &school.fonts, &school.rng).unwrap();
    judged("real-referral", &school, &signed, 1);
}
