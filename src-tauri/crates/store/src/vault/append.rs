//! Writing: events become entries, one transaction for each call. HALT goes through when other things do not.

use trail_domain::event::Event;
use trail_domain::event::Recorded;
use trail_domain::ids::{CaseId, Hash, PersonId, Seq};
use trail_domain::time::Moment;

use super::sign_in::{RECOVERY, case_key_aad, keep_own_case_key};
use super::{Open, Signer, Vault};
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::keys::{Key, seal};
use crate::ledger::note::Note;
use crate::ledger::verify::files_of;
use crate::ledger::{self, Line, Pen};

impl Vault<Open> {
    /// Opens a case: makes its key, seals it to everybody in `admitted` (and to recovery), and writes its first
    /// events. Answers the position of the last entry written. Whoever is not admitted finds no trace of the case.
    ///
    /// # Errors
    /// - If the case exists.
    /// - If nobody is admitted, somebody admitted is not enrolled, or `by` is not signed in.
    /// - If it cannot be written; then nothing is.
    pub fn open_case(
        &mut self,
        case: &CaseId,
        admitted: &[PersonId],
        at: Moment,
        by: &PersonId,
        events: &[Event],
        entropy: &dyn Entropy,
    ) -> Result<Seq, StoreError> {
        if self.last_seq(case)?.is_some() || self.any_case_key(case).is_some() {
            return Err(StoreError::CaseExists);
        }
        refuse_without_bytes(events)?;
        let names_another =
            events.iter().any(|event| matches!(event, Event::CaseOpened { case: named, .. } if named != case));
        if admitted.is_empty() || names_another {
            return Err(StoreError::NotAdmitted);
        }
        let key = Key::random(entropy);
        let pen = self.pen_of(by)?;
        let transaction = self.state.connection.unchecked_transaction()?;
        self.write_events(&pen, Some(case), &key, events, at, entropy)?;
        let mut last = self.give_key(&pen, case, &key, None, at, entropy)?;
        let mut given: Vec<&PersonId> = Vec::new();
        for person in admitted {
            if !given.contains(&person) {
                last = self.give_key(&pen, case, &key, Some(person), at, entropy)?;
                given.push(person);
            }
        }
        transaction.commit()?;
        for person in &mut self.state.people {
            if admitted.contains(&person.id) {
                person.cases.insert(case.clone(), key.clone());
            }
        }
        Ok(last)
    }

    /// Admits a further person to a case.
    ///
    /// # Errors
    /// - If the case is not open to everybody signed in, or `by` is not signed in.
    /// - If the person is not enrolled.
    /// - If it cannot be written.
    pub fn admit(
        &mut self,
        case: &CaseId,
        person: &PersonId,
        at: Moment,
        by: &PersonId,
        entropy: &dyn Entropy,
    ) -> Result<(), StoreError> {
        let key = self.case_key(case)?.clone();
        if self.is_admitted(case, person)? {
            return Ok(());
        }
        let pen = self.pen_of(by)?;
        let transaction = self.state.connection.unchecked_transaction()?;
        self.give_key(&pen, case, &key, Some(person), at, entropy)?;
        transaction.commit()?;
        if let Some(signed_in) = self.state.people.iter_mut().find(|signed_in| signed_in.id == *person) {
            signed_in.cases.insert(case.clone(), key);
        }
        Ok(())
    }

    /// Appends events, all or none. Events that name files go through [`Vault::keep`] and [`Vault::put_document`].
    ///
    /// A [`Event::Halted`] binds from the moment this is called, whatever the answer. Where the disk takes no entry the
    /// halt is noted beside the record, and binds when the store is opened again.
    ///
    /// # Errors
    /// - If the case is not open to everybody signed in (for a halt: to nobody signed in), or the signer is not here.
    /// - If an exhibit with files or a document comes without its bytes.
    /// - If it cannot be written. For a halt the error says whether it is in the record.
    pub fn append(
        &mut self,
        case: Option<&CaseId>,
        events: &[Event],
        at: Moment,
        signer: &Signer<'_>,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, StoreError> {
        let halt = events.iter().find(|event| matches!(event, Event::Halted { .. }));
        match (halt, case) {
            (Some(halt), Some(case)) => self.halt(case, events, halt, at, signer, entropy),
            (Some(_), None) => Err(StoreError::NotAdmitted),
            (None, _) => {
                refuse_without_bytes(events)?;
                self.write(case, events, at, signer, entropy)
            }
        }
    }

    /// HALT first binds in memory. If what came with it stands in the way it is written alone, and if the session's
    /// key is gone, under a signed-in person's. For want of room the ballast is given up.
    fn halt(
        &mut self,
        case: &CaseId,
        events: &[Event],
        halt: &Event,
        at: Moment,
        signer: &Signer<'_>,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.grounds.halts.insert(case.clone());
        let mut answer = self.write_halt(case, events, halt, at, signer, entropy);
        let is_stopped_by_the_disk =
            matches!(answer, Err(StoreError::DiskFull | StoreError::Io { .. } | StoreError::Database { .. }));
        if is_stopped_by_the_disk && self.grounds.give_ballast_up() {
            answer = self.write_halt(case, events, halt, at, signer, entropy);
        }
        match answer {
            Ok((recorded, stood_in_the_way)) => {
                self.grounds.halt_is_written(case);
                match stood_in_the_way {
                    Some(because) if events.len() > 1 => Err(StoreError::OnlyHaltKept { because }),
                    Some(_) | None => Ok(recorded),
                }
            }
            Err(error) => {
                // A case that is not there would stand in the way of every backup.
                if !matches!(self.last_seq(case), Ok(None)) {
                    self.grounds.note_halt(case, at);
                }
                Err(StoreError::HaltNotWritten { because: error.to_string() })
            }
        }
    }

    /// With all that came with it, else alone: then with what stood in the way of the rest.
    fn write_halt(
        &self,
        case: &CaseId,
        events: &[Event],
        halt: &Event,
        at: Moment,
        signer: &Signer<'_>,
        entropy: &dyn Entropy,
    ) -> Result<(Vec<Recorded>, Option<String>), StoreError> {
        let whole = refuse_without_bytes(events).and_then(|()| self.write(Some(case), events, at, signer, entropy));
        let because = match whole {
            Ok(recorded) => return Ok((recorded, None)),
            Err(error) => error.to_string(),
        };
        let recorded = self.write_halt_alone(case, halt, at, signer, entropy)?;
        Ok((recorded, Some(because)))
    }

    fn write_halt_alone(
        &self,
        case: &CaseId,
        halt: &Event,
        at: Moment,
        signer: &Signer<'_>,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, StoreError> {
        let key = self.any_case_key(case).ok_or(StoreError::NotAdmitted)?;
        let admitted = || self.state.people.iter().find(|person| person.cases.contains_key(case));
        let pen = match (self.pen(signer, Some(case)), admitted()) {
            (Ok(pen), _) => pen,
            (Err(_), Some(person)) => self.pen_of(&person.id)?,
            (Err(error), None) => return Err(error),
        };
        let transaction = self.state.connection.unchecked_transaction()?;
        let recorded = self.write_events(&pen, Some(case), key, std::slice::from_ref(halt), at, entropy)?;
        transaction.commit()?;
        Ok(recorded)
    }

    fn write(
        &self,
        case: Option<&CaseId>,
        events: &[Event],
        at: Moment,
        signer: &Signer<'_>,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, StoreError> {
        let key = match case {
            Some(case) => self.case_key(case)?,
            None => &self.state.store_key,
        };
        let pen = self.pen(signer, case)?;
        let transaction = self.state.connection.unchecked_transaction()?;
        let recorded = self.write_events(&pen, case, key, events, at, entropy)?;
        transaction.commit()?;
        Ok(recorded)
    }

    /// Writes events; part of the caller's transaction.
    pub(super) fn write_events(
        &self,
        pen: &Pen<'_>,
        case: Option<&CaseId>,
        under: &Key,
        events: &[Event],
        at: Moment,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, StoreError> {
        let mut recorded = Vec::with_capacity(events.len());
        for event in events {
            let body = ledger::body_of(event)?;
            let line = Line { case, at, kind: event.kind(), body: &body, under };
            let seq = ledger::write(&self.state.connection, self.store(), pen, &line, entropy)?;
            let (by, session) = (pen.by.clone(), pen.session.cloned());
            recorded.push(Recorded { seq, at, by, session, event: event.clone() });
        }
        Ok(recorded)
    }

    /// Writes a note; part of the caller's transaction.
    pub(super) fn write_note(
        &self,
        pen: &Pen<'_>,
        case: &CaseId,
        note: &Note,
        at: Moment,
        entropy: &dyn Entropy,
    ) -> Result<Seq, StoreError> {
        let body = note.body()?;
        let line = Line { case: Some(case), at, kind: note.kind(), body: &body, under: &self.state.store_key };
        ledger::write(&self.state.connection, self.store(), pen, &line, entropy)
    }

    pub(super) fn pen<'a>(&'a self, signer: &'a Signer<'_>, case: Option<&CaseId>) -> Result<Pen<'a>, StoreError> {
        match signer {
            Signer::Person(person) => self.pen_of(person),
            Signer::Session(session) => {
                let live = self.state.sessions.get(*session).ok_or(StoreError::NoSession)?;
                if case != Some(&live.case) {
                    return Err(StoreError::NoSession);
                }
                Ok(Pen { key: &live.key, by: &live.first, session: Some(session) })
            }
        }
    }

    pub(super) fn pen_of(&self, person: &PersonId) -> Result<Pen<'_>, StoreError> {
        let person = self.person(person)?;
        Ok(Pen { key: &person.ledger, by: &person.id, session: None })
    }

    /// Seals the case key to a person, or to recovery, and writes down that they have it; part of the caller's
    /// transaction.
    fn give_key(
        &self,
        pen: &Pen<'_>,
        case: &CaseId,
        key: &Key,
        to: Option<&PersonId>,
        at: Moment,
        entropy: &dyn Entropy,
    ) -> Result<Seq, StoreError> {
        let ring = &self.state.ring;
        let (holder, public) = match to {
            Some(person) => (ring.holder_of(person), ring.seal_key_of(person)),
            None => (Some(RECOVERY.to_owned()), ring.recovery()),
        };
        let (holder, public) = holder.zip(public).ok_or(StoreError::UnknownPerson)?;
        let seq = self.give_key_as(pen, (case, key), (&holder, public), at, entropy)?;
        if let Some(signed_in) = self.state.people.iter().find(|signed_in| Some(&signed_in.id) == to) {
            keep_own_case_key(&self.state.connection, self.store(), (&holder, &signed_in.own), case, key)?;
        }
        Ok(seq)
    }

    /// Seals the case key to a public key; part of the caller's transaction.
    pub(super) fn give_key_as(
        &self,
        pen: &Pen<'_>,
        (case, key): (&CaseId, &Key),
        (holder, public): (&str, &[u8; 32]),
        at: Moment,
        entropy: &dyn Entropy,
    ) -> Result<Seq, StoreError> {
        let sealed = seal::seal_to(public, &case_key_aad(self.store(), case, holder), key, entropy)
            .ok_or_else(|| StoreError::damaged("a person's public key was altered"))?;
        let note = Note::Admitted { holder: holder.to_owned(), sealed: Hash::of(&sealed) };
        let seq = self.write_note(pen, case, &note, at, entropy)?;
        self.state
            .connection
            .prepare_cached("INSERT INTO case_access (case_id, holder, seq, sealed) VALUES (?1, ?2, ?3, ?4)")?
            .execute((case.as_str(), holder, seq.0, sealed))?;
        Ok(seq)
    }

    fn is_admitted(&self, case: &CaseId, person: &PersonId) -> Result<bool, StoreError> {
        let holder = self.state.ring.holder_of(person).ok_or(StoreError::UnknownPerson)?;
        let sql = "SELECT EXISTS (SELECT 1 FROM case_access WHERE case_id = ?1 AND holder = ?2)";
        let mut statement = self.state.connection.prepare_cached(sql)?;
        Ok(statement.query_row((case.as_str(), holder), |row| row.get(0))?)
    }
}

/// Events that name a file are written together with it, or not at all.
fn refuse_without_bytes(events: &[Event]) -> Result<(), StoreError> {
    let names_a_file = events.iter().any(|event| files_of(event).next().is_some());
    if names_a_file { Err(StoreError::WithoutBytes) } else { Ok(()) }
}
