//! The store's content edited by somebody who has its keys: each edit must be said before any document leaves. Every
//! second trial comes with a keychain that was rolled back to before anything was edited; what is cut off is then said
//! by a head in print alone.

use std::path::Path;
use std::time::Instant;

use crate::perform::Walk;

use super::intruder::{Intruder, Keys, Named};
use super::line::Secrets;
use super::matrix::{self, Figures, Outcome};
use super::rollback::printed;
use super::worked::{Moment, Worked};

/// What the intruder does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// An entry is deleted with its body.
    Delete,
    /// A field of an entry is another.
    Alter,
    /// An entry and the one before change places.
    Reorder,
    /// Everything behind an entry is cut off, in all tables.
    Truncate,
    /// Everything behind an entry is cut off, and somebody signed in works on from there.
    Regrow,
    /// An entry is altered; from there all is chained anew and signed with a new key, which the entries name.
    SignAgain,
    /// The same, and the entries name the key that they named before.
    SignFalsely,
    /// A key enrols itself, and signs another entry.
    EnrolSelf,
    /// Two bodies change places, or one is gone.
    SwapBody,
    /// A picture, a document or an admission is gone or another.
    Beside,
    /// What says that a case is halted is gone.
    DropHalt,
    /// A trigger that refuses something is gone.
    DropTrigger,
    /// The key file is another store's.
    KeyFile,
}

/// All of them.
pub const EDITS: [Edit; 13] = [
    Edit::Delete,
    Edit::Alter,
    Edit::Reorder,
    Edit::Truncate,
    Edit::Regrow,
    Edit::SignAgain,
    Edit::SignFalsely,
    Edit::EnrolSelf,
    Edit::SwapBody,
    Edit::Beside,
    Edit::DropHalt,
    Edit::DropTrigger,
    Edit::KeyFile,
];

/// Each moment is edited in so many places by each method.
const PLACES: usize = 10;
/// Behind a cut, so many notes are added.
const REGROWN: usize = 12;

/// A trial: what, at which moment, and the how-many-th of its kind.
type Trial = (Edit, usize, usize);

/// Edits these stores by each method until `until`; at most `most` by each. In `halted` a case is halted.
///
/// # Errors
/// - If a store's keys are not found, or its format is not the one the intruder knows: then nothing would be shown.
pub fn matrix(worked: &Worked, halted: &Worked, until: Instant, most: usize) -> Result<Figures, String> {
    let (open, stopped) = (keys_of(worked)?, keys_of(halted)?);
    let mut trials: Vec<(String, Trial)> = Vec::new();
    for place in 0..PLACES {
        for at in (0..worked.moments.len().min(halted.moments.len())).rev() {
            trials.extend(EDITS.into_iter().map(|edit| (format!("{edit:?}"), (edit, at, place))));
        }
    }
    matrix::run("Content edited with the store's keys", &trials, (until, most), |(edit, at, place), worker| {
        let (ground, keys) = if *edit == Edit::DropHalt { (halted, stopped) } else { (worked, open) };
        one(ground, keys, (*edit, *at, *place), worker)
    })
}

/// The keys of a worked run's store, once its entries read as they should and an intruder who changes nothing is not
/// noticed.
fn keys_of(worked: &Worked) -> Result<Keys, String> {
    let newest = worked.moments.last().ok_or("there is no moment")?;
    let trial = worked.trial(&newest.locked, "keys")?;
    let keys = Keys::among(&worked.template.drawn, &trial.join("store"))?;
    let intruder = Intruder::enter(&trial.join("store"), keys)?;
    if !intruder.knows_the_format()? {
        return Err("the intruder does not know the format of entries".to_owned());
    }
    intruder.leave()?;
    match worked.flagged(&trial, &newest.secrets)? {
        None => Ok(keys),
        Some(said) => Err(format!("a store that was entered and not changed is flagged: {said}")),
    }
}

fn one(worked: &Worked, keys: Keys, (edit, at, place): Trial, worker: &str) -> Result<Outcome, String> {
    let moment = &worked.moments[at];
    let trial = worked.trial(&moment.locked, worker)?;
    let first = &worked.moments[0].secrets;
    let rolled_back = place % 2 == 1;
    let secrets = if rolled_back { first } else { &moment.secrets };
    if edit == Edit::KeyFile {
        worked.other.copy_to(&trial.join("other"))?;
        let copied = std::fs::copy(trial.join("other/store/keys.json"), trial.join("store/keys.json"));
        copied.map_err(|error| error.to_string())?;
    } else if !tampered(&trial.join("store"), keys, edit, place)? {
        return Ok(Outcome::NotTried);
    }
    if edit == Edit::Regrow {
        regrow(worked, &trial, first)?;
    }
    let what =
        || format!("place {place} of moment {at}, keychain {}", if rolled_back { "rolled back" } else { "kept" });
    if rolled_back && matches!(edit, Edit::Truncate | Edit::Regrow) {
        return by_paper(worked, &trial, moment, secrets, &what());
    }
    Ok(match worked.flagged(&trial, secrets)? {
        Some(said) => Outcome::Flagged(said),
        None => Outcome::Missed(what()),
    })
}

/// With the keychain rolled back too, what is cut off is said by paper alone; or by the keychain, where the cut went
/// behind what it holds.
fn by_paper(worked: &Worked, trial: &Path, moment: &Moment, secrets: &Secrets, what: &str) -> Result<Outcome, String> {
    let (walk, said) = worked.signed_in(trial, secrets)?;
    if let Some(said) = said {
        return Ok(Outcome::Flagged(said));
    }
    let then = walk.house.app.head().map_err(|fault| fault.to_string())?;
    Ok(match printed(walk, then, moment.head) {
        Outcome::Missed(how) => Outcome::Missed(format!("{what}: {how}")),
        other @ (Outcome::Flagged(_) | Outcome::NotTried | Outcome::WithoutEffect) => other,
    })
}

/// Somebody who may sign in works on behind the cut, with a keychain that holds no head.
fn regrow(worked: &Worked, trial: &Path, secrets: &Secrets) -> Result<(), String> {
    let mut headless = secrets.clone();
    headless.retain(|name, _| !name.ends_with("/head"));
    let (mut walk, said): (Walk, Option<String>) = worked.signed_in(trial, &headless)?;
    if let Some(said) = said {
        return Err(format!("a cut store is flagged without any anchor: {said}"));
    }
    for _ in 0..REGROWN {
        let _ = walk.perform("note", serde_json::Map::new());
    }
    walk.house.app.lock();
    Ok(())
}

/// Edits the content. Whether there was anything to edit.
fn tampered(store: &Path, keys: Keys, edit: Edit, place: usize) -> Result<bool, String> {
    let mut intruder = Intruder::enter(store, keys)?;
    let last = intruder.last()?;
    // Spread over the whole record; the first entry has none before it, and without the last the record is one cut off.
    let seq = 2 + (place as u64 * 7919) % (last - 2);
    let before = seq - 1;
    let changed = match edit {
        Edit::Delete => {
            intruder.run(&format!("DELETE FROM body WHERE seq = {seq}; DELETE FROM entry WHERE seq = {seq}"))?
        }
        Edit::Alter => intruder.run(&alter(seq, place))?,
        Edit::Reorder => intruder.run(&["entry", "body"].map(|table| change_places(table, before, seq)).concat())?,
        // At most the last twelve entries: the older the cut, the easier it is to see.
        Edit::Truncate | Edit::Regrow => intruder.run(&cut_behind(last - 1 - place as u64))?,
        Edit::SignAgain | Edit::SignFalsely => {
            let changed = intruder.run(&format!("UPDATE entry SET at = at + 1 WHERE seq = {seq}"))?;
            intruder.sign_again(seq, if edit == Edit::SignAgain { Named::Own } else { Named::Before })?;
            changed
        }
        Edit::EnrolSelf => {
            let (key, person) = (intruder.public()?, "ee".repeat(16));
            let enrols = format!(
                "{{\"kind\":\"store/keys-enrolled\",\"ledger\":\"{key}\",\"person\":\"{person}\",\"seal\":\"{}\"}}",
                "05".repeat(32)
            );
            intruder.append("store/keys-enrolled", &enrols)?;
            intruder.append("wrong-passphrases", "{\"kind\":\"wrong-passphrases\",\"times\":1}")?;
            1
        }
        Edit::SwapBody if place % 3 == 2 => intruder.run(&format!("DELETE FROM body WHERE seq = {seq}"))?,
        Edit::SwapBody => intruder.run(&change_places("body", before, seq))?,
        Edit::Beside => intruder.run(BESIDE[place % BESIDE.len()])?,
        Edit::DropHalt => intruder.run(HALT[place % HALT.len()])?,
        Edit::DropTrigger => {
            intruder.forget_trigger(place * 3);
            1
        }
        Edit::KeyFile => 0,
    };
    intruder.leave()?;
    Ok(changed > 0)
}

fn alter(seq: u64, place: usize) -> String {
    let set = [
        "kind = 'note-added' || kind",
        "at = at - 86400000000",
        "case_id = CASE WHEN case_id IS NULL THEN '40404040404040404040404040404040' END",
        "signature = zeroblob(64)",
        "body_hash = zeroblob(32)",
        "prev = zeroblob(32)",
        "hash = zeroblob(32)",
        "key = zeroblob(32)",
        "session = '70707070707070707070707070707070'",
        "at = at + 1",
    ];
    format!("UPDATE entry SET {} WHERE seq = {seq}", set[place % set.len()])
}

fn change_places(table: &str, one: u64, other: u64) -> String {
    format!(
        "UPDATE {table} SET seq = -1 WHERE seq = {one}; UPDATE {table} SET seq = {one} WHERE seq = {other}; \
         UPDATE {table} SET seq = {other} WHERE seq = -1;"
    )
}

fn cut_behind(seq: u64) -> String {
    let tables = ["exhibit_file", "document", "case_access", "halted", "erased", "authority_share", "body", "entry"];
    tables.map(|table| format!("DELETE FROM {table} WHERE seq > {seq};")).concat()
}

/// What stands beside the ledger, taken away or exchanged.
const BESIDE: [&str; 8] = [
    "DELETE FROM exhibit_file WHERE id = (SELECT max(id) FROM exhibit_file)",
    "UPDATE exhibit_file SET sealed = zeroblob(length(sealed))",
    "DELETE FROM document WHERE id = (SELECT max(id) FROM document)",
    "UPDATE document SET sealed = (SELECT sealed FROM document ORDER BY id LIMIT 1)",
    "UPDATE document SET holds_pictures = 1 - holds_pictures",
    "DELETE FROM case_access WHERE holder = (SELECT max(holder) FROM case_access)",
    "UPDATE case_access SET sealed = (SELECT sealed FROM case_access LIMIT 1)",
    "INSERT INTO exhibit_file SELECT id + 90, case_id, x'00', seq, sealed FROM exhibit_file",
];

/// What says that a case is halted, taken away.
const HALT: [&str; 5] = [
    "DELETE FROM halted",
    "DELETE FROM halted; DELETE FROM body WHERE seq IN (SELECT seq FROM entry WHERE kind = 'halted'); \
     DELETE FROM entry WHERE kind = 'halted'",
    "DELETE FROM halted; UPDATE entry SET kind = 'note-added' WHERE kind = 'halted'",
    "UPDATE halted SET case_id = '40404040404040404040404040404040'",
    "DELETE FROM halted; DELETE FROM body WHERE seq IN (SELECT seq FROM entry WHERE kind = 'halted')",
];
