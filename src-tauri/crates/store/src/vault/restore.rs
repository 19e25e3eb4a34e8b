//! A store from a backup, on this computer or a new one: opened with both recovery codes, checked whole, built beside
//! its place, and put there in one step.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{CaseId, PersonId};
use trail_domain::time::Moment;

use super::backup::header::{BackupHeader, FileSum, MOST_BYTES, NAME, Sealed, Summing};
use super::create::Building;
use super::find::{Found, is_empty};
use super::{Locked, Open, Vault, place};
use crate::database;
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::folder::Folder;
use crate::keyfile::{KeyFile, PersonLabel};
use crate::keys::Key;
use crate::keys::passphrase::{DeviceSecret, Passphrase};
use crate::keys::recovery::RecoveryCode;

/// A folder that a backup was made in, looked at without any key.
pub struct BackupFolder {
    dir: Folder,
    header: Sealed,
    keyfile: KeyFile,
}

/// A backup that was opened, copied beside its place and checked whole. It goes away again unless it is finished.
pub struct Restoring {
    // Dropped first: files of a folder that goes must be closed.
    vault: Vault<Open>,
    building: Building,
    into: PathBuf,
    header: BackupHeader,
    cases: Vec<(CaseId, Vec<Recorded>)>,
    device: Option<DeviceSecret>,
    needs_device: bool,
}

impl BackupFolder {
    /// Reads what stands in clear on a backup.
    ///
    /// # Errors
    /// - If there is none, or it was made by a newer version.
    /// - If its description or its key file cannot be read, or its files have other sizes.
    pub fn read(dir: &Path) -> Result<Self, StoreError> {
        let header = Sealed::parse(&read_small(&dir.join(NAME))?)?;
        let folder = Folder::at(dir);
        for (path, sum) in [(folder.database(), header.backup.database), (folder.keys(), header.backup.keys)] {
            let bytes = fs::metadata(&path).map_err(|_| StoreError::bad_backup("a file of it is missing"))?.len();
            if bytes != sum.bytes {
                return Err(StoreError::bad_backup("a file of it has another size than it was made with"));
            }
        }
        let keyfile = KeyFile::read(&folder)?;
        Ok(Self { dir: folder, header, keyfile })
    }

    /// What stands on it. Not to be believed before [`BackupFolder::open`].
    #[must_use]
    pub fn about(&self) -> &BackupHeader {
        &self.header.backup
    }

    /// Who can sign in to it.
    #[must_use]
    pub fn people(&self) -> Vec<PersonLabel> {
        self.keyfile.labels().cloned().collect()
    }

    /// Opens it with both codes, in either order, and copies it beside `into`, the store's folder to be; what is copied
    /// is checked whole. The backup itself is only read.
    ///
    /// # Errors
    /// - If there is something in `into`, or no store may lie there.
    /// - If the codes do not open it.
    /// - If a byte of it is not the one it was made with, or its record does not hold.
    /// - If there is too little room, or the disk does not take it; then nothing is left behind.
    pub fn open(
        self,
        one: &RecoveryCode,
        other: &RecoveryCode,
        into: &Path,
        entropy: &dyn Entropy,
    ) -> Result<Restoring, StoreError> {
        place::refuse(into)?;
        if into.exists() && !(into.is_dir() && is_empty(into)?) {
            return Err(StoreError::AlreadyThere);
        }
        let recovered = self.keyfile.recover(one, other).ok_or(StoreError::WrongCodes)?;
        if !recovered.keys.iter().any(|keys| self.header.is_by(&keys.store)) {
            return Err(StoreError::bad_backup("its description was altered"));
        }
        let building = Building::beside(into, entropy)?;
        self.copy(building.path())?;
        let vault = open_copy(building.path(), one, other)?;
        let head = vault.head()?;
        if head != Some(self.header.backup.head) || *vault.store() != self.header.backup.store {
            return Err(StoreError::bad_backup("its record does not end where it was made"));
        }
        if let Some(fault) = vault.verify(|_| {})?.faults.first() {
            return Err(StoreError::bad_backup(format!("entry {} of its record does not hold", fault.seq)));
        }
        let cases = vault.cases()?.into_iter().map(|case| Ok((case.clone(), vault.events(&case)?)));
        let cases = cases.collect::<Result<_, StoreError>>()?;
        let needs_device = vault.needs_device_secret();
        let (into, header) = (into.to_owned(), self.header.backup);
        Ok(Restoring { vault, building, into, header, cases, device: recovered.device, needs_device })
    }

    fn copy(&self, to: &Path) -> Result<(), StoreError> {
        let backup = &self.header.backup;
        let free = fs4::available_space(to).map_err(StoreError::io(DOING))?;
        if free < backup.database.bytes.saturating_add(backup.keys.bytes).saturating_add(4 << 20) {
            return Err(StoreError::DiskFull);
        }
        let target = Folder::at(to);
        copy_summed(&self.dir.database(), &target.database(), &backup.database)?;
        copy_summed(&self.dir.keys(), &target.keys(), &backup.keys)
    }
}

impl Restoring {
    /// What the backup is of; it was checked.
    #[must_use]
    pub fn about(&self) -> &BackupHeader {
        &self.header
    }

    /// All cases with all their events, so that those halted since can be chosen.
    #[must_use]
    pub fn cases(&self) -> Vec<(CaseId, Vec<Recorded>)> {
        self.cases.clone()
    }

    /// The secret of the computer that the store was on: it belongs in the keychain of this one.
    #[must_use]
    pub fn device(&self) -> Option<DeviceSecret> {
        self.device.as_ref().map(|secret| DeviceSecret::new(*secret.bytes()))
    }

    /// Whether signing in needs that secret.
    #[must_use]
    pub fn needs_device(&self) -> bool {
        self.needs_device
    }

    /// Finishes: signs the person in, writes for each case halted since what is given ([`Event::Halted`] and
    /// [`Event::ExhibitsLeftOut`] among it) and drops its pictures, writes the store's events, and puts the store in
    /// its place. On any error there is no store.
    ///
    /// # Errors
    /// - If the passphrase is wrong. Ask again, and open the backup again.
    /// - If a case is left out without both events, or there is no such case.
    /// - If it cannot be written.
    #[allow(clippy::too_many_arguments, reason = "time, signer and chance are arguments of every writing act")]
    pub fn finish(
        self,
        person: &PersonId,
        pass: &Passphrase,
        left_out: &[(CaseId, Vec<Event>)],
        events: &[Event],
        at: Moment,
        entropy: &dyn Entropy,
    ) -> Result<Vault<Open>, StoreError> {
        let Self { building, into, device, vault, .. } = self;
        check_left_out(left_out)?;
        let keys = vault.state.recovered.clone().unwrap_or_default();
        let vault = unlocked(vault.lock(), person, pass, device.as_ref())?;
        vault.leave_out(person, &keys, left_out, at, entropy)?;
        let pen = vault.pen_of(person)?;
        let transaction = vault.state.connection.unchecked_transaction()?;
        vault.write_events(&pen, None, &vault.state.store_key, events, at, entropy)?;
        transaction.commit()?;
        vault.check_recent(u64::MAX)?;
        close(vault)?;
        building.take_place(&into)?;
        match Vault::find(&into)? {
            Found::Locked(vault) => unlocked(vault, person, pass, device.as_ref()),
            Found::NoStore => Err(StoreError::damaged("the restored store is not in its place")),
        }
    }
}

impl Vault<Open> {
    /// The halt and what it says come first; then the pictures go, which the triggers allow for that only.
    fn leave_out(
        &self,
        person: &PersonId,
        keys: &BTreeMap<CaseId, Key>,
        left_out: &[(CaseId, Vec<Event>)],
        at: Moment,
        entropy: &dyn Entropy,
    ) -> Result<(), StoreError> {
        let pen = self.pen_of(person)?;
        let transaction = self.state.connection.unchecked_transaction()?;
        for (case, events) in left_out {
            let key = keys.get(case).ok_or(StoreError::NotAdmitted)?;
            self.write_events(&pen, Some(case), key, events, at, entropy)?;
            transaction.execute("DELETE FROM exhibit_file WHERE case_id = ?1", [case.as_str()])?;
            transaction.execute("DELETE FROM document WHERE case_id = ?1 AND holds_pictures", [case.as_str()])?;
        }
        Ok(transaction.commit()?)
    }
}

impl fmt::Debug for BackupFolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BackupFolder({}, {})", self.header.backup.store, self.header.backup.serial)
    }
}

impl fmt::Debug for Restoring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Restoring({}, {})", self.header.store, self.header.serial)
    }
}

/// Looks at the bytes of a backup's description, whatever they are.
///
/// # Errors
/// - If they describe no backup of this version.
#[doc(hidden)]
pub fn parse_backup_header(bytes: &[u8]) -> Result<(), StoreError> {
    Sealed::parse(bytes).map(|_| ())
}

const DOING: &str = "Copying the backup";

fn read_small(path: &Path) -> Result<Vec<u8>, StoreError> {
    let file = File::open(path).map_err(|_| StoreError::NotOurs { what: "no backup of Evidence Trail" })?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(StoreError::io("Reading the backup"))?;
    if bytes.len() as u64 > MOST_BYTES {
        Err(StoreError::NotOurs { what: "a file that is too large" })
    } else {
        Ok(bytes)
    }
}

/// What arrives is what is summed: the medium is read once.
fn copy_summed(from: &Path, to: &Path, sum: &FileSum) -> Result<(), StoreError> {
    let copying = || StoreError::io(DOING);
    let mut source = File::open(from).map_err(copying())?;
    let mut target = File::create(to).map_err(copying())?;
    let mut summing = Summing::default();
    let mut chunk = vec![0; 1 << 20];
    loop {
        let read = source.read(&mut chunk).map_err(copying())?;
        if read == 0 {
            break;
        }
        summing.write_all(&chunk[..read]).and_then(|()| target.write_all(&chunk[..read])).map_err(copying())?;
    }
    target.sync_all().map_err(copying())?;
    if summing.done() == *sum {
        Ok(())
    } else {
        Err(StoreError::bad_backup("a file of it is not the one it was made with"))
    }
}

fn open_copy(dir: &Path, one: &RecoveryCode, other: &RecoveryCode) -> Result<Vault<Open>, StoreError> {
    match Vault::find(dir)? {
        Found::Locked(vault) => vault.open_with_recovery(one, other).map_err(|(_, error)| error),
        Found::NoStore => Err(StoreError::bad_backup("there is no store in it")),
    }
}

fn unlocked(
    vault: Vault<Locked>,
    person: &PersonId,
    pass: &Passphrase,
    device: Option<&DeviceSecret>,
) -> Result<Vault<Open>, StoreError> {
    vault.unlock(person, pass, device).map_err(|(_, error)| error)
}

fn check_left_out(left_out: &[(CaseId, Vec<Event>)]) -> Result<(), StoreError> {
    for (_, events) in left_out {
        let halts = events.iter().any(|event| matches!(event, Event::Halted { .. }));
        let says_so = events.iter().any(|event| matches!(event, Event::ExhibitsLeftOut { .. }));
        let only = events.iter().all(|event| matches!(event, Event::Halted { .. } | Event::ExhibitsLeftOut { .. }));
        if !(halts && says_so && only) {
            return Err(StoreError::BadStart { what: "a case halted since needs its halt and what was left out" });
        }
    }
    Ok(())
}

/// Everything is in the one file, and closed.
fn close(vault: Vault<Open>) -> Result<(), StoreError> {
    let Vault { grounds, state } = vault;
    let busy: bool = state.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get(0))?;
    if busy {
        return Err(StoreError::InUse);
    }
    database::close(state.connection)?;
    drop(grounds);
    Ok(())
}
