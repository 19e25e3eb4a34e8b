//! How long signing and verifying take. Not run by default: `cargo test --release --test speed -- --ignored --nocapture`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a measurement is printed")]
#![allow(dead_code, reason = "the support module serves several tests")]

#[path = "support/document.rs"]
mod document;

use document::{School, build};
use std::time::{Duration, Instant};
use trail_seal::form::Fonts;
use trail_seal::sign::sign_one;
use trail_seal::verify::{Expectation, verify};

fn middle(mut act: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..7)
        .map(|_| {
            let start = Instant::now();
            act();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[3]
}

#[test]
#[ignore = "it measures; it asserts only that both were done"]
fn signing_and_verifying_eight_and_fifty_megabytes() {
    let school = School::open(false);
    println!("fonts {:?}", middle(|| drop(Fonts::bundled().unwrap())));
    for megabytes in [0, 8, 50] {
        let volume = build(&["volume"], megabytes * 1_000_000, |_| {});
        let sign = || sign_one(&volume, &school.signer(0), &school.fonts, &school.rng).unwrap();
        let signed = sign();
        let signing = middle(|| drop(sign()));
        let verifying = middle(|| assert!(verify(&signed, &Expectation::default()).all_holds()));
        println!("{megabytes} MB: sign {signing:?}, verify {verifying:?}");
    }
}
