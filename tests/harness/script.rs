//! Scripts: cases as data. `tests/README.md` describes the format.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::given::PATH;
use crate::house::{DEFAULT, House, default_people};
use crate::packs;
use crate::perform::{Ended, Walk};

mod finally;

use finally::Finally;

/// A script.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    title: String,
    #[serde(default)]
    given: Given,
    #[serde(default, rename = "do")]
    steps: Vec<Map<String, Value>>,
    #[serde(default)]
    finally: Finally,
    /// The folder that it stands in.
    #[serde(skip)]
    folder: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    pack: Option<String>,
    people: Option<Vec<String>>,
    category: Option<String>,
    subject: Option<String>,
    works_with_children: Option<bool>,
    subject_is: Option<String>,
    upto: Option<String>,
    signed_in: Option<Vec<String>>,
}

/// What a script showed when it held.
#[derive(Debug, Default, Clone)]
pub struct Shown {
    /// The pack it ran under.
    pub pack: String,
    /// Ways of charts that it walked, each with the box named in what it expects: chart, from, to.
    pub ways: BTreeSet<(String, String, String)>,
    /// Refusals that it expected and met, by their codes.
    pub refused: BTreeSet<String>,
}

impl Script {
    /// Reads a script.
    ///
    /// # Errors
    /// - If the file cannot be read, is not TOML, or has an unknown key.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut script: Self = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        let folder = path.parent().and_then(Path::file_name).and_then(std::ffi::OsStr::to_str);
        script.folder = folder.map(ToOwned::to_owned);
        Ok(script)
    }

    /// The pack that its school is under: the one it names, the one whose folder it stands in, or the default one.
    #[must_use]
    pub fn pack(&self) -> &str {
        let of_folder = self.folder.as_deref().filter(|folder| packs::ALL.contains(folder));
        self.given.pack.as_deref().or(of_folder).unwrap_or(DEFAULT)
    }

    /// Refusals that it expects, by their codes.
    #[must_use]
    pub fn refusals(&self) -> BTreeSet<String> {
        let codes = self.steps.iter().filter_map(|step| step.get("refused").and_then(Value::as_str));
        codes.map(ToOwned::to_owned).collect()
    }

    /// What it shows.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Whether it lets the disk fail, for which it needs a process of its own.
    #[must_use]
    pub fn lets_the_disk_fail(&self) -> bool {
        self.steps.iter().any(|step| step.get("act").is_some_and(|act| act == "disk-fails"))
    }

    /// Runs it.
    ///
    /// # Errors
    /// - If anything that it expects does not hold; the text says which step, and what came instead.
    pub fn run(&self) -> Result<Shown, String> {
        let mut walk = self.begin()?;
        let (_, mut seq) = walk.kinds_after(0);
        for (number, step) in (1..).zip(&self.steps) {
            let before = seq;
            let act = step.get("act").and_then(Value::as_str).ok_or(format!("step {number} has no act"))?;
            let ended = walk.perform(act, fields_of(step));
            let (kinds, last) = walk.kinds_after(before);
            seq = last;
            check(step, &ended, &kinds).map_err(|wrong| format!("step {number} ({act}): {wrong}"))?;
        }
        let ways = self.finally.check(&mut walk)?;
        Ok(Shown { pack: self.pack().to_owned(), ways, refused: self.refusals() })
    }

    fn begin(&self) -> Result<Walk, String> {
        let given = &self.given;
        let pack = self.pack();
        if !packs::ALL.contains(&pack) {
            return Err(format!("there is no pack {pack}; write one of {:?}", packs::ALL));
        }
        let people = given.people.clone().unwrap_or_else(default_people);
        let mut walk = Walk::under(packs::bundled(pack), House::under(pack, &people));
        self.set_case(&mut walk);
        let upto = given.upto.as_deref();
        let late = matches!(upto, Some("signed-2" | "retained" | "closed"));
        if upto.is_some() {
            sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned))?;
            walk_to(&mut walk, upto)?;
        }
        let wanted = given
            .signed_in
            .clone()
            .unwrap_or_else(|| if late { vec!["AO".to_owned()] } else { ["JS", "PA"].map(ToOwned::to_owned).to_vec() });
        change_people(&mut walk, &wanted)?;
        Ok(walk)
    }

    fn set_case(&self, walk: &mut Walk) {
        let given = &self.given;
        let values = &mut walk.case_values;
        if let Some(category) = &given.category {
            values.insert("category".to_owned(), json!(category));
        }
        let subject = given.subject.as_deref().unwrap_or("pupil");
        values.insert("subjectKind".to_owned(), json!(subject));
        let works = given.works_with_children.unwrap_or(subject == "staff");
        values.insert("worksWithChildren".to_owned(), json!(works));
        if let Some(initials) = &given.subject_is {
            values.insert("subjectEnrolled".to_owned(), json!(initials));
        }
    }
}

/// Walks a case along the happy path up to a point.
///
/// # Errors
/// - If there is no such point, or an act on the way does not go through.
pub fn walk_to(walk: &mut Walk, upto: Option<&str>) -> Result<(), String> {
    let upto = upto.unwrap_or_default();
    if !PATH.iter().any(|(point, _)| *point == upto) {
        return Err(format!("given: there is no point {upto}"));
    }
    along(walk, PATH, upto)
}

/// Walks a case that stands at a point of the happy path on to a later one.
///
/// # Errors
/// - If there are no such points in this order, or an act on the way does not go through.
pub fn walk_on(walk: &mut Walk, from: &str, upto: &str) -> Result<(), String> {
    let rest = PATH.iter().position(|(point, _)| *point == from).map(|at| &PATH[at + 1..]).unwrap_or_default();
    if !rest.iter().any(|(point, _)| *point == upto) {
        return Err(format!("given: there is no way from {from} to {upto}"));
    }
    along(walk, rest, upto)
}

fn along(walk: &mut Walk, path: &[(&str, &[&str])], upto: &str) -> Result<(), String> {
    for (point, acts) in path {
        for act in *acts {
            happy(walk, act)?;
        }
        if *point == upto {
            break;
        }
    }
    Ok(())
}

/// One act of the happy path; `act:detail` names who acts, or what is signed.
fn happy(walk: &mut Walk, act: &str) -> Result<(), String> {
    let (act, detail) = act.split_once(':').unwrap_or((act, ""));
    let mut values = Map::new();
    match (act, detail) {
        ("seal-view", "PA") => {
            values.insert("who".to_owned(), json!("PA"));
        }
        ("sign-form", field) => {
            let who = match field {
                "first" => "JS",
                "second" => "PA",
                _ => "AO",
            };
            if who == "AO" {
                change_people(walk, &["AO".to_owned()])?;
            }
            values.insert("field".to_owned(), json!(field));
            values.insert("who".to_owned(), json!(who));
        }
        ("choose-actions", _) if walk.case_values.get("subjectKind").is_some_and(|kind| kind == "staff") => {
            values.insert("table".to_owned(), json!("staff"));
        }
        _ => {}
    }
    if act == "open-session" && walk.view().is_some_and(|view| view.harm_test_needed) {
        happy(walk, "harm-test")?;
    }
    match walk.perform(act, values) {
        Ended::Done => Ok(()),
        other @ (Ended::Refused(..) | Ended::Trouble(..)) => Err(format!("given: {act} did not go through: {other:?}")),
    }
}

/// Signs these people in, in order.
///
/// # Errors
/// - If one of them cannot sign in.
pub fn sign_in(walk: &mut Walk, people: &[String]) -> Result<(), String> {
    for who in people {
        match walk.perform("sign-in", Map::from_iter([("who".to_owned(), json!(who))])) {
            Ended::Done => {}
            other @ (Ended::Refused(..) | Ended::Trouble(..)) => {
                return Err(format!("given: {who} could not sign in: {other:?}"));
            }
        }
    }
    Ok(())
}

/// Signs in who is wanted and out who is not, in the order wanted.
fn change_people(walk: &mut Walk, wanted: &[String]) -> Result<(), String> {
    let here: Vec<String> = walk.house.app.view().signed_in.into_iter().map(|signed| signed.person.initials).collect();
    if here == wanted {
        return Ok(());
    }
    walk.house.app.lock();
    sign_in(walk, wanted)
}

fn fields_of(step: &Map<String, Value>) -> Map<String, Value> {
    let ours = ["act", "expect", "refused", "clause", "trouble"];
    step.iter()
        .filter(|(key, _)| !ours.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

fn check(step: &Map<String, Value>, ended: &Ended, kinds: &[String]) -> Result<(), String> {
    let text = |key: &str| step.get(key).and_then(Value::as_str);
    match (text("refused"), text("trouble"), ended) {
        (Some(wanted), None, Ended::Refused(code, clause)) => {
            if code != wanted {
                return Err(format!("should be refused as {wanted}, and was as {code}"));
            }
            if let Some(wanted) = text("clause")
                && clause.as_deref() != Some(wanted)
            {
                return Err(format!("the refusal should name {wanted:?}, and names {clause:?}"));
            }
            let added: Vec<&String> = kinds.iter().filter(|kind| *kind != "visited").collect();
            if !added.is_empty() {
                return Err(format!("was refused, and the ledger grew all the same: {added:?}"));
            }
            Ok(())
        }
        (None, Some(wanted), Ended::Trouble(code, _)) if code == wanted => Ok(()),
        (None, None, Ended::Done) => match step.get("expect") {
            None => Ok(()),
            Some(wanted) => {
                let wanted: Vec<&str> = match wanted.as_array() {
                    Some(list) => list.iter().filter_map(Value::as_str).collect(),
                    None => wanted.as_str().into_iter().collect(),
                };
                // What the page did meanwhile comes when it comes; and the last sign-out cannot be read before somebody
                // signs in again. Neither is a part of what the act adds.
                let apart = |kind: &&str| *kind != "visited" && (*kind != "signed-out" || wanted.contains(kind));
                let added: Vec<&str> = kinds.iter().map(String::as_str).filter(apart).collect();
                if added == wanted {
                    Ok(())
                } else {
                    Err(format!("should add {wanted:?} to the ledger, and added {added:?}"))
                }
            }
        },
        (Some(wanted), _, other) => Err(format!("should be refused as {wanted}, and came to: {other:?}")),
        (_, Some(wanted), other) => Err(format!("should meet the trouble {wanted}, and came to: {other:?}")),
        (None, None, other) => Err(format!("should be done, and came to: {other:?}")),
    }
}
