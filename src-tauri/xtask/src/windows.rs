//! `cargo xtask windows`: the whole workspace is type-checked for Windows, and linked when asked, from any system. Linked,
//! the verifier is run under Wine where that is there.
//!
//! It is no part of `cargo xtask test`: what it needs is large, and few computers have it. What is missing is named; this
//! command installs nothing but the screens' parts. Left out are the tests of the whole product, which ask Linux how
//! files, processes and windows fare.

use crate::cargo::{cargo, run, said};
use crate::needs::on_path;
use crate::place::Place;
use crate::prepare;
use crate::steps::Steps;
use crate::stop::Stop;
use std::path::{Path, PathBuf};
use std::process::Command;

mod wine;

/// What is built for. Its linker is to be had on every Linux, and its library is linked with no tool of Microsoft's.
const TARGET: &str = "x86_64-pc-windows-gnu";
/// What compiles and links C, by its Debian package: SQLCipher and OpenSSL are built from source.
const COMPILERS: [(&str, &str); 3] = [
    ("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64"),
    ("x86_64-w64-mingw32-g++", "g++-mingw-w64-x86-64"),
    ("perl", "perl"),
];

/// Where the standard library comes from.
#[derive(Debug, PartialEq, Eq)]
enum Library {
    /// It is there, compiled.
    Installed,
    /// It is compiled on the way, by nightly, from its own source or from this one.
    Compiled(Option<PathBuf>),
}

/// # Errors
/// - If a compiler or the standard library for Windows is missing: it names what to install.
/// - If the screens, which the shell has in it, cannot be built.
/// - If something does not type-check or does not link.
/// - If the verifier, under Wine, does not judge as it must.
pub(crate) fn run_it(place: &Place, link: bool, source: Option<&str>) -> Result<(), Stop> {
    let mut steps = Steps::default();
    let library = steps.step("The tool chain for Windows", || tool_chain(source.map(Path::new)))?;
    steps.step("The screens (npm run build)", || prepare::screens(place))?;
    steps.step("Every crate, type-checked for Windows (cargo check)", || {
        let mut check = command(place, &library, "check");
        check.args(["--workspace", "--exclude", "acceptance", "--exclude", "racing"]);
        run(&mut check, "Mend what cargo names above: it holds on this system and not on Windows.")
    })?;
    if link {
        steps.step("The programs, linked for Windows (cargo build)", || {
            let mut build = command(place, &library, "build");
            build.args(["-p", "evidence-trail", "-p", "trail-browser", "-p", "trail-seal", "--bins"]);
            run(&mut build, "Mend what cargo names above.")
        })?;
        let programs = place.windows().join(TARGET).join("debug");
        println!("   They lie in {}.", programs.display());
        match wine::find() {
            Some(wine) => steps.step("The verifier, run under Wine", || wine::verifier(place, &wine, &programs))?,
            None => println!("\n   There is no Wine here, so nothing was run."),
        }
    }
    println!("{}", steps.table());
    Ok(())
}

fn tool_chain(source: Option<&Path>) -> Result<Library, Stop> {
    let missing: Vec<&str> =
        COMPILERS.iter().filter(|(name, _)| on_path(name).is_none()).map(|(_, package)| *package).collect();
    if !missing.is_empty() && !cfg!(windows) {
        return Err(Stop::new(
            "a compiler of C for Windows is missing.",
            format!("Install what brings it; on Debian: apt-get install {}.", missing.join(" ")),
        ));
    }
    let there = |tool: &[&str]| {
        let folder = said(Command::new("rustc").args(tool))?;
        Some(PathBuf::from(folder.trim()))
    };
    let installed = there(&["--print", "target-libdir", "--target", TARGET]);
    let nightly = there(&["+nightly", "--print", "sysroot"]);
    library(installed.as_deref(), nightly.as_deref(), source)
}

fn library(installed: Option<&Path>, nightly: Option<&Path>, source: Option<&Path>) -> Result<Library, Stop> {
    if let Some(source) = source {
        if !source.join("std").is_dir() {
            return Err(Stop::new(
                format!("{} is not the source of the standard library.", source.display()),
                "Name the folder `library` of Rust's source, for the version of your nightly.",
            ));
        }
        return Ok(Library::Compiled(Some(source.to_owned())));
    }
    if installed.is_some_and(Path::is_dir) {
        return Ok(Library::Installed);
    }
    if nightly.is_some_and(|root| root.join("lib/rustlib/src/rust/library/std").is_dir()) {
        return Ok(Library::Compiled(None));
    }
    Err(Stop::new(
        "Rust's standard library for Windows is missing.",
        format!(
            "Run `rustup target add {TARGET}`. Where that cannot be had, `rustup toolchain install nightly --component \
             rust-src` compiles it, or `--std-source FOLDER` with the source from elsewhere."
        ),
    ))
}

/// In a target folder of its own, so that the usual build is not thrown away.
fn command(place: &Place, library: &Library, what: &str) -> Command {
    let mut command = match library {
        Library::Installed => cargo(place),
        Library::Compiled(source) => {
            // Not the cargo that called us, which is of another tool chain.
            let mut command = Command::new("cargo");
            command.current_dir(place.root()).env_remove("CARGO").env_remove("RUSTC").env_remove("RUSTUP_TOOLCHAIN");
            command.arg("+nightly");
            if let Some(source) = source {
                command.env("__CARGO_TESTS_ONLY_SRC_ROOT", source);
            }
            command
        }
    };
    command.arg(what);
    if let Library::Compiled(_) = library {
        command.arg("-Zbuild-std=std,panic_abort,panic_unwind");
    }
    command.args(["--locked", "--target", TARGET, "--target-dir"]).arg(place.windows());
    command
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Library, library};
    use std::path::Path;

    #[test]
    fn what_is_missing_is_named_with_how_to_get_it() {
        let nowhere = Path::new("not there");
        let said = library(Some(nowhere), Some(nowhere), None).unwrap_err().to_string();
        assert!(said.contains("rustup target add x86_64-pc-windows-gnu") && said.contains("rust-src"), "{said}");
        let said = library(None, None, Some(nowhere)).unwrap_err().to_string();
        assert!(said.contains("not there is not the source"), "{said}");
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(library(Some(here), None, None).unwrap(), Library::Installed);
    }
}
