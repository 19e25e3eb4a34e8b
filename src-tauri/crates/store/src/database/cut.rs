//! Telling a file that was cut from one that is damaged otherwise. SQLite calls both *malformed*.

use std::fs;
use std::path::Path;

use rusqlite::OpenFlags;

use super::{PAGE_BYTES, give_key, set};
use crate::error::StoreError;
use crate::keys::Key;

/// The error, or that the file is shorter than its header says.
pub(super) fn told_apart(path: &Path, key: &Key, error: StoreError) -> StoreError {
    let StoreError::Damaged { .. } = error else { return error };
    let Some(found) = fs::metadata(path).ok().map(|file| file.len()) else { return error };
    let page = PAGE_BYTES.unsigned_abs();
    // Not even one page, or part of one: what the header says cannot be trusted or had.
    let whole_pages = found.next_multiple_of(page).max(page);
    let expected = pages_by_header(path, key).map_or(whole_pages, |pages| pages.saturating_mul(page).max(whole_pages));
    if found < expected { StoreError::Cut { expected, found } } else { error }
}

/// How many pages the first page says there are. The log beside the file is left out: where it held the rest, opening
/// would not have failed.
fn pages_by_header(path: &Path, key: &Key) -> Option<u64> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = rusqlite::Connection::open_with_flags(super::unwritten_uri(path), flags).ok()?;
    give_key(&connection, key).ok()?;
    // Otherwise the mismatch itself is refused.
    set(&connection, "writable_schema", "ON").ok()?;
    connection.pragma_query_value(None, "page_count", |row| row.get(0)).ok()
}
