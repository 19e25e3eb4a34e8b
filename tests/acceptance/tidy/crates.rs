//! Who may use whom, as `cargo metadata` tells it: package names, not paths.

use std::collections::BTreeMap;

use acceptance::outside::{root, run, said};
use serde_json::Value;

use crate::nothing_wrong;

/// Our packages, and which of ours each may use. What is not here does not exist.
const OURS: [(&str, &[&str]); 12] = [
    ("trail-domain", &[]),
    ("trail-windows", &[]),
    ("trail-macos", &[]),
    ("trail-store", &["trail-domain", "trail-windows"]),
    ("trail-seal", &["trail-domain"]),
    ("trail-browser", &["trail-windows", "trail-macos"]),
    ("trail-picture", &["trail-windows"]),
    ("trail-app", &["trail-domain", "trail-store", "trail-seal", "trail-picture"]),
    (
        "evidence-trail",
        &["trail-domain", "trail-store", "trail-app", "trail-browser", "trail-picture", "trail-windows"],
    ),
    ("xtask", &[]),
    ("racing", &["trail-domain", "trail-store", "trail-seal", "trail-picture", "acceptance"]),
    (
        "acceptance",
        &["trail-domain", "trail-store", "trail-seal", "trail-browser", "trail-picture", "trail-app", "evidence-trail"],
    ),
];

/// All that the core sees besides the standard library; proptest only in its tests.
const CORE_SEES: [&str; 9] =
    ["serde", "serde_json", "toml", "chrono", "chrono-tz", "hex", "ring", "unicode-normalization", "proptest"];

/// Names of the web engine, and the package that may name them.
const ENGINE: [&str; 7] = ["wry", "tao", "webkit2gtk", "javascriptcore-rs", "gtk", "gio", "glib"];

/// What only Windows' own interface can do, and the package that may name it.
const WINDOWS: [&str; 4] = ["windows", "windows-core", "windows-sys", "webview2-com"];

/// How the names of what macOS has begin, and the package that may name them.
const MACOS: [&str; 3] = ["objc2", "block2", "dispatch2"];

/// Packages in which `unsafe` may stand: each speaks to one system in safe words.
const OF_A_SYSTEM: [&str; 2] = ["trail-windows", "trail-macos"];

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
            if WINDOWS.contains(&used.as_str()) && package != "trail-windows" {
                wrong.push(format!("only trail-windows names Windows' interface, not {package} ({used})"));
            }
            if MACOS.iter().any(|name| used.starts_with(name)) && package != "trail-macos" {
                wrong.push(format!("only trail-macos names the interface of macOS, not {package} ({used})"));
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
        ("trail-browser", "webview2-com", "normal", "only trail-windows names Windows' interface"),
        ("trail-windows", "trail-domain", "normal", "trail-windows may not use trail-domain"),
        ("trail-browser", "objc2-web-kit", "normal", "only trail-macos names the interface of macOS"),
        ("trail-macos", "trail-windows", "normal", "trail-macos may not use trail-windows"),
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

/// Whose lints are not the workspace's. The crates that speak to one system say their own: the same, but that `unsafe`
/// is denied and not forbidden, so that a module can let it through with its reason.
fn laxer(workspace: &toml::Table, package: &str, own: &toml::Table) -> Option<String> {
    if own.get("workspace").and_then(toml::Value::as_bool) == Some(true) {
        return None;
    }
    if !OF_A_SYSTEM.contains(&package) {
        return Some(format!("{package} does not take the workspace's lints"));
    }
    let mut expected = workspace.clone();
    let rust = expected["rust"].as_table_mut().unwrap();
    rust.insert("unsafe_code".to_owned(), "deny".into());
    // It has no conditions of its own.
    rust.remove("unexpected_cfgs");
    (expected != *own).then(|| format!("the lints of {package} are not the workspace's with `unsafe_code` denied"))
}

#[test]
fn no_crate_is_laxer_than_the_workspace_and_only_those_of_a_system_may_hold_unsafe() {
    let table = |path: &str| -> toml::Table { crate::text(path).parse().unwrap() };
    let workspace = table("Cargo.toml")["workspace"]["lints"].as_table().unwrap().clone();
    assert_eq!(workspace["rust"]["unsafe_code"].as_str(), Some("forbid"));
    // Fuzz targets are workspaces of their own.
    let own = |path: &String| path.ends_with("/Cargo.toml") && !path.ends_with("/fuzz/Cargo.toml");
    let manifests = crate::files().into_iter().filter(own);
    let packages: Vec<(String, toml::Table)> = manifests
        .map(|path| table(&path))
        .map(|manifest| {
            let lints = manifest.get("lints").and_then(toml::Value::as_table).cloned().unwrap_or_default();
            (manifest["package"]["name"].as_str().unwrap().to_owned(), lints)
        })
        .collect();
    assert_eq!(packages.len(), OURS.len());
    nothing_wrong(&packages.iter().filter_map(|(name, own)| laxer(&workspace, name, own)).collect::<Vec<_>>());

    for of_a_system in OF_A_SYSTEM {
        let (_, own) = packages.iter().find(|(name, _)| name == of_a_system).unwrap();
        assert!(laxer(&workspace, "trail-store", own).is_some(), "another crate with such lints");
        let mut lax = own.clone();
        lax["clippy"].as_table_mut().unwrap().remove("unwrap_used");
        assert!(laxer(&workspace, of_a_system, &lax).is_some(), "a lint that went missing");
    }
}

#[test]
fn metadata_is_read_with_its_kinds() {
    let text = r#"{"packages":[{"name":"a","dependencies":[{"name":"b","kind":null},{"name":"c","kind":"dev"}]}]}"#;
    let named = |name: &str, kind: &str| (name.to_owned(), kind.to_owned());
    assert_eq!(read(text)["a"], [named("b", "normal"), named("c", "dev")]);
}
