//! A case about a member of staff that turns into a HALT, in the real window with the keyboard alone: no click, no
//! script that acts. axe-core checks every page.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::time::Duration;

use acceptance::given::PIN;
use acceptance::house::PASSPHRASE;
use acceptance::window::{Window, ready, steps};
use fantoccini::key::Key;
use trail_browser::training;

/// Longest that the run may take.
const RUN: Duration = Duration::from_secs(300);

#[tokio::test(flavor = "multi_thread")]
async fn a_staff_case_turns_into_a_halt_by_keyboard_alone() {
    tokio::time::timeout(RUN, by_keyboard()).await.expect("the run takes less than its deadline");
}

async fn by_keyboard() {
    let site = training::serve().unwrap();
    let home = ready::home_before("reported", &[]);
    let mut window = Window::open("keyboard", home.path(), &site.host_and_port()).await;
    both_sign_in(&mut window).await;
    report(&mut window).await;
    preserve(&mut window).await;
    harm_test(&mut window).await;
    triage(&mut window).await;
    group(&mut window).await;
    computer(&mut window).await;
    open_session(&mut window).await;
    to_the_gate(&mut window, &site.url("/board/topic-1")).await;
    window.enter("gate-not-sure").await;
    window.at("halt").await;
    assert_eq!(window.evidence_browsers(), [] as [u32; 0], "the evidence browser is dead");
    the_call(&mut window).await;
    window.close().await;
}

async fn both_sign_in(window: &mut Window) {
    window.at("sign-in").await;
    for name in ["Jo Stirling", "Priya Anand"] {
        window.listed("person", name).await;
        window.keyed("passphrase", PASSPHRASE).await;
        window.key(Key::Enter).await;
        if name == "Jo Stirling" {
            window.wait("[data-act='carry-on']").await;
        }
    }
}

/// A concern about a supply teacher; an empty answer is sent first, and the summary of errors has the focus.
async fn report(window: &mut Window) {
    window.at("cases").await;
    window.enter("report").await;
    window.at("report-child").await;
    window.enter("continue").await;
    window.wait("[role='alert']").await;
    window.look("report-child-empty").await;
    window.take("childSafe", "childSafe-safe").await;
    window.keyed("childSafeWords", "At home, and a parent was told").await;
    window.enter("continue").await;
    window.at("report-what").await;
    for (id, words) in [
        ("title", "Messages from a work account"),
        ("what", "A supply teacher is said to have sent messages."),
        ("when", "16 November 2026, after school"),
        ("place", "Room 4, laptop HB-0102"),
        ("reporter", "A class teacher"),
        ("reportedTo", "Jo Stirling"),
    ] {
        window.keyed(id, words).await;
    }
    window.enter("continue").await;
    window.at("report-who").await;
    window.keyed("subject", "Staff member B").await;
    window.take("subjectKind", "subjectKind-staff").await;
    window.take("worksWithChildren", "worksWithChildren-yes").await;
    window.enter("continue").await;
    window.at("report-category").await;
    window.take("category", "category-bypassing-filters").await;
    window.enter("continue").await;
    window.at("report-check").await;
    window.enter("open-case").await;
}

async fn preserve(window: &mut Window) {
    window.at("stage-reported").await;
    for (id, words) in [
        ("what", "Work laptop"),
        ("identity", "HB-0102, serial 5CG777"),
        ("place", "Office safe"),
        ("custodian", "Jo Stirling"),
        ("seal", "S-1050"),
    ] {
        window.keyed(id, words).await;
    }
    window.enter("preserve").await;
    window.wait_for_words("table", "Work laptop").await;
    window.enter("finish-preserve").await;
    window.at("case").await;
}

async fn harm_test(window: &mut Window) {
    window.enter("harm-test").await;
    window.at("harm-test").await;
    window.take("met", "met-yes-or-unsure").await;
    window.keyed("lado", "Dana Whitlock").await;
    window.keyed("words", "Rung at 08:40: the school may look, two together, and stop if in doubt.").await;
    window.look("harm-test-filled").await;
    window.enter("harm-test").await;
    window.at("case").await;
}

async fn triage(window: &mut Window) {
    window.enter("stage-triage").await;
    window.at("stage-triage").await;
    window.take("exit", "exit-other-incidents").await;
    window.keyed("reason", "Nothing reported suggests anything illegal.").await;
    window.enter("triage").await;
    window.at("case").await;
}

async fn group(window: &mut Window) {
    window.enter("stage-group").await;
    window.at("stage-group").await;
    for name in ["Jo Stirling", "Priya Anand"] {
        let id = steps::id_of_answer(window, "members", name).await;
        window.ticked(&id).await;
    }
    window.keyed("declared", "Nobody is related to, managed by or close to the person concerned.").await;
    window.enter("form-group").await;
    window.at("case").await;
}

async fn computer(window: &mut Window) {
    window.enter("stage-computer").await;
    window.at("stage-computer").await;
    window.keyed("assetTag", "HB-0417").await;
    window.ticked("notForPupils").await;
    window.ticked("canLeave").await;
    window.keyed("filter", "Forums opened by the network manager until 18:00 today").await;
    window.enter("choose-computer").await;
    window.at("case").await;
}

async fn open_session(window: &mut Window) {
    window.enter("stage-review").await;
    window.at("stage-review").await;
    window.take("operator", "operator-0").await;
    window.keyed("assetTag", "HB-0417").await;
    window.keyed("referenceIs", "Speaking clock, read by Priya Anand").await;
    window.keyed("remoteControl", "none seen").await;
    window.keyed("pin", PIN).await;
    for place in 0..2 {
        window.enter(&format!("try-key-{place}")).await;
        window.key(Key::F8).await;
        window.wait(&format!("[data-key-tried='{place}']")).await;
    }
    window.keyed("referenceTime", &steps::time_now()).await;
    window.enter("open-session").await;
    window.at("review").await;
}

/// The page is opened, described and revealed, and its capture asks the first question.
async fn to_the_gate(window: &mut Window, address: &str) {
    window.keyed("address", address).await;
    window.key(Key::Enter).await;
    window.wait(".page-frame[data-page-state='loaded'][data-covered='true']").await;
    window.keyed("title", "Topic page").await;
    window.keyed("nature", "A topic of the message board. Placeholder for content of concern.").await;
    window.keyed("concern", "It may be the account that was named.").await;
    window.enter("reveal").await;
    window.wait(".page-frame[data-covered='false']").await;
    window.look("review-revealed").await;
    window.enter("capture").await;
    window.at("gate-first").await;
}

/// The call is recorded from the card, which says by itself what is lacking.
async fn the_call(window: &mut Window) {
    window.look("halt-staff-case").await;
    window.enter("record-call").await;
    window.wait("[role='alert'] a, .govuk-error-message").await;
    window.look("halt-call-empty").await;
    for (id, words) in [
        ("reference", "CP/2026/118"),
        ("to", "County police"),
        ("person", "PC 4471"),
        ("advice", "Leave the computer as it is."),
    ] {
        window.keyed(id, words).await;
    }
    window.enter("record-call").await;
    window.wait_for_words("[data-referral='0']", "CP/2026/118").await;
    window.look("halt-call-recorded").await;
}
