//! `ARCHITECTURE.md` promises nothing that no test holds.

use std::collections::BTreeSet;

use crate::{files, text};

/// The invariants: each bold sentence with the tests it names, none where it names none.
fn invariants(page: &str) -> Vec<(String, Vec<String>)> {
    let section = page.split("## Invariants").nth(1).unwrap_or_default().split("\n## ").next().unwrap_or_default();
    let mut found = Vec::new();
    for part in section.split("\n- **").skip(1) {
        let (sentence, rest) = part.split_once("**").unwrap_or((part, ""));
        let held = rest.split("Held by").nth(1).unwrap_or_default();
        let named = held.split('`').skip(1).step_by(2).map(ToOwned::to_owned).collect();
        found.push((sentence.split_whitespace().collect::<Vec<_>>().join(" "), named));
    }
    found
}

/// Names of functions that are tests.
pub(crate) fn tests_in(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut marked = false;
    for line in source.lines().map(str::trim) {
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            marked = true;
        } else if let Some((_, name)) = line.split_once("fn ").filter(|_| marked) {
            found.insert(name.split('(').next().unwrap_or_default().to_owned());
            marked = false;
        }
    }
    found
}

fn unheld(invariants: &[(String, Vec<String>)], tests: &BTreeSet<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (sentence, named) in invariants {
        if named.is_empty() {
            wrong.push(format!("no test is named for: {sentence}"));
        }
        let missing = named.iter().filter(|name| !tests.contains(*name));
        wrong.extend(missing.map(|name| format!("there is no test `{name}`, named for: {sentence}")));
    }
    wrong
}

#[test]
fn every_invariant_names_tests_that_exist() {
    let invariants = invariants(&text("ARCHITECTURE.md"));
    assert!(invariants.len() > 20, "invariants went missing: {}", invariants.len());
    let sources = files().into_iter().filter(|path| path.ends_with(".rs"));
    let tests: BTreeSet<String> = sources.flat_map(|path| tests_in(&text(&path))).collect();
    crate::nothing_wrong(&unheld(&invariants, &tests));
}

#[test]
fn a_promise_without_a_test_is_named() {
    let page = "# A\n## Invariants\n### Core\n- **It holds\n  always.** Why. Held by `it_holds` and `it_does`.\n- **It may.** Not said.\n## Next\n- **No.**\n";
    let read = invariants(page);
    assert_eq!(read.len(), 2);
    assert_eq!(read[0], ("It holds always.".to_owned(), vec!["it_holds".to_owned(), "it_does".to_owned()]));
    let tests = tests_in("#[test]\nfn it_holds() {}\nfn it_does() {}\n");
    assert_eq!(
        unheld(&read, &tests),
        ["there is no test `it_does`, named for: It holds always.", "no test is named for: It may."]
    );
}
