//! Hostile pages, served on the loopback address by a real server and opened in the real evidence browser.
//!
//! A page is a row of a table (`pages/`): its family, its name, what it tries, and what must be seen. After each page
//! nothing of ours was found, no file lies outside the profile, no process runs but the engine's own, nothing reached an
//! address that is not allowed, and the browser opens the next page.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    clippy::disallowed_methods,
    reason = "a test prints what it measured and looks for one thing"
)]

mod bad_tls;
mod case;
mod pages;
mod run;
mod site;
#[path = "../real_browser/stage.rs"]
#[allow(dead_code, reason = "shared with the other tests, which use all of it")]
mod stage;
mod traps;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Instant;

use case::Case;
use run::{Row, Worker};

/// The least number of pages that this table may have.
const LEAST: usize = 150;
/// Browsers at a time.
const WORKERS: usize = 3;

#[test]
fn no_hostile_page_reaches_anything() {
    let only = std::env::var("HOSTILE_FAMILY").ok();
    let cases: Vec<Case> =
        pages::all().into_iter().filter(|case| only.as_ref().is_none_or(|only| case.family == only)).collect();
    let count = cases.len();
    let begun = Instant::now();
    let mut families: Vec<Vec<Case>> = Vec::new();
    for case in cases {
        match families.last_mut() {
            Some(family) if family[0].family == case.family => family.push(case),
            _ => families.push(vec![case]),
        }
    }
    let waiting = Mutex::new(families);
    let rows: Mutex<Vec<Row>> = Mutex::default();
    std::thread::scope(|scope| {
        for number in 0..WORKERS {
            let (waiting, rows) = (&waiting, &rows);
            scope.spawn(move || {
                loop {
                    let Some(family) = waiting.lock().unwrap().pop() else { return };
                    let done = Worker::start(number, &family).run(family);
                    rows.lock().unwrap().extend(done);
                }
            });
        }
    });
    let mut rows = rows.into_inner().unwrap();
    rows.sort_by(|a, b| (a.family, a.name).cmp(&(b.family, b.name)));
    print(&rows, begun);
    let bad: Vec<_> = rows.iter().filter(|row| !row.faults.is_empty()).collect();
    assert!(bad.is_empty(), "{} of {} pages: {bad:#?}", bad.len(), rows.len());
    assert_eq!(rows.len(), count, "a page was not tried");
    assert!(only.is_some() || count >= LEAST, "only {count} pages");
}

fn print(rows: &[Row], begun: Instant) {
    let mut families: BTreeMap<&str, usize> = BTreeMap::new();
    println!("{:<11} {:<38} {:<58} {:>6}", "family", "page", "seen", "ms");
    for row in rows {
        *families.entry(row.family).or_default() += 1;
        let seen = if row.faults.is_empty() { row.seen.clone() } else { format!("FAULT {}", row.faults.join("; ")) };
        println!("{:<11} {:<38} {:<58} {:>6}", row.family, row.name, seen, row.took.as_millis());
    }
    let each: Vec<_> = families.iter().map(|(family, count)| format!("{family} {count}")).collect();
    let bad = rows.iter().filter(|row| !row.faults.is_empty()).count();
    println!(
        "{} hostile pages ({}); {bad} with a fault: nothing of ours found, no file outside the profile, no foreign process, \
         nothing reached, the browser alive after each; {} s",
        rows.len(),
        each.join(", "),
        begun.elapsed().as_secs()
    );
}
