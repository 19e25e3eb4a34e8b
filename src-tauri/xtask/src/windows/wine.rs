//! Programs for Windows without a window, run under Wine where it is there. It says nothing of a real Windows.

use super::COMPILERS;
use crate::cargo::{ended, not_started, run};
use crate::needs::on_path;
use crate::place::Place;
use crate::stop::Stop;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the verifier is asked, below the seal's vectors, and the status that it must end with (`FORMAT.md`, vectors.json).
const ASKED: [(&str, i32); 6] = [
    ("forms/whole-three.pdf", 0),
    ("forms/page-content.pdf", 1),
    ("packages/whole", 0),
    ("packages/file-changed", 1),
    ("packages/practice", 3),
    ("README.md", 2),
];

/// Wine, by its own name or where Debian puts it.
pub(super) fn find() -> Option<PathBuf> {
    let debian = Path::new("/usr/lib/wine/wine64");
    on_path("wine64").or_else(|| debian.is_file().then(|| debian.to_owned())).or_else(|| on_path("wine"))
}

/// The verifier judges what it must know and what it must refuse.
///
/// # Errors
/// - If Wine does not start it, or it ends with another status than it must.
pub(super) fn verifier(place: &Place, wine: &Path, programs: &Path) -> Result<(), Stop> {
    lend_library(programs)?;
    let vectors = place.root().join("src-tauri/crates/seal/vectors");
    for (what, expected) in ASKED {
        let mut asks = Command::new(wine);
        asks.arg(programs.join("evidence-trail-verify.exe")).arg(vectors.join(what));
        asks.env("WINEPREFIX", place.windows().join("wine")).env("WINEDEBUG", "-all");
        // Nobody is asked whether to fetch what runs .NET or shows pages of the web.
        asks.env("WINEDLLOVERRIDES", "mscoree,mshtml=").stdin(Stdio::null()).stdout(Stdio::null());
        let status = asks.status().map_err(|error| not_started(&asks, &error))?;
        if status.code() != Some(expected) {
            return Err(Stop::new(
                format!("{} It should have ended with status {expected}.", ended(&asks, status)),
                "Run it by hand, and compare with the verifier of this system. A status that the verifier does not have \
                 comes from Wine.",
            ));
        }
        println!("   {what}: status {expected}, as it should be.");
    }
    Ok(())
}

/// Beside the programs, where Wine looks first, unless it lies there already.
fn lend_library(programs: &Path) -> Result<(), Stop> {
    let library = programs.join("bcryptprimitives.dll");
    if library.is_file() {
        return Ok(());
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/windows/bcryptprimitives.c");
    let mut compile = Command::new(COMPILERS[0].0);
    compile.args(["-shared", "-o"]).arg(&library).arg(source).arg("-ladvapi32");
    run(&mut compile, "Look at what the compiler printed above.")
}
