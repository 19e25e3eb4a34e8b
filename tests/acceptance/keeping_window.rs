//! Keeping the store in the real window: people, backup and restore, the check of the record and destruction, clicked
//! and typed. axe-core checks every page, each is looked at as it is and at 200 % zoom, and bad input is answered.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[path = "keeping_window/backup.rs"]
mod backup;
#[path = "keeping_window/check.rs"]
mod check;
#[path = "keeping_window/computers.rs"]
mod computers;
#[path = "keeping_window/destruction.rs"]
mod destruction;
#[path = "keeping_window/outside.rs"]
mod outside;
#[path = "keeping_window/people.rs"]
mod people;
#[path = "keeping_window/time.rs"]
mod time;

use std::future::Future;
use std::time::Duration;

use acceptance::window::keeping::go_to;
use acceptance::window::{Window, ready, steps};
use tempfile::TempDir;
use tokio::sync::Mutex;

/// One window at a time: the windows share a display.
static ONE: Mutex<()> = Mutex::const_new(());

/// A store with one person signed in, who is told on each of these pages that two do this there, and then two.
async fn for_two(run: &str, parts: &[&str]) -> (TempDir, Window) {
    let home = ready::home_before("session", &[]);
    let mut window = Window::open(run, home.path(), "").await;
    steps::sign_in(&window, "Jo Stirling").await;
    window.press("carry-on").await;
    window.at("cases").await;
    for part in parts {
        go_to(&mut window, part).await;
        window.at(part).await;
        window.wait_for_words("main", "Only one of you is signed in").await;
    }
    window.press("sign-in-second").await;
    steps::sign_in(&window, "Priya Anand").await;
    window.at("cases").await;
    (home, window)
}

async fn alone(run: impl Future<Output = ()>) {
    let _one = ONE.lock().await;
    tokio::time::timeout(Duration::from_secs(300), run).await.expect("the run takes less than its deadline");
}
