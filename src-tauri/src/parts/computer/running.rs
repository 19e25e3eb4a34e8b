//! The names of the processes that run, as the system's process table has them.

use std::fs;
use std::path::Path;

/// The names of all processes that can be seen: of each what it was started as, and what it calls itself.
pub(super) fn names() -> Result<Vec<String>, String> {
    let table = fs::read_dir("/proc").map_err(|error| format!("the process table could not be read ({error})"))?;
    let mut names = Vec::new();
    for entry in table.filter_map(Result::ok) {
        let is_process = entry.file_name().to_str().is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
        if is_process {
            names.extend(of(&entry.path()));
        }
    }
    if names.is_empty() { Err("the process table shows no process".to_owned()) } else { Ok(names) }
}

/// A process that ended meanwhile has no name any more.
fn of(process: &Path) -> Vec<String> {
    let own = fs::read_to_string(process.join("comm")).ok().map(|name| name.trim().to_owned());
    let line = fs::read(process.join("cmdline")).unwrap_or_default();
    let started = line.split(|byte| *byte == 0).next().map(|name| String::from_utf8_lossy(name).into_owned());
    own.into_iter().chain(started).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    #[test]
    fn this_very_process_is_seen() {
        let own = std::env::current_exe().unwrap();
        let own = own.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(super::names().unwrap().iter().any(|name| name.ends_with(&own)));
    }
}
