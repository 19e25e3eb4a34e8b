//! Bringing a store of an earlier version to this one, at a sign-in: a verified copy first, then the database in one
//! transaction, then the key file. Wherever it stops, the next sign-in goes on from there.

use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;
use trail_domain::ids::PersonId;
use zeroize::Zeroizing;

use super::Grounds;
use super::people::authority::Shares;
use crate::entropy::Drawn;
use crate::error::StoreError;
use crate::folder::{replace, sync_dir};
use crate::keyfile::KeyFile;
use crate::keys::epoch::StoreKeys;
use crate::keys::passphrase::DeviceSecret;
use crate::keys::{Key, seal};
use crate::ledger::keyring::KeyRing;
use crate::{database, ledger, schema};

/// What the authority's key was sealed for in version 1.
const AUTHORITY: &[u8] = b"evidence-trail/authority/v1";

/// A point between two steps, at which the process may die.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The store was copied before its migration.
    Copied,
    /// The database has its new shape.
    Led,
    /// The key file has its new shape.
    KeyFileMade,
    /// The key file holds what is about to be recorded.
    Pending,
    /// The change is in the ledger.
    Recorded,
    /// The database has its new key.
    Rekeyed,
}

/// Called between the steps; an error stops there.
pub(super) type Between<'a> = &'a mut dyn FnMut(Step) -> Result<(), StoreError>;

/// Opens the database with the newest keys that it takes.
pub(super) fn open_with_either<'a>(
    grounds: &Grounds,
    keys: &'a [StoreKeys],
) -> Result<(Connection, &'a StoreKeys), StoreError> {
    let opened = with_either(keys, |key| database::open(&grounds.folder.database(), key));
    let Err(answer) = opened else { return opened };
    let marked = fs::read_to_string(grounds.folder.epoch()).ok().and_then(|text| text.trim().parse::<u32>().ok());
    if marked.is_some_and(|epoch| epoch > grounds.keyfile.epoch()) {
        return Err(StoreError::damaged(
            "its key file is older than its database; an old key file was put back, and the newer one is missing",
        ));
    }
    Err(answer)
}

/// Opens with the newest keys that fit; where none does, with the answer to the newest.
pub(super) fn with_either(
    keys: &[StoreKeys],
    open: impl Fn(&Key) -> Result<Connection, StoreError>,
) -> Result<(Connection, &StoreKeys), StoreError> {
    let mut answer = None;
    for keys in keys {
        match open(&keys.data) {
            Ok(connection) => return Ok((connection, keys)),
            Err(error) => answer = answer.or(Some(error)),
        }
    }
    Err(answer.unwrap_or_else(|| StoreError::damaged("the key file was altered")))
}

/// Brings database and key file to this version. Answers from which version to which, until that is recorded.
pub(super) fn bring_up(
    grounds: &mut Grounds,
    connection: &Connection,
    keys: &StoreKeys,
    device: Option<&DeviceSecret>,
    between: Between<'_>,
) -> Result<Option<(u32, u32)>, StoreError> {
    let from = schema::version_of(connection, &grounds.keyfile.store, grounds.keyfile.practice)?;
    if from < schema::VERSION {
        copy_first(grounds, connection, keys)?;
        between(Step::Copied)?;
        lead_on(&grounds.keyfile, connection, keys, from)?;
        between(Step::Led)?;
    }
    if grounds.keyfile.is_version_1() {
        let mut file = grounds.keyfile.clone();
        let ring = KeyRing::quick(connection, &file.store, &keys.store)?;
        renew_key_file(&mut file, &ring, keys, device)
            .ok_or_else(|| StoreError::damaged("the key file was altered"))?;
        file.write(&grounds.folder)?;
        grounds.keyfile = file;
        between(Step::KeyFileMade)?;
    }
    let (copy, copied_keys) = grounds.folder.before(schema::VERSION);
    if !copy.exists() {
        return Ok(None);
    }
    let sql = "SELECT EXISTS (SELECT 1 FROM entry WHERE kind = 'migrated')";
    if connection.query_row(sql, (), |row| row.get(0))? {
        // The copy would outlive what is destroyed in the store. Where it cannot be removed, the next sign-in tries.
        let _ = fs::remove_file(copy).and_then(|()| fs::remove_file(copied_keys));
        return Ok(None);
    }
    let version = |version: i64| u32::try_from(version).unwrap_or(u32::MAX);
    Ok(Some((version(schema::VERSION - 1), version(schema::VERSION))))
}

/// Copies database and key file beside the store, and checks the copy, before anything is changed.
fn copy_first(grounds: &Grounds, connection: &Connection, keys: &StoreKeys) -> Result<(), StoreError> {
    let doing = "Copying the store before its migration";
    let (copy, copied_keys) = grounds.folder.before(schema::VERSION);
    let fresh = copy.with_extension("new");
    match fs::remove_file(&fresh) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(StoreError::io(doing)(error)),
        Ok(()) | Err(_) => {}
    }
    let mut made = database::make(&fresh, &keys.data)?;
    Backup::new(connection, &mut made)?.run_to_completion(1000, Duration::ZERO, None)?;
    let holds = database::pages::hold(&made)?;
    database::close(made)?;
    if !holds {
        return Err(StoreError::damaged("a copy of it does not hold; it was not migrated"));
    }
    let sync = |path: &Path| File::open(path)?.sync_all();
    sync(&fresh).and_then(|()| fs::rename(&fresh, &copy)).map_err(StoreError::io(doing))?;
    replace(&copied_keys, &fs::read(grounds.folder.keys()).map_err(StoreError::io(doing))?)?;
    copy.parent().map_or(Ok(()), sync_dir).map_err(StoreError::io(doing))
}

fn lead_on(file: &KeyFile, connection: &Connection, keys: &StoreKeys, from: i64) -> Result<(), StoreError> {
    let ring = KeyRing::quick(connection, &file.store, &keys.store)?;
    let transaction = connection.unchecked_transaction()?;
    schema::lead_on(&transaction, from)?;
    if from == 1 {
        share_authority(file, &transaction, keys, &ring)?;
    }
    transaction.commit()?;
    database::settle(connection)
}

/// Version 1 kept the authority's key for anybody who opened the store; from now on it takes two, or the codes.
fn share_authority(
    file: &KeyFile,
    connection: &Connection,
    keys: &StoreKeys,
    ring: &KeyRing,
) -> Result<(), StoreError> {
    let altered = || StoreError::damaged("the authority's key was altered");
    let sealed = connection.query_row("SELECT sealed FROM held_key WHERE name = 'authority'", (), |row| row.get(0))?;
    let aad = [AUTHORITY, file.store.as_str().as_bytes()].concat();
    let authority = seal::open(&keys.store.derive(&[AUTHORITY]), &aad, sealed).ok_or_else(altered)?;
    let people: Vec<(&PersonId, &[u8; 32])> =
        file.labels().filter_map(|label| Some((&label.id, ring.seal_key_of(&label.id)?))).collect();
    let (seq, _) = ledger::head(connection)?.ok_or_else(altered)?;
    let entropy = Drawn::from(&authority, b"authority");
    let shares = Shares { connection, store: &file.store, seq, authority: &authority, entropy: &entropy };
    shares.keep(&people, None)?;
    shares.keep_for_recovery(ring.recovery().ok_or_else(altered)?)?;
    connection.execute("DELETE FROM held_key WHERE name = 'authority'", ())?;
    Ok(())
}

fn renew_key_file(file: &mut KeyFile, ring: &KeyRing, keys: &StoreKeys, device: Option<&DeviceSecret>) -> Option<()> {
    let mut secret = Zeroizing::new(keys.data.bytes().to_vec());
    secret.extend(keys.store.bytes());
    let entropy = Drawn::from(&secret, b"key-file");
    let recovery = *ring.recovery()?;
    file.give(keys, &recovery, &|person| ring.seal_key_of(person).copied(), None, &entropy)?;
    if let Some(secret) = device.filter(|secret| file.needs_device_secret() && file.fits(secret)) {
        file.keep_device(secret, &recovery, &Drawn::from(secret.bytes(), b"device"))?;
    }
    Some(())
}
