//! Handing over in the real window: a package is made on a stick, checked by the program that a stranger runs, and comes
//! back. axe-core checks every page, each is looked at as it is and at 200 % zoom.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::time::Duration;

use acceptance::house::PASSPHRASE;
use acceptance::outside::{run, said};
use acceptance::window::keeping::{acts, problem};
use acceptance::window::{Window, ready, steps};
use fantoccini::key::Key;

#[tokio::test(flavor = "multi_thread")]
async fn a_package_is_made_checked_and_comes_back() {
    let run = tokio::time::timeout(Duration::from_secs(240), handed_over());
    run.await.expect("the run takes less than its deadline");
}

async fn handed_over() {
    let kept = ready::kept_since();
    let stick = tempfile::tempdir().unwrap();
    let mut window = Window::open("handing", kept.home.path(), "").await;
    steps::both_sign_in(&mut window).await;
    window.at("cases").await;
    window.press("open-case").await;
    window.at("case").await;
    window.press("go-hand-over").await;
    window.shown("hand-over").await;
    window.press("make-package").await;
    window.shown("package-whom").await;
    window.press("continue").await;
    problem(&window, "Choose whom the package is for").await;
    window.tick("variant-police").await;
    window.write("to", "DC Rowan Ellery").await;
    window.write("organisation", "Example Constabulary").await;
    window.write("reference", "EX/4711/26").await;
    window.press("continue").await;
    window.at("package-where").await;
    window.wait("[data-act='look-again']").await;
    if window.has("input[name='place']").await {
        let id = steps::id_of_answer(&window, "place", "Another folder").await;
        window.tick(&id).await;
    }
    window.write("folder", &stick.path().display().to_string()).await;
    window.write("medium", "USB stick, encrypted, blue label").await;
    window.press("make-package-now").await;
    problem(&window, "Choose how it is delivered").await;
    window.tick("delivery-bag").await;
    window.press("make-package-now").await;
    problem(&window, "Enter its serial number, or why there is none").await;
    window.write("serial", "0930-AA41").await;
    acts(&window, ["person", "passphrase"], "Jo Stirling", PASSPHRASE).await;
    window.look("package-where-filled").await;
    window.press("make-package-now").await;
    window.shown("package-made").await;
    let package = window.text("[data-package]").await;
    let judged = run_verifier(&package);
    assert!(judged.contains("INTACT") && judged.contains("every signature is there"), "{judged}");
    let statement = window.text("[data-statement]").await.replace(' ', "");
    assert!(judged.replace(' ', "").contains(&statement), "the page shows another hash than the package has");
    window.press("package-done").await;
    window.at("hand-over").await;
    window.press("package-ended").await;
    window.shown("package-ended").await;
    window.tick("how-returned").await;
    window.write("words", "Jo Stirling had it back by hand on the same day.").await;
    window.press("record-end").await;
    window.at("hand-over").await;
    window.wait_for_words("[data-hand-over='1'] [data-ended]", "Came back: Jo Stirling had it back").await;
    window.look("hand-over-listed").await;
    redacted_zip(&mut window, &stick.path().display().to_string()).await;
    window.key(Key::F8).await;
    window.at("halt").await;
    window.close().await;
}

/// A redacted package for the Local Authority, in a ZIP whose passphrase is shown once.
async fn redacted_zip(window: &mut Window, folder: &str) {
    window.press("make-package").await;
    window.shown("package-whom").await;
    window.tick("variant-local-authority").await;
    window.wait("[name='named']").await;
    window.tick("named-0").await;
    window.write("to", "Sam Reyes").await;
    window.write("organisation", "Example Council").await;
    window.write("reference", "EX/LA/9").await;
    window.look("package-whom-redacted").await;
    window.press("continue").await;
    window.at("package-where").await;
    window.wait("[data-act='look-again']").await;
    window.tick("delivery-zip").await;
    if window.has("input[name='place']").await {
        let id = steps::id_of_answer(window, "place", "Another folder").await;
        window.tick(&id).await;
    }
    window.write("folder", folder).await;
    window.write("medium", "Sent by e-mail").await;
    window.write("serial", "None: it is not a medium").await;
    acts(window, ["person", "passphrase"], "Jo Stirling", PASSPHRASE).await;
    window.press("make-package-now").await;
    window.shown("package-made").await;
    window.look("package-made-zip").await;
    let (zip, words) = (window.text("[data-package]").await, window.text("[data-passphrase]").await);
    let tested = run("7z", &["t", &format!("-p{words}"), &zip]);
    assert!(tested.status.success(), "{}", said(&tested));
    window.press("package-done").await;
    window.at("hand-over").await;
    window.wait_for_words("[data-hand-over='2'] [data-delivered]", "An encrypted ZIP").await;
    assert!(!window.has("[data-passphrase]").await, "the passphrase is shown again");
    window.look("hand-over-listed-zip").await;
}

fn run_verifier(package: &str) -> String {
    let beside = std::env::var("EVIDENCE_TRAIL_BIN").expect("EVIDENCE_TRAIL_BIN names the built program");
    let program = std::path::Path::new(&beside).with_file_name("evidence-trail-verify");
    let output = run(&program.display().to_string(), &[package]);
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}
