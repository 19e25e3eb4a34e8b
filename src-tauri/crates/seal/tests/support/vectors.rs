//! The test vectors: signed documents, packages and excerpts that hold or fail, the same bytes each time.

#[path = "vectors/packages.rs"]
mod packages;
#[path = "vectors/poppler.rs"]
pub(crate) mod poppler;
#[path = "vectors/timed.rs"]
pub(crate) mod timed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use trail_seal::package::{InMemory, PackageVerdict, verify_excerpt, verify_package};
use trail_seal::verify::{Expectation, Standing, State, Verdict, Wholeness, verify};

use super::document::{ONE, School, THREE};
use super::forgery::{self, Ground};

const CASES: &str = include_str!("../../../../../tests/tamper/cases.toml");

/// One file, or one folder of files, and what it is for.
pub(crate) struct Vector {
    /// Its path in the folder of vectors.
    pub(crate) path: String,
    pub(crate) why: String,
    pub(crate) content: Content,
}

pub(crate) enum Content {
    Form(Vec<u8>),
    Excerpt(Vec<u8>),
    Package(InMemory),
}

/// What must be found of a vector.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) wholeness: &'static str,
    pub(crate) signer: &'static str,
    pub(crate) practice: bool,
    /// The codes of what does not hold, each once, in the order of the alphabet.
    pub(crate) fails: Vec<String>,
}

/// One attack on a form.
pub(crate) struct Case {
    pub(crate) class: String,
    pub(crate) act: String,
    pub(crate) why: String,
    needs_three: bool,
    is_vector: bool,
}

/// The folder of vectors.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// The school whose card the checker has, and one that it has not.
pub(crate) fn schools() -> [School; 2] {
    [School::fixed(false, 0x11), School::fixed(false, 0x51)]
}

/// A document with one place for a signature, and one with three, every place signed.
pub(crate) fn grounds() -> [Ground; 2] {
    [&ONE[..], &THREE[..]].map(|names| {
        let [school, stranger] = schools();
        Ground::of(school, stranger, names)
    })
}

/// What the checker knows from the card.
pub(crate) fn card() -> Expectation {
    let [school, _] = schools();
    school.card()
}

/// The attacks, as the data has them.
pub(crate) fn cases() -> Vec<Case> {
    let table: toml::Table = CASES.parse().unwrap();
    let read = |case: &toml::Value| {
        let text = |key: &str| case[key].as_str().unwrap().to_owned();
        Case {
            class: text("class"),
            act: text("act"),
            why: text("why"),
            needs_three: case.get("needs").is_some(),
            is_vector: case.get("vector").is_none(),
        }
    };
    table["case"].as_array().unwrap().iter().map(read).collect()
}

/// Every vector, in the order of the paths.
pub(crate) fn all() -> Vec<Vector> {
    let [one, three] = grounds();
    let form = |name: &str, why: &str, bytes: Vec<u8>| Vector {
        path: format!("forms/{name}.pdf"),
        why: why.to_owned(),
        content: Content::Form(bytes),
    };
    let mut all = vec![
        form("whole-one", "A document that one person signed. It holds.", one.whole.clone()),
        form("whole-three", "A record that three people signed in turn. It holds.", three.whole.clone()),
        form("practice", "A document of practice. It holds, and is not evidence.", {
            Ground::of(School::fixed(true, 0x31), School::fixed(true, 0x51), &ONE).whole
        }),
    ];
    for case in cases().into_iter().filter(|case| case.is_vector) {
        let ground = if case.needs_three { &three } else { &one };
        all.push(form(&case.act, &case.why, forgery::made(&case.act, ground)));
    }
    all.extend(packages::all());
    all.extend(timed::all());
    all.sort_by(|one, other| one.path.cmp(&other.path));
    all
}

/// What our own verifier finds.
pub(crate) fn found(content: &Content, card: &Expectation) -> Found {
    match content {
        Content::Form(bytes) => of_form(&verify(bytes, card)),
        Content::Excerpt(bytes) => of_package(&verify_excerpt(bytes)),
        Content::Package(files) => of_package(&verify_package(files, card)),
    }
}

pub(crate) fn of_form(verdict: &Verdict) -> Found {
    let wrong = verdict.findings().iter().filter(|finding| finding.state() == State::DoesNotHold);
    said(verdict.wholeness(), verdict.standing(), verdict.is_practice(), wrong.map(|one| one.code().to_string()))
}

fn of_package(verdict: &PackageVerdict) -> Found {
    let wrong = verdict.facts().iter().filter(|fact| fact.state() == State::DoesNotHold);
    said(verdict.wholeness(), verdict.standing(), verdict.is_practice(), wrong.map(|one| one.code().to_owned()))
}

fn said(wholeness: Wholeness, standing: Standing, practice: bool, wrong: impl Iterator<Item = String>) -> Found {
    Found {
        wholeness: match wholeness {
            Wholeness::Intact => "intact",
            Wholeness::Altered => "altered",
            Wholeness::CannotTell => "cannot-tell",
        },
        signer: match standing {
            Standing::Known => "known",
            Standing::Unknown => "unknown",
            Standing::NotCompared => "not-compared",
        },
        practice,
        fails: wrong.collect::<BTreeSet<_>>().into_iter().collect(),
    }
}

/// Every file of the folder by its path in it, the list included; `recorded` has pdfsig's answers where the one that is
/// installed is of another version.
pub(crate) fn files(recorded: Option<&Value>) -> BTreeMap<String, Vec<u8>> {
    let card = card();
    let mut files = BTreeMap::new();
    let mut listed = Vec::new();
    for vector in all() {
        let found = found(&vector.content, &card);
        let mut line = json!({
            "path": vector.path, "why": vector.why, "wholeness": found.wholeness, "signer": found.signer,
            "practice": found.practice, "fails": found.fails,
        });
        match vector.content {
            Content::Form(bytes) => {
                line["kind"] = "form".into();
                line["pdfsig"] = answer(recorded, &vector.path, &bytes).into();
                files.insert(vector.path, bytes);
            }
            Content::Excerpt(bytes) => {
                line["kind"] = "excerpt".into();
                files.insert(vector.path, bytes);
            }
            Content::Package(package) => {
                line["kind"] = "package".into();
                files.extend(package.0.into_iter().map(|(name, bytes)| (format!("{}/{name}", vector.path), bytes)));
            }
        }
        listed.push(line);
    }
    let version = recorded.map_or_else(poppler::version, |list| list["pdfsig"].as_str().unwrap().to_owned());
    let list = json!({
        "format": "evidence-trail/vectors/1",
        "fingerprint": hex::encode_upper(card.authority_fingerprint.unwrap()),
        "time_authority": hex::encode_upper(timed::authority()),
        "pdfsig": version, "vectors": listed, "heads": packages::heads(),
    });
    files.insert("vectors.json".to_owned(), format!("{list:#}\n").into_bytes());
    files.insert("README.md".to_owned(), include_str!("vectors/README.md").as_bytes().to_vec());
    // Line ends are a part of what is hashed.
    files.insert(".gitattributes".to_owned(), b"* -text\n".to_vec());
    files
}

fn answer(recorded: Option<&Value>, path: &str, bytes: &[u8]) -> String {
    let Some(list) = recorded else { return poppler::says(path, bytes) };
    let lines = list["vectors"].as_array().unwrap();
    let line = lines.iter().find(|line| line["path"] == path);
    line.map_or("not asked", |line| line["pdfsig"].as_str().unwrap()).to_owned()
}
