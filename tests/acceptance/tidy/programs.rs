//! What the worked example and the campaigns start has been built by the command that starts them.

use crate::{files, nothing_wrong, text};

/// The names in `built("NAME")`.
fn started(source: &str) -> Vec<String> {
    source.split("built(\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

/// The package of a program that a crate has under `src/bin`.
fn package_of(name: &str, files: &[String]) -> Option<String> {
    let bin = files.iter().find(|path| {
        let after = path.split_once("/src/bin/").map(|(_, after)| after);
        after.is_some_and(|after| after == format!("{name}.rs") || after == format!("{name}/main.rs"))
    })?;
    let manifest: toml::Table = text(&format!("{}/Cargo.toml", bin.split_once("/src/bin/")?.0)).parse().unwrap();
    Some(manifest["package"]["name"].as_str().unwrap().to_owned())
}

fn not_built(started: &[String], build: &str, package: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let packages = started.iter().filter_map(|name| Some((name, package(name)?)));
    packages
        .filter(|(_, package)| !build.contains(&format!("\"-p\", \"{package}\"")))
        .map(|(name, package)| format!("`{name}` is started, and {package} is not built"))
        .collect()
}

#[test]
fn what_is_started_was_built() {
    let files = files();
    let harness = files.iter().filter(|path| path.starts_with("tests/harness") && path.ends_with(".rs"));
    let started: Vec<String> = harness.flat_map(|path| started(&text(path))).collect();
    assert!(started.contains(&"evidence-trail-verify".to_owned()), "{started:?}");
    nothing_wrong(&not_built(&started, &text("src-tauri/xtask/src/example.rs"), |name| package_of(name, &files)));
}

#[test]
fn a_program_that_nobody_built_is_named() {
    let started = started("Command::new(built(\"checker\"))");
    let package = |_: &str| Some("crate-of-it".to_owned());
    assert_eq!(
        not_built(&started, "[\"build\", \"-p\", \"another\"]", package),
        ["`checker` is started, and crate-of-it is not built"]
    );
    assert!(not_built(&started, "[\"build\", \"-p\", \"crate-of-it\"]", package).is_empty());
}
