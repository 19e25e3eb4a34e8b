//! The Python environment of the outside judges, under target/, at pinned versions.

use crate::cargo::run;
use crate::needs::python;
use crate::place::Place;
use crate::stop::Stop;
use std::path::PathBuf;
use std::process::Command;

/// pyHanko judges the signatures and what each revision changed, bagit the package, case-utils the exhibits as CASE and UCO.
pub(crate) const JUDGES: &[&str] = &["pyhanko==0.38.0", "pyhanko-cli==0.6.0", "bagit==1.9.0", "case-utils==0.18.0"];
/// Pillow's own tests bring malformed pictures; it is not installed.
const PICTURES: &str = "pillow==11.0.0";
/// ReportLab makes the same pages in the measurements.
pub(crate) const COMPARISON: &[&str] = &["reportlab==5.1.0"];

/// A program of the environment.
pub(crate) fn program(place: &Place, name: &str) -> PathBuf {
    let folder = if cfg!(windows) { "Scripts" } else { "bin" };
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    place.judges().join(folder).join(name)
}

/// Makes the environment where there is none, and adds what is missing of `wanted`.
///
/// # Errors
/// - If Python cannot make the environment, or pip cannot fetch a package.
/// - If the list of what is installed cannot be written.
pub(crate) fn ensure(place: &Place, wanted: &[&[&str]]) -> Result<(), Stop> {
    // Written last, so that an installation that broke off is done again.
    let list = place.judges().join("installed.txt");
    let installed = std::fs::read_to_string(&list).unwrap_or_default();
    let wanted: Vec<&str> = wanted.iter().copied().flatten().copied().collect();
    let missing = not_in(&installed, &wanted);
    if missing.is_empty() {
        println!("   The outside judges are there: {}.", wanted.join(", "));
        return Ok(());
    }
    if !program(place, "python").is_file() {
        run(
            Command::new(python()).args(["-m", "venv"]).arg(place.judges()),
            "Look whether Python 3 and its venv module work.",
        )?;
    }
    run(
        Command::new(program(place, "python"))
            .args(["-m", "pip", "install", "--quiet"])
            .arg("--disable-pip-version-check")
            .args(&missing),
        "Look at what pip printed above; often the network is in the way.",
    )?;
    let now = format!("{installed}{}\n", missing.join("\n"));
    std::fs::write(&list, now).map_err(|error| {
        Stop::new(format!("{} could not be written: {error}.", list.display()), "Look whether the disk is full.")
    })
}

/// Fetches the sources of a picture library, whose tests hold a thousand malformed pictures. Its test is skipped, and
/// says so, where they cannot be had.
pub(crate) fn fetch_pictures(place: &Place) {
    let folder = place.pictures();
    if std::fs::read_dir(&folder).is_ok_and(|mut files| files.next().is_some()) {
        println!("   {PICTURES} is there.");
        return;
    }
    let fetched = Command::new(program(place, "python"))
        .args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check"])
        .args(["--no-deps", "--no-binary", ":all:", "--dest"])
        .arg(&folder)
        .arg(PICTURES)
        .status();
    if !fetched.is_ok_and(|status| status.success()) {
        println!("   {PICTURES} could not be fetched; the test of its pictures will say that it was skipped.");
    }
}

fn not_in<'a>(installed: &str, wanted: &[&'a str]) -> Vec<&'a str> {
    wanted.iter().copied().filter(|package| !installed.lines().any(|line| line == *package)).collect()
}

#[cfg(test)]
mod tests {
    use super::not_in;

    #[test]
    fn another_version_counts_as_missing() {
        let installed = "pyhanko==0.37.0\nreportlab==5.1.0\n";
        assert_eq!(not_in(installed, &["pyhanko==0.38.0", "reportlab==5.1.0"]), ["pyhanko==0.38.0"]);
    }
}
