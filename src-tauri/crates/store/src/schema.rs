//! The shape of the database. Migrations are numbered; each stands in a file of its own beside this one.

use rusqlite::Connection;
use trail_domain::ids::StoreId;

use crate::error::StoreError;

/// Stands in the database's header: `ETRL`.
const APPLICATION_ID: i64 = 0x4554_524C;
/// The newest version, and what leads to it.
const VERSION: i64 = 2;
const V1: &str = include_str!("schema/v1.sql");
const V2: &str = include_str!("schema/v2.sql");

/// Makes the tables in a new database, inside the caller's transaction.
pub(crate) fn make(connection: &Connection, store: &StoreId, practice: bool) -> Result<(), StoreError> {
    connection.execute_batch(V1)?;
    connection.execute_batch(V2)?;
    connection.execute("INSERT INTO store (one, id, practice) VALUES (1, ?1, ?2)", (store.as_str(), practice))?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}

/// Looks whether the database is ours, of a version that is known, and the one that the key file belongs to.
pub(crate) fn check(connection: &Connection, store: &StoreId, practice: bool) -> Result<(), StoreError> {
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if application != APPLICATION_ID {
        return Err(StoreError::NotOurs { what: "its database is not one of ours" });
    }
    if version > VERSION {
        return Err(StoreError::NewerVersion);
    }
    if version < VERSION {
        return Err(StoreError::damaged("the database has an unknown version"));
    }
    let found: (String, bool) =
        connection.query_row("SELECT id, practice FROM store", (), |row| Ok((row.get(0)?, row.get(1)?)))?;
    if found == (store.as_str().to_owned(), practice) {
        Ok(())
    } else {
        Err(StoreError::damaged("the key file belongs to another database"))
    }
}
