//! Who may use whom, as `cargo metadata` tells it: package names, not paths.

use std::collections::BTreeMap;

use acceptance::outside::{root, run, said};
use serde_json::Value;

use crate::nothing_wrong;

/// Our packages, and which of ours each may use. What is not here does not exist.
const OURS: [(&str, &[&str]); 10] = [
    ("trail-domain", &[]),
    ("trail-store", &["trail-domain"]),
    ("trail-seal", &["trail-domain"]),
    ("trail-browser", &[]),
    ("trail-picture", &[]),
    ("trail-app", &["trail-domain", "trail-store", "trail-seal", "trail-picture"]),
    ("evidence-trail", &["trail-domain", "trail-store", "trail-app", "trail-browser", "trail-picture"]),
    ("xtask", &[]),
    ("racing", &["trail-domain", "trail-store", "trail-seal", "trail-picture", "acceptance"]),
    (
        "acceptance",
        &["trail-domain", "trail-store", "trail-seal", "trail-browser", "trail-picture", "trail-app", "evidence-trail"],
    ),
];

/// All that the core sees besides the standard library; proptest only in its tests.
const CORE_SEES: [&str; 8] = ["serde", "serde_json", "toml", "chrono", "chrono-tz", "hex", "ring", "proptest"];

/// Names of the web engine, and the package that may name them.
const ENGINE: [&str; 7] = ["wry", "tao", "webkit2gtk", "javascriptcore-rs", "gtk", "gio", "glib"];

/// What each package of the workspace uses directly: name, and kind (`normal`, `dev`, `build`).
type Uses = BTreeMap<String, Vec<(String, String)>>;

fn read(metadata: &str) -> Uses {
    let metadata: Value = serde_json::from_str(metadata).unwrap();
    let word = |value: &Value| value.as_str().unwrap_or("normal").to_owned();
    let uses = |package: &Value| {
        let list = package["dependencies"].as_array().unwrap();
        list.iter().map(|one| (word(&one["name"]), word(&one["kind"]))).collect()
    };
    let packages = metadata["packages"].as_array().unwrap();
    packages.iter().map(|package| (word(&package["name"]), uses(package))).collect()
}

fn wrong(uses: &Uses) -> Vec<String> {
    let mut wrong = Vec::new();
    for (package, uses) in uses {
        let Some((_, may)) = OURS.iter().find(|(ours, _)| ours == package) else {
            wrong.push(format!("the package {package} is not in the list of this test"));
            continue;
        };
        for (used, kind) in uses {
            let is_ours = OURS.iter().any(|(ours, _)| ours == used);
            if is_ours && !may.contains(&used.as_str()) {
                wrong.push(format!("{package} may not use {used}"));
            }
            if package == "trail-domain"
                && (!CORE_SEES.contains(&used.as_str()) || (used == "proptest") != (kind == "dev"))
            {
                wrong.push(format!("the core may not use {used} ({kind})"));
            }
            if used.starts_with("tauri") && package != "evidence-trail" {
                wrong.push(format!("only evidence-trail names tauri, not {package} ({used})"));
            }
            if ENGINE.contains(&used.as_str()) && package != "trail-browser" {
                wrong.push(format!("only trail-browser names the web engine, not {package} ({used})"));
            }
        }
    }
    for (package, _) in OURS {
        if !uses.contains_key(package) {
            wrong.push(format!("the package {package} went missing"));
        }
    }
    wrong
}

#[test]
fn each_package_uses_only_whom_it_may() {
    let manifest = root().join("Cargo.toml").to_string_lossy().into_owned();
    let args = ["metadata", "--format-version", "1", "--no-deps", "--locked", "--manifest-path", manifest.as_str()];
    let output = run(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()), &args);
    assert!(output.status.success(), "{}", said(&output));
    nothing_wrong(&wrong(&read(&String::from_utf8(output.stdout).unwrap())));
}

#[test]
fn a_package_that_uses_what_it_may_not_is_named() {
    let good: Uses = OURS.iter().map(|(ours, _)| ((*ours).to_owned(), Vec::new())).collect();
    assert_eq!(wrong(&good), Vec::<String>::new());
    for (package, used, kind, says) in [
        ("trail-domain", "trail-store", "normal", "trail-domain may not use trail-store"),
        ("trail-domain", "rusqlite", "normal", "the core may not use rusqlite"),
        ("trail-domain", "proptest", "normal", "the core may not use proptest"),
        ("trail-store", "trail-seal", "dev", "trail-store may not use trail-seal"),
        ("trail-seal", "trail-store", "normal", "trail-seal may not use trail-store"),
        ("trail-browser", "trail-domain", "normal", "trail-browser may not use trail-domain"),
        ("trail-app", "trail-browser", "normal", "trail-app may not use trail-browser"),
        ("trail-app", "tauri", "normal", "only evidence-trail names tauri"),
        ("acceptance", "tauri-plugin-fs", "dev", "only evidence-trail names tauri"),
        ("evidence-trail", "wry", "normal", "only trail-browser names the web engine"),
        ("xtask", "trail-app", "normal", "xtask may not use trail-app"),
    ] {
        let mut bad = good.clone();
        bad.get_mut(package).unwrap().push((used.to_owned(), kind.to_owned()));
        let found = wrong(&bad);
        assert!(found.iter().any(|line| line.starts_with(says)), "{package} -> {used}: {found:?}");
    }
    let mut stranger = good.clone();
    stranger.insert("trail-extra".to_owned(), Vec::new());
    stranger.remove("trail-seal");
    assert_eq!(wrong(&stranger).len(), 2);
}

#[test]
fn metadata_is_read_with_its_kinds() {
    let text = r#"{"packages":[{"name":"a","dependencies":[{"name":"b","kind":null},{"name":"c","kind":"dev"}]}]}"#;
    let named = |name: &str, kind: &str| (name.to_owned(), kind.to_owned());
    assert_eq!(read(text)["a"], [named("b", "normal"), named("c", "dev")]);
}
