//! A backup: an encrypted copy of the store in a folder of its own, checked by itself before it has its name.
//!
//! It holds pictures, so none is made while a case is halted. It opens with both recovery codes, or with the
//! passphrases and keychain of this computer, and with nothing else.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use trail_domain::ids::{CaseId, Hash, Seq};
use trail_domain::time::Moment;

use super::check::Checking;
use super::{Open, Vault};
use crate::database::stopping::{go_on, stoppable};
use crate::database::{self, pages};
use crate::entropy::{Entropy, draw};
use crate::error::StoreError;
use crate::folder::{Folder, Fresh};
use crate::keyfile::KeyFile;
use crate::ledger;
use crate::ledger::verify::Signatures;
use crate::schema;
use header::BackupHeader;

pub(crate) mod header;

/// Copied at a time.
const PAGES: i32 = 64;
/// After so many times the medium is waited for: whoever tells it to stop must not wait for more than that.
const UNWRITTEN: u32 = 4;
/// Beside the database: key file, header, words, and what a file system needs for them.
const BESIDE: u64 = 4 << 20;

/// What a backup is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupAbout {
    /// Its number in this store, from 1.
    pub serial: u32,
    /// When.
    pub at: Moment,
}

/// How far a backup has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupStep {
    /// Pages are being copied.
    Copying {
        /// Copied.
        done: u64,
        /// Of how many.
        of: u64,
    },
    /// The pages of the copy are being checked.
    CheckingPages,
    /// The entries in the copy, and the files they name, are being checked.
    Checking {
        /// Checked.
        done: u64,
        /// Of how many.
        of: u64,
    },
    /// It is being made durable and gets its name.
    Finishing,
}

/// A backup that was made, checked, and is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupMade {
    /// The name of its folder.
    pub name: String,
    /// Where it is.
    pub folder: PathBuf,
    /// Where the ledger ends in it.
    pub head: (Seq, Hash),
    /// Its size.
    pub bytes: u64,
    /// How many entries are in it.
    pub entries: u64,
}

impl Vault<Open> {
    /// Makes a backup in the folder `into`. On any error nothing is left there.
    ///
    /// # Errors
    /// - If `stop` was set ([`StoreError::Stopped`]): within a moment, wherever it is.
    /// - If any case is halted, one that nobody signed in is admitted to among them.
    /// - If there is no such folder, too little room in it, or a backup of that name.
    /// - If the copy does not hold.
    /// - If it cannot be written.
    pub fn back_up(
        &self,
        into: &Path,
        about: &BackupAbout,
        entropy: &dyn Entropy,
        stop: &AtomicBool,
        on: &mut dyn FnMut(BackupStep),
    ) -> Result<BackupMade, StoreError> {
        if self.any_halt_stands()? {
            return Err(StoreError::Halted);
        }
        let head = self.head()?.ok_or_else(|| StoreError::damaged("the record is empty"))?;
        let name = name_of(about, self.is_practice());
        let folder = into.join(&name);
        if folder.exists() {
            return Err(StoreError::AlreadyThere);
        }
        self.refuse_without_room(into)?;
        let partial = into.join(format!(".partial-{}", hex::encode(draw::<6>(entropy))));
        let partial = Fresh::make(partial).map_err(StoreError::io(DOING))?;
        let copy = Folder::at(partial.path());
        self.copy_database(&copy, stop, on)?;
        let keys = fs::read(self.grounds.folder.keys()).map_err(StoreError::io(DOING))?;
        KeyFile::parse(&keys)?;
        write_synced(&copy.keys(), &keys)?;
        self.check_copy(&copy, head, stop, on)?;
        on(BackupStep::Finishing);
        let database = header::FileSum::of(&copy.database(), stop)?;
        let keys = header::FileSum::of(&copy.keys(), stop)?;
        let bytes = database.bytes + keys.bytes;
        let header = BackupHeader::new(self, about, head, (database, keys));
        write_synced(&partial.path().join(header::NAME), &header.signed(&self.state.store_key)?)?;
        write_synced(&partial.path().join("READ ME.txt"), read_me(&header).as_bytes())?;
        go_on(stop)?;
        // A halt that came meanwhile leaves no backup either.
        if self.any_halt_stands()? {
            return Err(StoreError::Halted);
        }
        take_name(partial, &folder)?;
        Ok(BackupMade { name, folder, head, bytes, entries: head.0.0 })
    }

    fn refuse_without_room(&self, into: &Path) -> Result<(), StoreError> {
        let file = |path: &Path| fs::metadata(path).map_or(0, |file| file.len());
        let needed = file(&self.grounds.folder.database()) + file(&self.grounds.folder.log()) + BESIDE;
        let free = fs4::available_space(into).map_err(StoreError::io(DOING))?;
        if free < needed { Err(StoreError::DiskFull) } else { Ok(()) }
    }

    fn copy_database(
        &self,
        copy: &Folder,
        stop: &AtomicBool,
        on: &mut dyn FnMut(BackupStep),
    ) -> Result<(), StoreError> {
        let mut target = database::make_copy(&copy.database(), &self.grounds.folder.database(), &self.state.data_key)?;
        let synced = || File::open(copy.database()).and_then(|file| file.sync_all()).map_err(StoreError::io(DOING));
        let backup = Backup::new(&self.state.connection, &mut target)?;
        for times in 1_u32.. {
            go_on(stop)?;
            let step = backup.step(PAGES)?;
            let progress = backup.progress();
            let of = u64::try_from(progress.pagecount).unwrap_or(0);
            let left = u64::try_from(progress.remaining).unwrap_or(0);
            on(BackupStep::Copying { done: of.saturating_sub(left), of });
            match step {
                StepResult::Done => break,
                StepResult::More => {}
                StepResult::Busy | StepResult::Locked | _ => return Err(StoreError::InUse),
            }
            if times % UNWRITTEN == 0 {
                synced()?;
            }
        }
        drop(backup);
        database::close(target)?;
        synced()
    }

    /// Opened anew, as nothing but a file: both checks of pages, the whole chain with its files, the same head.
    fn check_copy(
        &self,
        copy: &Folder,
        head: (Seq, Hash),
        stop: &AtomicBool,
        on: &mut dyn FnMut(BackupStep),
    ) -> Result<(), StoreError> {
        on(BackupStep::CheckingPages);
        go_on(stop)?;
        let connection = database::open_unwritten(&copy.database(), &self.state.data_key)?;
        stoppable(&connection, stop, || self.check_copied(&connection, copy, head, stop, on))?;
        database::close(connection)
    }

    fn check_copied(
        &self,
        connection: &Connection,
        copy: &Folder,
        head: (Seq, Hash),
        stop: &AtomicBool,
        on: &mut dyn FnMut(BackupStep),
    ) -> Result<(), StoreError> {
        schema::check(connection, self.store(), self.is_practice())?;
        let are_sealed = pages::are_sealed(&copy.database(), &self.state.data_key, stop, |_, _| {})?;
        if !are_sealed || !pages::hang_together(connection)? {
            return Err(StoreError::bad_backup("the pages of the copy do not hold"));
        }
        let case_key = |case: &CaseId| self.any_case_key(case);
        let checking = Checking { connection, stop: Some(stop), ..self.checking(Signatures::Together, &case_key) };
        let verdict =
            checking.whole(|progress| on(BackupStep::Checking { done: progress.done, of: progress.of }), |_| {})?;
        if let Some(fault) = verdict.faults.first() {
            return Err(StoreError::bad_backup(format!("entry {} does not hold in the copy", fault.seq)));
        }
        if ledger::head(connection)? != Some(head) {
            return Err(StoreError::bad_backup("the copy does not end where the record does"));
        }
        Ok(())
    }
}

const DOING: &str = "Making the backup";

fn name_of(about: &BackupAbout, practice: bool) -> String {
    let (local, _) = about.at.in_uk();
    let practice = if practice { "PRACTICE " } else { "" };
    format!("Evidence Trail {practice}backup {} {}", about.serial, local.format("%Y-%m-%d"))
}

pub(super) fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let write = || -> std::io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(StoreError::io(DOING))
}

fn read_me(header: &BackupHeader) -> String {
    let practice = if header.practice { "\r\nIt is of a PRACTICE store: nothing in it is evidence.\r\n" } else { "" };
    format!(
        "Evidence Trail: backup {} of {}, made on {}.\r\n{practice}\r\n\
         This folder is a copy of the school's record of online-safety incidents. It is encrypted.\r\n\
         It opens only in Evidence Trail, on the page \"Restore a backup\", and only with both recovery codes: the one \
         in the school safe and the one with the chair of governors.\r\n\r\n\
         Keep it in the safe. Do not change, rename or add anything in this folder: it would not open any more.\r\n\
         Do not copy it to a network or to a service on the internet.\r\n",
        header.serial,
        header.school,
        header.made.in_uk().0.format("%-d %B %Y at %H:%M"),
    )
}

/// The final name never stays on what is not known to be durable.
fn take_name(partial: Fresh, folder: &Path) -> Result<(), StoreError> {
    partial.take(folder).map_err(|source| {
        let _ = fs::remove_dir_all(folder);
        StoreError::io(DOING)(source)
    })
}
