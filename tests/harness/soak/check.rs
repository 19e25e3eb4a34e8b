//! What must hold after whatever happened: the store opens, its record holds, everything that was acknowledged is in
//! it, the application signs in and raises no false alarm, and no final file is half-written.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use trail_domain::ids::Hash;
use trail_store::{Found, Locked, Open, RecoveryCode, Vault};

use crate::house::{Doubles, House, PASSPHRASE};
use crate::perform::Walk;

use super::acts::CERTIFICATE;
use super::child::seen_after;
use super::keeping::{CHANGED, backups_are_whole};
use super::line::{Ack, Drawer, Secrets, Seen};
use super::template::{AFTERWARDS, Begins, Template};
use super::{migrating, place, record};

/// How often a store that is in use is tried.
const TRIES: usize = 50;

/// What is looked at.
pub struct Scene<'a> {
    /// The school's folder.
    pub folder: &'a Path,
    /// What the keychain holds now.
    pub secrets: &'a Secrets,
    /// What the journey started from.
    pub template: &'a Template,
    /// What was acknowledged.
    pub acks: &'a [Ack],
}

/// Looks at everything.
///
/// # Errors
/// - If anything does not hold: what.
pub fn all(scene: &Scene<'_>) -> Result<(), String> {
    if !looked_at(scene)? {
        return Ok(());
    }
    match scene.template.begins {
        Begins::WithVersion1 => migrating::holds(scene.folder, &scene.template.codes),
        Begins::WithStore | Begins::WithoutStore | Begins::WithDamage => signed_in(scene),
    }
}

/// Like [`all`], without the sign-in and its key derivation.
///
/// # Errors
/// - If anything does not hold: what.
pub fn quickly(scene: &Scene<'_>) -> Result<(), String> {
    looked_at(scene).map(drop)
}

/// Whether there is a store, which then holds. Backups are looked at in any case.
fn looked_at(scene: &Scene<'_>) -> Result<bool, String> {
    let is_there = place::has_store(scene)?;
    if is_there {
        let documents = record::holds(scene)?;
        no_half_files(scene, &documents)?;
    }
    backups_are_whole(scene.folder, &scene.template.codes)?;
    Ok(is_there)
}

/// The application starts, a person signs in, and sees what was acknowledged.
fn signed_in(scene: &Scene<'_>) -> Result<(), String> {
    let house = opened(scene.folder, scene.secrets)?;
    let mut walk = Walk::new(house);
    walk.case = scene.acks.iter().rev().map(|ack| ack.case.clone()).find(|case| !case.is_empty()).unwrap_or_default();
    if walk.case.is_empty() {
        scene.template.case.clone_into(&mut walk.case);
    }
    // A passphrase whose change was not acknowledged may be the old one or the new.
    let changed = scene.acks.iter().rev().find_map(|ack| ack.passphrases.get("JS"));
    let changing = scene.acks.iter().any(|ack| ack.act == "change-passphrase") || scene.acks.len() == 1;
    // Wrong passphrases were a part of the journey: their wait is over.
    *walk.house.steady.lock().unwrap() += 100_000.0;
    let person = walk.house.id("JS");
    let mut signed = walk.house.app.sign_in(&person, changed.map_or(PASSPHRASE, String::as_str));
    if signed.is_err() && changed.is_none() && changing {
        signed = walk.house.app.sign_in(&person, CHANGED);
    }
    let view = signed.map_err(|fault| format!("nobody can sign in: {}", words(&walk, &fault)))?;
    let view = serde_json::to_value(view).map_err(|error| error.to_string())?;
    if let Some(alarm) = view.get("brokenAnchor").filter(|alarm| !alarm.is_null()) {
        return Err(format!("a false alarm: {alarm}"));
    }
    let now = seen_after(&walk, 0);
    let lost = |seen: &&Seen| !now.contains(seen) && (!seen.in_case || walk.view().is_some());
    match scene.acks.iter().flat_map(|ack| &ack.seen).find(lost) {
        None => Ok(()),
        Some(seen) => Err(format!("the application does not show entry {} ({}) any more", seen.seq, seen.kind)),
    }
}

fn words(walk: &Walk, fault: &trail_app::Fault) -> String {
    let trouble = fault.in_words(walk.house.app.phrases());
    format!("{}: {}", trouble.code, trouble.happened)
}

/// Every file that was saved for people is one of the record's documents, whole.
fn no_half_files(scene: &Scene<'_>, documents: &BTreeSet<String>) -> Result<(), String> {
    let mut saved = Vec::new();
    files_in(&scene.folder.join("outgoing"), &mut saved);
    for path in saved.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "pdf")) {
        let bytes = std::fs::read(&path).map_err(|error| error.to_string())?;
        // A certificate of destruction is for printing alone.
        if path.ends_with(CERTIFICATE) && bytes.starts_with(b"%PDF") && bytes.trim_ascii_end().ends_with(b"%%EOF") {
            continue;
        }
        if !documents.contains(&Hash::of(&bytes).to_string()) {
            return Err(format!("{} is no document of the record, or half of one", path.display()));
        }
    }
    for (path, sha256) in scene.acks.iter().flat_map(|ack| &ack.saved) {
        let bytes = std::fs::read(scene.folder.join(path));
        let bytes = bytes.map_err(|error| format!("{path} was saved and is lost: {error}"))?;
        if Hash::of(&bytes).to_string() != *sha256 {
            return Err(format!("{path} was saved and is another"));
        }
    }
    Ok(())
}

fn files_in(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() { files_in(&path, found) } else { found.push(path) }
    }
}

/// The application on the store, with the keychain as it was. A program that another thread is just starting holds the
/// store's lock, as every file of ours, until it has become another program: then it is tried again.
///
/// # Errors
/// - If it cannot be started.
pub fn opened(folder: &Path, secrets: &Secrets) -> Result<House, String> {
    let open = || {
        let doubles = Doubles::new(AFTERWARDS, Box::new(Drawer::holding(secrets)));
        House::given(folder, doubles).map_err(|fault| fault.to_string())
    };
    let mut house = open()?;
    for _ in 0..TRIES {
        let trouble = house.app.view().trouble;
        if trouble.is_none_or(|trouble| trouble.code != "store-in-use") {
            break;
        }
        drop(house);
        std::thread::sleep(Duration::from_millis(20));
        house = open()?;
    }
    Ok(house)
}

/// The store opened with both recovery codes, which costs no key derivation.
///
/// # Errors
/// - If there is none, or it does not open.
pub fn recovered(store: &Path, codes: &[String; 2]) -> Result<Vault<Open>, String> {
    let locked = found(store)?;
    let code = |text: &str| RecoveryCode::parse(text).map_err(|_| "a recovery code cannot be read".to_owned());
    let (one, other) = (code(&codes[0])?, code(&codes[1])?);
    locked.open_with_recovery(&one, &other).map_err(|(_, error)| format!("the store does not open: {error}"))
}

/// The store, once nobody holds its lock any more.
///
/// # Errors
/// - If there is none, or it cannot be read.
pub(super) fn found(store: &Path) -> Result<Vault<Locked>, String> {
    let mut found = Vault::find(store);
    for _ in 0..TRIES {
        if !matches!(found, Err(trail_store::StoreError::InUse)) {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
        found = Vault::find(store);
    }
    match found.map_err(|error| format!("the store cannot be found: {error}"))? {
        Found::Locked(locked) => Ok(locked),
        Found::NoStore => Err("there is no store any more".to_owned()),
    }
}
