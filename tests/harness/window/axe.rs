//! axe-core, asked about the page in front.

use std::fs;
use std::sync::LazyLock;

use serde_json::Value;

use crate::outside::root;

/// The program itself, of the version that the screens' parts name.
pub static SOURCE: LazyLock<String> = LazyLock::new(|| {
    let path = root().join("ui/node_modules/axe-core/axe.min.js");
    fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{} is needed ({error}); run `npm ci` in ui/", path.display()))
});

/// Asks it, and calls back with what violates WCAG 2.2 A and AA or a good practice.
pub const ASK: &str = r"
const done = arguments[arguments.length - 1];
axe.run(document, {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  resultTypes: ['violations'],
}).then(
  (found) => done({ checked: found.passes.length, violations: found.violations.map((one) => ({
    id: one.id, help: one.help, tags: one.tags,
    nodes: one.nodes.slice(0, 6).map((node) => node.target.join(' ') + '  ' + node.html.slice(0, 160) + '  ' + (node.failureSummary || '')),
  })) }),
  (error) => done({ error: String(error) }),
);
";

/// What was found: what violates WCAG, and what is good practice only.
pub struct Found {
    /// Violations of WCAG 2.2 A and AA, in words.
    pub violations: Vec<String>,
    /// Departures from good practice, in words.
    pub practice: Vec<String>,
}

/// Reads its answer.
#[must_use]
pub fn read(answer: &Value) -> Found {
    assert!(answer["error"].is_null(), "axe-core could not check: {answer}");
    assert!(
        answer["checked"].as_u64().is_some_and(|checked| checked > 5),
        "axe-core checked next to nothing: {answer}"
    );
    let mut found = Found { violations: Vec::new(), practice: Vec::new() };
    for violation in answer["violations"].as_array().into_iter().flatten() {
        let wcag = violation["tags"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|tag| tag.as_str().is_some_and(|tag| tag.starts_with("wcag")));
        let line = format!("{}: {}\n    {:#}", violation["id"], violation["help"], violation["nodes"]);
        if wcag { found.violations.push(line) } else { found.practice.push(line) }
    }
    found
}
