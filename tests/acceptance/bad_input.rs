//! Bad input, each answered in words, with nothing lost.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::future::Future;
use std::net::TcpListener;
use std::process::Command;
use std::time::{Duration, Instant};

use acceptance::house::{PASSPHRASE, default_people};
use acceptance::outside::{built, said};
use acceptance::window::{Window, ready, steps};
use serde_json::{Value, json};
use tokio::sync::Mutex;
use trail_browser::training;

/// One window test at a time: the windows share a display.
static ONE: Mutex<()> = Mutex::const_new(());

async fn alone(run: impl Future<Output = ()>) {
    let _one = ONE.lock().await;
    tokio::time::timeout(Duration::from_secs(120), run).await.expect("the run takes less than its deadline");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passphrases_are_answered_slow_down_and_keep_nobody_out() {
    alone(async {
        let home = ready::home_before("reported", &[]);
        let mut window = Window::open("bad-input/passphrase", home.path(), "").await;
        window.at("sign-in").await;
        for _ in 0..4 {
            window.choose("person", "Jo Stirling").await;
            window.write("passphrase", "not-the-passphrase").await;
            window.press("sign-in").await;
            window.wait_for_words("main .answer", "The passphrase is wrong.").await;
            window.wait("main:not([aria-busy='true']) #passphrase[aria-invalid='true']").await;
            let left = window.script("return document.getElementById('passphrase').value", vec![]).await;
            assert_eq!(left, json!(""), "the wrong passphrase does not stay on the screen");
            wait_as_told(&window).await;
        }
        window.look("wrong-passphrase").await;
        slowed_down(&window).await;
        sign_in_in_the_end(&window, "Jo Stirling").await;
        window.close().await;
    })
    .await;
}

/// The page says how long to wait: a person waits that long.
async fn wait_as_told(window: &Window) {
    let words = window.text("main .answer").await;
    let seconds = words.split(' ').find_map(|word| word.parse::<u64>().ok()).unwrap_or(0);
    assert!(seconds < 10, "nobody waits long after four slips: {words}");
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

/// One more wrong one, and the right one at once: it is not taken before the wait is over.
async fn slowed_down(window: &Window) {
    window.choose("person", "Jo Stirling").await;
    window.write("passphrase", "not-the-passphrase").await;
    window.press("sign-in").await;
    window.wait("main:not([aria-busy='true']) #passphrase[aria-invalid='true']").await;
    let start = Instant::now();
    window.write("passphrase", PASSPHRASE).await;
    window.press("sign-in").await;
    window.wait("main[data-page='sign-in']:not([aria-busy='true'])").await;
    let taken = window.has("[data-act='carry-on']").await;
    assert!(!taken || start.elapsed() > Duration::from_secs(3), "the fifth slip in a row slows nothing down");
}

async fn sign_in_in_the_end(window: &Window, name: &str) {
    let deadline = Instant::now() + Duration::from_secs(40);
    while !window.has("[data-act='carry-on']").await {
        assert!(Instant::now() < deadline, "the right passphrase signs in once the wait is over");
        tokio::time::sleep(Duration::from_secs(2)).await;
        window.choose("person", name).await;
        window.write("passphrase", PASSPHRASE).await;
        window.press("sign-in").await;
        window.wait("main[data-page='sign-in']:not([aria-busy='true'])").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_person_is_never_the_first() {
    alone(async {
        let home = ready::home_before("reported", &[]);
        let mut window = Window::open("bad-input/same-person", home.path(), "").await;
        window.at("sign-in").await;
        let id = window.choose("person", "Jo Stirling").await;
        window.write("passphrase", PASSPHRASE).await;
        window.press("sign-in").await;
        window.wait("[data-act='carry-on']").await;
        let offered = "return [...document.querySelectorAll('#person option')].map((one) => one.value)";
        let offered = window.script(offered, vec![]).await;
        assert!(
            !offered.as_array().unwrap().contains(&json!(id)),
            "whoever is signed in is not offered again: {offered}"
        );
        // The core holds it as well, whatever a page asks for.
        let answer = window.invoke("sign_in", json!({ "person": id, "passphrase": PASSPHRASE })).await;
        let words = answer["thrown"]["happened"].as_str().unwrap_or_default();
        assert!(words.contains("signed in already"), "{answer}");
        let view = window.invoke("app_view", json!({})).await;
        assert_eq!(view["signedIn"].as_array().map(Vec::len), Some(1), "one person is signed in: {view}");
        steps::sign_in(&window, "Priya Anand").await;
        window.at("cases").await;
        window.close().await;
    })
    .await;
}

#[test]
fn without_a_display_it_says_so() {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new("timeout")
        .arg("30")
        .arg(built("evidence-trail"))
        .env("EVIDENCE_TRAIL_HOME", home.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    let words = said(&output);
    assert_eq!(output.status.code(), Some(1), "{words}");
    assert!(words.contains("Evidence Trail could not open its window"), "{words}");
    assert!(words.contains("sign in to a desktop"), "it says what to do next: {words}");
    assert!(!words.contains("panicked"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreachable_address_and_a_page_that_never_finishes_are_answered() {
    alone(async {
        let site = training::serve().unwrap();
        let closed = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
        let home = ready::home_before("session", &[]);
        let private = format!("{},{closed}", site.host_and_port());
        let mut window = Window::open("bad-input/addresses", home.path(), &private).await;
        steps::both_sign_in(&mut window).await;
        window.press("open-case").await;
        steps::open_session(&mut window).await;
        not_an_address(&mut window).await;
        unreachable(&mut window, &format!("http://{closed}/")).await;
        never_finished(&mut window, &site.url("/slow")).await;
        // What was typed and what is open are as they were: the review goes on.
        steps::capture_page(&mut window, &site.url("/board/topic-1"), "JS/1").await;
        window.press("end-session").await;
        window.at("case").await;
        window.close().await;
    })
    .await;
}

async fn not_an_address(window: &mut Window) {
    window.write("address", "javascript:alert(1)").await;
    window.press("go").await;
    window.wait_for_words("main .answer", "Only addresses that begin with http or https can be opened.").await;
    window.look("review-not-an-address").await;
    // A private address that nobody opted in is refused by the browser, and that is part of the record.
    window.write("address", "http://192.168.0.1/").await;
    window.press("go").await;
    window.wait_for_words(".visited", "Refused").await;
    window.look("review-private-address").await;
}

async fn unreachable(window: &mut Window, address: &str) {
    window.write("address", address).await;
    window.press("go").await;
    // The page before it failed too: its words are waited for, not its state.
    window.wait_for_words(".page-frame .panel", "Check the address").await;
    window.wait(".page-frame[data-page-state='failed']").await;
    window.look("review-unreachable").await;
    let words = window.text(".page-frame .panel").await;
    assert!(
        words.contains("could not be loaded") && words.contains("Check the address"),
        "it says what to do: {words}"
    );
    window.wait_for_words(".visited", "Could not be loaded").await;
}

async fn never_finished(window: &mut Window, address: &str) {
    window.write("address", address).await;
    window.press("go").await;
    window.wait(".page-frame[data-page-state='loading']").await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    window.wait(".page-frame[data-page-state='loading']").await;
    window.look("review-never-finishes").await;
    // Nobody waits for it: stopping answers at once.
    window.press("browse-stop").await;
    window.wait(".page-frame:not([data-page-state='loading'])").await;
    window.look("review-stopped").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_a_store_is_named_and_left_alone() {
    alone(async {
        let home = tempfile::tempdir().unwrap();
        let store = home.path().join("store");
        fs::create_dir_all(&store).unwrap();
        fs::write(store.join("minutes.txt"), junk()).unwrap();
        let mut window = Window::open("bad-input/not-a-store", home.path(), "").await;
        window.at("trouble").await;
        window.wait_for_words("main", "is not one of Evidence Trail").await;
        window.press("try-again").await;
        window.at("trouble").await;
        // Nor is a new store made over it.
        let answer = window.invoke("set_up", json!({ "form": set_up_as_typed() })).await;
        assert!(answer["thrown"]["happened"].is_string(), "set-up is refused: {answer}");
        window.close().await;
        assert_eq!(fs::read(store.join("minutes.txt")).unwrap(), junk(), "the file is as it was");
        assert_eq!(fs::read_dir(&store).unwrap().count(), 1, "nothing was put beside it");
    })
    .await;
}

#[test]
fn junk_under_the_names_of_a_store_is_named_and_left_alone() {
    for names in [["ledger.db"].as_slice(), &["keys.json"], &["ledger.db", "keys.json"]] {
        let home = tempfile::tempdir().unwrap();
        let store = home.path().join("store");
        fs::create_dir_all(&store).unwrap();
        for name in names {
            fs::write(store.join(name), junk()).unwrap();
        }
        let (mut app, ..) = acceptance::house::app_at(home.path());
        let trouble = app.view().trouble.expect("the store is in trouble");
        assert!(!trouble.happened.is_empty() && !trouble.todo.is_empty(), "{names:?}: {trouble:?}");
        assert!(
            app.set_up(&acceptance::house::set_up(&default_people())).is_err(),
            "{names:?}: no store is made over it"
        );
        for name in names {
            assert_eq!(fs::read(store.join(name)).unwrap(), junk(), "{names:?}: {name} is as it was");
        }
    }
}

fn junk() -> Vec<u8> {
    b"Minutes of the garden club. Nothing in here is a ledger. ".repeat(40)
}

fn set_up_as_typed() -> Value {
    let person = |initials: &str, standing: &str| {
        json!({
            "name": format!("Person {initials}"), "position": "Deputy headteacher", "initials": initials,
            "standing": standing, "passphrase": PASSPHRASE, "again": PASSPHRASE,
        })
    };
    json!({
        "schoolName": "Hollybrook School", "schoolAddress": "Mill Lane, Hollybrook", "prefix": "HB",
        "pack": "swgfl-template", "computerName": "HB-REVIEW-01", "assetTag": "HB-0417", "serial": "5CG0123XYZ",
        "location": "Safeguarding office", "withoutKeychain": true,
        "people": [person("JS", "senior"), person("PA", "senior"), person("AO", "head")],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_instance_is_told_and_the_first_goes_on() {
    alone(async {
        let home = ready::home_before("reported", &[]);
        let mut first = Window::open("bad-input/first", home.path(), "").await;
        first.at("sign-in").await;
        let mut second = Window::open("bad-input/second", home.path(), "").await;
        second.at("trouble").await;
        second.wait_for_words("main", "Evidence Trail is open already on this computer").await;
        second.wait_for_words("footer", "nothing is known of the record").await;
        steps::both_sign_in(&mut first).await;
        first.at("cases").await;
        first.close().await;
        // The first gives the store up a little after its window is gone: somebody tries until it is free.
        for _ in 0..30 {
            second.press("try-again").await;
            tokio::time::sleep(Duration::from_secs(1)).await;
            if second.has("main[data-page='sign-in']").await {
                break;
            }
        }
        second.at("sign-in").await;
        second.close().await;
    })
    .await;
}

#[test]
fn set_up_refuses_initials_that_another_has_and_makes_nothing() {
    let mut twice = acceptance::house::set_up(&default_people());
    twice.people[1].initials = twice.people[0].initials.clone();
    let folder = tempfile::tempdir().unwrap();
    let (mut app, ..) = acceptance::house::app_at(folder.path());
    let fault = app.set_up(&twice).unwrap_err();
    let words = fault.in_words(app.phrases());
    assert_eq!(words.field.as_deref(), Some("people-1-initials"), "{words:?}");
    assert!(words.happened.contains("JS"), "{words:?}");
    assert!(!folder.path().join("store").join("ledger.db").exists(), "nothing is made before all holds");
}
