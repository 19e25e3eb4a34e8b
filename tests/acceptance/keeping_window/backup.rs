//! A backup, asked for at the end of a session, and what comes of it: listed, gone, and restored on another computer.

use std::path::Path;

use acceptance::house::PASSPHRASE;
use acceptance::window::keeping::{acts, holds, problem, type_codes};
use acceptance::window::{Window, ready, steps};
use fantoccini::key::Key;

use super::alone;

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_comes_back_on_another_computer() {
    alone(async {
        let kept = ready::before_a_session();
        let stick = tempfile::tempdir().unwrap();
        let mut window = Window::open("keeping/backup", kept.home.path(), "").await;
        asked_for_at_the_end_of_a_session(&mut window).await;
        where_to(&mut window, stick.path()).await;
        whose(&mut window, stick.path()).await;
        listed(&mut window).await;
        window.close().await;
        let new_computer = tempfile::tempdir().unwrap();
        let mut window = Window::open("keeping/restore", new_computer.path(), "").await;
        found(&mut window, stick.path(), &kept.codes).await;
        halted_since(&mut window).await;
        computer_by_keyboard(&mut window).await;
        why(&mut window).await;
        restored(&mut window).await;
        window.close().await;
        assert!(new_computer.path().join("store/ledger.db").exists(), "the store is on the new computer");
    })
    .await;
}

async fn asked_for_at_the_end_of_a_session(window: &mut Window) {
    steps::both_sign_in(window).await;
    window.press("open-case").await;
    window.at("case").await;
    steps::open_session(window).await;
    window.press("end-session").await;
    window.at("case").await;
    window.wait("[data-backup-due]").await;
    window.look("case-backup-is-due").await;
    window.press("go-backup").await;
    window.shown("backup").await;
    window.press("make-backup").await;
}

async fn where_to(window: &mut Window, stick: &Path) {
    window.shown("backup-where").await;
    another_folder(window).await;
    window.press("continue").await;
    problem(window, "Enter the folder").await;
    window.look("backup-where-no-folder").await;
    window.write("folder", &stick.join("not-there").display().to_string()).await;
    window.press("continue").await;
}

async fn whose(window: &mut Window, stick: &Path) {
    window.shown("backup-whose").await;
    window.press("make-backup").await;
    problem(window, "Enter who holds the stick").await;
    window.write("medium", "USB stick 2, blue label").await;
    window.write("holder", "Amara Okonkwo-Pryce, in the office safe").await;
    acts(window, ["person", "passphrase"], "Priya Anand", "not-the-passphrase").await;
    window.press("make-backup").await;
    problem(window, "The passphrase is wrong").await;
    window.look("backup-whose-wrong-passphrase").await;
    window.write("passphrase", PASSPHRASE).await;
    window.press("make-backup").await;
    window.at("backup-where").await;
    problem(window, "no folder that a backup can be made in").await;
    window.look("backup-where-not-there").await;
    window.write("folder", &stick.display().to_string()).await;
    window.press("continue").await;
    window.at("backup-whose").await;
    assert_eq!(holds(window, "medium").await, "USB stick 2, blue label", "what was typed stays");
    window.write("passphrase", PASSPHRASE).await;
    window.press("make-backup").await;
    window.wait("main[data-page='backup-working'] progress, main[data-page='backup-done']").await;
    window.shown("backup-done").await;
    window.press("to-backups").await;
}

async fn listed(window: &mut Window) {
    window.wait("tr[data-backup='1'][data-gone='false']").await;
    window.look("backup-list").await;
    window.zoomed("backup-list").await;
    window.press("backup-gone").await;
    window.shown("backup-gone").await;
    window.press("record-gone").await;
    problem(window, "Choose what became of it").await;
    window.tick("how-lost").await;
    window.look("backup-gone-lost").await;
    window.write("more", "24 November, between the office and the safe").await;
    window.press("record-gone").await;
    window.wait("tr[data-backup='1'][data-gone='true']").await;
    window.look("backup-list-one-gone").await;
}

async fn found(window: &mut Window, stick: &Path, codes: &[String; 2]) {
    window.at("welcome").await;
    window.press("restore").await;
    window.shown("restore-folder").await;
    another_folder(window).await;
    let elsewhere = tempfile::tempdir().unwrap();
    window.write("folder", &elsewhere.path().display().to_string()).await;
    window.press("continue").await;
    window.shown("restore-codes").await;
    window.press("look-at-backup").await;
    problem(window, "Enter code 1").await;
    type_codes(window, &[codes[0].clone(), codes[0].clone()]).await;
    window.press("look-at-backup").await;
    problem(window, "Code 2 is the same as code 1").await;
    window.look("restore-codes-one-twice").await;
    // A slip of the pen that the code itself shows.
    window.write("codes-1", &slipped(&codes[1])).await;
    window.press("look-at-backup").await;
    problem(window, "second code").await;
    window.look("restore-codes-slip").await;
    window.write("codes-1", &codes[1]).await;
    window.press("look-at-backup").await;
    window.at("restore-folder").await;
    problem(window, "There is no backup of Evidence Trail in this folder").await;
    window.look("restore-folder-no-backup").await;
    window.write("folder", &stick.display().to_string()).await;
    window.press("continue").await;
    window.at("restore-codes").await;
    assert_eq!(holds(window, "codes-0").await, codes[0], "what was typed stays");
    window.press("look-at-backup").await;
    window.shown("restore-found").await;
    window.press("continue").await;
}

async fn halted_since(window: &mut Window) {
    window.shown("restore-halted").await;
    window.press("continue").await;
    problem(window, "Say whether a case was halted").await;
    window.tick("since-yes").await;
    window.press("continue").await;
    problem(window, "Tick each case").await;
    window.look("restore-halted-none-ticked").await;
    window.tick("since-no").await;
    window.press("continue").await;
}

async fn computer_by_keyboard(window: &mut Window) {
    window.at("restore-computer").await;
    window.tab_to("[data-act='continue']").await;
    window.key(Key::Enter).await;
    problem(window, "Say which computer this is").await;
    window.tab_to("input[name='computer']").await;
    window.key(' ').await;
    window.key(Key::Down).await;
    window.wait("#computer-other:checked").await;
    let fields =
        [("computerName", "HB-LT-08"), ("assetTag", "HB-0519"), ("serial", "5CG0988ABC"), ("location", "Office 2")];
    for (field, words) in fields {
        window.tab_to(&format!("#{field}")).await;
        window.type_keys(words).await;
    }
    window.look("restore-computer-other").await;
    window.zoomed("restore-computer-other").await;
    window.tab_to("[data-act='continue']").await;
    window.key(Key::Enter).await;
}

async fn why(window: &mut Window) {
    window.shown("restore-why").await;
    window.press("continue").await;
    problem(window, "Say who has the other computer").await;
    window.write("reason", "The disk of the first computer failed").await;
    window.write("custody", "Tom Oakes, in the server room, since 24 November").await;
    window.press("continue").await;
}

async fn restored(window: &mut Window) {
    window.shown("restore-sign-in").await;
    window.choose("person", "Priya Anand").await;
    window.write("passphrase", "not-the-passphrase").await;
    window.press("restore").await;
    problem(window, "This is not Priya Anand's passphrase").await;
    window.look("restore-sign-in-wrong").await;
    window.write("passphrase", PASSPHRASE).await;
    window.press("restore").await;
    window.shown("restored").await;
    window.press("go-check").await;
    window.wait("[data-verdict='holds']").await;
    window.look("check-after-restore").await;
}

/// A folder is typed. Where no medium is found there is nothing else to choose.
async fn another_folder(window: &Window) {
    window.wait("[data-act='look-again']").await;
    if window.has("input[name='place']").await {
        let id = steps::id_of_answer(window, "place", "Another folder").await;
        window.tick(&id).await;
    }
}

/// The code with two figures of its first group changed places; where they are the same, with another one.
fn slipped(code: &str) -> String {
    let mut letters: Vec<char> = code.chars().collect();
    letters.swap(0, 1);
    if letters[0] == letters[1] {
        letters[0] = if letters[0] == '7' { '8' } else { '7' };
    }
    letters.into_iter().collect()
}
