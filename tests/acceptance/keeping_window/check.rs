//! The check of the record: running, its verdict, and a head from paper that is right, mistyped and wrong.

use acceptance::window::keeping::{go_to, holds, printed_head, problem};
use acceptance::window::{Window, ready, steps};

use super::alone;

#[tokio::test(flavor = "multi_thread")]
async fn the_record_is_checked_against_a_printed_head() {
    alone(async {
        let kept = ready::kept_since();
        let record = kept.home.path().join("record.pdf");
        std::fs::write(&record, &kept.record).unwrap();
        let [number, hash] = printed_head(&record);
        let mut window = Window::open("keeping/check", kept.home.path(), "").await;
        steps::both_sign_in(&mut window).await;
        window.at("cases").await;
        go_to(&mut window, "check").await;
        window.wait("[data-verdict='holds']").await;
        window.shown("check").await;
        bad_input(&mut window).await;
        compare(&window, &number, &hash).await;
        window.wait("[data-head='agrees']").await;
        window.look("check-head-agrees").await;
        window.press("check-again").await;
        window.wait("[data-verdict='holds']").await;
        does_not_agree(&mut window, &number, &hash).await;
        window.close().await;
    })
    .await;
}

async fn compare(window: &Window, number: &str, hash: &str) {
    window.write("seq", number).await;
    window.write("hash", hash).await;
    window.press("check-head").await;
}

async fn bad_input(window: &mut Window) {
    window.press("check-head").await;
    problem(window, "Enter the entry number").await;
    compare(window, "4187", "9F2E 6D33").await;
    problem(window, "hash").await;
    window.look("check-head-not-a-hash").await;
    assert_eq!(holds(window, "seq").await, "4187", "what was typed stays");
}

/// One figure differs: first it may be a slip, then it is recorded, and two people say what they found.
async fn does_not_agree(window: &mut Window, number: &str, hash: &str) {
    let last = if hash.ends_with('0') { "1" } else { "0" };
    let other = format!("{}{last}", &hash[..hash.len() - 1]);
    compare(window, number, &other).await;
    window.wait_for_words("[data-head='does-not-agree']", "Check the number and every figure").await;
    window.look("check-head-does-not-agree").await;
    assert!(window.has("[data-verdict='holds']").await, "one slip of the pen stops nothing");
    window.press("check-head").await;
    window.wait("[data-verdict='broken']").await;
    window.wait("main:not([aria-busy='true'])").await;
    window.look("check-broken").await;
    window.zoomed("check-broken").await;
    window.press("go-cases").await;
    window.at("cases").await;
    window.look("cases-record-is-broken").await;
    window.press("go-check").await;
    window.press("accept-anchor").await;
    problem(window, "Say what you found").await;
    window
        .write("reason", "A figure was read wrongly off the paper. Nobody put a disk back; no entry is missing.")
        .await;
    window.press("accept-anchor").await;
    window.wait_for_words("main .answer", "What you found is recorded").await;
    window.wait("[data-verdict='holds']").await;
    window.look("check-accepted").await;
}
