//! The processes of a browser: the browser itself, and those that its engine starts.
//!
//! On Unix they are a process group, made with the browser: whatever it starts is in it. On macOS the engine's helpers
//! are started by the system, and not by the browser: they end when the process that they serve is gone. On Windows
//! they are a job, which takes the browser in once it is started: what it starts from then on is in it, and ends with
//! the job. What it started before is outside.

use std::process::Child;
use std::time::{Duration, Instant};

/// The browser's processes together. Copies are the same processes.
#[derive(Debug, Clone)]
pub struct Group {
    #[cfg(not(windows))]
    leader: u32,
    #[cfg(windows)]
    job: std::sync::Arc<trail_windows::job::Job>,
}

#[cfg(not(windows))]
impl Group {
    /// The group that this process leads.
    pub(super) fn of(leader: &Child) -> std::io::Result<Self> {
        Ok(Self { leader: leader.id() })
    }

    /// Kills every process in it. Must not be called after the leader was reaped: another may bear its number then.
    pub fn kill(&self) {
        #[cfg(unix)]
        {
            let id = i32::try_from(self.leader).ok().and_then(rustix::process::Pid::from_raw);
            if let Some(id) = id {
                // An empty group is what is wanted.
                let _ = rustix::process::kill_process_group(id, rustix::process::Signal::KILL);
            }
        }
    }

    /// How many of its processes run. One that has ended and waits to be reaped does not count.
    #[cfg(target_os = "linux")]
    pub(super) fn members(&self) -> usize {
        let Ok(processes) = std::fs::read_dir("/proc") else {
            return 0;
        };
        let numbered = processes
            .flatten()
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(|c: char| c.is_ascii_digit()));
        let runs = |stat: std::io::Result<String>| stat.is_ok_and(|stat| runs_in(&stat, self.leader));
        numbered.filter(|entry| runs(std::fs::read_to_string(entry.path().join("stat")))).count()
    }

    /// Nobody tells on this system.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn members(&self) -> usize {
        0
    }
}

/// The most memory of one process of the browser, in bytes.
#[cfg(windows)]
const MOST_MEMORY: usize = 2 << 30;

#[cfg(windows)]
impl Group {
    /// Takes the process into a job of its own. One that cannot be held together is not started: it could not be ended
    /// together either.
    pub(super) fn of(leader: &Child) -> std::io::Result<Self> {
        let job = trail_windows::job::Job::of_processes_with(MOST_MEMORY)?;
        job.take_in(leader)?;
        Ok(Self { job: std::sync::Arc::new(job) })
    }

    /// Kills every process in it.
    pub fn kill(&self) {
        // An empty job is what is wanted; what is left is counted.
        let _ = self.job.end();
    }

    /// How many of its processes run. Where the system does not tell, one: nobody knows that there is none.
    pub(super) fn members(&self) -> usize {
        self.job.members().unwrap_or(1)
    }
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
