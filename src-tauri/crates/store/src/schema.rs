//! The shape of the database. Migrations are numbered; each stands in a file of its own beside this one.

use std::sync::OnceLock;

use rusqlite::Connection;
use trail_domain::ids::StoreId;

use crate::error::StoreError;

/// Stands in the database's header: `ETRL`.
const APPLICATION_ID: i64 = 0x4554_524C;
/// The newest version.
pub(crate) const VERSION: i64 = 2;
const V1: &str = include_str!("schema/v1.sql");
/// From which version each leads to the next, in order.
const MIGRATIONS: &[(i64, &str)] = &[(1, include_str!("schema/v2.sql"))];

/// Makes the tables in a new database, inside the caller's transaction.
pub(crate) fn make(connection: &Connection, store: &StoreId, practice: bool) -> Result<(), StoreError> {
    connection.execute_batch(V1)?;
    lead_on(connection, 1)?;
    connection.execute("INSERT INTO store (one, id, practice) VALUES (1, ?1, ?2)", (store.as_str(), practice))?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    Ok(())
}

/// Leads from an earlier version to the newest, inside the caller's transaction.
pub(crate) fn lead_on(connection: &Connection, from: i64) -> Result<(), StoreError> {
    for (_, sql) in MIGRATIONS.iter().filter(|(version, _)| *version >= from) {
        connection.execute_batch(sql)?;
    }
    connection.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}

/// Looks whether the database is ours, of the newest version, the one that the key file belongs to, and of the shape
/// that it was made with.
pub(crate) fn check(connection: &Connection, store: &StoreId, practice: bool) -> Result<(), StoreError> {
    let version = version_of(connection, store, practice)?;
    if version != VERSION {
        return Err(StoreError::damaged("the database has an earlier version"));
    }
    // Somebody with the key may have taken a trigger away that refuses something, or put one there that does something.
    if !has_its_shape(connection)? {
        return Err(StoreError::damaged("its tables and the rules on them are not the ones it was made with"));
    }
    Ok(())
}

/// Whether the tables and the rules on them are the ones that the newest version makes.
pub(crate) fn has_its_shape(connection: &Connection) -> Result<bool, StoreError> {
    Ok(shape_of(connection)? == *shape()?)
}

/// A table, an index or a trigger: its type, its name, its table, and how it was made.
type Part = (String, String, String, Option<String>);

fn shape_of(connection: &Connection) -> Result<Vec<Part>, StoreError> {
    let mut statement =
        connection.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")?;
    let parts = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    Ok(parts.collect::<Result<_, _>>()?)
}

/// The shape of the newest version.
fn shape() -> Result<&'static Vec<Part>, StoreError> {
    static SHAPE: OnceLock<Vec<Part>> = OnceLock::new();
    if let Some(shape) = SHAPE.get() {
        return Ok(shape);
    }
    let empty = Connection::open_in_memory()?;
    empty.execute_batch(V1)?;
    lead_on(&empty, 1)?;
    let shape = shape_of(&empty)?;
    Ok(SHAPE.get_or_init(|| shape))
}

/// The version of the database, after looking whether it is ours and the one that the key file belongs to.
pub(crate) fn version_of(connection: &Connection, store: &StoreId, practice: bool) -> Result<i64, StoreError> {
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if application != APPLICATION_ID {
        return Err(StoreError::NotOurs { what: "its database is not one of ours" });
    }
    if version > VERSION {
        return Err(StoreError::NewerVersion);
    }
    if version < 1 {
        return Err(StoreError::damaged("the database has an unknown version"));
    }
    let found: (String, bool) =
        connection.query_row("SELECT id, practice FROM store", (), |row| Ok((row.get(0)?, row.get(1)?)))?;
    if found == (store.as_str().to_owned(), practice) {
        Ok(version)
    } else {
        Err(StoreError::damaged("the key file belongs to another database"))
    }
}
