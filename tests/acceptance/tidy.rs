//! The architecture, held by tests: who may use whom, what the shell may do, and what the tree may hold.
//!
//! Each rule is a function over text, and has a test beside it that feeds it a bad one.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[path = "tidy/clauses.rs"]
mod clauses;
#[path = "tidy/commands.rs"]
mod commands;
#[path = "tidy/crates.rs"]
mod crates;
#[path = "tidy/invariants.rs"]
mod invariants;
#[path = "tidy/programs.rs"]
mod programs;
#[path = "tidy/shell.rs"]
mod shell;
#[path = "tidy/tree.rs"]
mod tree;

use std::path::Path;

use acceptance::outside::root;

/// A file's text, by its path from the root of the project.
fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file of the project, by its path from the root with `/` between: without what is built, or hidden at the top.
fn files() -> Vec<String> {
    let mut found = Vec::new();
    collect(&root(), &mut found);
    found.sort();
    assert!(found.len() > 300, "files went missing: {}", found.len());
    found
}

fn collect(folder: &Path, found: &mut Vec<String>) {
    const BUILT: [&str; 4] = ["target", "ui/node_modules", "ui/dist", ".git"];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            if !BUILT.contains(&name.as_str()) && !name.ends_with("__pycache__") {
                collect(&path, found);
            }
        } else {
            found.push(name);
        }
    }
}

/// Fails with all that is wrong, one thing a line.
#[track_caller]
fn nothing_wrong(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
