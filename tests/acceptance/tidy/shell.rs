//! What the shell lets its pages do: one window, no plugin, no remote address, and a policy that begins at nothing.

use crate::{files, nothing_wrong, text};

fn wrong_capability(capability: &str) -> Vec<String> {
    let read: toml::Table = capability.parse().unwrap();
    let mut wrong = Vec::new();
    let list = |key: &str| read.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default();
    if list("windows") != [toml::Value::from("main")] {
        wrong.push("the capability is for the window main and no other".to_owned());
    }
    for key in ["remote", "webviews", "platforms"] {
        if read.contains_key(key) {
            wrong.push(format!("the capability names `{key}`"));
        }
    }
    for permission in list("permissions") {
        let own = permission.as_str().is_some_and(|name| name.starts_with("allow-") && !name.contains(':'));
        if !own {
            wrong.push(format!("the capability allows {permission}, which is no command of ours"));
        }
    }
    wrong
}

fn wrong_configuration(configuration: &str) -> Vec<String> {
    let read: serde_json::Value = serde_json::from_str(configuration).unwrap();
    let mut wrong = Vec::new();
    let mut must = |holds: bool, says: &str| {
        if !holds {
            wrong.push(says.to_owned());
        }
    };
    let app = &read["app"];
    must(app["withGlobalTauri"] == false, "withGlobalTauri must be false");
    let windows = app["windows"].as_array().map_or(&[][..], Vec::as_slice);
    must(windows.len() == 1 && windows[0]["label"] == "main", "there is one window, main");
    must(windows.iter().all(|window| window.get("url").is_none()), "a window shows our own pages only");
    must(app["security"]["capabilities"] == serde_json::json!(["main"]), "there is one capability, main");
    must(read.get("plugins").is_none(), "there is no plugin");
    for key in ["devCsp", "dangerousDisableAssetCspModification", "assetProtocol"] {
        must(app["security"].get(key).is_none(), &format!("`{key}` is not set"));
    }
    must(read["build"].get("devUrl").is_none(), "no development server is named");
    let policy = &app["security"]["csp"];
    must(policy["default-src"] == "'none'", "the policy begins at default-src 'none'");
    for (directive, sources) in policy.as_object().into_iter().flatten() {
        for source in sources.as_str().unwrap_or("*").split_whitespace() {
            let ours = [
                "'none'",
                "'self'",
                "data:",
                "blob:",
                "exhibit:",
                "http://exhibit.localhost",
                "ipc:",
                "http://ipc.localhost",
            ];
            let script_from_data = directive.starts_with("script") && source != "'self'";
            must(ours.contains(&source) && !script_from_data, &format!("{directive} may not name {source}"));
        }
    }
    wrong
}

fn reaches_past_the_bridge(path: &str, source: &str) -> bool {
    let is_source = [".ts", ".svelte", ".js"].iter().any(|ending| path.ends_with(ending));
    let names_it = source.contains("@tauri-apps") || source.contains("__TAURI");
    path.starts_with("ui/src/") && path != "ui/src/bridge.ts" && is_source && names_it
}

fn names_a_place_to_load_from(lock: &str) -> bool {
    lock.contains("\"resolved\"")
}

#[test]
fn the_capability_is_for_one_window_and_our_own_commands() {
    let capabilities: Vec<String> =
        files().into_iter().filter(|path| path.starts_with("src-tauri/capabilities/")).collect();
    assert_eq!(capabilities, ["src-tauri/capabilities/main.toml"]);
    nothing_wrong(&wrong_capability(&text(&capabilities[0])));
}

#[test]
fn the_shell_begins_at_nothing() {
    nothing_wrong(&wrong_configuration(&text("src-tauri/tauri.conf.json")));
}

#[test]
fn only_the_bridge_speaks_to_the_core() {
    let past = |path: &String| {
        std::fs::read_to_string(acceptance::outside::root().join(path))
            .is_ok_and(|source| reaches_past_the_bridge(path, &source))
    };
    nothing_wrong(&files().into_iter().filter(past).collect::<Vec<_>>());
}

#[test]
fn the_front_end_names_no_place_to_load_from() {
    assert!(
        !names_a_place_to_load_from(&text("ui/package-lock.json")),
        "package-lock.json names where packages lie: set omit-lockfile-registry-resolved"
    );
}

#[test]
fn a_wider_capability_is_named() {
    let good = "windows = [\"main\"]\nlocal = true\npermissions = [\"allow-cases\"]\n";
    assert_eq!(wrong_capability(good), Vec::<String>::new());
    for bad in [
        good.replace("\"main\"", "\"*\""),
        good.replace("\"main\"", "\"main\", \"other\""),
        good.replace("allow-cases", "core:default"),
        good.replace("allow-cases", "shell:allow-open"),
        format!("{good}webviews = [\"page\"]\n"),
        format!("{good}[remote]\nurls = [\"https://example.org\"]\n"),
    ] {
        assert!(!wrong_capability(&bad).is_empty(), "{bad}");
    }
}

#[test]
fn a_laxer_configuration_is_named() {
    let good = text("src-tauri/tauri.conf.json");
    for (from, to) in [
        ("\"withGlobalTauri\": false", "\"withGlobalTauri\": true"),
        ("\"default-src\": \"'none'\"", "\"default-src\": \"'self'\""),
        ("\"script-src\": \"'self'\"", "\"script-src\": \"'self' 'unsafe-inline'\""),
        ("\"script-src\": \"'self'\"", "\"script-src\": \"'self' blob:\""),
        ("\"style-src\": \"'self'\"", "\"style-src\": \"'self' 'unsafe-inline'\""),
        ("\"font-src\": \"'self' data:\"", "\"font-src\": \"https://fonts.example\""),
        ("\"label\": \"main\"", "\"label\": \"main\", \"url\": \"https://example.org\""),
        ("\"capabilities\": [\"main\"]", "\"capabilities\": [\"main\", \"wide\"]"),
        ("\"build\": {", "\"plugins\": { \"fs\": {} }, \"build\": {"),
        ("\"build\": {", "\"build\": { \"devUrl\": \"http://localhost:1420\","),
    ] {
        assert!(good.contains(from), "{from}");
        assert!(!wrong_configuration(&good.replacen(from, to, 1)).is_empty(), "{to}");
    }
}

#[test]
fn a_way_past_the_bridge_is_named() {
    let import = "import { invoke } from \"@tauri-apps/api/core\";";
    assert!(reaches_past_the_bridge("ui/src/pages/Case.svelte", import));
    assert!(reaches_past_the_bridge("ui/src/desk.svelte.ts", "window.__TAURI_INTERNALS__"));
    assert!(!reaches_past_the_bridge("ui/src/bridge.ts", import));
    assert!(names_a_place_to_load_from("{ \"resolved\": \"https://mirror.example/a.tgz\" }"));
}
