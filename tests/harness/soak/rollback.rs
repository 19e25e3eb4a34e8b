//! Older states put back, through the application, with a keychain that keeps its anchor: every one must be said
//! before any document leaves. Where the keychain is rolled back as well, only a head in print is left to say it.

use std::path::Path;
use std::time::Instant;

use super::matrix::{self, Figures, Outcome};
use super::worked::{Moment, Worked};

/// Database pages are this large.
const PAGE: usize = 16384;

/// What is put back, or cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// The database of an older state.
    Database,
    /// The whole folder of an older state.
    Folder,
    /// One page of an older state.
    Page,
    /// The write-ahead log of an older state.
    Wal,
    /// The write-ahead log taken away.
    NoWal,
    /// The database cut by some pages.
    Cut,
    /// The key file of another store.
    KeyFile,
    /// One bit of a page flipped.
    Bit,
}

/// All of them.
pub const METHODS: [Method; 8] = [
    Method::Database,
    Method::Folder,
    Method::Page,
    Method::Wal,
    Method::NoWal,
    Method::Cut,
    Method::KeyFile,
    Method::Bit,
];

/// Puts older states back by each method until `until`; at most `most` by each.
///
/// # Errors
/// - If the untouched store is flagged: then nothing would be shown.
pub fn matrix(worked: &Worked, until: Instant, most: usize) -> Result<Figures, String> {
    refuse_false_alarms(worked)?;
    let mut trials = Vec::new();
    for round in 0..METHODS.iter().map(|method| parts(*method)).max().unwrap_or(1) {
        for (number, (old, new)) in pairs(worked).into_iter().enumerate() {
            for method in METHODS.into_iter().filter(|method| round < parts(*method)) {
                let part = (number + round) % parts(method);
                trials.push((format!("{method:?}"), (method, old, new, part)));
            }
        }
    }
    matrix::run("Older states put back", &trials, (until, most), |(method, old, new, part), worker| {
        let (old, new) = (&worked.moments[*old], &worked.moments[*new]);
        one(worked, *method, (old, new, *part), worker)
    })
}

/// Puts older states back with the keychain of that time: the application cannot know, and says nothing; the head that
/// stands on paper says it, and one of that time agrees. Flagged is what both hold for.
///
/// # Errors
/// - If a trial cannot be made.
pub fn by_paper_alone(worked: &Worked, until: Instant, most: usize) -> Result<Figures, String> {
    let trials: Vec<(String, (usize, usize))> =
        pairs(worked).into_iter().map(|pair| ("All anchors".to_owned(), pair)).collect();
    matrix::run(
        "Everything put back, the keychain too; a head in print",
        &trials,
        (until, most),
        |(old, new), worker| {
            let (old, new) = (&worked.moments[*old], &worked.moments[*new]);
            let trial = worked.trial(&old.locked, worker)?;
            let (walk, said) = worked.signed_in(&trial, &old.secrets)?;
            if let Some(said) = said {
                return Ok(Outcome::Missed(format!("{} into {}: {said} without any anchor", old.at, new.at)));
            }
            Ok(printed(walk, old.head, new.head))
        },
    )
}

/// Types the head of then, which must agree, and the newer one twice, as a person with a form in hand does.
pub(super) fn printed(
    mut walk: crate::perform::Walk,
    then: (trail_domain::ids::Seq, trail_domain::ids::Hash),
    newer: (trail_domain::ids::Seq, trail_domain::ids::Hash),
) -> Outcome {
    let app = &mut walk.house.app;
    let mut typed = |(seq, hash): (trail_domain::ids::Seq, trail_domain::ids::Hash)| {
        app.check_head(&seq.to_string(), &hash.to_string()).is_ok_and(|verdict| verdict.holds)
    };
    let agrees = typed(then);
    let (once, twice) = (typed(newer), typed(newer));
    let stands = walk.house.app.view().broken_anchor.is_some();
    match (agrees, once || twice, stands) {
        (true, false, true) => Outcome::Flagged("quiet at sign-in; the head in print does not agree".to_owned()),
        other => Outcome::Missed(format!("the head in print: {other:?}")),
    }
}

fn refuse_false_alarms(worked: &Worked) -> Result<(), String> {
    let newest = worked.moments.last().ok_or("there is no moment")?;
    for (folder, secrets) in [(&newest.locked, &newest.secrets), (&newest.in_use, &newest.secrets_in_use)] {
        let trial = worked.trial(folder, "untouched")?;
        if let Some(said) = worked.flagged(&trial, secrets)? {
            return Err(format!("the untouched store is flagged: {said}"));
        }
    }
    Ok(())
}

/// Every older moment with every newer one.
fn pairs(worked: &Worked) -> Vec<(usize, usize)> {
    (1..worked.moments.len()).rev().flat_map(|new| (0..new).rev().map(move |old| (old, new))).collect()
}

fn one(
    worked: &Worked,
    method: Method,
    (old, new, part): (&Moment, &Moment, usize),
    worker: &str,
) -> Result<Outcome, String> {
    let (from, secrets) = match method {
        Method::Wal | Method::NoWal => (&new.in_use, &new.secrets_in_use),
        Method::Database | Method::Folder | Method::Page | Method::Cut | Method::KeyFile | Method::Bit => {
            (&new.locked, &new.secrets)
        }
    };
    let touched = |name: &str| {
        let trial = worked.trial(from, name)?;
        let is_touched = put_back(worked, method, (old, part), &trial).map_err(|error| error.to_string())?;
        Ok::<_, String>((trial, is_touched))
    };
    let (trial, is_touched) = touched(worker)?;
    if !is_touched {
        return Ok(Outcome::NotTried);
    }
    if let Some(said) = worked.flagged(&trial, secrets)? {
        return Ok(Outcome::Flagged(said));
    }
    // A page that nothing refers to, or a log that is in the database already: the record is what it was.
    let after = worked.content(&touched(worker)?.0);
    let before = worked.content(&worked.trial(from, worker)?)?;
    let is_idle = after.is_ok_and(|after| after == before);
    let missed = || Outcome::Missed(format!("part {part} of {} into {}", old.at, new.at));
    Ok(if is_idle { Outcome::WithoutEffect } else { missed() })
}

/// Whether there was anything to put back.
fn put_back(worked: &Worked, method: Method, (old, part): (&Moment, usize), trial: &Path) -> std::io::Result<bool> {
    let store = trial.join("store");
    let (database, wal) = (store.join("ledger.db"), store.join("ledger.db-wal"));
    let before = std::fs::read(&database)?;
    match method {
        Method::Database => std::fs::write(&database, std::fs::read(old.locked.join("store/ledger.db"))?)?,
        Method::Folder => {
            std::fs::remove_dir_all(&store)?;
            super::template::copy_all(&old.locked.join("store"), &store)?;
        }
        Method::Page | Method::Bit => {
            let mut bytes = before.clone();
            let older = std::fs::read(old.locked.join("store/ledger.db"))?;
            let pages = older.len().min(bytes.len()) / PAGE;
            let differ = |page: &usize| older[page * PAGE..][..PAGE] != bytes[page * PAGE..][..PAGE];
            let differing: Vec<usize> = (0..pages).filter(differ).collect();
            if differing.is_empty() {
                return Ok(false);
            }
            let page = differing[part % differing.len()];
            if method == Method::Bit {
                bytes[page * PAGE + 4000 + part] ^= 1;
            } else {
                bytes[page * PAGE..][..PAGE].copy_from_slice(&older[page * PAGE..][..PAGE]);
            }
            std::fs::write(&database, bytes)?;
        }
        Method::Wal | Method::NoWal => {
            if std::fs::metadata(&wal).map_or(0, |found| found.len()) == 0 {
                return Ok(false);
            }
            let _ = std::fs::remove_file(store.join("ledger.db-shm"));
            let older = old.in_use.join("store/ledger.db-wal");
            if method == Method::NoWal || !older.exists() {
                std::fs::remove_file(&wal)?;
            } else {
                std::fs::write(&wal, std::fs::read(older)?)?;
            }
        }
        Method::Cut => {
            let keep = before.len() / PAGE * (part + 1) / (parts(method) + 1);
            std::fs::write(&database, &before[..keep * PAGE])?;
        }
        Method::KeyFile => {
            worked.other.copy_to(&trial.join("other")).map_err(std::io::Error::other)?;
            std::fs::copy(trial.join("other/store/keys.json"), store.join("keys.json"))?;
        }
    }
    Ok(true)
}

/// How many different parts of one pair a method tries.
fn parts(method: Method) -> usize {
    match method {
        Method::Page | Method::Bit => 12,
        Method::Cut => 4,
        Method::Database | Method::Folder | Method::Wal | Method::NoWal | Method::KeyFile => 1,
    }
}
