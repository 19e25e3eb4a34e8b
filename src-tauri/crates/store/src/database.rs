//! The one connection: SQLCipher with a raw key, and everything switched on that guards it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use self::pages::Sums;
use crate::error::StoreError;
use crate::keys::Key;

mod cut;
pub(crate) mod freeze;
pub(crate) mod large;
pub(crate) mod pages;
pub(crate) mod stopping;

/// Larger pages than usual: exhibits are megabytes.
const PAGE_BYTES: i64 = 16384;
/// Memory for pages, as SQLite takes it: less than nought, in KiB. What one act writes fits into it, so that no page is written twice.
const CACHE_KIB: &str = "-32768";
/// How many pages the log may hold before a writing act itself moves them into the database: 64 MiB. Well before that
/// [`fold`] does it in a quiet moment, so that neither a capture nor a HALT pays for it.
const LONGEST_LOG: &str = "4096";
/// How many pages are worth a quiet moment: 1 MiB.
const WORTH_FOLDING: i64 = 64;
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
    connect(path, key, Sums::Sha256, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
}

/// Makes an empty database for a copy of the one at `of`: no log beside it, everything in one file.
pub(crate) fn make_copy(path: &Path, of: &Path, key: &Key) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    give_key(&connection, key, Sums::of(of, key).unwrap_or(Sums::Sha256))?;
    harden(&connection)?;
    Ok(connection)
}

/// Opens a database that is there.
pub(crate) fn open(path: &Path, key: &Key) -> Result<Connection, StoreError> {
    refuse_plain_or_cut(path, key)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
    if let Some(sums) = Sums::of(path, key) {
        return connect(path, key, sums, flags);
    }
    // The power may have gone while the first page was written: the log holds it whole, and which sums the file has is
    // found by trying. Then the page is written, for whoever looks at the file. Where that fails it is tried next time.
    let connection = with_either_sums(|sums| connect(path, key, sums, flags))?;
    drop(settle(&connection));
    Ok(connection)
}

/// Opens a database that is there and that nothing of it may be written to: no log, no index, no lock.
pub(crate) fn open_unwritten(path: &Path, key: &Key) -> Result<Connection, StoreError> {
    refuse_plain_or_cut(path, key)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let uri = unwritten_uri(path);
    let connection = match Sums::of(path, key) {
        Some(sums) => keyed(&uri, key, sums, flags)?,
        None => with_either_sums(|sums| keyed(&uri, key, sums, flags))?,
    };
    harden(&connection)?;
    Ok(connection)
}

/// From here on the connection reads, appends, and changes drafts; nothing else can be prepared on it.
pub(crate) fn guard(connection: &mut Connection) -> Result<(), StoreError> {
    connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
    freeze::hold(connection)?;
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

/// Moves what is in the write-ahead log into the database where that is worth it, and waits for nobody. Answers how many
/// pages were moved.
pub(crate) fn fold(connection: &Connection) -> Result<i64, StoreError> {
    let asked = |how: &str| -> Result<(i64, i64), StoreError> {
        let sql = format!("PRAGMA wal_checkpoint({how})");
        Ok(connection.query_row(&sql, (), |row| Ok((row.get(1)?, row.get(2)?)))?)
    };
    let (logged, moved) = asked("NOOP")?;
    if logged - moved < WORTH_FOLDING {
        return Ok(0);
    }
    let (_, now) = asked("PASSIVE")?;
    Ok(now - moved)
}

/// Closes it, and says where that fails.
pub(crate) fn close(connection: Connection) -> Result<(), StoreError> {
    connection.close().map_err(|(_, error)| StoreError::from(error))
}

fn raw(key: &Key) -> Zeroizing<String> {
    Zeroizing::new(format!("x'{}'", *Zeroizing::new(hex::encode(key.bytes()))))
}

/// From here on the connection only reads.
pub(crate) fn guard_reading(connection: &mut Connection) -> Result<(), StoreError> {
    connection.authorizer(Some(|asked: AuthContext<'_>| {
        let writes =
            matches!(asked.action, AuthAction::Insert { .. } | AuthAction::Update { .. } | AuthAction::Delete { .. });
        if !writes && is_allowed(asked.action) { Authorization::Allow } else { Authorization::Deny }
    }))?;
    Ok(())
}

fn refuse_plain_or_cut(path: &Path, key: &Key) -> Result<(), StoreError> {
    let mut front = [0; 16];
    let mut file = File::open(path).map_err(|_| StoreError::damaged("the database is missing"))?;
    file.read_exact(&mut front).map_err(|_| StoreError::damaged("the database holds less than one page"))?;
    if front == *PLAIN {
        return Err(StoreError::NotOurs { what: "its database is not encrypted" });
    }
    cut::refuse(path, key)
}

fn connect(path: &Path, key: &Key, sums: Sums, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = keyed(path, key, sums, flags)?;
    let journal: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if !journal.eq_ignore_ascii_case("wal") {
        return Err(StoreError::Database { what: "it cannot keep a write-ahead log here".to_owned() });
    }
    harden(&connection)?;
    Ok(connection)
}

/// Opens with the sums that fit; where neither does, with the answer to those of new files.
fn with_either_sums(open: impl Fn(Sums) -> Result<Connection, StoreError>) -> Result<Connection, StoreError> {
    let [newer, older] = Sums::EITHER;
    open(newer).or_else(|answer| open(older).map_err(|_| answer))
}

/// A connection with its key, which was tried by reading.
fn keyed(path: &Path, key: &Key, sums: Sums, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    give_key(&connection, key, sums)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get::<_, i64>(0))?;
    Ok(connection)
}

fn give_key(connection: &Connection, key: &Key, sums: Sums) -> Result<(), StoreError> {
    // Before the key: otherwise a wrong one is reported on standard error.
    set(connection, "cipher_log_level", "NONE")?;
    // What the library frees it wipes first: its copies of the key among it.
    set(connection, "cipher_memory_security", "ON")?;
    connection
        .pragma_update(None, "key", &*raw(key))
        .map_err(|_| StoreError::Database { what: "it did not take its key".to_owned() })?;
    set(connection, "cipher_page_size", PAGE_BYTES)?;
    set(connection, "cipher_hmac_algorithm", sums.name())?;
    // Plain SQLite has no such answer: a build without the cipher must never write in clear.
    let ciphered: Option<String> = connection.pragma_query_value(None, "cipher_status", |row| row.get(0)).ok();
    if ciphered.as_deref() == Some("1") {
        Ok(())
    } else {
        Err(StoreError::Database { what: "it is not encrypted".to_owned() })
    }
}

fn harden(connection: &Connection) -> Result<(), StoreError> {
    for (name, value) in [
        ("synchronous", "FULL"),
        ("foreign_keys", "ON"),
        ("secure_delete", "ON"),
        ("recursive_triggers", "ON"),
        ("trusted_schema", "OFF"),
        ("cell_size_check", "ON"),
        ("wal_autocheckpoint", LONGEST_LOG),
        ("cache_size", CACHE_KIB),
    ] {
        set(connection, name, value)?;
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.busy_timeout(std::time::Duration::from_secs(2))?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// The path as SQLite's address of a file that does not change: nothing is locked, and no file is made beside it.
fn unwritten_uri(path: &Path) -> std::path::PathBuf {
    uri_of(path.as_os_str().as_encoded_bytes(), cfg!(windows)).into()
}

/// The address of a path that is written as Windows does, or as others do.
fn uri_of(path: &[u8], as_windows: bool) -> String {
    let mut uri = String::from("file:");
    if as_windows {
        // What follows two slashes is the name of a computer, so a path that begins with two is written after those.
        uri.push_str(if path.starts_with(br"\\") { "//" } else { "/" });
    }
    for byte in path {
        match byte {
            b'\\' if as_windows => uri.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
            b':' if as_windows => uri.push(':'),
            _ => uri.push_str(&format!("%{byte:02x}")),
        }
    }
    uri.push_str("?immutable=1&mode=ro");
    uri
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

#[cfg(test)]
mod tests {
    use super::uri_of;

    #[test]
    fn a_drive_and_a_share_have_their_address() {
        for (path, uri) in [
            (r"C:\a store\ledger.db", "file:/C:/a%20store/ledger.db?immutable=1&mode=ro"),
            (r"\\desk\images\ledger.db", "file:////desk/images/ledger.db?immutable=1&mode=ro"),
            (r"\\?\C:\ledger.db", "file:////%3f/C:/ledger.db?immutable=1&mode=ro"),
        ] {
            assert_eq!(uri_of(path.as_bytes(), true), uri);
        }
    }

    #[test]
    fn elsewhere_a_backslash_and_a_colon_are_letters_of_a_name() {
        let uri = "file:/srv/a%20store%3a/b%5cc/ledger.db?immutable=1&mode=ro";
        assert_eq!(uri_of(br"/srv/a store:/b\c/ledger.db".as_slice(), false), uri);
    }
}
