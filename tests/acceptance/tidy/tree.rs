//! What the tree may hold, and what its files may say.

use acceptance::outside::root;

use crate::{files, nothing_wrong};

/// The visible top level is the user's.
const TOP: [&str; 13] = [
    "Cargo.toml",
    "Cargo.lock",
    "src-tauri",
    "ui",
    "assets",
    "tests",
    "icons",
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "LICENSE",
    "rustfmt.toml",
    "clippy.toml",
];

/// The most lines of a file with code in it.
const MOST_LINES: usize = 400;

/// Longer files, each with its reason.
const LONGER: [(&str, &str); 1] = [("ui/src/generated/wire.ts", "generated: as long as the wire types are")];

/// What no file says, each in two halves so that this file does not say it: how or where it was made, where packages
/// lie, and what is left undone.
const UNSAID: [(&str, &str); 8] = [
    ("/wo", "rk/"),
    ("/tm", "p/"),
    ("shar", "ed/"),
    ("registry.npm", "js.org"),
    ("crat", "es.io"),
    ("pypi", ".org"),
    ("files.python", "hosted.org"),
    ("artifact", "ory"),
];

/// Words that no file says, in whatever case.
const UNSAID_WORDS: [(&str, &str); 7] =
    [("cla", "ude"), ("anthro", "pic"), ("chatg", "pt"), ("g", "pt"), ("open", "ai"), ("l", "lm"), ("assis", "tant")];

/// Marks of what is left undone, in capitals as they are written.
const UNDONE: [(&str, &str); 3] = [("TO", "DO"), ("FIX", "ME"), ("XX", "X")];

/// Words that say nothing about a type.
const EMPTY_NAMES: [&str; 6] = ["Manager", "Service", "Helper", "Helpers", "Util", "Utils"];

fn strangers<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let strange = |name: &&str| !name.starts_with('.') && !TOP.contains(name) && *name != "target";
    names.into_iter().filter(strange).map(|name| format!("{name} does not belong at the top")).collect()
}

fn misnamed(path: &str) -> Option<String> {
    (path == "mod.rs" || path.ends_with("/mod.rs")).then(|| format!("{path}: a module is foo.rs and foo/"))
}

fn too_long(path: &str, source: &str) -> Option<String> {
    let code = [".rs", ".ts", ".svelte"].iter().any(|ending| path.ends_with(ending));
    let lines = source.lines().count();
    let excused = LONGER.iter().any(|(longer, _)| *longer == path);
    (code && lines > MOST_LINES && !excused)
        .then(|| format!("{path} has {lines} lines: split it where its subject splits"))
}

fn unsaid(path: &str, source: &str) -> Vec<String> {
    // The lock file names cargo's own registry in every entry, and only that.
    let lock = path == "Cargo.lock";
    let mut wrong = Vec::new();
    for (number, line) in source.lines().enumerate() {
        let small = line.to_lowercase();
        let found = |text: &str| format!("{path}:{}: says `{text}`", number + 1);
        for (first, second) in UNSAID {
            let text = format!("{first}{second}");
            let cargos_own = lock && line == cargos_own();
            if small.contains(&text) && !cargos_own {
                wrong.push(found(&text));
            }
        }
        for (first, second) in UNSAID_WORDS {
            let word = format!("{first}{second}");
            if words(&small).any(|said| said == word) {
                wrong.push(found(&word));
            }
        }
        for (first, second) in UNDONE {
            let mark = format!("{first}{second}");
            if words(line).any(|said| said == mark) {
                wrong.push(found(&mark));
            }
        }
    }
    wrong
}

/// How the lock file says that a package comes from cargo's own registry.
fn cargos_own() -> String {
    format!("source = \"registry+https://github.com/rust-lang/{}{}-index\"", "crat", "es.io")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric())
}

fn empty_names(path: &str, source: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut words =
        source.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty());
    while let Some(word) = words.next() {
        if !["struct", "enum", "trait", "type", "class", "interface"].contains(&word) {
            continue;
        }
        let name = words.next().unwrap_or_default();
        if EMPTY_NAMES.iter().any(|empty| name.ends_with(empty) || name.starts_with(empty)) {
            wrong.push(format!("{path}: the type {name} is named after nothing in the field"));
        }
    }
    wrong
}

/// Every text file that is checked, with its text.
fn texts() -> impl Iterator<Item = (String, String)> {
    files().into_iter().filter_map(|path| Some((path.clone(), std::fs::read_to_string(root().join(path)).ok()?)))
}

#[test]
fn the_top_level_is_the_users() {
    let entries = std::fs::read_dir(root()).unwrap();
    let names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    nothing_wrong(&strangers(names.iter().map(String::as_str)));
}

#[test]
fn modules_are_files_of_their_own_name() {
    nothing_wrong(&files().iter().filter_map(|path| misnamed(path)).collect::<Vec<_>>());
}

#[test]
fn no_file_is_too_long() {
    nothing_wrong(&texts().filter_map(|(path, source)| too_long(&path, &source)).collect::<Vec<_>>());
}

#[test]
fn no_file_says_what_it_should_not() {
    nothing_wrong(&texts().flat_map(|(path, source)| unsaid(&path, &source)).collect::<Vec<_>>());
}

#[test]
fn types_are_named_after_the_field() {
    let code = texts().filter(|(path, _)| [".rs", ".ts", ".svelte"].iter().any(|ending| path.ends_with(ending)));
    nothing_wrong(&code.flat_map(|(path, source)| empty_names(&path, &source)).collect::<Vec<_>>());
}

#[test]
fn each_of_these_rules_can_fail() {
    assert_eq!(strangers(["src-tauri", ".ci", "target", "docs"]), ["docs does not belong at the top"]);
    assert!(misnamed("src-tauri/crates/app/src/show/mod.rs").is_some() && misnamed("ui/src/mod.rs").is_some());
    assert!(misnamed("src-tauri/crates/app/src/nomod.rs").is_none());

    let long = "a line\n".repeat(MOST_LINES + 1);
    assert!(too_long("a/b.rs", &long).is_some() && too_long("a/B.svelte", &long).is_some());
    assert!(too_long("a/b.rs", &"a line\n".repeat(MOST_LINES)).is_none());
    assert!(too_long("a/b.toml", &long).is_none() && too_long(LONGER[0].0, &long).is_none());

    for (first, second) in UNSAID {
        assert!(!unsaid("a.md", &format!("see {first}{second}x")).is_empty(), "{first}{second}");
    }
    for (first, second) in UNSAID_WORDS.into_iter().chain(UNDONE) {
        assert!(!unsaid("a.rs", &format!("// {first}{second}: later")).is_empty(), "{first}{second}");
        assert!(unsaid("a.rs", &format!("// x{first}{second}x")).is_empty(), "{first}{second}");
    }
    let own = cargos_own();
    assert!(unsaid("Cargo.lock", &own).is_empty());
    assert!(!unsaid("Cargo.lock", &own.replace("rust-lang", "somebody")).is_empty());
    assert!(!unsaid("Cargo.toml", &own).is_empty());

    for empty in EMPTY_NAMES {
        assert!(!empty_names("a.rs", &format!("pub(crate) {} Case{empty};", "struct")).is_empty());
        assert!(!empty_names("a.ts", &format!("export {} {empty}Props {{}}", "interface")).is_empty());
        assert!(empty_names("a.rs", &format!("{} Exhibit; // no {empty}", "struct")).is_empty());
    }
}
