//! Points that lie off the happy path: a destruction that two people agreed on, a backup and no store or a damaged
//! one, the store of version 1.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde_json::{Map, Value, json};
use trail_domain::time::Moment;
use trail_store::BackupAbout;

use crate::perform::{Ended, Walk};

use super::check::recovered;
use super::keeping::MEDIUM;
use super::line::Secrets;
use super::template::{Begins, Target, Template, copy_all, ground};

/// The morning before a journey: the review date that was set the day before has come.
const MORNING: &str = "2026-11-23T06:00:00Z";
/// The day before, after the case was walked.
const EVENING: &str = "2026-11-22T18:00:00Z";
/// The fixture's recovery codes, as its description gives them.
const CODES: [&str; 2] =
    ["R3HR-15PP-4Z92-P11H-S7Z9-E0NV-0E63-BEW5-FKS1", "JSJM-FKX0-74V4-7VNH-68CE-TSJ6-PMC7-CWJF-QN5R"];
/// Its case.
const CASE: &str = "40404040404040404040404040404040";
/// Both recovery codes on paper, beside whoever restores.
pub(super) const KIT: &str = "recovery-kit.txt";

/// The template of this point, if it is one of these.
pub(super) fn off_the_path(empty: &Template, point: &str) -> Option<Result<Template, String>> {
    match point {
        "agreed" => Some(agreed(empty)),
        "erasing" => Some(erasing(empty)),
        "backed-up" => Some(backed_up(empty, Begins::WithoutStore)),
        "damaged" => Some(backed_up(empty, Begins::WithDamage)),
        "version-1" => Some(version_1()),
        _ => None,
    }
}

/// A closed case whose review date has come, and whose destruction two people agreed on.
fn agreed(empty: &Template) -> Result<Template, String> {
    let closed = empty
        .walked("retained")?
        .worked_on(EVENING, &["AO"], |walk, _| act(walk, "retain", json!({ "reviewOn": "2026-11-23" })))?;
    closed.worked_on(MORNING, &["JS", "PA"], |walk, target| {
        *target = Target::Case;
        ask_and_agree(walk, Value::Null)
    })
}

/// A case in which the early erasure of the first exhibit was agreed on.
fn erasing(empty: &Template) -> Result<Template, String> {
    empty.walked("judgement")?.worked_on(MORNING, &["JS", "PA"], |walk, target| {
        let rows = walk.house.app.timeline(&walk.case).map_err(|fault| fault.to_string())?;
        let kept = rows.iter().find(|row| row.kind == "exhibit-kept").ok_or("there is no exhibit")?;
        *target = Target::Entry(kept.seq.parse().map_err(|_| "a position".to_owned())?);
        ask_and_agree(walk, json!(kept.seq))
    })
}

fn ask_and_agree(walk: &mut Walk, entry: Value) -> Result<(), String> {
    act(walk, "ask-destruction", json!({ "entry": entry, "ground": "The time for keeping it is over" }))?;
    let asked = asked(walk).ok_or("nobody asked")?;
    act(walk, "agree-destruction", json!({ "asked": asked, "who": "PA" }))
}

/// The entry that asked for a destruction which was not carried out.
pub(super) fn asked(walk: &Walk) -> Option<String> {
    walk.view()?.destructions.into_iter().find(|row| !row.done).map(|row| row.asked)
}

fn act(walk: &mut Walk, name: &str, values: Value) -> Result<(), String> {
    let values: Map<String, Value> = values.as_object().cloned().unwrap_or_default();
    match walk.perform(name, values) {
        Ended::Done => Ok(()),
        other @ (Ended::Refused(..) | Ended::Trouble(..)) => Err(format!("{name} did not go through: {other:?}")),
    }
}

/// A backup on a medium and both codes on paper; in the store's place nothing, or a store without its key file.
fn backed_up(empty: &Template, begins: Begins) -> Result<Template, String> {
    let mut made = empty.walked("judgement")?;
    let folder = made.folder.path().to_owned();
    let medium = folder.join(MEDIUM);
    let wrong = |error: std::io::Error| error.to_string();
    std::fs::create_dir_all(&medium).map_err(wrong)?;
    let vault = recovered(&folder.join("store"), &made.codes)?;
    let at = Moment::try_from(MORNING.to_owned()).map_err(|_| "a moment".to_owned())?;
    let entropy = evidence_trail::parts::clock::SystemEntropy::new();
    let about = BackupAbout { serial: 1, at };
    vault
        .back_up(&medium, &about, &entropy, &AtomicBool::new(false), &mut |_| {})
        .map_err(|error| error.to_string())?;
    drop(vault);
    std::fs::write(folder.join(KIT), made.codes.join("\n")).map_err(wrong)?;
    match begins {
        Begins::WithDamage => std::fs::remove_file(folder.join("store/keys.json")).map_err(wrong)?,
        Begins::WithoutStore | Begins::WithStore | Begins::WithVersion1 => {
            std::fs::remove_dir_all(folder.join("store")).map_err(wrong)?;
            // The keychain of a new computer knows nothing.
            made.secrets = Secrets::default();
        }
    }
    made.begins = begins;
    Ok(made)
}

fn version_1() -> Result<Template, String> {
    let folder = tempfile::tempdir_in(ground()).map_err(|error| error.to_string())?;
    let store = folder.path().join("store");
    let fixture = crate::outside::root().join("src-tauri/crates/store/fixtures/v1");
    let file = |name: &str| std::fs::copy(fixture.join(name), store.join(name)).map(drop);
    std::fs::create_dir_all(&store)
        .and_then(|()| file("ledger.db"))
        .and_then(|()| file("keys.json"))
        .map_err(|error| error.to_string())?;
    let codes = CODES.map(ToOwned::to_owned);
    // Opening it would bring it to this version: what it holds is read from a copy.
    let copy = tempfile::tempdir_in(ground()).map_err(|error| error.to_string())?;
    copy_all(&store, &copy.path().join("store")).map_err(|error| error.to_string())?;
    let mut made = Template {
        folder: copy,
        secrets: Secrets::default(),
        case: CASE.to_owned(),
        codes,
        begins: Begins::WithVersion1,
        standing: Vec::new(),
        target: Target::Nothing,
        drawn: Vec::new(),
    };
    made.learn_standing()?;
    made.folder = folder;
    Ok(made)
}

/// The recovery codes that lie beside whoever restores.
///
/// # Errors
/// - If they cannot be read.
pub(super) fn kit(folder: &Path) -> Result<[String; 2], String> {
    let text = std::fs::read_to_string(folder.join(KIT)).map_err(|error| error.to_string())?;
    let (one, other) = text.split_once('\n').ok_or("there are two codes in a kit")?;
    Ok([one.to_owned(), other.to_owned()])
}
