//! A real school with a review session open: the real application, store and evidence browser.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use trail_app::wire::review::ReviewView;
use trail_domain::time::Moment;

use crate::house::House;
use crate::outside::built;
use crate::perform::{Ended, Walk};

const PAGE: Duration = Duration::from_secs(45);

/// A school in a folder on the disk, two people signed in.
pub(super) fn school(private: Vec<String>) -> Result<Walk, String> {
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        return Err("there is no display; `cargo xtask bench` brings one".to_owned());
    }
    let program: PathBuf = built("evidence-trail");
    let folder = tempfile::tempdir_in(super::folder()?).map_err(|error| error.to_string())?;
    let house = House::real(folder, program, private).map_err(|fault| fault.to_string())?;
    let mut walk = Walk::new(house);
    act(&mut walk, "sign-in", json!({ "who": "PA" }))?;
    Ok(walk)
}

/// A new case up to its open session.
pub(super) fn open(walk: &mut Walk) -> Result<(), String> {
    for name in ["open-case", "preserve", "finish-preserve", "triage", "form-group", "choose-computer"] {
        act(walk, name, json!({}))?;
    }
    let now: Moment = chrono::Utc::now().into();
    act(walk, "open-session", json!({ "referenceTime": now.in_uk().0.format("%H:%M:%S").to_string() }))
}

/// Opens a page and waits until it is loaded.
pub(super) fn visit(walk: &mut Walk, url: &str) -> Result<(), String> {
    act(walk, "visit", json!({ "address": url }))?;
    wait(walk, "the page did not load", |seen| match seen.page.state.as_str() {
        "loaded" => Some(Ok(())),
        "failed" | "gone" => Some(Err(seen.page.said.clone())),
        _ => None,
    })
}

/// Shows the page, and scrolls it through where it was not yet.
pub(super) fn reveal(walk: &mut Walk) -> Result<(), String> {
    browse(walk, "reveal")?;
    wait(walk, "the page stayed covered", |seen| (!seen.page.covered).then_some(Ok(())))?;
    browse(walk, "scroll-through")?;
    wait(walk, "it was not scrolled through", |seen| seen.page.scrolled_through.then_some(Ok(())))
}

/// Performs an act that must be done.
pub(super) fn act(walk: &mut Walk, name: &str, values: Value) -> Result<(), String> {
    match walk.perform(name, values.as_object().cloned().unwrap_or_default()) {
        Ended::Done => Ok(()),
        other @ (Ended::Refused(..) | Ended::Trouble(..)) => Err(format!("{name}: {other:?}")),
    }
}

/// The process groups of evidence browsers that this process started.
pub(super) fn browsers() -> Vec<u32> {
    let me = std::process::id();
    processes().into_iter().filter(|seen| seen.parent == me && seen.id == seen.group).map(|seen| seen.id).collect()
}

/// How many processes of a group still run.
pub(super) fn living(group: u32) -> usize {
    processes().into_iter().filter(|seen| seen.group == group && !seen.is_dead).count()
}

struct Seen {
    id: u32,
    parent: u32,
    group: u32,
    is_dead: bool,
}

fn processes() -> Vec<Seen> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().filter_map(Result::ok);
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter_map(|id: u32| {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name before it may hold blanks and brackets.
        let mut words = stat.rsplit_once(')')?.1.split_whitespace();
        let is_dead = matches!(words.next()?, "Z" | "X");
        Some(Seen { id, parent: words.next()?.parse().ok()?, group: words.next()?.parse().ok()?, is_dead })
    })
    .collect()
}

fn browse(walk: &mut Walk, go: &str) -> Result<(), String> {
    let go = serde_json::from_value(json!({ "go": go })).map_err(|error| error.to_string())?;
    let case = walk.case.clone();
    walk.house.app.browse(&case, go).map(drop).map_err(|fault| fault.to_string())
}

fn wait(
    walk: &mut Walk,
    otherwise: &str,
    mut ready: impl FnMut(&ReviewView) -> Option<Result<(), String>>,
) -> Result<(), String> {
    let (deadline, case) = (Instant::now() + PAGE, walk.case.clone());
    loop {
        let seen = walk.house.app.review(&case).map_err(|fault| fault.to_string())?;
        if let Some(answer) = ready(&seen) {
            return answer;
        }
        if Instant::now() > deadline {
            return Err(format!("{otherwise} within {} seconds", PAGE.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
