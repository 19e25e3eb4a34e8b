//! Handing over in the real window: a package is made on a stick, checked by the program that a stranger runs, and comes
//! back. axe-core checks every page, each is looked at as it is and at 200 % zoom.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::time::Duration;

use acceptance::house::PASSPHRASE;
use acceptance::outside::{run, said};
use acceptance::window::keeping::{acts, go_to, problem};
use acceptance::window::{Window, ready, steps};
use fantoccini::key::Key;

#[tokio::test(flavor = "multi_thread")]
async fn a_package_is_made_checked_and_comes_back() {
    let run = tokio::time::timeout(Duration::from_secs(300), handed_over());
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
    verified(&mut window, &package, stick.path()).await;
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

/// What comes back is verified in the app: a folder by its path with a head from paper, a document that is dropped, and what
/// was changed or is no package.
async fn verified(window: &mut Window, package: &str, scratch: &Path) {
    go_to(window, "verify").await;
    window.at("verify").await;
    window.press("verify").await;
    problem(window, "Enter the path of the file or of the package's folder").await;
    window.write("path", package).await;
    let excerpt = std::fs::read_to_string(Path::new(package).join("data/ledger/excerpt.jsonl")).unwrap();
    let title: serde_json::Value = serde_json::from_str(excerpt.lines().next().unwrap()).unwrap();
    window.write("entry", title["head"]["seq"].as_str().unwrap()).await;
    window.write("hash", title["head"]["hash"].as_str().unwrap()).await;
    window.press("verify").await;
    window.wait("[data-wholeness='intact']").await;
    window.wait("[data-signer='known']").await;
    window.wait_for_words("[data-facts='holds']", "the hash that you typed from paper").await;
    assert!(!window.has("[data-facts='fails']").await);
    window.look("verify-package").await;
    window.click("[data-act='another-school']").await;
    window.write("fingerprint", "0a1b").await;
    window.press("verify").await;
    problem(window, "This is not a hash or a fingerprint").await;
    window.write("fingerprint", &"0A1B ".repeat(16)).await;
    window.press("verify").await;
    window.wait("[data-wholeness='intact']").await;
    window.wait_for_words("[data-signer='unknown']", "whose fingerprint you entered").await;
    assert!(window.has(".verdict.warn").await, "a signer whom nobody knows is shown in green");
    window.look("verify-another-school").await;
    window.write("fingerprint", " ").await;

    let documents = std::fs::read_dir(Path::new(package).join("data/documents")).unwrap();
    let document = documents.map(|entry| entry.unwrap().path()).next().unwrap();
    let mut bytes = std::fs::read(&document).unwrap();
    window.give_file("file", &document).await;
    window.wait_for_words("[data-name]", &document.file_name().unwrap().to_string_lossy()).await;
    window.wait("[data-wholeness='intact']").await;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let changed = scratch.join("changed.pdf");
    std::fs::write(&changed, bytes).unwrap();
    window.give_file("file", &changed).await;
    window.wait("[data-wholeness='altered']").await;
    window.wait("[data-facts='fails']").await;
    window.look("verify-altered").await;
    let letter = scratch.join("letter.txt");
    std::fs::write(&letter, "Dear parents").unwrap();
    window.give_file("file", &letter).await;
    window.wait("[data-wholeness='cannot-tell']").await;
    let zip = scratch.join("any.zip");
    std::fs::write(&zip, b"PK\x03\x04 placeholder").unwrap();
    window.give_file("file", &zip).await;
    problem(window, "This is a ZIP file").await;
    window.look("verify-zip").await;
    assert!(!window.has("[data-wholeness]").await, "what was found before is still shown");
}

fn run_verifier(package: &str) -> String {
    let beside = std::env::var("EVIDENCE_TRAIL_BIN").expect("EVIDENCE_TRAIL_BIN names the built program");
    let program = std::path::Path::new(&beside).with_file_name("evidence-trail-verify");
    let output = run(&program.display().to_string(), &[package]);
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}
