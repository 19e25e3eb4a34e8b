//! The one connection: SQLCipher with a raw key, and everything switched on that guards it.

use std::io::Read;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::keys::Key;

/// Larger pages than usual: exhibits are megabytes.
const PAGE_BYTES: i64 = 16384;
/// How an unencrypted database begins.
const PLAIN: &[u8; 16] = b"SQLite format 3\0";
/// What may be asked of a database in use. None of these changes it.
const PRAGMAS: [&str; 6] =
    ["cipher_integrity_check", "integrity_check", "quick_check", "wal_checkpoint", "page_count", "freelist_count"];
/// The tables whose rows may ever be deleted.
const MAY_GO: [&str; 7] =
    ["draft", "authority_share", "body", "exhibit_file", "document", "case_access", "own_case_key"];

/// Makes a new database. Everything in it is made before [`guard`] is called.
pub(crate) fn make(path: &Path, key: &Key) -> Result<Connection, StoreError> {
    connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
}

/// Opens a database that is there.
pub(crate) fn open(path: &Path, key: &Key) -> Result<Connection, StoreError> {
    let mut front = [0; 16];
    std::fs::File::open(path)
        .and_then(|mut file| file.read_exact(&mut front))
        .map_err(|_| StoreError::damaged("the database is missing or cut short"))?;
    if front == *PLAIN {
        return Err(StoreError::NotOurs { what: "its database is not encrypted" });
    }
    connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)
}

/// From here on the connection reads, appends, and changes drafts; nothing else can be prepared on it.
pub(crate) fn guard(connection: &mut Connection) -> Result<(), StoreError> {
    connection.authorizer(Some(
        |asked: AuthContext<'_>| {
            if is_allowed(asked.action) { Authorization::Allow } else { Authorization::Deny }
        },
    ))?;
    Ok(())
}

/// Encrypts the whole database anew. The guard is lifted for exactly this, and stands again whatever the outcome.
pub(crate) fn rekey(connection: &mut Connection, key: &Key) -> Result<(), StoreError> {
    connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
    // The error's own text is dropped: it may hold what was asked, and the key stands in that.
    let changed = set(connection, "rekey", &*raw(key)).map_err(|error| {
        let is_full = matches!(error, StoreError::DiskFull);
        if is_full { error } else { StoreError::Database { what: "it did not take its new key".to_owned() } }
    });
    guard(connection)?;
    changed?;
    settle(connection)
}

/// Moves everything from the write-ahead log into the database, and empties the log.
pub(crate) fn settle(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))?)
}

/// Whether both checks of the file find nothing: the pages as they are encrypted, and the tables in them.
pub(crate) fn is_whole(connection: &Connection) -> Result<bool, StoreError> {
    let mut faults = connection.prepare("PRAGMA cipher_integrity_check")?;
    let is_encrypted_well = faults.query(())?.next()?.is_none();
    let found: String = connection.query_row("PRAGMA integrity_check(1)", (), |row| row.get(0))?;
    Ok(is_encrypted_well && found == "ok")
}

fn raw(key: &Key) -> Zeroizing<String> {
    Zeroizing::new(format!("x'{}'", *Zeroizing::new(hex::encode(key.bytes()))))
}

fn connect(path: &Path, key: &Key, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // Before the key: otherwise a wrong one is reported on standard error.
    set(&connection, "cipher_log_level", "NONE")?;
    connection
        .pragma_update(None, "key", &*raw(key))
        .map_err(|_| StoreError::Database { what: "it did not take its key".to_owned() })?;
    set(&connection, "cipher_page_size", PAGE_BYTES)?;
    // Plain SQLite has no such answer: a build without the cipher must never write in clear.
    let ciphered: Option<String> = connection.pragma_query_value(None, "cipher_status", |row| row.get(0)).ok();
    if ciphered.as_deref() != Some("1") {
        return Err(StoreError::Database { what: "it is not encrypted".to_owned() });
    }
    connection.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get::<_, i64>(0))?;
    let journal: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if !journal.eq_ignore_ascii_case("wal") {
        return Err(StoreError::Database { what: "it cannot keep a write-ahead log here".to_owned() });
    }
    for (name, value) in [
        ("synchronous", "FULL"),
        ("foreign_keys", "ON"),
        ("secure_delete", "ON"),
        ("recursive_triggers", "ON"),
        ("trusted_schema", "OFF"),
        ("cell_size_check", "ON"),
    ] {
        set(&connection, name, value)?;
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.busy_timeout(std::time::Duration::from_secs(2))?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Sets a pragma, whether or not it answers.
fn set(connection: &Connection, name: &str, value: impl rusqlite::ToSql) -> Result<(), StoreError> {
    connection.pragma(None, name, value, |_| Ok(()))?;
    Ok(())
}

fn is_allowed(action: AuthAction<'_>) -> bool {
    if let AuthAction::Pragma { pragma_name, .. } = action {
        return PRAGMAS.contains(&pragma_name);
    }
    if let AuthAction::Update { table_name, .. } = action {
        return table_name == "draft";
    }
    // What is deleted with an erasure or a destruction the triggers let go, and nothing else.
    if let AuthAction::Delete { table_name } = action {
        return MAY_GO.contains(&table_name);
    }
    if let AuthAction::Insert { table_name } = action {
        return !table_name.starts_with("sqlite_");
    }
    if let AuthAction::Function { function_name } = action {
        return !function_name.eq_ignore_ascii_case("load_extension");
    }
    matches!(
        action,
        AuthAction::Select
            | AuthAction::Read { .. }
            | AuthAction::Transaction { .. }
            | AuthAction::Savepoint { .. }
            | AuthAction::Recursive
    )
}
