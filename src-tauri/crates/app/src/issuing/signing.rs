//! Keeping documents and signing them: the procedure is asked first, then the passphrase opens one person's key.

use trail_domain::event::document::{DocumentMade, SignatureField, Signed};
use trail_domain::ids::{CaseId, Hash, PersonId};
use trail_domain::procedure::{self, Command};
use trail_seal::authority::{Certificate, FormKey};
use trail_seal::sign;
use trail_store::{Checked, Passphrase, Signer};
use zeroize::Zeroizing;

use super::Made;
use crate::app::{App, State};
use crate::fault::{Fault, Stop};
use crate::reading;

/// How the time of a signature is known.
const TIME_NOTE: &str = "by this computer\u{2019}s clock (annex B)";

/// Who signs, and with what.
pub(super) struct Pen {
    pub(super) person: PersonId,
    key: FormKey,
    certificate: Certificate,
    authority: Certificate,
    pub(super) name: String,
    position: String,
}

impl Pen {
    pub(super) fn key(&self) -> &FormKey {
        &self.key
    }

    pub(super) fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    pub(super) fn authority(&self) -> &Certificate {
        &self.authority
    }
}

impl App {
    pub(super) fn keep_and_sign(
        &mut self,
        id: &CaseId,
        made: Made,
        pen: &Pen,
        field: SignatureField,
        reason: &str,
    ) -> Result<Hash, Stop> {
        let bytes = made.drawn.bytes().to_vec();
        let kept = self.keep_document(id, made, &pen.person)?;
        let before = kept.sha256;
        self.sign_and_keep(id, &kept, before, &bytes, pen, field, reason)
    }

    pub(super) fn keep_document(&mut self, id: &CaseId, made: Made, by: &PersonId) -> Result<DocumentMade, Stop> {
        let head = self.desk()?.vault.head()?.ok_or_else(|| Fault::new("no-store"))?;
        let sha256 = Hash::new(made.drawn.sha256());
        let document = DocumentMade {
            kind: made.kind,
            edition: made.edition,
            form_edition: made.form_edition,
            name: made.name,
            sha256,
            bytes: u64::try_from(made.drawn.bytes().len()).unwrap_or(u64::MAX),
            pages: u32::try_from(made.drawn.pages()).unwrap_or(u32::MAX),
            head,
            binds: made.binds,
        };
        let file = Checked::of(Zeroizing::new(made.drawn.bytes().to_vec()));
        self.put(id, Command::MakeDocument(document.clone()), &file, by)?;
        Ok(document)
    }

    #[allow(clippy::too_many_arguments, reason = "one signature is all of these, and they have nothing else in common")]
    pub(super) fn sign_and_keep(
        &mut self,
        id: &CaseId,
        made: &DocumentMade,
        before: Hash,
        bytes: &[u8],
        pen: &Pen,
        field: SignatureField,
        reason: &str,
    ) -> Result<Hash, Stop> {
        // The procedure is asked first, so that nobody signs what they may not.
        let mut signed = Signed {
            kind: made.kind,
            edition: made.edition,
            form_edition: made.form_edition,
            field,
            person: pen.person.clone(),
            before,
            sha256: before,
            bytes: 0,
            time: None,
        };
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        let case = desk.case(id)?;
        let here = desk.people();
        let pack = self.pack(case.pack())?;
        procedure::decide(case, pack, Command::Sign(signed.clone()), &desk.now(at, &pen.person, &here))?;
        let school = desk.register.school().map_or_else(String::new, |school| school.name.to_string());
        let fault = |error: sign::SignError| Fault::with("sign-fault", "detail", error.to_string());
        let fonts = self.fonts()?;
        let signer = sign::Signer {
            key: &pen.key,
            certificate: &pen.certificate,
            authority: &pen.authority,
            name: &pen.name,
            position: &pen.position,
            reason,
            location: &school,
            at: at.utc(),
            time_note: TIME_NOTE,
        };
        let timed = self.sign_in_time(case, bytes, field, &signer, &fonts).map_err(fault)?;
        let whole = Checked::of(Zeroizing::new(timed.bytes));
        signed.time = timed.time;
        signed.sha256 = *whole.sha256();
        signed.bytes = u64::try_from(whole.bytes().len()).unwrap_or(u64::MAX);
        self.goes_on(made.kind)?;
        self.put(id, Command::Sign(signed), &whole, &pen.person)?;
        Ok(*whole.sha256())
    }

    /// Decides, and keeps a document together with its entry.
    fn put(&mut self, id: &CaseId, command: Command, file: &Checked, by: &PersonId) -> Result<(), Stop> {
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        let case = desk.case(id)?;
        let here = desk.people();
        let events = procedure::decide(case, self.pack(case.pack())?, command, &desk.now(at, by, &here))?;
        let entropy = &self.ports.entropy;
        if let State::Open(desk) = &mut self.state {
            let signer = Signer::Person(by);
            let recorded = desk.vault.put_document(id, &events, file, at, &signer, entropy.as_ref())?;
            desk.fold(id, &recorded)?;
        }
        self.note_head();
        Ok(())
    }

    /// The signing key of a person who is signed in, opened by the passphrase typed at this moment.
    pub(super) fn pen(&mut self, person: &str, passphrase: &str) -> Result<Pen, Fault> {
        let person = reading::person_id("person", person)?;
        if passphrase.is_empty() {
            return Err(Fault::with("field-missing", "field", "your passphrase").at("passphrase"));
        }
        let device = self.device_secret()?;
        let internal = |detail: String| Fault::with("internal", "detail", detail);
        self.refuse_too_soon(&person)?;
        let pass = Passphrase::new(passphrase.to_owned());
        let opened = self.desk_mut()?.vault.form_key(&person, &pass, device.as_ref());
        let pkcs8 = opened.map_err(|error| self.wrong(&person, error))?;
        let desk = self.desk()?;
        let enrolled = desk.register.person(&person).ok_or_else(|| Fault::new("unknown-person"))?;
        let der = |text: Option<&str>| {
            use base64::Engine as _;
            let text = text.ok_or_else(|| internal("a certificate is not in the ledger".to_owned()))?;
            let der = base64::engine::general_purpose::STANDARD.decode(text);
            let der = der.map_err(|error| internal(error.to_string()))?;
            Certificate::from_der(&der).map_err(|error| internal(error.to_string()))
        };
        Ok(Pen {
            key: FormKey::from_pkcs8(pkcs8).map_err(|error| internal(error.to_string()))?,
            certificate: der(desk.register.certificate(&person))?,
            authority: der(desk.register.authority_certificate())?,
            name: enrolled.name.to_string(),
            position: enrolled.position.to_string(),
            person,
        })
    }
}
