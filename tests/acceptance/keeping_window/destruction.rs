//! Destruction of one entry, and of a whole case on the day of its review: asked, agreed and decided by three people.

use std::path::{Path, PathBuf};

use acceptance::house::PASSPHRASE;
use acceptance::window::keeping::problem;
use acceptance::window::{Window, driver, ready, steps};
use serde_json::json;

use super::alone;

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_and_a_case_are_destroyed_by_three_people() {
    alone(async {
        let kept = ready::kept_since();
        let mut window = Window::open("keeping/destruction", kept.home.path(), "").await;
        an_entry(&mut window).await;
        the_case(&mut window).await;
        window.close().await;
    })
    .await;
}

async fn an_entry(window: &mut Window) {
    sign_in(window, "Jo Stirling").await;
    open(window).await;
    let exhibit = exhibit(window).await;
    window.press("stage-retained").await;
    window.shown("stage-retained").await;
    window.press("ask-destruction").await;
    window.shown("ask-destruction").await;
    window.press("ask-destruction").await;
    problem(window, "Choose what is to be destroyed").await;
    window.tick("target-entry").await;
    window.write("ground", "Erasure asked for by the parents of Pupil A on 20 November 2026").await;
    window.write("entry", "999999").await;
    window.press("ask-destruction").await;
    window.wait_for_words("main .answer", "no such entry").await;
    in_sight(window, ".answer").await;
    window.look("ask-destruction-no-such-entry").await;
    window.write("entry", &exhibit).await;
    window.press("ask-destruction").await;
    window.wait("[data-destruction][data-state='asked']").await;
    // Whoever asked does not agree.
    window.press("agree-destruction").await;
    window.wait("main .answer .notice, main .answer .govuk-error-summary").await;
    window.look("stage-retained-asked").await;
    agree(window).await;
    window.look("stage-retained-agreed").await;
    decide(window).await;
    window.wait("[data-destruction][data-state='done']").await;
    window.look("stage-retained-entry-destroyed").await;
    window.zoomed("stage-retained-entry-destroyed").await;
    kept_for_people(Path::new(&certificate(window).await), "entry");
}

async fn the_case(window: &mut Window) {
    window.lock().await;
    sign_in(window, "Jo Stirling").await;
    open(window).await;
    window.press("stage-retained").await;
    window.press("ask-destruction").await;
    window.tick("target-case").await;
    window.write("ground", "The day of the review has come; six years after the last action").await;
    window.press("ask-destruction").await;
    window.wait("[data-destruction][data-state='asked']").await;
    agree(window).await;
    decide(window).await;
    window.shown("destroyed").await;
    kept_for_people(&PathBuf::from(window.text("[data-certificate]").await), "case");
    window.press("go-to-cases").await;
    window.at("cases").await;
    assert!(!window.has("[data-act='open-case']").await, "the case is gone from the list");
}

/// It is where somebody looks, without scrolling.
async fn in_sight(window: &Window, css: &str) {
    let script = "const [css] = arguments; const main = document.querySelector('main').getBoundingClientRect();
        const box = document.querySelector(css).getBoundingClientRect();
        return box.height > 0 && box.top >= main.top - 1 && box.bottom <= main.bottom + 1;";
    if window.script(script, vec![json!(css)]).await != json!(true) {
        window.fail(&format!("{css} is out of sight")).await;
    }
}

async fn agree(window: &mut Window) {
    window.lock().await;
    sign_in(window, "Priya Anand").await;
    open(window).await;
    window.press("stage-retained").await;
    window.press("agree-destruction").await;
    window.wait("[data-destruction][data-state='agreed']").await;
}

async fn decide(window: &mut Window) {
    window.press("decide-destruction").await;
    window.at("decide-destruction").await;
    window.look("decide-destruction-nobody-may").await;
    window.lock().await;
    sign_in(window, "Amara Okonkwo-Pryce").await;
    open(window).await;
    window.press("stage-retained").await;
    window.press("decide-destruction").await;
    window.at("decide-destruction").await;
    window.look("decide-destruction-head").await;
    window.zoomed("decide-destruction-head").await;
    window.write("passphrase", "not-the-passphrase").await;
    window.press("destroy").await;
    problem(window, "The passphrase is wrong").await;
    window.write("passphrase", PASSPHRASE).await;
    window.press("destroy").await;
}

async fn sign_in(window: &mut Window, name: &str) {
    steps::sign_in(window, name).await;
    window.press("carry-on").await;
    window.at("cases").await;
}

async fn open(window: &mut Window) {
    window.press("open-case").await;
    window.at("case").await;
}

/// The number of the entry of the one exhibit.
async fn exhibit(window: &Window) -> String {
    let cases = window.invoke("cases", json!({})).await;
    let timeline = window.invoke("timeline", json!({ "case": cases["rows"][0]["id"] })).await;
    let rows = timeline.as_array().unwrap();
    let row = rows.iter().find(|row| row["kind"] == "exhibit-kept").expect("an exhibit was kept");
    row["seq"].as_str().unwrap().to_owned()
}

/// The certificate that the answer names.
async fn certificate(window: &Window) -> String {
    let said = window.text("main .answer").await;
    said.split("The certificate is in ").nth(1).expect("the answer names the certificate").trim().to_owned()
}

fn kept_for_people(certificate: &Path, name: &str) {
    assert!(certificate.is_file(), "{} is there", certificate.display());
    let folder = driver::shown_in("keeping/destruction");
    std::fs::copy(certificate, folder.join(format!("certificate-{name}.pdf"))).unwrap();
}
