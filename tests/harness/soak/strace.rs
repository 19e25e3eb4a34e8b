//! One journey under `strace`: its system calls counted, or one of them made to fail.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::outside::built;

use super::journeys::Journey;
use super::line::{Ack, Caller, Listener, Secrets};
use super::template::Template;

/// The system calls that a store stands and falls with.
pub const CALLS: &[&str] = &[
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "rename",
    "renameat2",
    "openat",
    "ftruncate",
    "unlink",
    "unlinkat",
    "mkdir",
];

/// What happens to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The process is killed at it.
    Kill,
    /// It answers that the disk failed.
    Eio,
    /// It answers that the disk is full.
    Enospc,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Kill, Self::Eio, Self::Enospc];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kill => "kill",
            Self::Eio => "EIO",
            Self::Enospc => "ENOSPC",
        }
    }

    /// Whether the system ever answers so to this call.
    #[must_use]
    pub fn fits(self, call: &str) -> bool {
        match self {
            Self::Kill | Self::Eio => true,
            Self::Enospc => !matches!(call, "fsync" | "fdatasync" | "unlink" | "unlinkat"),
        }
    }

    fn injected(self) -> &'static str {
        match self {
            Self::Kill => "signal=KILL",
            Self::Eio => "error=EIO",
            Self::Enospc => "error=ENOSPC",
        }
    }
}

/// One fault: a call, which of its occurrences, and what happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The system call.
    pub call: &'static str,
    /// Its occurrence after sign-in, from 1.
    pub when: u32,
    /// And each so many calls after it; 0 for this one alone.
    pub every: u32,
    /// What happens.
    pub kind: Kind,
}

/// What came of a run.
pub struct Ran {
    /// What was acknowledged.
    pub acks: Vec<Ack>,
    /// What the keychain holds at the end.
    pub secrets: Secrets,
    /// How often the fault happened.
    pub hits: usize,
    /// Whether the journey came to its end by itself.
    pub ended: bool,
    /// How often each call was made.
    pub counted: BTreeMap<&'static str, u32>,
}

/// Starts a journey's process on `folder`, and waits until it is ready. Its line and its log stand beside `aside`.
///
/// # Errors
/// - If it does not get so far.
pub fn start(
    (name, case): (&str, &str),
    folder: &Path,
    aside: &Path,
    secrets: &mut Secrets,
) -> Result<(Child, Caller), String> {
    let line = aside.with_extension("line");
    let _ = std::fs::remove_file(&line);
    let listener = Listener::at(&line).map_err(|error| error.to_string())?;
    let mut child = Command::new(built("soak-journey"))
        .arg(name)
        .arg(folder)
        .arg(&line)
        .arg(case)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log(aside))
        .spawn()
        .map_err(|error| format!("the journey could not be started: {error}"))?;
    let caller = listener.accept(|| child.try_wait().is_ok_and(|ended| ended.is_some()));
    let Some(mut caller) = caller else { return Err(died(&mut child, aside)) };
    if caller.until_ready(secrets) { Ok((child, caller)) } else { Err(died(&mut child, aside)) }
}

fn log(aside: &Path) -> Stdio {
    std::fs::File::create(aside.with_extension("log")).map_or_else(|_| Stdio::null(), Stdio::from)
}

fn died(child: &mut Child, aside: &Path) -> String {
    let _ = child.kill();
    let _ = child.wait();
    let said = std::fs::read_to_string(aside.with_extension("log")).unwrap_or_default();
    format!("the journey did not get ready: {said}")
}

/// Performs a journey on a copy of its template in `folder`, with this fault; without one, its calls are counted.
///
/// # Errors
/// - If the process or `strace` cannot be started, or the journey ends otherwise than its fault explains.
pub fn run(journey: &Journey, template: &Template, folder: &Path, fault: Option<Fault>) -> Result<Ran, String> {
    template.copy_to(folder)?;
    let mut secrets = template.secrets.clone();
    let (mut child, mut caller) = start((journey.name, &template.case), folder, folder, &mut secrets)?;
    let trace = folder.with_extension("trace");
    let mut strace = attach(child.id(), fault, &trace)?;
    let (acks, ended) = caller.follow(&mut secrets, |_| {});
    drop(caller);
    let status = child.wait().map_err(|error| error.to_string())?;
    let _ = strace.wait();
    let counted = counted(&trace);
    let hits = fault.map_or(0, |fault| match fault.kind {
        Kind::Kill => usize::from(status.code().is_none()),
        Kind::Eio | Kind::Enospc => std::fs::read_to_string(&trace).unwrap_or_default().matches("(INJECTED)").count(),
    });
    let killed = fault.is_some_and(|fault| fault.kind == Kind::Kill) && hits > 0;
    let went_through = ended && status.success();
    if !(killed || went_through) {
        let said = std::fs::read_to_string(folder.with_extension("log")).unwrap_or_default();
        return Err(format!("the application broke off by itself ({status}) after {fault:?}: {said}"));
    }
    Ok(Ran { acks, secrets, hits, ended, counted })
}

/// Attaches `strace`, and waits until it holds the process.
fn attach(pid: u32, fault: Option<Fault>, trace: &Path) -> Result<Child, String> {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-p", &pid.to_string(), "-o"]).arg(trace);
    match fault {
        None => strace.arg("-e").arg(format!("trace={}", CALLS.join(","))),
        Some(Fault { call, when, every, kind }) => {
            let each = if every == 0 { String::new() } else { format!("+{every}") };
            let inject = format!("inject={call}:{}:when={when}{each}", kind.injected());
            strace.args(["-e", &format!("trace={call}"), "-e", &inject])
        }
    };
    let mut child = strace
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("strace is needed ({error}); `cargo xtask soak store` installs it"))?;
    let start = Instant::now();
    while !is_held(pid) {
        if start.elapsed() > Duration::from_secs(10) || child.try_wait().is_ok_and(|ended| ended.is_some()) {
            let _ = child.kill();
            return Err("strace could not be attached: it needs the right to trace".to_owned());
        }
        std::thread::sleep(Duration::from_micros(500));
    }
    Ok(child)
}

/// Whether every thread of the process is traced.
fn is_held(pid: u32) -> bool {
    let Ok(tasks) = std::fs::read_dir(format!("/proc/{pid}/task")) else { return false };
    tasks.filter_map(Result::ok).all(|task| {
        std::fs::read_to_string(task.path().join("status"))
            .is_ok_and(|status| status.lines().any(|line| line.starts_with("TracerPid:") && !line.ends_with("\t0")))
    })
}

/// The most that one thread made of each call: `strace` counts by thread.
fn counted(trace: &Path) -> BTreeMap<&'static str, u32> {
    let said = std::fs::read_to_string(trace).unwrap_or_default();
    let mut by_thread: BTreeMap<(&str, &'static str), u32> = BTreeMap::new();
    for line in said.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        if let Some(call) = CALLS.iter().find(|call| rest.strip_prefix(**call).is_some_and(|on| on.starts_with('('))) {
            *by_thread.entry((thread, call)).or_default() += 1;
        }
    }
    let mut most = BTreeMap::new();
    for ((_, call), times) in by_thread {
        let slot = most.entry(call).or_insert(0);
        *slot = times.max(*slot);
    }
    most
}

/// A folder of this number to work in, empty.
#[must_use]
pub fn fresh(ground: &Path, name: &str) -> PathBuf {
    let folder = ground.join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder
}
