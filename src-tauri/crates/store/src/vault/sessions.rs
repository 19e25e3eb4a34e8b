//! Review sessions: a key that two people certify when a session opens, and that is destroyed at its end.

use ed25519_dalek::SigningKey;
use trail_domain::ids::{CaseId, PersonId, SessionId};
use trail_domain::time::Moment;

use super::{LiveSession, Open, Vault};
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::keys::Key;
use crate::ledger::note::{Certificate, Note};

impl Vault<Open> {
    /// Opens a session: makes its key, has both people's keys certify it, and writes the certificate down. Entries
    /// signed with it prove that both were signed in. `first` is the operator.
    ///
    /// # Errors
    /// - If both are the same person, or one is not signed in.
    /// - If the case is not open to everybody signed in, or the session's id was used before.
    /// - If it cannot be written.
    pub fn begin_session(
        &mut self,
        case: &CaseId,
        session: &SessionId,
        first: &PersonId,
        second: &PersonId,
        at: Moment,
        entropy: &dyn Entropy,
    ) -> Result<(), StoreError> {
        if first == second {
            return Err(StoreError::SamePerson);
        }
        if self.state.ring.knows_session(session) {
            return Err(StoreError::NoSession);
        }
        self.case_key(case)?;
        let key = SigningKey::from_bytes(Key::random(entropy).bytes());
        let certificate = Certificate {
            v: 1,
            store: self.store().clone(),
            case: case.clone(),
            session: session.clone(),
            key: hex::encode(key.verifying_key().to_bytes()),
            first: first.clone(),
            second: second.clone(),
            at,
        };
        let first_signature = certificate.sign(&self.person(first)?.ledger)?;
        let second_signature = certificate.sign(&self.person(second)?.ledger)?;
        let note = Note::SessionCertified { certificate: certificate.clone(), first_signature, second_signature };
        let pen = self.pen_of(first)?;
        let transaction = self.state.connection.unchecked_transaction()?;
        let since = self.write_note(&pen, case, &note, at, entropy)?;
        transaction.commit()?;
        self.state.ring.add_session(since, certificate)?;
        let live = LiveSession { key, case: case.clone(), first: first.clone(), second: second.clone() };
        self.state.sessions.insert(session.clone(), live);
        Ok(())
    }

    /// Ends a session: its key is wiped, and nothing can be signed with it again.
    pub fn end_session(&mut self, session: &SessionId) {
        self.state.sessions.remove(session);
    }

    /// Whether the session's key is here.
    #[must_use]
    pub fn is_session_open(&self, session: &SessionId) -> bool {
        self.state.sessions.contains_key(session)
    }
}
