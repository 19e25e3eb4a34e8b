//! Restoring from a backup, with both recovery codes: on a new computer, or where the store cannot be opened.
//!
//! What stood in the store's place is moved beside it, never over. The secret for this computer's keychain comes with
//! the backup; only here and at set-up is one kept.

use std::fs;
use std::path::{Path, PathBuf};

use trail_domain::case::Case;
use trail_domain::event::capture::StoppedBy;
use trail_domain::event::keeping::Restored;
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{CaseId, PersonId};
use trail_domain::people::Computer;
use trail_store::{BackupFolder, Passphrase, Restoring, StoreError};

use super::people::both_codes;
use crate::app::{App, State};
use crate::fault::Fault;
use crate::reading;
use crate::show::{dates, people};
use crate::wire::AppView;
use crate::wire::store::{Restore, RestoreCase, RestoreView};

/// What prevents a store from being opened, and restoring mends.
const MENDED_BY_RESTORING: [&str; 2] = ["store-damaged", "store-cut"];

/// What stands beside the store's place while a backup is looked at.
const ASIDE: &str = "set aside";

/// A backup that was opened with both codes.
pub(crate) struct Opened {
    restoring: Restoring,
    cases: Vec<(CaseId, Vec<Recorded>)>,
}

impl App {
    /// Opens a backup with both codes and says what it is. Nothing is restored yet.
    ///
    /// # Errors
    /// - If there is a store that can be opened.
    /// - If there is no backup in the folder, it is not whole, or the codes do not open it.
    pub fn look_at_backup(&mut self, folder: &str, codes: &[String; 2]) -> Result<RestoreView, Fault> {
        self.refuse_over_a_store()?;
        let folder = reading::words("folder", folder)?;
        let [one, other] = both_codes(&codes[0], &codes[1])?;
        let backup = newest(Path::new(folder.as_str()))?;
        let people = backup.people().iter().map(people::store_label).collect();
        self.cancel_restore();
        let into = self.store_folder().clone();
        set_aside(&into)?;
        let under = self.progress.begin(self.phrases.say("progress.opening-backup", &[]));
        let opened = backup.open(&one, &other, &into, self.ports.entropy.as_ref());
        drop(under);
        let restoring = match opened {
            Ok(restoring) => restoring,
            Err(error) => {
                put_back(&into)?;
                let wrong_codes = matches!(error, StoreError::WrongCodes);
                return Err(if wrong_codes { Fault::new("wrong-codes").at("codes[0]") } else { error.into() });
            }
        };
        let cases = restoring.cases();
        let about = restoring.about();
        let view = RestoreView {
            school: about.school.clone(),
            made: dates::full(about.made),
            serial: about.serial,
            entries: u32::try_from(about.entries).unwrap_or(u32::MAX),
            people,
            cases: cases.iter().filter_map(|(_, entries)| row(entries)).collect(),
            keychain_missing: restoring.needs_device() && !self.ports.keychain.is_there(),
        };
        self.restoring = Some(Opened { restoring, cases });
        Ok(view)
    }

    /// Restores the backup that was looked at, and signs the person in.
    ///
    /// # Errors
    /// - If an answer is missing, or the passphrase is wrong: the backup is then opened again with both codes.
    /// - If this computer has no keychain and the store needs one.
    /// - If it cannot be written; then there is no store, and what stood there before is back.
    pub fn restore(&mut self, form: &Restore) -> Result<AppView, Fault> {
        let person = reading::person_id("person", &form.person)?;
        if form.passphrase.is_empty() {
            return Err(Fault::with("field-missing", "field", "your passphrase").at("passphrase"));
        }
        let opened = self.restoring.as_ref().ok_or_else(|| Fault::new("no-backup-open"))?;
        let left_out = self.left_out(opened, &form.halted, &person)?;
        let about = opened.restoring.about();
        let restored = Restored {
            serial: about.serial,
            made: about.made,
            head: about.head,
            computer: computer(form)?,
            reason: reading::words("reason", &form.reason)?,
            custody: reading::words("custody", &form.custody)?,
        };
        let store = about.store.clone();
        if opened.restoring.needs_device() {
            let secret = opened.restoring.device().ok_or_else(|| Fault::new("keychain-lost-secret"))?;
            if !self.ports.keychain.is_there() {
                return Err(Fault::new("restore-keychain"));
            }
            let kept = self.ports.keychain.keep(store.as_str(), secret.bytes());
            kept.map_err(|_| Fault::new("keychain-locked"))?;
        }
        let Some(Opened { restoring, .. }) = self.restoring.take() else { return Err(Fault::new("no-backup-open")) };
        let at = self.ports.clock.now();
        let pass = Passphrase::new(form.passphrase.clone());
        let events = [Event::Restored { restored }];
        let under = self.progress.begin(self.phrases.say("progress.restoring", &[]));
        let finished = restoring.finish(&person, &pass, &left_out, &events, at, self.ports.entropy.as_ref());
        drop(under);
        let into = self.store_folder().clone();
        match finished {
            Ok(vault) => {
                keep_aside(&into, at)?;
                self.damage = None;
                self.open_restored(vault)?;
                Ok(self.view())
            }
            Err(error) => {
                put_back(&into)?;
                self.look();
                let wrong = matches!(error, StoreError::WrongPassphrase { .. });
                Err(if wrong { Fault::new("restore-passphrase").at("passphrase") } else { error.into() })
            }
        }
    }

    /// Drops a backup that was looked at. What stood in the store's place is back.
    pub fn cancel_restore(&mut self) -> AppView {
        if self.restoring.take().is_some() {
            let back = put_back(self.store_folder());
            self.look();
            if let Err(fault) = back {
                self.state = State::Trouble(fault);
            }
        }
        self.view()
    }

    /// A store that can be opened is not replaced.
    fn refuse_over_a_store(&self) -> Result<(), Fault> {
        match &self.state {
            State::NoStore => Ok(()),
            State::Trouble(fault) if MENDED_BY_RESTORING.contains(&fault.code()) => Ok(()),
            State::Locked(_) | State::Open(_) | State::Trouble(_) => Err(Fault::new("store-exists")),
        }
    }

    /// What is recorded of each case that was halted after the backup was made.
    fn left_out(&self, opened: &Opened, halted: &[String], by: &PersonId) -> Result<Vec<(CaseId, Vec<Event>)>, Fault> {
        let mut left_out = Vec::new();
        for id in halted {
            let id = reading::case_id(id)?;
            let (_, entries) =
                opened.cases.iter().find(|(case, _)| *case == id).ok_or_else(|| Fault::new("no-such-case"))?;
            let case =
                Case::replay(entries).map_err(|broken| Fault::with("ledger-fault", "detail", broken.to_string()))?;
            if case.halt().is_some() {
                continue;
            }
            let pictured = case.exhibits().iter().filter(|(_, _, exhibit)| !exhibit.files.is_empty());
            let because = reading::words("because", &self.phrases.say("restore.left-out", &[]))?;
            let halt = Event::Halted {
                by: by.clone(),
                because: StoppedBy::Pressed,
                address: None,
                sealed: pictured.map(|(_, _, exhibit)| exhibit.mark.clone()).collect(),
            };
            left_out.push((id, vec![halt, Event::ExhibitsLeftOut { because }]));
        }
        Ok(left_out)
    }
}

fn row(entries: &[Recorded]) -> Option<RestoreCase> {
    let case = Case::replay(entries).ok()?;
    Some(RestoreCase {
        id: case.id().to_string(),
        reference: case.reference().to_string(),
        title: case.report().title.to_string(),
        halted: case.halt().is_some(),
    })
}

fn computer(form: &Restore) -> Result<Option<Computer>, Fault> {
    if form.same_computer {
        return Ok(None);
    }
    Ok(Some(Computer {
        name: reading::words("computer_name", &form.computer_name)?,
        asset_tag: reading::words("asset_tag", &form.asset_tag)?,
        serial: reading::words("serial", &form.serial)?,
        location: reading::words("location", &form.location)?,
    }))
}

/// The backup in this folder, or the newest of those that lie in it.
fn newest(folder: &Path) -> Result<BackupFolder, Fault> {
    let own = match BackupFolder::read(folder) {
        Ok(backup) => return Ok(backup),
        Err(error) => error,
    };
    let within = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let backups = within.filter(|path| path.is_dir()).filter_map(|path| BackupFolder::read(&path).ok());
    backups.max_by_key(|backup| backup.about().made).ok_or_else(|| {
        let nothing = matches!(own, StoreError::NotOurs { .. });
        if nothing { Fault::new("no-backup-here").at("folder") } else { Fault::from(own).at("folder") }
    })
}

fn aside(store: &Path) -> PathBuf {
    let name = store.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    store.with_file_name(format!("{name} {ASIDE}"))
}

/// Moves what stands in the store's place beside it.
fn set_aside(store: &Path) -> Result<(), Fault> {
    if store.exists() { fs::rename(store, aside(store)).map_err(|error| moving(&error)) } else { Ok(()) }
}

/// Moves it back, where nothing took its place.
pub(crate) fn put_back(store: &Path) -> Result<(), Fault> {
    if aside(store).exists() && !store.exists() {
        fs::rename(aside(store), store).map_err(|error| moving(&error))
    } else {
        Ok(())
    }
}

/// Keeps what stood there before under a name of its own: it may be evidence of what went wrong.
fn keep_aside(store: &Path, at: trail_domain::time::Moment) -> Result<(), Fault> {
    let kept = aside(store);
    if !kept.exists() {
        return Ok(());
    }
    let day = at.in_uk().0.format("%Y-%m-%d %H%M%S");
    let name =
        format!("{} {day}", kept.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default());
    fs::rename(&kept, kept.with_file_name(name)).map_err(|error| moving(&error))
}

fn moving(error: &std::io::Error) -> Fault {
    Fault::with("store-io", "detail", format!("moving the folder that was there before: {error}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{fs, keep_aside, put_back, set_aside};

    #[test]
    fn what_stood_there_is_moved_aside_and_back_and_never_over() {
        let dir = tempfile::tempdir().unwrap();
        let store = dir.path().join("store");
        fs::create_dir(&store).unwrap();
        fs::write(store.join("ledger.db"), b"old").unwrap();
        set_aside(&store).unwrap();
        assert!(!store.exists());
        put_back(&store).unwrap();
        assert_eq!(fs::read(store.join("ledger.db")).unwrap(), b"old");
        set_aside(&store).unwrap();
        fs::create_dir(&store).unwrap();
        put_back(&store).unwrap();
        assert!(!store.join("ledger.db").exists(), "a store that took the place stays");
        keep_aside(&store, "2026-11-23T09:00:00Z".to_owned().try_into().unwrap()).unwrap();
        let kept = dir.path().join("store set aside 2026-11-23 090000");
        assert_eq!(fs::read(kept.join("ledger.db")).unwrap(), b"old");
    }
}
