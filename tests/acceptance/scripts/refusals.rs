//! Every refusal of the core is met by a script, but for those that nothing that is sent leads to.

use std::collections::BTreeSet;
use std::path::Path;

use acceptance::outside::root;
use acceptance::script::Shown;
use trail_domain::refusal::RefusalCode;

/// Refusals that stand behind others: why nothing that is sent leads to them, and the test of the core that meets each.
const BEHIND_OTHERS: [(RefusalCode, &str, &str); 4] = [
    (
        RefusalCode::BothMustBeSignedIn,
        "the application ends the session when one of its people signs out",
        "both_people_of_a_session_must_be_signed_in",
    ),
    (
        RefusalCode::NotWhatWasGated,
        "the application captures the page that it asked about",
        "only_what_the_gate_was_answered_for_is_kept",
    ),
    (
        RefusalCode::NotTheSameFile,
        "the application signs the file that it has just read back",
        "nobody_signs_a_file_that_they_were_not_shown",
    ),
    (
        RefusalCode::CaptureForbidden,
        "what no pack lets be captured, no pack lets the school review either; a pack of a school's own may",
        "a_category_that_forbids_capture_leaves_the_way_to_halt_open",
    ),
];

/// Codes that no script meets and no reason stands for; reasons that are not true any more; tests that are not there.
pub(crate) fn wrong(shown: &[(String, Shown)]) -> Vec<String> {
    let met: BTreeSet<&str> = shown.iter().flat_map(|(_, shown)| shown.refused.iter().map(String::as_str)).collect();
    let excused = |code: &RefusalCode| BEHIND_OTHERS.iter().any(|(behind, ..)| behind == code);
    let unmet = RefusalCode::ALL.iter().filter(|code| !met.contains(code.as_str()) && !excused(code));
    let mut wrong: Vec<String> = unmet.map(|code| format!("no script is refused with {code}")).collect();
    let tests = tests_of_the_core();
    for (code, because, test) in BEHIND_OTHERS {
        if met.contains(code.as_str()) {
            wrong.push(format!("a script is refused with {code}: take it off the list ({because})"));
        }
        if !tests.contains(&format!("fn {test}()")) {
            wrong.push(format!("{code} rests on the test {test}, which is not there"));
        }
    }
    let known: BTreeSet<&str> = RefusalCode::ALL.iter().map(|code| code.as_str()).collect();
    wrong.extend(met.difference(&known).map(|code| format!("{code} is no refusal of the core")));
    wrong
}

fn tests_of_the_core() -> String {
    let mut text = String::new();
    read(&root().join("src-tauri/crates/domain"), &mut text);
    text
}

fn read(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
