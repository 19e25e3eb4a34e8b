//! The ledger: entries chained by hash and signed, their bodies sealed apart.
//!
//! `hash = SHA-256("evidence-trail/entry/v1" NUL canonical JSON of the entry's front)`, and the signature is Ed25519
//! (RFC 8032) over `"evidence-trail/signature/v1" NUL hash`. Canonical JSON is RFC 8785; `seq` and `at` (microseconds
//! since 1970, UTC) stand in it as texts of decimal digits. `body_hash` is SHA-256 of a random salt of 32 bytes and
//! the canonical JSON of the body, so that a short body cannot be guessed from it.

use ed25519_dalek::{Signature, Signer as _, SigningKey};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use trail_domain::event::Event;
use trail_domain::ids::{CaseId, Hash, PersonId, Seq, SessionId, StoreId};
use trail_domain::time::Moment;
use zeroize::Zeroizing;

use crate::entropy::{Entropy, draw};
use crate::error::StoreError;
use crate::keys::{Key, seal};

pub(crate) mod keyring;
pub(crate) mod note;
pub(crate) mod verify;

const SALT: usize = 32;
pub(crate) const COLUMNS: &str = "seq, case_id, at, kind, body_hash, prev, hash, session, key, signature";

/// An entry as its row holds it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) seq: Seq,
    pub(crate) case: Option<CaseId>,
    pub(crate) at: Moment,
    pub(crate) kind: String,
    pub(crate) body_hash: Hash,
    pub(crate) prev: Hash,
    pub(crate) hash: Hash,
    pub(crate) session: Option<SessionId>,
    pub(crate) key: [u8; 32],
    pub(crate) signature: [u8; 64],
}

/// The part of an entry that its hash is made of.
#[derive(Serialize)]
struct Front<'a> {
    v: u8,
    seq: String,
    case: Option<&'a CaseId>,
    at: String,
    kind: &'a str,
    body_hash: &'a Hash,
    prev: &'a Hash,
    session: Option<&'a SessionId>,
    key: String,
}

/// What signs, and for whom.
pub(crate) struct Pen<'a> {
    pub(crate) key: &'a SigningKey,
    pub(crate) by: &'a PersonId,
    pub(crate) session: Option<&'a SessionId>,
}

/// What is to be written.
pub(crate) struct Line<'a> {
    pub(crate) case: Option<&'a CaseId>,
    pub(crate) at: Moment,
    pub(crate) kind: &'a str,
    /// Canonical JSON.
    pub(crate) body: &'a [u8],
    /// The key that the body is sealed under.
    pub(crate) under: &'a Key,
}

impl Entry {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: Seq(row.get(0)?),
            case: id(row, 1)?,
            at: Moment::from_micros(row.get(2)?),
            kind: row.get(3)?,
            body_hash: Hash::new(row.get(4)?),
            prev: Hash::new(row.get(5)?),
            hash: Hash::new(row.get(6)?),
            session: id(row, 7)?,
            key: row.get(8)?,
            signature: row.get(9)?,
        })
    }

    /// The hash that this entry should have.
    pub(crate) fn expected_hash(&self) -> Option<Hash> {
        let front = Front {
            v: 1,
            seq: self.seq.to_string(),
            case: self.case.as_ref(),
            at: self.at.micros().to_string(),
            kind: &self.kind,
            body_hash: &self.body_hash,
            prev: &self.prev,
            session: self.session.as_ref(),
            key: hex::encode(self.key),
        };
        let mut named = b"evidence-trail/entry/v1\0".to_vec();
        serde_json_canonicalizer::to_writer(&front, &mut named).ok()?;
        Some(Hash::of(&named))
    }

    /// What the signature is over.
    pub(crate) fn signed_message(&self) -> Vec<u8> {
        [b"evidence-trail/signature/v1\0".as_slice(), self.hash.bytes()].concat()
    }

    pub(crate) fn signature(&self) -> Signature {
        Signature::from_bytes(&self.signature)
    }

    /// Opens and checks the body: its salt, and canonical JSON.
    pub(crate) fn open_salted(&self, under: &Key, sealed: Vec<u8>) -> Option<([u8; SALT], Zeroizing<Vec<u8>>)> {
        let body = seal::open(under, &body_aad(&self.hash), sealed)?;
        if Hash::of(&body) != self.body_hash {
            return None;
        }
        let salt = body.get(..SALT)?.try_into().ok()?;
        Some((salt, Zeroizing::new(body.get(SALT..)?.to_vec())))
    }

    /// Opens and checks the body: canonical JSON. None where it is not the one the entry was made for.
    pub(crate) fn open_body(&self, under: &Key, sealed: Vec<u8>) -> Option<Zeroizing<Vec<u8>>> {
        let mut body = seal::open(under, &body_aad(&self.hash), sealed)?;
        if body.len() < SALT || Hash::of(&body) != self.body_hash {
            return None;
        }
        body.copy_within(SALT.., 0);
        let length = body.len() - SALT;
        body.truncate(length);
        Some(body)
    }
}

/// The `prev` of the first entry: every ledger begins with its store.
pub(crate) fn genesis(store: &StoreId) -> Hash {
    Hash::of(&[b"evidence-trail/genesis/v1\0".as_slice(), store.as_str().as_bytes()].concat())
}

/// The last entry's position and hash.
pub(crate) fn head(connection: &Connection) -> Result<Option<(Seq, Hash)>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1")?;
    Ok(statement.query_row((), |row| Ok((Seq(row.get(0)?), Hash::new(row.get(1)?)))).optional()?)
}

/// Writes the next entry and its body; part of the caller's transaction.
pub(crate) fn write(
    connection: &Connection,
    store: &StoreId,
    pen: &Pen<'_>,
    line: &Line<'_>,
    entropy: &dyn Entropy,
) -> Result<Seq, StoreError> {
    let (last, prev) = head(connection)?.unwrap_or((Seq(0), genesis(store)));
    let mut body = Zeroizing::new(Vec::with_capacity(SALT + line.body.len()));
    body.extend(draw::<SALT>(entropy));
    body.extend(line.body);
    let mut entry = Entry {
        seq: Seq(last.0 + 1),
        case: line.case.cloned(),
        at: line.at,
        kind: line.kind.to_owned(),
        body_hash: Hash::of(&body),
        prev,
        hash: prev,
        session: pen.session.cloned(),
        key: pen.key.verifying_key().to_bytes(),
        signature: [0; 64],
    };
    entry.hash = entry.expected_hash().ok_or(StoreError::Unrecordable)?;
    entry.signature = pen.key.sign(&entry.signed_message()).to_bytes();
    let sealed = seal::seal(line.under, &body_aad(&entry.hash), &body, entropy);
    insert(connection, &entry)?;
    connection.prepare_cached("INSERT INTO body (seq, sealed) VALUES (?1, ?2)")?.execute((entry.seq.0, sealed))?;
    Ok(entry.seq)
}

/// An event's canonical JSON, after making sure that it reads back as the same event.
pub(crate) fn body_of(event: &Event) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let body = Zeroizing::new(serde_json_canonicalizer::to_vec(event).map_err(|_| StoreError::Unrecordable)?);
    let again: Event = serde_json::from_slice(&body).map_err(|_| StoreError::Unrecordable)?;
    if again == *event { Ok(body) } else { Err(StoreError::Unrecordable) }
}

/// Looks at the bytes of a body, whatever they are: an event's, or a note's.
///
/// # Errors
/// - If they are neither, or not in canonical form.
#[doc(hidden)]
pub fn parse_ledger_body(bytes: &[u8]) -> Result<(), StoreError> {
    let no_body = || StoreError::damaged("this is the body of no entry");
    let canonical = match (serde_json::from_slice::<Event>(bytes), serde_json::from_slice::<note::Note>(bytes)) {
        (Ok(event), _) => body_of(&event)?,
        (Err(_), Ok(note)) => note.body()?,
        (Err(_), Err(_)) => return Err(no_body()),
    };
    if canonical.as_slice() == bytes { Ok(()) } else { Err(no_body()) }
}

fn insert(connection: &Connection, entry: &Entry) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO entry (seq, case_id, at, kind, body_hash, prev, hash, session, key, signature) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    statement.execute((
        entry.seq.0,
        entry.case.as_ref().map(CaseId::as_str),
        entry.at.micros(),
        &entry.kind,
        entry.body_hash.bytes(),
        entry.prev.bytes(),
        entry.hash.bytes(),
        entry.session.as_ref().map(SessionId::as_str),
        entry.key,
        entry.signature,
    ))?;
    Ok(())
}

fn body_aad(entry_hash: &Hash) -> Vec<u8> {
    [b"evidence-trail/body/v1\0".as_slice(), entry_hash.bytes()].concat()
}

fn id<T: TryFrom<String>>(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<T>> {
    if row.get_ref(at)? == ValueRef::Null {
        return Ok(None);
    }
    let text: String = row.get(at)?;
    T::try_from(text).map(Some).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(at, 0))
}
