//! Turns of a case in the real window: a small thing that is only logged, and what the police said after HALT, clicked
//! and typed. axe-core checks every page, each is looked at as it is and at 200 % zoom.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::future::Future;
use std::time::Duration;

use acceptance::window::keeping::{holds, problem};
use acceptance::window::{Window, ready, steps};
use fantoccini::key::Key;
use tempfile::TempDir;
use tokio::sync::Mutex;

#[path = "procedure_window/files.rs"]
mod files;
#[path = "procedure_window/screens.rs"]
mod screens;
#[path = "procedure_window/viewing.rs"]
mod viewing;

/// One window at a time: the windows share a display.
static ONE: Mutex<()> = Mutex::const_new(());

async fn alone(run: impl Future<Output = ()>) {
    let _one = ONE.lock().await;
    tokio::time::timeout(Duration::from_secs(240), run).await.expect("the run takes less than its deadline");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_only_logs_a_small_thing() {
    alone(async {
        let home = ready::home_before("group", &[]);
        let mut window = Window::open("procedure/log-only", home.path(), "").await;
        steps::sign_in(&window, "Jo Stirling").await;
        window.press("carry-on").await;
        opened(&mut window).await;
        window.press("stage-triage").await;
        window.at("stage-triage").await;
        window.tick("exit-log-only").await;
        window.press("log-only").await;
        problem(&window, "Say why it is only logged").await;
        window.look("log-only-empty").await;
        window.write("reason", "It is clear what happened, and nobody has to look into it.").await;
        window.choose("table", "Pupil").await;
        window.choose("row", "Using proxy sites").await;
        window.write("words", "The pupil explained it, and was reminded of the rules.").await;
        window.tick("told-no").await;
        window.press("log-only").await;
        problem(&window, "Say why not").await;
        assert_eq!(holds(&window, "words").await, "The pupil explained it, and was reminded of the rules.");
        window.write("parents", "The form tutor rings them today.").await;
        window.zoomed("log-only-filled").await;
        window.press("log-only").await;
        window.at("case").await;
        assert_eq!(window.attribute("li[data-stage='triage']", "data-state").await, "done");
        window.wait_for_words("li[data-stage='group']", "Not needed: the incident is only logged").await;
        window.look("case-only-logged").await;
        found_and_in_the_log(&mut window).await;
        window.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_police_said_is_recorded_by_two() {
    alone(async {
        let home = ready::home_before("session", &[]);
        let mut window = Window::open("procedure/release", home.path(), "").await;
        steps::both_sign_in(&mut window).await;
        opened(&mut window).await;
        window.press("go-changes").await;
        window.shown("changes").await;
        window.press("change-on").await;
        problem(&window, "Choose what changed").await;
        window.key(Key::F8).await;
        window.at("halt").await;
        window.wait_for_words("main", "Until the police release it").await;
        window.press("go-release").await;
        window.shown("release").await;
        window.press("record-release").await;
        problem(&window, "Choose what the police said").await;
        window.tick("decided-may-be-used").await;
        window.write("force", "County police").await;
        window.write("officer", "PC 4471").await;
        window.write("reference", "CP/2026/118").await;
        for (part, value) in ["day", "month", "year"].into_iter().zip(steps::day_from_now(0).split(' ')) {
            window.write(&format!("on-{part}"), value).await;
        }
        window.press("record-release").await;
        problem(&window, "Say how you were told").await;
        assert_eq!(holds(&window, "reference").await, "CP/2026/118", "what was typed stays");
        window.write("channel", "A call to 101, rung back through the switchboard").await;
        window.press("record-release").await;
        window.wait("main[data-page='halt'] [data-computer-released='0']").await;
        window.look("halt-computer-released").await;
        window.close().await;
    })
    .await;
}

/// The case is found by a word of its report, not by one that it does not hold; its line in the log says what was done.
async fn found_and_in_the_log(window: &mut Window) {
    window.press("go-cases").await;
    window.at("cases").await;
    window.write("search", "unheard-of").await;
    window.wait_for_words("table", "No case matches").await;
    window.write("search", "room 12 PUPIL").await;
    window.wait("[data-act='open-case']").await;
    window.look("cases-found").await;
    window.press("go-incident-log").await;
    window.shown("incident-log").await;
    window.wait_for_words("[data-cell='action-what']", "The pupil explained it").await;
    window.wait_for_words("[data-cell='signature']", "the entry is signed by Jo Stirling").await;
    the_log_on_paper(window).await;
    window.press("go-cases").await;
    window.at("cases").await;
    in_the_report(window).await;
    window.press("go-cases").await;
    opened(window).await;
    papers_of_the_case(window).await;
    window.press("to-case").await;
    window.at("case").await;
}

/// The log of a term leaves the store with a passphrase, as a PDF or as a table.
async fn the_log_on_paper(window: &mut Window) {
    window.press("save-log").await;
    window.wait_for_words("[data-count]", "1 case").await;
    window.press("save-log-now").await;
    problem(window, "Enter the passphrase").await;
    window.write("savePassphrase", acceptance::house::PASSPHRASE).await;
    window.press("save-log-now").await;
    window.wait_for_words("[data-saved]", "incident-log").await;
    window.look("incident-log-saved").await;
    let pdf = std::fs::read(window.text("[data-saved]").await.trim()).expect("the file is where the page says");
    assert!(pdf.starts_with(b"%PDF-"));
}

/// The summary is shown to paste, and the draft is of whoever signed something.
async fn papers_of_the_case(window: &mut Window) {
    window.press("go-papers").await;
    window.shown("papers").await;
    window.press("save-summary").await;
    problem(window, "Enter the passphrase").await;
    window.write("savePassphrase", acceptance::house::PASSPHRASE).await;
    window.press("save-summary").await;
    window.wait_for_words("[data-summary] [data-saved]", "case-summary.pdf").await;
    window.wait("#summaryText").await;
    window.write("statementPassphrase", acceptance::house::PASSPHRASE).await;
    window.press("save-statement").await;
    window.wait_for_words("[data-statement-saved]", "statement-draft").await;
    window.look("papers-saved").await;
}

/// One case is too few to be counted by name; the report leaves the store with a passphrase.
async fn in_the_report(window: &mut Window) {
    window.press("go-reports").await;
    window.shown("term-report").await;
    window.wait_for_words("main", "How to read the counts").await;
    window.look("term-report-counted").await;
    window.press("save-report").await;
    window.press("save-report-now").await;
    problem(window, "Enter the passphrase").await;
    window.write("savePassphrase", acceptance::house::PASSPHRASE).await;
    window.press("save-report-now").await;
    window.wait_for_words("[data-saved]", ".pdf").await;
}

/// A session in which one thing of the menu *more* is opened; the home goes with the value.
async fn in_session(name: &str, act: &str, page: &str) -> (TempDir, Window) {
    let home = ready::home_before("session", &[]);
    let mut window = Window::open(name, home.path(), "").await;
    steps::both_sign_in(&mut window).await;
    opened(&mut window).await;
    steps::open_session(&mut window).await;
    from_more(&mut window, act, page).await;
    (home, window)
}

async fn from_more(window: &mut Window, act: &str, page: &str) {
    window.press("more").await;
    window.press(act).await;
    window.at(page).await;
}

async fn opened(window: &mut Window) {
    window.at("cases").await;
    window.press("open-case").await;
    window.at("case").await;
}
