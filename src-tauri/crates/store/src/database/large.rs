//! Large values, written into the place that was made for them.
//!
//! As a parameter of a statement SQLite would copy the value twice, and the cipher wipes each copy with random bytes:
//! for a screenshot that takes longer than sealing it. Whoever fills a place made it in the same transaction.

use rusqlite::Connection;

use crate::error::StoreError;

/// The column that holds what was sealed.
const COLUMN: &str = "sealed";

/// Writes a value into the `sealed` of the row that was inserted last, made with `zeroblob` and this many bytes.
///
/// # Errors
/// - If the place has another size, or it cannot be written.
pub(crate) fn fill(connection: &Connection, table: &str, sealed: &[u8]) -> Result<(), StoreError> {
    let row = connection.last_insert_rowid();
    let mut place = connection.blob_open(rusqlite::MAIN_DB, table, COLUMN, row, false)?;
    if place.len() != sealed.len() {
        return Err(StoreError::Database { what: "the place for a file has another size".to_owned() });
    }
    place.write_all_at(sealed, 0)?;
    Ok(place.close()?)
}
