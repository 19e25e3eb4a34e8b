//! The frozen computer, in the database: from a HALT on it takes only entries of the kinds that have to be recorded, until
//! the police release the computer or the store is restored on another one.

use rusqlite::Connection;
use trail_domain::procedure::freeze::TAKEN;

use crate::error::StoreError;

/// Whether a HALT came after the last release.
const FROZEN: &str = "coalesce((SELECT max(seq) FROM entry WHERE kind = 'halted'), 0) \
     > coalesce((SELECT max(seq) FROM entry WHERE kind IN ('computer-released', 'restored')), 0)";

/// Has the connection refuse what a frozen store does not take, whoever asks. The trigger is the connection's own, so
/// that stores of every version have it.
pub(crate) fn hold(connection: &Connection) -> Result<(), StoreError> {
    let taken = TAKEN.map(|kind| format!("'{kind}'")).join(", ");
    connection.execute_batch(&format!(
        "CREATE TEMP TRIGGER IF NOT EXISTS entry_frozen BEFORE INSERT ON main.entry \
         WHEN NEW.kind NOT IN ({taken}) AND {FROZEN} \
         BEGIN SELECT RAISE(ABORT, 'trail: frozen'); END"
    ))?;
    Ok(())
}

/// Whether the record holds a HALT that the computer was not released from.
pub(crate) fn stands(connection: &Connection) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {FROZEN}"))?;
    Ok(statement.query_row((), |row| row.get(0))?)
}
