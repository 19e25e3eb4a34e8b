//! The whole procedure in the real window: the real program under a driver, from first-run set-up to the signed form;
//! and into HALT. axe-core checks every page, and a picture of each is kept under `target/window/`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use acceptance::house::PASSPHRASE;
use acceptance::window::{Window, driver, judge, ready, steps};
use fantoccini::key::Key;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use trail_browser::training;

/// One window at a time: the windows share a display.
static ONE: Mutex<()> = Mutex::const_new(());

/// Longest that one run may take.
const RUN: Duration = Duration::from_secs(240);

#[tokio::test(flavor = "multi_thread")]
async fn from_first_run_to_the_signed_form() {
    let _one = ONE.lock().await;
    tokio::time::timeout(RUN, to_the_signed_form()).await.expect("the run takes less than its deadline");
}

#[tokio::test(flavor = "multi_thread")]
async fn halt_by_key_closes_the_browser_and_seals_what_was_captured() {
    let _one = ONE.lock().await;
    tokio::time::timeout(RUN, into_halt()).await.expect("the run takes less than its deadline");
}

#[tokio::test(flavor = "multi_thread")]
async fn not_sure_at_the_gate_is_halt() {
    let _one = ONE.lock().await;
    tokio::time::timeout(RUN, not_sure()).await.expect("the run takes less than its deadline");
}

#[tokio::test(flavor = "multi_thread")]
async fn practice_begins_with_the_passphrase_it_shows() {
    let _one = ONE.lock().await;
    tokio::time::timeout(RUN, practice()).await.expect("the run takes less than its deadline");
}

async fn to_the_signed_form() {
    let site = training::serve().unwrap();
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open("", home.path(), &site.host_and_port()).await;
    let fingerprint = steps::set_up(&mut window).await;
    steps::both_sign_in(&mut window).await;
    steps::report(&mut window).await;
    steps::preserve(&mut window).await;
    steps::triage_by_keyboard(&mut window).await;
    steps::group(&mut window).await;
    steps::computer(&mut window).await;
    steps::open_session(&mut window).await;
    steps::capture_page(&mut window, &site.url("/board/topic-1"), "JS/1").await;
    whole_page(&mut window, &site.url("/gallery")).await;
    address_only(&mut window).await;
    steps::paused_and_confirmed(&mut window).await;
    window.press("end-session").await;
    window.at("case").await;
    assert_eq!(window.evidence_browsers(), [] as [u32; 0], "the evidence browser ends with its session");
    look_at_the_exhibits(&mut window).await;
    judgement(&mut window).await;
    actions(&mut window).await;
    make_and_sign(&mut window).await;
    head_signs_off(&mut window).await;
    let form = PathBuf::from(window.text("[data-document='record'] [data-saved]").await);
    window.press("to-case").await;
    retain_and_check(&mut window).await;
    window.close().await;
    assert!(form.starts_with(home.path().join("outgoing")), "{} is among the outgoing files", form.display());
    accepted(&form, &fingerprint);
}

async fn whole_page(window: &mut Window, address: &str) {
    steps::visit(window, address).await;
    steps::describe(window, "Picture wall, the whole page").await;
    steps::reveal(window).await;
    window.press("scroll-through").await;
    window.wait("[data-scrolled-through]").await;
    window.press("more").await;
    window.look("review-more").await;
    window.press("capture-whole").await;
    steps::both_no(window, "JS/2").await;
}

async fn address_only(window: &mut Window) {
    steps::describe(window, "Address of the picture wall").await;
    window.press("address-only").await;
    window.wait("[data-exhibit='JS/3']").await;
    window.look("review-three-exhibits").await;
}

async fn look_at_the_exhibits(window: &mut Window) {
    window.press("go-exhibits").await;
    window.at("exhibits").await;
    assert!(!window.has("main img").await, "no picture is shown before somebody asks for it");
    window.press("reveal-picture").await;
    window.wait("[data-picture='revealed'] img").await;
    window.look("exhibits-revealed").await;
    window.press("back-to-case").await;
    window.at("case").await;
}

async fn judgement(window: &mut Window) {
    window.press("stage-judgement").await;
    window.at("stage-judgement").await;
    steps::seal_view(window, "Jo Stirling").await;
    window.wait("[data-view='sealed']").await;
    window.look("stage-judgement-one-sealed").await;
    steps::seal_view(window, "Priya Anand").await;
    window.tick("finding-substance").await;
    window.look("stage-judgement-opened").await;
    window.write("reasons", "Both saw the same pages and agree.").await;
    window.press("find").await;
    window.at("case").await;
}

async fn actions(window: &mut Window) {
    window.press("stage-action").await;
    window.at("stage-action").await;
    window.choose("table", "Pupil").await;
    window.choose("row", "Using proxy sites").await;
    let owners = "return [...document.querySelectorAll('input[id$=\"-owner\"]')].map((one) => one.id)";
    let owners = window.script(owners, vec![]).await;
    let owners: Vec<&str> = owners.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert!(!owners.is_empty(), "the table proposes actions");
    for id in owners {
        window.write(id, "Jo Stirling").await;
        window.write(&id.replace("-owner", "-due"), &steps::day_from_now(7)).await;
    }
    window.tick("routes-0").await;
    window.look("stage-action-filled").await;
    window.press("choose-actions").await;
    window.at("case").await;
    let isolation = window.attribute("li[data-stage='isolation']", "data-state").await;
    assert_ne!(isolation, "next", "without the police nothing need be isolated");
}

async fn make_and_sign(window: &mut Window) {
    window.press("stage-sign-off").await;
    window.at("make-form").await;
    window.choose("person", "Jo Stirling").await;
    window.write("passphrase", PASSPHRASE).await;
    window.press("make-form").await;
    steps::all_drawn(window).await;
    window.at("stage-sign-off").await;
    steps::read_and_sign(window, "first", "Jo Stirling").await;
    steps::read_and_sign(window, "second", "Priya Anand").await;
    steps::all_drawn(window).await;
    window.look("stage-sign-off-two-signed").await;
}

async fn head_signs_off(window: &mut Window) {
    window.press("lock").await;
    steps::sign_in(window, "Amara Okonkwo-Pryce").await;
    window.press("carry-on").await;
    window.at("cases").await;
    window.look("cases-one").await;
    window.press("open-case").await;
    window.at("case").await;
    window.press("stage-sign-off").await;
    steps::read_and_sign(window, "head", "Amara Okonkwo-Pryce").await;
    steps::save_document(window, "save-form").await;
    window.wait("[data-document='record'] [data-saved]").await;
    steps::all_drawn(window).await;
    window.look("stage-sign-off-all-signed").await;
}

async fn retain_and_check(window: &mut Window) {
    window.at("case").await;
    window.press("stage-retained").await;
    window.at("stage-retained").await;
    for (field, value) in [("day", "22"), ("month", "11"), ("year", "2032")] {
        window.write(&format!("reviewOn-{field}"), value).await;
    }
    window.press("retain").await;
    window.at("case").await;
    window.look("case-done").await;
    window.press("go-timeline").await;
    window.at("timeline").await;
    window.press("check-ledger").await;
    window.wait("[data-checked='holds']").await;
    window.look("timeline-checked").await;
}

fn accepted(form: &Path, fingerprint: &str) {
    let folder = driver::shown_in("form");
    std::fs::copy(form, folder.join("form.pdf")).unwrap();
    judge::verifier_accepts(form, fingerprint);
    judge::all_accept(form, 3, &folder);
    judge::a_flipped_byte_is_refused(form, &folder);
}

async fn into_halt() {
    let site = training::serve().unwrap();
    let home = ready::home_before("session", &[]);
    let mut window = Window::open("halt", home.path(), &site.host_and_port()).await;
    to_the_case(&mut window).await;
    steps::open_session(&mut window).await;
    steps::capture_page(&mut window, &site.url("/board/topic-1"), "JS/1").await;
    window.press("end-session").await;
    let shown = show_the_picture(&mut window).await;
    steps::open_session(&mut window).await;
    steps::visit(&mut window, &site.url("/board/topic-2")).await;
    assert_eq!(window.evidence_browsers().len(), 1, "one evidence browser runs");
    window.script("window.beforeHalt = true", vec![]).await;
    window.key(Key::F8).await;
    dead_soon(&window).await;
    halt_stands(&mut window).await;
    window.wait_for_words("main", "JS/1").await;
    no_picture_any_more(&window, &shown).await;
    refer(&mut window).await;
    isolation(&mut window).await;
    window.press("go-cases").await;
    window.at("cases").await;
    window.press("open-case").await;
    window.at("halt").await;
    window.press("lock").await;
    window.wait("main[data-page='sign-in']").await;
    window.look("sign-in-halt-stands").await;
    window.close().await;
}

/// The call is recorded, and the referral record made and saved; it holds no picture.
async fn refer(window: &mut Window) {
    window.write("reference", "CP/2026/118").await;
    window.write("to", "County police").await;
    window.write("person", "PC 4471").await;
    window.write("advice", "Leave the computer as it is.").await;
    window.press("record-call").await;
    window.wait("section[data-referral='0']").await;
    window.choose("maker", "Jo Stirling").await;
    window.write("passphrase", PASSPHRASE).await;
    window.press("make-referral").await;
    window.wait("[data-referral-record='made']").await;
    steps::save_document(window, "save-referral").await;
    window.wait("[data-saved]").await;
    window.look("halt-referral-made").await;
    let record = PathBuf::from(window.text("[data-saved]").await);
    let listed = acceptance::outside::run("pdfimages", &["-list", &record.display().to_string()]);
    assert_eq!(String::from_utf8_lossy(&listed.stdout).lines().count(), 2, "the record holds no picture: {listed:?}");
    let folder = driver::shown_in("halt");
    std::fs::copy(&record, folder.join("referral.pdf")).unwrap();
    judge::all_accept(&record, 1, &folder);
}

async fn isolation(window: &mut Window) {
    window.press("go-isolation").await;
    window.at("stage-isolation").await;
    let rows = "return document.querySelectorAll('input[id$=\"-done-yes\"]').length";
    let rows = window.script(rows, vec![]).await.as_u64().unwrap();
    assert!(rows > 0, "there is a checklist");
    for row in 0..rows {
        window.tick(&format!("lines-{row}-done-yes")).await;
        window.write(&format!("lines-{row}-words"), "At once, by Jo Stirling").await;
    }
    window.press("isolate").await;
    window.at("halt").await;
}

async fn not_sure() {
    let site = training::serve().unwrap();
    let staff =
        [("subjectKind", json!("staff")), ("subject", json!("Member of staff B")), ("worksWithChildren", json!(true))];
    let home = ready::home_before("group", &staff);
    let mut window = Window::open("not-sure", home.path(), &site.host_and_port()).await;
    to_the_case(&mut window).await;
    window.press("stage-triage").await;
    window.at("stage-triage").await;
    window.tick("exit-other-incidents").await;
    window.write("reason", "Nothing reported suggests anything illegal.").await;
    window.press("triage").await;
    harm_test(&mut window).await;
    steps::group(&mut window).await;
    steps::computer(&mut window).await;
    steps::open_session(&mut window).await;
    steps::visit(&mut window, &site.url("/board/topic-2")).await;
    steps::describe(&window, "Topic page").await;
    steps::reveal(&mut window).await;
    window.press("capture").await;
    window.at("gate-first").await;
    assert_eq!(window.evidence_browsers().len(), 1, "one evidence browser runs");
    window.press("gate-not-sure").await;
    dead_soon(&window).await;
    window.at("halt").await;
    window.wait("[data-halt='stands']").await;
    let cases = window.invoke("cases", json!({})).await;
    let view = window.invoke("case_view", json!({ "case": cases["rows"][0]["id"] })).await;
    assert_eq!(view["exhibits"].as_array().map(Vec::len), Some(0), "nothing was captured: {view}");
    window.close().await;
}

async fn practice() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open("practice", home.path(), "").await;
    window.at("welcome").await;
    window.press("practice").await;
    window.at("practice-question").await;
    window.tick("real-no").await;
    window.press("continue").await;
    window.at("sign-in").await;
    let passphrase = window.text("[data-practice-passphrase]").await;
    let first = window.text("#person option:nth-of-type(2)").await;
    window.choose("person", &first).await;
    window.write("passphrase", &passphrase).await;
    window.press("sign-in").await;
    window.press("carry-on").await;
    window.at("cases").await;
    window.press("leave-practice").await;
    window.at("welcome").await;
    window.close().await;
    assert!(!home.path().join("store").join("ledger.db").exists(), "practice leaves no real store");
}

async fn harm_test(window: &mut Window) {
    window.at("case").await;
    window.press("harm-test").await;
    window.at("harm-test").await;
    window.tick("met-no").await;
    window.write("words", "No child was or could have been harmed.").await;
    window.press("harm-test").await;
    window.at("case").await;
}

async fn to_the_case(window: &mut Window) {
    steps::both_sign_in(window).await;
    window.at("cases").await;
    window.press("open-case").await;
    window.at("case").await;
}

/// The evidence browser is dead within a second.
async fn dead_soon(window: &Window) {
    let deadline = Instant::now() + Duration::from_secs(1);
    while !window.evidence_browsers().is_empty() {
        if Instant::now() > deadline {
            window.fail("the evidence browser still runs a second after HALT").await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Reveals the picture of the one exhibit, and covers it again. Gives the address that the page showed it from.
async fn show_the_picture(window: &mut Window) -> String {
    window.at("case").await;
    window.press("go-exhibits").await;
    window.press("reveal-picture").await;
    window.wait("[data-picture='revealed'] img").await;
    let address = window.script("return document.querySelector('main img').src", vec![]).await;
    let address = address.as_str().expect("the picture has an address").to_owned();
    assert!(window.picture_loads(&anew(&address)).await, "before HALT the core gives the picture");
    window.press("back-to-case").await;
    window.at("case").await;
    address
}

/// HALT stands, in a page that began after it: the one before had shown a picture.
async fn halt_stands(window: &mut Window) {
    let deadline = Instant::now() + Duration::from_secs(15);
    while window.script("return window.beforeHalt === true", vec![]).await == json!(true) {
        if Instant::now() > deadline {
            window.fail("the page that had shown a picture stays after HALT").await;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    window.at("halt").await;
    window.wait("[data-halt='stands']").await;
    assert!(!window.has("[data-halt-not-recorded]").await, "the entry was written");
}

async fn no_picture_any_more(window: &Window, shown: &str) {
    assert!(!window.has("main img").await, "no picture is shown");
    assert!(!window.picture_loads(shown).await, "the window has forgotten the picture that it showed");
    assert!(!window.picture_loads(&anew(shown)).await, "the core refuses the picture");
    let cases = window.invoke("cases", json!({})).await;
    let view = window.invoke("case_view", json!({ "case": cases["rows"][0]["id"] })).await;
    assert_eq!(view["exhibits"][0]["pictures"].as_array().map(Vec::len), Some(0), "no view names a picture: {view}");
}

/// The same address, asked once more: an engine does not ask twice for the same one.
fn anew(address: &str) -> String {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    format!("{}?anew={}", address.split('?').next().unwrap_or(address), ASKED.fetch_add(1, Ordering::Relaxed))
}
