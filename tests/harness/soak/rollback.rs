//! Older states put back, through the application, with a keychain that keeps its anchor: every one must be said
//! before any document leaves.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::house::{Doubles, House, PASSPHRASE};
use crate::perform::Walk;
use crate::script::{sign_in, walk_to};

use super::check::{opened, recovered};
use super::line::{Drawer, Secrets};
use super::template::{JOURNEY, Template, copy_all, ground};

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

/// What came of it, by method.
#[derive(Debug, Default, Clone)]
pub struct Figures {
    /// Tried, flagged, and without any effect on the record.
    pub rows: BTreeMap<Method, (usize, usize, usize)>,
    /// What was not flagged.
    pub missed: Vec<String>,
    /// How it was said, with how often.
    pub said: BTreeMap<String, usize>,
}

impl Figures {
    /// As text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::from("Older states put back (tried, flagged, without effect on the record):\n");
        for (method, (tried, flagged, idle)) in &self.rows {
            let _ = writeln!(out, "  {:<10} {tried:>5} {flagged:>5} {idle:>5}", format!("{method:?}"));
        }
        for (said, times) in &self.said {
            let _ = writeln!(out, "    {times:>4}x {said}");
        }
        for missed in &self.missed {
            let _ = writeln!(out, "  MISSED: {missed}");
        }
        out
    }
}

/// A store at a moment: locked, and as it lay on the disk while it was in use.
struct Moment {
    at: usize,
    locked: PathBuf,
    in_use: PathBuf,
    /// What the keychain held after the lock.
    secrets: Secrets,
    /// What it held while the store was in use.
    secrets_in_use: Secrets,
}

/// A worked run with its moments.
pub struct Worked {
    folder: tempfile::TempDir,
    moments: Vec<Moment>,
    other: Template,
    codes: [String; 2],
    case: String,
}

impl Worked {
    /// Walks a case to this point, works on, and keeps the store as it was at so many moments.
    ///
    /// # Errors
    /// - If the case does not get there.
    pub fn through(point: &str, moments_wanted: usize) -> Result<Self, String> {
        let template = Template::empty()?;
        let other = Template::empty()?;
        let folder = tempfile::tempdir_in(ground()).map_err(|error| error.to_string())?;
        let mut moments = Vec::new();
        let mut case = String::new();
        for at in 0..moments_wanted {
            let walking = folder.path().join("walking");
            let _ = std::fs::remove_dir_all(&walking);
            let wrong = |error: std::io::Error| error.to_string();
            // Each moment grows out of the one before, so that the older is a true ancestor.
            let drawer = match moments.last() {
                None => {
                    template.copy_to(&walking)?;
                    Drawer::holding(&template.secrets)
                }
                Some(Moment { locked, secrets, .. }) => {
                    copy_all(locked, &walking).map_err(wrong)?;
                    Drawer::holding(secrets)
                }
            };
            let house = House::given(&walking, Doubles::new(JOURNEY, Box::new(drawer.clone())));
            let mut walk = Walk::new(house.map_err(|fault| fault.to_string())?);
            walk.case.clone_from(&case);
            sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned))?;
            if case.is_empty() {
                walk_to(&mut walk, Some(point))?;
            } else {
                for number in 0..3 {
                    let words = format!("Another note, {number}, at moment {at}.");
                    let values = serde_json::json!({ "words": words });
                    let _ = walk.perform("note", values.as_object().cloned().unwrap_or_default());
                }
            }
            case.clone_from(&walk.case);
            // What comes after the last anchor can be dropped unseen. Somebody leaving sets one, with the store in use.
            let leaving = walk.house.id("PA");
            walk.house.app.sign_out(&leaving).map_err(|fault| fault.to_string())?;
            let in_use = folder.path().join(format!("{at}-in-use"));
            copy_all(&walking, &in_use).map_err(wrong)?;
            let secrets_in_use = drawer.secrets();
            walk.house.app.lock();
            drop(walk);
            let locked = folder.path().join(format!("{at}-locked"));
            copy_all(&walking, &locked).map_err(wrong)?;
            moments.push(Moment { at, locked, in_use, secrets: drawer.secrets(), secrets_in_use });
        }
        Ok(Self { folder, moments, other, codes: template.codes, case })
    }

    /// Puts older states back by each method until `until`; at most `most` by each.
    ///
    /// # Errors
    /// - If the untouched store is flagged: then nothing would be shown.
    pub fn matrix(&self, until: Instant, most: usize) -> Result<Figures, String> {
        let mut figures = Figures::default();
        let newest = self.moments.last().ok_or("there is no moment")?;
        let untouched = [(&newest.locked, &newest.secrets), (&newest.in_use, &newest.secrets_in_use)];
        for (folder, secrets) in untouched {
            let trial = self.trial(folder)?;
            if let Some(said) = self.flagged(&trial, secrets)? {
                return Err(format!("the untouched store is flagged: {said}"));
            }
        }
        for method in METHODS {
            let mut tried = 0;
            for new in (1..self.moments.len()).rev() {
                for old in (0..new).rev() {
                    for part in 0..parts(method) {
                        if tried >= most || Instant::now() > until {
                            break;
                        }
                        tried += usize::from(self.one(method, old, new, part, &mut figures)?);
                    }
                }
            }
        }
        Ok(figures)
    }

    /// Whether there was anything to put back.
    fn one(&self, method: Method, old: usize, new: usize, part: usize, figures: &mut Figures) -> Result<bool, String> {
        let (old, new) = (&self.moments[old], &self.moments[new]);
        let (from, secrets) = match method {
            Method::Wal | Method::NoWal => (&new.in_use, &new.secrets_in_use),
            Method::Database | Method::Folder | Method::Page | Method::Cut | Method::KeyFile | Method::Bit => {
                (&new.locked, &new.secrets)
            }
        };
        let trial = self.trial(from)?;
        let before = (method == Method::Page || method == Method::Bit).then(|| self.content(&trial)).transpose()?;
        let touched = self.put_back(method, old, &trial, part).map_err(|error| error.to_string())?;
        if !touched {
            return Ok(false);
        }
        let row = figures.rows.entry(method).or_default();
        row.0 += 1;
        let idle = before.is_some_and(|before| self.content(&trial).is_ok_and(|after| after == before));
        match self.flagged(&trial, secrets)? {
            Some(said) => {
                row.1 += 1;
                *figures.said.entry(said).or_default() += 1;
            }
            None if idle => row.2 += 1,
            None => figures.missed.push(format!("{method:?} {part} of {} into {}", old.at, new.at)),
        }
        Ok(true)
    }

    fn trial(&self, from: &Path) -> Result<PathBuf, String> {
        let trial = self.folder.path().join("trial");
        let _ = std::fs::remove_dir_all(&trial);
        copy_all(from, &trial).map_err(|error| error.to_string())?;
        Ok(trial)
    }

    fn put_back(&self, method: Method, old: &Moment, trial: &Path, part: usize) -> std::io::Result<bool> {
        let store = trial.join("store");
        let (database, wal) = (store.join("ledger.db"), store.join("ledger.db-wal"));
        let before = std::fs::read(&database)?;
        match method {
            Method::Database => std::fs::write(&database, std::fs::read(old.locked.join("store/ledger.db"))?)?,
            Method::Folder => {
                std::fs::remove_dir_all(&store)?;
                copy_all(&old.locked.join("store"), &store)?;
            }
            Method::Page | Method::Bit => {
                let mut bytes = before.clone();
                let older = std::fs::read(old.locked.join("store/ledger.db"))?;
                let pages = older.len().min(bytes.len()) / PAGE;
                let differ = |page: &usize| older[page * PAGE..][..PAGE] != bytes[page * PAGE..][..PAGE];
                let Some(page) = (0..pages).filter(differ).nth(part) else { return Ok(false) };
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
                self.other.copy_to(&trial.join("other")).map_err(std::io::Error::other)?;
                std::fs::copy(trial.join("other/store/keys.json"), store.join("keys.json"))?;
            }
        }
        Ok(true)
    }

    /// How the application says it, before any document leaves; none where it says nothing.
    fn flagged(&self, trial: &Path, secrets: &Secrets) -> Result<Option<String>, String> {
        let mut walk = Walk::new(opened(trial, secrets)?);
        if let Some(trouble) = walk.house.app.view().trouble {
            return Ok(Some(format!("at the start: {}", trouble.code)));
        }
        let said = |walk: &Walk, fault: &trail_app::Fault| {
            let words = fault.in_words(walk.house.app.phrases());
            words.code
        };
        let person = walk.house.id("JS");
        let view = match walk.house.app.sign_in(&person, PASSPHRASE) {
            Ok(view) => view,
            Err(fault) => return Ok(Some(format!("sign-in: {}", said(&walk, &fault)))),
        };
        let view = serde_json::to_value(view).map_err(|error| error.to_string())?;
        if let Some(broken) = view.get("brokenAnchor").filter(|broken| !broken.is_null()) {
            let code = broken.get("code").and_then(serde_json::Value::as_str).unwrap_or("anchor");
            return Ok(Some(format!("sign-in page: {code}")));
        }
        walk.case.clone_from(&self.case);
        let Some(view) = walk.view() else { return Ok(Some("the case is not shown".to_owned())) };
        for document in view.documents.iter().filter(|document| document.readable) {
            if let Err(stop) = walk.save(&document.sha256) {
                return Ok(Some(format!("saving a document: {stop}")));
            }
        }
        Ok(None)
    }

    /// Everything that the record says, so that a page without any of it is known.
    fn content(&self, trial: &Path) -> Result<String, String> {
        let vault = recovered(&trial.join("store"), &self.codes)?;
        let verdict = vault.verify(|_| {}).map_err(|error| error.to_string())?;
        let mut content = format!("{verdict:?}");
        for event in vault.store_events().map_err(|error| error.to_string())? {
            let _ = write!(content, "{event:?}");
        }
        for case in vault.cases().map_err(|error| error.to_string())? {
            for event in vault.events(&case).map_err(|error| error.to_string())? {
                let _ = write!(content, "{event:?}");
            }
        }
        Ok(content)
    }
}

/// How many different parts of one pair a method tries.
fn parts(method: Method) -> usize {
    match method {
        Method::Page | Method::Bit => 12,
        Method::Cut => 4,
        Method::Database | Method::Folder | Method::Wal | Method::NoWal | Method::KeyFile => 1,
    }
}
