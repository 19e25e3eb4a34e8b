//! Every script holds.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and tells what it ran"
)]

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use acceptance::outside::{built, root, said};
use acceptance::script::Script;

#[test]
fn every_script_holds() {
    let mut files = Vec::new();
    collect(&root().join("tests/scripts"), &mut files);
    files.sort();
    assert!(files.len() >= 100, "scripts went missing: {}", files.len());
    let next = Mutex::new(files.iter());
    let failed = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(file) = next.lock().unwrap().next() else { return };
                    if let Err(wrong) = run(file) {
                        failed.lock().unwrap().push(format!("{}\n    {wrong}", file.display()));
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    println!("{} scripts, {} do not hold", files.len(), failed.len());
    assert!(failed.is_empty(), "{} of {} scripts do not hold:\n{}", failed.len(), files.len(), failed.join("\n"));
}

#[test]
fn a_script_that_expects_too_much_fails() {
    let text = "title = \"t\"\n[given]\nupto = \"group\"\n[[do]]\nact = \"form-group\"\nmembers = [\"JS\"]\nexpect = \"group-formed\"\n";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wrong.toml");
    std::fs::write(&file, text).unwrap();
    let wrong = Script::read(&file).unwrap().run().unwrap_err();
    assert!(wrong.contains("group-too-small"), "{wrong}");
}

fn run(file: &Path) -> Result<(), String> {
    let script = Script::read(file)?;
    if !script.lets_the_disk_fail() {
        return script.run();
    }
    // A disk that fails is a limit on the whole process, so this one runs in its own.
    let program = built("run-script");
    let output = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$1\""])
        .arg(program)
        .arg(file)
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(said(&output)) }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
}
