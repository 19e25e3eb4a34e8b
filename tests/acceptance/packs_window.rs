//! The school's policy in the real window: read, its charts drawn, copied, edited, checked and signed, clicked and
//! typed. axe-core checks every page, each is looked at in the usual and in the smallest window, and bad input is
//! answered.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[path = "packs_window/charts.rs"]
mod charts;
#[path = "packs_window/editing.rs"]
mod editing;
#[path = "packs_window/questions.rs"]
mod questions;

use std::future::Future;
use std::time::Duration;

use tokio::sync::Mutex;

/// One window at a time: the windows share a display.
static ONE: Mutex<()> = Mutex::const_new(());

async fn alone(run: impl Future<Output = ()>) {
    let _one = ONE.lock().await;
    tokio::time::timeout(Duration::from_secs(400), run).await.expect("the run takes less than its deadline");
}
