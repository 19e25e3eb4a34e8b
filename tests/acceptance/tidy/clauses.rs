//! What is claimed of the documents, clause by clause, names no test that is not there.

use std::collections::BTreeSet;

use crate::invariants::tests_in;
use crate::{files, nothing_wrong, text};

const PAGES: [&str; 3] = ["PADES.md", "PDFA3.md", "PDFUA1.md"];
const CASES: &str = "tests/tamper/cases.toml";

/// Rows of a page's tables, each with the names in its last cell.
fn rows(page: &str) -> Vec<(String, Vec<String>)> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim().strip_prefix('|')?.strip_suffix('|')?.split(" | ").collect();
        let (first, last) = (cells.first()?.trim(), cells.last()?);
        let names = last.split('`').skip(1).step_by(2).map(ToOwned::to_owned).collect();
        (!first.starts_with("---") && cells.len() > 1).then(|| (first.to_owned(), names))
    };
    page.lines().filter_map(row).filter(|(_, names): &(String, Vec<String>)| !names.is_empty()).collect()
}

/// Whether something of that name is there: a test, a file of tests, or a case of `tamper`. A name may be cut with `…`,
/// and end with `*`.
fn is_there(name: &str, known: &BTreeSet<String>) -> bool {
    let last = name.rsplit("::").next().unwrap_or_default();
    match last.strip_suffix('…').or(last.strip_suffix('*')) {
        Some("") => name.len() > last.len(),
        Some(start) => known.iter().any(|known| known.starts_with(start)),
        None => known.contains(last),
    }
}

fn known() -> BTreeSet<String> {
    let seal = |path: &&String| path.starts_with("src-tauri/crates/seal/") && path.ends_with(".rs");
    let all = files();
    let rust = all.iter().filter(|path| path.ends_with(".rs"));
    let mut known: BTreeSet<String> = rust.flat_map(|path| tests_in(&text(path))).collect();
    known.extend(all.iter().filter(seal).filter_map(|path| {
        let name = path.strip_prefix("src-tauri/crates/seal/tests/")?.strip_suffix(".rs")?;
        (!name.contains('/')).then(|| name.to_owned())
    }));
    let acts = text(CASES);
    known.extend(
        acts.lines().filter_map(|line| line.strip_prefix("act = \"")?.strip_suffix('"').map(ToOwned::to_owned)),
    );
    // Kinds of fault, each met by the test that stands beside it.
    let faults = text("src-tauri/crates/seal/src/stamp/fault.rs");
    let kinds =
        faults.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.starts_with(char::is_uppercase));
    known.extend(kinds.map(ToOwned::to_owned));
    // What builds it, and who judges it; the tests beside them in the row show it.
    known.extend(["cms", "decode", "pdfsig", "qpdf"].map(ToOwned::to_owned));
    known
}

fn wrong(page: &str, source: &str, known: &BTreeSet<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (clause, names) in rows(source) {
        // Words that are no names of tests, such as a file beside this one.
        let named =
            names.iter().filter(|name| !name.contains(['.', ' ', '/']) && PAGES.iter().all(|page| page != name));
        wrong.extend(
            named
                .filter(|name| !is_there(name, known))
                .map(|name| format!("{page}: `{name}` of “{clause}” is not there")),
        );
    }
    wrong
}

#[test]
fn every_clause_that_is_claimed_names_tests_that_exist() {
    let known = known();
    let mut all = Vec::new();
    for page in PAGES {
        let source = text(&format!("src-tauri/crates/seal/{page}"));
        assert!(rows(&source).len() > 10, "{page}: rows went missing");
        all.extend(wrong(page, &source, &known));
    }
    nothing_wrong(&all);
}

#[test]
fn a_clause_without_its_test_is_named() {
    let known = BTreeSet::from(["it_holds".to_owned(), "shadow-hide".to_owned()]);
    let page = "| Clause | Written | Shown by |\n|---|---|---|\n| 1 | `x_y` | `judges::it_ho…`, `shadow-*` |\n| 2 | a | `it_is_gone` |\n";
    assert_eq!(rows(page).len(), 2);
    assert_eq!(wrong("A.md", page, &known), ["A.md: `it_is_gone` of “2” is not there"]);
}
