//! The browser's process group: the browser, and the processes its engine starts.

use std::process::Child;
use std::time::{Duration, Instant};

/// Kills every process of the group.
pub(super) fn kill(group: u32, child: &mut Child) {
    #[cfg(unix)]
    {
        let id = i32::try_from(group).ok().and_then(rustix::process::Pid::from_raw);
        if let Some(id) = id {
            // An empty group is what is wanted.
            let _ = rustix::process::kill_process_group(id, rustix::process::Signal::KILL);
        }
    }
    #[cfg(not(unix))]
    let _ = group;
    // The group is made by the child itself: between its fork and that there is only the child.
    let _ = child.kill();
}

/// Whether the child runs. Its status is left where it is: as long as it is not taken, no other
/// process can get the number that the group is killed by.
#[cfg(unix)]
pub(super) fn runs(child: &mut Child) -> bool {
    use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
    let Some(id) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else {
        return false;
    };
    let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    matches!(waitid(WaitId::Pid(id), look), Ok(None))
}

#[cfg(not(unix))]
pub(super) fn runs(child: &mut Child) -> bool {
    matches!(child.try_wait(), Ok(None))
}

/// Takes the child's status, so that nothing of it stays. Returns whether that was possible.
pub(super) fn reap(child: &mut Child, deadline: Instant) -> bool {
    loop {
        match child.try_wait() {
            Ok(Some(_)) => return true,
            Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(1)),
            Ok(None) | Err(_) => return false,
        }
    }
}

/// How many processes of the group run. One that has ended and waits to be reaped does not count.
#[cfg(target_os = "linux")]
pub(super) fn members(group: u32) -> usize {
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return 0;
    };
    let numbered = processes
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(|c: char| c.is_ascii_digit()));
    numbered
        .filter(|entry| std::fs::read_to_string(entry.path().join("stat")).is_ok_and(|stat| runs_in(&stat, group)))
        .count()
}

#[cfg(not(target_os = "linux"))]
pub(super) fn members(_group: u32) -> usize {
    0
}

/// Reads `pid (name) state ppid pgrp ...`; a name may hold anything, also brackets.
#[cfg(target_os = "linux")]
fn runs_in(stat: &str, group: u32) -> bool {
    let Some((_, rest)) = stat.rsplit_once(')') else {
        return false;
    };
    let mut fields = rest.split_whitespace();
    let state = fields.next().unwrap_or("Z");
    let of_group = fields.nth(1).and_then(|number| number.parse::<u32>().ok());
    of_group == Some(group) && !matches!(state, "Z" | "X")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::runs_in;

    #[test]
    fn states_and_groups_are_read_past_any_name() {
        assert!(runs_in("12 (a) S 1 12 12 0", 12));
        assert!(runs_in("13 (x) 9 (y) R 1 12 12 0", 12));
        assert!(!runs_in("12 (a) Z 1 12 12 0", 12));
        assert!(!runs_in("12 (a) S 1 13 12 0", 12));
        assert!(!runs_in("", 12));
    }
}
