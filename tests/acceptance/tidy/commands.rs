//! One list of commands, said in four places, and each command is one call.

use std::collections::BTreeSet;

use crate::{files, nothing_wrong, text};

/// The source of all commands: `commands.rs` and the files beside it.
fn commands() -> String {
    let ours = |path: &String| path.starts_with("src-tauri/src/commands") && path.ends_with(".rs");
    files().into_iter().filter(ours).map(|path| text(&path)).collect()
}

/// The functions that tauri may call: name and body.
fn functions(source: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for part in source.split("#[tauri::command").skip(1) {
        let Some((_, after)) = part.split_once("fn ") else { continue };
        let name: String = after.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        let body = after.split_once("{\n").map_or("", |(_, body)| body);
        let body = body.split_once("\n}").map_or(body, |(body, _)| body);
        found.push((name, body.to_owned()));
    }
    found
}

/// The names handed to tauri.
fn handled(source: &str) -> BTreeSet<String> {
    let list = source.split_once("generate_handler![").map_or("", |(_, rest)| rest);
    let list = list.split_once(']').map_or("", |(list, _)| list);
    let name = |path: &str| path.rsplit("::").next().unwrap_or(path).trim().to_owned();
    list.split(',').map(name).filter(|name| !name.is_empty()).collect()
}

/// The commands that a capability allows.
fn allowed(capability: &str) -> BTreeSet<String> {
    let read: toml::Table = capability.parse().unwrap();
    let list = read["permissions"].as_array().unwrap();
    let command = |permission: &toml::Value| {
        let permission = permission.as_str().unwrap_or("not a text");
        permission.strip_prefix("allow-").map_or_else(|| permission.to_owned(), |name| name.replace('-', "_"))
    };
    list.iter().map(command).collect()
}

/// The commands that the pages invoke.
fn invoked(bridge: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for part in bridge.split("invoke<").skip(1) {
        let Some((_, after)) = part.split_once("(\"") else { continue };
        found.insert(after.split('"').next().unwrap_or_default().to_owned());
    }
    found
}

fn listed(commands: &str) -> BTreeSet<String> {
    commands.lines().filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
}

fn differences(list: &BTreeSet<String>, other: &BTreeSet<String>, where_: &str) -> Vec<String> {
    let lacking = list.difference(other).map(|name| format!("{where_} lacks `{name}`"));
    lacking.chain(other.difference(list).map(|name| format!("commands.txt lacks `{name}` of {where_}"))).collect()
}

fn not_one_call(name: &str, body: &str) -> Option<String> {
    let words: Vec<&str> = body.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    let branches = ["if", "match", "for", "while", "loop", "let"].iter().any(|word| words.contains(word));
    let calls = body.matches("shell.").count();
    (branches || calls != 1).then(|| format!("the command `{name}` is not one call"))
}

#[test]
fn four_places_name_the_same_commands() {
    let list = listed(&text("src-tauri/commands.txt"));
    assert!(list.len() > 30, "commands went missing");
    let source = commands();
    let named = functions(&source).into_iter().map(|(name, _)| name).collect();
    let mut wrong = differences(&list, &named, "commands.rs");
    wrong.extend(differences(&list, &handled(&source), "the handler"));
    wrong.extend(differences(&list, &allowed(&text("src-tauri/capabilities/main.toml")), "the capability"));
    wrong.extend(differences(&list, &invoked(&text("ui/src/bridge.ts")), "bridge.ts"));
    nothing_wrong(&wrong);
}

#[test]
fn each_command_is_one_call() {
    let functions = functions(&commands());
    nothing_wrong(&functions.iter().filter_map(|(name, body)| not_one_call(name, body)).collect::<Vec<_>>());
}

#[test]
fn a_command_that_is_missing_somewhere_is_named() {
    let list = listed("cases\nhalt\n");
    let source = "tauri::generate_handler![\n    cases,\n    wipe,\n]\n#[tauri::command(async)]\nfn cases(shell: S) {\n    shell.ask(|app| app.cases())\n}\n#[tauri::command]\nasync fn wipe() {\n}\n";
    let names: BTreeSet<String> = functions(source).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        differences(&list, &names, "commands.rs"),
        ["commands.rs lacks `halt`", "commands.txt lacks `wipe` of commands.rs"]
    );
    assert_eq!(differences(&list, &handled(source), "it").len(), 2);
    let capability = "permissions = [\"allow-cases\", \"fs:default\"]";
    assert_eq!(
        differences(&list, &allowed(capability), "it"),
        ["it lacks `halt`", "commands.txt lacks `fs:default` of it"]
    );
    let bridge =
        "export const a = () => invoke<A[]>(\"cases\");\nexport const b = () =>\n  invoke<B | null>(\"halt\", { x });";
    assert_eq!(differences(&list, &invoked(bridge), "it"), Vec::<String>::new());
    assert_eq!(differences(&list, &invoked("invoke<A>(\"cases\")"), "it"), ["it lacks `halt`"]);
}

#[test]
fn a_command_that_decides_is_named() {
    assert!(not_one_call("good", "    shell.ask(|app| app.view_if_open())").is_none());
    for bad in [
        "    if open { shell.ask(a) }",
        "    match x { _ => shell.ask(a) }",
        "    shell.ask(a); shell.ask(b)",
        "    let x = 1;\n    shell.ask(x)",
        "    todo()",
    ] {
        assert!(not_one_call("bad", bad).is_some(), "{bad}");
    }
}
