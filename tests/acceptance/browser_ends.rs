//! A page that crashes the web process, one that hangs, and one that eats its memory, through the whole application: it
//! is alive, the session goes on, the record says what happened, and the next page opens.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::time::{Duration, Instant};

use acceptance::house::House;
use acceptance::outside::built;
use acceptance::perform::{Ended, Walk};
use serde_json::{Value, json};
use trail_app::wire::review::ReviewView;
use trail_browser::training;
use trail_domain::time::Moment;

const LONGEST: Duration = Duration::from_secs(60);
const HANGS: &str = "<title>hangs</title><body>hangs<script>setTimeout(()=>{for(;;);},300)</script>";
// It takes a pause after each piece: one that never pauses is answered by the engine's own error about its memory, as
// often as not, and then the page simply goes on.
const SWELLS: &str = "<title>swells</title><body>swells<script>const a=[];setInterval(()=>{\
    const b=new Uint8Array(48e6);b.fill(7);a.push(b)},20)</script>";

#[test]
fn the_application_lives_on_when_a_page_crashes_hangs_or_eats_its_memory() {
    let site = training::serve_with(&[("/hangs", HANGS), ("/swells", SWELLS)]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let house = House::real(folder, built("evidence-trail"), vec![site.host_and_port()]).unwrap();
    let mut walk = Walk::new(house);
    act(&mut walk, "sign-in", json!({ "who": "PA" }));
    for name in ["open-case", "preserve", "finish-preserve", "triage", "form-group", "choose-computer"] {
        act(&mut walk, name, json!({}));
    }
    #[allow(clippy::disallowed_methods, reason = "the reference is this computer's own clock")]
    let now: Moment = chrono::Utc::now().into();
    act(&mut walk, "open-session", json!({ "referenceTime": now.in_uk().0.format("%H:%M:%S").to_string() }));

    visit(&mut walk, &site.url("/board"));
    let killed = page_processes();
    assert_eq!(killed.len(), 1, "one page, one process: {killed:?}");
    for process in &killed {
        let process = i32::try_from(*process).ok().and_then(rustix::process::Pid::from_raw).unwrap();
        rustix::process::kill_process(process, rustix::process::Signal::ABORT).unwrap();
    }
    wait(&mut walk, "the crash is told", |seen| seen.page.state == "gone");
    goes_on(&mut walk, ["it crashed", "/board"], &site.url("/board"));

    act(&mut walk, "visit", json!({ "address": site.url("/hangs") }));
    wait(&mut walk, "the hang is told", |seen| said(seen, "The page does not answer"));
    goes_on(&mut walk, ["The page does not answer", "/hangs"], &site.url("/board"));

    act(&mut walk, "visit", json!({ "address": site.url("/swells") }));
    wait(&mut walk, "the end is told", |seen| seen.page.state == "gone");
    // The engine ends it, or it ends by itself before the engine looks.
    goes_on(&mut walk, ["stopped by itself", "/swells"], &site.url("/board"));
    act(&mut walk, "end-session", json!({}));
}

/// The session is open, the ledger has these words, and a page opens and can be captured.
fn goes_on(walk: &mut Walk, words: [&str; 2], next: &str) {
    let case = walk.case.clone();
    let entries = walk.house.app.timeline(&case).unwrap();
    let entry = entries.iter().find(|row| row.kind == "visited" && words.iter().all(|word| row.what.contains(word)));
    assert!(entry.is_some(), "{words:?}: {:?}", entries.iter().take(8).map(|row| &row.what).collect::<Vec<_>>());
    visit(walk, next);
    let reveal = serde_json::from_value(json!({ "go": "reveal" })).unwrap();
    walk.house.app.browse(&case, reveal).unwrap();
    wait(walk, "the page is shown", |seen| !seen.page.covered);
    act(walk, "capture", json!({ "title": format!("The page after: {}", words[0]) }));
    let seen = walk.house.app.review(&case).unwrap();
    assert!(seen.open && !seen.halted, "the session is intact");
}

fn said(seen: &ReviewView, words: &str) -> bool {
    seen.visits.iter().any(|visit| visit.what.contains(words))
}

fn visit(walk: &mut Walk, address: &str) {
    act(walk, "visit", json!({ "address": address }));
    wait(walk, address, |seen| seen.page.state == "loaded" && seen.page.address == address);
}

fn act(walk: &mut Walk, name: &str, values: Value) {
    let ended = walk.perform(name, values.as_object().cloned().unwrap_or_default());
    assert_eq!(ended, Ended::Done, "{name}");
}

fn wait(walk: &mut Walk, what: &str, ready: impl Fn(&ReviewView) -> bool) {
    let (deadline, case) = (Instant::now() + LONGEST, walk.case.clone());
    loop {
        let seen = walk.house.app.review(&case).unwrap();
        if ready(&seen) {
            return;
        }
        assert!(Instant::now() < deadline, "{what}: {:?}", seen.page);
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Web processes whose evidence browser is a child of this one.
fn page_processes() -> Vec<u32> {
    let me = std::process::id();
    let stat = |id: u32| -> Option<(String, u32, u32)> {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let (name, rest) = stat.split_once('(')?.1.rsplit_once(')')?;
        let mut words = rest.split_whitespace().skip(1);
        Some((name.to_owned(), words.next()?.parse().ok()?, words.next()?.parse().ok()?))
    };
    let ids: Vec<u32> = std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect();
    let mine = |group: u32| stat(group).is_some_and(|(_, parent, _)| parent == me);
    ids.into_iter()
        .filter(|id| stat(*id).is_some_and(|(name, _, group)| name.starts_with("WebKitWebProces") && mine(group)))
        .collect()
}
