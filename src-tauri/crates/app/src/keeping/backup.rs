//! Backups: which there are, and making one. None is made while HALT stands anywhere, since it would hold pictures.

use std::path::Path;

use trail_domain::event::Event;
use trail_domain::event::keeping::Backup;
use trail_domain::ids::{PersonId, Seq};
use trail_domain::words::Words;
use trail_store::{BackupAbout, BackupMade, BackupStep, StoreError};

use crate::app::App;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::progress::Under;
use crate::reading;
use crate::show::sizes;
use crate::wire::store::{BackupsView, MakeBackup, Place};

impl App {
    /// Media on which a backup can be made. Empty where this system does not tell.
    ///
    /// # Errors
    /// - If the system cannot tell which media are plugged in: why.
    pub fn places(&self) -> Result<Vec<Place>, Fault> {
        let media = self.ports.computer.media().map_err(|detail| Fault::with("no-places", "detail", detail))?;
        let place = |medium: crate::ports::Medium| Place {
            path: medium.path.display().to_string(),
            label: medium.label,
            free_text: format!("{} free", sizes::words(medium.free_bytes)),
            removable: medium.is_removable,
        };
        Ok(media.into_iter().map(place).collect())
    }

    /// The backups of this store, newest first.
    ///
    /// # Errors
    /// - If nobody is signed in, or the record cannot be read.
    pub fn backups(&self) -> Result<BackupsView, Fault> {
        let desk = self.desk()?;
        let refused = self.may_back_up().err().map(|fault| fault.in_words(&self.phrases));
        Ok(BackupsView {
            rows: desk.backups().iter().rev().map(|(.., row)| row.clone()).collect(),
            refused,
            due: desk.backup_is_due()?,
        })
    }

    /// Makes a backup, checks it, and records it.
    ///
    /// # Errors
    /// - If an answer is missing, or the passphrase is wrong.
    /// - If HALT stands, in whichever case, or the record is in doubt or not checked to its end.
    /// - If HALT is pressed while it is made: it is stopped, and does not go on to its end.
    /// - If the medium does not take it; then nothing is left on it.
    /// - If it cannot be recorded; then it is taken away again.
    pub fn make_backup(&mut self, form: &MakeBackup) -> Result<BackupsView, Fault> {
        let folder = reading::words("folder", &form.folder)?;
        let medium = reading::words("medium", &form.medium)?;
        let holder = reading::words("holder", &form.holder)?;
        let by = self.acting_with(&form.person, &form.passphrase, "passphrase")?;
        let folder = Path::new(folder.as_str());
        if !folder.is_dir() || self.is_in_the_store(folder) {
            return Err(Fault::new("backup-folder").at("folder"));
        }
        self.may_back_up()?;
        self.refuse_in_doubt()?;
        let (serial, made) = self.copy_to(folder)?;
        // HALT was pressed while it was made: it would hold what is sealed from here on.
        let recorded = if self.brake.is_pressed() {
            Err(Fault::new("backup-not-now"))
        } else {
            self.record_backup(serial, &made, medium, holder, &by)
        };
        if let Err(fault) = recorded {
            // A copy that nobody knows of is worse than none. Where it cannot go either, that is said.
            return Err(match std::fs::remove_dir_all(&made.folder) {
                Ok(()) => fault,
                Err(error) => Fault::with("backup-stray", "folder", made.folder.display().to_string())
                    .and("detail", error.to_string()),
            });
        }
        self.keep_head();
        self.backups()
    }

    /// Records that a backup is no more, or is not where it was.
    ///
    /// # Errors
    /// - If there is no such backup, or nothing is said of it.
    /// - If it cannot be written.
    pub fn backup_gone(&mut self, serial: u32, how: &str) -> Result<BackupsView, Fault> {
        let how = reading::words("how", how)?;
        let desk = self.desk_mut()?;
        let stands = desk.register.backups().iter().any(|(_, backup, gone)| backup.serial == serial && gone.is_none());
        if !stands {
            return Err(Fault::new("no-such-backup"));
        }
        let by = desk.first()?;
        self.append_store(&[Event::BackupGone { serial, how }], &by)?;
        self.backups()
    }

    /// A halted case that not everybody here may open is not spoken of.
    fn may_back_up(&self) -> Result<(), Fault> {
        let desk = self.desk()?;
        if desk.shelf.halted().is_some() || desk.unwritten_halt.is_some() {
            Err(Fault::new("backup-halted"))
        } else if desk.vault.any_halt_stands()? {
            Err(Fault::new("backup-not-now"))
        } else {
            Ok(())
        }
    }

    /// Copies the store, unless HALT is pressed.
    fn copy_to(&self, folder: &Path) -> Result<(u32, BackupMade), Fault> {
        let desk = self.desk()?;
        let serial = u32::try_from(desk.register.backups().len()).unwrap_or(u32::MAX).saturating_add(1);
        let about = BackupAbout { serial, at: self.ports.clock.now() };
        let under = self.progress.begin(self.phrases.say("progress.copying", &[]));
        let mut tell = |step| self.tell(&under, step);
        let made = desk.vault.back_up(folder, &about, self.ports.entropy.as_ref(), &self.brake.stops(), &mut tell);
        let made = made.map_err(|error| {
            if matches!(error, StoreError::Halted) {
                Fault::new("backup-not-now")
            } else if matches!(error, StoreError::Stopped) {
                Fault::new("backup-stopped")
            } else if matches!(error, StoreError::DiskFull) {
                Fault::new("medium-full").at("folder")
            } else {
                error.into()
            }
        })?;
        Ok((serial, made))
    }

    fn tell(&self, under: &Under, step: BackupStep) {
        match step {
            BackupStep::Copying { done, of } => under.at(self.phrases.say("progress.copying", &[]), done, of),
            BackupStep::CheckingPages => under.at(self.phrases.say("progress.checking-copy", &[]), 0, 1),
            BackupStep::Checking { done, of } => under.at(self.phrases.say("progress.checking-copy", &[]), done, of),
            BackupStep::Finishing => under.at(self.phrases.say("progress.finishing", &[]), 1, 1),
        }
    }

    fn record_backup(
        &mut self,
        serial: u32,
        made: &BackupMade,
        medium: Words,
        holder: Words,
        by: &PersonId,
    ) -> Result<(), Fault> {
        let backup = Backup { serial, name: made.name.clone(), medium, holder, head: made.head, bytes: made.bytes };
        self.append_store(&[Event::BackedUp { backup }], by)
    }
}

impl Desk {
    /// Whether something that everybody here may see was recorded since the last backup that still stands. What else
    /// was recorded since must not show, so it does not count.
    fn backup_is_due(&self) -> Result<bool, Fault> {
        let standing = self.register.backups().iter().rev().find(|(.., gone)| gone.is_none());
        let Some((told, backup, _)) = standing else { return Ok(true) };
        if self.vault.head()?.is_some_and(|(seq, _)| seq == *told) {
            return Ok(false);
        }
        let registered = self.vault.register_events()?.last().map_or(Seq(0), |entry| entry.seq);
        if registered > *told {
            return Ok(true);
        }
        for id in self.shelf.newest_first() {
            if self.vault.last_seq(id)?.is_some_and(|seq| seq > backup.head.0) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
