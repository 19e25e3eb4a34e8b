//! What is outside: judges that nobody here wrote, and faults of the machine.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs a program, and gives its answer.
#[must_use]
pub fn run(program: &str, args: &[&str]) -> Output {
    Command::new(program)
        .args(args)
        .output()
        .unwrap_or_else(|error| panic!("{program} is needed ({error}); `cargo xtask test` installs it"))
}

/// Standard output and standard error together, as text.
#[must_use]
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A program that was built beside the running one, or is named by the environment.
#[must_use]
pub fn built(name: &str) -> PathBuf {
    if name == "evidence-trail"
        && let Some(path) = std::env::var_os("EVIDENCE_TRAIL_BIN")
    {
        return path.into();
    }
    let mut folder = std::env::current_exe().expect("the running program has a place");
    while folder.pop() {
        let path = folder.join(name);
        if path.is_file() {
            return path;
        }
    }
    panic!("{name} was not built; run `cargo build --workspace --bins`")
}

/// The root of the project.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests stand in the project").to_owned()
}

/// From now on no file of this process may grow past what the largest file in `folder` has: writing fails as on a
/// full disk. Only in a process of its own, started with SIGXFSZ ignored.
pub fn let_the_disk_fail(folder: &Path) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let smallest = std::fs::read_dir(folder.join("store"))
        .expect("there is a store")
        .filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len()))
        .filter(|length| *length > 4096)
        .min()
        .unwrap_or(4096);
    let limit = Rlimit { current: Some(smallest.min(4096)), maximum: None };
    setrlimit(Resource::Fsize, limit).expect("the limit can be set");
}
