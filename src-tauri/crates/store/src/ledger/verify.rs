//! Checking the ledger: chain, signatures, bodies, and that every row apart from it is the one it tells of.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use ed25519_dalek::{Signature, VerifyingKey, verify_batch};
use rusqlite::Connection;
use trail_domain::event::Event;
use trail_domain::event::document::DocumentKind;
use trail_domain::ids::{CaseId, Hash, Seq, StoreId};

use super::keyring::KeyRing;
use super::note::Note;
use super::{COLUMNS, Entry, genesis};
use crate::error::StoreError;
use crate::keys::Key;

pub(crate) mod erasure;
mod unaccounted;

/// Signatures are checked this many at a time.
const BATCH: usize = 2048;
/// A ledger with more faults than this is not read further.
const MOST_FAULTS: usize = 100;

/// How far a check has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Entries checked.
    pub done: u64,
    /// Entries there are to check.
    pub of: u64,
}

/// What a check found. A verdict made of facts: what was checked, what was not, and what does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LedgerVerdict {
    /// Entries whose place, hash and signature were checked.
    pub entries: u64,
    /// Where the ledger ends.
    pub head: Option<(Seq, Hash)>,
    /// Bodies that were opened and are the ones the entries were made for.
    pub bodies: u64,
    /// Bodies of cases that are not open to the people signed in: not checked.
    pub closed_bodies: u64,
    /// Files and documents whose bytes were read and are the ones named.
    pub files: u64,
    /// Files that were not read: of halted cases.
    pub unread_files: u64,
    /// Entries whose body was erased early, as a later entry tells.
    pub erased: u64,
    /// Cases whose key was destroyed, as an entry tells. Their bodies cannot be checked.
    pub disposed: u64,
    /// Files and documents that a restored store came without, as an entry tells.
    pub left_out: u64,
    /// What does not hold; at most 100.
    pub faults: Vec<Fault>,
}

/// One thing that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// At which entry.
    pub seq: Seq,
    /// What.
    pub what: FaultKind,
}

/// What does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// An entry is missing before this one.
    Gap,
    /// It does not follow the entry before.
    Unchained,
    /// Its hash is not that of its content.
    Altered,
    /// No enrolled person and no certified session may have signed it.
    UnknownSigner,
    /// Its signature is wrong.
    BadSignature,
    /// Its body is missing.
    BodyMissing,
    /// Its body is not the one it was made for.
    BodyAltered,
    /// The store's own note in it (keys, certificate of a session, admission) does not hold.
    BadNote,
    /// The halt it records is not in the table of halts.
    HaltMissing,
    /// A file or document that it names is missing.
    FileMissing,
    /// A file or document that it names is not the one that is kept.
    FileAltered,
    /// A file or document stands under this entry that it does not name.
    FileUnaccounted,
    /// A case's key was given out, and no entry tells of it.
    AccessUnaccounted,
    /// A case stands in the table of halts, and this entry does not tell of it.
    HaltUnaccounted,
    /// A body stands at this place, and there is no entry.
    BodyUnaccounted,
    /// It is said to be erased, and no entry tells of it, or its body is still there.
    ErasureUnaccounted,
    /// The pages of the database do not hold: their checksums, or how they hang together.
    BadPages,
    /// The database's tables, or the rules on them that refuse a change, are not the ones it was made with.
    OtherRules,
}

impl LedgerVerdict {
    /// Whether everything that was checked holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.faults.is_empty()
    }

    pub(crate) fn fault(&mut self, seq: Seq, what: FaultKind) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Fault { seq, what });
        }
    }
}

/// A file or document that an entry names.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) seq: Seq,
    pub(crate) case: CaseId,
    pub(crate) sha256: Hash,
    /// For a document, whether it holds pictures.
    pub(crate) document: Option<bool>,
}

/// What the check is made with.
pub(crate) struct Means<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) store: &'a StoreId,
    pub(crate) store_key: &'a Key,
    pub(crate) case_key: &'a dyn Fn(&CaseId) -> Option<&'a Key>,
    pub(crate) signatures: Signatures,
    /// Ends the check when set.
    pub(crate) stop: Option<&'a AtomicBool>,
}

impl Means<'_> {
    pub(crate) fn go_on(&self) -> Result<(), StoreError> {
        let is_stopped = self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
        if is_stopped { Err(StoreError::Stopped) } else { Ok(()) }
    }
}

/// How signatures are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signatures {
    /// Many at once, which is faster.
    Together,
    /// Each by itself.
    OneByOne,
}

/// Checks the last `most` entries, and names the files they tell of.
pub(crate) fn check(
    means: &Means<'_>,
    most: Option<u64>,
    mut on: impl FnMut(Progress),
) -> Result<(LedgerVerdict, Vec<Named>), StoreError> {
    let mut verdict = LedgerVerdict::default();
    let mut named = Vec::new();
    let head = super::head(means.connection)?;
    let Some((last, _)) = head else { return Ok((verdict, named)) };
    let first = most.map_or(1, |most| last.0.saturating_sub(most.saturating_sub(1)).max(1));
    let ring = KeyRing::load(means.connection, means.store, means.store_key, Seq(first))?;
    if let Some(seq) = ring.broken {
        verdict.fault(seq, FaultKind::BadNote);
    }
    verdict.disposed = ring.disposed.len() as u64;
    check_admissions(means.connection, &ring, &mut verdict)?;
    let halts = halts(means.connection)?;

    let mut prev = hash_before(means, first)?;
    let mut next = first;
    let mut batch = Batch::of(means.signatures);
    let sql = format!("SELECT {COLUMNS}, sealed FROM entry LEFT JOIN body USING (seq) WHERE seq >= ?1 ORDER BY seq");
    let mut statement = means.connection.prepare(&sql)?;
    let mut rows = statement.query([first])?;
    while let Some(row) = rows.next()? {
        means.go_on()?;
        let Ok(entry) = Entry::read(row) else {
            verdict.fault(Seq(next), FaultKind::Altered);
            break;
        };
        if entry.seq.0 != next {
            verdict.fault(entry.seq, FaultKind::Gap);
        }
        if prev.is_some_and(|prev| prev != entry.prev) {
            verdict.fault(entry.seq, FaultKind::Unchained);
        }
        if entry.expected_hash() != Some(entry.hash) {
            verdict.fault(entry.seq, FaultKind::Altered);
        }
        match ring.signer(&entry) {
            Some(key) => batch.push(&entry, key, &mut verdict),
            None => verdict.fault(entry.seq, FaultKind::UnknownSigner),
        }
        match row.get(10)? {
            Some(sealed) => check_body(means, &ring, &entry, sealed, &mut verdict, &mut named),
            None if erasure::tells(means, &ring, &entry)? => verdict.erased += 1,
            None => verdict.fault(entry.seq, FaultKind::BodyMissing),
        }
        if entry.kind == "halted" && entry.case.as_ref().is_some_and(|case| !halts.contains(case.as_str())) {
            verdict.fault(entry.seq, FaultKind::HaltMissing);
        }
        verdict.entries += 1;
        if verdict.entries % 1000 == 0 {
            on(Progress { done: verdict.entries, of: last.0 + 1 - first });
        }
        if verdict.faults.len() >= MOST_FAULTS {
            break;
        }
        prev = Some(entry.hash);
        next = entry.seq.0 + 1;
    }
    batch.settle(&mut verdict);
    if first == 1 {
        unaccounted::look(means, &ring, &named, &mut verdict)?;
    }
    verdict.head = head;
    on(Progress { done: verdict.entries, of: last.0 + 1 - first });
    Ok((verdict, named))
}

fn check_body(
    means: &Means<'_>,
    ring: &KeyRing,
    entry: &Entry,
    sealed: Vec<u8>,
    verdict: &mut LedgerVerdict,
    named: &mut Vec<Named>,
) {
    let case = entry.case.as_ref().filter(|_| !Note::is(&entry.kind));
    let key = match case {
        Some(case) => (means.case_key)(case),
        None => Some(means.store_key),
    };
    let Some(key) = key else {
        let is_destroyed = case.is_some_and(|case| ring.disposed.contains_key(case));
        verdict.closed_bodies += u64::from(!is_destroyed);
        return;
    };
    let Some(body) = entry.open_body(key, sealed) else { return verdict.fault(entry.seq, FaultKind::BodyAltered) };
    verdict.bodies += 1;
    let names_files = matches!(entry.kind.as_str(), "exhibit-kept" | "document-made" | "document-signed");
    if let (Some(case), true) = (case, names_files) {
        match serde_json::from_slice::<Event>(&body) {
            Ok(event) => named.extend(files_of(&event).map(|(sha256, document)| Named {
                seq: entry.seq,
                case: case.clone(),
                sha256,
                document,
            })),
            Err(_) => verdict.fault(entry.seq, FaultKind::BodyAltered),
        }
    }
}

/// The files that an event names; of a document, whether it holds pictures.
pub(crate) fn files_of(event: &Event) -> impl Iterator<Item = (Hash, Option<bool>)> {
    let mut files = Vec::new();
    if let Event::ExhibitKept { exhibit, .. } = event {
        files.extend(exhibit.files.iter().map(|file| (file.sha256, None)));
    }
    if let Event::DocumentMade { document } = event {
        files.push((document.sha256, Some(holds_pictures(document.kind))));
    }
    if let Event::DocumentSigned { signed } = event {
        files.push((signed.sha256, Some(holds_pictures(signed.kind))));
    }
    files.into_iter()
}

/// Whether documents of this kind show pictures of exhibits.
pub(crate) fn holds_pictures(kind: DocumentKind) -> bool {
    match kind {
        DocumentKind::Volume => true,
        DocumentKind::Record | DocumentKind::Referral => false,
    }
}

/// Every key that the ledger says was given out is the one in the table.
fn check_admissions(connection: &Connection, ring: &KeyRing, verdict: &mut LedgerVerdict) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT sealed FROM case_access WHERE case_id = ?1 AND holder = ?2")?;
    for admission in ring.admissions.iter().filter(|admission| !ring.disposed.contains_key(&admission.case)) {
        let mut rows = statement.query((admission.case.as_str(), &admission.holder))?;
        let sealed: Option<Vec<u8>> = rows.next()?.map(|row| row.get(0)).transpose()?;
        if sealed.is_none_or(|sealed| Hash::of(&sealed) != admission.sealed) {
            verdict.fault(admission.seq, FaultKind::BadNote);
        }
    }
    Ok(())
}

fn halts(connection: &Connection) -> Result<BTreeSet<String>, StoreError> {
    let mut statement = connection.prepare("SELECT case_id FROM halted")?;
    let halts = statement.query_map((), |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(halts)
}

fn hash_before(means: &Means<'_>, first: u64) -> Result<Option<Hash>, StoreError> {
    if first == 1 {
        return Ok(Some(genesis(means.store)));
    }
    let mut statement = means.connection.prepare("SELECT hash FROM entry WHERE seq = ?1")?;
    let mut rows = statement.query([first - 1])?;
    Ok(rows.next()?.map(|row| row.get(0).map(Hash::new)).transpose()?)
}

/// Signatures that wait to be checked together.
struct Batch {
    most: usize,
    seqs: Vec<Seq>,
    messages: Vec<Vec<u8>>,
    signatures: Vec<Signature>,
    keys: Vec<VerifyingKey>,
}

impl Batch {
    fn of(signatures: Signatures) -> Self {
        let most = match signatures {
            Signatures::Together => BATCH,
            Signatures::OneByOne => 1,
        };
        Self { most, seqs: Vec::new(), messages: Vec::new(), signatures: Vec::new(), keys: Vec::new() }
    }

    fn push(&mut self, entry: &Entry, key: VerifyingKey, verdict: &mut LedgerVerdict) {
        self.seqs.push(entry.seq);
        self.messages.push(entry.signed_message());
        self.signatures.push(entry.signature());
        self.keys.push(key);
        if self.seqs.len() == self.most {
            self.settle(verdict);
        }
    }

    /// All at once; one by one only to name the one that is wrong.
    fn settle(&mut self, verdict: &mut LedgerVerdict) {
        let messages: Vec<&[u8]> = self.messages.iter().map(Vec::as_slice).collect();
        if self.most == 1 || verify_batch(&messages, &self.signatures, &self.keys).is_err() {
            for at in 0..self.seqs.len() {
                if self.keys[at].verify_strict(&self.messages[at], &self.signatures[at]).is_err() {
                    verdict.fault(self.seqs[at], FaultKind::BadSignature);
                }
            }
        }
        self.seqs.clear();
        self.messages.clear();
        self.signatures.clear();
        self.keys.clear();
    }
}
