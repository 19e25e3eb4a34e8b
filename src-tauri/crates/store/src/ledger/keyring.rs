//! Which keys may sign: read from the ledger's own notes, each checked before it counts.

use std::collections::BTreeMap;

use ed25519_dalek::VerifyingKey;
use rusqlite::Connection;
use trail_domain::ids::{CaseId, PersonId, Seq, SessionId, StoreId};

use super::note::{Approval, Certificate, Change, Note};
use super::{COLUMNS, Entry};
use crate::error::StoreError;
use crate::keys::Key;

/// The public keys of a store.
#[derive(Debug, Default)]
pub(crate) struct KeyRing {
    people: BTreeMap<[u8; 32], Enrolled>,
    seats: BTreeMap<PersonId, Seat>,
    recovery: Option<[u8; 32]>,
    /// Signs for both recovery codes.
    approves: Option<VerifyingKey>,
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
    /// The entry behind which it signs nothing more.
    until: Option<Seq>,
}

/// What a person has now.
#[derive(Debug)]
struct Seat {
    /// How many times they had keys.
    generation: u32,
    ledger: VerifyingKey,
    seal: [u8; 32],
    is_removed: bool,
}

#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) case: CaseId,
    /// Who produces the exhibits; entries of the session are theirs.
    pub(crate) first: PersonId,
    second: PersonId,
    pub(crate) key: VerifyingKey,
    pub(crate) since: Seq,
    /// The entry behind which it signs nothing more: the keys that certified it were revoked.
    until: Option<Seq>,
}

#[derive(Debug)]
pub(crate) struct Admission {
    pub(crate) seq: Seq,
    pub(crate) case: CaseId,
    pub(crate) holder: String,
    pub(crate) sealed: trail_domain::ids::Hash,
}

impl KeyRing {
    /// Reads the notes as for an opening: nothing that is not needed to know who may sign is looked at twice.
    pub(crate) fn quick(connection: &Connection, store: &StoreId, store_key: &Key) -> Result<Self, StoreError> {
        Self::load(connection, store, store_key, Seq(u64::MAX >> 1))
    }

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
             'store/keys-renewed', 'store/keys-removed', 'store/recovery-keyed', 'store/session-certified', 'store/disposed') OR (kind = 'store/admitted' AND seq >= ?1) ORDER BY seq"
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
                .is_some_and(|note| ring.add(&entry, store, note, is_quick, is_founding));
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
                let stands = session.until.is_none_or(|until| entry.seq <= until);
                (fits && stands).then_some(session.key)?
            }
            None => {
                let enrolled = self.people.get(&entry.key)?;
                enrolled.until.is_none_or(|until| entry.seq <= until).then_some(enrolled.key)?
            }
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

    /// The key that a person signs with now.
    pub(crate) fn ledger_key_of(&self, person: &PersonId) -> Option<&VerifyingKey> {
        self.seat(person).map(|seat| &seat.ledger)
    }

    /// The key that a person's case keys are sealed to now.
    pub(crate) fn seal_key_of(&self, person: &PersonId) -> Option<&[u8; 32]> {
        self.seat(person).map(|seat| &seat.seal)
    }

    /// The name that what is sealed to a person goes by: another one for each key that they had.
    pub(crate) fn holder_of(&self, person: &PersonId) -> Option<String> {
        self.seat(person).map(|seat| holder(person, seat.generation))
    }

    /// The name that what is sealed to their next key will go by.
    pub(crate) fn next_holder_of(&self, person: &PersonId) -> Option<String> {
        self.seat(person).map(|seat| holder(person, seat.generation + 1))
    }

    /// Whether the person ever had keys, removed or not.
    pub(crate) fn knows(&self, person: &PersonId) -> bool {
        self.seats.contains_key(person)
    }

    fn seat(&self, person: &PersonId) -> Option<&Seat> {
        self.seats.get(person).filter(|seat| !seat.is_removed)
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
    fn add(&mut self, entry: &Entry, store: &StoreId, note: Note, is_quick: bool, is_founding: bool) -> bool {
        let kind = note.kind();
        match note {
            Note::KeysEnrolled { person, ledger, seal, approval } => {
                let change = Change { kind, store, person: &person, ledger: &ledger, seal: Some(&seal) };
                let is_approved =
                    is_founding || approval.is_some_and(|approval| self.is_approved(entry, &change, &approval));
                is_approved && !self.knows(&person) && self.enrol(person, &ledger, &seal, 1).is_some()
            }
            Note::KeysRenewed { person, ledger, seal, approval } => {
                let change = Change { kind, store, person: &person, ledger: &ledger, seal: Some(&seal) };
                let is_approved = self.is_approved(entry, &change, &approval);
                let Some(generation) = self.seat(&person).map(|seat| seat.generation + 1).filter(|_| is_approved)
                else {
                    return false;
                };
                self.revoke(&person, entry.seq);
                self.enrol(person, &ledger, &seal, generation).is_some()
            }
            Note::KeysRemoved { person, ledger, approval } => {
                let change = Change { kind, store, person: &person, ledger: &ledger, seal: None };
                let is_theirs = self.ledger_key_of(&person).is_some_and(|key| hex::encode(key.as_bytes()) == ledger);
                let holds = is_theirs && self.is_approved(entry, &change, &approval);
                if holds {
                    self.revoke(&person, entry.seq);
                }
                holds
            }
            Note::RecoveryKeyed { seal, approves } => {
                let approves = approves.map(|key| bytes(&key).and_then(|key| VerifyingKey::from_bytes(&key).ok()));
                self.recovery = bytes(&seal);
                self.approves = approves.flatten();
                self.recovery.is_some() && (approves.is_none() || self.approves.is_some())
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

    fn enrol(&mut self, person: PersonId, ledger: &str, seal: &str, generation: u32) -> Option<()> {
        let key = VerifyingKey::from_bytes(&bytes(ledger)?).ok().filter(|key| !key.is_weak())?;
        let seal = bytes(seal)?;
        if self.people.contains_key(key.as_bytes()) {
            return None;
        }
        self.seats.insert(person.clone(), Seat { generation, ledger: key, seal, is_removed: false });
        self.people.insert(key.to_bytes(), Enrolled { person, key, until: None });
        Some(())
    }

    /// Their keys, and the sessions that these certified, sign nothing behind this entry.
    fn revoke(&mut self, person: &PersonId, at: Seq) {
        for enrolled in self.people.values_mut().filter(|enrolled| enrolled.person == *person) {
            enrolled.until = enrolled.until.or(Some(at));
        }
        for session in self.sessions.values_mut().filter(|live| live.first == *person || live.second == *person) {
            session.until = session.until.or(Some(at));
        }
        if let Some(seat) = self.seats.get_mut(person) {
            seat.is_removed = true;
        }
    }

    /// Whether the change is the signer's and a second person's, neither of them the one it is about; or the codes'.
    fn is_approved(&self, entry: &Entry, change: &Change<'_>, approval: &Approval) -> bool {
        let Some(author) = self.author(entry).filter(|author| *author != change.person) else { return false };
        match approval {
            Approval::Second { person, signature } => {
                person != author
                    && person != change.person
                    && self.ledger_key_of(person).is_some_and(|key| change.is_signed(signature, key))
            }
            // Version 1 did not write down a key that could be asked.
            Approval::Codes { signature } => self.approves.is_none_or(|key| change.is_signed(signature, &key)),
        }
    }

    fn is_by_two(&self, certificate: &Certificate, first: &str, second: &str) -> bool {
        let keys = (self.ledger_key_of(&certificate.first), self.ledger_key_of(&certificate.second));
        let (Some(one), Some(other)) = keys else { return false };
        one != other && certificate.is_signed(first, one) && certificate.is_signed(second, other)
    }

    fn take(&mut self, since: Seq, certificate: Certificate) -> Option<()> {
        let key = VerifyingKey::from_bytes(&bytes(&certificate.key)?).ok().filter(|key| !key.is_weak())?;
        let Certificate { case, session, first, second, .. } = certificate;
        self.sessions.insert(session, Session { case, first, second, key, since, until: None });
        Some(())
    }
}

fn holder(person: &PersonId, generation: u32) -> String {
    if generation == 1 { person.to_string() } else { format!("{person}#{generation}") }
}

/// Whether an entry's hash and signature are right.
pub(crate) fn holds(entry: &Entry, key: &VerifyingKey) -> bool {
    entry.expected_hash() == Some(entry.hash) && key.verify_strict(&entry.signed_message(), &entry.signature()).is_ok()
}

fn bytes(digits: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    hex::decode_to_slice(digits, &mut out).ok().map(|()| out)
}
