//! Bad packs, each a small edit of a good one: each says on which line it is bad, what is wrong and what to write.

use super::*;

/// An edit that makes the pack bad: what is replaced by what; the words that first stand on the line of the fault, or
/// none where that line is not told by its words; what the fault says, and what it says to write.
struct Bad {
    from: &'static str,
    to: &'static str,
    marked: &'static str,
    what: &'static str,
    instead: &'static str,
}

const fn bad(
    from: &'static str,
    to: &'static str,
    marked: &'static str,
    what: &'static str,
    instead: &'static str,
) -> Bad {
    Bad { from, to, marked, what, instead }
}

const HEAD: &[Bad] = &[
    bad("title = ", "title ", "title \"SWGfL", "", "="),
    bad(
        "id = \"swgfl-template\"",
        "id = \"other\"",
        "id = \"other\"",
        "the id is \"other\" in a file called",
        "id = \"swgfl-template\"",
    ),
    bad("id = \"swgfl-template\"\n", "", "# The default policy pack", "missing key \"id\"", "id = "),
    bad("title = \"SWGfL template pattern\"", "title = \"  \"", "title = \"  \"", "an answer is missing", ""),
    bad("edition = \"2024-02\"", "edition = \"spring\"", "\"spring\"", "\"spring\" is no edition", "2024-02"),
    bad("edition = \"2024-02\"", "edition = \"2024-13\"", "\"2024-13\"", "is no edition", "2024-02"),
    bad("edition = \"2024-02\"\n", "", "", "missing key \"edition\"", "edition = "),
    bad("summary = ", "sumary = ", "sumary", "unknown key \"sumary\"", "summary"),
    bad("version = 1", "version = 0", "version = 0", "no version 0", "version = 1"),
    bad("version = 1", "version = \"one\"", "version = \"one\"", "\"one\"", "whole number"),
    bad("version = 1", "version = -1", "version = -1", "-1", "whole number"),
    bad(
        "version = 1",
        "version = 1\nbased_on = { id = \"a\", version = 1, hash = \"12\" }",
        "based_on",
        "cannot be read",
        "64 hexadecimal digits",
    ),
    bad("version = 1", "version = 1\nversion = 2", "version = 2", "duplicate key", "once"),
    bad("marking =", "marknig =", "marknig", "unknown key \"marknig\"", "write one of"),
    bad("marking = \"OFFICIAL-SENSITIVE\"\n", "", "", "missing key \"marking\"", "marking = "),
    bad("head = \"headteacher\" }", "haed = \"headteacher\" }", "haed", "unknown key \"haed\"", "\"head\""),
    bad("head = \"headteacher\" }", "}", "terms", "missing key \"head\"", "head = "),
];

const LISTS: &[Bad] = &[
    bad(
        "rating = \"certain-times\"",
        "rating = \"sometimes\"",
        "\"sometimes\"",
        "unknown value \"sometimes\"",
        "\"certain-times\"",
    ),
    bad("rating = \"certain-times\"\n", "", "^id = \"gaming-educational\"", "missing key \"rating\"", "rating = "),
    bad(
        "route = \"advice-first\"",
        "route = \"advice\"",
        "route = \"advice\"",
        "unknown value \"advice\"",
        "\"advice-first\"",
    ),
    bad("legal = \"grooming\"", "legal = \"grooming-act\"", "grooming-act", "unknown value", "\"grooming\""),
    bad("capture = \"allowed\"", "capture = true", "capture = true", "wanted string", "one of the words"),
    bad(
        "id = \"gambling\"",
        "id = \"gaming-other\"",
        "",
        "a second category has the id \"gaming-other\"",
        "its own id",
    ),
    bad("id = \"gambling\"", "id = \"Gam bling\"", "Gam bling", "is no id", "small letters"),
    bad("id = \"gambling\"", "id = \"\"", "id = \"\"", "is no id", "small letters"),
    bad("id = \"obscene-to-child\"", "id = \"obscene-publication\"", "", "a second police ground", "its own id"),
    bad("id = \"signed-off\"", "id = \"signed-by-reviewers\"", "", "a second step", "its own id"),
    bad("id = \"malicious\"", "id = \"false\"", "", "a second outcome", "its own id"),
    bad(
        "id = \"not-enough-to-tell\"",
        "id = \"unclear\"",
        "id = \"unfounded\"",
        "no outcome has the id \"not-enough-to-tell\"",
        "cannot tell",
    ),
    bad("id = \"lado\"\nname", "id = \"police\"\nname", "", "a second agency", "its own id"),
    bad(
        "how = \"Ring at once; write it down afterwards\"\n",
        "",
        "^id = \"social-care\"",
        "missing key \"how\"",
        "how = ",
    ),
    bad("id = \"no-restart\"", "id = \"network-off\"", "", "a second isolation step", "its own id"),
    bad("id = \"wiped\"", "id = \"encrypted\"", "", "a second rule for removable media", "its own id"),
    bad(
        "{ id = \"time\", label",
        "{ id = \"date\", label",
        "{ id = \"date\", label = \"Time\"",
        "a second log column",
        "its own id",
    ),
    bad("columns = [", "rows = [", "rows = [", "unknown key \"rows\"", "columns"),
    bad("every = \"term\"", "every = \"week\"", "\"week\"", "unknown value \"week\"", "\"term\""),
    bad(
        "who = [\"Headteacher\", \"Senior leadership team\", \"Governors\"]",
        "who = []",
        "[review]",
        "nobody looks over",
        "who does",
    ),
    bad("years = 6", "years = 0", "years = 0", "for no time", "one year"),
    bad("years = 6", "years = \"six\"", "years = \"six\"", "\"six\"", "whole number"),
    bad("[retention]", "[retension]", "[retension]", "unknown key \"retension\"", "retention"),
    bad(
        "[log]\n",
        "[[second_forms]]\nid = \"county\"\nname = \"County form\"\nwhen = \"Always\"\ncategories = [\"betting\"]\n\n[log]\n",
        "[\"betting\"]",
        "names the category \"betting\"",
        "a category of this pack",
    ),
];

const STEPS: &[Bad] = &[
    bad("stage = \"triage\"", "stage = \"triag\"", "\"triag\"", "unknown value \"triag\"", "\"triage\""),
    bad(
        "stage = \"action\"",
        "stage = \"judgement\"",
        "id = \"computer-isolated\"",
        "no step has the stage \"action\"",
        "ten stages",
    ),
    bad(
        "stage = \"retained\"",
        "stage = \"sign-off\"",
        "id = \"record-retained\"",
        "no step has the stage \"retained\"",
        "ten stages",
    ),
    bad(
        "stage = \"isolation\"",
        "stage = \"group\"",
        "id = \"computer-isolated\"",
        "stands after one of the stage \"action\"",
        "order of the stages",
    ),
    bad("required = true", "required = \"yes\"", "\"yes\"", "\"yes\"", "true or false"),
    bad("safeguard = \"gate\"", "safeguard = \"gates\"", "\"gates\"", "unknown value \"gates\"", "\"gate\""),
    bad("clause = \"Illegal incidents\"\n", "", "^id = \"kind-decided\"", "missing key \"clause\"", "clause = "),
];

const TABLES: &[Bad] = &[
    bad("police = \"Police\"\n", "", "actions = [\"class", "has no label", "[sanctions.pupils.labels]"),
    bad(
        "police = \"Police\"\n",
        "police = \"Police\"\npolise = \"Police\"\n",
        "polise",
        "names the action \"polise\"",
        "take the label out",
    ),
    bad(
        "\"inform-parents\", \"further-sanction\"]",
        "\"parents\"]",
        "\"parents\"]",
        "which the table does not have",
        "use one of class-teacher",
    ),
    bad(
        "[\"class-teacher\", \"it-support\"",
        "[\"it-support\", \"class-teacher\"",
        "[\"it-support\", \"class",
        "out of order",
        "order of the columns",
    ),
    bad(
        "[\"class-teacher\", \"it-support\"",
        "[\"class-teacher\", \"class-teacher\"",
        "\"class-teacher\", \"class-teacher\"",
        "twice",
        "once",
    ),
    bad("\"warning\", \"further-sanction\"]", "\"warning\", \"warning\"]", "", "a second action", "its own id"),
    bad(
        "incident = \"Downloading or uploading files without leave\"",
        "incident = \"Sending a message that offends, harasses or bullies\"",
        "",
        "a second row has the incident",
        "once",
    ),
    bad("[sanctions.staff]", "[sanctions.governors]", "[sanctions.governors]", "missing key \"labels\"", "labels = "),
    bad(
        "proposed = [\"class-teacher\", \"headteacher\", \"it-support\", \"warning\"]\n",
        "",
        "^by accident and not reporting",
        "missing key \"proposed\"",
        "proposed = ",
    ),
];

const CHARTS: &[Bad] = &[
    bad(
        "id = \"triage\"\ntitle",
        "id = \"triag\"\ntitle",
        "id = \"triag\"",
        "no chart has the id \"triage\"",
        "add the chart",
    ),
    bad(
        "to = \"ring-999\"",
        "to = \"ring-998\"",
        "ring-998",
        "names the node \"ring-998\", which the chart does not have",
        "a node of this chart",
    ),
    bad("column = 1, row = 2", "column = 0, row = 2", "id = \"illegal-route\"", "lies on another", "of its own"),
    bad("column = 1, row = 2", "column = 300, row = 2", "column = 300", "300", "whole number"),
    bad("{ id = \"lado\", label", "{ id = \"settled\", label", "", "a second chart node", "its own id"),
    bad(
        "    { from = \"immediate-risk\", to = \"ring-999\", label = \"Yes\", when = \"child-not-safe\" },\n",
        "",
        "id = \"ring-999\"",
        "no way leads to the node \"ring-999\"",
        "write an edge to it",
    ),
    bad("label = \"Met, or not sure\" }", "}", "from = \"lado\", to = \"other-incidents\"", "has no label", "label ="),
    bad(
        "when = \"child-not-safe\"",
        "when = \"child-unsafe\"",
        "child-unsafe",
        "unknown value \"child-unsafe\"",
        "\"child-not-safe\"",
    ),
    bad(
        "to = \"illegal\", label = \"No\" }",
        "to = \"illegal\", label = \"No\" },\n    { from = \"immediate-risk\", to = \"settled\", label = \"Maybe\", when = \"illegal\" }",
        "from = \"immediate-risk\", to = \"illegal\"",
        "without when stands before",
        "last",
    ),
    bad(
        "{ from = \"ring-999\", to = \"illegal\" }",
        "{ from = \"ring-999\", to = \"immediate-risk\" },\n    { from = \"immediate-risk\", to = \"illegal\", label = \"No\" }",
        "",
        "stands twice",
        "one edge",
    ),
    bad(
        "{ from = \"reported\", to",
        "{ from = \"reported\", to = \"reported\" },\n    { from = \"reported\", to",
        "to = \"reported\"",
        "leads nowhere",
        "two different nodes",
    ),
    bad(
        "{ from = \"settled\", to = \"log-only\"",
        "{ from = \"log-only\", to = \"settled\" },\n    { from = \"settled\", to = \"log-only\"",
        "id = \"log-only\"",
        "the exit \"log-only\" leads further",
        "take out the edges",
    ),
    bad(", exit = \"log-only\" }", " }", "id = \"triage\"", "is the exit \"log-only\"", "exit = \"log-only\""),
    bad(
        "exit = \"log-only\"",
        "exit = \"illegal-route\"",
        "id = \"log-only\"",
        "a second node is the exit \"illegal-route\"",
        "once",
    ),
    bad("exit = \"log-only\"", "exit = \"log\"", "exit = \"log\"", "unknown value \"log\"", "\"log-only\""),
    bad(
        "column = 0, row = 4 }",
        "column = 0, row = 4, chart = \"staff\" }",
        "chart = \"staff\"",
        "leads on to the chart \"staff\"",
        "a chart of this pack",
    ),
];

const CLOCKS: &[Bad] = &[
    bad("limit = \"72 hours\"", "limit = \"soon\"", "\"soon\"", "\"soon\" is no limit", "72 hours"),
    bad("limit = \"72 hours\"", "limit = \"0 hours\"", "\"0 hours\"", "is no limit", "72 hours"),
    bad("limit = \"1 working day\"", "limit = \"-1 working days\"", "-1 working", "is no limit", "1 working day"),
    bad("limit = \"72 hours\"", "limit = 72", "limit = 72", "72", "text"),
    bad(
        "starts-on = \"data-breach\"",
        "starts-on = \"breach\"",
        "\"breach\"",
        "unknown value \"breach\"",
        "\"data-breach\"",
    ),
    bad("checked = \"2026-11-01\"", "checked = \"last week\"", "\"last week\"", "is no day", "2026-11-26"),
    bad("id = \"ico\"", "id = \"lado\"", "", "a second clock", "its own id"),
];

#[test]
fn every_bad_pack_says_the_line_what_is_wrong_and_what_to_write() {
    let all: Vec<&Bad> = [HEAD, LISTS, STEPS, TABLES, CHARTS, CLOCKS].into_iter().flatten().collect();
    assert!(all.len() >= 40, "{} bad packs", all.len());
    let mut wrong = Vec::new();
    for Bad { from, to, marked, what, instead } in all {
        let text = changed(from, to);
        let Err(fault) = PolicyPack::parse(NAME, &text) else {
            wrong.push(format!("taken: {from:?} as {to:?}"));
            continue;
        };
        // ^ stands for the line above: that of the entry's [[header]].
        let (marked, above) = marked.strip_prefix('^').map_or((*marked, 0), |marked| (marked, 1));
        let at = line(&text, marked).map(|at| at - above).filter(|_| !marked.is_empty()).or(fault.line());
        if !fault.what().contains(what) || !fault.instead().contains(instead) || fault.line() != at || at.is_none() {
            wrong.push(format!("{fault}\n    expected line {at:?}, {what:?}, {instead:?}"));
        }
        assert_eq!(fault.file(), NAME);
        assert!(!fault.what().is_empty() && !fault.instead().is_empty(), "{fault}");
        assert!(!fault.to_string().contains('`') && !fault.to_string().contains('\n'), "{fault}");
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn whole_lists_that_are_missing_are_named() {
    for key in ["categories", "police_grounds", "steps", "sanctions", "outcomes", "agencies", "charts", "isolation"] {
        let text = TEXT.replace(&format!("[[{key}]]"), "[[spare]]").replace(&format!("[{key}."), "[spare.");
        let text = text.replace(&format!("[[{key}."), "[[spare.");
        let fault = fault(&text);
        assert!(fault.what().contains("unknown key \"spare\""), "{key}: {fault}");
        assert!(fault.instead().contains(&format!("\"{key}\"")), "{key}: {fault}");
    }
    for (key, what) in [("log", "missing key \"log\""), ("review", "missing key \"review\"")] {
        let start = TEXT.find(&format!("[{key}]")).unwrap();
        let end = start + 1 + TEXT[start + 1..].find("\n[").unwrap();
        let fault = fault(&format!("{}{}", &TEXT[..start], &TEXT[end..]));
        assert!(fault.what().contains(what), "{fault}");
    }
}

#[test]
fn there_are_two_tables_of_actions_and_both_have_rows() {
    let renamed = TEXT.replace("sanctions.staff", "sanctions.governors");
    let found = fault(&renamed);
    assert_eq!(found.line(), line(&renamed, "[sanctions.governors"), "{found}");
    assert!(found.what().contains("unknown sanctions table \"governors\""), "{found}");
    let start = TEXT.find("[sanctions.staff]").unwrap();
    let end = TEXT.find("[[outcomes]]").unwrap();
    let without = format!("{}{}", &TEXT[..start], &TEXT[end..]);
    let found = fault(&without);
    assert!(found.what().contains("no table [sanctions.staff]"), "{found}");
    let rows = TEXT.find("[[sanctions.staff.rows]]").unwrap();
    let empty =
        format!("{}{}", &TEXT[..rows], &TEXT[end..]).replace("[sanctions.staff]\n", "[sanctions.staff]\nrows = []\n");
    let found = fault(&empty);
    assert!(found.what().contains("[sanctions.staff] has no rows"), "{found}");
    assert_eq!(found.line(), line(&empty, "[sanctions.staff]"), "{found}");
}

#[test]
fn what_is_no_toml_at_all_says_where_it_stops() {
    for (text, line) in [
        ("", 1),
        ("{\"id\": \"swgfl-template\"}", 1),
        ("id = \"swgfl-template\"\ntitle = \"unfinished", 2),
        ("id = \"swgfl-template\"\n\n[[categories]\n", 3),
        ("\u{feff}\u{0}", 1),
    ] {
        let fault = fault(text);
        assert_eq!(fault.line(), Some(line), "{text:?}: {fault}");
        assert!(!fault.instead().is_empty());
    }
}

/// No edit makes the reader panic: every prefix of a pack, and every line left out.
#[test]
fn a_pack_cut_anywhere_is_refused_or_taken_and_never_panics() {
    let mut refused = 0;
    for at in (0..TEXT.len()).step_by(97).filter(|at| TEXT.is_char_boundary(*at)) {
        refused += usize::from(PolicyPack::parse(NAME, &TEXT[..at]).is_err_and(|fault| fault.line().is_some()));
    }
    assert!(refused > 200, "{refused}");
    let lines: Vec<&str> = TEXT.lines().collect();
    for gone in (0..lines.len()).step_by(3) {
        let text: String =
            lines.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, line)| format!("{line}\n")).collect();
        if let Err(fault) = PolicyPack::parse(NAME, &text) {
            assert!(fault.line().is_some(), "{fault}");
        }
    }
}
