//! Reading a store that must not be touched, as an image of a disk: nothing is written to its folder, no lock, no log,
//! no index. Both recovery codes open it. A halted case's pictures are listed by hash, and never read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

use rusqlite::Connection;
use trail_domain::event::document::DocumentKind;
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{CaseId, ExhibitMark, Hash, Seq, StoreId};

use super::check::{self, Checking};
use super::keep::{file_name, open_file};
use super::migrate::with_either;
use super::sign_in::{RECOVERY, case_keys_sealed_to};
use super::{reading, reserve};
use crate::checked::Checked;
use crate::database::{self, pages};
use crate::error::StoreError;
use crate::folder::{Folder, Fresh};
use crate::keyfile::{KeyFile, PersonLabel};
use crate::keys::Key;
use crate::keys::epoch::StoreKeys;
use crate::keys::recovery::RecoveryCode;
use crate::ledger::keyring::KeyRing;
use crate::ledger::verify::{FaultKind, LedgerVerdict, Progress, Signatures, holds_pictures};
use crate::{ledger, schema};

/// A store opened for reading only.
pub struct ReadOnly {
    has_its_shape: bool,
    connection: Connection,
    keyfile: KeyFile,
    store_key: Key,
    ring: KeyRing,
    cases: BTreeMap<CaseId, Key>,
    /// Halts noted beside the record.
    noted: BTreeSet<CaseId>,
    // Dropped last: the connection has files in it.
    _scratch: Option<Fresh>,
}

/// A file of an exhibit, or a document, as an entry names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileListed {
    /// The entry.
    pub seq: Seq,
    /// The exhibit it belongs to; none for a document.
    pub exhibit: Option<ExhibitMark>,
    /// The kind of the document; none for a file of an exhibit.
    pub document: Option<DocumentKind>,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: Hash,
    /// Whether it can be read: not while the case is halted, if it holds pictures.
    pub readable: bool,
}

/// Opens the store in `dir` with both codes, in either order, and writes nothing to it. Where a log stands beside the
/// database, both are copied to a private folder in `scratch`, which goes away with the answer.
///
/// # Errors
/// - If there is no store, a newer or a damaged one.
/// - If the codes do not open it.
/// - If the log cannot be copied.
pub fn read_only(dir: &Path, one: &RecoveryCode, other: &RecoveryCode, scratch: &Path) -> Result<ReadOnly, StoreError> {
    let folder = Folder::at(dir);
    if !folder.keys().exists() && !folder.database().exists() {
        return Err(StoreError::NotOurs { what: "no store" });
    }
    let keyfile = KeyFile::read(&folder)?;
    let recovered = keyfile.recover(one, other).ok_or(StoreError::WrongCodes)?;
    let (scratch, connection, keys) = open(&folder, &keyfile, &recovered.keys, scratch)?;
    let ring = KeyRing::quick(&connection, &keyfile.store, &keys.store)?;
    let cases = case_keys_sealed_to(&connection, &keyfile.store, RECOVERY, &recovered.seed)?;
    let noted = reserve::noted(&folder).into_keys().collect();
    let has_its_shape = schema::has_its_shape(&connection)?;
    Ok(ReadOnly { has_its_shape, connection, keyfile, store_key: keys.store, ring, cases, noted, _scratch: scratch })
}

impl ReadOnly {
    /// The store's id.
    #[must_use]
    pub fn store(&self) -> &StoreId {
        &self.keyfile.store
    }

    /// The school's name.
    #[must_use]
    pub fn school(&self) -> &str {
        &self.keyfile.school
    }

    /// Whether it is a practice store.
    #[must_use]
    pub fn is_practice(&self) -> bool {
        self.keyfile.practice
    }

    /// Who may sign in to it.
    #[must_use]
    pub fn people(&self) -> Vec<PersonLabel> {
        self.keyfile.labels().cloned().collect()
    }

    /// Where the ledger ends.
    ///
    /// # Errors
    /// - If it cannot be read.
    pub fn head(&self) -> Result<Option<(Seq, Hash)>, StoreError> {
        ledger::head(&self.connection)
    }

    /// All cases whose key was not destroyed, in the order they were opened.
    ///
    /// # Errors
    /// - If they cannot be read.
    pub fn cases(&self) -> Result<Vec<CaseId>, StoreError> {
        let mut cases = reading::case_ids(&self.connection, reading::IN_ORDER)?;
        cases.retain(|case| self.cases.contains_key(case));
        Ok(cases)
    }

    /// The events of a case, in order.
    ///
    /// # Errors
    /// - If there is no such case, or its key was destroyed.
    /// - If an entry's body is missing or not the one it was made for.
    pub fn events(&self, case: &CaseId) -> Result<Vec<Recorded>, StoreError> {
        reading::read(&self.connection, &self.ring, "case_id = ?1", [case.as_str()], self.key(case)?)
    }

    /// The events that belong to no case, in order.
    ///
    /// # Errors
    /// - If an entry's body is missing or not the one it was made for.
    pub fn store_events(&self) -> Result<Vec<Recorded>, StoreError> {
        reading::read(&self.connection, &self.ring, "case_id IS NULL", (), &self.store_key)
    }

    /// Whether the case is halted: in the record, or noted beside it. Where that cannot be told, it is.
    #[must_use]
    pub fn is_halted(&self, case: &CaseId) -> bool {
        self.noted.contains(case) || check::is_halted(&self.connection, case).unwrap_or(true)
    }

    /// Checks pages, ledger and files. Files of a halted case are looked for but not read.
    ///
    /// # Errors
    /// - If the database cannot be read. What does not hold is in the verdict, not an error.
    pub fn verify(&self, on: impl FnMut(Progress)) -> Result<LedgerVerdict, StoreError> {
        let checking = Checking {
            connection: &self.connection,
            store: &self.keyfile.store,
            store_key: &self.store_key,
            case_key: &|case| self.cases.get(case),
            halts: &self.noted,
            signatures: Signatures::Together,
            stop: None,
        };
        let pages_hold = pages::hold(&self.connection)?;
        let mut verdict = check::with_pages(checking.whole(on, |_| {}), pages_hold)?;
        // Whoever reads for the police wants to see what is there all the same: it is a finding, and no refusal.
        if !self.has_its_shape {
            verdict.fault(Seq(0), FaultKind::OtherRules);
        }
        Ok(verdict)
    }

    /// The files and documents that the case's entries name.
    ///
    /// # Errors
    /// - If the case cannot be read.
    pub fn files(&self, case: &CaseId) -> Result<Vec<FileListed>, StoreError> {
        let is_halted = self.is_halted(case);
        Ok(self.events(case)?.iter().flat_map(|recorded| listed(recorded, is_halted)).collect())
    }

    /// Reads a file or document, checked against its hash.
    ///
    /// # Errors
    /// - If it holds pictures and the case is halted.
    /// - If there is no such case or file.
    /// - If it is not the one that was kept.
    pub fn read_file(&self, case: &CaseId, sha256: &Hash) -> Result<Checked, StoreError> {
        let key = self.key(case)?;
        let named: Vec<FileListed> = self.files(case)?.into_iter().filter(|file| file.sha256 == *sha256).collect();
        let first = named.first().ok_or(StoreError::NoFile)?;
        if !named.iter().all(|file| file.readable) {
            return Err(StoreError::Halted);
        }
        let table = if first.document.is_some() { "document" } else { "exhibit_file" };
        let sql = format!("SELECT sealed FROM {table} WHERE case_id = ?1 AND name = ?2 LIMIT 1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query((case.as_str(), file_name(key, sha256)))?;
        open_file(key, case, sha256, rows.next()?.ok_or(StoreError::NoFile)?.get(0)?)
    }

    fn key(&self, case: &CaseId) -> Result<&Key, StoreError> {
        self.cases.get(case).ok_or(StoreError::NotAdmitted)
    }
}

impl fmt::Debug for ReadOnly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReadOnly({})", self.keyfile.store)
    }
}

/// As it lies, where nothing is in a log and nothing has to be brought to this version; else a copy.
fn open(
    folder: &Folder,
    keyfile: &KeyFile,
    keys: &[StoreKeys],
    scratch: &Path,
) -> Result<(Option<Fresh>, Connection, StoreKeys), StoreError> {
    let has_log = fs::metadata(folder.log()).is_ok_and(|log| log.len() > 0);
    if !has_log {
        let (mut connection, keys) = with_either(keys, |key| database::open_unwritten(&folder.database(), key))?;
        if schema::version_of(&connection, &keyfile.store, keyfile.practice)? == schema::VERSION {
            database::guard_reading(&mut connection)?;
            return Ok((None, connection, keys.clone()));
        }
    }
    let scratch = copied(folder, scratch)?;
    let copy = Folder::at(scratch.path());
    let (mut connection, keys) = with_either(keys, |key| database::open(&copy.database(), key))?;
    let version = schema::version_of(&connection, &keyfile.store, keyfile.practice)?;
    if version < schema::VERSION {
        let transaction = connection.unchecked_transaction()?;
        schema::lead_on(&transaction, version)?;
        transaction.commit()?;
    }
    database::guard_reading(&mut connection)?;
    Ok((Some(scratch), connection, keys.clone()))
}

fn listed(recorded: &Recorded, is_halted: bool) -> Vec<FileListed> {
    let seq = recorded.seq;
    if let Event::ExhibitKept { exhibit, .. } = &recorded.event {
        let files = exhibit.files.iter().map(|file| FileListed {
            seq,
            exhibit: Some(exhibit.mark.clone()),
            document: None,
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            bytes: file.bytes,
            sha256: file.sha256,
            readable: !is_halted,
        });
        return files.collect();
    }
    let document = |kind, name: &str, bytes, sha256| FileListed {
        seq,
        exhibit: None,
        document: Some(kind),
        name: name.to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes,
        sha256,
        readable: !(is_halted && holds_pictures(kind)),
    };
    if let Event::DocumentMade { document: made } = &recorded.event {
        return vec![document(made.kind, &made.name, made.bytes, made.sha256)];
    }
    if let Event::DocumentSigned { signed } = &recorded.event {
        return vec![document(signed.kind, "", signed.bytes, signed.sha256)];
    }
    Vec::new()
}

/// Database and log in a private folder that goes away again.
fn copied(folder: &Folder, scratch: &Path) -> Result<Fresh, StoreError> {
    let doing = "Copying the database and its log";
    let copy = (0..1000_u32)
        .map(|number| scratch.join(format!("evidence-trail-reading-{}-{number}", std::process::id())))
        .find_map(|path| Fresh::make(path).ok())
        .ok_or_else(|| StoreError::Io { doing, source: std::io::ErrorKind::PermissionDenied.into() })?;
    let target = Folder::at(copy.path());
    fs::copy(folder.database(), target.database()).map_err(StoreError::io(doing))?;
    if folder.log().exists() {
        fs::copy(folder.log(), target.log()).map_err(StoreError::io(doing))?;
    }
    Ok(copy)
}
