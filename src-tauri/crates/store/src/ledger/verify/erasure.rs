//! An entry whose body was erased early: only where a later entry tells of it, and the table agrees.

use rusqlite::{Connection, OptionalExtension};
use trail_domain::event::Event;
use trail_domain::ids::Seq;

use super::Means;
use crate::error::StoreError;
use crate::ledger::keyring::{KeyRing, holds};
use crate::ledger::{COLUMNS, Entry};

/// Whether an entry tells that this one's body was erased. Where the case is closed its words cannot be read; then its
/// kind, its case and its signature have to do.
pub(crate) fn tells(means: &Means<'_>, ring: &KeyRing, erased: &Entry) -> Result<bool, StoreError> {
    let Some((telling, sealed)) = told_by(means.connection, erased.seq)? else { return Ok(false) };
    let is_about = telling.kind == "erased" && telling.case.is_some() && telling.case == erased.case;
    let is_signed = ring.signer(&telling).is_some_and(|key| holds(&telling, &key));
    if !is_about || !is_signed || telling.seq <= erased.seq {
        return Ok(false);
    }
    let Some(key) = telling.case.as_ref().and_then(|case| (means.case_key)(case)) else { return Ok(true) };
    let event = sealed.and_then(|sealed| telling.open_body(key, sealed));
    let event = event.and_then(|body| serde_json::from_slice::<Event>(&body).ok());
    Ok(matches!(event, Some(Event::Erased { entry, .. }) if entry == erased.seq))
}

/// An entry with its sealed body.
type Telling = (Entry, Option<Vec<u8>>);

/// The entry that the table names for an erased one.
fn told_by(connection: &Connection, erased: Seq) -> Result<Option<Telling>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, sealed FROM entry LEFT JOIN body USING (seq) \
         WHERE seq = (SELECT erased.seq FROM erased WHERE erased.entry = ?1)"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row([erased.0], |row| Ok((Entry::read(row)?, row.get(10)?))).optional()?)
}
