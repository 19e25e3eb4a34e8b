//! Which keys may sign: read from the ledger's own notes, each checked before it counts.

use std::collections::BTreeMap;

use ed25519_dalek::VerifyingKey;
use rusqlite::Connection;
use trail_domain::ids::{CaseId, PersonId, Seq, SessionId, StoreId};

use super::note::{Certificate, Note};
use super::{COLUMNS, Entry};
use crate::error::StoreError;
use crate::keys::Key;

/// The public keys of a store.
#[derive(Debug, Default)]
pub(crate) struct KeyRing {
    people: BTreeMap<[u8; 32], Enrolled>,
    seals: BTreeMap<PersonId, [u8; 32]>,
    recovery: Option<[u8; 32]>,
    sessions: BTreeMap<SessionId, Session>,
    /// Every key that was given out: which entry says so, for which case, to whom, and the hash of it.
    pub(crate) admissions: Vec<Admission>,
    /// The cases whose key was destroyed, and the entry that says so.
    pub(crate) disposed: BTreeMap<CaseId, Seq>,
    /// The first note that does not hold.
    pub(crate) broken: Option<Seq>,
}

#[derive(Debug)]
pub(crate) struct Enrolled {
    pub(crate) person: PersonId,
    pub(crate) key: VerifyingKey,
}

#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) case: CaseId,
    /// Who produces the exhibits; entries of the session are theirs.
    pub(crate) first: PersonId,
    pub(crate) key: VerifyingKey,
    pub(crate) since: Seq,
}

#[derive(Debug)]
pub(crate) struct Admission {
    pub(crate) seq: Seq,
    pub(crate) case: CaseId,
    pub(crate) holder: String,
    pub(crate) sealed: trail_domain::ids::Hash,
}

impl KeyRing {
    /// Reads the notes. One that does not hold is left out and remembered as `broken`. The signatures on certificates
    /// of sessions, and admissions, are looked at from the entry `thorough_from` on: a store of many years is opened
    /// without checking each of them again; people's keys are always checked.
    pub(crate) fn load(
        connection: &Connection,
        store: &StoreId,
        store_key: &Key,
        thorough_from: Seq,
    ) -> Result<Self, StoreError> {
        let mut ring = Self::default();
        // The founder signs the first entry and the notes right behind it, their own among them.
        let founder: Option<[u8; 32]> =
            connection.query_row("SELECT key FROM entry WHERE seq = 1", (), |row| row.get(0)).ok();
        let mut founding = Seq(2);
        let sql = format!(
            "SELECT {COLUMNS}, sealed FROM entry JOIN body USING (seq) WHERE kind IN ('store/keys-enrolled', \
             'store/recovery-keyed', 'store/session-certified', 'store/disposed') OR (kind = 'store/admitted' AND seq >= ?1) ORDER BY seq"
        );
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([thorough_from.0])?;
        while let Some(row) = rows.next()? {
            let entry = Entry::read(row)?;
            let is_founding = entry.seq == founding && Some(entry.key) == founder;
            if is_founding {
                founding = Seq(founding.0 + 1);
            }
            let signer = if is_founding { VerifyingKey::from_bytes(&entry.key).ok() } else { ring.signer(&entry) };
            let is_quick = entry.kind == "store/session-certified" && entry.seq < thorough_from;
            let held = signer
                .filter(|key| is_quick || holds(&entry, key))
                .and_then(|_| entry.open_body(store_key, row.get(10).ok()?))
                .and_then(|body| serde_json::from_slice::<Note>(&body).ok())
                .filter(|note| note.kind() == entry.kind)
                .is_some_and(|note| ring.add(&entry, store, note, is_quick));
            if !held {
                ring.broken = ring.broken.or(Some(entry.seq));
            }
        }
        let founder_is_enrolled = founder.is_none_or(|key| ring.people.contains_key(&key));
        if !founder_is_enrolled {
            ring.broken = ring.broken.or(Some(Seq(1)));
        }
        Ok(ring)
    }

    /// The key that this entry should be signed with, if it may sign this entry.
    pub(crate) fn signer(&self, entry: &Entry) -> Option<VerifyingKey> {
        let key = match &entry.session {
            Some(session) => {
                let session = self.sessions.get(session)?;
                let fits = session.since < entry.seq && entry.case.as_ref() == Some(&session.case);
                fits.then_some(session.key)?
            }
            None => self.people.get(&entry.key)?.key,
        };
        (key.as_bytes() == &entry.key).then_some(key)
    }

    /// Whose entry it is: the signer's, in a session the operator's.
    pub(crate) fn author(&self, entry: &Entry) -> Option<&PersonId> {
        match &entry.session {
            Some(session) => self.sessions.get(session).map(|session| &session.first),
            None => self.people.get(&entry.key).map(|enrolled| &enrolled.person),
        }
    }

    pub(crate) fn ledger_key_of(&self, person: &PersonId) -> Option<&VerifyingKey> {
        self.people.values().find(|enrolled| enrolled.person == *person).map(|enrolled| &enrolled.key)
    }

    pub(crate) fn seal_key_of(&self, person: &PersonId) -> Option<&[u8; 32]> {
        self.seals.get(person)
    }

    pub(crate) fn recovery(&self) -> Option<&[u8; 32]> {
        self.recovery.as_ref()
    }

    pub(crate) fn knows_session(&self, session: &SessionId) -> bool {
        self.sessions.contains_key(session)
    }

    /// Takes a certificate that was just written.
    pub(crate) fn add_session(&mut self, since: Seq, certificate: Certificate) -> Result<(), StoreError> {
        self.take(since, certificate).ok_or(StoreError::NoSession)
    }

    /// Takes a note that is signed and whole; false where what it says does not hold.
    fn add(&mut self, entry: &Entry, store: &StoreId, note: Note, is_quick: bool) -> bool {
        match note {
            Note::KeysEnrolled { person, ledger, seal } => self.enrol(person, &ledger, &seal).is_some(),
            Note::RecoveryKeyed { seal } => {
                self.recovery = bytes(&seal);
                self.recovery.is_some()
            }
            Note::Admitted { holder, sealed } => entry.case.clone().is_some_and(|case| {
                self.admissions.push(Admission { seq: entry.seq, case, holder, sealed });
                true
            }),
            Note::SessionCertified { certificate, first_signature, second_signature } => {
                let ours = certificate.v == 1
                    && certificate.store == *store
                    && entry.case.as_ref() == Some(&certificate.case)
                    && !self.sessions.contains_key(&certificate.session);
                let by_two = is_quick || self.is_by_two(&certificate, &first_signature, &second_signature);
                ours && by_two && self.take(entry.seq, certificate).is_some()
            }
            Note::Disposed { asked_by, agreed_by, head, .. } => entry.case.clone().is_some_and(|case| {
                let are_three = asked_by != agreed_by && asked_by != head && agreed_by != head;
                let by_head = entry.session.is_none() && self.author(entry) == Some(&head);
                are_three && by_head && self.disposed.insert(case, entry.seq).is_none()
            }),
        }
    }

    fn enrol(&mut self, person: PersonId, ledger: &str, seal: &str) -> Option<()> {
        let key = VerifyingKey::from_bytes(&bytes(ledger)?).ok().filter(|key| !key.is_weak())?;
        let seal = bytes(seal)?;
        if self.people.contains_key(key.as_bytes()) || self.seals.contains_key(&person) {
            return None;
        }
        self.seals.insert(person.clone(), seal);
        self.people.insert(key.to_bytes(), Enrolled { person, key });
        Some(())
    }

    fn is_by_two(&self, certificate: &Certificate, first: &str, second: &str) -> bool {
        let keys = (self.ledger_key_of(&certificate.first), self.ledger_key_of(&certificate.second));
        let (Some(one), Some(other)) = keys else { return false };
        one != other && certificate.is_signed(first, one) && certificate.is_signed(second, other)
    }

    fn take(&mut self, since: Seq, certificate: Certificate) -> Option<()> {
        let key = VerifyingKey::from_bytes(&bytes(&certificate.key)?).ok().filter(|key| !key.is_weak())?;
        let Certificate { case, session, first, .. } = certificate;
        self.sessions.insert(session, Session { case, first, key, since });
        Some(())
    }
}

/// Whether an entry's hash and signature are right.
pub(crate) fn holds(entry: &Entry, key: &VerifyingKey) -> bool {
    entry.expected_hash() == Some(entry.hash) && key.verify_strict(&entry.signed_message(), &entry.signature()).is_ok()
}

fn bytes(digits: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    hex::decode_to_slice(digits, &mut out).ok().map(|()| out)
}
