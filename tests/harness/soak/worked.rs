//! A worked run with the store kept as it was at many moments, and trials on copies of them: what somebody did to one
//! must be said before any document leaves.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use trail_domain::ids::{Hash, Seq};

use crate::house::{Doubles, House, PASSPHRASE};
use crate::perform::{Ended, Walk};
use crate::script::{sign_in, walk_to};

use super::check::{opened, recovered};
use super::line::{Drawer, Secrets};
use super::template::{JOURNEY, Template, copy_all, ground};

/// How long the check of a whole small record may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A store at a moment: locked, and as it lay on the disk while it was in use.
pub struct Moment {
    /// Its number.
    pub at: usize,
    /// The folder, locked.
    pub locked: PathBuf,
    /// The folder, in use.
    pub in_use: PathBuf,
    /// What the keychain held after the lock.
    pub secrets: Secrets,
    /// What it held while the store was in use.
    pub secrets_in_use: Secrets,
    /// Where the record ended: what a form of that moment has in print.
    pub head: (Seq, Hash),
}

/// A worked run with its moments.
pub struct Worked {
    pub(super) folder: tempfile::TempDir,
    /// The oldest first.
    pub moments: Vec<Moment>,
    /// Another school.
    pub other: Template,
    /// The school, before anything was worked.
    pub template: Template,
    /// The case.
    pub case: String,
}

impl Worked {
    /// Walks a case to this point, works on, and keeps the store as it was at so many moments. With `halted`, HALT is
    /// pressed at that point.
    ///
    /// # Errors
    /// - If the case does not get there.
    pub fn through(point: &str, halted: bool, moments_wanted: usize) -> Result<Self, String> {
        let template = Template::empty()?;
        let other = Template::empty()?;
        let folder = tempfile::tempdir_in(ground()).map_err(|error| error.to_string())?;
        let mut worked = Self { folder, moments: Vec::new(), other, template, case: String::new() };
        for at in 0..moments_wanted {
            worked.work_on(at, point, halted)?;
        }
        Ok(worked)
    }

    fn work_on(&mut self, at: usize, point: &str, halted: bool) -> Result<(), String> {
        let walking = self.folder.path().join("walking");
        let _ = std::fs::remove_dir_all(&walking);
        let wrong = |error: std::io::Error| error.to_string();
        // Each moment grows out of the one before, so that the older is a true ancestor.
        let drawer = match self.moments.last() {
            None => {
                self.template.copy_to(&walking)?;
                Drawer::holding(&self.template.secrets)
            }
            Some(Moment { locked, secrets, .. }) => {
                copy_all(locked, &walking).map_err(wrong)?;
                Drawer::holding(secrets)
            }
        };
        let house = House::given(&walking, Doubles::new(JOURNEY, Box::new(drawer.clone())));
        let mut walk = Walk::new(house.map_err(|fault| fault.to_string())?);
        walk.case.clone_from(&self.case);
        sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned))?;
        if self.case.is_empty() {
            walk_to(&mut walk, Some(point))?;
            if halted && walk.perform("halt", serde_json::Map::new()) != Ended::Done {
                return Err("HALT could not be pressed".to_owned());
            }
        } else {
            for number in 0..3 {
                let words = format!("Another note, {number}, at moment {at}.");
                let values = serde_json::json!({ "words": words });
                let _ = walk.perform("note", values.as_object().cloned().unwrap_or_default());
            }
        }
        self.case.clone_from(&walk.case);
        // What comes after the last anchor can be dropped unseen. Somebody leaving sets one, with the store in use.
        let leaving = walk.house.id("PA");
        walk.house.app.sign_out(&leaving).map_err(|fault| fault.to_string())?;
        let in_use = self.folder.path().join(format!("{at}-in-use"));
        copy_all(&walking, &in_use).map_err(wrong)?;
        let secrets_in_use = drawer.secrets();
        let head = walk.house.app.head().map_err(|fault| fault.to_string())?;
        walk.house.app.lock();
        drop(walk);
        let locked = self.folder.path().join(format!("{at}-locked"));
        copy_all(&walking, &locked).map_err(wrong)?;
        self.moments.push(Moment { at, locked, in_use, secrets: drawer.secrets(), secrets_in_use, head });
        Ok(())
    }

    /// A copy to try something on. Each name is one worker's.
    ///
    /// # Errors
    /// - If it cannot be copied.
    pub fn trial(&self, from: &Path, name: &str) -> Result<PathBuf, String> {
        let trial = self.folder.path().join(format!("trial-{name}"));
        let _ = std::fs::remove_dir_all(&trial);
        copy_all(from, &trial).map_err(|error| error.to_string())?;
        Ok(trial)
    }

    /// How the application says it, before any document leaves; none where it says nothing.
    ///
    /// # Errors
    /// - If the application cannot be started.
    pub fn flagged(&self, trial: &Path, secrets: &Secrets) -> Result<Option<String>, String> {
        let (mut walk, said) = self.signed_in(trial, secrets)?;
        if said.is_some() {
            return Ok(said);
        }
        // What is on every page has to say it, and nothing may leave that was readable.
        let said = checked(&mut walk)?;
        let Some(view) = walk.view() else { return Ok(said.or(Some("the case is not shown".to_owned()))) };
        for document in view.documents.iter().filter(|document| document.readable) {
            match walk.save(&document.sha256) {
                Ok(_) if said.is_some() => return Err(format!("{said:?}, and a document leaves all the same")),
                Ok(_) => {}
                Err(stop) => return Ok(Some(format!("saving a document: {stop}"))),
            }
        }
        Ok(said)
    }

    /// Signs Jo Stirling in, and answers what was said on the way.
    ///
    /// # Errors
    /// - If the application cannot be started.
    pub fn signed_in(&self, trial: &Path, secrets: &Secrets) -> Result<(Walk, Option<String>), String> {
        let mut walk = Walk::new(opened(trial, secrets)?);
        walk.case.clone_from(&self.case);
        if let Some(trouble) = walk.house.app.view().trouble {
            return Ok((walk, Some(format!("at the start: {}", trouble.code))));
        }
        let person = walk.house.id("JS");
        let view = match walk.house.app.sign_in(&person, PASSPHRASE) {
            Ok(view) => view,
            Err(fault) => {
                let code = fault.in_words(walk.house.app.phrases()).code;
                return Ok((walk, Some(format!("sign-in: {code}"))));
            }
        };
        let view = serde_json::to_value(view).map_err(|error| error.to_string())?;
        let broken = view.get("brokenAnchor").filter(|broken| !broken.is_null());
        let code = |broken: &serde_json::Value| {
            broken.get("code").and_then(serde_json::Value::as_str).unwrap_or("anchor").to_owned()
        };
        let said = broken.map(|broken| format!("sign-in page: {}", code(broken)));
        Ok((walk, said))
    }

    /// Everything that the record says, so that a page without any of it is known.
    ///
    /// # Errors
    /// - If it cannot be read.
    pub fn content(&self, trial: &Path) -> Result<String, String> {
        let vault = recovered(&trial.join("store"), &self.template.codes)?;
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

/// What the check of the whole says, once it has come to its end.
fn checked(walk: &mut Walk) -> Result<Option<String>, String> {
    let start = Instant::now();
    loop {
        let view = walk.house.app.check_record().map_err(|fault| fault.to_string())?;
        match view.state.as_str() {
            "holds" => return Ok(None),
            "running" | "none" if start.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(2)),
            other => return Ok(Some(format!("the check: {other}"))),
        }
    }
}
