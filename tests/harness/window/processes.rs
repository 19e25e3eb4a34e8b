//! Processes that a test started, and theirs.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// The processes that come from this one, with their command lines.
#[must_use]
pub fn descendants(of: u32) -> BTreeMap<u32, String> {
    let all: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|id| Some((id, parent(id)?)))
        .collect();
    let mut found = BTreeMap::new();
    let mut front = vec![of];
    while let Some(above) = front.pop() {
        for (id, _) in all.iter().filter(|(_, parent)| *parent == above) {
            if found.insert(*id, command_line(*id)).is_none() {
                front.push(*id);
            }
        }
    }
    found
}

/// Whether this process runs: neither gone nor waiting to be buried.
#[must_use]
pub fn runs(id: u32) -> bool {
    stat(id).is_some_and(|(state, _)| state != "Z" && state != "X")
}

/// Asks these processes to end, and makes those end that do not within two seconds.
pub fn end(ids: &[u32]) {
    signal(ids, Signal::TERM);
    let deadline = Instant::now() + Duration::from_secs(2);
    while ids.iter().any(|id| runs(*id)) && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(20));
    }
    signal(ids, Signal::KILL);
}

fn signal(ids: &[u32], with: Signal) {
    for id in ids.iter().filter(|id| runs(**id)) {
        if let Some(pid) = i32::try_from(*id).ok().and_then(Pid::from_raw) {
            // It may have ended by itself meanwhile.
            let _ = kill_process(pid, with);
        }
    }
}

fn parent(id: u32) -> Option<u32> {
    stat(id).map(|(_, parent)| parent)
}

/// State and parent. The name before them stands in brackets and may hold anything.
fn stat(id: u32) -> Option<(String, u32)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let mut after_name = stat.rsplit_once(')')?.1.split_whitespace();
    let state = after_name.next()?.to_owned();
    Some((state, after_name.next()?.parse().ok()?))
}

fn command_line(id: u32) -> String {
    let bytes = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&bytes).replace('\0', " ")
}
