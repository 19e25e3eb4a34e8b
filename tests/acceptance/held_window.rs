//! What is held until two people give a reason, in the real window: a page of another site and a form with a password.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::time::Duration;

use acceptance::given::PIN;
use acceptance::house::{House, default_people};
use acceptance::perform::{Ended, Walk};
use acceptance::script::{sign_in, walk_to};
use acceptance::window::{Window, ready, steps};
use serde_json::Map;
use trail_browser::training;

const FORM: &str = "<title>Signs in</title><form method=post action=/post><input name=who value=placeholder>\
    <input type=password name=word value=placeholder></form><script>setTimeout(() => document.forms[0].submit(), 500)</script>";

#[tokio::test(flavor = "multi_thread")]
async fn another_site_and_a_sign_in_wait_for_a_reason_of_both_people() {
    let run = tokio::time::timeout(Duration::from_secs(240), held());
    run.await.expect("the run takes less than its deadline");
}

async fn held() {
    let site = training::serve_with(&[("/signs-in", FORM)]).unwrap();
    let other = training::serve().unwrap();
    let leads = format!(
        "<title>Leads on</title><script>setTimeout(() => location.href = '{}', 500)</script>",
        other.url("/board")
    );
    let first = training::serve_with(&[("/leads", &leads)]).unwrap();
    let home = ready::home_before("session", &[]);
    let private = [&site, &other, &first].map(|site| site.host_and_port()).join(",");
    let mut window = Window::open("held", home.path(), &private).await;
    steps::both_sign_in(&mut window).await;
    window.press("open-case").await;
    steps::open_session(&mut window).await;
    open(&mut window, &first.url("/leads")).await;
    // The page itself leads on: it is held, and a reason lets it through.
    window.wait("form[data-held='other-site']").await;
    window.wait_for_words(".held-address", &other.host_and_port().replace('.', "[.]")).await;
    window.look("held-other-site").await;
    window.press("give-reason").await;
    window.wait_for_words("#heldReason-error", "Enter why it has to be let through").await;
    window.write("heldReason", "The board leads there, and the pupil was seen on it.").await;
    window.write("pin", "7144").await;
    window.press("give-reason").await;
    window.wait_for_words("#pin-error", "Type the PIN again").await;
    window.look("held-wrong-pin").await;
    window.write("pin", PIN).await;
    window.press("give-reason").await;
    window.wait(".page-title[title^='Message board']").await;
    window.wait("main[data-page='review']:not(:has(.govuk-error-summary))").await;
    window.wait(".page-frame[data-page-state='loaded']").await;
    window.wait("main[data-page='review']:not(:has([data-held]))").await;
    // One that is typed is held too, and can be left.
    window.write("address", &site.url("/")).await;
    window.press("go").await;
    window.wait("form[data-held='other-site']").await;
    window.press("leave-held").await;
    window.wait("main[data-page='review']:not(:has([data-held]))").await;
    window.write("address", &site.url("/signs-in")).await;
    window.press("go").await;
    window.wait("form[data-held='other-site']").await;
    window.write("heldReason", "It is named on the board.").await;
    window.write("pin", PIN).await;
    window.press("give-reason").await;
    // Its form is held on its own, and the reason has to name the account.
    window.wait("form[data-held='password-form']").await;
    window.look("held-password-form").await;
    window.write("heldReason", "What the account shows is what was reported.").await;
    window.write("pin", PIN).await;
    window.press("give-reason").await;
    window.wait_for_words("#accountWhose-error", "Enter whose account is used").await;
    window.write("accountWhose", "The school's own account for reviews").await;
    window.write("accountAuthority", "The headteacher agreed on the telephone").await;
    window.write("pin", PIN).await;
    window.press("give-reason").await;
    window.wait("main[data-page='review']:not(:has([data-held]))").await;
    window.press("browse-reload").await;
    window.wait_for_words(".visited", "A form was sent, with a reason").await;
    // The answer leads on to another page of the site, and nothing is sent there.
    window.wait("main[data-page='review']:not(:has([data-held]))").await;
    window.look("held-let-through").await;
    window.press("end-session").await;
    window.at("case").await;
    window.press("go-timeline").await;
    window.wait_for_words("main", "Two people let something through, with a reason").await;
    window.close().await;
}

async fn open(window: &mut Window, address: &str) {
    window.write("address", address).await;
    window.press("go").await;
    window.wait(".page-frame[data-page-state='loaded']").await;
}

/// A page that goes on wanting things gets nothing for a reason that was given for something else.
#[test]
fn a_reason_lets_through_only_what_both_people_saw_held() {
    let mut walk = Walk::new(House::with(&default_people()));
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    walk_to(&mut walk, Some("captured")).unwrap();
    let wants = |walk: &Walk, address: &str| walk.house.browser.lock().unwrap().wants = Some(address.to_owned());
    let let_through =
        |walk: &Walk| walk.house.browser.lock().unwrap().asked.iter().any(|asked| asked.contains("third"));
    wants(&walk, "https://second.example/");
    let case = walk.case.clone();
    assert!(walk.house.app.review(&case).unwrap().held.is_some());
    wants(&walk, "https://third.example/");
    let ended = walk.perform("give-reason", Map::new());
    assert!(matches!(&ended, Ended::Trouble(code, _) if code == "held-changed"), "{ended:?}");
    assert!(!let_through(&walk), "the reason was for another site");
    assert_eq!(walk.perform("give-reason", Map::new()), Ended::Done);
    assert!(let_through(&walk));
}
