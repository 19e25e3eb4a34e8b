//! Somebody who has the store's keys and another tool: what they can do to the content of its database. Written from
//! the description of the format, apart from the store.

use std::path::Path;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::digest::{SHA256, digest};
use ring::signature::{Ed25519KeyPair, KeyPair};
use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// The key that the intruder signs with.
const SEED: [u8; 32] = [3; 32];

/// What opens a store.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    data: [u8; 32],
    store: [u8; 32],
}

/// An entry's row.
struct Row {
    seq: u64,
    case: Option<String>,
    at: i64,
    kind: String,
    body_hash: Vec<u8>,
    prev: Vec<u8>,
    hash: Vec<u8>,
    session: Option<String>,
    key: Vec<u8>,
}

/// The database, open without any guard.
pub(super) struct Intruder {
    connection: Connection,
    keys: Keys,
    /// The triggers, which stand again at the end: their absence is not what must be noticed.
    triggers: Vec<String>,
}

/// Whose key a forged entry names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// The intruder's own.
    Own,
    /// The one that signed it before.
    Before,
}

impl Keys {
    /// Finds a store's keys among what chance gave when it was made: the data key, and the store key right behind it.
    ///
    /// # Errors
    /// - If none of it opens the database.
    pub(super) fn among(drawn: &[Vec<u8>], store: &Path) -> Result<Self, String> {
        let keys: Vec<[u8; 32]> = drawn.iter().filter_map(|draw| draw.as_slice().try_into().ok()).collect();
        let found = keys.windows(2).find(|pair| open(store, &pair[0]).is_ok()).ok_or("no draw opens the database")?;
        Ok(Self { data: found[0], store: found[1] })
    }
}

impl Intruder {
    /// Opens the database of this store's folder.
    ///
    /// # Errors
    /// - If it does not open.
    pub(super) fn enter(store: &Path, keys: Keys) -> Result<Self, String> {
        let connection = open(store, &keys.data).map_err(wrong)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).map_err(wrong)?;
        connection.pragma_update(None, "foreign_keys", "OFF").map_err(wrong)?;
        let mut intruder = Self { connection, keys, triggers: Vec::new() };
        let named: Vec<(String, String)> = intruder.triggers_now()?;
        for (name, sql) in named {
            intruder.run(&format!("DROP TRIGGER {name}"))?;
            intruder.triggers.push(sql);
        }
        Ok(intruder)
    }

    /// Puts the triggers back and closes the database.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub(super) fn leave(self) -> Result<(), String> {
        for sql in &self.triggers {
            self.run(sql)?;
        }
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())).map_err(wrong)?;
        self.connection.close().map_err(|(_, error)| wrong(error))
    }

    /// From here on one trigger is missing that refuses something.
    pub(super) fn forget_trigger(&mut self, number: usize) {
        if !self.triggers.is_empty() {
            self.triggers.remove(number % self.triggers.len());
        }
    }

    /// Runs statements; answers how many rows they changed.
    ///
    /// # Errors
    /// - If one cannot be run.
    pub(super) fn run(&self, sql: &str) -> Result<u64, String> {
        let before = self.connection.total_changes();
        self.connection.execute_batch(sql).map_err(|error| format!("{sql}: {error}"))?;
        Ok(self.connection.total_changes() - before)
    }

    /// The last entry.
    ///
    /// # Errors
    /// - If it cannot be read.
    pub(super) fn last(&self) -> Result<u64, String> {
        self.connection.query_row("SELECT max(seq) FROM entry", (), |row| row.get(0)).map_err(wrong)
    }

    /// Chains all entries from this one on anew, and signs them with the intruder's key.
    ///
    /// # Errors
    /// - If it cannot be written.
    pub(super) fn sign_again(&self, from: u64, named: Named) -> Result<(), String> {
        let pair = pair()?;
        let mut prev = self.row(from - 1)?.hash;
        for seq in from..=self.last()? {
            let mut row = self.row(seq)?;
            row.prev = prev;
            if named == Named::Own {
                row.key = pair.public_key().as_ref().to_vec();
            }
            prev = row.expected_hash();
            let signature = sign(&pair, &prev);
            let sql = "UPDATE entry SET prev = ?2, hash = ?3, key = ?4, signature = ?5 WHERE seq = ?1";
            self.connection.execute(sql, (seq, &row.prev, &prev, &row.key, signature)).map_err(wrong)?;
            if row.case.is_none() || row.kind.starts_with("store/") {
                self.seal_again(seq, &row.hash, &prev)?;
            }
        }
        Ok(())
    }

    /// A body is bound to its entry's hash: what belongs to no case is bound to the new one.
    fn seal_again(&self, seq: u64, before: &[u8], now: &[u8]) -> Result<(), String> {
        let sql = "SELECT sealed FROM body WHERE seq = ?1";
        let sealed: Vec<u8> = self.connection.query_row(sql, [seq], |row| row.get(0)).map_err(wrong)?;
        let plain = open_sealed(&self.keys.store, &body_aad(before), sealed)?;
        let sealed = seal(&self.keys.store, &body_aad(now), &plain)?;
        self.connection.execute("UPDATE body SET sealed = ?2 WHERE seq = ?1", (seq, sealed)).map_err(wrong)?;
        Ok(())
    }

    /// Adds an entry of the store's at the end with this canonical body, chained, sealed and signed.
    ///
    /// # Errors
    /// - If it cannot be written.
    pub(super) fn append(&self, kind: &str, body: &str) -> Result<(), String> {
        let pair = pair()?;
        let last = self.row(self.last()?)?;
        let salted = [&[7; 32], body.as_bytes()].concat();
        let mut row = Row {
            seq: last.seq + 1,
            case: None,
            at: last.at + 1_000_000,
            kind: kind.to_owned(),
            body_hash: sha256(&salted),
            prev: last.hash,
            hash: Vec::new(),
            session: None,
            key: pair.public_key().as_ref().to_vec(),
        };
        row.hash = row.expected_hash();
        let sql = "INSERT INTO entry (seq, case_id, at, kind, body_hash, prev, hash, session, key, signature) \
                   VALUES (?1, NULL, ?2, ?3, ?4, ?5, ?6, NULL, ?7, ?8)";
        let signature = sign(&pair, &row.hash);
        let values = (row.seq, row.at, &row.kind, &row.body_hash, &row.prev, &row.hash, &row.key, signature);
        self.connection.execute(sql, values).map_err(wrong)?;
        let sealed = seal(&self.keys.store, &body_aad(&row.hash), &salted)?;
        self.connection.execute("INSERT INTO body (seq, sealed) VALUES (?1, ?2)", (row.seq, sealed)).map_err(wrong)?;
        Ok(())
    }

    /// The public key that the intruder signs with, in digits.
    ///
    /// # Errors
    /// - If there is none.
    pub(super) fn public(&self) -> Result<String, String> {
        Ok(digits(pair()?.public_key().as_ref()))
    }

    /// Whether this file's account of an entry's hash is the store's: else nothing is shown by signing again.
    ///
    /// # Errors
    /// - If an entry cannot be read.
    pub(super) fn knows_the_format(&self) -> Result<bool, String> {
        for seq in 1..=self.last()? {
            let row = self.row(seq)?;
            if row.expected_hash() != row.hash {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn triggers_now(&self) -> Result<Vec<(String, String)>, String> {
        let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name";
        let mut statement = self.connection.prepare(sql).map_err(wrong)?;
        let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).map_err(wrong)?;
        rows.collect::<Result<_, _>>().map_err(wrong)
    }

    fn row(&self, seq: u64) -> Result<Row, String> {
        let sql = "SELECT seq, case_id, at, kind, body_hash, prev, hash, session, key FROM entry WHERE seq = ?1";
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Row {
                seq: row.get(0)?,
                case: row.get(1)?,
                at: row.get(2)?,
                kind: row.get(3)?,
                body_hash: row.get(4)?,
                prev: row.get(5)?,
                hash: row.get(6)?,
                session: row.get(7)?,
                key: row.get(8)?,
            })
        };
        self.connection.query_row(sql, [seq], read).map_err(|error| format!("entry {seq}: {error}"))
    }
}

impl Row {
    /// SHA-256 of the canonical JSON of its front (RFC 8785: names in order, no blanks), named for what it is.
    fn expected_hash(&self) -> Vec<u8> {
        let id = |id: &Option<String>| id.as_ref().map_or("null".to_owned(), |id| format!("\"{id}\""));
        let front = format!(
            "{{\"at\":\"{}\",\"body_hash\":\"{}\",\"case\":{},\"key\":\"{}\",\"kind\":\"{}\",\"prev\":\"{}\",\
             \"seq\":\"{}\",\"session\":{},\"v\":1}}",
            self.at,
            digits(&self.body_hash),
            id(&self.case),
            digits(&self.key),
            self.kind,
            digits(&self.prev),
            self.seq,
            id(&self.session),
        );
        sha256(&[b"evidence-trail/entry/v1\0".as_slice(), front.as_bytes()].concat())
    }
}

fn open(store: &Path, key: &[u8; 32]) -> rusqlite::Result<Connection> {
    let connection = Connection::open(store.join("ledger.db"))?;
    connection.pragma(None, "cipher_log_level", "NONE", |_| Ok(()))?;
    connection.pragma_update(None, "key", format!("x'{}'", digits(key)))?;
    connection.pragma(None, "cipher_page_size", 16384, |_| Ok(()))?;
    connection.pragma(None, "cipher_hmac_algorithm", "HMAC_SHA256", |_| Ok(()))?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get::<_, i64>(0))?;
    Ok(connection)
}

fn pair() -> Result<Ed25519KeyPair, String> {
    Ed25519KeyPair::from_seed_unchecked(&SEED).map_err(|_| "no key".to_owned())
}

fn sign(pair: &Ed25519KeyPair, hash: &[u8]) -> Vec<u8> {
    pair.sign(&[b"evidence-trail/signature/v1\0".as_slice(), hash].concat()).as_ref().to_vec()
}

/// `nonce || ciphertext || tag`, AES-256-GCM.
fn seal(key: &[u8; 32], aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, String> {
    let nonce = [9; 12];
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).map_err(|_| "a key")?);
    let mut sealed = plain.to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), &mut sealed)
        .map_err(|_| "it cannot be sealed")?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn open_sealed(key: &[u8; 32], aad: &[u8], sealed: Vec<u8>) -> Result<Vec<u8>, String> {
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).map_err(|_| "a key")?);
    let (nonce, rest) = sealed.split_at_checked(12).ok_or("it is too short")?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| "a nonce")?;
    let mut rest = rest.to_vec();
    let plain = key.open_in_place(nonce, Aad::from(aad), &mut rest).map_err(|_| "a body does not open")?;
    Ok(plain.to_vec())
}

fn body_aad(entry: &[u8]) -> Vec<u8> {
    [b"evidence-trail/body/v1\0".as_slice(), entry].concat()
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest(&SHA256, bytes).as_ref().to_vec()
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn wrong(error: rusqlite::Error) -> String {
    error.to_string()
}
