//! One changed byte anywhere is seen.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the support module serves several tests")]

#[path = "support/document.rs"]
mod document;

use std::ops::Range;

use document::{School, build};
use trail_seal::sign::sign_one;
use trail_seal::verify::{Expectation, Wholeness, verify};

/// One thread each for the two halves of the bytes.
fn each_byte(pdf: &[u8], places: Range<usize>, change: impl Fn(usize, u8) -> u8 + Sync) -> Vec<usize> {
    let unseen = |from: usize, step: usize| {
        let mut bytes = pdf.to_vec();
        let mut unseen = Vec::new();
        for at in places.clone().skip(from).step_by(step) {
            let kept = bytes[at];
            bytes[at] = change(at, kept);
            assert_ne!(bytes[at], kept);
            if verify(&bytes, &Expectation::default()).wholeness() == Wholeness::Intact {
                unseen.push(at);
            }
            bytes[at] = kept;
        }
        unseen
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| unseen(1, 2));
        let mut all = unseen(0, 2);
        all.extend(other.join().unwrap());
        all
    })
}

fn signed() -> Vec<u8> {
    let school = School::open(false);
    sign_one(&build(&["volume"], 0, |_| {}), &school.signer(0), &school.fonts, &school.rng).unwrap()
}

#[test]
fn one_flipped_bit_in_any_byte_is_refused() {
    let pdf = signed();
    assert_eq!(verify(&pdf, &Expectation::default()).wholeness(), Wholeness::Intact);
    let unseen = each_byte(&pdf, 0..pdf.len(), |at, byte| byte ^ (1 << (at % 8)));
    assert_eq!(unseen, [] as [usize; 0]);
}

#[test]
fn a_letter_of_the_signature_in_its_other_case_is_refused() {
    let pdf = signed();
    let start = pdf.windows(10).position(|found| found == b"/Contents ").unwrap();
    let unseen = each_byte(&pdf, start..start + 3000, |_, byte| byte ^ 0x20);
    assert_eq!(unseen, [] as [usize; 0]);
}

#[test]
fn every_beginning_of_the_file_is_refused_without_panic() {
    let pdf = signed();
    for end in (0..pdf.len()).step_by(7).chain([pdf.len() - 1]) {
        assert_ne!(verify(&pdf[..end], &Expectation::default()).wholeness(), Wholeness::Intact);
    }
}
