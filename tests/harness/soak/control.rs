//! The controls: a plain database written with every care, which must stand any power cut, and the same one written
//! without, which must not. If the second stood it as well, the campaign would show nothing.

use std::path::Path;

use rusqlite::Connection;

use super::line::{Ack, Seen, Teller};

/// How a control writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Its name.
    pub name: &'static str,
    journal: &'static str,
    synchronous: &'static str,
}

/// Written with every care.
pub const CAREFUL: Settings = Settings { name: "control-careful", journal: "WAL", synchronous: "FULL" };
/// Written without.
pub const CARELESS: Settings = Settings { name: "control-careless", journal: "OFF", synchronous: "OFF" };

const ROWS: u64 = 12;

/// The control of this name.
#[must_use]
pub fn named(name: &str) -> Option<Settings> {
    [CAREFUL, CARELESS].into_iter().find(|settings| settings.name == name)
}

/// Writes rows, telling of each.
///
/// # Errors
/// - If the database cannot be written.
pub fn write(settings: Settings, folder: &Path, teller: &Teller) -> Result<(), String> {
    let wrong = |error: rusqlite::Error| error.to_string();
    let connection = Connection::open(folder.join("control.db")).map_err(wrong)?;
    connection.pragma_update_and_check(None, "journal_mode", settings.journal, |_| Ok(())).map_err(wrong)?;
    connection.pragma_update(None, "synchronous", settings.synchronous).map_err(wrong)?;
    teller.ready();
    connection
        .execute_batch("CREATE TABLE IF NOT EXISTS row (seq INTEGER PRIMARY KEY, body BLOB) STRICT")
        .map_err(wrong)?;
    for seq in 1..=ROWS {
        connection.execute("INSERT INTO row VALUES (?1, ?2)", (seq, vec![seq as u8; 20_000])).map_err(wrong)?;
        let seen = vec![Seen { seq, kind: "row".to_owned(), hash: String::new(), in_case: false }];
        teller.done(Ack { act: "row".to_owned(), seen, ..Ack::default() });
    }
    drop(connection);
    teller.end();
    Ok(())
}

/// Whether what was acknowledged is there, and the database whole.
///
/// # Errors
/// - If not.
pub fn holds(folder: &Path, acks: &[Ack]) -> Result<(), String> {
    let wrong = |error: rusqlite::Error| error.to_string();
    let told = acks.iter().flat_map(|ack| &ack.seen).map(|seen| seen.seq).max().unwrap_or(0);
    let path = folder.join("control.db");
    if told == 0 && !path.exists() {
        return Ok(());
    }
    let connection = Connection::open(&path).map_err(wrong)?;
    let whole: String = connection.query_row("PRAGMA integrity_check", (), |row| row.get(0)).map_err(wrong)?;
    if whole != "ok" {
        return Err(whole);
    }
    let made: bool = connection
        .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'row'", (), |row| row.get(0))
        .map_err(wrong)?;
    if told == 0 && !made {
        return Ok(());
    }
    let mut statement = connection.prepare("SELECT seq, body FROM row ORDER BY seq").map_err(wrong)?;
    let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).map_err(wrong)?;
    let mut last = 0;
    for row in rows {
        let (seq, body): (u64, Vec<u8>) = row.map_err(wrong)?;
        if seq != last + 1 || body != vec![seq as u8; 20_000] {
            return Err(format!("row {seq} is not the one that was written"));
        }
        last = seq;
    }
    if last < told { Err(format!("row {told} was acknowledged, and the last is {last}")) } else { Ok(()) }
}
