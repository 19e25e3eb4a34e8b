//! Whatever the product can say is in the words file, with no place that nothing fills in.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[path = "words/asked.rs"]
mod asked;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use acceptance::outside::root;
use asked::{Asked, Given, faults, phrases};
use trail_domain::pack::Stage;
use trail_domain::refusal::RefusalCode;

/// Texts by dotted key.
type Texts = BTreeMap<String, String>;

fn texts(words: &str) -> Texts {
    let mut found = Texts::new();
    flatten("", &toml::Value::Table(words.parse().unwrap()), &mut found);
    found
}

fn flatten(key: &str, value: &toml::Value, found: &mut Texts) {
    if let Some(table) = value.as_table() {
        for (part, value) in table {
            flatten(&if key.is_empty() { part.clone() } else { format!("{key}.{part}") }, value, found);
        }
    } else if let Some(text) = value.as_str() {
        found.insert(key.to_owned(), text.to_owned());
    }
}

/// The places in a text: `{wait}`.
fn places(text: &str) -> BTreeSet<String> {
    let opened = text.split('{').skip(1);
    opened.filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
}

fn bundled() -> Texts {
    texts(&std::fs::read_to_string(root().join("assets/words/en-GB.toml")).unwrap())
}

/// The sources that speak: each with its path.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["src-tauri/crates/app/src", "src-tauri/src"] {
        collect(&root().join(folder), &mut found);
    }
    assert!(found.len() > 40, "sources went missing");
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// A pair *what happened* and *what to do*, neither blank, with no place but these.
fn wrong_pair(texts: &Texts, section: &str, code: &str, given: &BTreeSet<String>) -> Vec<String> {
    let line = |part: &str| {
        let key = format!("{section}.{code}.{part}");
        match texts.get(&key).map(|text| text.trim()) {
            None | Some("") => Some(format!("{key} is missing")),
            Some(text) => unfilled(&key, text, given),
        }
    };
    ["happened", "todo"].into_iter().filter_map(line).collect()
}

fn unfilled(key: &str, text: &str, given: &BTreeSet<String>) -> Option<String> {
    let empty: Vec<String> = places(text).difference(given).cloned().collect();
    (!empty.is_empty()).then(|| format!("{key}: nothing fills in {empty:?}"))
}

/// What is wrong with a phrase that the code asks for.
fn wrong_phrase(texts: &Texts, asked: &Asked) -> Vec<String> {
    let matching: Vec<(&String, &String)> = texts.iter().filter(|(key, _)| asked.fits(key)).collect();
    if matching.is_empty() {
        return vec![format!("{} is missing", asked.key)];
    }
    match &asked.given {
        Given::Unknown => Vec::new(),
        Given::These(given) => matching.iter().filter_map(|(key, text)| unfilled(key, text, given)).collect(),
    }
}

#[track_caller]
fn nothing_wrong(mut wrong: Vec<String>) {
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "in assets/words/en-GB.toml\n{}\n", wrong.join("\n"));
}

#[test]
fn every_refusal_says_what_happened_and_what_to_do() {
    let texts = bundled();
    let given = BTreeSet::from(["stage".to_owned()]);
    nothing_wrong(
        RefusalCode::ALL.iter().flat_map(|code| wrong_pair(&texts, "refusal", code.as_str(), &given)).collect(),
    );
}

#[test]
fn no_refusal_is_worded_that_is_never_given() {
    let known: BTreeSet<&str> = RefusalCode::ALL.iter().map(|code| code.as_str()).collect();
    let worded =
        bundled().into_keys().filter_map(|key| Some(key.strip_prefix("refusal.")?.split('.').next()?.to_owned()));
    nothing_wrong(
        worded
            .filter(|code| !known.contains(code.as_str()))
            .map(|code| format!("refusal.{code} is never given"))
            .collect(),
    );
}

#[test]
fn every_trouble_says_what_happened_and_what_to_do() {
    let texts = bundled();
    let asked: Vec<(String, BTreeSet<String>)> = sources().iter().flat_map(|(_, source)| faults(source)).collect();
    assert!(asked.len() > 80, "troubles went missing: {}", asked.len());
    nothing_wrong(asked.iter().flat_map(|(code, given)| wrong_pair(&texts, "trouble", code, given)).collect());
}

#[test]
fn every_phrase_that_is_asked_for_is_there() {
    let texts = bundled();
    // Refusals, troubles and entries are looked up by their code: each has a test of its own here.
    let by_code =
        |asked: &Asked| ["refusal.{", "trouble.{", "event.{"].iter().any(|start| asked.key.starts_with(start));
    let asked: Vec<Asked> =
        sources().iter().flat_map(|(_, source)| phrases(source)).filter(|asked| !by_code(asked)).collect();
    assert!(asked.len() > 25, "phrases went missing: {}", asked.len());
    nothing_wrong(asked.iter().flat_map(|asked| wrong_phrase(&texts, asked)).collect());
}

/// `words("reportedTo", ...)` and its like read an answer: where it is missing, the person reads what it is called.
#[test]
fn every_answer_is_called_by_words() {
    let texts = bundled();
    let mut fields = BTreeSet::new();
    for (_, source) in sources() {
        for reads in ["words(\"", "optional(\"", "choice(\"", "initials(\"", "seq(\""] {
            let after = source.split(reads).skip(1).filter_map(|rest| rest.split_once("\", "));
            fields
                .extend(after.map(|(field, _)| asked::dashed(field)).filter(|field| !field.contains(['.', '{', ' '])));
        }
    }
    assert!(fields.len() > 45, "answers went missing: {}", fields.len());
    nothing_wrong(
        fields
            .into_iter()
            .filter(|field| !texts.contains_key(&format!("field.{field}")))
            .map(|field| format!("field.{field} is missing"))
            .collect(),
    );
}

#[test]
fn every_kind_of_entry_has_its_line() {
    let texts = bundled();
    let source = std::fs::read_to_string(root().join("src-tauri/crates/domain/src/event/kind.rs")).unwrap();
    let kinds = asked::kinds(&source);
    assert!(kinds.len() > 30, "kinds went missing: {}", kinds.len());
    let given = ["mark", "address", "did"].map(ToOwned::to_owned).into();
    let line = |kind: &String| match texts.get(&format!("event.{kind}")) {
        None => Some(format!("event.{kind} is missing")),
        Some(text) => unfilled(&format!("event.{kind}"), text, &given),
    };
    let mut wrong: Vec<String> = kinds.iter().filter_map(line).collect();
    // These belong to no case: nothing can be filled in.
    for kind in ["store-made", "person-enrolled", "computer-registered", "signed-in", "signed-out"] {
        wrong.extend(unfilled(kind, &texts[&format!("event.{kind}")], &BTreeSet::new()));
    }
    nothing_wrong(wrong);
}

#[test]
fn every_stage_has_its_lines() {
    let texts = bundled();
    let keys = Stage::ALL.into_iter().flat_map(|stage| {
        let id = stage.id();
        [
            format!("stage.{id}.title"),
            format!("next-line.{id}"),
            format!("done-line.{id}"),
            format!("not-needed-line.{id}"),
        ]
    });
    nothing_wrong(keys.filter(|key| !texts.contains_key(key)).map(|key| format!("{key} is missing")).collect());
}

#[test]
fn what_is_missing_or_never_filled_in_is_named() {
    let texts = texts(
        "[trouble.full]\nhappened = \"The disk is full: {detail}\"\ntodo = \" \"\n[visit]\nfailed = \"No: {because}\"\n",
    );
    let none = BTreeSet::new();
    assert_eq!(
        wrong_pair(&texts, "trouble", "full", &none),
        ["trouble.full.happened: nothing fills in [\"detail\"]", "trouble.full.todo is missing"]
    );
    assert_eq!(wrong_pair(&texts, "trouble", "lost", &none).len(), 2);
    let ask = |source: &str| phrases(source).iter().flat_map(|asked| wrong_phrase(&texts, asked)).collect::<Vec<_>>();
    assert_eq!(
        ask("phrases.say(&format!(\"visit.{key}\"), &[(\"what\", a)])"),
        ["visit.failed: nothing fills in [\"because\"]"]
    );
    assert_eq!(ask("phrases.say(\"visit.lost\", &[])"), ["visit.lost is missing"]);
    assert!(ask("phrases.say(\"visit.failed\", &[(\"because\", a.as_str())])").is_empty());
    assert_eq!(
        faults("Err(Fault::with(\n    \"full\",\n    \"detail\",\n    x)\n.and(\"wait\", y))"),
        [("full".to_owned(), ["detail", "wait"].map(ToOwned::to_owned).into())]
    );
    assert_eq!(faults("Self::new(\"lost\").at(\"field\")"), [("lost".to_owned(), none)]);
    assert_eq!(asked::kinds("Self::Halted { .. } => \"halted\","), ["halted"]);
}
